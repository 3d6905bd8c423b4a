import json
from datetime import date

import pytest
import shapely

from simpul.places import boundaries
from simpul.places.boundaries import BoundaryError, Reading
from simpul.places.land import unpacked
from simpul.places.models import Boundary, Place
from simpul.places.outlines import outline

pytestmark = [pytest.mark.usefixtures("english"), pytest.mark.django_db, pytest.mark.usefixtures("kalbar")]


ON = date(2026, 8, 3)
BY_CODE, BY_NAME = Reading("regency", code_property="KODE"), Reading("regency", name_property="NAMA")


def square(x, y, size=0.5):
    return json.loads(shapely.to_geojson(shapely.box(x, y, x + size, y + size)))


def feature(code, geometry, **more):
    return {"type": "Feature", "properties": {"KODE": code, **more}, "geometry": geometry}


@pytest.fixture
def regencies():
    """The regencies of West Kalimantan as squares side by side."""
    places = Place.objects.filter(code__startswith="61", level="regency", retired_on=None).order_by("code")
    return [
        feature(p.code, square(109 + number % 4 * 0.5, number // 4 * 0.5), NAMA=p.name)
        for number, p in enumerate(places)
    ]


@pytest.fixture
def load(tmp_path):
    def loaded(features, *, reading=BY_CODE, source="BIG 2024", region="61", **told):
        allow_missing = told.pop("allow_missing", False)
        file = tmp_path / "batas.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": features, **told}))
        return boundaries.load(file, reading=reading, source=source, on=ON, region=region, allow_missing=allow_missing)

    return loaded


def test_official_boundaries_take_the_place_of_approximate_ones(load, regencies):
    assert outline("61", "regency").is_approximate
    assert load(regencies) == (14, 0, 0, ())
    official = outline("61", "regency")
    assert not official.is_approximate
    assert official.source == "BIG 2024"
    assert len(official.shapes) == 14
    assert outline("61", "district").is_approximate


def test_they_are_taken_back(load, regencies):
    load(regencies)
    assert boundaries.remove(level="regency") == 14
    assert outline("61", "regency").is_approximate


@pytest.mark.parametrize("written", ["61.07", "6107", 6107, 6107.0, " 61.07 "])
def test_codes_are_read_with_dots_and_without(load, regencies, written):
    regencies[6]["properties"]["KODE"] = written
    load(regencies)
    assert Boundary.objects.filter(place="61.07").exists()


def test_codes_of_villages_and_districts_are_read_too(load):
    district, village = Reading("district", code_property="KODE"), Reading("village", code_property="KODE")
    load([feature(610707, square(109, 1))], reading=district, allow_missing=True)
    load([feature("6107072001", square(109, 1))], reading=village, allow_missing=True)
    assert set(Boundary.objects.values_list("place", flat=True)) == {"61.07.07", "61.07.07.2001"}


def test_names_are_read_when_there_is_no_code(load, regencies):
    for each, name in zip(regencies, ("SAMBAS", "Kab. Mempawah"), strict=False):
        each["properties"] = {"NAMA": name}
    load(regencies, reading=BY_NAME)
    assert set(Boundary.objects.values_list("place", flat=True)) >= {"61.01", "61.02"}


def test_an_older_name_of_a_regency_is_not_taken_for_the_city(load, regencies):
    cities = {each["properties"]["NAMA"] for each in regencies}
    assert "Kota Pontianak" in cities
    with pytest.raises(BoundaryError, match="no place of the region is called “Kab. Pontianak”"):
        load([feature("", square(109, 0), NAMA="Kab. Pontianak")], reading=BY_NAME)


def test_a_name_of_several_places_is_asked_for_by_code(load):
    reading = Reading("district", name_property="NAMA")
    with pytest.raises(BoundaryError, match="several places are called “Sungai Raya”; name the property with codes"):
        load([feature("", square(109, 1), NAMA="Sungai Raya")], reading=reading)


def test_the_same_file_again_replaces_the_first(load, regencies):
    load(regencies, source="BIG 2023")
    load(regencies)
    assert Boundary.objects.count() == 14
    assert set(Boundary.objects.values_list("source", flat=True)) == {"BIG 2024"}


def test_a_place_without_a_shape_stops_the_rest_unless_that_is_allowed(load, regencies):
    with pytest.raises(BoundaryError, match=r"Kota Singkawang \(61\.72\).*--allow-missing"):
        load(regencies[:-1])
    assert not Boundary.objects.exists()
    assert load(regencies[:-1], allow_missing=True).missing == ("61.72",)
    assert outline("61", "regency").is_approximate
    assert len(outline("61", "regency").shapes) == 14


def test_shapes_of_other_regions_are_passed_over(load, regencies):
    assert load([feature("62.01", square(112, -2)), *regencies]).elsewhere == 1
    assert load(regencies, region="61.07", allow_missing=True).elsewhere == 13


