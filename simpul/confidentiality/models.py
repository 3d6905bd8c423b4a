"""Data keys, one for each report, case and person, and parcels for readers outside the system.

Destroying a data key erases everything sealed with it.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class DataKey(models.Model):
    """A data key, sealed to the installation and, for a report, to the holder of its receipt."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    generation = models.CharField(_("generation of the seal key"), max_length=8)
    sealed = models.BinaryField(_("sealed to the installation"))
    sealed_for_receipt = models.BinaryField(_("sealed to the receipt"), default=b"")
    made_at = models.DateTimeField(_("made"))
    destroyed_at = models.DateTimeField(_("destroyed"), null=True)

    class Confidential:
        plain = {"id", "generation", "sealed", "sealed_for_receipt", "made_at", "destroyed_at"}

    class Meta:
        verbose_name = _("data key")
        verbose_name_plural = _("data keys")
        indexes = [models.Index(fields=["generation"], name="data_keys_of_a_generation")]

    def __str__(self):
        return str(self.id)


class Parcel(models.Model):
    """Something sealed for one reader outside the system, who opens it once (`parcels`)."""

    class Status(models.TextChoices):
        MADE = "made", _("Not opened yet")
        OPENED = "opened", _("Opened, not answered yet")
        REPLIED = "replied", _("Answered")
        TAKEN = "taken", _("The answer was taken over")
        LOCKED = "locked", _("Locked after wrong codes")
        ENDED = "ended", _("Withdrawn or run out")

    NEXT = {
        Status.MADE: {Status.OPENED, Status.LOCKED, Status.ENDED},
        Status.OPENED: {Status.REPLIED, Status.ENDED},
        Status.REPLIED: {Status.TAKEN},
        Status.LOCKED: {Status.ENDED},
        Status.TAKEN: set(),
        Status.ENDED: set(),
    }

    tag = models.BinaryField(_("tag of the link"), max_length=32, unique=True)
    about = models.CharField(_("what it is about"), max_length=40, help_text=_("A label of the journal."))
    file = models.CharField(_("file"), max_length=40)
    data_key = models.OneToOneField(DataKey, models.PROTECT, related_name="+")
    # Sealed by hand in `parcels`: sealed fields are built on this room's models and cannot stand in them.
    sealed_content = models.BinaryField(_("what is inside, sealed"), default=b"")
    made_at = models.DateTimeField(_("made"))
    until_at = models.DateTimeField(_("can be opened until"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.MADE)
    wrong_codes = models.PositiveSmallIntegerField(_("wrong codes"), default=0)
    opened_at = models.DateTimeField(_("opened"), null=True)
    replied_at = models.DateTimeField(_("answered"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    answer_key = models.OneToOneField(DataKey, models.PROTECT, null=True, related_name="+")
    sealed_answer = models.BinaryField(_("the answer, sealed"), default=b"")

    class Confidential:
        plain = {
            "id", "tag", "about", "file", "data_key", "sealed_content", "made_at", "until_at", "status",
            "wrong_codes", "opened_at", "replied_at", "ended_at", "answer_key", "sealed_answer",
        }  # fmt: skip

    class Meta:
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")
        indexes = [
            models.Index(fields=["about"], name="parcels_about_something"),
            models.Index(fields=["status", "until_at"], name="parcels_by_status"),
        ]

    def __str__(self):
        return f"{self.about} {self.get_status_display()}"
