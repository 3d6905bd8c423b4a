"""Sheets of cells and the files that hold them: XLSX, XLS, ODS and CSV in several encodings."""

import csv
import io
import zipfile
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

from simpul.lib import tables


class Formula(NamedTuple):
    text: str
    value: object


@dataclass
class Sheet:
    """A grid of cells with merged ranges (first row, first column, last row, last column; all from 0)."""

    name: str
    rows: list = field(default_factory=list)
    merged: list = field(default_factory=list)

    def add(self, *cells):
        """Add a row; its number as a spreadsheet counts."""
        self.rows.append(list(cells))
        return len(self.rows)

    def title(self, text, *, width):
        number = self.add(text)
        self.merged.append((number - 1, 0, number - 1, max(width - 1, 1)))

    def merge_down(self, column, first, last):
        """Merge rows `first` to `last` (as a spreadsheet counts) of a column."""
        if last > first:
            self.merged.append((first - 1, column, last - 1, column))


@dataclass
class Sample:
    """A file and its truth: `people` are (sheet, row, {field: value}); `doubtful` fields may be empty, never wrong."""

    data: bytes
    filename: str
    people: list
    printed: dict = field(default_factory=dict)
    differs: bool = False
    header: dict = field(default_factory=dict)
    doubtful: frozenset = frozenset()
    told: str = ""


def encoded(sheets, kind, *, name="daftar"):
    """(bytes, file name) of the sheets in one of the formats."""
    if kind.startswith("csv"):
        encoding = {"bom": "utf-8-sig", "utf-16": "utf-16", "cp1252": "cp1252"}.get(kind[4:], "utf-8")
        return as_csv(
            sheets[0], delimiter=kind[3], encoding=encoding
        ), f"{name}.{'tsv' if kind[3] == chr(9) else 'csv'}"
    return {"xlsx": as_xlsx, "xls": as_xls, "ods": as_ods}[kind](sheets), f"{name}.{kind}"


def as_xlsx(sheets):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    dated = book.add_format({"num_format": "dd/mm/yyyy"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for span in sheet.merged:
            page.merge_range(*span, "")
        for number, row in enumerate(sheet.rows):
            for place, value in enumerate(row):
                _write_xlsx(page, number, place, value, dated)
    book.close()
    return out.getvalue()


def _write_xlsx(page, row, column, value, dated):
    if value is None or value == "":
        return
    if isinstance(value, Formula):
        page.write_formula(row, column, value.text, None, value.value)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, dated)
    elif isinstance(value, str):
        page.write_string(row, column, value)
    else:
        page.write_number(row, column, value)


def as_xls(sheets):
    book = xlwt.Workbook()
    dated = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for sheet in sheets:
        page = book.add_sheet(sheet.name, cell_overwrite_ok=True)
        for first, left, last, right in sheet.merged:
            page.merge(first, last, left, right)
        for number, row in enumerate(sheet.rows):
            for place, value in enumerate(row):
                value = value.value if isinstance(value, Formula) else value
                if value is not None and value != "":
                    page.write(number, place, value, dated if isinstance(value, date) else xlwt.Style.default_style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    "{}</office:spreadsheet></office:body></office:document-content>"
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def as_ods(sheets):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        file.writestr("META-INF/manifest.xml", _MANIFEST)
        file.writestr("content.xml", _ODS.format("".join(map(_ods_table, sheets))), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _ods_table(sheet):
    spans = {(first, left): (last - first + 1, right - left + 1) for first, left, last, right in sheet.merged}
    covered = {
        (row, column)
        for first, left, last, right in sheet.merged
        for row in range(first, last + 1)
        for column in range(left, right + 1)
    } - set(spans)
    width = max((len(row) for row in sheet.rows), default=1)
    width = max([width, *(right + 1 for *_, right in sheet.merged)])
    lines = []
    for number, row in enumerate(sheet.rows):
        cells = [*row, *[None] * (width - len(row))]
        line = "".join(
            "<table:covered-table-cell/>"
            if (number, place) in covered
            else _ods_cell(value, spans.get((number, place)))
            for place, value in enumerate(cells)
        )
        lines.append(f"<table:table-row>{line}</table:table-row>")
    return f'<table:table table:name="{escape(sheet.name)}">{"".join(lines)}</table:table>'


def _ods_cell(value, span):
    value = value.value if isinstance(value, Formula) else value
    spanned = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    if value is None or value == "":
        return f"<table:table-cell{spanned}/>"
    if isinstance(value, date):
        kind = f' office:value-type="date" office:date-value="{value.isoformat()}"'
        text = f"{value:%d/%m/%Y}"
    elif isinstance(value, str):
        kind, text = ' office:value-type="string"', value
    else:
        kind, text = f' office:value-type="float" office:value="{value!r}"', f"{value:g}"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell{kind}{spanned}>{lines}</table:table-cell>"


def as_csv(sheet, *, delimiter=";", encoding="utf-8"):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    width = max(len(row) for row in sheet.rows)
    for row in sheet.rows:
        cells = [_csv_text(value).replace("\n", " ") for value in row]
        writer.writerow([*cells, *[""] * (width - len(cells))])
    return out.getvalue().encode(encoding, errors="replace")


def _csv_text(value):
    if isinstance(value, Formula):
        value = value.value
    if value is None:
        return ""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def sheet_sample(sheets, people, *, kind="xlsx", name="daftar", **more):
    data, filename = encoded(sheets, kind, name=name)
    return Sample(data, filename, people, **more)


def with_an_empty_column(sample, place):
    """A text file with an empty column before one of its columns, never before the first."""
    (sheet,) = tables.opened(sample.data).sheets
    width = max(map(len, sheet.rows))
    at = 1 + place % max(width - 1, 1)
    rows = [[*row[:at], "", *row[at:]] if len(row) > at else row for row in sheet.rows]
    return replace(sample, data=as_csv(Sheet("", rows=rows)), filename="daftar.csv")


def printable(sheet):
    """The sheet without characters that a file of XML cannot hold."""
    rows = [
        ["".join(c for c in cell if c.isprintable()) if isinstance(cell, str) else cell for cell in row]
        for row in sheet.rows
    ]
    return Sheet(sheet.name, rows=rows)
