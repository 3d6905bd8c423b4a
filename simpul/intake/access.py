"""The door of a report: is there such a report for this officer? Every reading is written down."""

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from simpul.agencies.exclusions import hidden_from
from simpul.cases.models import Case
from simpul.intake.models import Attachment, Message, Report
from simpul.intake.queries import files_of_case
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotFound
from simpul.persons.identities import check_may_read_identities

WITH = ("data_key", "agency", "place", "case", "merged_into", "event", "decided_by")


def report_for(officer, number):
    """A report an officer may read, still closed."""
    report = Report.objects.visible_to(officer).select_related(*WITH).filter(number=number).first()
    if report is None:
        raise NotFound(number)
    return report


def check_may_read(report, *, by, at):
    """Who reads reports of this place, and who may open the file of the case that grew from it."""
    may = Report.objects.visible_to(by).filter(pk=report.pk).exists()
    if not may and report.case_id:
        is_hidden = Report.objects.filter(pk=report.pk, pk__in=hidden_from(by, Report)).exists()
        may = not is_hidden and Case.objects.visible_to(by, at=at).filter(pk=report.case_id).exists()
    if not may:
        raise NotFound(report.number)
    check_may_read_identities(by)


def hold(report):
    """Read anew what decisions rest on, and hold the row: of two officers who decide at once, one comes second."""
    names = ("status", "agency", "case", "merged_into", "unread")
    report.refresh_from_db(fields=names, from_queryset=Report.objects.select_for_update())


@transaction.atomic
def read(report, *, by, at):
    """Statement, place and time in the reporter's words, as a dict; the reading is journalled."""
    check_may_read(report, by=by, at=at)
    told = {name: getattr(report, name).opened_or_erased() for name in ("statement", "where", "when", "note")}
    if report.status == Report.Status.RECEIVED:
        unread = Report.objects.filter(pk=report.pk, status=Report.Status.RECEIVED)
        unread.update(status=Report.Status.READING, first_read_at=at)
        report.refresh_from_db(fields=["status", "first_read_at"])
    enter(Act.REPORT_READ, on=report, by=by, at=at)
    return told


@transaction.atomic
def read_statements(reports, *, by, at):
    """The statements of several reports, {key: words}, for an officer who compares how they are worded.

    Each is a reading in the file of its report; none of them counts as taken up, for nobody decides on it here.
    """
    check_may_read_identities(by)
    visible = Report.objects.visible_to(by).filter(pk__in=[report.pk for report in reports])
    told = {}
    for report in visible.select_related("data_key").order_by("pk"):
        told[report.pk] = report.statement.opened_or_erased()
        enter(Act.REPORT_READ, on=report, by=by, at=at, compared=True)
    return told


@transaction.atomic
def read_contact(report, *, by, at):
    """How the reporter can be reached; a reading of its own."""
    check_may_read(report, by=by, at=at)
    enter(Act.REPORT_CONTACT_READ, on=report, by=by, at=at)
    return {name: getattr(report, name).opened_or_erased() for name in ("contact_name", "contact", "contact_safely")}


@transaction.atomic
def read_messages(report, *, by, at):
    """All messages of a report in order, open; what the reporter wrote counts as read now."""
    check_may_read(report, by=by, at=at)
    messages = list(report.messages.select_related("officer").order_by("sent_at", "pk"))
    for message in messages:
        message.report = report
    new = [m.pk for m in messages if m.sender == Message.Sender.REPORTER and m.seen_at is None]
    Message.objects.filter(pk__in=new).update(seen_at=at)
    if report.unread:
        # What arrived since the page was made has not been read and stays counted.
        Report.objects.filter(pk=report.pk).update(unread=Greatest(F("unread") - report.unread, Value(0)))
        report.unread = 0
    if messages:
        enter(Act.MESSAGES_READ, on=report, by=by, at=at, count=len(messages))
    return messages


def attachment_for(officer, pk):
    """A file of a report an officer may read."""
    found = Attachment.objects.filter(report__in=Report.objects.visible_to(officer)).select_related(
        "report__data_key", "report__case"
    )
    if attachment := found.filter(pk=pk).first():
        return attachment
    raise NotFound(str(pk))


def attachment_in(case, pk, *, by):
    """A file of a report that belongs to a case, for an officer to whom the file of the case is open."""
    if attachment := files_of_case(case, by).filter(pk=pk).first():
        return attachment
    raise NotFound(str(pk))
