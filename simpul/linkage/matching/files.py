"""Lists of persons as files: text with any separator and encoding, or a workbook, read row by row.

A text is never held whole. A row that cannot be used is kept aside with its reason; a value that claims something
unreadable is counted by its column, and its row stays.
"""

import csv
import io
import itertools
import re
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from simpul.lib import tables
from simpul.linkage.matching import columns, names, normalise
from simpul.linkage.matching.normalise import Record

SAMPLE = 65_536
FIRST_ROWS = 15
# One birthday for a whole village: said from this many rows and this share of them on, 1 January aside.
SHARED_DATE_ROWS, SHARED_DATE_SHARE = 30, 0.05
EARLIEST_YEAR = 1900


class FileError(Exception):
    """A file that cannot be read as a list. `reason` is a code, `details` what its sentence needs."""

    def __init__(self, reason, **details):
        super().__init__(reason)
        self.reason, self.details = reason, details


class Line(NamedTuple):
    """One person of a list: the number of its row as a table program counts, and its evidence."""

    row: int
    id: str
    source: str
    truth: str
    name: str
    record: Record


class Aside(NamedTuple):
    """A row that is not used. `reason` is a code: cells, quote, no_id, duplicate_id, nothing."""

    row: int
    reason: str
    details: dict
    truth: str
    cells: list


@dataclass
class Findings:
    """What is to be said of a list once it is read."""

    rows: int = 0
    blank: int = 0
    aside: Counter = field(default_factory=Counter)
    # {field: [how many, first row]} of values that claim something and cannot be read.
    unreadable: dict = field(default_factory=dict)
    # Lines that are not UTF-8, and the first; lines with bytes that are no letter in any encoding.
    other_encoding: list = field(default_factory=lambda: [0, 0])
    bad_bytes: list = field(default_factory=lambda: [0, 0])
    dates: Counter = field(default_factory=Counter)
    dated: int = 0

    def shared_dates(self):
        """[(date, rows)] of birthdays that far too many share; 1 January stands for "not known" anyway."""
        least = max(SHARED_DATE_ROWS, SHARED_DATE_SHARE * self.dated)
        common = [(day, count) for day, count in self.dates.items() if count > least and day[1:] != (1, 1)]
        return sorted(common, key=lambda each: -each[1])

    def count(self, found, row):
        found[0] += 1
        found[1] = found[1] or row


@dataclass
class List:
    """A file that was opened: its headings, which field each makes, and its rows."""

    path: Path
    headings: list
    columns: dict
    kind: str
    separator: str
    header_row: int
    truth_column: str
    _cells: object
    findings: Findings = field(default_factory=Findings)
    # Bytes read so far, for whoever waits.
    done: int = 0

    @property
    def name(self):
        return self.path.name

    def left_out(self):
        """[(heading, why)] of the columns that are not used."""
        return [each for each in columns.left_out(self.headings, self.columns) if each[0] != self.truth_column]

    def lines(self, *, aside, this_year):
        """`Line`s in the order of the file; what cannot be used goes to `aside`, a function of an `Aside`."""
        return _Reading(self, aside, this_year).lines()


def opened(path, *, chosen=None, truth=""):
    """The `List` of a file. `chosen` is {field: [heading]}, `truth` the heading that says who is one person.

    Raises `FileError`, and `columns.ColumnError` for a chosen heading that is not there.
    """
    path = Path(path)
    try:
        kind = _kind(path)
        source = _text(path) if kind == "text" else _sheet(path)
    except OSError as problem:
        raise FileError(
            "missing" if isinstance(problem, FileNotFoundError) else "closed", path=path, why=problem.strerror
        ) from None
    except tables.Refused as problem:
        raise FileError(problem.reason, path=path) from None
    at, headings = _header(source.start, chosen)
    if not headings:
        raise FileError("empty", path=path)
    found = columns.recognise(headings, chosen=chosen)
    _check(found, headings, path)
    truth_column = _truth_column(headings, truth, path)
    found.pop("cluster", None)
    return List(path, headings, found, kind, source.separator, at + 1, truth_column, source)


