"""The door of a report: is there such a report for this officer? Every reading is written down."""

from django.db import transaction

from simpul.intake.models import Attachment, Message, Report
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


@transaction.atomic
def read(report, *, by, at):
    """Statement, place and time in the reporter's words, as a dict; the reading is journalled."""
    check_may_read_identities(by)
    told = {name: getattr(report, name).opened_or_erased() for name in ("statement", "where", "when", "note")}
    if report.status == Report.Status.RECEIVED:
        report.status, report.first_read_at = Report.Status.READING, at
        report.save(update_fields=["status", "first_read_at"])
    enter(Act.REPORT_READ, on=report, by=by, at=at)
    return told


@transaction.atomic
def read_contact(report, *, by, at):
    """How the reporter can be reached; a reading of its own."""
    check_may_read_identities(by)
    enter(Act.REPORT_CONTACT_READ, on=report, by=by, at=at)
    return {name: getattr(report, name).opened_or_erased() for name in ("contact_name", "contact", "contact_safely")}


@transaction.atomic
def read_messages(report, *, by, at):
    """All messages of a report in order, open; what the reporter wrote counts as read now."""
    messages = list(report.messages.select_related("officer").order_by("sent_at", "pk"))
    for message in messages:
        message.report = report
    Message.objects.filter(report=report, sender=Message.Sender.REPORTER, seen_at=None).update(seen_at=at)
    if report.unread:
        report.unread = 0
        report.save(update_fields=["unread"])
    if messages:
        enter(Act.MESSAGES_READ, on=report, by=by, at=at, count=len(messages))
    return messages


def attachment_for(officer, pk):
    """A file of a report an officer may read, or of a case the officer may open through its reports."""
    found = Attachment.objects.filter(report__in=Report.objects.visible_to(officer)).select_related("report__data_key")
    if attachment := found.filter(pk=pk).first():
        return attachment
    raise NotFound(str(pk))
