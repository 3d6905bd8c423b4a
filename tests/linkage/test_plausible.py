"""Plausible linkages: what is decided holds in all of them, what is open comes as often as it is likely."""

import pytest

from simpul.linkage import plausible, review
from simpul.linkage.models import Pair
from tests.linkage.conftest import BECAUSE, NIK


@pytest.fixture
def three(people):
    return [people.victim(name=name) for name in ("Melati Kusuma", "Melati Kusumah", "Mawar Sari")]


def keys(persons):
    return [person.pk for person in persons]


def likely(people, one, other, probability):
    pair = people.pair(one, other)
    Pair.objects.filter(pk=pair.pk).update(probability=probability)
    return pair


def test_where_nothing_is_open_there_is_one_linkage(people, three):
    same = [people.victim(nik=NIK), people.victim(nik=NIK, name="M. Kusuma")]
    (found,) = plausible.linkages(keys([*three, *same]), draws=5)
    assert found[same[0].pk] == found[same[1].pk] == min(keys(same))
    assert len(set(found.values())) == 4


def test_a_likely_pair_is_one_person_as_often_as_it_is_likely(people, three):
    one, other, third = three
    likely(people, one, other, 0.7)
    found = plausible.linkages(keys(three), draws=200)
    together = sum(each[one.pk] == each[other.pk] for each in found)
    assert 115 <= together <= 165
    assert all(each[third.pk] == third.pk for each in found)
    assert found == plausible.linkages(keys(three), draws=200)
    assert found != plausible.linkages(keys(three), draws=200, seed=2)


def test_what_an_officer_decided_is_not_drawn(people, three):
    one, other, third = three
    for left, right, verdict in ((one, other, "same"), (other, third, "not_same")):
        pair = likely(people, left, right, 0.5)
        review.decided(pair, verdict=verdict, reason=BECAUSE, by=people.world.rina, at=people.world.at)
    (found,) = plausible.linkages(keys(three), draws=5)
    assert found == {one.pk: one.pk, other.pk: one.pk, third.pk: third.pk}


def test_pairs_with_somebody_who_is_not_counted_do_not_matter(people, three):
    likely(people, three[0], three[2], 0.5)
    assert len(plausible.linkages(keys(three[:2]), draws=5)) == 1
