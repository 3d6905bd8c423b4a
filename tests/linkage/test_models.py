"""What the database itself holds about pairs, decisions and questions."""

import pytest
from django.db import IntegrityError, transaction

from simpul.linkage.models import Decision, Encoding, Inquiry, Pair
from tests.linkage.conftest import BECAUSE


@pytest.fixture
def two(people):
    return people.victim(), people.victim()


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_a_pair_stands_once_and_in_order(two, w):
    left, right = two
    pair = Pair.objects.create(left=left, right=right, found_at=w.at)
    refused(lambda: Pair.objects.create(left=left, right=right, found_at=w.at))
    refused(lambda: Pair.objects.create(left=right, right=left, found_at=w.at))
    assert (pair.other(left), pair.other(right.pk)) == (right.pk, left.pk)
    assert pair.persons == {left.pk, right.pk}
    assert list(Pair.objects.of(right)) == [pair]


def test_a_pair_is_undecided_until_somebody_is_sure(two, w):
    pair = Pair.objects.create(left=two[0], right=two[1], found_at=w.at)
    decision = Decision.objects.create(left=two[0], right=two[1], verdict="unsure", decided_at=w.at, decided_by=w.rina)
    assert list(Pair.objects.undecided()) == [pair]
    Decision.objects.filter(pk=decision.pk).update(verdict="same")
    assert not Pair.objects.undecided().exists()
    Decision.objects.filter(pk=decision.pk).update(retracted_at=w.at)
    assert list(Pair.objects.undecided()) == [pair]
    assert not w.anew(decision).stands


def test_a_decision_stands_in_order_and_alone(two, w):
    told = {"verdict": "same", "decided_at": w.at, "decided_by": w.rina}
    refused(lambda: Decision.objects.create(left=two[1], right=two[0], **told))
    Decision.objects.create(left=two[0], right=two[1], **told)
    refused(lambda: Decision.objects.create(left=two[0], right=two[1], **told))
    Decision.objects.update(retracted_at=w.at)
    Decision.objects.create(left=two[0], right=two[1], **told)


def test_a_question_goes_to_another_agency_waits_once_and_is_answered_with_an_answer(two, w):
    told = {"own": two[0], "other": two[1], "sent_at": w.at, "sent_by": w.rina, "sender": w.uptd}
    refused(lambda: Inquiry.objects.create(receiver=w.uptd, **told))
    inquiry = Inquiry.objects.create(receiver=w.bp3mi, **told)
    assert inquiry.is_waiting
    refused(lambda: Inquiry.objects.create(receiver=w.bp3mi, **told))
    refused(lambda: Inquiry.objects.update(answered_at=w.at))
    refused(lambda: Inquiry.objects.update(verdict="same"))
    Inquiry.objects.update(answered_at=w.at, verdict="same")
    assert not Inquiry.objects.waiting().exists()


def test_what_somebody_wrote_is_sealed(two, w):
    decision = Decision(left=two[0], right=two[1], verdict="same", reason=BECAUSE, decided_at=w.at, decided_by=w.rina)
    decision.save()
    assert BECAUSE.encode() not in bytes(decision.__dict__["reason"])
    assert w.anew(decision).reason.opened() == BECAUSE


def test_an_encoding_is_owed_until_it_is_made(two):
    encoding = Encoding.objects.get(person=two[0])
    assert not encoding.is_owed
    encoding.owed_since = encoding.made_at
    assert encoding.is_owed
