"""Risk: whom few resemble, and how likely somebody is found by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.insight.methods import risk
from simpul.insight.methods.risk import individual_risk, k_anonymous, rare

ROWS = [{"sex": sex, "age": age} for sex, age, count in (("L", "adult", 12), ("P", "adult", 11), ("P", "child", 2))
        for _ in range(count)]  # fmt: skip


def test_combinations_that_few_share_are_named():
    assert rare(ROWS, keys=["sex", "age"]) == {("P", "child"): 2}
    assert not k_anonymous(ROWS, keys=["sex", "age"])
    assert k_anonymous(ROWS, keys=["sex", "age"], k=2)
    assert k_anonymous(ROWS, keys=["sex"])


@given(st.integers(1, 30), st.floats(0, 200))
def test_a_risk_is_a_chance_between_that_of_the_sample_and_that_of_the_people(count, more):
    rows = [{"key": "same"}] * count
    [chance, *_rest] = individual_risk(rows, keys=["key"], weights=[1 + more / count] * count)
    # 1/F is convex, so its mean is never below 1 over the mean.
    assert 1 / (count + more) - 1e-9 <= chance <= 1 / count + 1e-9


def test_both_ways_to_the_risk_meet():
    for count in (1, 2, 7, 20):
        assert risk._risk_in_terms(count, 0.5) == pytest.approx(risk._risk(count, 0.5), rel=1e-9)
