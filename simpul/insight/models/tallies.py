"""Tallies: how many of a measure there were in a month, at a place, at an agency. Numbers, and nothing of a person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Tally(models.Model):
    """One number of one measure.

    The place is a district, or what is known above it; empty where nothing is known. A row without place and agency
    stands for every month in which a measure was counted, also where the number is 0: it tells nothing from unknown.
    What lies in several regencies stands in each of them, and less than nothing stands for the province above, so that
    the sum counts it once.
    """

    measure = models.CharField(_("measure"), max_length=30)
    month = models.DateField(_("first day of the month"))
    place = models.CharField(_("place"), max_length=8, blank=True)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+", verbose_name=_("agency"))
    number = models.BigIntegerField(_("number"))
    counted_at = models.DateTimeField(_("counted"))

    class Confidential:
        plain = {"id", "measure", "month", "place", "agency", "number", "counted_at"}

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "month", "place", "agency"], condition=Q(agency__isnull=False),
                name="tally_of_an_agency_stands_once",
            ),
            models.UniqueConstraint(
                fields=["measure", "month", "place"], condition=Q(agency=None), name="tally_of_no_agency_stands_once"
            ),
        ]  # fmt: skip
        indexes = [
            # The numbers of a page are read from these indexes alone.
            models.Index(fields=["measure", "month", "place", "number"], name="tallies_of_a_place"),
            models.Index(fields=["agency", "measure", "month", "number"], name="tallies_of_an_agency"),
        ]

    def __str__(self):
        return f"{self.measure} {self.month:%Y-%m} {self.place}"
