"""Plots: numbers stand where they belong, and names cannot break out of the picture."""

from xml.etree import ElementTree

import pytest

from simpul.lib.plot import Plot, Scale
from simpul.lib.speech import speaking

SVG = "{http://www.w3.org/2000/svg}"


def drawn(plot):
    return ElementTree.fromstring(plot.svg())


@pytest.mark.parametrize(
    ("scale", "ticks"),
    [
        (Scale(0, 10, 0, 100), [0, 2, 4, 6, 8, 10]),
        (Scale(0, 1, 0, 100), [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (Scale(8700, 15700, 0, 100), [10000, 12000, 14000]),
        (Scale(1, 1000, 0, 100, is_log=True), [1, 10, 100, 1000]),
        (Scale(5, 5, 0, 100), [5]),
    ],
)
def test_ticks_are_round_and_inside(scale, ticks):
    assert scale.ticks() == pytest.approx(ticks)


def test_values_lie_on_their_scale():
    assert Scale(0, 10, 0, 100).at(2.5) == 25
    assert Scale(0, 10, 100, 0).at(10) == 0
    assert Scale(1, 100, 0, 100, is_log=True).at(10) == 50


def test_what_lies_outside_stands_at_the_edge():
    assert Scale(0, 10, 0, 100).at(float("inf")) == 100
    assert Scale(0, 10, 0, 100).at(-3) == 0


def test_rows_stand_in_their_order_and_bars_within_them():
    plot = Plot((0, 100), rows=["first", "second"], title="Two")
    plot.bar(0, 50, 0, told="fifty")
    plot.point(100, 1)
    svg = drawn(plot)
    names = [text for text in svg.iter(f"{SVG}text") if text.text in ("first", "second")]
    assert float(names[0].get("y")) < float(names[1].get("y"))
    bar = next(rect for rect in svg.iter(f"{SVG}rect") if rect.find(f"{SVG}title") is not None)
    assert bar.find(f"{SVG}title").text == "fifty"
    assert abs(float(bar.get("y")) + 8 - (float(names[0].get("y")) - 4)) < 1


def test_a_name_is_text_and_no_markup():
    plot = Plot((0, 1), title="<script>", x_label='"&')
    plot.text(0, 0, "</text><script>")
    svg = drawn(plot)
    assert not list(svg.iter(f"{SVG}script"))


def test_figures_are_written_as_the_language_writes_them():
    with speaking("id"):
        assert "10.000" in Plot((8700, 15700)).svg()


def test_a_long_note_is_laid_over_several_lines_and_never_cut():
    note = "a note that says a good deal more than fits " * 5
    plot = Plot((0, 1), note=note)
    lines = [
        text for text in drawn(plot).iter(f"{SVG}text") if "note" in (text.text or "") or "fits" in (text.text or "")
    ]
    assert " ".join(line.text for line in lines[::-1]) == note.strip()
    assert len(lines) > 1
    assert all(len(line.text) < 110 for line in lines)
    assert plot.height > Plot((0, 1), note="short").height
