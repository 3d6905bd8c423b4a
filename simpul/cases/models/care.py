"""Care: the services a victim is offered, and the referrals by which another agency gives them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from simpul.agencies.exclusions import hidden_from
from simpul.agencies.roles import Right
from simpul.cases.models.case import Case
from simpul.confidentiality.fields import SealedJSONField, SealedTextField


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


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Referrals to or from the officer's agency, for roles that answer or send them.

        A referral that was taken back is the sender's alone: the other agency needs it no more.
        """
        if not (officer.may(Right.ANSWER_REFERRALS) or officer.may(Right.KEEP_CASES)):
            return self.none()
        mine = Q(sender=officer.agency) | (Q(receiver=officer.agency) & ~Q(status=Referral.Status.WITHDRAWN))
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
