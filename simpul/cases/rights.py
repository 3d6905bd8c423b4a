"""Rights that start clocks: what a victim may claim becomes somebody's obligation, with its legal basis."""

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.cases.models import Involvement, PoliceReport, Service
from simpul.cases.policy import check_may_work_on
from simpul.journal.acts import Act
from simpul.journal.entries import enter, label
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import one_line
from simpul.obligations import book
from simpul.obligations.models import Obligation

# Agencies that are an integrated service centre (PPT) in the sense of PP 9/2008 Art. 1 and 14(5).
SERVICE_CENTRES = frozenset({"uptd_ppa", "ppt"})
SEXUAL_CLOCK, POLICE_CLOCK = "report_to_police_sexual", "report_to_police"
FIRST_AID, ON_REQUEST, REFER_AGAIN = "first_aid", "services_on_request", "refer_again"
# The services of Art. 51(1): health and social rehabilitation, return, reintegration.
ON_STATUTORY_REQUEST = frozenset({"health", "psychological", "social_rehabilitation", "repatriation", "reintegration"})


def victim_received(involvement, *, by, at):
    """A service centre received a victim: it owes the report to the police (PP 9/2008 Art. 14(5): 24 hours).

    Where the case is one of sexual violence, the report of UU 12/2022 Art. 41(3) is owed as well (72 hours).
    A case that was reported already owes nothing more.
    """
    case = involvement.case
    if _owes_no_police_report(case):
        return
    _owe(POLICE_CLOCK, on=case, case=case, owed_by=case.agency, by=by, at=at)
    if case.is_sexual:
        _owe(SEXUAL_CLOCK, on=case, case=case, owed_by=case.agency, by=by, at=at)


def case_described(case, *, by, at):
    """Where a victim is in the file already and the case turns out to be sexual, the 72 hours begin now."""
    if not case.is_sexual or _owes_no_police_report(case):
        return
    if case.involvements.filter(part=Involvement.Part.VICTIM).exists():
        _owe(SEXUAL_CLOCK, on=case, case=case, owed_by=case.agency, by=by, at=at)


def service_requested(service, *, by, at):
    """First aid where it is urgent (UU 21/2007 Art. 53), else rehabilitation on request (Art. 52(1)): 7 days each.

    Art. 52(1) speaks of a request that follows a report to the police; first aid waits for no report.
    """
    debtor = service.provider or service.case.agency
    if service.kind == "first_aid" or (service.is_urgent and service.kind in ON_STATUTORY_REQUEST):
        _owe(FIRST_AID, on=service, case=service.case, owed_by=debtor, by=by, at=at)
    elif service.kind in ON_STATUTORY_REQUEST and service.case.police_reports.exists():
        _owe(ON_REQUEST, on=service, case=service.case, owed_by=debtor, by=by, at=at)


@transaction.atomic
def note_police_report(case, *, number, unit, reported_at, by, at):
    """The case was reported to the police: the clocks of reporting are met, those of Art. 52(1) begin."""
    check_may_work_on(case, by=by)
    if reported_at > at:
        raise NotAllowed(_("This report to the police lies in the future. Write when it was made."))
    report = PoliceReport(case=case, number=one_line(number), unit=unit, reported_at=reported_at, noted_at=at)
    report.noted_by = by
    report.save(force_insert=True)
    enter(Act.POLICE_REPORT_NOTED, on=report, file=case, by=by, at=at)
    for clock in (POLICE_CLOCK, SEXUAL_CLOCK):
        book.meet(clock, on=case, by=by, at=at, evidence=report, done_at=reported_at)
    waiting = case.services.filter(state__in=[Service.State.REQUESTED, Service.State.AGREED], is_urgent=False)
    for service in waiting.filter(kind__in=ON_STATUTORY_REQUEST).select_related("provider"):
        debtor = service.provider or case.agency
        _owe(ON_REQUEST, on=service, case=case, owed_by=debtor, by=by, at=at)
    return report


def service_taken_over(service, *, by, at):
    """Another agency gives the service from now on: what is still owed for it, it owes. The clocks run on."""
    for obligation in Obligation.objects.standing().about(label(service)).filter(rule__in=[FIRST_AID, ON_REQUEST]):
        book.hand_over(obligation, to=service.provider, by=by, at=at)


def service_given(service, *, by, at):
    """The service began: what was owed for it is met."""
    for clock in (FIRST_AID, ON_REQUEST, REFER_AGAIN):
        book.meet(clock, on=service, by=by, at=at, evidence=service)


def service_not_wanted(service, *, by, at):
    """The victim refused or stopped the service: nothing is owed for it, and every other service goes on."""
    book.waive_all(on=service, reason="refused_by_victim", by=by, at=at)


def _owe(code, *, on, case, owed_by, by, at):
    book.open_(code, on=on, file=case, number=case.number, owed_by=owed_by, place=case.place_id, by=by, at=at)


def _owes_no_police_report(case):
    return case.agency.kind not in SERVICE_CENTRES or case.police_reports.exists()
