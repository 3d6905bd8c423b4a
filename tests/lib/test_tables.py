"""Spreadsheets as rows of cells, and files that are none."""

import io
import random
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter
import xlwt

from simpul.lib import tables
from tests.migrants.reading import sheets


def workbook(fill):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    fill(book)
    book.close()
    return file.getvalue()


def reason_of(data, **more):
    with pytest.raises(tables.Refused) as refused:
        tables.opened(data, **more)
    return refused.value.reason


@pytest.mark.parametrize(
    ("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_have_letters(number, letters):
    assert tables.letter(number) == letters
    assert tables.number_of(letters) == number


def test_a_workbook_gives_cells_merges_errors_and_hidden_sheets():
    def fill(book):
        sheet = book.add_worksheet("A & B")
        sheet.write(1, 1, "x")
        sheet.write_datetime(1, 2, datetime(1990, 8, 7), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
        sheet.merge_range(3, 1, 4, 1, "m", book.add_format())
        book.add_worksheet("H").hide()

    book = tables.opened(workbook(fill))
    sheet, hidden = book.sheets
    assert sheet.rows[1] == ["", "x", date(1990, 8, 7)]
    assert sheet.errors == {(2, 1): "#DIV/0!"}
    assert sheet.rows[2][1] == "#DIV/0!"
    assert sheet.merged == [(3, 1, 4, 1)]
    assert hidden.is_hidden
    assert not book.has_macros


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_a_text_is_read_in_any_encoding_and_with_any_separator(encoding, separator):
    text = "".join(
        f"{separator.join(row)}\r\n" for row in [["Nama", "Asal", "Ket"], ["José", "Sambas", "a b"], ["Ani", "", ""]]
    )
    (sheet,) = tables.opened(text.encode(encoding)).sheets
    assert sheet.rows == [["Nama", "Asal", "Ket"], ["José", "Sambas", "a b"], ["Ani", "", ""]]


def test_quoted_cells_may_hold_separators_and_lines():
    (sheet,) = tables.opened(b'sep=;\na;"b;c"\n1;"two\r\nlines"\n').sheets
    assert sheet.rows == [[], ["a", "b;c"], ["1", "two\nlines"]]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\x00\x00 \n", "empty"),
        (b"%PDF-1.4", "pdf"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"PK\x03\x04abc", "broken"),
        (b"  <!DOCTYPE html><html>", "html"),
        (b"<?xml version='1.0'?><a/>", "xml"),
        (b"{\\rtf1", "rtf"),
        (b"\x1f\x8b\x08", "archive"),
        (bytes(range(1, 32)) * 9, "unknown"),
        (tables._OLE + bytes(600), "unknown"),
        (tables._OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
        (tables._OLE + bytes(600) + "WordDocument".encode("utf-16-le"), "doc"),
        (tables._OLE + bytes(600) + "Workbook".encode("utf-16-le"), "broken"),
    ],
)
def test_what_is_no_table_is_refused_with_what_it_is(data, reason):
    assert reason_of(data) == reason


@pytest.mark.parametrize(
    ("part", "reason"), [("word/document.xml", "docx"), ("xl/workbook.bin", "xlsb"), ("a.txt", "archive")]
)
def test_other_archives_are_told_apart(part, reason):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(part, "x")
    assert reason_of(file.getvalue()) == reason


def small():
    return workbook(lambda book: book.add_worksheet().write_row(0, 0, ["a", "b"]))


def test_a_small_file_that_unpacks_to_a_mountain_is_never_opened():
    assert reason_of(small(), most_unpacked=500) == "too_large"
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small())) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
        new.writestr("xl/worksheets/sheet2.xml", b" " * (tables.MOST_UNPACKED + 1))
    assert len(file.getvalue()) < 1_000_000
    assert reason_of(file.getvalue()) == "too_large"


def test_a_stray_cell_does_not_make_a_wall():
    assert reason_of(workbook(lambda book: book.add_worksheet().write(0, 16_000, "x"))) == "too_wide"
    assert reason_of(workbook(lambda book: book.add_worksheet().write(1_000_000, 0, "x"))) == "too_large"


def test_a_format_far_below_is_no_row():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.set_row(1_000_000, 30)

    assert len(tables.opened(workbook(fill)).sheets[0].rows) == 1


