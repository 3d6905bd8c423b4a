"""The law's track of a case: the report to the police, the proceeding step by step, and the examinations in it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.confidentiality.fields import SealedTextField


class PoliceReport(models.Model):
    """A report to the police (Laporan Polisi) about a case."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="police_reports")
    number = SealedTextField(_("number of the police report"))
    unit = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", verbose_name=_("unit"))
    reported_at = models.DateTimeField(_("reported"))
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    class Confidential:
        key = "case.data_key"
        plain = {"id", "case", "unit", "reported_at", "noted_at", "noted_by"}

    class Meta:
        verbose_name = _("police report")
        verbose_name_plural = _("police reports")

    def __str__(self):
        return f"{self.case_id} {self.reported_at:%Y-%m-%d}"


class Proceeding(models.Model):
    """A criminal proceeding in a case, against one accused or nobody known yet.

    Its offences are those in force on the date of the act, whenever the proceeding takes place.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="proceedings")
    accused = models.ForeignKey(
        "cases.Involvement", models.PROTECT, null=True, related_name="proceedings", verbose_name=_("accused")
    )
    act_on = models.DateField(_("date of the act"))
    offences = models.JSONField(_("offences"), default=list, help_text=_("Codes of the catalogue legal_bases."))
    step = models.CharField(_("latest step"), max_length=40, blank=True)
    police = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+")
    prosecution = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+")
    court = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+")
    docket = SealedTextField(_("number at the court"))
    begun_at = models.DateTimeField(_("noted"))
    begun_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    class Confidential:
        key = "case.data_key"
        plain = {
            "id", "case", "accused", "act_on", "offences", "step", "police", "prosecution", "court", "begun_at",
            "begun_by",
        }  # fmt: skip

    class Meta:
        verbose_name = _("proceeding")
        verbose_name_plural = _("proceedings")

    def __str__(self):
        return f"{self.case_id} {self.step}"


class ProceedingStep(models.Model):
    """One step of a proceeding, with its day; of a verdict, how it decided."""

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="steps")
    kind = models.CharField(_("step"), max_length=40, help_text=_("A code of the catalogue proceeding_steps."))
    happened_on = models.DateField(_("day"))
    outcome = models.CharField(_("outcome"), max_length=40, blank=True)
    prison_months = models.PositiveSmallIntegerField(_("prison, in months"), null=True)
    fine = models.DecimalField(_("fine in rupiah"), max_digits=16, decimal_places=2, null=True)
    note = SealedTextField(_("note"))
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    class Confidential:
        key = "proceeding.case.data_key"
        plain = {
            "id", "proceeding", "kind", "happened_on", "outcome", "prison_months", "fine", "noted_at", "noted_by",
        }  # fmt: skip

    class Meta:
        verbose_name = _("step of a proceeding")
        verbose_name_plural = _("steps of proceedings")
        constraints = [
            models.CheckConstraint(name="fine_is_not_negative", condition=Q(fine=None) | Q(fine__gte=0)),
        ]

    def __str__(self):
        return f"{self.kind} {self.happened_on}"


class Examination(models.Model):
    """An examination of a victim or witness: where, and who sat beside them (UU 21/2007 Art. 35, 38-40, 45)."""

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, null=True, related_name="examinations")
    involvement = models.ForeignKey("cases.Involvement", models.PROTECT, related_name="examinations")
    happened_on = models.DateField(_("day"))
    place = models.CharField(_("where"), max_length=40, help_text=_("A code of the catalogue examination_places."))
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+")
    has_companion = models.BooleanField(_("a companion was present"), default=False)
    has_advocate = models.BooleanField(_("an advocate was present"), default=False)
    has_interpreter = models.BooleanField(_("an interpreter was present"), default=False)
    beside = SealedTextField(_("who sat beside the person"))
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    class Confidential:
        key = "involvement.case.data_key"
        plain = {
            "id", "proceeding", "involvement", "happened_on", "place", "agency", "has_companion", "has_advocate",
            "has_interpreter", "noted_at", "noted_by",
        }  # fmt: skip

    class Meta:
        verbose_name = _("examination")
        verbose_name_plural = _("examinations")

    def __str__(self):
        return f"{self.involvement_id} {self.happened_on}"

    @property
    def is_alone(self):
        """Whether nobody sat beside the person."""
        return not (self.has_companion or self.has_advocate)
