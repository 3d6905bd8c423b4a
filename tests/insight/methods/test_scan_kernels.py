"""The loops of the scan: their shortcuts change nothing, and their draws come as often as they should."""

import math

import numpy as np
import pytest

from simpul.insight.methods import scan_kernels as kernels
from simpul.insight.methods.scan_zones import zones

STATE = np.zeros(1, np.uint64)


@pytest.fixture(autouse=True)
def begun():
    kernels.begin(STATE, 11, 0)


def searched(cases, expected, windows, longest, direction, least):
    """The highest statistic by trying every window, one by one."""
    best, total = 0.0, cases.sum()
    for first, end in zip(windows.starts[:-1], windows.starts[1:], strict=True):
        for position in range(first, end):
            if not windows.closes[position]:
                continue
            places = windows.members[first : position + 1]
            for until in range(1, cases.shape[1] + 1):
                for start in range(max(until - longest, 0), until):
                    c, m = cases[places, start:until].sum(), expected[places, start:until].sum()
                    if (c > m and direction != kernels.LOW and c >= least) or (c < m and direction != kernels.HIGH):
                        best = max(best, kernels.ratio(c, m, total, np.inf))
    return best


@pytest.mark.parametrize("direction", [kernels.HIGH, kernels.LOW, kernels.BOTH])
@pytest.mark.parametrize("intervals", [1, 6])
def test_no_shortcut_loses_the_strongest_window(direction, intervals):
    chance = np.random.default_rng(direction * 10 + intervals)
    spots, people = chance.random((12, 2)), chance.random((12, intervals)) + 0.1
    windows = zones(spots, people.sum(1))
    cases = chance.poisson(people * 2).astype(float)
    expected = people * cases.sum() / people.sum()
    before = np.concatenate([np.zeros((12, 1)), cases.cumsum(1)], axis=1)
    up_to = np.concatenate([np.zeros((12, 1)), expected.cumsum(1)], axis=1)[windows.members]
    for first, end in zip(windows.starts[:-1], windows.starts[1:], strict=True):
        up_to[first:end] = up_to[first:end].cumsum(0)
    longest = max(intervals // 2, 1)
    found = kernels.strongest(
        before,
        up_to,
        (windows.members, windows.starts, windows.closes, windows.factors),
        (np.arange(1, intervals + 1), 1, longest),
        (cases.sum(), np.inf, direction, 2.0),
        np.zeros(12, np.bool_),
        np.zeros(4, np.int64),
    )
    assert found == pytest.approx(searched(cases, expected, windows, longest, direction, 2), rel=1e-12)
    assert found > 0


def test_the_ratio_of_bernoulli_is_that_of_the_paper():
    c, n, total, people = 12.0, 40.0, 30.0, 200.0
    inside, outside, all_ = c / n, (total - c) / (people - n), total / people
    by_hand = (
        c * math.log(inside) + (n - c) * math.log(1 - inside)
        + (total - c) * math.log(outside) + (people - n - total + c) * math.log(1 - outside)
        - total * math.log(all_) - (people - total) * math.log(1 - all_)
    )  # fmt: skip
    assert kernels.ratio(c, n * all_, total, (people - total) / total) == pytest.approx(by_hand, rel=1e-12)


def test_an_alias_table_gives_back_its_chances():
    chances = np.array([5.0, 0.5, 0.0, 2.0, 2.5])
    share, other = kernels.alias(chances)
    given = np.zeros(5)
    for cell in range(5):
        given[cell] += share[cell]
        given[other[cell]] += 1 - share[cell]
    assert given / 5 == pytest.approx(chances / 10)


@pytest.mark.parametrize(("n", "p"), [(8, 0.3), (400, 0.01), (300, 0.4), (5000, 0.02), (60, 0.9)])
def test_binomial_numbers_have_their_mean_and_variance(n, p):
    drawn = np.array([kernels.binomial(n, p, STATE) for _ in range(20_000)])
    spread = math.sqrt(n * p * (1 - p))
    assert drawn.mean() == pytest.approx(n * p, abs=5 * spread / math.sqrt(20_000))
    assert drawn.var() == pytest.approx(spread**2, rel=0.06)
    assert 0 <= drawn.min() <= drawn.max() <= n


def test_counts_by_cell_add_up_and_follow_their_chances():
    chances, drawn, mean = np.array([1.0, 4.0, 0.0, 5.0]), np.zeros(4), np.zeros(4)
    for _draw in range(2000):
        kernels.by_cell(drawn, 1000, chances, STATE)
        assert drawn.sum() == 1000
        mean += drawn / 2000
    assert mean == pytest.approx([100, 400, 0, 500], abs=2)


def test_nobody_is_drawn_twice():
    room = np.array([1.0, 2.0, 7.0])
    share, other = kernels.alias(room)
    drawn, mean = np.zeros(3), np.zeros(3)
    for _draw in range(4000):
        kernels.without_return(drawn, 5, share, other, room, STATE)
        assert drawn.sum() == 5
        assert (drawn <= room).all()
        mean += drawn / 4000
    assert mean == pytest.approx([0.5, 1.0, 3.5], abs=0.06)


def test_dates_are_exchanged_within_their_group_only():
    times = np.array([0, 1, 2, 3, 7, 8, 9])
    kernels.exchange(times, np.array([0, 4, 7]), STATE)
    assert sorted(times[:4]) == [0, 1, 2, 3]
    assert sorted(times[4:]) == [7, 8, 9]
