"""What an officer may do in a case, each rule once; a refusal says why."""

from django.utils.translation import gettext as _

from simpul.agencies.exclusions import hidden_from
from simpul.agencies.roles import Right
from simpul.cases.models import Case, Referral, Service
from simpul.lib.rules import NotAllowed


def check_may_open(officer):
    if not officer.may(Right.KEEP_CASES):
        raise NotAllowed(_("Only an agency that keeps cases may open one."))


def check_may_work_on(case, *, by):
    """The agency that keeps the case, and officers assigned to it. Emergency access reads and does not write."""
    if _is_kept_by(case, by) or _is_assigned_to(case, by):
        return
    raise NotAllowed(_("Only the agency that keeps this case, or an officer assigned to it, may change it."))


def check_may_keep(case, *, by):
    """Stage, assignments, referrals: the agency that keeps the case decides."""
    if not _is_kept_by(case, by):
        raise NotAllowed(_("Only the agency that keeps this case may do this."))


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
    is_mine = by.agency_id == referral.sender_id and by.may(Right.KEEP_CASES)
    if not is_mine or is_kept_out(referral.case_id, by):
        raise NotAllowed(_("Only the agency that sent the referral may withdraw it."))
    if referral.status != Referral.Status.SENT:
        raise NotAllowed(_("This referral was answered already. Reload the page to see the answer."))


def check_may_move(service, *, by):
    """The agency that keeps the case, and the agency that gives the service."""
    is_mine = by.agency_id == service.provider_id and by.may(Right.ANSWER_REFERRALS)
    if is_mine and not is_kept_out(service.case_id, by):
        return
    check_may_work_on(service.case, by=by)


def check_state_may_follow(service, state):
    if state not in Service.NEXT[service.state]:
        raise NotAllowed(_("A service cannot go from “%(now)s” to “%(then)s”.") % {
            "now": service.get_state_display(), "then": Service.State(state).label})  # fmt: skip


def check_may_break_glass(officer):
    if not officer.may(Right.BREAK_GLASS):
        raise NotAllowed(_("Your role has no emergency access. Call the agency that keeps the case."))


def is_kept_out(case_id, officer):
    """Whether a case must stay unknown to an officer."""
    return Case.objects.filter(pk=case_id, pk__in=hidden_from(officer, Case)).exists()


def _is_kept_by(case, officer):
    is_mine = case.agency_id == officer.agency_id and officer.may(Right.KEEP_CASES)
    return is_mine and not is_kept_out(case.pk, officer)


def _is_assigned_to(case, officer):
    if not officer.may(Right.WORK_ON_CASES):
        return False
    is_mine = case.assignments.in_force_for(officer).exists()
    return is_mine and not is_kept_out(case.pk, officer)
