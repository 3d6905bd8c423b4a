import json
import re
import time
from datetime import date
from itertools import accumulate

import numpy as np
import pytest
import shapely

from simpul.places import outlines
from simpul.places.models import BorderPost, Boundary, Edition, Place
from simpul.places.outlines import NoOutline, outline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


NUMBER = re.compile(r"-?\d+")
# Published areas in square kilometres.
KALBAR, KAPUAS_HULU, SAMBAS = 147_018, 31_318, 5_928


@pytest.fixture(autouse=True)
def maps(kalbar, settings, tmp_path):
    """West Kalimantan, and a folder for what is kept."""
    settings.HOME = tmp_path
    outlines.forget()
    yield tmp_path / "maps"
    outlines.forget()


def drawn(path):
    """The shape that a browser draws from path data of ours: rings, of which inner ones are holes."""
    rings = []
    for part in filter(None, path.split("M")):
        numbers = [int(number) for number in NUMBER.findall(part)]
        rings.append(list(zip(accumulate(numbers[::2]), accumulate(numbers[1::2]), strict=True)))
    shape = shapely.Polygon()
    for ring in rings:
        shape = shape.symmetric_difference(shapely.make_valid(shapely.Polygon(ring)))
    return shape


def located(prefix, level=Place.Level.VILLAGE):
    places = Place.objects.filter(code__startswith=prefix, level=level, retired_on=None, latitude__isnull=False)
    return {place.code: (place.latitude, place.longitude) for place in places}


def points_outside(found, points, *, size):
    shapes = {code: drawn(path) for code, path in found.shapes.items()}
    return [
        code
        for code, position in points.items()
        if not shapely.covers(shapes[code[:size]], shapely.Point(found.at(*position)))
    ]


@pytest.mark.parametrize("prefix", ["61", "61.07", "61.71"])
def test_every_village_point_lies_in_its_own_cell(prefix):
    found, points = outline(prefix, "village"), located(prefix)
    assert len(points) == len(found.shapes) > 20
    assert points_outside(found, points, size=13) == []


@pytest.mark.parametrize(
    ("prefix", "level", "size"), [("61", "regency", 5), ("61", "district", 8), ("61.07", "district", 8)]
)
def test_every_village_point_lies_in_its_own_regency_and_district(prefix, level, size):
    assert points_outside(outline(prefix, level), located(prefix), size=size) == []


@pytest.mark.parametrize("level", ["village", "regency"])
def test_neighbours_neither_overlap_nor_leave_gaps(level):
    found = outline("61", level)
    shapes = np.array([drawn(path) for path in found.shapes.values()])
    together = shapely.union_all(shapes)
    assert shapely.area(shapes).sum() == pytest.approx(together.area, rel=0.001)
    holes = [shapely.Polygon(hole) for part in shapely.get_parts(together) for hole in part.interiors]
    assert sum(hole.area for hole in holes) < 0.002 * together.area


def test_the_area_is_about_the_published_one():
    found = outline("61", "regency")
    area = {code: drawn(path).area * found.km**2 for code, path in found.shapes.items()}
    assert len(area) == 14
    assert sum(area.values()) == pytest.approx(KALBAR, rel=0.03)
    assert area["61.06"] == pytest.approx(KAPUAS_HULU, rel=0.05)
    assert area["61.01"] == pytest.approx(SAMBAS, rel=0.1)


def test_a_village_without_a_point_is_named_and_its_land_is_not_left_blank():
    found = outline("61", "village")
    nowhere = Place.objects.filter(code__startswith="61", level="village", latitude=None, retired_on=None)
    assert set(found.missing) == set(nowhere.values_list("code", flat=True))
    assert len(found.missing) == 15
    assert all(found.missing.values())
    assert found.blank == ""


def test_islands_are_drawn_where_a_village_lies_in_the_sea():
    found = outline("61", "village")
    islands = [code for code, path in found.shapes.items() if path.count("M") > 1]
    assert islands
    assert all(path.startswith("M") for path in found.shapes.values())


def test_a_regency_without_village_points_is_drawn_from_its_districts():
    before = outline("61.07", "district")
    Place.objects.filter(code__startswith="61.07", level="village").update(latitude=None, longitude=None)
    Edition.objects.update(fingerprint="without villages")
    after = outline("61.07", "district")
    assert set(after.shapes) == set(before.shapes)
    assert points_outside(after, located("61.07", "district"), size=8) == []
    with_blank = outline("61.07", "village")
    assert with_blank.shapes == {}
    assert with_blank.blank
    assert len(with_blank.missing) == Place.objects.filter(code__startswith="61.07.", level="village").count()


