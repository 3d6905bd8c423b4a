"""What `simpul estimate` prints: a table one can read, a picture, and the verdict in sentences."""

import csv
import io
from xml.etree import ElementTree

import pytest

from simpul.console import estimate_result as result
from simpul.insight.methods import capture, capture_table, capture_verdict
from simpul.lib import speech
from tests.insight.methods.captures import australia, drawn_from


@pytest.fixture(scope="module")
def sound():
    table = drawn_from(2500, (0.3, 0.25, 0.3, 0.35), seed=11, tied=(0, 1, 0.4))
    return capture.estimated([table], capture.Settings(draws=200))


@pytest.fixture(scope="module")
def doubtful():
    return capture.estimated([australia()], capture.Settings(draws=200))


def test_a_line_for_each_method(sound):
    lines = list(result.lines(sound))
    for words in result.METHODS.values():
        assert any(line.strip().startswith(words) for line in lines)
    assert all(len(line) < 120 for line in lines)
    assert not any(line != line.rstrip() for line in lines)


def test_the_picture_marks_the_seen_the_estimate_and_the_interval(sound):
    drawn = [line for line in result.lines(sound) if "●" in line]
    assert len(drawn) == 5
    assert all(line.index("│") < line.index("●") for line in drawn)
    assert all("─" in line for line in drawn)


def test_a_number_that_may_be_published_is_rounded(sound):
    first = next(result.verdict_lines(sound))
    assert first.startswith("The number may be published with its interval: about 2,")
    assert result.rounded(25_311.3) == 25_000
    assert result.rounded(87.4) == 87.4


def test_why_a_number_is_withheld_is_said(doubtful):
    said = "\n".join(result.verdict_lines(doubtful))
    assert said.startswith("No number is to be published.")
    assert "Without the list C the estimate changes by a factor of 14.1." in said


def test_methods_that_do_not_count_are_marked(doubtful):
    assert any("does not count" in line for line in result.lines(doubtful))
    assert "orange" in result.as_picture(doubtful)


def test_every_reason_and_refusal_has_a_sentence():
    codes = {
        value
        for name, value in vars(capture_verdict).items()
        if name.isupper() and isinstance(value, str) and value not in {"publish", "range", "withhold"}
    }
    assert codes == set(result.REASONS)
    refusals = {value for name, value in vars(capture_table).items() if name.isupper() and isinstance(value, str)}
    assert refusals == set(result.REFUSALS)
    assert set(result.METHODS) == set(capture.METHODS)


def test_rows_for_a_spreadsheet(sound):
    rows = list(csv.DictReader(io.StringIO(result.as_csv(sound))))
    assert [row["method"] for row in rows] == list(capture.METHODS)
    assert float(rows[1]["low"]) < float(rows[1]["estimate"]) < float(rows[1]["high"])


def test_the_svg_has_a_point_for_each_method_and_stands_alone(sound):
    svg = ElementTree.fromstring(result.as_picture(sound))
    circles = [each for each in svg.iter() if each.tag.endswith("circle")]
    assert len(circles) == 5
    assert "href" not in result.as_picture(sound)


def test_figures_are_written_as_the_language_writes_them(sound):
    with speech.speaking("id"):
        assert any("2.500" in line or "2.4" in line for line in result.lines(sound))


def test_everything_for_programs(sound):
    told = result.told_of(sound)
    assert told["verdict"] == "publish"
    assert set(told["without"]) == set("ABCD")
    assert told["consistency"]["methods"] >= 1
