"""Intervals on a logarithmic scale: each method in its row, the seen beside them, nothing that cannot be drawn."""

from xml.etree import ElementTree

from simpul.insight.interval_chart import intervals

ROWS = [
    ("independen", 400, 300, 520, False),
    ("model <terbaik>", 900, 450, 4000, True),
    ("kelas", 700, None, None, True),
]


def drawn(**told):
    return intervals(ROWS, **{"seen": 210, "seen_words": "terlihat", "title": "Berapa", "words": str} | told)


def test_it_is_a_picture_with_its_words_and_escaped_names():
    found = drawn()
    ElementTree.fromstring(found)
    assert 'aria-label="Berapa"' in found
    assert "model &lt;terbaik&gt;: 900 (450–4000)" in found
    assert found.count("<circle") == 3
    assert found.count('class="line') == 2


def test_what_does_not_count_is_in_the_other_colour():
    assert 'class="line l1"' in drawn()
    assert drawn().count('class="l0"') == 2


def test_a_larger_number_lies_farther_to_the_right():
    root = ElementTree.fromstring(drawn())
    at = [float(dot.get("cx")) for dot in root.iter("{http://www.w3.org/2000/svg}circle")]
    assert at[0] < at[2] < at[1]


def test_the_seen_are_drawn_only_where_they_may_be_told():
    assert "terlihat" in drawn()
    assert "terlihat" not in drawn(seen=None)