def test_other_provinces_are_drawn_from_their_districts(no_places):
    Place.objects.create(code="64", name="Kalimantan Timur", level="province", key="kalimantan timur")
    Place.objects.create(code="64.71", name="Kota Balikpapan", level="regency", key="balikpapan")
    for code, latitude, longitude in (("64.71.01", -1.222, 116.856), ("64.71.02", -1.206, 116.888)):
        Place.objects.create(code=code, name=code, level="district", key=code, latitude=latitude, longitude=longitude)
    found = outline("64.71", "district")
    assert set(found.shapes) == {"64.71.01", "64.71.02"}


def test_a_region_that_is_not_known_is_refused_with_a_reason():
    with pytest.raises(NoOutline, match="No point is known"):
        outline("62.01", "district")
    with pytest.raises(NoOutline, match="its own level or below"):
        outline("61.07", "province")


def test_names_stand_in_what_they_name():
    found = outline("61", "regency")
    assert [c for c in found.shapes if not drawn(found.shapes[c]).contains(shapely.Point(found.labels[c]))] == []
    assert set(outline("61", "district").labels) > set(found.labels)


def test_borders_of_the_level_above_are_lines_of_their_own():
    assert outline("61", "village").lines
    assert outline("61", "village").regions["61.07"] == "Bengkayang"
    assert outline("61.07", "village").lines
    assert outline("61", "regency").lines == ""


def test_a_map_shows_the_neighbours_and_the_state_border():
    found = outline("61.07", "village")
    assert found.backdrop
    assert found.abroad
    assert found.frontier
    assert "z" not in found.frontier
    assert outline("61.71", "village").frontier == ""


def test_an_outline_is_made_once_and_kept(maps):
    first = outline("61.07", "village")
    (file,) = maps.iterdir()
    outlines.forget()
    began = time.perf_counter()
    again = outline("61.07", "village")
    assert time.perf_counter() - began < 0.2
    assert again == first
    assert json.loads(file.read_text())["shapes"] == first.shapes


def test_a_new_edition_of_the_places_makes_new_outlines_and_takes_the_old_ones_away(maps):
    first = outline("61.07", "village")
    before = {file.name for file in maps.iterdir()}
    Place.objects.filter(pk="61.07.07.2001").update(latitude=1.3)
    assert outline("61.07", "village") == first
    Edition.objects.update(fingerprint="the next one")
    assert outline("61.07", "village").shapes["61.07.07.2001"] != first.shapes["61.07.07.2001"]
    after = {file.name for file in maps.iterdir()}
    assert len(after) == 1
    assert not after & before


def test_half_a_file_is_not_believed(maps):
    first = outline("61.71", "village")
    (file,) = maps.iterdir()
    file.write_text(file.read_text()[:500])
    outlines.forget()
    assert outline("61.71", "village") == first


def test_a_folder_that_cannot_be_written_costs_time_and_nothing_else(maps):
    maps.write_text("a file in the way")
    assert outline("61.71", "village").shapes


def test_asking_again_costs_two_queries(django_assert_num_queries):
    outline("61.07", "village")
    with django_assert_num_queries(2):
        outline("61.07", "village")


def test_what_was_loaded_officially_is_drawn_and_said():
    approximate = outline("61.07", "district")
    square = [[[1_098_500, 12_500, 1000, 0, 0, 1000, -1000, 0, 0, -1000]]]
    Boundary.objects.create(
        place_id="61.07.07",
        level="district",
        geometry=json.dumps(square),
        source="BIG 2024",
        loaded_on=date(2026, 8, 3),
    )
    official = outline("61.07", "district")
    assert approximate.is_approximate
    assert approximate.source == ""
    assert official.source == "BIG 2024"
    # The other districts are still approximate, and make room.
    assert official.is_approximate
    shapes = {code: drawn(path) for code, path in official.shapes.items()}
    assert shapes["61.07.07"].area * official.km**2 == pytest.approx(0.1 * 111.32 * 0.1 * 111.32, rel=0.01)
    assert not [c for c in shapes if c != "61.07.07" and shapes[c].intersection(shapes["61.07.07"]).area > 2000]
    # Villages have boundaries of their own.
    assert outline("61.07", "village").source == ""


def test_a_post_has_its_spot_on_the_map():
    found = outline("61", "regency")
    post = BorderPost.objects.get(pk="entikong")
    x, y = found.at(post.latitude, post.longitude)
    assert 0 < x < found.width
    assert 0 < y < found.height / 2


def test_the_map_of_all_villages_is_made_in_ten_seconds():
    began = time.perf_counter()
    outline("61", "village")
    assert time.perf_counter() - began < 10
