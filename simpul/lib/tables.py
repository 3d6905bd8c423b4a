"""Spreadsheets as rows of cells: XLSX, XLSM, XLS, ODS and text with separators; whatever else it is, said by a code.

A workbook is measured before it is opened, so that a small file that unpacks to mountains never does. Nothing in a
file is run: of a formula the last result is read, and macros are only noticed.
"""

import codecs
import csv
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import cast

import python_calamine as calamine

from simpul.lib import apart

Cell = str | int | float | bool | date | datetime | time | timedelta
Row = list[Cell]

MOST_UNPACKED = 100 * 1024 * 1024
MOST_ROWS = 200_000
MOST_ROWS_OF_ALL = 1_048_576
MOST_COLUMNS = 702

# A sheet is held as a full rectangle; one stray cell far to the right must not make it a wall.
WIDE, LONG = 52, 5_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNS = (
    (b"%PDF", "pdf"),
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"{\\rtf", "rtf"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
_OLE_PARTS = (
    ("EncryptedPackage", "password"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
_MARKUP = re.compile(rb"^\s*<(!doctype html|html|head|table|meta|style|body)", re.IGNORECASE)
_FORMULA_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*?\bt="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]{1,20})</v>'
)
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:.-]+)="([^"]*)"')
# Whatever its row says, a cell lies where it says itself; one without a value is only a format.
_CELL = rb"""<c r="%s"[^>/]*>"""
_CELL_IN_ANY_WAY = rb"""[<:]c\s(?:[^>]*?\s)?r\s*=\s*["']%s["'][^>/]*>"""
_PLACES = (rb"[A-Za-z]{3}\d+", rb"[B-Zb-z][A-Za-z]\d+", rb"[A-Za-z]+(\d{5,})")
_FAR_WIDE_LOW = [re.compile(_CELL % place) for place in _PLACES]
_FAR_WIDE_LOW_IN_ANY_WAY = [re.compile(_CELL_IN_ANY_WAY % place) for place in _PLACES]
_CELL_BEGINS = [b"<c ", b":c ", *(b"<c" + sign for sign in (b"\t", b"\n", b"\r")), b":c\t", b":c\n", b":c\r"]
_ROW_NUMBER = re.compile(rb'<row [^>]*?\br="(\d+)"')
_SEPARATORS = (";", "\t", ",", "|")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Refused(Exception):
    """A file that is no table to read. `reason` is a code: empty, password, broken, pdf, too_large, ..."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Sheet:
    """One sheet. `merged` holds (top, left, bottom, right), counted from 0; `errors` those of formulas, by cell."""

    name: str
    rows: list[Row]
    is_hidden: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """A file that was opened: its kind ("xlsx", "xls", "ods", "csv"), its sheets, and whether it carries macros."""

    kind: str
    sheets: list[Sheet]
    has_macros: bool = False


def letter(number: int) -> str:
    """The letters of a column counted from 0: 0 is "A", 27 is "AB"."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = _LETTERS[rest] + letters
    return letters


def number_of(letters: str) -> int:
    """The column, counted from 0, that letters name: "AB" is 27."""
    number = 0
    for each in letters:
        number = number * 26 + _LETTERS.index(each) + 1
    return number - 1


def kind_of(data: bytes) -> str:
    """What a file is by its own bytes, whatever its name says."""
    if not data.strip(b"\x00\r\n\t "):
        return "empty"
    for sign, kind in _SIGNS:
        if data.startswith(sign):
            return kind
    if data.startswith(_OLE):
        return next((kind for part, kind in _OLE_PARTS if part.encode("utf-16-le") in data), "unknown")
    if data.startswith(b"PK"):
        return _kind_of_zip(data)
    return _kind_of_text(data)


def opened(data: bytes, *, most_unpacked: int = MOST_UNPACKED, most_rows: int = MOST_ROWS) -> Book:
    """The sheets of a file; raises `Refused`."""
    with _refusing():
        kind = kind_of(data)
        if kind == "csv":
            return Book("csv", [Sheet("", _text_rows(data, most_rows))])
        if kind not in ("xlsx", "xls", "ods"):
            raise Refused(kind)
        packed = None if kind == "xls" else _measured(data, kind, most_unpacked, most_rows)
        return _workbook(data, kind, packed, most_rows)


@contextmanager
def _refusing() -> Iterator[None]:
    """Whatever a damaged file makes its readers raise is a refusal; so is the panic of one, which is no Exception."""
    try:
        yield
    except Refused:
        raise
    except BaseException as problem:
        if isinstance(problem, OSError) and problem.filename is not None:
            # The disk says so, not the file: it is not there, or not for us.
            raise
        if not isinstance(problem, Exception) and type(problem).__name__ != "PanicException":
            raise
        is_locked = isinstance(problem, calamine.PasswordError) or "password" in str(problem).lower()
        raise Refused("password" if is_locked else "broken") from problem


