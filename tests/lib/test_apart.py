"""Workbooks that say of themselves what is not so are opened where they can do no harm."""

import io
import pickle
import struct

import pytest
import xlwt

from simpul.lib import apart

BOUNDS = {"most_rows": 200_000, "most_columns": 702, "most_long": (5_000, 52)}
DIMENSIONS = b"\x00\x02\x0e\x00"


def old_workbook(*rows):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def stating(data, *, rows, columns):
    """The workbook, with a record that says its sheet has so many rows and columns."""
    at = data.index(DIMENSIONS) + len(DIMENSIONS)
    return data[:at] + struct.pack("<IIHH", 0, rows, 0, columns) + data[at + 12 :]


def what_came_of(data, **bounds):
    """The cells of the first sheet, or why there are none."""
    try:
        return apart.opened(data, **BOUNDS | bounds)[0][1]
    except apart.Failed as failed:
        return failed.reason


def test_a_workbook_gives_its_sheets():
    ((name, rows, is_hidden, merged),) = apart.opened(old_workbook(["Nama", "Asal"], ["Ani", "Sambas"]), **BOUNDS)
    assert (name, rows, is_hidden, merged) == ("Data", [["Nama", "Asal"], ["Ani", "Sambas"]], False, [])


@pytest.mark.parametrize(("rows", "columns"), [(2**32 - 1, 2**16 - 1), (2**31, 256), (65_536, 65_535)])
def test_a_sheet_that_states_to_be_as_large_as_a_country_ends_nobody(rows, columns):
    data = stating(old_workbook(["Nama", "Asal"], ["Ani", "Sambas"]), rows=rows, columns=columns)
    assert what_came_of(data) in ("broken", "too_wide", "too_large", [["Nama", "Asal"], ["Ani", "Sambas"]])


def test_a_sheet_too_wide_for_its_length_is_refused():
    data = old_workbook(*[["x"] * 3] * 20)
    assert what_came_of(data, most_long=(10, 2)) == "too_wide"
    assert what_came_of(data, most_columns=2) == "too_wide"
    assert what_came_of(data, most_rows=10) == "too_large"


def test_what_is_no_workbook_is_said_to_be_broken():
    assert what_came_of(b"\xd0\xcf\x11\xe0" * 30) == "broken"


def test_one_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(apart, "MOST_SECONDS", 0.001)
    with pytest.raises(apart.Failed):
        apart.opened(old_workbook(["Nama"]), **BOUNDS)


def test_the_process_writes_its_sheets_in_order(monkeypatch):
    monkeypatch.setattr(apart, "_limit", lambda: None)
    out = io.BytesIO()
    apart.main(["200000", "702", "5000", "52"], io.BytesIO(old_workbook(["Nama"], ["Ani"])), out)
    assert pickle.loads(out.getvalue()) == ("", [("Data", [["Nama"], ["Ani"]], False, [])])
