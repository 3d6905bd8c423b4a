"""Reports come in: sealed at the door, numbered, given to an agency, and its clock begins to run."""

from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from simpul.agencies import exclusions
from simpul.cases import referrals
from simpul.confidentiality import data_keys
from simpul.confidentiality.sealing import receipt_key, receipt_tag
from simpul.intake import attachments, receipts
from simpul.intake.access import hold
from simpul.intake.models import EventCode, Message, Report
from simpul.intake.policy import check_may_decide
from simpul.intake.routing import agency_for
from simpul.intake.urgency import is_danger, urgency_of
from simpul.journal.acts import Act
from simpul.journal.entries import enter, label
from simpul.journal.series import next_in
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned, one_line
from simpul.obligations import book
from simpul.obligations.models import Obligation


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
        # The same form arrived twice at the same moment; anything else that does not fit is not hidden here.
        earlier = Report.objects.select_related("data_key", "agency").filter(receipt_tag=tag).first()
        if earlier is None:
            raise
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
        contact_tag=None if one_line(told.contact) else b"",
        **_words(told),
        **_facts(told),
        agency=None if is_check else agency_for(told.place, involves=told.involves),
    )
    report.urgency = urgency_of(report)
    report.save(force_insert=True)
    enter(Act.REPORT_RECEIVED, on=report, by=by, at=at, channel=channel, files=len(told.files))
    if event is not None:
        EventCode.objects.filter(pk=event.pk).update(used=F("used") + 1)
    for prepared in told.files:
        attachments.add(report, prepared, at=at)
    for kind in told.involves:
        exclusions.keep_out(report, agency_kind=kind, by=None, at=at)
    if report.agency:
        start_triage_clock(report, by=by, at=at, opening=book.begin)
    return report


def _words(told):
    """What is sealed besides the statement, cleaned."""
    words = {name: one_line(getattr(told, name)) for name in ("where", "when", "contact_name", "contact")}
    return words | {"contact_safely": cleaned(told.contact_safely)}


def _facts(told):
    """What is plain: codes of catalogues, never words."""
    facts = {name: getattr(told, name) for name in ("danger", "happened", "people", "children", "relation")}
    return facts | {
        "place_id": told.place or None,
        "kinds": sorted(told.kinds),
        "involves": sorted(told.involves),
        "has_contact": bool(one_line(told.contact)),
        "contact_is_safe": told.contact_is_safe,
    }


def start_triage_clock(report, *, by, at, opening=book.open_):
    """The agency that reads the report owes its triage: within the hour where somebody is in danger."""
    clock = "triage_danger" if is_danger(report) else "triage"
    opening(
        clock, on=report, file=report, number=report.number, owed_by=report.agency, place=report.place_id, by=by, at=at
    )


def _number(at, *, is_check):
    if is_check:
        return f"CEK-{next_in('intake check'):06d}"
    year = localtime(at).year
    return f"L-{year}-{next_in(f'report {year}'):06d}"


@transaction.atomic
def _add_what_is_new(report, told, receipt, at):
    """The same form once more. The later answers count as long as nobody decided; another statement is added."""
    data_keys.open_with_receipt(report.data_key, receipt_key(receipt))
    hold(report)
    if report.is_undecided:
        _answer_anew(report, told, at)
    said = {report.statement.opened()} | {message.text.opened() for message in report.messages.all()}
    kept = {attachments.opened(attachment) for attachment in report.attachments.all()}
    text = "" if cleaned(told.statement) in said else told.statement
    add_message(report, text=text, files=[file for file in told.files if file.data not in kept], at=at)


def _answer_anew(report, told, at):
    words, facts = _words(told), _facts(told)
    before = {name: getattr(report, name).opened() for name in words} | {name: getattr(report, name) for name in facts}
    changed = {name: value for name, value in (words | facts).items() if value and value != before[name]}
    if not changed:
        return
    for name, value in changed.items():
        setattr(report, name, value)
    report.contact_tag = None if "contact" in changed else report.contact_tag
    report.urgency = urgency_of(report)
    report.save(update_fields=[*(name.removesuffix("_id") for name in changed), "contact_tag", "urgency"])
    enter(Act.REPORT_ADDED_TO, on=report, by=None, at=at, changed=sorted(changed))
    for kind in set(changed.get("involves", ())) - set(before["involves"]):
        keep_out(report, agency_kind=kind, by=None, at=at)
    if is_danger(report) and report.agency:
        start_triage_clock(report, by=None, at=at)


