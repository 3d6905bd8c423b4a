"""Questions: who may not see the other record asks the agency that keeps it, and that agency answers in time.

Identities are not passed around (UU 21/2007 Art. 44): who asks sees nothing of the other record, before and after, and
who answers sees of the asking record what was put into the question.
"""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.agencies.roles import Right
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned
from simpul.linkage import records, review
from simpul.linkage.access import check_may_see
from simpul.linkage.models import Inquiry
from simpul.linkage.policy import check_has_a_reason, check_may_answer, check_may_ask, check_may_withdraw
from simpul.obligations import book

ANSWER = "answer_inquiry"
FIELDS = ("name", "aliases", "birth_date", "sex", "home", "nik", "passport")


@transaction.atomic
def ask(pair, *, own, to, fields, words, by, at):
    """Ask an agency whether the record it keeps is the same person; `fields` of the own record go with the question."""
    own = pair.left if getattr(own, "pk", own) == pair.left_id else pair.right
    other = pair.right if own.pk == pair.left_id else pair.left
    check_may_see(own, by=by, at=at)
    check_may_ask(own, other.pk, to=to, by=by, at=at)
    words = cleaned(words)
    check_has_a_reason(words)
    _check_fields(fields)
    _check_somebody_answers(to)
    if Inquiry.objects.waiting().filter(own=own, other=other, receiver=to).exists():
        raise NotAllowed(_("%(agency)s was asked already and has not answered yet.") % {"agency": to.name})
    held = records.records_of([own.pk, other.pk], at=at, officer=by)
    mine = next((record.file for record in held[own.pk] if record.is_open), f"persons.person:{own.pk}")
    inquiry = Inquiry(
        own=own, other=other, sender=by.agency, receiver=to, fields=[name for name in FIELDS if name in fields],
        file=mine, words=words, sent_at=at, sent_by=by,
    )  # fmt: skip
    inquiry.save(force_insert=True)
    enter(Act.INQUIRY_SENT, on=inquiry, file=mine, by=by, at=at, to=to.pk, fields=inquiry.fields)
    theirs = next(record for record in held[other.pk] if record.agency == to.pk)
    book.open_(
        ANSWER, on=inquiry, file=theirs.file, number=theirs.number, owed_by=to, place=None, by=by, at=at
    )  # fmt: skip
    return inquiry


@transaction.atomic
def answer(inquiry, *, verdict, reason, by, at):
    """Answer with a reason. "The same" and "not the same" stand as a decision, and can be taken back like any."""
    _hold(inquiry)
    check_may_answer(inquiry, by=by, at=at)
    reason = cleaned(reason)
    check_has_a_reason(reason)
    if verdict not in Inquiry.Answer.values:
        raise NotAllowed(_("Choose an answer from the list."))
    inquiry.verdict, inquiry.reason, inquiry.answered_at, inquiry.answered_by = verdict, reason, at, by
    inquiry.save(update_fields=["verdict", "reason", "answered_at", "answered_by"])
    enter(Act.INQUIRY_ANSWERED, on=inquiry, file=inquiry.file, by=by, at=at, verdict=verdict)
    book.meet(ANSWER, on=inquiry, by=by, at=at, evidence=inquiry)
    if verdict != Inquiry.Answer.CANNOT_SAY:
        pair = review.between(inquiry.own_id, inquiry.other_id, at=at)
        review.decided(pair, verdict=verdict, reason=reason, by=by, at=at, inquiry=inquiry)


@transaction.atomic
def withdraw(inquiry, *, by, at):
    """Take a question back before it is answered."""
    _hold(inquiry)
    check_may_see(inquiry.own, by=by, at=at)
    check_may_withdraw(inquiry, by=by)
    _end(inquiry, by=by, at=at)


@transaction.atomic
def handed_over(persons, *, before, to, by, at):
    """Another agency keeps the records of some people: it asks and is asked from now on. Nobody asks oneself."""
    waiting = Inquiry.objects.waiting().filter(
        Q(own__in=persons, sender=before) | Q(other__in=persons, receiver=before)
    )
    for inquiry in waiting.order_by("pk"):
        side = "sender" if inquiry.sender_id == before.pk else "receiver"
        setattr(inquiry, side, to)
        asked = Inquiry.objects.waiting().filter(own=inquiry.own, other=inquiry.other, receiver=inquiry.receiver)
        if inquiry.sender == inquiry.receiver or asked.exclude(pk=inquiry.pk).exists():
            _end(inquiry, by=by, at=at)
            continue
        inquiry.save(update_fields=[side])


def _end(inquiry, *, by, at):
    """Nobody is asked any more."""
    inquiry.withdrawn_at = at
    inquiry.save(update_fields=["withdrawn_at"])
    book.waive_all(on=inquiry, reason="withdrawn", by=by, at=at)
    enter(Act.INQUIRY_WITHDRAWN, on=inquiry, file=inquiry.file, by=by, at=at)


def _check_fields(fields):
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"A question does not carry {', '.join(sorted(unknown))}.")
    if not fields:
        raise NotAllowed(_("Choose what the other agency may see of this record: without anything it cannot compare."))


def _check_somebody_answers(agency):
    officers = agency.officers.filter(is_active=True)
    if agency.ended_on is not None or not any(officer.may(Right.REVIEW_PAIRS) for officer in officers):
        raise NotAllowed(
            _("Nobody at %(agency)s answers such questions here. Ask by telephone or letter.") % {"agency": agency.name}
        )


def _hold(inquiry):
    fields = ["verdict", "answered_at", "withdrawn_at"]
    inquiry.refresh_from_db(fields=fields, from_queryset=Inquiry.objects.select_for_update())
