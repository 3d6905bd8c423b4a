"""What an officer may do with an obligation by hand, each rule once; a refusal says why."""

from django.utils.translation import gettext as _

from simpul.agencies.roles import Right
from simpul.lib.rules import NotAllowed

# What these ask for is an act of its own: an answer, a decision, a review. Nobody can tick them off or let them go.
MET_BY_THEIR_ACT = frozenset(
    {
        "answer_referral", "review_emergency_access", "triage", "triage_danger", "answer_reporter", "correct_data",
        "give_access_to_data", "stop_after_withdrawal", "restrict_processing", "answer_data_request", "notify_breach",
        "answer_inquiry", "look_into_alert",
    }
)  # fmt: skip
# What only the head of the unit may settle or let go.
FOR_THE_HEAD = frozenset({"look_at_unpunished_suspect"})
# Noting the police report meets these; a reason can still end them, such as that the person is no victim.
MET_BY_THE_POLICE_REPORT = frozenset({"report_to_police", "report_to_police_sexual"})


def check_may_handle(obligation, *, by):
    """The agency that owes it, by an officer who keeps cases or answers referrals."""
    if obligation.owed_by_id != by.agency_id or not (by.may(Right.KEEP_CASES) or by.may(Right.ANSWER_REFERRALS)):
        raise NotAllowed(_("Only the agency that owes this may change its clock."))
    if obligation.rule in FOR_THE_HEAD and not by.may(Right.EXCLUDE):
        raise NotAllowed(_("This is for the head of the unit to look at."))
    if not obligation.is_standing:
        raise NotAllowed(_("This obligation was settled already. Reload the page to see what became of it."))


def check_may_pause(obligation, *, by):
    check_may_handle(obligation, by=by)
    if not obligation.rule_as_written.pausable:
        raise NotAllowed(_("This clock is set by law for an emergency and cannot be paused."))


def check_may_meet(obligation, *, by):
    check_may_handle(obligation, by=by)
    if obligation.rule in MET_BY_THE_POLICE_REPORT:
        raise NotAllowed(_("Note the police report: that meets this obligation."))
    if obligation.rule in MET_BY_THEIR_ACT:
        raise NotAllowed(_("This is met by what it asks for, and by nothing else."))


def check_may_waive(obligation, *, by):
    check_may_handle(obligation, by=by)
    if obligation.rule in MET_BY_THEIR_ACT:
        raise NotAllowed(_("This is met by what it asks for, and by nothing else."))
