"""Sheets for the tests of the reader: made here, of people who do not exist."""

import csv
import io
import zipfile
from datetime import date

import xlsxwriter
import xlwt

from simpul.migrants.reading import reader
from simpul.places import gazetteer

TODAY = date(2026, 2, 1)
ANI = "6107074708900001"
BUDI = "6107073112850002"


def of_csv(rows, *, separator=";", encoding="utf-8"):
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue().encode(encoding)


def of_lines(text):
    """Rows from lines with | between the cells."""
    return of_csv([line.strip().split("|") for line in text.strip().splitlines()])


def of_xlsx(fill, **options):
    """A workbook that `fill(workbook)` writes."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, options)
    fill(book)
    book.close()
    return file.getvalue()


def of_xls(rows, *, name="Data"):
    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    day = xlwt.XFStyle()
    day.num_format_str = "DD/MM/YYYY"
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell, day) if isinstance(cell, date) else sheet.write(row, column, cell)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def of_ods(rows, *, name="Data"):
    """Cells are texts; (text, rows) spans rows, None is covered by one above."""
    body = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="{name}">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
    return file.getvalue()


def _cell(cell):
    if cell is None:
        return "<table:covered-table-cell/>"
    text, rows = cell if isinstance(cell, tuple) else (cell, 1)
    span = f' table:number-rows-spanned="{rows}" table:number-columns-spanned="1"' if rows > 1 else ""
    return f'<table:table-cell{span} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def places():
    return gazetteer.of_package()


def read(data, filename="daftar.xlsx", **more):
    return reader.read(data, filename=filename, today=TODAY, gazetteer=places(), **more)


def read_lines(text, **more):
    """The reading of lines with | between the cells."""
    return read(of_lines(text), "daftar.csv", **more)


def codes(reading):
    """{heading: code} of the columns."""
    return {column.heading: column.code for column in reading.columns}


def values(reading, *keys):
    """What was understood of each row under some keys."""
    return [tuple(row.values.get(key) for key in keys) for row in reading.rows]


def errors(reading):
    return [problem for problem in reading.problems if problem.kind == "error"]
