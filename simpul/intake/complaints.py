"""Complaints: what a victim, a companion or a reporter holds against an officer or an office.

A complaint goes to the data protection officer, never to the office it is about. That office, and every officer whose
name is written in it, is kept out from the first moment: no list, no clock, no search, no line of the journal tells
them of it. The complainant gets a receipt as a reporter does, and reads the answer with it.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from simpul.agencies import exclusions
from simpul.agencies.models import Agency, Officer
from simpul.agencies.roles import RIGHTS, Right, Role
from simpul.confidentiality import data_keys
from simpul.confidentiality.blind_index import name_words
from simpul.confidentiality.sealing import receipt_key, receipt_tag
from simpul.intake import receipts, tracking
from simpul.intake.models import Complaint, hears_complaints
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.journal.series import next_in
from simpul.lib.rules import NotAllowed, NotFound
from simpul.lib.texts import cleaned, digits, folded, one_line
from simpul.obligations import book
from simpul.persons.identities import check_may_read_identities

CLOCK = "answer_complaint"
# Whoever may come upon a complaint without hearing it: by the journal, or by the clocks of the region.
COMES_UPON = (Right.HEAR_COMPLAINTS, Right.READ_JOURNAL, Right.SEE_FACTS)
# Names that are also everyday words of Indonesian; alone they name nobody.
_EVERYDAY = frozenset(("dari", "dan", "di", "ke", "ini", "itu", "yang"))
# A number with more digits than a telephone or a NIK is meant as a receipt.
_RECEIPT_FROM = 20


@dataclass
class Told:
    """What a complainant told us. Only `statement` is needed."""

    statement: str
    against: Agency | None = None
    about: str = ""
    reference: str = ""
    contact: str = ""


def receive(told, *, token, at, language="id"):
    """Take in a complaint; returns (complaint, receipt).

    The same token again is the same form sent twice: what is new in it is added, as long as nobody has answered.
    """
    receipt = receipts.of_token(token)
    tag = receipt_tag(receipt)
    try:
        with transaction.atomic():
            earlier = _of_tag(tag)
            if earlier is None:
                return _take_in(told, receipt, tag, at, language), receipt
    except IntegrityError:
        # The same form arrived twice at the same moment; anything else that does not fit is not hidden here.
        earlier = _of_tag(tag)
        if earlier is None:
            raise
    if _add_what_is_new(earlier, told, receipt, at):
        return earlier, receipt
    return receive(told, token=receipts.new_token(), at=at, language=language)


def complaint_of(receipt):
    """The complaint of a receipt, open for its holder; raises `NotFound`."""
    complaint = _of_tag(receipt_tag(receipt))
    if complaint is None or complaint.data_key.destroyed_at:
        raise NotFound("receipt")
    data_keys.open_with_receipt(complaint.data_key, receipt_key(receipt))
    return complaint


def referred_to(text):
    """What the complainant refers to, as it may be kept: the number of a report or case.

    A receipt opens what it belongs to, so it is not kept: the number of its report stands for it. Raises
    `ReceiptError` or `NotFound` for a receipt of nothing.
    """
    if len(digits(text)) < _RECEIPT_FROM:
        return one_line(text)
    receipt = receipts.typed(text)
    try:
        return tracking.report_of(receipt).number
    except NotFound:
        return complaint_of(receipt).number


def complaint_list(officer):
    """Complaints an officer hears: those without an answer first, the oldest on top; then the answered ones."""
    shown = Complaint.objects.visible_to(officer).select_related("against")
    return shown.order_by(F("answered_at").desc(nulls_first=True), "received_at", "pk")


def complaint_for(officer, number):
    """A complaint the officer hears, still closed."""
    related = ("data_key", "against", "heard_by", "answered_by")
    found = Complaint.objects.visible_to(officer).select_related(*related).filter(number=number).first()
    if found is None:
        raise NotFound(number)
    return found


@transaction.atomic
def read(complaint, *, by, at):
    """Everything the complainant wrote, as a dict; the reading is journalled."""
    check_may_hear(complaint, by=by)
    check_may_read_identities(by)
    names = ("statement", "about", "reference", "contact", "answer")
    told = {name: getattr(complaint, name).opened_or_erased() for name in names}
    unread = Complaint.objects.filter(pk=complaint.pk, status=Complaint.Status.RECEIVED)
    if unread.update(status=Complaint.Status.READING):
        complaint.status = Complaint.Status.READING
    enter(Act.COMPLAINT_READ, on=complaint, by=by, at=at)
    return told


@transaction.atomic
def answer(complaint, *, answer, by, at):
    """Answer the complainant, who reads it with the receipt. It is sent once."""
    _hold(complaint)
    check_may_answer(complaint, by=by)
    if not cleaned(answer):
        raise NotAllowed(_("An answer needs words: say what was looked into and what follows from it."))
    complaint.answer = cleaned(answer)
    complaint.status, complaint.answered_at, complaint.answered_by = Complaint.Status.ANSWERED, at, by
    complaint.save(update_fields=["answer", "status", "answered_at", "answered_by"])
    book.meet(CLOCK, on=complaint, by=by, at=at, evidence=complaint)
    enter(Act.COMPLAINT_ANSWERED, on=complaint, by=by, at=at)


def check_may_hear(complaint, *, by):
    """Whoever the complaint did not come to is told nothing, and least of all whom it is about."""
    if not Complaint.objects.visible_to(by).filter(pk=complaint.pk).exists():
        raise NotFound(complaint.number)


def check_may_answer(complaint, *, by):
    check_may_hear(complaint, by=by)
    if complaint.is_answered:
        raise NotAllowed(_("This complaint was answered already. Reload the page to read the answer."))


def hearing_agency(against, *, without=()):
    """The agency whose data protection officer hears a complaint; None where there is nobody.

    The nearest that serves the place of the office complained about, and not that office itself nor an officer in
    `without`. Where no data protection officer is left, the agency that serves the whole region.
    """
    place = against.place_id if against else settings.REGION
    hearing = [role for role, rights in RIGHTS.items() if Right.HEAR_COMPLAINTS in rights]
    free = [officer for officer in _free(hearing, against, without) if officer.serves(place)]
    if free:
        return max(free, key=lambda officer: (len(officer.jurisdiction), -officer.agency_id)).agency
    heads = [officer for officer in _free([Role.SUPERVISOR], against, without) if hears_complaints(officer)]
    return heads[0].agency if heads else None


def _free(roles, against, without):
    """Officers of some roles who have nothing to do with a complaint, in a fixed order."""
    found = Officer.objects.filter(is_active=True, role__in=roles, agency__ended_on=None)
    found = found.exclude(pk__in=[officer.pk for officer in without]).select_related("agency").order_by("pk")
    return [officer for officer in found if against is None or officer.agency_id != against.pk]


def named_in(told, officers):
    """Those of several officers whom a complaint may be about, by their name.

    Any word of a name counts where the complainant was asked for the officer, in the story the name as a whole:
    better one officer too many is kept out than the one it is about let in.
    """
    about, story = set(folded(told.about).split()), set(folded(told.statement).split())
    found = []
    for officer in officers:
        words = name_words(officer.full_name)
        if about & (words - _EVERYDAY) or (words and words <= story | about):
            found.append(officer)
    return found


def _take_in(told, receipt, tag, at, language):
    in_the_way = named_in(told, _who_may_come_upon_it())
    heard_by = hearing_agency(told.against, without=in_the_way)
    complaint = Complaint(
        data_key=data_keys.make(at=at, receipt_key=receipt_key(receipt)),
        receipt_tag=tag,
        number=_number(at),
        received_at=at,
        language=language,
        statement=cleaned(told.statement),
        about=one_line(told.about),
        reference=one_line(told.reference),
        contact=one_line(told.contact),
        against=told.against,
        heard_by=heard_by,
    )
    complaint.save(force_insert=True)
    enter(Act.COMPLAINT_RECEIVED, on=complaint, by=None, at=at)
    if told.against:
        exclusions.keep_out(complaint, agency=told.against, by=None, at=at)
    colleagues = Officer.objects.filter(agency=heard_by, is_active=True) if heard_by else Officer.objects.none()
    for officer in {*in_the_way, *named_in(told, colleagues)}:
        exclusions.keep_out(complaint, officer=officer, by=None, at=at)
    if heard_by:
        book.begin(
            CLOCK, on=complaint, file=complaint, number=complaint.number, owed_by=heard_by, place=None, by=None, at=at
        )
    return complaint


def _who_may_come_upon_it():
    roles = {role for role, rights in RIGHTS.items() if rights & set(COMES_UPON)}
    found = Officer.objects.filter(is_active=True, role__in=[*roles, Role.SUPERVISOR]).select_related("agency")
    return [officer for officer in found.order_by("pk") if officer.role in roles or hears_complaints(officer)]


def _number(at):
    year = localtime(at).year
    return f"A-{year}-{next_in(f'complaint {year}'):06d}"


def _of_tag(tag):
    return Complaint.objects.select_related("data_key").filter(receipt_tag=tag).first()


@transaction.atomic
def _add_what_is_new(complaint, told, receipt, at):
    """The same form once more: other words are added to the first. False where an answer stands already."""
    complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)
    data_keys.open_with_receipt(complaint.data_key, receipt_key(receipt))
    said, new = complaint.statement.opened(), cleaned(told.statement)
    if new in said:
        return True
    if complaint.is_answered:
        return False
    complaint.statement = f"{said}\n\n{new}"
    complaint.save(update_fields=["statement"])
    enter(Act.COMPLAINT_RECEIVED, on=complaint, by=None, at=at, added=True)
    return True


def _hold(complaint):
    """Read the status anew and hold the row: of two who answer at once, one comes second."""
    complaint.refresh_from_db(fields=["status"], from_queryset=Complaint.objects.select_for_update())
