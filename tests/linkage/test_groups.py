"""Who is one person: by numbers, by decisions, and never against a decision."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.linkage import groups, review
from simpul.linkage.models import Decision, Member
from simpul.persons.models import Person
from tests.linkage.conftest import BECAUSE, NIK

OTHER = "6107074101900001"


def decide(people, one, other, verdict="same"):
    w = people.world
    return review.decided(people.pair(one, other), verdict=verdict, reason=BECAUSE, by=w.rina, at=w.at)


def test_a_number_joins_and_a_decision_joins_whom_the_number_joins(people):
    a, b, c = people.victim(nik=NIK), people.victim(nik=NIK), people.victim(name="Mawar")
    assert groups.groups([a, b, c]) == {a.pk: {b.pk}, b.pk: {a.pk}, c.pk: set()}
    decide(people, b, c)
    assert groups.groups([a, b, c]) == {a.pk: {b.pk, c.pk}, b.pk: {a.pk, c.pk}, c.pk: {a.pk, b.pk}}


def test_a_number_that_somebody_borrowed_joins_nobody_against_a_decision(people):
    owner, borrower = people.victim(nik=NIK), people.victim(nik=NIK, name="Mawar")
    twin = people.victim(name="Mawar S.")
    decide(people, borrower, twin)
    decision = decide(people, owner, borrower, "not_same")
    assert groups.groups([owner, borrower, twin]) == {owner.pk: set(), borrower.pk: {twin.pk}, twin.pk: {borrower.pk}}
    review.retract(decision, reason=BECAUSE, by=people.world.rina, at=people.world.at)
    assert groups.groups([owner])[owner.pk] == {borrower.pk, twin.pk}


def test_many_are_answered_as_one_by_one_in_a_fixed_number_of_queries(people):
    many = [people.victim(nik=NIK), people.victim(nik=NIK), people.victim(nik=OTHER), people.victim(), people.victim()]
    decide(people, many[1], many[3])
    decide(people, many[2], many[4], "not_same")
    with CaptureQueriesContext(connection) as few:
        groups.groups(many[:1])
    with CaptureQueriesContext(connection) as all_:
        found = groups.groups(many)
    assert max(len(few), len(all_)) <= 9
    assert found == {each.pk: set(groups.same_as(each).values_list("pk", flat=True)) for each in many}


def test_nobody_asked_nothing_answered(db):
    assert groups.groups([]) == {}


@pytest.mark.parametrize("seed", range(4))
def test_decisions_made_and_taken_back_in_any_order_leave_what_the_standing_ones_say(people, seed):
    chance, w = random.Random(seed), people.world
    many = [people.victim(name=f"Nama{number}") for number in range(6)]
    for _step in range(20):
        standing = list(Decision.objects.standing())
        if standing and chance.random() < 0.4:
            review.retract(chance.choice(standing), reason=BECAUSE, by=w.rina, at=w.at)
            continue
        one, other = chance.sample(many, 2)
        if groups.joined_with(one.pk) & {other.pk}:
            continue
        decide(people, one, other)
    expected = components(many, Decision.objects.standing().values_list("left", "right"))
    assert groups.groups(many) == {pk: mates - {pk} for pk, mates in expected.items()}
    assert set(Member.objects.values_list("person", flat=True)) == {
        pk for pk, mates in expected.items() if mates - {pk}
    }
    assert Person.objects.count() == 6


def components(many, links):
    """The groups by brute force."""
    found = {person.pk: {person.pk} for person in many}
    for left, right in links:
        merged = found[left] | found[right]
        for pk in merged:
            found[pk] = merged
    return found
