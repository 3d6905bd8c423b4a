import json

import pytest
import shapely

from simpul.places.land import land, on_the_border, only_areas, packed, sound, unpacked

PONTIANAK = shapely.Point(109.33, -0.03)
KUCHING = shapely.Point(110.35, 1.53)
SEA = shapely.Point(107.5, 0.5)


def test_the_land_of_indonesia_and_of_its_neighbours_is_told_apart():
    assert land().own.contains(PONTIANAK)
    assert land().abroad.contains(KUCHING)
    assert not land().own.contains(KUCHING)
    assert not shapely.union(land().own, land().abroad).contains(SEA)


def test_the_state_border_runs_where_both_meet():
    borneo = land().frontier.intersection(shapely.box(108, -1, 118, 5))
    assert borneo.length > 10
    for line in (land().own.boundary, land().abroad.boundary):
        assert line.buffer(0.01).contains(borneo)


def test_the_coast_takes_little_room(settings):
    assert (settings.DATA / "coast.json.gz").stat().st_size < 250_000


def test_a_border_post_is_drawn_on_the_border_when_its_position_is_no_better_known():
    latitude, longitude = on_the_border(1.339, 109.97, precision_km=10)
    assert shapely.distance(shapely.Point(longitude, latitude), land().frontier) < 1e-9
    assert on_the_border(1.339, 109.97, precision_km=0.5) == (1.339, 109.97)


def test_what_is_packed_comes_out_as_it_was():
    island = shapely.Polygon([(109, 1), (110, 1), (110, 2), (109, 2)], [[(109.2, 1.2), (109.4, 1.2), (109.4, 1.4)]])
    both = shapely.MultiPolygon([island, shapely.box(-70.1234, -3.5, -70, -3)])
    again = unpacked(json.loads(packed(both, units=10_000)), units=10_000)
    assert again.equals(both)


def test_a_bow_tie_becomes_two_triangles():
    bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    assert not bow.is_valid
    assert sound(bow).is_valid
    assert sound(bow).area == pytest.approx(2)


def test_lines_that_a_repair_leaves_are_dropped():
    mixed = shapely.GeometryCollection([shapely.box(0, 0, 1, 1), shapely.LineString([(1, 1), (2, 2)])])
    assert only_areas(mixed).equals(shapely.box(0, 0, 1, 1))
    assert only_areas(shapely.LineString([(1, 1), (2, 2)])).is_empty