@dataclass(frozen=True)
class Stream:
    """One sheet of a file that is too long to hold: its first rows, and all of them one at a time."""

    name: str
    is_hidden: bool
    start: list[Row]
    rows: Callable[[], Iterator[Row]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def streams(path: Path, *, sample: int, most_unpacked: int = 10 * MOST_UNPACKED) -> list[Stream]:
    """The sheets of a file, to be read row by row; raises `Refused`. A text is never held whole."""
    with _refusing():
        with open(path, "rb") as file:
            kind = kind_of(file.read(65_536)) if path.stat().st_size > 65_536 else kind_of(file.read())
        if kind == "csv":
            return [_text_stream(path, sample)]
        data = path.read_bytes()
        kind = kind_of(data)
        if kind not in ("xlsx", "xls", "ods"):
            raise Refused(kind)
        if kind != "xls":
            _measured(data, kind, most_unpacked, MOST_ROWS_OF_ALL)
        if kind != "xlsx":
            return [_held_stream(sheet, sample) for sheet in _sheets_apart(data, MOST_ROWS_OF_ALL, {})]
        book = calamine.load_workbook(io.BytesIO(data))
        abouts = [each for each in book.sheets_metadata if each.typ == calamine.SheetTypeEnum.WorkSheet]
        return [_sheet_stream(book.get_sheet_by_name(about.name), about, sample) for about in abouts]


def _held_stream(sheet: Sheet, sample: int) -> Stream:
    return Stream(sheet.name, sheet.is_hidden, sheet.rows[:sample], lambda: iter(sheet.rows), sheet.merged)


def _sheet_stream(sheet: calamine.CalamineSheet, about: calamine.SheetMetadata, sample: int) -> Stream:
    left: Row = [""] * (sheet.start[1] if sheet.start else 0)

    def rows() -> Iterator[Row]:
        with _refusing():
            for row in sheet.iter_rows():
                yield [*left, *row] if left else row

    hidden = about.visible != calamine.SheetVisibleEnum.Visible
    return Stream(about.name, hidden, list(itertools.islice(rows(), sample)), rows, _merged(sheet.merged_cell_ranges))


def _text_stream(path: Path, sample: int) -> Stream:
    encoding = _encoding_of_file(path)

    def rows() -> Iterator[Row]:
        with open(path, encoding=encoding, errors="replace" if encoding == "cp1252" else "strict") as file:
            yield from text_rows(file, separator)

    with open(path, encoding=encoding, errors="replace") as file:
        separator = separator_of(file.read(20_000).lstrip("\ufeff"))
    return Stream("", False, list(itertools.islice(rows(), sample)), rows)


def _encoding_of_file(path: Path) -> str:
    """The encoding of a long text: one byte far below can tell that it is not UTF-8."""
    with open(path, "rb") as file:
        encoding = encoding_of(file.read(4096))
        if encoding != "utf-8":
            return encoding
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while block := file.read(1 << 20):
                decoder.decode(block)
        except UnicodeDecodeError:
            return "cp1252"
    return encoding


def text_rows(lines: Iterator[str], separator: str) -> Iterator[Row]:
    """Rows of a text with separators, one at a time."""
    try:
        yield from csv.reader(lines, delimiter=separator)
    except csv.Error as problem:
        raise Refused("broken") from problem


def encoding_of(data: bytes) -> str:
    """The encoding of a text, by its first bytes: UTF-8 and UTF-16 with or without their mark, else Windows."""
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data[1:400:2].count(0) > 50 or (len(data) < 200 and data[1::2].count(0) * 2 > len(data[1::2])):
        return "utf-16-le"
    if data[0:400:2].count(0) > 50:
        return "utf-16-be"
    try:
        # The end may cut a letter of several bytes in two when only a beginning is looked at.
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return "utf-8" if problem.start >= len(data) - 3 and problem.reason == "unexpected end of data" else "cp1252"
    return "utf-8"


def separator_of(text: str) -> str:
    """The sign between the cells: the one that splits most lines into the same number of cells."""
    if text[:4].lower() == "sep=":
        return text[4:5]
    best, best_score = ",", 0.0
    for sign in _SEPARATORS:
        try:
            rows = list(csv.reader(io.StringIO(text), delimiter=sign))
        except csv.Error:
            continue
        widths = [len(row) for row in rows if len(row) > 1]
        if not widths:
            continue
        commonest = max(set(widths), key=widths.count)
        score = widths.count(commonest) / len(rows) * min(commonest, 12)
        if widths.count(commonest) == len(rows) and commonest > 2:
            # What splits the headings as it splits every line is hardly part of a text, however full of it texts are.
            score *= 3
        if score > best_score:
            best, best_score = sign, score
    return best


def _kind_of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
            if "content.xml" in names:
                return _kind_of_ods(packed, names)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, zlib.error):
        return "broken"
    if "xl/workbook.xml" in names:
        return "xlsx"
    parts = {"word/": "docx", "ppt/": "pptx", "xl/workbook.bin": "xlsb", "Index/": "numbers"}
    return next((kind for part, kind in parts.items() if any(name.startswith(part) for name in names)), "archive")