@transaction.atomic
def keep_out(report, *, by, at, officer=None, agency=None, agency_kind=""):
    """Keep somebody out of a report and of the case that grew from it.

    Where that is the agency which reads the report, another one reads it from now on and owes what is owed.
    """
    if by is not None:
        check_may_decide(report, by=by)
    whom = {"officer": officer, "agency": agency, "agency_kind": agency_kind}
    if report.case:
        keep_out_of_case(report.case, by=by, at=at, **whom)
        report.refresh_from_db(fields=["agency"])
        return
    for told in _together(report):
        _keep_out_of_report(told, whom, by=by, at=at)
    report.refresh_from_db(fields=["agency"])


@transaction.atomic
def keep_out_of_case(case, *, by, at, officer=None, agency=None, agency_kind=""):
    """Keep somebody out of a case and of every report it grew from."""
    whom = {"officer": officer, "agency": agency, "agency_kind": agency_kind}
    exclusions.keep_out(case, by=by, at=at, **whom)
    if exclusions.keeps_out(case, case.agency):
        raise NotAllowed(_("%(agency)s keeps this case. Another agency must take the case over first.")
                         % {"agency": case.agency.name})  # fmt: skip
    shut_links_of_kept_out(case, by=by, at=at)
    for report in case.reports.select_related("agency").order_by("pk"):
        _keep_out_of_report(report, whom, by=by, at=at)


def shut_links_of_kept_out(case, *, by, at):
    """No one-time link leads into a case for an agency that is kept out of it."""
    for referral in case.referrals.unanswered().select_related("receiver").order_by("pk"):
        if exclusions.keeps_out(case, referral.receiver):
            referrals.shut_links(referral, by=by, at=at)


def _together(report):
    """A report and those that tell of the same event: whoever reads one of them learns of all."""
    end = report.merged_into or report
    return [end, *Report.objects.filter(merged_into=end).select_related("agency").order_by("pk")]


def _keep_out_of_report(report, whom, *, by, at):
    exclusions.keep_out(report, by=by, at=at, **whom)
    if report.agency and exclusions.keeps_out(report, report.agency):
        _give_to_another(report, by=by, at=at)


def _give_to_another(report, *, by, at):
    kept_out = list(exclusions.of(report).select_related("agency"))
    report.agency = agency_for(
        report.place_id,
        involves={exclusion.agency_kind for exclusion in kept_out},
        without=[exclusion.agency for exclusion in kept_out if exclusion.agency],
    )
    report.save(update_fields=["agency"])
    if report.agency:
        for obligation in Obligation.objects.standing().in_file(label(report)).order_by("pk"):
            book.hand_over(obligation, to=report.agency, by=by, at=at)


@transaction.atomic
def add_message(report, *, text, at, files=()):
    """The reporter adds words or files; the desk owes an answer."""
    if not cleaned(text) and not files:
        return
    _add(report, text, files, by=None, at=at)
    if report.agency:
        book.open_(
            "answer_reporter", on=report, file=report, number=report.number, owed_by=report.agency,
            place=report.place_id, by=None, at=at,
        )  # fmt: skip


@transaction.atomic
def tell_more(report, *, text, by, at, danger=False):
    """An officer who reported learned more: added to a report on which nobody decided yet. Returns whether it was.

    Danger heard of now counts as if it had been told at first. No answer is owed: an officer holds no receipt.
    """
    hold(report)
    if not report.is_undecided:
        return False
    _add(report, text, (), by=by, at=at)
    if danger and not is_danger(report):
        report.danger = "yes_now"
        report.urgency = urgency_of(report)
        report.save(update_fields=["danger", "urgency"])
        if report.agency:
            start_triage_clock(report, by=by, at=at)
    return True


def _add(report, text, files, *, by, at):
    if cleaned(text):
        Message.objects.create(report=report, sender=Message.Sender.REPORTER, text=cleaned(text), sent_at=at)
    for prepared in files:
        attachments.add(report, prepared, at=at)
    # Counted in the database: two messages may come at once, and the desk may be reading.
    Report.objects.filter(pk=report.pk).update(unread=F("unread") + 1)
    report.refresh_from_db(fields=["unread"])
    enter(Act.REPORT_ADDED_TO, on=report, by=by, at=at, files=len(files))


@transaction.atomic
def receipt_saved(report, *, at):
    """The reporter says that the receipt is kept."""
    if report.receipt_saved_at is None:
        report.receipt_saved_at = at
        report.save(update_fields=["receipt_saved_at"])
        enter(Act.RECEIPT_SAVED, on=report, by=None, at=at)
