"""Terms: the words of the field, each with its code, its source and how far it can be trusted.

A term is never deleted. What leaves its catalogue is retired, so that old records keep their words.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class TermQuerySet(models.QuerySet):
    def of(self, catalogue):
        """The terms of one catalogue in the order of its file, retired ones included."""
        return self.filter(catalogue=catalogue).order_by("position", "code")

    def in_use(self):
        """Terms that stand in their file today."""
        return self.filter(retired_on=None)

    def valid_on(self, day):
        """Terms in force on a day; both ends of a term's validity belong to it."""
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        not_over = Q(valid_until=None) | Q(valid_until__gte=day)
        return self.filter(begun, not_over)


class Term(models.Model):
    """One row of a catalogue: a code with its words in two languages and where they come from."""

    class Mark(models.TextChoices):
        """How far the fact in a row can be trusted."""

        VERIFIED = "V", _("verified in the primary text")
        SECONDARY = "S", _("stated by a secondary source")
        MEASURED = "M", _("measured from data")
        UNVERIFIED = "G", _("general knowledge, not verified")
        CONFLICTING = "C", _("sources conflict")

    catalogue = models.CharField(_("catalogue"), max_length=40)
    code = models.CharField(_("code"), max_length=60)
    english = models.CharField(_("in English"), max_length=200)
    indonesian = models.CharField(_("in Indonesian"), max_length=200)
    hint_english = models.TextField(_("help in English"), blank=True)
    hint_indonesian = models.TextField(_("help in Indonesian"), blank=True)
    position = models.PositiveIntegerField(_("position"))
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    source = models.TextField(_("source"))
    mark = models.CharField(_("confidence mark"), max_length=1, choices=Mark)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    htcds_code = models.CharField(_("HTCDS code"), max_length=60, blank=True)
    ctdc_column = models.CharField(_("CTDC column"), max_length=60, blank=True)
    ic_tip_code = models.CharField(_("IC-TIP code"), max_length=60, blank=True)
    simfoni_code = models.CharField(_("SIMFONI code"), max_length=60, blank=True)
    extra = models.JSONField(_("columns of this catalogue alone"), default=dict, blank=True)

    objects = TermQuerySet.as_manager()

    class Confidential:
        plain = {
            "id",
            "catalogue",
            "code",
            "english",
            "indonesian",
            "hint_english",
            "hint_indonesian",
            "position",
            "valid_from",
            "valid_until",
            "retired_on",
            "source",
            "mark",
            "checked_on",
            "htcds_code",
            "ctdc_column",
            "ic_tip_code",
            "simfoni_code",
            "extra",
        }

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.UniqueConstraint(name="a_code_names_one_term_of_a_catalogue", fields=["catalogue", "code"]),
            models.CheckConstraint(
                name="a_term_does_not_end_before_it_begins",
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self):
        return f"{self.catalogue}.{self.code}"

    @property
    def name(self):
        """The word in the language of the page: Indonesian unless English is active."""
        return self.english if _english_is_active() else self.indonesian

    @property
    def hint(self):
        """The longer help in the language of the page; may be empty."""
        return self.hint_english if _english_is_active() else self.hint_indonesian

    def words(self, column):
        """An extra pair of columns in the language of the page: `words("question")` for an indicator."""
        return self.extra.get(f"{column}_english" if _english_is_active() else f"{column}_indonesian", "")

    def is_valid_on(self, day):
        """Whether the term is in force on a day; the same rule as `valid_on` for rows already at hand."""
        return (self.valid_from or day) <= day <= (self.valid_until or day)


class Edition(models.Model):
    """Which state of the catalogues is in use: one row, with a new stamp after every load that changed something."""

    stamp = models.CharField(_("stamp"), max_length=32)
    loaded_at = models.DateTimeField(_("loaded at"))

    class Confidential:
        plain = {"id", "stamp", "loaded_at"}

    class Meta:
        verbose_name = _("edition of the catalogues")
        verbose_name_plural = _("editions of the catalogues")

    def __str__(self):
        return self.stamp


def _english_is_active():
    return (get_language() or "").startswith("en")
