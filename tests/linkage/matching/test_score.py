"""The model: u as it is between strangers, m as it is within persons, and odds that mean what they say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.linkage.matching import score
from simpul.linkage.matching.compare import FIELDS


@pytest.mark.parametrize(
    ("told", "stratum"),
    [
        ({}, score.ANYWHERE),
        ({"regency": 1}, score.ELSEWHERE),
        ({"village": 1}, score.ELSEWHERE),
        ({"regency": 4, "village": 1}, score.SAME_REGENCY),
        ({"regency": 1, "village": 3}, score.SAME_VILLAGE),
        ({"village": 3, "father": 1}, score.SAME_VILLAGE),
        ({"village": 3, "father": 24}, score.SAME_PARENT),
        ({"village": 3, "mother": 24}, score.SAME_PARENT),
        ({"regency": 3, "mother": 24}, score.SAME_REGENCY),
        ({"phone": 1}, score.ANYWHERE),
        ({"phone": 2}, score.SAME_PHONE),
        ({"village": 3, "mother": 24, "phone": 2}, score.SAME_PHONE),
    ],
)
def test_where_two_live_and_whom_they_share_makes_their_stratum(told, stratum):
    assert score.strata({name: np.array([told.get(name, 0)]) for name in FIELDS}).tolist() == [stratum]


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_odds_become_probabilities_in_their_order(one, other):
    low, high = sorted((one, other))
    assert 0 <= score.probability(low) <= score.probability(high) <= 1
    assert score.probability(0) == 0.5
    assert score.probability(one) + score.probability(-one) == pytest.approx(1)
