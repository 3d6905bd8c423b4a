"""The law's track of a case; so far the report to the police, with which it begins."""

from django.db import models
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
