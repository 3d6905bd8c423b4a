"""The months behind a number, as small bars."""

from xml.etree import ElementTree

from simpul.insight.figures import HIDDEN
from simpul.insight.sparkline import HEIGHT, sparkline


def bars(numbers):
    return list(ElementTree.fromstring(sparkline(numbers, title="Reports <received>")))


def test_the_highest_is_as_tall_as_the_picture_and_the_last_is_marked():
    found = bars([1, 4, 2])
    assert [int(bar.get("height")) for bar in found] == [HEIGHT // 4, HEIGHT, HEIGHT // 2]
    assert [bar.get("class") for bar in found] == [None, None, "now"]
    assert all(int(bar.get("y")) + int(bar.get("height")) == HEIGHT for bar in found)


def test_few_are_seen_and_nothing_is_a_line():
    found = bars([1000, 1, 0])
    assert [int(bar.get("height")) for bar in found] == [HEIGHT, 3, 1]


def test_what_is_hidden_or_not_known_leaves_a_gap():
    found = bars([None, HIDDEN, 5])
    assert [int(bar.get("x")) for bar in found] == [21]
    assert bars([None, HIDDEN]) == []


def test_a_picture_says_what_it_shows():
    assert 'aria-label="Reports &lt;received&gt;"' in sparkline([1], title="Reports <received>")
    assert 'role="img"' in sparkline([1], title="")