def _kind_of_ods(packed: zipfile.ZipFile, names: set[str]) -> str:
    manifest = "META-INF/manifest.xml"
    is_small = manifest in names and packed.getinfo(manifest).file_size < 1_000_000
    if is_small and b"encryption-data" in packed.read(manifest):
        return "password"
    sign = packed.read("mimetype")[:100] if "mimetype" in names and packed.getinfo("mimetype").file_size < 200 else b""
    return "odt" if b"text" in sign else "ods"


def _kind_of_text(data: bytes) -> str:
    start = data[:4096]
    if _MARKUP.match(start.removeprefix(b"\xef\xbb\xbf")):
        return "html"
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        return "html" if b"<html" in start.lower() else "xml"
    encoding = encoding_of(start)
    if not encoding.startswith("utf-16") and (b"\x00" in start or _share_of_control(start) > 0.02):
        return "unknown"
    return "csv"


def _share_of_control(start: bytes) -> float:
    return sum(sign < 32 and sign not in (9, 10, 12, 13) for sign in start) / max(len(start), 1)


def _text_rows(data: bytes, most_rows: int) -> list[Row]:
    encoding = encoding_of(data)
    try:
        text = data.decode(encoding, errors="replace" if encoding == "cp1252" else "strict")
    except UnicodeDecodeError as problem:
        raise Refused("broken") from problem
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    separator = separator_of(text[:20_000])
    rows: list[Row] = []
    for row in text_rows(iter(io.StringIO(text)), separator):
        if not rows and row and str(row[0]).lower().startswith("sep=") and separator:
            row = []
        rows.append(row)
        if len(rows) > most_rows:
            raise Refused("too_large")
    return rows


def _measured(data: bytes, kind: str, most_unpacked: int, most_rows: int) -> zipfile.ZipFile:
    """The archive of a workbook, once it is known how much it unpacks to."""
    packed = zipfile.ZipFile(io.BytesIO(data))
    infos = packed.infolist()
    if any(info.flag_bits & 1 for info in infos):
        raise Refused("password")
    if sum(info.file_size for info in infos) > 2 * most_unpacked:
        raise Refused("too_large")
    parts = [info for info in infos if info.filename.endswith(".xml")]
    if any(info.file_size > most_unpacked for info in parts):
        raise Refused("too_large")
    for info in parts:
        # The size an archive states may be a lie; reading to the end finds a wrong sum.
        content = packed.read(info)
        if kind == "xlsx" and info.filename.startswith("xl/worksheets/"):
            _check_extent(content, most_rows)
    return packed


def _check_extent(content: bytes, most_rows: int) -> None:
    last_value = max(content.rfind(b"<v>"), content.rfind(b"<is>"), content.rfind(b"<v "))
    row_at = content.rfind(b"<row ", 0, last_value) if last_value >= 0 else -1
    numbered = _ROW_NUMBER.match(content, row_at) if row_at >= 0 else None
    rows = int(numbered[1]) if numbered else content.count(b"<row")
    is_usual = content.count(b'<c r="') == sum(map(content.count, _CELL_BEGINS))
    far, wide, low = _FAR_WIDE_LOW if is_usual else _FAR_WIDE_LOW_IN_ANY_WAY
    lowest = max((int(each[1][:9]) for each in low.finditer(content)), default=0)
    if max(rows, lowest) > most_rows:
        raise Refused("too_large")
    if far.search(content) or (max(rows, lowest) > LONG and wide.search(content)):
        raise Refused("too_wide")


