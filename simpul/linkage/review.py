"""Review: officers say of two records whether they are one person, with a reason; every word can be taken back.

Nothing is merged: both records stay as they are. That they are one person is a decision beside them, and what follows
from it elsewhere is put right in the same transaction, when it is made and when it is taken back.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned
from simpul.linkage import groups, records
from simpul.linkage.models import Decision, Pair, Skip
from simpul.linkage.policy import (
    check_has_a_reason,
    check_is_free,
    check_may_join,
    check_may_part,
    check_may_retract,
    check_sees_both,
    check_stands,
)
from simpul.linkage.queries import foremost, put_off

CLAIM_LASTS = timedelta(minutes=30)


@transaction.atomic
def propose(one, other, *, by, at):
    """An officer puts two records side by side that the machine did not bring together; returns the pair."""
    if one.pk == other.pk:
        raise NotAllowed(_("This is one record. Choose two."))
    left, right = sorted((one.pk, other.pk))
    check_sees_both(Pair(left_id=left, right_id=right), by=by, at=at)
    pair = between(left, right, at=at)
    enter(Act.PAIR_PROPOSED, on=pair, by=by, at=at)
    return pair


def between(one, other, *, at):
    """The pair of two records by their keys; made where the machine did not find it."""
    left, right = sorted((one, other))
    held = records.records_of([left, right], at=at)
    weight = records.consequence_of(held[left], held[right])
    pair, _is_new = Pair.objects.get_or_create(
        left_id=left, right_id=right, defaults={"found_at": at, "consequence": weight}
    )
    return pair


def next_for(officer, *, at):
    """The pair whose answer is worth most, for this officer now; None where nothing waits."""
    return foremost(officer, at=at) or put_off(officer, at=at).first()


@transaction.atomic
def claim(pair, *, by, at):
    """Take a pair for half an hour: meanwhile it is in nobody else's queue."""
    _hold(pair)
    check_sees_both(pair, by=by, at=at)
    check_is_free(pair, by=by, at=at)
    is_new = pair.claimed_by_id != by.pk
    _claimed(pair, by, at + CLAIM_LASTS)
    if is_new:
        enter(Act.PAIR_CLAIMED, on=pair, by=by, at=at)


@transaction.atomic
def release(pair, *, by, at):
    """Let a pair go again that was claimed."""
    _hold(pair)
    if pair.claimed_by_id == by.pk:
        _claimed(pair, None, None)
        enter(Act.PAIR_CLAIMED, on=pair, by=by, at=at, ended=True)


@transaction.atomic
def skip(pair, *, by, at):
    """Put a pair off: it goes to the end of the officer's own queue, and another officer may take it."""
    check_sees_both(pair, by=by, at=at)
    release(pair, by=by, at=at)
    _put_off(pair, by=by, at=at)


@transaction.atomic
def decide(pair, *, verdict, reason, by, at):
    """Say whether two records are one person. A decision that stands is taken back by the new one and is kept.

    Who is unsure does not get the same pair at once again: it goes to the end of the own queue, as if put off.
    """
    _hold(pair)
    check_sees_both(pair, by=by, at=at)
    check_is_free(pair, by=by, at=at)
    decision = decided(pair, verdict=verdict, reason=reason, by=by, at=at)
    if verdict == Decision.Verdict.UNSURE:
        _put_off(pair, by=by, at=at)
    return decision


def decided(pair, *, verdict, reason, by, at, inquiry=None):
    """The same where whoever calls has checked that the officer may: inside the act that answers a question."""
    reason = cleaned(reason)
    check_has_a_reason(reason)
    if verdict not in Decision.Verdict.values:
        raise NotAllowed(_("Choose an answer from the list."))
    if verdict == Decision.Verdict.SAME:
        check_may_join(pair.left_id, pair.right_id)
    if verdict == Decision.Verdict.NOT_SAME:
        check_may_part(pair.left_id, pair.right_id)
    for standing in Decision.objects.standing().filter(left=pair.left, right=pair.right):
        _taken_back(standing, reason=reason, by=by, at=at)
    decision = Decision(
        left=pair.left, right=pair.right, verdict=verdict, reason=reason, probability=pair.probability,
        model=pair.model, inquiry=inquiry, decided_at=at, decided_by=by,
    )  # fmt: skip
    decision.save(force_insert=True)
    if pair.claimed_by_id is not None:
        _claimed(pair, None, None)
    enter(Act.SAMENESS_DECIDED, on=decision, by=by, at=at, verdict=verdict, left=pair.left_id, right=pair.right_id)
    _follow(decision, by=by, at=at)
    return decision


@transaction.atomic
def retract(decision, *, reason, by, at):
    """Take a decision back: everything is as if it had not been made, and that it was made stays on record."""
    decision.refresh_from_db(fields=["retracted_at"], from_queryset=Decision.objects.select_for_update())
    check_may_retract(decision, by=by, at=at)
    check_stands(decision)
    reason = cleaned(reason)
    check_has_a_reason(reason)
    _taken_back(decision, reason=reason, by=by, at=at)
    _follow(decision, by=by, at=at)


def _taken_back(decision, *, reason, by, at):
    decision.retracted_at, decision.retracted_by, decision.retract_reason = at, by, reason
    decision.save(update_fields=["retracted_at", "retracted_by", "retract_reason"])
    enter(Act.SAMENESS_RETRACTED, on=decision, by=by, at=at, verdict=decision.verdict)


def _follow(decision, *, by, at):
    touched = groups.rebuild({decision.left_id, decision.right_id})
    records.follow(touched, by=by, at=at)


def _put_off(pair, *, by, at):
    Skip.objects.update_or_create(pair=pair, officer=by, defaults={"skipped_at": at})
    enter(Act.PAIR_CLAIMED, on=pair, by=by, at=at, skipped=True)


def _hold(pair):
    """Of two officers who act at once, one comes second."""
    pair.refresh_from_db(fields=["claimed_by", "claimed_until"], from_queryset=Pair.objects.select_for_update())


def _claimed(pair, officer, until):
    pair.claimed_by, pair.claimed_until = officer, until
    pair.save(update_fields=["claimed_by", "claimed_until"])
