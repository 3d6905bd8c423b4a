"""What an officer may do in a case, each rule once; a refusal says why."""

from django.utils.translation import gettext as _

from simpul.agencies.exclusions import is_hidden_from
from simpul.agencies.roles import Right
from simpul.cases.models import Case, Involvement, Referral, Return, Service
from simpul.lib.rules import NotAllowed

REPATRIATION = "repatriation"


def check_may_open(officer):
    if not officer.may(Right.KEEP_CASES):
        raise NotAllowed(_("Only an agency that keeps cases may open one."))


def check_may_work_on(case, *, by):
    """The agency that keeps the case, and officers assigned to it. Emergency access reads and does not write."""
    if not (_is_kept_by(case, by) or _is_assigned_to(case, by)):
        raise NotAllowed(_("Only the agency that keeps this case, or an officer assigned to it, may change it."))
    _check_is_not_erased(case)


def check_may_keep(case, *, by):
    """Stage, assignments, referrals: the agency that keeps the case decides."""
    if not _is_kept_by(case, by):
        raise NotAllowed(_("Only the agency that keeps this case may do this."))
    _check_is_not_erased(case)


def check_may_hand_over(case, *, by):
    """A case leaves an agency by its head alone."""
    if not (_is_kept_by(case, by) and by.may(Right.EXCLUDE)):
        raise NotAllowed(_("Only the head of the unit that keeps this case may hand it over."))
    _check_is_not_erased(case)


def check_stage_may_follow(case, stage):
    if stage not in case.NEXT[case.stage]:
        raise NotAllowed(_("A case cannot go from “%(now)s” to “%(then)s”.") % {
            "now": case.get_stage_display(), "then": case.Stage(stage).label})  # fmt: skip


def check_may_answer(referral, *, by):
    is_mine = by.agency_id == referral.receiver_id and by.may(Right.ANSWER_REFERRALS)
    if not is_mine or is_kept_out(referral.case_id, by):
        raise NotAllowed(_("Only the agency that received the referral may answer it."))
    if referral.status != Referral.Status.SENT:
        raise NotAllowed(_("This referral was answered already. Reload the page to see the answer."))


def check_may_withdraw(referral, *, by):
    if by.agency_id != referral.sender_id or not _is_kept_by(referral.case, by):
        raise NotAllowed(_("Only the agency that sent the referral may withdraw it."))
    if referral.status != Referral.Status.SENT:
        raise NotAllowed(_("This referral was answered already. Reload the page to see the answer."))


def check_may_stop(referral, *, by):
    is_mine = by.agency_id == referral.receiver_id and by.may(Right.ANSWER_REFERRALS)
    if not is_mine or is_kept_out(referral.case_id, by):
        raise NotAllowed(_("Only the agency that received the referral may say that it has stopped."))
    if referral.status != Referral.Status.ACCEPTED:
        raise NotAllowed(_("Only a referral that was accepted is stopped."))


def check_may_move(service, *, by):
    """The agency that keeps the case, and the agency that gives the service."""
    is_of_another = service.provider_id != service.case.agency_id
    is_mine = is_of_another and by.agency_id == service.provider_id and by.may(Right.ANSWER_REFERRALS)
    if not is_mine or is_kept_out(service.case_id, by):
        check_may_work_on(service.case, by=by)
    _check_is_not_erased(service.case)


def check_state_may_follow(service, state):
    if state not in Service.NEXT[service.state]:
        raise NotAllowed(_("A service cannot go from “%(now)s” to “%(then)s”.") % {
            "now": service.get_state_display(), "then": Service.State(state).label})  # fmt: skip


def check_may_begin(service):
    """Nobody is brought home who does not wish it, or before it was found safe (elucidation of Art. 51(1))."""
    if service.kind != REPATRIATION:
        return
    homeward = Return.objects.filter(service=service).first()
    if homeward is None:
        raise NotAllowed(_("Record first that the victim truly wishes to go home (UU 21/2007 Art. 51)."))
    check_may_depart(homeward)


def check_may_end(service):
    """A way home ends with the handover, from which the visits are owed; nobody only says that it is done."""
    if service.kind != REPATRIATION:
        return
    if not Return.objects.filter(service=service, handed_over_on__isnull=False).exists():
        raise NotAllowed(_("A return is done when the victim was handed over. Note the handover."))


def check_may_depart(homeward):
    """The way home begins when a safety check found it safe; for a child, after a check of its best interests too."""
    if not homeward.is_safe:
        raise NotAllowed(
            _("Check first whether the return is safe (UU 21/2007 Art. 51). So far it was not found safe.")
        )
    victim = homeward.service.victim
    if victim.counts_as_child and not victim.best_interests.exists():
        raise NotAllowed(_("Check the best interests of the child first (PP 9/2008 Art. 4)."))


def check_may_keep_shelters(officer):
    if not officer.may(Right.KEEP_SHELTERS):
        raise NotAllowed(_("Only the head of a unit records shelters."))


def check_is_victim(involvement):
    """Rights, visits and restitution belong to victims."""
    if involvement.part != Involvement.Part.VICTIM:
        raise NotAllowed(_("This belongs to a victim. Choose the victim in this case."))


def check_may_break_glass(officer):
    if not officer.may(Right.BREAK_GLASS):
        raise NotAllowed(_("Your role has no emergency access. Call the agency that keeps the case."))


def is_kept_out(case_id, officer):
    """Whether a case must stay unknown to an officer."""
    return is_hidden_from(officer, f"{Case._meta.label_lower}:{case_id}")


def _check_is_not_erased(case):
    if case.data_key.destroyed_at:
        raise NotAllowed(_("This case was erased. Nothing can be written into it any more."))


def _is_kept_by(case, officer):
    is_mine = case.agency_id == officer.agency_id and officer.may(Right.KEEP_CASES)
    if is_mine and case.is_closed_access and not officer.may(Right.EXCLUDE):
        return _is_assigned_to(case, officer)
    return is_mine and not is_kept_out(case.pk, officer)


def _is_assigned_to(case, officer):
    if not officer.may(Right.WORK_ON_CASES):
        return False
    is_mine = case.assignments.in_force_for(officer).exists()
    return is_mine and not is_kept_out(case.pk, officer)
