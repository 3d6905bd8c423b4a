"""Following a report with the receipt and nothing else: status in plain words, messages, more facts and files."""

from django.db import transaction

from simpul.confidentiality import data_keys
from simpul.confidentiality.sealing import receipt_key, receipt_tag
from simpul.intake.models import Message, Report
from simpul.lib.rules import NotFound


def report_of(receipt):
    """The report of a receipt, open for its holder; raises `NotFound`."""
    report = Report.objects.select_related("data_key", "agency").filter(receipt_tag=receipt_tag(receipt)).first()
    if report is None or report.data_key.destroyed_at:
        raise NotFound("receipt")
    data_keys.open_with_receipt(report.data_key, receipt_key(receipt))
    return report


@transaction.atomic
def conversation(report, *, at):
    """All messages of a report in order; what the desk wrote counts as seen now."""
    messages = list(report.messages.order_by("sent_at", "pk"))
    for message in messages:
        message.report = report
    new = [m.pk for m in messages if m.sender == Message.Sender.DESK and m.seen_at is None]
    if new:
        Message.objects.filter(pk__in=new).update(seen_at=at)
    return messages


def status_code(report):
    """The status as the reporter is told it: a code of the catalogue report_statuses.

    A merged report follows the report it was merged into, so that its holder sees what really happens.
    """
    while report.status == Report.Status.MERGED and report.merged_into:
        report = report.merged_into
    return report.status
