"""Workbooks: typed columns, text that is never reckoned, who took it on every page, nothing left on the disk."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from simpul.documents import workbooks
from simpul.documents.workbooks import Column, neutral, workbook

MARK = "Diambil oleh Rina & Budi, 03-08-2026 09:00"


def made(rows, columns=None):
    columns = columns or [Column("Nama"), Column("NIK"), Column("Lahir", "day"), Column("Tahun", "number")]
    return workbook(
        title="Register", cover=lambda: [("Wilayah", "Jagoi"), ("Orang", 2)], columns=columns, rows=iter(rows),
        mark=MARK, sheet_names=("Sampul", "Register"),
    )  # fmt: skip


def table(book, number=1):
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(number).to_python()


def xml(book, name):
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        return packed.read(name).decode()


def test_a_day_is_a_day_a_number_a_number_and_a_nik_is_text():
    book = made([["Anggrek", "6107075208900001", date(1990, 8, 12), 1990]])
    assert table(book)[1] == ["Anggrek", "6107075208900001", date(1990, 8, 12), 1990.0]


def test_the_cover_says_what_it_is():
    assert table(made([]), 0)[0][0] == "Register"
    assert ["Orang", 2.0] in table(made([]), 0)


def test_the_head_of_every_page_says_who_took_it():
    book = made([["Anggrek", "", None, None]])
    for sheet in ("sheet1", "sheet2"):
        assert "Diambil oleh Rina &amp;&amp; Budi" in xml(book, f"xl/worksheets/{sheet}.xml")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "http://x"])
def test_text_is_never_a_formula_or_an_address(text):
    book = made([[text, "", None, None]])
    sheet = xml(book, "xl/worksheets/sheet2.xml")
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert str(table(book)[1][0]).strip("\t'") == text.strip("\t")


def test_what_begins_like_a_formula_stays_text_in_any_other_program_too():
    assert neutral("=1+1") == "'=1+1"
    assert neutral("Anggrek") == "Anggrek"


def test_the_table_has_its_heading_on_every_page_and_a_filter():
    book = made([["Anggrek", "", None, None]] * 3)
    assert "_xlnm.Print_Titles" in xml(book, "xl/workbook.xml")
    assert 'autoFilter ref="A1:D4"' in xml(book, "xl/worksheets/sheet2.xml")


def test_nothing_is_left_behind_where_it_was_made(monkeypatch, tmp_path):
    monkeypatch.setattr(workbooks, "IN_MEMORY", tmp_path)
    seen = []

    def rows():
        seen.extend(each.name for each in tmp_path.iterdir())
        yield ["Anggrek", "", None, None]

    made(rows())
    assert seen, "the test must see where it is made"
    assert list(tmp_path.iterdir()) == []


def test_rows_that_fail_leave_nothing_behind_either(monkeypatch, tmp_path):
    monkeypatch.setattr(workbooks, "IN_MEMORY", tmp_path)

    def rows():
        yield ["Anggrek", "", None, None]
        raise ValueError

    with pytest.raises(ValueError):
        made(rows())
    assert list(tmp_path.iterdir()) == []


def test_moments_are_written_as_days_too():
    assert table(made([["Anggrek", "", datetime(1990, 8, 12), None]]))[1][2] == date(1990, 8, 12)


def test_the_folder_in_memory_is_used_where_there_is_one():
    assert Path("/dev/shm") == workbooks.IN_MEMORY
