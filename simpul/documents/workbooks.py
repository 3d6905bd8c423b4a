"""Workbooks: tables that leave the system as XLSX, with a cover, typed columns, and who took them on every page.

Rows are written as they come and held by nobody. What XlsxWriter keeps aside meanwhile lies in memory where the system
offers that: names are not left on a disk.
"""

import shutil
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from simpul.documents.sheets import long_moment

IN_MEMORY = Path("/dev/shm")
WIDEST = 50
LONGEST = 32_767


@dataclass(frozen=True)
class Column:
    """One column: its heading, what kind of value it holds (text, day or number), its width in signs.

    A number that is not told, as "…", is text.
    """

    heading: str
    kind: str = "text"
    width: int = 18


def workbook(*, title, cover, columns, rows, mark, sheet_names):
    """The bytes of a workbook: a cover of (words, value) lines, then a table. `mark` stands at the head of each page.

    `rows` may be a generator; the cover is asked for when the table is done, so that it can tell how many there were.
    """
    # It weighs 15 MB: a process that writes no workbook does without.
    import xlsxwriter

    folder = tempfile.mkdtemp(prefix="simpul-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None)
    try:
        made = BytesIO()
        with xlsxwriter.Workbook(made, _options(folder)) as book:
            book.set_properties({"title": title, "author": mark})
            first, table = (book.add_worksheet(name) for name in sheet_names)
            _table(book, table, columns, rows, mark)
            _cover(book, first, title, cover(), mark)
        return made.getvalue()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def taken(by, at, *, people, withheld):
    """Lines of the cover that every sheet with names has: how many, who took it when, how it is kept secret."""
    lines = [
        (_("People"), people),
        (_("Taken by"), f"{by.full_name}, {by.agency.name}"),
        (_("Taken at"), long_moment(at)),
        (_("Secrecy"), _("Personal data under UU 27/2022. Use it for what it was taken for, then destroy it.")),
    ]
    if withheld:
        lines.append((_("Not named"), _("%(count)d people restricted the use of their data.") % {"count": withheld}))
    return lines


def watermark(by, at, words):
    """What stands on every page: who took it when, and how it is to be kept."""
    told = {"name": by.full_name, "agency": by.agency.name, "moment": f"{localtime(at):%d-%m-%Y %H:%M}"}
    return _("Taken by %(name)s, %(agency)s, %(moment)s.") % told + " " + words


def _options(folder):
    # What begins like a formula or an address is text, whoever wrote it.
    return {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False, "default_date_format": "dd-mm-yyyy"}  # fmt: skip


def _cover(book, sheet, title, lines, mark):
    _paper(sheet, mark)
    bold, large = book.add_format({"bold": True, "valign": "top"}), book.add_format({"bold": True, "font_size": 16})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 80)
    sheet.write_string(0, 0, title, large)
    for number, (words, value) in enumerate(lines, start=2):
        sheet.write_string(number, 0, str(words), bold)
        if isinstance(value, int):
            sheet.write_number(number, 1, value, wrapped)
        else:
            sheet.write_string(number, 1, str(value), wrapped)
    sheet.activate()


def _table(book, sheet, columns, rows, mark):
    _paper(sheet, mark)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    formats = {"text": book.add_format({"num_format": "@"}), "day": book.add_format({"num_format": "dd-mm-yyyy"}),
               "number": None}  # fmt: skip
    for number, column in enumerate(columns):
        sheet.set_column(number, number, min(column.width, WIDEST), formats[column.kind])
        sheet.write_string(0, number, column.heading, head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for number, (column, value) in enumerate(zip(columns, row, strict=True)):
            if value not in (None, ""):
                _write(sheet, last, number, column.kind, value, formats[column.kind])
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _write(sheet, row, number, kind, value, style):
    """Each value by its kind; text is written as text, so that nothing in it is reckoned or opened."""
    if kind == "day":
        sheet.write_datetime(row, number, value, style)
    elif kind == "number" and not isinstance(value, str):
        sheet.write_number(row, number, value, style)
    else:
        sheet.write_string(row, number, neutral(str(value))[:LONGEST], style)


def neutral(text):
    """Text that no program takes for a formula, not even after it was saved as CSV and opened again."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _paper(sheet, mark):
    sheet.set_paper(9)
    # An ampersand begins a command in a header.
    sheet.set_header("&L&8" + mark.replace("&", "&&"))
    sheet.set_footer("&R&8&P / &N")
