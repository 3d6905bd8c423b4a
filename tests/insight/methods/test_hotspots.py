"""Hotspots: clusters that were put there are found, chance is not, and islands are named and left out."""

import numpy as np
import pytest

from simpul.insight.methods import hotspots, neighbours
from simpul.insight.methods.refusal import Refused


@pytest.fixture(scope="module")
def board():
    """A board of 10 by 10 with the squares that share a side as neighbours."""
    points = [(x, y) for x in range(10) for y in range(10)]
    return neighbours.within(points, 1.01, is_geographic=False, names=[f"{x}{y}" for x, y in points])


@pytest.fixture(scope="module")
def clustered():
    values = np.random.default_rng(1).normal(10, 1, 100)
    values[[0, 1, 2, 10, 11, 12, 20, 21, 22]] += 8
    return values


def test_a_slope_is_clustered_and_a_chequerboard_is_the_opposite(board):
    slope = [x for x in range(10) for _ in range(10)]
    chequered = [(x + y) % 2 for x in range(10) for y in range(10)]
    assert hotspots.moran(slope, board).statistic > 0.8
    assert hotspots.moran(chequered, board).statistic == pytest.approx(-1)
    assert hotspots.geary(slope, board).statistic < 0.2
    assert hotspots.geary(chequered, board).statistic > 1.9


def test_the_moments_are_those_of_values_dealt_out_at_random(board, clustered):
    """The exact moments under randomisation against 20,000 deals."""
    around = board.standardised()
    values = np.exp(clustered / 4)
    for statistic, expected in ((hotspots.moran, -1 / 99), (hotspots.geary, 1.0), (hotspots.general_g, None)):
        found = statistic(values, around, permutations=20_000)
        middle = found.expected if expected is None else expected
        assert (found.low + found.high) / 2 == pytest.approx(middle, abs=4 * np.sqrt(found.variance_random))
        width = (found.high - found.low) / (2 * 1.96)
        assert width == pytest.approx(np.sqrt(found.variance_random), rel=0.1)


def test_chance_is_called_a_cluster_about_as_often_as_said(board):
    chance = np.random.default_rng(11)
    ps = [hotspots.moran(chance.normal(size=100), board, permutations=199).p_permutation for _ in range(200)]
    assert np.mean(np.array(ps) <= 0.05) < 0.1
    assert np.mean(ps) == pytest.approx(0.5, abs=0.1)


def test_the_corner_that_is_high_is_found_and_nothing_else_is(board, clustered):
    for found in (hotspots.local_moran(clustered, board), hotspots.getis_ord(clustered, board)):
        hot = {place for place, kind in enumerate(found.kind) if kind == hotspots.HIGH}
        assert {1, 10, 11} <= hot <= {0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23, 30, 31, 32}
        assert hotspots.LOW not in found.kind


def test_chance_alone_seldom_gives_a_hotspot(board):
    chance = np.random.default_rng(4)
    rounds = [hotspots.local_moran(chance.normal(size=100), board, permutations=999, seed=each) for each in range(40)]
    assert sum(any(found.kind) for found in rounds) <= 6
    assert sum((found.p <= 0.05).sum() for found in rounds) > 100


def test_what_stands_out_lies_outside_what_chance_gives(board, clustered):
    found = hotspots.getis_ord(clustered, board)
    outside = (found.statistic < found.low) | (found.statistic > found.high)
    assert np.all(outside[found.p <= 0.03])
    assert not np.any(outside[found.p > 0.08])


def test_an_island_is_named_and_has_no_figure(board, clustered):
    lone = neighbours.of_lists([*board.lists(), []], names=[*board.names, "Karimata"])
    values = [*clustered, 99.0]
    found = hotspots.local_moran(values, lone, permutations=199)
    assert found.islands == ["Karimata"]
    assert np.isnan(found.statistic[100])
    assert found.kind[100] == hotspots.NONE
    whole = hotspots.moran(values, lone, permutations=0)
    assert whole.islands == ["Karimata"]
    assert whole.statistic == pytest.approx(hotspots.moran(clustered, board, permutations=0).statistic)


def test_one_seed_gives_one_result(board, clustered):
    first, second = (hotspots.local_moran(clustered, board, permutations=199, seed=9) for _ in range(2))
    assert first.p.tolist() == second.p.tolist()
    assert first.p.tolist() != hotspots.local_moran(clustered, board, permutations=199, seed=8).p.tolist()


@pytest.mark.parametrize(
    ("values", "reason"),
    [([1.0] * 100, "all_equal"), ([np.nan] + [1.0] * 99, "values_missing"), ([1.0, 2.0], "lengths")],
)
def test_what_has_no_pattern_is_refused(board, values, reason):
    with pytest.raises(Refused, match=reason):
        hotspots.moran(values, board)


def test_a_map_of_islands_is_refused():
    with pytest.raises(Refused, match="too_few_neighbours") as refusal:
        hotspots.moran([1, 2, 3], neighbours.of_lists([[], [], []], names="ABC"))
    assert refusal.value.details["islands"] == ["A", "B", "C"]


def test_sums_of_negative_values_have_no_g(board, clustered):
    with pytest.raises(Refused, match="values_negative"):
        hotspots.general_g(clustered - 20, board)


def test_rates_of_small_places_do_not_make_a_cluster(board):
    """One corner has few people and so rates that jump; nothing else sets it apart."""
    chance = np.random.default_rng(6)
    people = np.where(np.arange(100) < 50, 300, 50_000)
    p = [hotspots.moran_rate(chance.poisson(people * 0.002), people, board, permutations=199).p_permutation
         for _ in range(60)]  # fmt: skip
    assert np.mean(np.array(p) <= 0.05) <= 0.15
    with pytest.raises(Refused, match="no_events"):
        hotspots.moran_rate([0] * 100, people, board)
