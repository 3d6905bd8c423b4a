"""The cells of a line as they were read; one in question shows what stands in the file."""

from datetime import date

import pytest

from simpul.desk.templatetags import sheets
from simpul.migrants.reading.findings import WARNING, Problem, Row

pytestmark = pytest.mark.django_db


def line(values, written=None, *problems):
    return Row(7, "", {"name": "Melati Kusuma"} | values, written or {}, problems)


def cell(row, number, layout="manifest"):
    return sheets.cells(row, layout)[number]


def test_a_line_has_a_cell_for_each_heading():
    for layout in ("manifest", "register"):
        assert len(sheets.cells(line({}), layout)) == len(sheets.headings(layout))


def test_a_birth_is_told_as_deep_as_it_is_known():
    assert cell(line({"birth_date": date(1990, 8, 12)}), 2).text == "12-08-1990"
    assert cell(line({"birth_year": 1990}), 2).text == "1990"
    assert "35" in cell(line({"age": 35}), 2).text
    assert cell(line({}), 2).text == ""


def test_a_cell_in_question_shows_what_stands_there_and_why_it_is_asked():
    wrong = Problem(7, "birth_date", "Tgl Lahir", "D7", "31-02-1990", "This is no day.")
    found = cell(line({}, {"birth_date": "31-02-1990"}, wrong), 2)
    assert (found.text, found.mark, found.say) == ("31-02-1990", "asked", "This is no day.")


def test_a_cell_that_contradicts_another_keeps_its_value():
    wrong = Problem(7, "age", "Umur", "E7", "12", "The age contradicts the birth.", kind=WARNING)
    found = cell(line({"birth_date": date(1990, 8, 12)}, {"age": "12"}, wrong), 2)
    assert (found.text, found.mark) == ("12-08-1990", "looked")


def test_an_unclear_village_shows_words_and_what_is_certain():
    wrong = Problem(7, "village", "Desa", "G7", "Xyz", "Which village?")
    found = cell(line({"district_code": "61.07.07"}, {"village": "Xyz"}, wrong), 5)
    assert found.text.startswith("Xyz (Kec. Jagoi Babang, Kab. Bengkayang")
    assert found.mark == "asked"


def test_values_of_catalogues_are_told_in_words():
    assert cell(line({"reason": "no_passport"}), 6).text != "no_passport"
    assert cell(line({"status": "abroad"}), 5, "register").text != "abroad"


def test_lines_that_are_no_person_are_known():
    assert sheets.is_left_out(line({}), {(7, "")})
    assert not sheets.is_left_out(line({}), set())
    assert sheets.item({"a": 1}, "a") == 1
    assert sheets.item(None, "a") is None
