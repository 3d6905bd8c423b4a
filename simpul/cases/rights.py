"""Rights that start clocks: what a victim may claim becomes somebody's obligation, with its legal basis."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from simpul.agencies.exclusions import let_in
from simpul.agencies.offices import nearest
from simpul.cases.models import Involvement, PoliceReport, Return
from simpul.cases.policy import check_may_work_on
from simpul.journal.acts import Act
from simpul.journal.entries import enter, label
from simpul.lib.dates import end_of_day
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import one_line
from simpul.obligations import book
from simpul.obligations.models import Obligation

# Agencies that are an integrated service centre (PPT) in the sense of PP 9/2008 Art. 1 and 14(5).
SERVICE_CENTRES = frozenset({"uptd_ppa", "ppt"})
SEXUAL_CLOCK, POLICE_CLOCK = "report_to_police_sexual", "report_to_police"
FIRST_AID, ON_REQUEST, REFER_AGAIN = "first_aid", "services_on_request", "refer_again"
PROTECTION, TEMPORARY_PROTECTION = "police_protection", "temporary_protection"
OFFER_AGAIN, BEST_INTEREST = "offer_again", "best_interest"
# What is met when the service begins.
GIVEN_BY_BEGINNING = (FIRST_AID, ON_REQUEST, PROTECTION, TEMPORARY_PROTECTION)
# What some clocks wait for.
POLICE_REPORT = "police_report"
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
    owe(POLICE_CLOCK, on=case, case=case, owed_by=case.agency, by=by, at=at)
    if case.is_sexual:
        owe(SEXUAL_CLOCK, on=case, case=case, owed_by=case.agency, by=by, at=at)


def case_described(case, *, by, at):
    """Where a victim is in the file already and the case turns out to be sexual, the 72 hours begin now."""
    if not case.is_sexual or _owes_no_police_report(case):
        return
    if case.involvements.filter(part=Involvement.Part.VICTIM).exists():
        owe(SEXUAL_CLOCK, on=case, case=case, owed_by=case.agency, by=by, at=at)


def service_requested(service, *, by, at):
    """What the law owes for a service begins with the request.

    First aid where it is urgent (UU 21/2007 Art. 53), else rehabilitation on request (Art. 52(1)): 7 days each. Art.
    52(1) speaks of a request that follows a report to the police: its clock waits for one; first aid waits for none.
    """
    debtor = service.provider or service.case.agency
    if service.kind == "first_aid" or (service.is_urgent and service.kind in ON_STATUTORY_REQUEST):
        owe(FIRST_AID, on=service, case=service.case, owed_by=debtor, by=by, at=at)
    elif service.kind in ON_STATUTORY_REQUEST:
        owe(ON_REQUEST, on=service, case=service.case, owed_by=debtor, by=by, at=at)
    elif service.kind == "police_protection":
        owe(PROTECTION, on=service, case=service.case, owed_by=debtor, by=by, at=at)
        if service.case.is_sexual:
            owe(TEMPORARY_PROTECTION, on=service, case=service.case, owed_by=debtor, by=by, at=at)


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
    book.meet(POLICE_CLOCK, SEXUAL_CLOCK, on=case, by=by, at=at, evidence=report, done_at=reported_at)
    book.has_come(POLICE_REPORT, file=case, by=by, at=at, since=reported_at)
    return report


def service_taken_over(service, *, by, at):
    """Another agency gives the service from now on: what is still owed for it, it owes. The clocks run on."""
    rows = Obligation.objects.standing().about(label(service)).filter(rule__in=GIVEN_BY_BEGINNING)
    for obligation in rows.order_by("pk"):
        book.hand_over(obligation, to=service.provider, by=by, at=at)


def service_given(service, *, by, at):
    """The service began: what was owed for it is met."""
    book.meet(*GIVEN_BY_BEGINNING, REFER_AGAIN, OFFER_AGAIN, on=service, by=by, at=at, evidence=service)


def service_not_wanted(service, *, by, at):
    """The victim refused or stopped the service: nothing is owed for it but to offer it again on the day agreed.

    Every other service goes on.
    """
    book.waive_all(on=service, reason="refused_by_victim", by=by, at=at)
    for homeward in Return.objects.filter(service=service).order_by("pk"):
        book.waive_all(on=homeward, reason="refused_by_victim", by=by, at=at)
    offered_again(on=service, case=service.case, day=service.offer_again_on, by=by, at=at)


def offered_again(*, on, case, day, by, at):
    """What was refused is offered again on a day."""
    until = end_of_day(day, ZoneInfo(settings.TIME_ZONE))
    owe(OFFER_AGAIN, on=on, case=case, owed_by=case.agency, target_at=until, by=by, at=at)


def child_noted(involvement, *, by, at):
    """A child, or somebody whose age is in doubt, is a victim: what is best for the child is checked first."""
    case = involvement.case
    if not involvement.best_interests.exists():
        owe(BEST_INTEREST, on=involvement, case=case, owed_by=case.agency, by=by, at=at)


def owe(code, *, on, case, owed_by, by, at, since=None, target_at=None, place=None):
    """Open an obligation in the file of a case; the agency that keeps the case watches what others owe."""
    has = {POLICE_REPORT} if case.police_reports.exists() else ()
    return book.open_(
        code, on=on, file=case, number=case.number, owed_by=owed_by, watched_by=case.agency,
        place=place or case.place_id, by=by, at=at, since=since, has=has, target_at=target_at,
    )  # fmt: skip


def debtor(kind, case, *, chosen=None):
    """The agency that owes what a kind of agency owes in a case: the chosen one, the nearest, or who keeps the case."""
    if chosen is not None:
        return chosen
    found = let_in(case, nearest(kind, case.place_id or case.agency.place_id))
    return found[0] if found else case.agency


def _owes_no_police_report(case):
    return case.agency.kind not in SERVICE_CENTRES or case.police_reports.exists()
