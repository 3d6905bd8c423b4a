"""Candidates: every pair that shares something rare, each once, and no others."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.linkage.matching import index
from tests.linkage.registers import register, rows_of

COLUMN = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 6), min_size=width, max_size=width), max_size=14).map(
        lambda rows: np.array(rows, np.int64).reshape(len(rows), width)
    )
)


@pytest.fixture(scope="module")
def small():
    return register(60)


@pytest.fixture(scope="module")
def table(small):
    return small.table()


def pairs_of(found):
    return list(zip(found[0].tolist(), found[1].tolist(), strict=True))


def sharing(values, limit, source=None):
    """The slow way."""
    members = {}
    for row, own in enumerate(values.tolist()):
        for value in set(own) - {0}:
            members.setdefault(value, []).append(row)
    return {
        pair
        for rows in members.values()
        if len(rows) <= limit
        for pair in combinations(rows, 2)
        if source is None or source[pair[0]] != source[pair[1]]
    }


def test_each_pair_stands_once_the_smaller_row_first(table):
    left, right = index.candidates(table)
    pairs = pairs_of((left, right))
    assert len(pairs) > 50
    assert pairs == sorted(set(pairs))
    assert (left < right).all()
    assert left.dtype == right.dtype == np.int64


def test_without_limits_all_who_share_a_key_are_found(table):
    expected = set().union(*(sharing(key.values, 10**9) for key in index.keys(table)))
    assert set(pairs_of(index.candidates(table, limit=10**6))) == expected


def test_with_limits_what_too_many_share_is_passed_over(table):
    expected = set().union(*(sharing(key.values, max(2, key.limit // 20)) for key in index.keys(table)))
    found = set(pairs_of(index.candidates(table, limit=0.05)))
    assert found == expected
    assert len(found) < len(index.candidates(table)[0])


def test_between_lists_only_pairs_of_two_lists_are_asked(small, table):
    within = index.candidates(table)
    between = index.candidates(table, source=small.source)
    kept = [pair for pair in pairs_of(within) if small.source[pair[0]] != small.source[pair[1]]]
    assert pairs_of(between) == kept != pairs_of(within)


def test_the_order_of_the_rows_does_not_matter(small, table):
    shuffled, order = small.shuffled(3)
    found = {tuple(sorted((order[one], order[other]))) for one, other in pairs_of(index.candidates(shuffled.table()))}
    assert found == set(pairs_of(index.candidates(table)))


def test_nearly_everybody_who_is_one_person_is_a_candidate(small, table):
    found = set(pairs_of(index.candidates(table)))
    same = {pair for pair in combinations(range(len(small.rows)), 2) if small.truth[pair[0]] == small.truth[pair[1]]}
    assert len(same) > 40
    assert len(same & found) / len(same) > 0.97


@given(COLUMN, st.integers(2, 20))
def test_pairs_are_those_of_the_slow_way(values, limit):
    found = index.pairs_sharing(values, limit)
    assert found.tolist() == sorted(one << 32 | other for one, other in sharing(values, limit))
    source = np.arange(len(values)) % 3
    found = index.pairs_sharing(values, limit, source=source)
    assert found.tolist() == sorted(one << 32 | other for one, other in sharing(values, limit, source))


@given(st.integers(0, 12), st.data())
def test_columns_are_crossed_as_tuples_are(n, data):
    shapes = data.draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    columns = [
        np.array(
            data.draw(st.lists(st.lists(st.integers(0, 3), min_size=k, max_size=k), min_size=n, max_size=n)), np.int32
        ).reshape(n, k)
        for k in shapes
    ]
    crossed = index.crossed(*columns)
    assert crossed.shape == (n, int(np.prod(shapes)))
    told = {}
    for row in range(n):
        for value, parts in zip(
            crossed[row].tolist(), product(*(column[row].tolist() for column in columns)), strict=True
        ):
            assert (value == 0) == (0 in parts)
            if value:
                assert told.setdefault(parts, value) == value
    assert len(set(told.values())) == len(told)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_few_records_have_few_pairs(n):
    table = rows_of(*[{"name": "Siti Aminah"}] * n)
    assert pairs_of(index.candidates(table)) == [(0, 1)][: max(0, n - 1)]


def test_who_is_not_named_and_not_dated_shares_nothing():
    assert pairs_of(index.candidates(rows_of(*[{"name": "X", "birth_date": "-"}] * 30))) == []


def test_one_birthday_of_a_whole_village_is_no_key():
    born = {"birth_date": "01/01/1990", "village": "Tebas"}
    told = [
        born | {"name": f"{name} {more}"} for name, more in product(("Siti", "Ratna", "Budi"), ("Santoso", "Lihan"))
    ]
    keys = {key.name: key.values for key in index.keys(rows_of(*told))}
    assert not keys["village, day"].any()
    assert not keys["sound, day"].any()
