"""Registers too long to hold: planned from their beginning, read row by row."""

from datetime import date

import pytest

from simpul.migrants.reading import files, stream
from tests.migrants.reading.sheets import TODAY, of_csv, of_xlsx, places

HEAD = [["REGISTER"], [], ["No", "Nama", "L/P", "Tgl Lahir", "Kab"]]


def rows(count):
    return [[number, f"Ani {'ABCDEFGH'[number % 8]}", "P", "07-08-1990", "Sambas"] for number in range(1, count + 1)]


def streamed(path, **more):
    return stream.stream(path, today=TODAY, gazetteer=places(), **more)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rows_come_one_by_one_and_all_of_them(tmp_path, kind):
    path = tmp_path / f"register.{kind}"
    content = HEAD + rows(250)

    def fill(book):
        sheet = book.add_worksheet()
        for number, row in enumerate(content):
            sheet.write_row(number, 0, row)

    path.write_bytes(of_csv(content) if kind == "csv" else of_xlsx(fill))
    found = streamed(path, sample=100)
    assert [column.code for column in found.columns] == ["number", "name", "sex", "birth_date", "regency"]
    read = list(found)
    assert len(read) == 250
    assert read[249].row == 253
    assert read[249].values["birth_date"] == date(1990, 8, 7)
    assert read[249].values["regency_code"] == "61.01"


def test_a_row_far_below_the_sample_tells_its_own_problems(tmp_path):
    path = tmp_path / "register.csv"
    path.write_bytes(of_csv([*HEAD, *rows(50), [51, "Budi", "L", "31-02-1990", "Sambas"]]))
    last = list(streamed(path, sample=20))[-1]
    assert [problem.cell for problem in last.problems] == ["D54"]


def test_an_odd_byte_far_below_does_not_change_what_came_before(tmp_path):
    path = tmp_path / "register.csv"
    path.write_bytes(of_csv([*HEAD, *rows(3000)]) + "3001;José;L;07-08-1990;Sambas\n".encode("cp1252"))
    assert list(streamed(path))[-1].values["name"] == "José"


def test_a_file_without_names_is_refused(tmp_path):
    path = tmp_path / "register.csv"
    path.write_bytes(b"a;b\n1;2\n")
    with pytest.raises(files.FileError):
        streamed(path)
    path.write_bytes(b"%PDF-1.4")
    with pytest.raises(files.FileError):
        streamed(path)
