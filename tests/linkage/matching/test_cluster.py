"""Records become persons: never two of one list, and what speaks against one record speaks against its person."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.linkage.matching import cluster, compare, index, learning
from tests.linkage.registers import register

CLEAR = {
    "name": "Gandasari Melur",
    "birth_date": "12/08/1991",
    "father": "Kertapati",
    "village": "Tebas",
    "regency": "Sambas",
}


@pytest.fixture(scope="module")
def lists():
    return register(300, seed=21)


def persons(rows, source=None):
    """(`Persons`, {pair: odds}) of rows."""
    table = type(rows)(*rows).table() if hasattr(rows, "table") else rows
    left, right = index.candidates(table, source=source)
    levels = compare.levels(table, left, right)
    model = learning.learn(table, left, right, levels, source=source)
    found = cluster.together(table, left, right, levels, model, source=source)
    return found, dict(zip(zip(left.tolist(), right.tolist(), strict=True), found.score.tolist(), strict=True))


def beside(lists, *told, on):
    """A register with some rows more at its end, each on the list that is named."""
    rows = [*lists.rows, *told]
    truth = np.r_[lists.truth, lists.truth.max() + 1 + np.arange(len(told))]
    return type(lists)(rows, truth, np.r_[lists.source, on])


def test_most_records_of_a_person_come_together_and_no_others(lists):
    found, _odds = persons(lists)
    one, other = np.triu_indices(len(lists.rows), 1)
    same, together = lists.truth[one] == lists.truth[other], found.label[one] == found.label[other]
    assert (same & together).sum() / same.sum() > 0.95
    assert (same & together).sum() / together.sum() > 0.97


def test_labels_are_numbered_from_nought(lists):
    found, _odds = persons(lists)
    assert sorted(set(found.label.tolist())) == list(range(found.label.max() + 1))


def test_no_person_stands_twice_on_a_list(lists):
    twice = beside(lists, CLEAR, CLEAR, CLEAR, on=[0, 1, 1])
    found, _odds = persons(twice, twice.source)
    for label in set(found.label.tolist()):
        on = twice.source[found.label == label].tolist()
        assert len(on) == len(set(on))
    assert found.label[-3] in found.label[-2:]


def test_without_lists_who_stands_twice_is_one_person(lists):
    found, _odds = persons(beside(lists, CLEAR, CLEAR, CLEAR, on=[0, 1, 1]))
    assert len(set(found.label[-3:].tolist())) == 1


def test_what_speaks_against_one_record_speaks_against_its_person(lists):
    vague = {"name": "Gandasari Melur", "village": "Tebas", "regency": "Sambas", "birth_year": "1991"}
    sure = CLEAR | {"nik": "6101011208910001", "sex": "L"}
    against = CLEAR | {"nik": "6109025703850002", "birth_date": "17/03/1985", "father": "Wirasaba", "sex": "P"}
    alone, alone_odds = persons(beside(lists, sure, against, on=[0, 1]))
    n = len(lists.rows)
    assert alone.label[n] != alone.label[n + 1]
    third, odds = persons(beside(lists, sure, against, vague, on=[0, 1, 2]))
    assert third.label[n] != third.label[n + 1]
    assert odds.get((n, n + 1), -99) < 0


def test_records_of_one_person_are_compared_as_one(lists):
    """A telephone and a date, each known of another record, speak together for a third that has both."""
    dated = CLEAR
    called = {key: CLEAR[key] for key in ("name", "village", "regency", "father")} | {"phone": "081298765432"}
    both = {"name": "Melur", "birth_date": "12/08/1991", "phone": "081298765432"}
    found, _odds = persons(beside(lists, dated, called, both, on=[0, 1, 2]))
    assert len(set(found.label[-3:].tolist())) == 1


def test_nobody_and_one_alone_are_persons():
    for n in (0, 1):
        empty = register(n, lists=1)
        found, _odds = persons(empty)
        assert found.label.tolist() == list(range(n))
        assert found.score.tolist() == []


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]), max_size=12))
def test_of_equally_good_partners_only_one_is_joined_at_a_time(couples):
    couples = sorted(couples)
    low, high = (np.array([couple[side] for couple in couples], np.int64) for side in (0, 1))
    label = cluster._joined(np.arange(10), low, high)
    sizes = np.bincount(label, minlength=10)
    assert sizes.max() <= 2
    assert all(
        (min(np.flatnonzero(label == at)), max(np.flatnonzero(label == at))) in couples
        for at in np.flatnonzero(sizes == 2)
    )
    # Nobody is left alone beside a partner who is alone too.
    assert not any(sizes[label[one]] == sizes[label[other]] == 1 for one, other in couples)


@given(
    st.lists(st.integers(0, 5), min_size=6, max_size=20),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=6),
)
def test_every_member_of_one_meets_every_member_of_the_other(labels, couples):
    label = np.array([*range(6), *labels])
    low, high = (np.array([couple[side] for couple in couples], np.int64) for side in (0, 1))
    ours, theirs, number = cluster._Members(label).crossed(low, high)
    expected = [
        (one, other, at)
        for at, (a, b) in enumerate(couples)
        for one in np.flatnonzero(label == a)[: cluster.MEMBERS].tolist()
        for other in np.flatnonzero(label == b)[: cluster.MEMBERS].tolist()
    ]
    assert list(zip(ours.tolist(), theirs.tolist(), number.tolist(), strict=True)) == expected


def test_only_the_best_partners_of_each_other_are_joined():
    low, high = np.array([0, 1, 3]), np.array([1, 2, 4])
    assert cluster._mutually_best(low, high, np.array([5.0, 7.0, 1.0]), 5).tolist() == [False, True, True]


def test_rows_are_connected_however_long_the_way():
    n = 400
    way = np.random.default_rng(7).permutation(n)
    assert cluster.connected(way[:-1], way[1:], n).tolist() == [0] * n
    assert cluster.connected(way[1:100], way[:99], n).tolist() == [
        min(way[:100].tolist()) if row in set(way[:100].tolist()) else row for row in range(n)
    ]
    assert cluster.connected(way[:0], way[:0], n).tolist() == list(range(n))


def test_two_whom_nobody_else_is_like_are_one_person_unless_they_stand_on_one_list():
    left, right, p = np.array([0, 2]), np.array([1, 3]), np.array([0.9, 0.4])
    assert cluster.persons_of(left, right, p, 4).tolist() == [0, 0, 1, 2]
    assert cluster.persons_of(left, right, p, 4, source=np.zeros(4, np.int8)).tolist() == [0, 1, 2, 3]
