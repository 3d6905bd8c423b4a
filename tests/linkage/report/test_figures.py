"""Figures of a linkage, against what can be counted by hand."""

from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.linkage.matching import compare
from simpul.linkage.report import figures

people = st.lists(st.tuples(st.sampled_from(["", "a", "b", "c"]), st.integers(0, 1)), max_size=12)


@given(people, st.booleans())
def test_pairs_that_exist_are_those_of_one_person(rows, between):
    counted = sum(
        bool(one[0]) and one[0] == other[0] and (not between or one[1] != other[1])
        for one, other in combinations(rows, 2)
    )
    assert figures.existing([who for who, _ in rows], [number for _, number in rows], between=between) == counted


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20))
def test_persons_are_joined_through_each_other(pairs):
    left, right = np.array([p[0] for p in pairs], np.int64), np.array([p[1] for p in pairs], np.int64)
    found = figures.persons(left, right, 10)
    expected = list(range(10))
    for one, other in pairs:
        old, new = max(expected[one], expected[other]), min(expected[one], expected[other])
        expected = [new if label == old else label for label in expected]
    assert found.tolist() == expected


def test_the_verdict_counts_what_was_found_and_what_was_not():
    probability = np.array([0.99, 0.97, 0.6, 0.4])
    right = np.array([True, True, False, True])
    told = figures.verdict(probability, right, 5, cut=0.5)
    assert told["at_cut"] == {
        "pairs": 3, "right": 2, "exist": 5, "precision": 0.666667, "recall": 0.4, "f1": 0.5,
    }  # fmt: skip
    assert told["at_0.95"]["precision"] == 1.0
    assert told["at_0.95"]["recall"] == 0.4
    bins = told["calibration"]["bins"]
    assert [each["pairs"] for each in bins] == [0, 0, 0, 0, 1, 0, 1, 0, 0, 2]
    assert bins[-1]["said"] == pytest.approx(0.98)
    assert told["calibration"]["ece"] == pytest.approx((0.6 + 0.6 + 2 * 0.02) / 4)
    # Two pairs that were never found count as told with nothing.
    assert told["calibration"]["brier"] == pytest.approx((0.0001 + 0.0009 + 0.36 + 0.36 + 2) / 6, abs=1e-6)


def test_where_nothing_was_found_nothing_is_divided():
    told = figures.verdict(np.zeros(0), np.zeros(0, bool), 0, cut=0.5)
    assert told["at_cut"]["precision"] is None
    assert told["at_cut"]["f1"] is None


def test_records_without_a_partner_by_source():
    partnered = np.array([True, False, False, True, False])
    assert figures.alone(partnered, np.array([0, 0, 1, 1, 1]), ["POLRI", "LSM"]) == [("LSM", 3, 2), ("POLRI", 2, 1)]


def test_pairs_to_look_at_lie_on_both_sides_of_the_cut():
    probability = np.linspace(0.001, 0.999, 400)
    chosen = figures.to_look_at(probability, 0.5)
    assert len(chosen) == 20
    assert sum(probability[at] >= 0.5 for at in chosen) == 12
    assert max(probability[at] for at in chosen) == 0.999
    assert sorted(abs(probability[at] - 0.5) for at in chosen)[:16] == pytest.approx(
        sorted(abs(probability - 0.5))[:16]
    )


def test_a_pair_adds_up_to_its_probability():
    level = np.array([compare.FIRST_KIND + compare.ALL * compare.BANDS, 1])
    matches = SimpleNamespace(
        probability=np.array([0.75, 0.1]),
        levels={"village": np.array([3, 1]), "name": level},
        weights={
            "village": np.array([4.0, -1.0]), "name": np.array([6.0, -3.0]), "place": np.array([-8.0, 1.0]),
            "context": np.array([-1.5, 1.0]),
        },
    )  # fmt: skip
    pair = figures.pair(0, matches, left="a", right="b")
    assert [step.bits for step in pair.steps] == [6.0, 4.0, -1.5]
    assert pair.steps[-1].sentence == "what the other records say"
    total = pair.start + sum(step.bits for step in pair.steps)
    assert 2**total / (1 + 2**total) == pytest.approx(0.75)


def the_matches(levels, weights, probability):
    return SimpleNamespace(levels=levels, weights=weights, probability=np.array(probability))


def test_weights_are_averages_of_the_pairs_that_met_a_sentence():
    level = np.array([3, 4, 1, 1, 1, 1, 1, 0, 2, 5, 6])
    bits = np.array([2.0, 4.0, -1, -1, -1, -1, -1, 0, 1, 3, 5])
    found = figures.weights(the_matches({"village": level}, {"village": bits}, [0.5] * 11))
    differs, same = sorted(found, key=lambda weight: weight.bits)
    assert (differs.bits, differs.pairs) == (-1, 5)
    assert (same.bits, same.pairs) == (3, 5)


def test_a_field_that_sets_the_start_shows_the_start():
    level = np.array([1, 1, 1, 1, 1, 0])
    weights = {"village": np.zeros(6), "name": np.full(6, 9.0), "place": np.zeros(6)}
    found = figures.weights(the_matches({"village": level}, weights, [0.5] * 6))
    assert [(told.bits, told.pairs) for told in found] == [(-9, 5)]
    assert "how likely any two such records are" in found[0].field
