"""Data keys: one for each report, case and person. Destroying it erases everything sealed with it."""

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
