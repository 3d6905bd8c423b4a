"""The one table of everything that somebody owes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from simpul.obligations.rules import rule
from simpul.places.regions import within


class ObligationQuerySet(models.QuerySet):
    def standing(self):
        """Neither met nor waived."""
        return self.filter(state__in=Obligation.STANDING)

    def running(self):
        """Open: the clock runs."""
        return self.filter(state=Obligation.State.OPEN)

    def owed_by(self, agency):
        return self.filter(owed_by=agency)

    def watched_by(self, agency):
        """What others owe in the files that an agency keeps."""
        return self.filter(watched_by=agency)

    def about(self, label):
        """Obligations on one subject, such as "intake.report:12"."""
        return self.filter(subject=label)

    def in_file(self, label):
        """All obligations in the file of a report or case."""
        return self.filter(file=label)

    def within(self, prefix):
        """Obligations in a region. One without a place lies where the agency is that owes it."""
        return self.filter(within(prefix) | (Q(place=None) & within(prefix, field="owed_by__place")))

    def first_out_first(self):
        """What runs out first stands first."""
        return self.order_by(F("due_at").asc(nulls_last=True), "pk")


class Obligation(models.Model):
    """Who owes what, in whose file, by when; and what became of it.

    The agency that keeps the file watches what others owe in it: an offender has no account, and a court may have none.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Not yet due")
        OPEN = "open", _("Open")
        PAUSED = "paused", _("Paused")
        MET = "met", _("Met")
        WAIVED = "waived", _("Waived")

    STANDING = (State.WAITING, State.OPEN, State.PAUSED)
    NEXT = {
        State.WAITING: {State.OPEN, State.MET, State.WAIVED},
        State.OPEN: {State.PAUSED, State.MET, State.WAIVED},
        State.PAUSED: {State.OPEN, State.MET, State.WAIVED},
        # What was noted by mistake is taken back, and the clock stands as if it had never been met.
        State.MET: {State.OPEN},
        State.WAIVED: set(),
    }

    rule = models.CharField(_("rule"), max_length=40, help_text=_("A code of the catalogue obligations."))
    subject = models.CharField(_("subject"), max_length=40)
    file = models.CharField(_("file"), max_length=40)
    number = models.CharField(_("number of the file"), max_length=20)
    owed_by = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", verbose_name=_("owed by"))
    watched_by = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", verbose_name=_("watched by")
    )
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+", verbose_name=_("place"))
    opened_at = models.DateTimeField(_("opened"))
    target_at = models.DateTimeField(_("internal target"), null=True)
    limit_at = models.DateTimeField(_("limit"), null=True)
    due_at = models.DateTimeField(_("runs out next"), null=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    waits_for = models.CharField(_("waits for"), max_length=40, blank=True)
    paused_at = models.DateTimeField(_("paused"), null=True)
    pause_reason = models.CharField(_("why paused"), max_length=40, blank=True)
    settled_at = models.DateTimeField(_("met or waived"), null=True)
    settled_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")
    waive_reason = models.CharField(_("why waived"), max_length=40, blank=True)
    evidence = models.CharField(_("evidence"), max_length=40, blank=True)
    target_missed_at = models.DateTimeField(_("target missed"), null=True)
    missed_at = models.DateTimeField(_("limit missed"), null=True)
    escalated_to = models.CharField(_("roles it was escalated to"), max_length=80, blank=True)
    escalated_at = models.DateTimeField(_("escalated"), null=True)

    objects = ObligationQuerySet.as_manager()

    class Confidential:
        plain = {
            "id", "rule", "subject", "file", "number", "owed_by", "watched_by", "place", "opened_at", "target_at",
            "limit_at", "due_at", "state", "waits_for", "paused_at", "pause_reason", "settled_at", "settled_by",
            "waive_reason", "evidence", "target_missed_at", "missed_at", "escalated_to", "escalated_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        constraints = [
            models.UniqueConstraint(
                name="obligation_is_open_once_on_a_subject",
                fields=["rule", "subject"],
                condition=Q(state__in=["waiting", "open", "paused"]),
            ),
        ]
        indexes = [
            models.Index(fields=["owed_by", "state", "due_at"], name="what_an_agency_owes"),
            models.Index(fields=["watched_by", "state", "due_at"], name="what_an_agency_watches"),
            models.Index(fields=["state", "due_at"], name="what_runs_out_next"),
            models.Index(fields=["file"], name="obligations_of_a_file"),
            models.Index(fields=["subject"], name="obligations_on_a_subject"),
        ]

    def __str__(self):
        return f"{self.rule} {self.number}"

    @property
    def rule_as_written(self):
        """The rule as the catalogue has it today."""
        return rule(self.rule)

    @property
    def is_standing(self):
        return self.state in self.STANDING

    @property
    def was_met_in_time(self):
        """Met before its limit, or before its target where no limit exists."""
        last = self.limit_at or self.target_at
        return self.state == self.State.MET and (last is None or self.settled_at <= last)

    def is_overdue(self, at):
        """The clock runs and what it counted to has passed."""
        return self.state == self.State.OPEN and self.due_at is not None and self.due_at < at
