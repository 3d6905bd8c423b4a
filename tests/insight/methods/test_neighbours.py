"""Neighbours: by distance, by triangles, by borders; islands stay islands and are named."""

import numpy as np
import pytest
import shapely

from simpul.insight.methods import neighbours
from simpul.insight.methods.refusal import Refused

POINTS = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 31)]


def test_lists_become_neighbours_and_lists_again():
    around = neighbours.of_lists([[1, 2], [0], [], [2]], names=["A", "B", "C", "D"])
    assert around.lists() == [[1, 2], [0], [], [2]]
    assert around.counts.tolist() == [2, 1, 0, 1]
    assert around.islands.tolist() == [2]
    assert around.islands_named == ["C"]
    assert not around.is_symmetric
    assert around.symmetric().lists() == [[1, 2], [0], [0, 3], [2]]


def test_a_lag_is_a_sum_or_with_standard_weights_a_mean():
    around = neighbours.of_lists([[1, 2], [0], []])
    assert around.lag([1.0, 10.0, 20.0]).tolist() == [30.0, 1.0, 0.0]
    assert around.standardised().lag([1.0, 10.0, 20.0]).tolist() == [15.0, 1.0, 0.0]


def test_a_place_may_count_among_its_neighbours():
    around = neighbours.of_lists([[1], [0], []]).with_self()
    assert around.lists() == [[0, 1], [0, 1], [2]]
    assert around.islands.tolist() == [2]


def test_some_places_keep_their_neighbours_among_themselves():
    around = neighbours.of_lists([[1, 3], [0, 2], [1], [0]], names="ABCD").among([0, 2, 3])
    assert around.lists() == [[2], [], [0]]
    assert around.names == ("A", "C", "D")


def test_a_number_of_no_place_is_refused():
    with pytest.raises(Refused, match="no_such_place"):
        neighbours.of_pairs([(0, 7)], 3)


def test_the_nearest_are_the_nearest():
    chance = np.random.default_rng(2)
    points = np.column_stack([chance.uniform(-3, 3, 60), chance.uniform(108, 114, 60)])
    found = neighbours.nearest(points, 4).lists()
    for place in (0, 17, 59):
        apart = [_kilometres(points[place], other) for other in points]
        assert found[place] == sorted(np.argsort(apart, kind="stable")[1:5].tolist())


def _kilometres(a, b):
    (p, q), (r, s) = np.radians(a), np.radians(b)
    half = np.sin((r - p) / 2) ** 2 + np.cos(p) * np.cos(r) * np.sin((s - q) / 2) ** 2
    return 2 * neighbours.EARTH_KM * np.arcsin(np.sqrt(half))


def test_a_degree_on_the_equator_is_111_kilometres():
    points = [(0.0, 109.0), (0.0, 110.0)]
    assert neighbours.within(points, 111.3).lists() == [[1], [0]]
    assert neighbours.within(points, 111.1).lists() == [[], []]


def test_a_place_far_from_all_is_an_island_and_is_named():
    around = neighbours.within([(0, 0), (0, 1), (9, 9)], 2, is_geographic=False, names=["A", "B", "Karimata"])
    assert around.islands_named == ["Karimata"]


def test_more_neighbours_than_places_are_refused():
    with pytest.raises(Refused, match="too_few_places"):
        neighbours.nearest(POINTS, 6)


def test_triangles_surround_and_the_graph_of_gabriel_thins():
    surrounding = neighbours.delaunay(POINTS, is_geographic=False)
    thinned = neighbours.gabriel(POINTS, is_geographic=False)
    assert surrounding.is_symmetric
    assert thinned.is_symmetric
    assert set(zip(thinned.rows, thinned.other, strict=True)) < set(
        zip(surrounding.rows, surrounding.other, strict=True)
    )


def test_no_point_lies_on_the_circle_of_an_edge_of_gabriel():
    points = np.random.default_rng(5).random((80, 2))
    found = neighbours.gabriel(points, is_geographic=False)
    pairs = set(zip(found.rows.tolist(), found.other.tolist(), strict=True))
    for first in range(80):
        for last in range(first):
            middle = (points[first] + points[last]) / 2
            radius = ((points[first] - middle) ** 2).sum()
            inside = (((points - middle) ** 2).sum(axis=1) < radius - 1e-12).sum()
            assert ((first, last) in pairs) == (inside == 0)


def test_points_in_a_line_are_neighbours_along_it():
    for way in (neighbours.delaunay, neighbours.gabriel):
        assert way([(0, 0), (2, 4), (1, 2)], is_geographic=False).lists() == [[2], [2], [0, 1]]


def test_points_on_one_spot_or_too_few_have_no_triangles():
    with pytest.raises(Refused, match="same_point") as refusal:
        neighbours.delaunay([(0, 0), (1, 1), (0, 0)], is_geographic=False, names=["A", "B", "C"])
    assert refusal.value.details["places"] == ["A", "C"]
    with pytest.raises(Refused, match="too_few_places"):
        neighbours.delaunay([(0, 0), (1, 1)], is_geographic=False)


def test_a_missing_point_is_named():
    with pytest.raises(Refused, match="points_missing") as refusal:
        neighbours.within([(0, 0), (np.nan, 1)], 1, names=["A", "B"])
    assert refusal.value.details["places"] == ["B"]


def test_borders_and_corners():
    squares = [shapely.box(x, y, x + 1, y + 1) for y in range(2) for x in range(2)] + [shapely.box(5, 5, 6, 6)]
    assert neighbours.touching(squares).lists() == [[1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2], []]
    assert neighbours.touching(squares, has_corners=False).lists() == [[1, 2], [0, 3], [0, 3], [1, 2], []]


def test_slits_between_simplified_outlines_can_be_bridged():
    squares = [shapely.box(0, 0, 1, 1), shapely.box(1.01, 0, 2, 1)]
    assert neighbours.touching(squares).lists() == [[], []]
    assert neighbours.touching(squares, gap=0.02).lists() == [[1], [0]]
    assert neighbours.touching(squares, gap=0.02, has_corners=False).lists() == [[1], [0]]
