"""Triage: decisions on a report, each by name. Nothing here scores a person; an officer decides and says why."""

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.agencies import exclusions
from simpul.cases import files
from simpul.cases.policy import check_may_work_on
from simpul.intake import reports
from simpul.intake.access import hold
from simpul.intake.models import Message, Report
from simpul.intake.policy import check_may_decide, check_may_write, check_status_may_follow
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned
from simpul.obligations import book
from simpul.reference import catalogues

CLOCKS = ("triage", "triage_danger")
SEXUAL_KINDS = frozenset({"sexual"})


@transaction.atomic
def ask(report, *, text, by, at):
    """Ask the reporter. The report stays in the queue; its triage clock counts as answered with the question."""
    _check(report, Report.Status.QUESTION, by)
    write(report, text=text, by=by, at=at)
    report.status = Report.Status.QUESTION
    report.save(update_fields=["status"])
    book.meet(*CLOCKS, on=report, by=by, at=at, evidence=report)


@transaction.atomic
def write(report, *, text, by, at):
    """Write to the reporter, at any time and in any state; a waiting answer is given with it."""
    check_may_write(report, by=by)
    text = cleaned(text)
    if not text:
        raise NotAllowed(_("Write the message first."))
    message = Message.objects.create(report=report, sender=Message.Sender.DESK, text=text, sent_at=at, officer=by)
    enter(Act.REPORTER_ASKED, on=report, by=by, at=at)
    book.meet("answer_reporter", on=report, by=by, at=at, evidence=message)
    return message


@transaction.atomic
def accept(report, *, by, at, into=None, message=""):
    """Accept the report into a case: an existing one, or a new one at the officer's agency. Returns the case."""
    _check(report, Report.Status.ACCEPTED, by)
    if into is not None:
        _check_may_take_in(into, report, by)
    case = into or files.open_(
        place=report.place,
        kinds=report.kinds,
        has_children=report.children == "yes",
        is_sexual=bool(SEXUAL_KINDS & set(report.kinds)),
        in_danger=report.danger == "yes_now",
        by=by,
        at=at,
    )
    if into is not None:
        _add_facts(report, case, by=by, at=at)
    report.case = case
    exclusions.carry_over(report, case, by=by, at=at)
    _decide(report, Report.Status.ACCEPTED, message=message, by=by, at=at)
    _take_along(report)
    enter(Act.REPORT_ACCEPTED, on=report, by=by, at=at, case=case.number)
    return case


@transaction.atomic
def pass_on(report, *, by, at, to=None, note="", message=""):
    """Pass the report on: to another agency that triages, whose clock begins; or to an authority outside, by name.

    A report outside one's authority is still received and handed over, never sent away.
    """
    _check(report, Report.Status.PASSED_ON, by)
    if to is None and not cleaned(note):
        raise NotAllowed(_("Choose an agency, or write to whom outside the system the report was passed."))
    if to is not None:
        _check_may_be_given(report, to)
    report.note = cleaned(note)
    _decide(report, Report.Status.PASSED_ON, message=message, by=by, at=at)
    enter(Act.REPORT_PASSED_ON, on=report, by=by, at=at, to=to and to.pk)
    if to is not None:
        report.agency, report.status = to, Report.Status.RECEIVED
        report.decided_at = report.decided_by = None
        report.save(update_fields=["agency", "status", "decided_at", "decided_by"])
        reports.start_triage_clock(report, by=by, at=at)


