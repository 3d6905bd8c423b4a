"""Requests about data: what a person may ask by UU 27/2022, recorded, answered in time, refused only for safety."""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.cases import consents, referrals
from simpul.cases.access import hold
from simpul.cases.models import Referral
from simpul.cases.policy import check_may_work_on
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned
from simpul.migrants import meetings
from simpul.obligations import book
from simpul.privacy.models import DataRequest
from simpul.privacy.policy import (
    SHORTEST_REASON,
    check_may_answer,
    check_may_record,
    check_may_refuse,
    check_may_restrict,
)
from simpul.reference import catalogues

ACCESS, WITHDRAW, RESTRICT, ERASE = "access", "withdraw", "restrict", "erase"


@transaction.atomic
def record(person, *, case, kind, words, asked_by, received_at, by, at):
    """Record a request; the clock of the law runs from when it was received.

    With a withdrawal every consent of the person ends at once, with all that `cases.consents` says of an end: nothing
    new begins, and what runs is stopped within the hours that follow. Other lawful bases are no consent and stay.
    """
    check_may_record(case, person, by=by)
    if not catalogues.is_code("request_kinds", kind):
        raise NotAllowed(_("Choose from the list what is asked."))
    if received_at > at:
        raise NotAllowed(_("This lies in the future. Write when the request was received."))
    if localdate(received_at) < localdate(case.opened_at):
        raise NotAllowed(_("This lies before the case was opened. Write when the request was received."))
    request = DataRequest(
        case=case,
        person=person,
        kind=kind,
        asked_by=asked_by,
        words=cleaned(words),
        received_at=received_at,
        recorded_at=at,
        recorded_by=by,
    )
    request.save(force_insert=True)
    enter(Act.REQUEST_RECORDED, on=request, file=case, by=by, at=at, kind=kind)
    book.begin(
        clock_of(kind), on=request, file=case, number=case.number, owed_by=case.agency, place=case.place_id, by=by,
        at=at, since=received_at,
    )  # fmt: skip
    if kind == WITHDRAW:
        _end_consents(person, case, by=by, at=at)
    return request


@transaction.atomic
def answer(request, *, words, by, at):
    """Answer a request. Where a restriction was asked for, it stands from now on."""
    hold(request, "state")
    check_may_answer(request, by=by)
    words = cleaned(words)
    if not words:
        raise NotAllowed(_("Write what the person is answered."))
    if request.kind == RESTRICT:
        _restrict(request.person, file=request.case, by=by, at=at)
    request.answer = words
    _settle(request, DataRequest.State.ANSWERED, by=by, at=at)
    enter(Act.REQUEST_ANSWERED, on=request, file=request.case, by=by, at=at, kind=request.kind)


@transaction.atomic
def refuse(request, *, reason, by, at):
    """Refuse a request because an answer would endanger somebody (UU 27/2022 Art. 33); the clock is met with it."""
    hold(request, "state")
    check_may_refuse(request, by=by)
    reason = cleaned(reason)
    if len(reason) < SHORTEST_REASON:
        raise NotAllowed(_("Write in a whole sentence whom an answer would endanger, and how."))
    request.refusal = reason
    _settle(request, DataRequest.State.REFUSED, by=by, at=at)
    enter(Act.REQUEST_REFUSED, on=request, file=request.case, by=by, at=at, kind=request.kind)


@transaction.atomic
def meet_by_erasure(request, *, by, at):
    """What was asked is done: the data are erased, and with them the words of the request."""
    _settle(request, DataRequest.State.ANSWERED, by=by, at=at)
    enter(Act.REQUEST_ANSWERED, on=request, file=request.case, by=by, at=at, kind=request.kind)


@transaction.atomic
def lift_restriction(person, *, case, by, at):
    """Let a person's data be shared again, as the person wishes."""
    check_may_work_on(case, by=by)
    _lift(person, file=case, by=by, at=at)


@transaction.atomic
def restrict(thing, *, by, at):
    """Restrict the data of somebody in no case, who was sent home or stands in the register: done as it is asked.

    `thing` is the return or the entry on whose page it was asked.
    """
    check_may_restrict(thing, by=by)
    _restrict(thing.person, file=thing, by=by, at=at)


@transaction.atomic
def unrestrict(thing, *, by, at):
    """Let such data be shared again, as the person wishes."""
    check_may_restrict(thing, by=by)
    _lift(thing.person, file=thing, by=by, at=at)


def clock_of(kind):
    """The rule of the obligation that a kind of request opens."""
    return catalogues.term("request_kinds", kind).extra["clock"]


def _end_consents(person, case, *, by, at):
    involvement = case.involvements.filter(person=person).order_by("pk").first()
    involvement.case = case
    for consent in person.consents.filter(withdrawn_at=None, basis=consents.CONSENT).order_by("pk"):
        consents.withdraw(involvement, consent, by=by, at=at)


def _restrict(person, *, file, by, at):
    if person.restricted_at is not None:
        return
    person.restricted_at = at
    person.save(update_fields=["restricted_at"])
    rows = Referral.objects.unanswered().filter(service__victim__person=person).select_related("case")
    for referral in rows.order_by("pk"):
        referrals.shut_links(referral, by=by, at=at)
    enter(Act.RESTRICTION_SET, on=person, file=file, by=by, at=at)
    _reassign_visits(person, by=by, at=at)


def _lift(person, *, file, by, at):
    if person.restricted_at is None:
        return
    person.restricted_at = None
    person.save(update_fields=["restricted_at"])
    enter(Act.RESTRICTION_LIFTED, on=person, file=file, by=by, at=at)
    _reassign_visits(person, by=by, at=at)


def _reassign_visits(person, *, by, at):
    """A visit that another agency owes goes back to whoever took the person in; after the restriction it returns."""
    for returnee in person.returns.select_related("manifest__agency").order_by("pk"):
        returnee.person = person
        meetings.reassign(returnee, by=by, at=at)


def _settle(request, state, *, by, at):
    request.state, request.decided_at, request.decided_by = state, at, by
    request.save(update_fields=["state", "decided_at", "decided_by", "answer", "refusal"])
    book.meet(clock_of(request.kind), on=request, by=by, at=at, evidence=request)