def _check(found, headings, path):
    if not found.keys() - {"id", "source", "cluster"}:
        raise FileError("no_column", path=path, count=len(headings))
    if not found.keys() & {"name", "given_name", "surname", "alias"}:
        raise FileError("no_name", path=path)


def _truth_column(headings, truth, path):
    if not truth:
        return ""
    if truth not in headings:
        raise FileError("no_truth", path=path, column=truth)
    return truth


# --- rows to persons


class _Reading:
    """One walk through a list."""

    def __init__(self, opened_list, aside, this_year):
        self.list, self.findings, self.aside = opened_list, opened_list.findings, aside
        self.latest = this_year
        self.seen = {}
        at = {heading: number for number, heading in enumerate(opened_list.headings)}
        self.width = len(opened_list.headings)
        self.parts = [(field, [at[heading] for heading in made_of]) for field, made_of in opened_list.columns.items()]
        self.truth_at = at.get(opened_list.truth_column)
        self.has_ids = "id" in opened_list.columns

    def lines(self):
        for row, cells, problem in self.list._cells.rows(self.list, self.width):
            if row <= self.list.header_row:
                continue
            if not any(cells):
                self.findings.blank += 1
                continue
            self.findings.rows += 1
            line = self._line(row, cells, problem)
            if line:
                yield line

    def _line(self, row, cells, problem):
        if problem or len(cells) != self.width:
            details = {"found": len(cells), "expected": self.width}
            return self._set_aside(row, problem or "cells", cells, **details)
        values = self._values(cells)
        known_as = values["id"] if self.has_ids else str(row)
        if not known_as:
            return self._set_aside(row, "no_id", cells)
        first = self.seen.setdefault(known_as, row)
        if first != row:
            return self._set_aside(row, "duplicate_id", cells, first=first)
        record = normalise.record(values)
        if not _says_something(record):
            return self._set_aside(row, "nothing", cells)
        self._judge(row, values)
        truth = cells[self.truth_at].strip() if self.truth_at is not None else ""
        source = values.get("source") or self.list.name
        return Line(row, known_as, source, truth, " ".join(record.words + record.aliases), record)

    def _set_aside(self, row, reason, cells, **details):
        self.findings.aside[reason] += 1
        has_truth = self.truth_at is not None and self.truth_at < len(cells)
        self.aside(Aside(row, reason, details, cells[self.truth_at].strip() if has_truth else "", cells))

    def _values(self, cells):
        values = {}
        for name, at in self.parts:
            if len(at) == 1:
                values[name] = cells[at[0]].strip()
            elif name in columns.JOINED:
                values[name] = " ".join(filter(None, (cells[each].strip() for each in at)))
            else:
                values[name] = next(filter(None, (cells[each].strip() for each in at)), "")
        return _arranged(values)

    def _judge(self, row, values):
        """Counts what claims to say something and does not."""
        for name, is_readable in _READABLE.items():
            text = values.get(name)
            if text and not is_readable(text, self.latest) and not names.is_nothing(text):
                self.findings.count(self.findings.unreadable.setdefault(name, [0, 0]), row)
        born = normalise.date_of(values.get("birth_date", ""))
        if born:
            self.findings.dated += 1
            self.findings.dates[born] += 1


def _arranged(values):
    """Evidence that stands in the wrong kind of cell, put where it belongs."""
    alias = values.pop("alias", "")
    if alias and not names.is_nothing(alias):
        name = values.get("name") or f"{values.get('given_name', '')} {values.get('surname', '')}".strip()
        values["name"] = f"{name} @ {alias}" if name else alias
    born = values.get("birth_date", "")
    if born and (not born[0].isdigit() or len(born) == 5):
        values["birth_date"] = _date_in(born)
    number = values.get("number", "")
    if number and not values.get("nik") and normalise.nik_digits(number):
        values["nik"], values["number"] = number, ""
    return values


_AT_DATE = re.compile(
    r"\d.*|\b(?:jan|[fp]eb|mar|apr|m[ae][iy]|jun|jul|ag[ust]|aug|sep|o[kc]t|no[vp]|de[sc])[a-z]*\W+\d.*", re.IGNORECASE
)
_SERIAL_FROM = date(1899, 12, 30)


