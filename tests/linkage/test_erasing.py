"""Whoever is erased is found by nobody any more, and nothing says who that was."""

import pytest
from django.db import transaction

from simpul.lib.rules import NotAllowed
from simpul.linkage import erasing, inquiries, review
from simpul.linkage.models import Decision, Encoding, Inquiry, Member, Pair, Skip
from simpul.obligations.models import Obligation
from simpul.persons import identities
from simpul.privacy import erasing as privacy
from tests.linkage.conftest import BECAUSE, NIK


def linked(people, w):
    """Somebody with an encoding, pairs on both sides, a decision, a question, a pair put off."""
    before, victim, after = people.victim(nik=NIK), people.victim(nik=NIK), people.victim(nik=NIK)
    returnee = people.sent_home(nik=NIK)
    people.compared()
    for other in (before, after):
        review.decide(people.pair(victim, other), verdict="same", reason=BECAUSE, by=w.rina, at=w.at)
    pair = people.pair(victim, returnee)
    inquiry = inquiries.ask(pair, own=returnee, to=w.uptd, fields=["name"], words=BECAUSE, by=w.hana, at=w.at)
    inquiries.answer(inquiry, verdict="same", reason=BECAUSE, by=w.rina, at=w.at)
    inquiries.ask(pair, own=victim, to=w.bp3mi, fields=["name"], words=BECAUSE, by=w.rina, at=w.at)
    other = people.pair(before, after)
    review.skip(other, by=w.rina, at=w.at)
    return victim, {before.pk, after.pk, returnee.pk}


def test_nothing_is_left_of_whom_somebody_was_linked_with(people, w, machine, django_capture_on_commit_callbacks):
    victim, others = linked(people, w)
    assert victim.pk in machine.kept
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        counts = privacy.erase(victim, by=w.wulan, at=w.at)
    assert {"pairs": 3, "decisions": 3, "questions": 2, "encodings": 1, "persons": 1}.items() <= counts.items()
    assert not Encoding.objects.filter(person=victim).exists()
    assert not Pair.objects.of(victim).exists()
    assert not Decision.objects.of(victim).exists()
    assert not Inquiry.objects.exists()
    assert not Member.objects.exists()
    assert victim.pk not in machine.kept
    assert machine.kept.keys() == others
    # What is between others stays.
    assert Pair.objects.count() == 3
    assert Skip.objects.count() == 1
    assert not Obligation.objects.standing().filter(rule="answer_inquiry").exists()


def test_who_is_erased_is_not_encoded_again(people, w):
    victim, _others = linked(people, w)
    with transaction.atomic():
        privacy.erase(victim, by=w.wulan, at=w.at)
    people.compared()
    assert not Encoding.objects.filter(person=victim).exists()


def test_where_nothing_is_known_nothing_is_counted(w):
    person = w.victim(w.case()).person
    with transaction.atomic():
        assert erasing.forget(person, by=w.wulan, at=w.at) == {}


def test_a_list_that_is_taken_back_takes_what_the_machine_made_of_its_people(
    people, w, machine, django_capture_on_commit_callbacks
):
    persons = [identities.record(name="Melati Kusuma", nik=NIK, by=w.hana, at=w.at) for _each in range(2)]
    people.compared()
    assert Pair.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        identities.forget_many([persons[0].pk])
    assert machine.kept.keys() == {persons[1].pk}
    assert Encoding.objects.count() == 1
    assert not Pair.objects.exists()
    kept = people.victim()
    review.decided(people.pair(persons[1], kept), verdict="same", reason=BECAUSE, by=w.rina, at=w.at)
    with pytest.raises(NotAllowed):
        identities.forget_many([persons[1].pk])


def test_nobody_is_put_beside_who_was_erased(people, w):
    one, other = people.victim(), people.victim()
    review.propose(one, other, by=w.rina, at=w.at)
    with transaction.atomic():
        privacy.erase(other, by=w.wulan, at=w.at)
    with pytest.raises(NotAllowed):
        review.propose(one, other, by=w.rina, at=w.at)
    assert not Pair.objects.exists()
