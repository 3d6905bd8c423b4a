"""Kernels of hotspots: dealing out is fair and the same for one seed."""

import numpy as np
import pytest

from simpul.insight.methods import hotspots_kernels as kernels
from simpul.insight.methods import neighbours


def test_draws_lie_below_their_limit_and_are_fair():
    state, counts = np.uint64(1), np.zeros(7, int)
    for _ in range(7000):
        state = np.uint64((int(state) + kernels._SPREAD) % 2**64)
        counts[kernels.drawn(state, 7)] += 1
    assert counts.min() > 850


def test_a_place_keeps_its_own_value_and_neighbours_are_drawn_from_the_others():
    """Two neighbours drawn without return from 10, 20, 40: means and ends are known."""
    around = neighbours.of_lists([[1, 2], [0], [0], [0]])
    values = np.array([1000.0, 10.0, 20.0, 40.0])
    found = kernels.conditional(values, around.start, around.other, around.weight, around.lag(values), 4000, 3, 0.025)
    assert found[0, 0] == pytest.approx(2 * 70 / 3, abs=1)
    assert (found[0, 4], found[0, 5]) == (30.0, 60.0)
    # The observed lag of the first place, 30, is the least there is: every draw reaches it, a third does not exceed it.
    assert found[0, 2] == 4000
    assert found[0, 3] == pytest.approx(4000 / 3, abs=150)


def test_a_place_that_counts_itself_is_not_dealt_out():
    around = neighbours.of_lists([[1], [0], [1]]).with_self()
    values = np.array([5.0, 7.0, 9.0])
    found = kernels.conditional(values, around.start, around.other, around.weight, around.lag(values), 500, 1, 0.025)
    assert found[0, 4] == 12.0
    assert found[0, 5] == 14.0


def test_dealing_everything_keeps_the_sum_of_squares():
    around = neighbours.of_lists([[0], [1], [2]])
    values = np.array([1.0, 2.0, 5.0])
    sums = kernels.dealt(values, around.start, around.other, around.weight, 50, 1, kernels.CROSS)
    assert sums == pytest.approx(np.full(50, 30.0))
    assert not kernels.dealt(values, around.start, around.other, around.weight, 50, 1, kernels.DIFFERENCE).any()
