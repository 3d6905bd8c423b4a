"""The case itself, who works on it, and who took emergency access."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from simpul.agencies.exclusions import hidden_from
from simpul.agencies.roles import Right
from simpul.confidentiality.fields import SealedTextField
from simpul.places.regions import within


class CaseQuerySet(models.QuerySet):
    def visible_to(self, officer, *, at):
        """Cases whose file an officer may open: kept by the own agency, assigned, or opened in an emergency.

        Where access is closed, as it is where a child is the victim, the agency that keeps the case does not open it
        as a whole: the officers assigned to it do, and the head of the unit.
        """
        may = Q(pk__in=[])
        if officer.may(Right.BREAK_GLASS):
            may |= Q(pk__in=BreakGlass.objects.filter(officer=officer, until_at__gt=at).values("case_id"))
        if officer.may(Right.KEEP_CASES):
            may |= Q(agency=officer.agency, is_closed_access=False)
        if officer.may(Right.EXCLUDE):
            # The head of the unit answers for every case of it.
            may |= Q(agency=officer.agency)
        if officer.may(Right.WORK_ON_CASES):
            may |= Q(Exists(Assignment.objects.in_force_for(officer).filter(case=OuterRef("pk"))))
        return self.filter(may).exclude(pk__in=hidden_from(officer, self.model))

    def facts_visible_to(self, officer):
        """Cases of the region, without identities, for roles that see facts."""
        if not officer.may(Right.SEE_FACTS):
            return self.none()
        here = within(officer.jurisdiction)
        # A case whose place is not known yet lies where the agency is that keeps it.
        here |= Q(place=None) & within(officer.jurisdiction, field="agency__place")
        return self.filter(here).exclude(pk__in=hidden_from(officer, self.model))

    def open(self):
        return self.exclude(stage__in=Case.ENDED)


class Case(models.Model):
    """One case of (presumed) trafficking, kept by one agency."""

    class Stage(models.TextChoices):
        NEW = "new", _("New")
        ASSESSMENT = "assessment", _("Assessment")
        HANDLING = "handling", _("Services and proceedings")
        RETURN = "return", _("Return")
        REINTEGRATION = "reintegration", _("Reintegration")
        MONITORING = "monitoring", _("Monitoring")
        ON_HOLD = "on_hold", _("On hold")
        CLOSED = "closed", _("Closed")
        REFERRED_OUT = "referred_out", _("Handed to another region or authority")
        CANCELLED = "cancelled", _("Opened by mistake")

    ENDED = (Stage.CLOSED, Stage.REFERRED_OUT, Stage.CANCELLED)
    NEXT = {
        Stage.NEW: {Stage.ASSESSMENT, Stage.HANDLING, Stage.REFERRED_OUT, Stage.ON_HOLD, Stage.CANCELLED},
        Stage.ASSESSMENT: {Stage.HANDLING, Stage.REFERRED_OUT, Stage.ON_HOLD, Stage.CLOSED, Stage.CANCELLED},
        Stage.HANDLING: {Stage.RETURN, Stage.REINTEGRATION, Stage.MONITORING, Stage.ON_HOLD, Stage.CLOSED},
        Stage.RETURN: {Stage.REINTEGRATION, Stage.MONITORING, Stage.HANDLING, Stage.ON_HOLD, Stage.CLOSED},
        Stage.REINTEGRATION: {Stage.MONITORING, Stage.HANDLING, Stage.ON_HOLD, Stage.CLOSED},
        Stage.MONITORING: {Stage.HANDLING, Stage.ON_HOLD, Stage.CLOSED},
        Stage.ON_HOLD: {Stage.ASSESSMENT, Stage.HANDLING, Stage.MONITORING, Stage.CLOSED},
        Stage.CLOSED: {Stage.HANDLING},
        Stage.REFERRED_OUT: {Stage.HANDLING},
        Stage.CANCELLED: set(),
    }

    data_key = models.OneToOneField("confidentiality.DataKey", models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=20, unique=True)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="cases", verbose_name=_("kept by"))
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+", verbose_name=_("place"))
    stage = models.CharField(_("stage"), max_length=15, choices=Stage, default=Stage.NEW)
    kinds = models.JSONField(_("kinds of exploitation"), default=list)
    modus = models.CharField(_("method"), max_length=40, blank=True)
    has_children = models.BooleanField(_("children are among the victims"), default=False)
    is_sexual = models.BooleanField(_("sexual violence or exploitation"), default=False)
    in_danger = models.BooleanField(_("somebody is in danger"), default=False)
    act_on = models.DateField(_("date of the act"), null=True, blank=True)
    is_closed_access = models.BooleanField(_("open to assigned officers only"), default=False)
    earlier = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="recurrences", verbose_name=_("earlier case")
    )
    summary = SealedTextField(_("summary"))
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+", verbose_name=_("opened by"))
    moved_at = models.DateTimeField(_("in this stage since"))
    closed_at = models.DateTimeField(_("closed"), null=True)
    closing_reason = models.CharField(
        _("why closed"), max_length=40, blank=True, help_text=_("A code of the catalogue closing_reasons.")
    )
    closing_note = SealedTextField(_("how it ended"))

    objects = CaseQuerySet.as_manager()

    class Confidential:
        key = "data_key"
        plain = {
            "id", "data_key", "number", "agency", "place", "stage", "kinds", "modus", "has_children", "is_sexual",
            "in_danger", "act_on", "is_closed_access", "earlier", "opened_at", "opened_by", "moved_at", "closed_at",
            "closing_reason",
        }  # fmt: skip

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(fields=["agency", "stage", "opened_at"], name="cases_of_an_agency"),
            models.Index(fields=["place", "opened_at"], name="cases_of_a_place"),
            # How many cases lie where is counted from this index alone.
            models.Index(fields=["place", "stage"], name="counts_of_cases"),
        ]

    def __str__(self):
        return self.number

    @property
    def has_ended(self):
        return self.stage in self.ENDED


class AssignmentQuerySet(models.QuerySet):
    def in_force_for(self, officer):
        """An officer's assignments that have not ended, made at the agency where the officer still works."""
        return self.filter(officer=officer, agency=officer.agency, until_at=None)


class Assignment(models.Model):
    """An officer of any agency who works on a case, and sees its file as long as that lasts.

    It was made for the officer's work at one agency and opens nothing after a change to another.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments")
    officer = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="assignments")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", verbose_name=_("agency"))
    since_at = models.DateTimeField(_("since"))
    until_at = models.DateTimeField(_("until"), null=True)
    made_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Confidential:
        plain = {"id", "case", "officer", "agency", "since_at", "until_at", "made_by"}

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                name="officer_is_assigned_once", fields=["case", "officer", "agency"], condition=Q(until_at=None)
            ),
        ]

    def __str__(self):
        return f"{self.case_id} {self.officer_id}"


class BreakGlass(models.Model):
    """Emergency access: three hours, a written reason, and the agency that keeps the case is told."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="emergencies")
    officer = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="emergencies")
    reason = SealedTextField(_("reason"))
    taken_at = models.DateTimeField(_("taken"))
    until_at = models.DateTimeField(_("until"))
    reviewed_at = models.DateTimeField(_("reviewed"), null=True)
    reviewed_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")

    class Confidential:
        key = "case.data_key"
        plain = {"id", "case", "officer", "taken_at", "until_at", "reviewed_at", "reviewed_by"}

    class Meta:
        verbose_name = _("emergency access")
        verbose_name_plural = _("emergency accesses")

    def __str__(self):
        return f"{self.case_id} {self.officer_id}"
