"""Reports come in: sealed at the door, numbered, given to an agency, and its clock begins to run."""

from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from simpul.agencies import exclusions
from simpul.confidentiality import data_keys
from simpul.confidentiality.sealing import receipt_key, receipt_tag
from simpul.intake import attachments, receipts
from simpul.intake.models import Message, Report
from simpul.intake.routing import agency_for
from simpul.intake.urgency import is_danger, urgency_of
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.journal.series import next_in
from simpul.lib.texts import cleaned, one_line
from simpul.obligations import book


@dataclass
class Told:
    """What a reporter told us. Only `statement` is needed; codes are of the public catalogues."""

    statement: str
    danger: str = ""
    place: str = ""
    where: str = ""
    happened: str = ""
    when: str = ""
    people: str = ""
    children: str = ""
    kinds: list = field(default_factory=list)
    relation: str = ""
    involves: list = field(default_factory=list)
    contact_name: str = ""
    contact: str = ""
    contact_is_safe: str = ""
    contact_safely: str = ""
    files: list = field(default_factory=list)


def receive(told, *, token, at, language="id", channel=Report.Channel.WEB, event=None, by=None):
    """Take in a report; returns (report, receipt).

    The same token again is the same form sent twice: no second report comes of it, and what is new in it is added
    to the first.
    """
    receipt = receipts.of_token(token)
    tag = receipt_tag(receipt)
    try:
        with transaction.atomic():
            earlier = Report.objects.select_related("data_key", "agency").filter(receipt_tag=tag).first()
            if earlier is None:
                return _take_in(told, token, receipt, tag, at, language, channel, event, by), receipt
    except IntegrityError:
        earlier = Report.objects.select_related("data_key", "agency").get(receipt_tag=tag)
    _add_what_is_new(earlier, told, receipt, at)
    return earlier, receipt


def _take_in(told, token, receipt, tag, at, language, channel, event, by):
    is_check = receipts.is_check_token(token)
    report = Report(
        data_key=data_keys.make(at=at, receipt_key=receipt_key(receipt)),
        receipt_tag=tag,
        number=_number(at, is_check=is_check),
        received_at=at,
        channel=channel,
        event=event,
        language=language,
        is_check=is_check,
        statement=cleaned(told.statement),
        where=one_line(told.where),
        when=one_line(told.when),
        contact_name=one_line(told.contact_name),
        contact=one_line(told.contact),
        contact_safely=cleaned(told.contact_safely),
        danger=told.danger,
        place_id=told.place or None,
        happened=told.happened,
        people=told.people,
        children=told.children,
        kinds=sorted(told.kinds),
        relation=told.relation,
        involves=sorted(told.involves),
        has_contact=bool(one_line(told.contact)),
        contact_is_safe=told.contact_is_safe,
        agency=None if is_check else agency_for(told.place, involves=told.involves),
    )
    report.urgency = urgency_of(report)
    report.save(force_insert=True)
    enter(Act.REPORT_RECEIVED, on=report, by=by, at=at, channel=channel, files=len(told.files))
    for prepared in told.files:
        attachments.add(report, prepared, at=at)
    for kind in told.involves:
        exclusions.keep_out(report, agency_kind=kind, by=None, at=at)
    if report.agency:
        start_triage_clock(report, by=by, at=at)
    return report


def start_triage_clock(report, *, by, at):
    """The agency that reads the report owes its triage: within the hour where somebody is in danger."""
    clock = "triage_danger" if is_danger(report) else "triage"
    book.open_(
        clock, on=report, file=report, number=report.number, owed_by=report.agency, place=report.place_id, by=by, at=at
    )


def _number(at, *, is_check):
    if is_check:
        return f"CEK-{next_in('intake check'):06d}"
    return f"L-{at:%Y}-{next_in(f'report {at:%Y}'):06d}"


@transaction.atomic
def _add_what_is_new(report, told, receipt, at):
    data_keys.open_with_receipt(report.data_key, receipt_key(receipt))
    if cleaned(told.statement) == report.statement.opened():
        return
    add_message(report, text=told.statement, files=told.files, at=at)


@transaction.atomic
def add_message(report, *, text, at, files=()):
    """The reporter adds words or files; the desk owes an answer."""
    if cleaned(text):
        Message.objects.create(report=report, sender=Message.Sender.REPORTER, text=cleaned(text), sent_at=at)
    for prepared in files:
        attachments.add(report, prepared, at=at)
    report.unread += 1
    report.save(update_fields=["unread"])
    enter(Act.REPORT_ADDED_TO, on=report, by=None, at=at, files=len(files))
    if report.agency:
        book.open_(
            "answer_reporter", on=report, file=report, number=report.number, owed_by=report.agency,
            place=report.place_id, by=None, at=at,
        )  # fmt: skip


@transaction.atomic
def receipt_saved(report, *, at):
    """The reporter says that the receipt is kept."""
    if report.receipt_saved_at is None:
        report.receipt_saved_at = at
        report.save(update_fields=["receipt_saved_at"])
        enter(Act.RECEIPT_SAVED, on=report, by=None, at=at)
