"""The book itself: entries in a chain, and the head that tells how long the chain is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from simpul.journal.acts import Act


class Entry(models.Model):
    """One act or one reading. Written once, in the same transaction as what it tells of; never changed."""

    number = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("when"))
    act = models.CharField(_("act"), max_length=40, choices=Act)
    officer_id = models.BigIntegerField(_("officer"), null=True)
    agency_id = models.BigIntegerField(_("agency"), null=True)
    subject = models.CharField(_("subject"), max_length=40)
    file = models.CharField(_("file"), max_length=40, blank=True)
    facts = models.JSONField(_("facts"), default=dict)
    link = models.BinaryField(_("link"), max_length=32)

    class Confidential:
        plain = {"number", "at", "act", "officer_id", "agency_id", "subject", "file", "facts", "link"}

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        indexes = [
            models.Index(fields=["file", "number"], name="entries_of_a_file"),
            models.Index(fields=["subject", "number"], name="entries_of_a_subject"),
            models.Index(fields=["officer_id", "number"], name="entries_of_an_officer"),
        ]

    def __str__(self):
        return f"{self.number} {self.act} {self.subject}"


class Head(models.Model):
    """Where the chain ends: the number and the link of the last entry. One row."""

    number = models.BigIntegerField(_("number"), default=0)
    link = models.BinaryField(_("link"), max_length=32)

    class Confidential:
        plain = {"id", "number", "link"}

    class Meta:
        verbose_name = _("end of the journal")
        verbose_name_plural = _("end of the journal")

    def __str__(self):
        return f"{self.number}"


class Series(models.Model):
    """A series of running numbers and the last one given."""

    name = models.CharField(_("name"), max_length=30, primary_key=True)
    last = models.BigIntegerField(_("last number given"), default=0)

    class Confidential:
        plain = {"name", "last"}

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")

    def __str__(self):
        return f"{self.name}: {self.last}"