@lru_cache(maxsize=100_000)
def _date_in(text):
    """The date behind a place of birth ("Sambas, 12-08-1990"), or the day that a table program counts as a number."""
    if text.isdecimal() and len(text) == 5:
        return (_SERIAL_FROM + timedelta(days=int(text))).isoformat() if text < "60000" else text
    found = None if normalise.date_of(text) else _AT_DATE.search(text)
    return found[0] if found else text


def _says_something(record):
    """Whether a row holds any evidence; a sex alone is none."""
    return any(record._replace(sexes=(), is_called_after=False))


@lru_cache(maxsize=100_000)
def _is_date(text, latest):
    found = normalise.date_of(text)
    if not found:
        return len(re.sub(r"\D", "", text)) <= 4 and bool(normalise.year_of(text))
    try:
        return EARLIEST_YEAR - 20 <= date(*found).year <= latest
    except ValueError:
        return False


@lru_cache(maxsize=10_000)
def _is_year(text, latest):
    year = normalise.year_of(text)
    return bool(year) and EARLIEST_YEAR - 20 <= year <= latest


def _is_nik(text, _latest):
    digits = re.sub(r"\D", "", text)
    return not digits or len(digits) == 16 or len(set(digits)) == 1


def _is_phone(text, _latest):
    digits = re.sub(r"\D", "", text)
    return len(set(digits)) < 2 or bool(normalise.phone_of(text))


@lru_cache(maxsize=1_000)
def _is_sex(text, _latest):
    return bool(normalise.sex_of(text))


_READABLE = {"birth_date": _is_date, "birth_year": _is_year, "nik": _is_nik, "sex": _is_sex, "phone": _is_phone}


# --- cells of a text


_ARCHIVES = (b"\x03\x04", b"\x05\x06", b"\x07\x08")


def _kind(path):
    """ "text" or "sheet"; raises `tables.Refused` for what is neither."""
    if path.is_dir():
        raise FileError("folder", path=path)
    with open(path, "rb") as file:
        start = file.read(SAMPLE)
    if start[:2] == b"PK" and start[2:4] not in _ARCHIVES:
        # A text that happens to begin as an archive does.
        return "text"
    found = tables.kind_of(start)
    if found in ("csv", "xml", "html") or (found == "unknown" and b"\x00" not in start):
        return "text"
    # The directory of an archive stands at its end.
    return "sheet" if start[:2] == b"PK" or found in ("xls", "xlsx", "ods") else _refuse(found)


def _refuse(kind):
    raise tables.Refused(kind)


def _text(path):
    with open(path, "rb") as file:
        start = file.read(SAMPLE)
    return _Text(path, start)


