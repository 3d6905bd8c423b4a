"""Alerts: something in the figures that somebody should look at, who looked, and what was found.

An alert says where and since when, in numbers. It says nothing of why, and names nobody.
"""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from simpul.agencies.roles import Right
from simpul.places.regions import within


class AlertQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Alerts that touch the officer's jurisdiction, for those who see facts and those who read reports there; for
        those who receive people sent home, the alerts on these.
        """
        here = AlertPlace.objects.filter(within(officer.jurisdiction), alert=OuterRef("pk"))
        if officer.may(Right.SEE_FACTS) or (officer.may(Right.TRIAGE) and officer.agency.triages):
            return self.filter(Exists(here))
        if officer.may(Right.KEEP_MANIFESTS):
            return self.filter(Exists(here), subject=Alert.Subject.RETURNS)
        return self.none()

    def standing(self):
        """Not closed yet."""
        return self.exclude(state=Alert.State.CLOSED)

    def alike(self, *, kind, subject, sign):
        """Alerts of the same kind on the same figures."""
        return self.filter(kind=kind, subject=subject, sign=sign)

    def overlapping(self, places, *, first_on, last_on):
        """Alerts that share a place and a day with these."""
        shared = AlertPlace.objects.filter(place__in=list(places), alert=OuterRef("pk"))
        return self.filter(Exists(shared), first_on__lte=last_on, last_on__gte=first_on)


class Alert(models.Model):
    """Figures that stand out: of what, where, in which days, found by which method; and what became of it.

    `figures` are plain numbers under the names that the method uses. Reports that gather by their wording are named by
    their keys in it, never by a word of theirs.
    """

    class Kind(models.TextChoices):
        CLUSTER = "cluster", _("Cluster in place and time")
        RISE = "rise", _("Rise against the time of year")
        WORDING = "wording", _("New way of recruiting or new wording")
        ROUTE = "route", _("Change of routes")

    class Subject(models.TextChoices):
        REPORTS = "reports", _("Reports")
        CASES = "cases", _("Cases")
        RETURNS = "returns", _("People sent home")
        LEGS = "legs", _("Journeys")

    class State(models.TextChoices):
        RAISED = "raised", _("Nobody has looked yet")
        LOOKING = "looking", _("Being looked into")
        CLOSED = "closed", _("Closed")

    NEXT = {
        State.RAISED: {State.LOOKING, State.CLOSED},
        State.LOOKING: {State.LOOKING, State.CLOSED},
        State.CLOSED: set(),
    }

    number = models.CharField(_("number"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    subject = models.CharField(_("what was counted"), max_length=8, choices=Subject)
    sign = models.CharField(_("sign"), max_length=80, blank=True, help_text=_("A catalogue and a code of it."))
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+", verbose_name=_("region"))
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("until"))
    figures = models.JSONField(_("figures"), default=dict)
    method = models.CharField(_("method"), max_length=40)
    settings = models.JSONField(_("settings of the method"), default=dict)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", verbose_name=_("to look into it"))
    raised_at = models.DateTimeField(_("raised"))
    raised_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")
    grown_at = models.DateTimeField(_("last grown"), null=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.RAISED)
    officer = models.ForeignKey(
        "agencies.Officer", models.PROTECT, null=True, related_name="+", verbose_name=_("looked into by")
    )
    taken_up_at = models.DateTimeField(_("taken up"), null=True)
    outcome = models.CharField(
        _("what was found"), max_length=40, blank=True, help_text=_("A code of the catalogue alert_outcomes.")
    )
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = AlertQuerySet.as_manager()

    class Confidential:
        plain = {
            "id", "number", "kind", "subject", "sign", "place", "first_on", "last_on", "figures", "method", "settings",
            "agency", "raised_at", "raised_by", "grown_at", "state", "officer", "taken_up_at", "outcome", "closed_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        indexes = [models.Index(fields=["kind", "subject", "state", "last_on"], name="alerts_that_stand")]
        constraints = [
            models.CheckConstraint(name="alert_begins_before_it_ends", condition=Q(first_on__lte=models.F("last_on"))),
            models.CheckConstraint(
                name="closed_alert_says_what_was_found_and_by_whom",
                condition=~Q(state="closed") | Q(closed_at__isnull=False, officer__isnull=False) & ~Q(outcome=""),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_standing(self):
        return self.state != self.State.CLOSED

    @property
    def catalogue_and_code(self):
        """The catalogue and the code of the sign: ("modus", "scam_online"); two empty words where there is none."""
        catalogue, _colon, code = self.sign.partition(":")
        return catalogue, code


class AlertPlace(models.Model):
    """One of the places of an alert."""

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="places")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+", verbose_name=_("place"))

    class Confidential:
        plain = {"id", "alert", "place"}

    class Meta:
        verbose_name = _("place of an alert")
        verbose_name_plural = _("places of alerts")
        constraints = [models.UniqueConstraint(fields=["alert", "place"], name="alert_names_a_place_once")]

    def __str__(self):
        return f"{self.alert_id} {self.place_id}"