@transaction.atomic
def merge(report, *, into, by, at, message=""):
    """Two reports of one event: this one follows the other from now on. Both originals stay as they are.

    Whoever is kept out of one of them is kept out of both: each leads to the other.
    """
    for one in sorted((report, into), key=lambda report: report.pk):
        # Always in the same order, so that two officers who merge the same two reports do not wait for each other.
        hold(one)
    _check(report, Report.Status.MERGED, by)
    into = _end_of_the_way(into)
    check_may_decide(into, by=by)
    if into.pk == report.pk:
        raise NotAllowed(_("A report cannot be merged with itself. Choose the other report."))
    for agency in filter(None, (into.agency, into.case and into.case.agency)):
        if exclusions.keeps_out(report, agency):
            raise NotAllowed(_("%(agency)s has the other report and is kept out of this one. Merge the other report"
                               " into this one instead.") % {"agency": agency.name})  # fmt: skip
    report.merged_into = into
    report.case = into.case
    exclusions.carry_over(report, into, by=by, at=at)
    exclusions.carry_over(into, report, by=by, at=at)
    if into.case:
        exclusions.carry_over(report, into.case, by=by, at=at)
        reports.shut_links_of_kept_out(into.case, by=by, at=at)
    _take_along(report)
    _decide(report, Report.Status.MERGED, message=message, by=by, at=at)
    enter(Act.REPORT_MERGED, on=report, by=by, at=at, into=into.number)


@transaction.atomic
def set_aside(report, *, because, by, at, note="", message=""):
    """Set the report aside for a reason of the catalogue set_aside_reasons. It can be taken up again."""
    _check(report, Report.Status.SET_ASIDE, by)
    if not catalogues.is_code("set_aside_reasons", because):
        raise NotAllowed(_("Choose a reason from the list."))
    report.reason, report.note = because, cleaned(note)
    _decide(report, Report.Status.SET_ASIDE, message=message, by=by, at=at)
    enter(Act.REPORT_SET_ASIDE, on=report, by=by, at=at, because=because)


@transaction.atomic
def take_up_again(report, *, by, at):
    """Undo a decision that was not an acceptance: the report is back in the queue and its clock runs anew."""
    _check(report, Report.Status.READING, by)
    report.status, report.reason, report.merged_into, report.case = Report.Status.READING, "", None, None
    report.decided_at = report.decided_by = None
    report.save(update_fields=["status", "reason", "merged_into", "case", "decided_at", "decided_by"])
    _take_along(report)
    enter(Act.REPORT_REOPENED, on=report, by=by, at=at)
    if report.agency:
        reports.start_triage_clock(report, by=by, at=at)


def _check(report, status, by):
    check_may_decide(report, by=by)
    hold(report)
    check_status_may_follow(report, status)


def _check_may_take_in(case, report, by):
    check_may_work_on(case, by=by)
    if case.has_ended:
        raise NotAllowed(_("Case %(number)s has ended. Take it up again first, or open a new one.")
                         % {"number": case.number})  # fmt: skip
    if exclusions.keeps_out(report, case.agency):
        raise NotAllowed(_("%(agency)s keeps this case and is kept out of this report. Open a new case.")
                         % {"agency": case.agency.name})  # fmt: skip


def _check_may_be_given(report, agency):
    if exclusions.keeps_out(report, agency):
        raise NotAllowed(_("%(agency)s is kept out of this report and must not learn of it.") % {"agency": agency.name})
    if not agency.triages or agency.ended_on is not None:
        raise NotAllowed(_("%(agency)s does not take reports. Choose another agency, or write to whom outside the"
                           " system the report was passed.") % {"agency": agency.name})  # fmt: skip


def _add_facts(report, case, *, by, at):
    """What a further report tells of the same event is true of the case as well."""
    files.describe(
        case,
        kinds=sorted({*case.kinds, *report.kinds}),
        has_children=case.has_children or report.children == "yes",
        is_sexual=case.is_sexual or bool(SEXUAL_KINDS & set(report.kinds)),
        in_danger=case.in_danger or report.danger == "yes_now",
        by=by,
        at=at,
    )


def _end_of_the_way(report):
    """The report that this one follows in the end; itself where it was not merged."""
    while report.merged_into:
        report = report.merged_into
    return report


def _take_along(report):
    """The reports merged into this one belong to the same case."""
    for follower in report.merged.order_by("pk"):
        follower.case = report.case
        follower.save(update_fields=["case"])
        _take_along(follower)


def _decide(report, status, *, message, by, at):
    report.status, report.decided_at, report.decided_by = status, at, by
    report.save(update_fields=["status", "decided_at", "decided_by", "reason", "note", "case", "merged_into"])
    if cleaned(message):
        write(report, text=message, by=by, at=at)
    book.meet("answer_reporter", *CLOCKS, on=report, by=by, at=at, evidence=report)
