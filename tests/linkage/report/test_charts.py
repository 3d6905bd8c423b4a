"""Charts: bars lie where their numbers say."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from simpul.linkage.report import charts


def the_bar(drawing):
    rect = ElementTree.fromstring(drawing).find("rect")
    return rect.get("class"), float(rect.get("x")), float(rect.get("width"))


def test_a_bar_goes_from_where_it_starts():
    assert the_bar(charts.bar(5, least=-10, most=10)) == ("for", 100, 50)
    assert the_bar(charts.bar(-5, least=-10, most=10)) == ("against", 50, 50)
    assert the_bar(charts.bar(-5, start=10, least=-10, most=10)) == ("against", 150, 50)


@pytest.mark.parametrize("value", [0, 1e9, -1e9])
def test_a_bar_stays_within_its_line(value):
    _kind, x, width = the_bar(charts.bar(value, least=-10, most=10))
    assert 0 <= x <= x + width <= charts.BAR_WIDTH + 1
    the_bar(charts.bar(0, least=0, most=0))


def test_the_highest_bar_is_the_commonest_and_nothing_is_no_bar():
    drawing = charts.histogram([0, 1, 1000], edges=[0, 0.25, 0.5, 1.0], cut=0.5, label="how <many>")
    root = ElementTree.fromstring(drawing)
    bars = root.findall("rect")
    heights = [float(bar.get("height")) for bar in bars]
    assert heights[0] == 0 < heights[1] < heights[2] <= charts.PLOT_HEIGHT
    assert [bar.get("class") for bar in bars] == ["below", "below", "for"]
    assert root.get("aria-label") == "how <many>"
    assert re.search(r">1,000</text>", drawing)


def test_a_histogram_of_nothing_is_drawn_too():
    assert ElementTree.fromstring(charts.histogram([0, 0], edges=[0, 0.5, 1], cut=0.5, label="")) is not None


def test_a_histogram_names_its_scales():
    drawing = charts.histogram([3, 4], edges=[0, 0.5, 1], cut=0.5, label="", across="how <sure>", up="pairs")
    texts = [text.text for text in ElementTree.fromstring(drawing).findall("text")]
    assert {"how <sure>", "pairs"} <= set(texts)
