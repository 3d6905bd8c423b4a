"""The picture of an index: well-formed, a row for each place, names that cannot break it."""

from xml.etree import ElementTree

from simpul.console.index_picture import drawn
from simpul.lib.speech import speaking


def place(name, rank, group, low=None, high=None):
    said = {"place": name, "name": name, "rank": rank, "score": 50.0, "group": group,
            "drivers": [{"indicator": "poverty", "points": 3.2}, {"indicator": "school", "points": -1.0}]}  # fmt: skip
    return said | ({"low": low, "high": high} if low else {})


def test_each_place_has_its_dot_and_its_interval():
    ranks = [place("Kabupaten <A>", 1, 1, 1, 2), place("B", 2, 1, 1, 3), place("C", 3, 2, 2, 3)]
    with speaking("en"):
        svg = drawn({"ranks": ranks, "rebuilds": 6000})
    root = ElementTree.fromstring(svg)
    shapes = [each.tag.rsplit("}", 1)[-1] for each in root.iter()]
    assert shapes.count("circle") == 3
    assert "Kab. &lt;A&gt;" in svg
    assert "between 1 and 2" in svg
    assert "poverty +3.2; school -1.0" in svg
    assert svg.count("stroke-dasharray") == 1


def test_without_intervals_there_are_dots_only():
    with speaking("en"):
        svg = drawn({"ranks": [place(f"P{number}", number, None) for number in range(1, 61)], "rebuilds": 0})
    assert svg.count("<circle") == 60
    assert 'stroke-width="3"' not in svg