def test_a_shape_that_crosses_itself_is_repaired_and_counted(load, regencies):
    bow = [[109, 0], [109.5, 0.5], [109.5, 0], [109, 0.5], [109, 0]]
    regencies[0]["geometry"] = {"type": "Polygon", "coordinates": [bow]}
    assert load(regencies).repaired == 1


def test_neighbours_still_fit_after_simplifying(load, regencies):
    load(regencies)
    shapes = [row.geometry for row in Boundary.objects.all()]
    found = [shapely.area(outlined(text)) for text in shapes]
    assert sum(found) == pytest.approx(shapely.union_all([outlined(text) for text in shapes]).area)


def outlined(text):
    return unpacked(json.loads(text), units=Boundary.UNITS)


def wrong(features, number, **told):
    features[number] = features[number] | told
    return features


@pytest.mark.parametrize(("change", "says"), [
    (lambda f: wrong(f, 3, properties={"KODE": "61.99"}), "shape 4: 61.99 is not the code of a place"),
    (lambda f: wrong(f, 3, properties={"KODE": "61.01"}), r"shapes 1 and 4 are both Kabupaten Sambas \(61.01\)"),
    (lambda f: wrong(f, 3, properties={"KODE": "Ketapang"}), "shape 4: “Ketapang” is no code of this level"),
    (lambda f: wrong(f, 3, properties={"KODE": "61.04.01"}), "no code of this level"),
    (lambda f: wrong(f, 3, properties={"kode": "61.04"}), "shape 4 has no property “KODE”; it has: kode"),
    (lambda f: wrong(f, 3, properties=None), "shape 4 has no property “KODE”"),
    (lambda f: wrong(f, 3, geometry=None), r"shape 4 \(61.04\): it is not a Polygon or MultiPolygon"),
    (lambda f: wrong(f, 3, geometry={"type": "Point", "coordinates": [1, 2]}), "not a Polygon"),
    (lambda f: wrong(f, 3, geometry={"type": "Polygon"}), "its coordinates cannot be read"),
    (lambda f: wrong(f, 3, geometry={"type": "Polygon", "coordinates": [[[1, 2], [3]]]}), "coordinates cannot be read"),
    (lambda f: wrong(f, 3, geometry={"type": "Polygon", "coordinates": []}), "it is empty"),
    (lambda f: wrong(f, 3, geometry={"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [1, 2]]]}), "shape 4"),
    (lambda f: wrong(f, 3, geometry={"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [5, 6], [1, 2]]]}),
     "covers no area"),
    (lambda f: wrong(f, 3, geometry=square(331_000, 9_990_000)), "not degrees; export the boundaries in WGS 84"),
    (lambda f: wrong(f, 3, geometry=square(1.2, 109)), "longitude comes first"),
])  # fmt: skip
def test_what_cannot_be_understood_stops_all_of_it(load, regencies, change, says):
    with pytest.raises(BoundaryError, match=says):
        load(change(regencies))
    assert not Boundary.objects.exists()


def test_the_first_faults_are_named_and_the_rest_counted(load, regencies):
    for each in regencies:
        each["properties"]["KODE"] = "?"
    with pytest.raises(BoundaryError, match="shape 5.*; and 9 more"):
        load(regencies)


def test_a_name_that_no_place_has_is_told(load, regencies):
    regencies[0]["properties"]["NAMA"] = "Kabupaten Entah"
    with pytest.raises(BoundaryError, match="no place of the region is called “Kabupaten Entah”"):
        load(regencies, reading=BY_NAME)


def test_another_projection_is_told_by_its_name(load, regencies):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32749"}}
    with pytest.raises(BoundaryError, match="EPSG::32749. Export the boundaries in WGS 84"):
        load(regencies, crs=crs)
    load(regencies, crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}})


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"type": "FeatureCollection", "features": []}', "[" * 100_000,
                                  '{"type": "FeatureCollection", "features": [1]}', "\x89PNG"])  # fmt: skip
def test_a_file_of_another_kind_is_told_so(tmp_path, text):
    file = tmp_path / "batas.geojson"
    file.write_text(text)
    with pytest.raises(BoundaryError, match="GeoJSON"):
        boundaries.load(file, reading=BY_CODE, source="BIG", on=ON, region="61")


def test_a_file_of_more_than_100_mb_is_not_opened(tmp_path):
    file = tmp_path / "batas.geojson"
    with file.open("wb") as large:
        large.truncate(boundaries.LARGEST_FILE + 1)
    with pytest.raises(BoundaryError, match="larger than 100 MB"):
        boundaries.load(file, reading=BY_CODE, source="BIG", on=ON, region="61")


def test_boundaries_without_a_source_are_not_taken_in(load, regencies):
    with pytest.raises(BoundaryError, match="where the boundaries come from"):
        load(regencies, source="  ")
