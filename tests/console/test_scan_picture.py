"""The map of a scan: every place a point, every cluster a numbered ring, and it stands alone."""

from xml.etree import ElementTree

import pytest

from tests.console.scans import PLACES, WITH_PEOPLE

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def drawn(scan, tmp_path):
    def draw(*options, **tables):
        assert scan(*WITH_PEOPLE, "--picture", "map.svg", *options, **tables)[0] == 0
        return ElementTree.parse(tmp_path / "map.svg").getroot()

    return draw


def titles(root):
    return [each.text for each in root.iter(f"{SVG}title")]


def test_places_are_points_with_their_names_and_cases(drawn):
    said = titles(drawn())
    assert "Sambas: 4" in said
    assert "Sintang: 6" in said


def test_clusters_are_rings_with_numbers(drawn):
    root = drawn()
    rings = list(root.iter(f"{SVG}ellipse"))
    numbers = [each.text for each in root.iter(f"{SVG}text") if each.get("class") == "number"]
    assert rings
    assert numbers.count("1") == 2
    assert any("Sintang" in (each.text or "") for each in root.iter(f"{SVG}text"))


def test_names_are_written_as_text_not_as_marks(drawn):
    root = drawn(places=PLACES.replace("Sintang", "<b>Sin & tang</b>"))
    assert any("<b>Sin & tang</b>" in (each or "") for each in titles(root))


def test_north_is_up_and_east_is_right(drawn):
    spots = {}
    for point in drawn().iter(f"{SVG}circle"):
        name = point.find(f"{SVG}title")
        if name is not None:
            spots[name.text.split(":")[0]] = (float(point.get("cx")), float(point.get("cy")))
    assert spots["Sambas"][1] < spots["Sanggau"][1]
    assert spots["Sambas"][0] < spots["Sintang"][0]


def test_places_on_one_line_are_drawn_too(drawn):
    root = drawn(places="kode;x;y\nA;1;5\nB;2;5\nC;3;5\nD;9;5\n")
    assert len(list(root.iter(f"{SVG}ellipse"))) >= 1
