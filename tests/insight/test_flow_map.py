import re
import xml.etree.ElementTree as ET

import pytest

from simpul.insight.flow_map import WIDEST, flow_map
from simpul.insight.methods.flows import Segment
from simpul.insight.routes import names
from simpul.places import outlines
from simpul.places.models import Place

pytestmark = pytest.mark.django_db


def segment(origin, destination, journeys):
    return Segment(origin, destination, journeys, 0.5, ())


def drawn(*segments, prefix="61", level=Place.Level.REGENCY):
    words = names({node for each in segments for node in (each.origin, each.destination)})
    return flow_map(outlines.outline(prefix, level), list(segments), words=words, title="Jalur")


def widths(picture):
    return [float(found) for found in re.findall(r'stroke-width="([\d.]+)"', picture)]


def test_a_line_is_as_wide_as_many_journeys_went_there(english):
    picture = drawn(segment("61.07", "post:jagoi_babang", 40), segment("post:jagoi_babang", "abroad:kuching", 10))
    assert widths(picture)[0] == WIDEST
    assert widths(picture)[1] < WIDEST
    assert "Kab. Bengkayang to Post Jagoi Babang: 40 journeys" in picture


def test_the_picture_is_well_formed_and_what_lies_beyond_stands_at_the_edge():
    picture = drawn(segment("61.07", "abroad:phnom_penh", 3), segment("61.07", "abroad:kuala_lumpur", 2))
    svg = ET.fromstring(re.search(r"<svg.*</svg>", picture, re.S).group())
    _x, _y, wide, high = map(float, svg.attrib["viewBox"].split())
    for circle in svg.iter("{http://www.w3.org/2000/svg}circle"):
        if circle.attrib.get("class") == "spot":
            assert 0 <= float(circle.attrib["cx"]) <= wide
            assert 0 <= float(circle.attrib["cy"]) <= high
    assert picture.count('class="node beyond"') == 2


def test_names_do_not_lie_upon_each_other():
    picture = drawn(*(segment(f"61.{number:02d}", "post:entikong", number) for number in range(1, 13)))
    names = re.findall(r'<text class="name-of ?([a-z ]*)" x="(\d+)" y="(\d+)">([^<]+)<', picture)
    assert len(names) > 8
    assert len({(x, y) for _css, x, y, _name in names}) == len(names)


def test_an_unofficial_crossing_is_a_ring_in_the_middle_of_its_district():
    picture = drawn(segment("61.07", "unofficial:61.07.07", 1), segment("unofficial:61.07.07", "abroad:serikin", 1))
    assert picture.count('class="crossing"') == 1


def test_the_way_out_and_the_way_home_are_told_apart():
    picture = drawn(segment("61.07", "post:entikong", 1), segment("post:entikong", "61.07", 1))
    assert picture.count('class="flow out"') == picture.count('class="flow home"') == 1


def test_a_node_that_cannot_be_placed_is_left_to_the_table():
    assert widths(drawn(segment("61.07", "unofficial:", 3), segment("61.07", "61.01", 2))) == [WIDEST]


def test_no_flows_give_a_map_without_lines():
    picture = drawn()
    assert "<svg" in picture
    assert widths(picture) == []
