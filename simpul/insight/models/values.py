"""Indicators of places: what is known of a regency or a district, for which year, from whom, and how sure that is.

A value is never overwritten. It came with a load, and it holds as long as that load stands and no later one has another
value for the same indicator, place and year. Taking a load back therefore brings back what held before.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class IndicatorLoad(models.Model):
    """One table of indicators as it was taken in: an edition that can be taken back."""

    class State(models.TextChoices):
        READ = "read", _("Read, not taken in")
        TAKEN_IN = "taken_in", _("Taken in")
        TAKEN_BACK = "taken_back", _("Taken back")
        DISCARDED = "discarded", _("Put away")

    NEXT = {
        State.READ: {State.TAKEN_IN, State.DISCARDED},
        State.TAKEN_IN: {State.TAKEN_BACK},
        State.TAKEN_BACK: {State.TAKEN_IN},
        State.DISCARDED: {State.READ},
    }

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READ)
    is_shipped = models.BooleanField(_("came with Simpul"), default=False)
    fingerprint = models.CharField(_("fingerprint of the table"), max_length=64, db_index=True)
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", verbose_name=_("brought by")
    )
    received_at = models.DateTimeField(_("read"))
    received_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField(_("in this state since"))
    moved_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")

    class Confidential:
        plain = {
            "id", "state", "is_shipped", "fingerprint", "agency", "received_at", "received_by", "moved_at", "moved_by",
        }  # fmt: skip

    class Meta:
        verbose_name = _("load of indicators")
        verbose_name_plural = _("loads of indicators")

    def __str__(self):
        return f"{self.pk}"

    def may_become(self, state):
        """Whether this load can go into a state now."""
        return state in self.NEXT[self.state]


class IndicatorValueQuerySet(models.QuerySet):
    def standing(self):
        """Values of loads that were taken in, those that count most last: what was loaded here beats what was shipped,
        the later load the earlier one.
        """
        standing = self.filter(load__state=IndicatorLoad.State.TAKEN_IN)
        return standing.order_by("-load__is_shipped", "load__moved_at", "load_id", "place_id")


class IndicatorValue(models.Model):
    """What one load says of one indicator of one place in one year. It is of a place and never of a person."""

    class Mark(models.TextChoices):
        VERIFIED = "V", _("Read in the source that is named")
        SECONDARY = "S", _("Stated by a secondary source")
        GENERAL = "G", _("General knowledge, not verified")
        CONFLICTING = "C", _("Sources disagree")
        MEASURED = "M", _("Computed from data")

    load = models.ForeignKey(IndicatorLoad, models.PROTECT, related_name="values")
    indicator = models.CharField(_("indicator"), max_length=40, help_text=_("A code of data/indicators/catalogue.csv."))
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+", verbose_name=_("place"))
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.FloatField(_("value"))
    source = models.CharField(_("source"), max_length=250)
    mark = models.CharField(_("how sure"), max_length=1, choices=Mark)

    objects = IndicatorValueQuerySet.as_manager()

    class Confidential:
        plain = {"id", "load", "indicator", "place", "year", "value", "source", "mark"}

    class Meta:
        verbose_name = _("value of an indicator")
        verbose_name_plural = _("values of indicators")
        constraints = [
            models.UniqueConstraint(
                fields=["load", "indicator", "place", "year"], name="load_says_one_thing_of_a_place_and_year"
            ),
            models.CheckConstraint(name="indicator_is_of_our_time", condition=Q(year__range=(1945, 2100))),
            # Infinity, and what PostgreSQL calls NaN, lie above every number.
            models.CheckConstraint(name="indicator_is_a_number", condition=Q(value__range=(-1e12, 1e12))),
        ]

    def __str__(self):
        return f"{self.indicator} {self.place_id} {self.year}"
