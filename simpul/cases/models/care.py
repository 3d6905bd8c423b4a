"""Care: the services a victim is offered, and the referrals by which another agency gives them."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from simpul.agencies.exclusions import hidden_from
from simpul.agencies.roles import Right
from simpul.cases.models.case import Assignment, Case
from simpul.confidentiality.fields import SealedJSONField, SealedTextField

SHELTER_CODE = r"^[A-Z]{2,4}-[0-9]{1,4}\Z"


class Service(models.Model):
    """One service for one victim, on its own track. Refusal is a normal state and never ends another service."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("Requested")
        AGREED = "agreed", _("Agreed")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        DECLINED = "declined", _("Not possible")
        REFUSED = "refused", _("Refused by the victim")
        STOPPED = "stopped", _("Stopped by the victim")

    NEXT = {
        State.REQUESTED: {State.AGREED, State.RUNNING, State.DONE, State.DECLINED, State.REFUSED},
        State.AGREED: {State.RUNNING, State.DONE, State.DECLINED, State.STOPPED},
        State.RUNNING: {State.DONE, State.STOPPED},
        State.DONE: set(),
        State.DECLINED: {State.REQUESTED},
        State.REFUSED: {State.REQUESTED},
        State.STOPPED: {State.REQUESTED},
    }

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="services")
    victim = models.ForeignKey("cases.Involvement", models.PROTECT, related_name="services")
    kind = models.CharField(_("kind"), max_length=40, help_text=_("A code of the catalogue services."))
    provider = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.REQUESTED)
    is_urgent = models.BooleanField(_("needed at once"), default=False)
    need = SealedTextField(_("what the victim needs"))
    requested_at = models.DateTimeField(_("requested"))
    requested_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(_("in this state since"))
    offer_again_on = models.DateField(_("offer again on"), null=True, blank=True)

    class Confidential:
        key = "case.data_key"
        plain = {
            "id", "case", "victim", "kind", "provider", "state", "is_urgent", "requested_at", "requested_by",
            "moved_at", "offer_again_on",
        }  # fmt: skip

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")

    def __str__(self):
        return f"{self.kind} {self.pk}"


class ServiceStep(models.Model):
    """One step within a service, such as one of the seven stages of social service."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="steps")
    kind = models.CharField(_("step"), max_length=40, help_text=_("A code of the catalogue service_steps."))
    happened_on = models.DateField(_("happened"))
    note = SealedTextField(_("note"))
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    class Confidential:
        key = "service.case.data_key"
        plain = {"id", "service", "kind", "happened_on", "noted_at", "noted_by"}

    class Meta:
        verbose_name = _("step of a service")
        verbose_name_plural = _("steps of services")

    def __str__(self):
        return f"{self.kind} {self.service_id}"


class Shelter(models.Model):
    """A shelter, known by its code. Where it is stands nowhere in the system."""

    code = models.CharField(
        _("code"), max_length=12, unique=True,
        validators=[RegexValidator(SHELTER_CODE, _("A code has letters, a dash and digits, as in RA-07."))],
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=40, help_text=_("A code of the catalogue shelter_kinds."))
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="shelters", verbose_name=_("run by"))
    beds = models.PositiveSmallIntegerField(_("beds"))
    takes_children = models.BooleanField(_("takes children"), default=True)
    ended_on = models.DateField(_("used until"), null=True)

    class Confidential:
        plain = {"id", "code", "kind", "agency", "beds", "takes_children", "ended_on"}

    class Meta:
        verbose_name = _("shelter")
        verbose_name_plural = _("shelters")

    def __str__(self):
        return self.code


class Stay(models.Model):
    """A victim's stay at a shelter."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="stays")
    shelter = models.ForeignKey(Shelter, models.PROTECT, related_name="stays")
    entered_on = models.DateField(_("entered"))
    left_on = models.DateField(_("left"), null=True)
    noted_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    class Confidential:
        plain = {"id", "service", "shelter", "entered_on", "left_on", "noted_by"}

    class Meta:
        verbose_name = _("stay at a shelter")
        verbose_name_plural = _("stays at shelters")
        constraints = [
            models.UniqueConstraint(name="victim_stays_at_one_shelter", fields=["service"], condition=Q(left_on=None)),
            models.CheckConstraint(
                name="stay_ends_after_it_begins", condition=Q(left_on=None) | Q(left_on__gte=F("entered_on"))
            ),
        ]

    def __str__(self):
        return f"{self.shelter_id} {self.entered_on}"