def _workbook(data: bytes, kind: str, packed: zipfile.ZipFile | None, most_rows: int) -> Book:
    if packed is None or kind != "xlsx":
        sheets = _sheets_apart(data, most_rows, _spans_of_ods(packed) if packed is not None else {})
    else:
        book = calamine.load_workbook(io.BytesIO(data))
        errors = _formula_errors(packed)
        abouts = [each for each in book.sheets_metadata if each.typ == calamine.SheetTypeEnum.WorkSheet]
        sheets = [_sheet(book, about, errors.get(about.name, {})) for about in abouts]
    if sum(len(sheet.rows) for sheet in sheets) > most_rows:
        raise Refused("too_large")
    macros = packed is not None and any("vbaproject" in name.lower() for name in packed.namelist())
    return Book(kind, sheets, macros or (kind == "xls" and "_VBA_PROJECT".encode("utf-16-le") in data))


def _sheets_apart(data: bytes, most_rows: int, spans: dict[str, list[tuple[int, int, int, int]]]) -> list[Sheet]:
    """The sheets of a file that says of itself how large it is, opened where it can do no harm."""
    try:
        found = apart.opened(data, most_rows=most_rows, most_columns=MOST_COLUMNS, most_long=(LONG, WIDE))
    except apart.Failed as problem:
        raise Refused(problem.reason) from problem
    return [
        Sheet(name, cast("list[Row]", rows), is_hidden, _merged(ranges) or spans.get(name, []))
        for name, rows, is_hidden, ranges in found
    ]


def _sheet(book: calamine.CalamineWorkbook, about: calamine.SheetMetadata, found: dict[tuple[int, int], str]) -> Sheet:
    sheet = book.get_sheet_by_name(about.name)
    rows = sheet.to_python(skip_empty_area=False)
    for (row, column), text in found.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    hidden = about.visible != calamine.SheetVisibleEnum.Visible
    return Sheet(about.name, rows, hidden, _merged(sheet.merged_cell_ranges), found)


def _merged(ranges: list[tuple[tuple[int, int], tuple[int, int]]] | None) -> list[tuple[int, int, int, int]]:
    return [(top, left, bottom, right) for (top, left), (bottom, right) in ranges or []]


def _formula_errors(packed: zipfile.ZipFile) -> dict[str, dict[tuple[int, int], str]]:
    """The cells of each sheet that hold the error of a formula; the reader of workbooks leaves them empty."""
    found = {}
    for name, part in _parts_of_sheets(packed).items():
        content = packed.read(part)
        if b't="e"' in content:
            cells = _FORMULA_ERROR.findall(content)
            found[name] = {(int(row) - 1, number_of(column.decode())): text.decode() for column, row, text in cells}
    return found


def _parts_of_sheets(packed: zipfile.ZipFile) -> dict[str, str]:
    names = set(packed.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    relations = [dict(_ATTRIBUTE.findall(tag)) for tag in _RELATION.findall(packed.read("xl/_rels/workbook.xml.rels"))]
    targets = {each.get(b"Id", b""): each.get(b"Target", b"").decode() for each in relations}
    found = {}
    for tag in _SHEET.findall(packed.read("xl/workbook.xml")):
        about = dict(_ATTRIBUTE.findall(tag))
        target = targets.get(about.get(b"r:id", b""), "").lstrip("/")
        part = target if target.startswith("xl/") else f"xl/{target}"
        if part in names:
            found[_unescaped(about.get(b"name", b"").decode())] = part
    return found


def _unescaped(text: str) -> str:
    for sign, letter_ in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(sign, letter_)
    return text


_ODS_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(\s[^>]*?)?(/?)>")


def _spans_of_ods(packed: zipfile.ZipFile) -> dict[str, list[tuple[int, int, int, int]]]:
    """The merged cells of an ODS file; the reader of workbooks does not tell them."""
    content = packed.read("content.xml")
    if b"-spanned=" not in content:
        return {}
    found: dict[str, list[tuple[int, int, int, int]]] = {}
    spans: list[tuple[int, int, int, int]] = []
    row, next_row, column = -1, 0, 0
    for tag in _ODS_TAG.finditer(content):
        about = dict(_ATTRIBUTE.findall(tag[2] or b""))
        if tag[1] == b"table":
            spans = found.setdefault(_unescaped(about.get(b"table:name", b"").decode()), [])
            row, next_row = -1, 0
        elif tag[1] == b"table-row":
            row, column = next_row, 0
            next_row += int(about.get(b"table:number-rows-repeated", 1))
        else:
            down = int(about.get(b"table:number-rows-spanned", 1))
            across = int(about.get(b"table:number-columns-spanned", 1))
            if down > 1 or across > 1:
                spans.append((row, column, row + down - 1, column + across - 1))
            column += int(about.get(b"table:number-columns-repeated", 1))
    return found