def test_too_many_rows_are_refused():
    assert reason_of(b"a;b\n" * 11, most_rows=10) == "too_large"


def test_a_damaged_workbook_is_refused():
    data = bytearray(small())
    middle = len(data) // 2
    data[middle : middle + 40] = bytes(40)
    assert reason_of(bytes(data)) in {"broken", "archive"}


def test_a_long_file_is_read_row_by_row(tmp_path):
    path = tmp_path / "long.csv"
    path.write_bytes(b"a;b\n" * 1000)
    (stream,) = tables.streams(path, sample=10)
    assert len(stream.start) == 10
    assert sum(1 for _ in stream.rows()) == 1000


def test_a_workbook_is_streamed_with_its_columns_in_place(tmp_path):
    path = tmp_path / "long.xlsx"
    path.write_bytes(
        workbook(lambda book: [sheet.write(row, 1, row) for sheet in [book.add_worksheet()] for row in range(2, 30)])
    )
    (stream,) = tables.streams(path, sample=5)
    rows = list(stream.rows())
    assert len(rows) == 30
    assert rows[29] == ["", 29.0]


# Damage


def files_in_order():
    """A good file of each kind, small."""
    rows = [["No", "Nama", "NIK"], [1, "Ani Sari", "6107074708900001"], [2, "Budi", "6107073112850002"]]

    def fill(book):
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    old = xlwt.Workbook()
    sheet = old.add_sheet("Data")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    file = io.BytesIO()
    old.save(file)
    texts = "\n".join(";".join(map(str, row)) for row in rows).encode()
    ods = sheets.of_ods([[str(cell) for cell in row] for row in rows])
    return {"xlsx": workbook(fill), "csv": texts, "ods": ods, "xls": file.getvalue()}


def spoilt(chance, data):
    """The bytes with some of them changed, and sometimes without their end."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 30])):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed[: chance.randrange(len(changed))] if chance.random() < 0.2 else changed)


def spoilt_within(chance, data):
    """The archive with one of its parts spoilt, and packed again as if nothing were wrong."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as again:
        hit = chance.choice(packed.namelist())
        for name in packed.namelist():
            content = packed.read(name)
            again.writestr(name, spoilt(chance, content) if name == hit and content else content)
    return out.getvalue()


def test_three_hundred_damaged_files_are_read_or_refused_and_nothing_else():
    good = files_in_order()
    assert {kind: tables.opened(data).sheets[0].rows[1][1] for kind, data in good.items()} == dict.fromkeys(
        good, "Ani Sari"
    )
    refused = 0
    for seed in range(300):
        chance = random.Random(seed)
        kind = ("xlsx", "xlsx", "csv", "csv", "xlsx", "csv", "ods", "xls")[seed % 8]
        is_within = kind in ("xlsx", "ods") and chance.random() < 0.6
        data = spoilt_within(chance, good[kind]) if is_within else spoilt(chance, good[kind])
        try:
            tables.opened(data)
        except tables.Refused:
            refused += 1
    assert refused > 100


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="XFD1048576"><v>1</v></c>',
        "<x:c s=\"1\" r='A99999999'><v>1</v></x:c>",
        '<c\nr="CA99999"><v>1</v></c>',
    ],
)
def test_a_cell_that_lies_elsewhere_than_its_row_is_found_before_it_is_made_room_for(cell):
    def fill(book):
        book.add_worksheet("Data").write(0, 0, 1)

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(fill))) as packed, zipfile.ZipFile(out, "w") as again:
        for name in packed.namelist():
            again.writestr(name, packed.read(name).replace(b'<c r="A1"><v>1</v></c>', cell.encode()))
    assert reason_of(out.getvalue()) in ("too_wide", "too_large")


def test_a_sheet_that_states_to_be_as_large_as_a_country_is_refused():
    data = files_in_order()["xls"]
    at = data.index(b"\x00\x02\x0e\x00") + 4
    huge = data[:at] + b"\x00\x00\x00\x00\x00\x00\x00\x80\x00\x00\x00\x01" + data[at + 12 :]
    assert reason_of(huge) in ("broken", "too_large", "too_wide")