class Return(models.Model):
    """The way home of a victim: wished for, found safe, told to the home region, and ended by a signed handover."""

    service = models.OneToOneField(Service, models.PROTECT, related_name="homeward")
    home = models.ForeignKey("places.Place", models.PROTECT, related_name="+", verbose_name=_("home"))
    wished_on = models.DateField(_("wish recorded"))
    wish = SealedTextField(_("the wish, in the victim's words"))
    answers = SealedJSONField(_("answers of the safety check"))
    is_safe = models.BooleanField(_("safe to return"), null=True)
    checked_on = models.DateField(_("safety checked"), null=True)
    checked_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")
    home_told_at = models.DateTimeField(_("home region told"), null=True)
    fetched_by = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+")
    departed_on = models.DateField(_("departed"), null=True)
    handed_over_on = models.DateField(_("handed over"), null=True)
    handed_to = models.CharField(_("handed over to"), max_length=40, blank=True)
    witness = SealedTextField(_("witness of the regional or village government"))
    noted_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    class Confidential:
        key = "service.case.data_key"
        plain = {
            "id", "service", "home", "wished_on", "is_safe", "checked_on", "checked_by", "home_told_at", "fetched_by",
            "departed_on", "handed_over_on", "handed_to", "noted_by",
        }  # fmt: skip

    class Meta:
        verbose_name = _("return home")
        verbose_name_plural = _("returns home")
        constraints = [
            models.CheckConstraint(
                name="nobody_departs_before_it_is_safe",
                condition=Q(departed_on=None) | Q(is_safe=True, is_safe__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.service_id}"


class Visit(models.Model):
    """A visit to a victim after the return."""

    victim = models.ForeignKey("cases.Involvement", models.PROTECT, related_name="visits")
    months = models.PositiveSmallIntegerField(_("months after the return"), null=True)
    happened_on = models.DateField(_("visited"))
    result = models.CharField(_("result"), max_length=40, help_text=_("A code of the catalogue visit_results."))
    note = SealedTextField(_("note"))
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    class Confidential:
        key = "victim.case.data_key"
        plain = {"id", "victim", "months", "happened_on", "result", "noted_at", "noted_by"}

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")

    def __str__(self):
        return f"{self.victim_id} {self.happened_on}"


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Referrals to or from the officer's agency, for roles that answer or send them.

        A referral that was declined, taken back or stopped is the sender's alone: the other agency needs it no more.
        Of a case with closed access the sender's officers see what those see who work on it.
        """
        if not (officer.may(Right.ANSWER_REFERRALS) or officer.may(Right.KEEP_CASES)):
            return self.none()
        sent = Q(sender=officer.agency)
        if not officer.may(Right.EXCLUDE):
            assigned = Assignment.objects.in_force_for(officer).values("case_id")
            sent &= Q(case__is_closed_access=False) | Q(case__in=assigned)
        mine = sent | Q(receiver=officer.agency, status__in=Referral.NEEDED)
        return self.filter(mine).exclude(case__in=hidden_from(officer, Case))

    def unanswered(self):
        return self.filter(status=Referral.Status.SENT)


class Referral(models.Model):
    """A victim's need handed by one agency to another, which must answer in time."""

    class Status(models.TextChoices):
        SENT = "sent", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        STOPPED = "stopped", _("Stopped, the consent has ended")

    # While these last the receiver needs what was shared; afterwards it is the sender's alone.
    NEEDED = (Status.SENT, Status.ACCEPTED)

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="referrals")
    service = models.ForeignKey(Service, models.PROTECT, related_name="referrals")
    sender = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    receiver = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    need = SealedTextField(_("what the victim needs"))
    shared = SealedJSONField(_("what is shared"))
    shared_fields = models.JSONField(_("fields that are shared"), default=list)
    basis = models.CharField(_("lawful basis"), max_length=40)
    basis_reason = SealedTextField(_("reason for the basis"))
    is_urgent = models.BooleanField(_("needed at once"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SENT)
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")
    decline_reason = models.CharField(_("why it was declined"), max_length=40, blank=True)
    answer = SealedTextField(_("answer"))
    answered_outside = SealedTextField(_("who answered for an agency without an account, and how"))

    objects = ReferralQuerySet.as_manager()

    class Confidential:
        key = "case.data_key"
        plain = {
            "id", "case", "service", "sender", "receiver", "shared_fields", "basis", "is_urgent", "status",
            "sent_at", "sent_by", "answered_at", "answered_by", "decline_reason",
        }  # fmt: skip

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        constraints = [
            models.CheckConstraint(name="referral_goes_to_another_agency", condition=~Q(sender=F("receiver"))),
            models.UniqueConstraint(
                name="service_is_referred_to_an_agency_once_at_a_time",
                fields=["service", "receiver"],
                condition=Q(status="sent"),
            ),
        ]
        indexes = [models.Index(fields=["receiver", "status", "sent_at"], name="referrals_to_an_agency")]

    def __str__(self):
        return f"{self.pk}"