class _Text:
    """The rows of a text. What is not UTF-8 is read as Windows-1252, line by line, and counted."""

    def __init__(self, path, start):
        self.path = path
        self.encoding = tables.encoding_of(start)
        self.is_wide = self.encoding.startswith("utf-16")
        # Only the line ends of old Macs need the whole text to be decoded before it is cut into lines.
        self.is_decoded_first = self.is_wide or (b"\n" not in start and b"\r" in start)
        text = start.decode(self.encoding, errors="replace").lstrip("\ufeff")
        self.separator = tables.separator_of(text[:20_000])
        whole = text if len(start) < SAMPLE else text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
        lines = itertools.islice(csv.reader(io.StringIO(whole, newline=None), **self._dialect()), FIRST_ROWS)
        try:
            self.start = list(lines)
        except csv.Error as problem:
            raise tables.Refused("broken") from problem

    def _dialect(self):
        return {"delimiter": self.separator or ",", "skipinitialspace": self.separator != "\t"}

    def rows(self, opened_list, width):
        """(row, cells, problem): `problem` is "quote" where a quotation mark is left open and its line does not fit."""
        lines = _Lines(self._lines(opened_list))
        dialect = self._dialect()
        reader, row = csv.reader(lines, strict=True, **dialect), 0
        while True:
            lines.taken.clear()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells = None
            row += 1
            if cells is not None and (len(lines.taken) == 1 or len(cells) <= width == len(_fitted(cells, width))):
                yield row, _fitted(cells, width), ""
                continue
            # A mark that was never closed swallowed the lines after it: they are given back.
            first = lines.give_back()
            reader = csv.reader(lines, strict=True, **dialect)
            cells = _fitted(_alone(first, dialect), width)
            yield row, cells, "" if len(cells) == width else "quote"

    def _lines(self, opened_list):
        with open(self.path, "rb") as file:
            if self.is_decoded_first:
                yield from self._decoded(file, opened_list)
                return
            findings = opened_list.findings
            for number, line in enumerate(file, start=1):
                if number == 1:
                    line = line.removeprefix(b"\xef\xbb\xbf")
                opened_list.done += len(line)
                try:
                    yield line.decode()
                except UnicodeDecodeError:
                    findings.count(findings.other_encoding, number)
                    yield _as_windows(line, findings, number)

    def _decoded(self, file, opened_list):
        findings = opened_list.findings
        with io.TextIOWrapper(file, encoding=self.encoding, errors="replace", newline=None) as text:
            for number, line in enumerate(text, start=1):
                opened_list.done += len(line) * (2 if self.is_wide else 1)
                if "\ufffd" in line:
                    findings.count(findings.bad_bytes, number)
                yield line.lstrip("\ufeff") if number == 1 else line


def _as_windows(line, findings, number):
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        findings.count(findings.bad_bytes, number)
        return line.decode("latin-1")


def _alone(line, dialect):
    """The cells of one line whose quotation marks do not match."""
    try:
        return next(csv.reader([line], **dialect), [])
    except csv.Error:
        return [line.rstrip("\r\n")]


def _fitted(cells, width):
    """Without empty cells behind the last column."""
    return cells[:width] if len(cells) > width and not any(cells[width:]) else cells


class _Lines:
    """Lines that can be given back; `taken` are those since it was last cleared."""

    def __init__(self, source):
        self.source, self.taken, self.pending = source, [], deque()

    def __iter__(self):
        return self

    def __next__(self):
        line = self.pending.popleft() if self.pending else next(self.source)
        self.taken.append(line)
        return line

    def give_back(self):
        """The first line taken; those after it come again."""
        first, *rest = self.taken
        self.pending.extendleft(reversed(rest))
        return first


# --- cells of a workbook


def _sheet(path):
    found = [sheet for sheet in tables.streams(path, sample=FIRST_ROWS) if not sheet.is_hidden and sheet.start]
    if not found:
        raise tables.Refused("empty")
    best = next((sheet for sheet in found if _named_at([_texts(row) for row in sheet.start]) is not None), found[0])
    return _Sheet(best, others=len(found) - 1)


class _Sheet:
    """The rows of the first sheet that lists persons."""

    separator = ""

    def __init__(self, sheet, *, others):
        self.sheet, self.others = sheet, others
        self.start = [_texts(row) for row in sheet.start]

    def rows(self, _list, width):
        for row, cells in enumerate(self.sheet.rows(), start=1):
            texts = _fitted(_texts(cells), width)
            yield row, texts + [""] * (width - len(texts)), ""


def _texts(cells):
    return [_written(cell) for cell in cells]


def _written(cell):
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


# --- the header


def _header(rows, chosen):
    """(number of the row of headings counted from 0, the headings): the first row that names a column for a name."""
    wanted = {name for names_ in (chosen or {}).values() for name in names_}
    at = next((number for number, row in enumerate(rows) if wanted and wanted & set(columns.distinct(row))), None)
    at = _named_at(rows) if at is None else at
    if at is None:
        at = next((number for number, row in enumerate(rows) if any(row)), None)
    return (0, []) if at is None else (at, columns.distinct(rows[at]))


def _named_at(rows):
    for number, row in enumerate(rows):
        fields = {columns.field_of(heading) for heading in columns.distinct(row)}
        if fields & {"name", "given_name", "surname"} and len(fields - {""}) > 1:
            return number
    return None
