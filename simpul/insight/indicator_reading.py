"""Reading a table of indicators: CSV or a workbook, a row for each place (wide) or for each value (long).

Every cell that cannot stand is named with its row and what to do; nothing is guessed. Of a table with one such cell
nothing is taken in. A gap is no error: it is counted and stays a gap.
"""

import re
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.insight.headings import CODES, GAPS, LONG, NAMES, is_place, of_persons, plain
from simpul.insight.indicators import FOLDER, catalogue
from simpul.insight.models import IndicatorValue
from simpul.lib import tables
from simpul.places.models import Place
from simpul.places.regions import is_code, is_within, short_name, within

LARGEST = 2 * 2**20
# Headings stand in one of the first rows.
LATEST_HEAD = 10
FIRST_YEAR = 1990
LARGEST_NUMBER = 1e12
LONGEST_SOURCE = IndicatorValue._meta.get_field("source").max_length
MARKS = {"mark", "tanda", "keyakinan"}
SOURCES = {"source", "sumber"}
YEARS = {"year", "tahun"}
SHOWN = 5


@dataclass(frozen=True)
class Read:
    """One value as the table has it."""

    row: int
    indicator: str
    place: str
    year: int
    value: float
    source: str
    mark: str


@dataclass(frozen=True)
class Problem:
    """Why a cell cannot stand: the row as a spreadsheet counts (0 for the whole table), the heading, the sentence."""

    row: int
    column: str
    words: str


@dataclass
class Reading:
    """What a table says, what is wrong in it, and what is to be known before it is taken in."""

    values: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    gaps: int = 0

    def wrong(self, row, column, words):
        self.problems.append(Problem(row, column, words))

    @property
    def is_sound(self):
        return bool(self.values) and not self.problems


@dataclass(frozen=True)
class _Head:
    row: int
    texts: list
    place: int
    name: int | None
    indicator: int | None
    value: int | None
    year: int | None
    source: int | None
    mark: int | None
    # {column: (code, year or None)}
    wide: dict


def read(data, *, source="", mark="S", year=None, region="", at):
    """Read the bytes of a table. `source`, `mark` and `year` hold where the table itself does not say.

    `region` is the jurisdiction of who brings it; without it, that of the installation.
    """
    found = Reading()
    try:
        book = tables.opened(data)
    except tables.Refused as refusal:
        found.wrong(0, "", _unreadable(refusal.reason))
        return found
    for sheet in book.sheets:
        rows = [[_text(cell) for cell in row] for row in sheet.rows]
        head = _head(rows)
        if head is None:
            continue
        body = [(number, row) for number, row in enumerate(rows[head.row + 1 :], start=head.row + 2) if any(row)]
        body = [(number, [*row, *[""] * (len(head.texts) - len(row))][: len(head.texts)]) for number, row in body]
        if heading := of_persons(head.texts, [row for _number, row in body]):
            words = _("This looks like a list of persons. Indicators are of places; no person is ever given a score.")
            found.wrong(0, heading[:40], words)
            return found
        _Rows(
            found, head, _places(region or settings.REGION), source=source, mark=mark, year=year, latest=at.year
        ).take(body)
        break
    else:
        found.wrong(0, "", _lacking())
        return found
    return _finished(found)


def read_shipped(*, at):
    """The table that comes with Simpul; sources and marks stand in its catalogue, year by year."""
    found = read((settings.DATA / FOLDER / "values.csv").read_bytes(), source="-", at=at)
    known = catalogue()
    values = []
    for each in found.values:
        source, mark, _note = known[each.indicator].abouts.get(each.year, ("", "S", ""))
        values.append(replace(each, source=source[:LONGEST_SOURCE], mark=mark))
    found.values = values
    return found


class _Rows:
    """The rows of one table as they are read."""

    def __init__(self, found, head, places, *, source, mark, year, latest):
        self.found, self.head, self.places = found, head, places
        self.source, self.mark, self.year, self.latest = source, mark, year, latest
        self.seen = {}

    def take(self, body):
        for number, row in body:
            place = self._place(number, row)
            for column, code, year in self._cells(number, row):
                self._value(number, row, column, place, code, year)

    def _cells(self, number, row):
        """(column of the value, code of the indicator or None, year or None) of a row."""
        head = self.head
        own = self._year(number, head.year, row[head.year]) if head.year is not None else self.year
        if head.indicator is None:
            return [(column, code, year or own) for column, (code, year) in head.wide.items()]
        text = row[head.indicator]
        code = _codes().get(plain(text))
        if code is None:
            words = _("“%(text)s” is not an indicator of the catalogue. Known are: %(known)s.")
            known = ", ".join(catalogue())
            self.found.wrong(number, head.texts[head.indicator], words % {"text": text[:40], "known": known})
        return [(head.value, code, own)]

    def _value(self, number, row, column, place, code, year):
        heading, text = self.head.texts[column], row[column]
        if text.lower() in GAPS:
            self.found.gaps += 1
            return
        value = _number(text)
        if value is None:
            words = _(
                "“%(text)s” is not a number. Write it as 7.66 or 7,66; leave the cell empty where it is not known."
            )
            self.found.wrong(number, heading, words % {"text": text[:20]})
            return
        if not code or not self._may_be(number, heading, code, value):
            return
        if not self._is_year(number, heading, year):
            return
        source, mark = self._said(number, row)
        if place and mark:
            self._keep(Read(number, code, place, year, value, source, mark), heading)

    def _keep(self, read, heading):
        key = (read.indicator, read.place, read.year)
        first = self.seen.setdefault(key, read)
        if first is read:
            self.found.values.append(read)
        elif first.value != read.value:
            words = _("Row %(first)d says %(other)s for the same indicator, place and year.")
            self.found.wrong(read.row, heading, words % {"first": first.row, "other": _shown(first.value)})

    def _place(self, number, row):
        head = self.head
        text = row[head.place]
        place = self.places.found(text)
        if place is None:
            self.found.wrong(number, head.texts[head.place], self.places.why_not(text))
            return ""
        named = row[head.name] if head.name is not None else ""
        if named and not self.places.agrees(place, named):
            words = _(
                "%(code)s is %(place)s, and the row says “%(text)s”. BPS numbers regencies in another order: look."
            )
            told = {"code": place.code, "place": place.name, "text": named[:40]}
            self.found.wrong(number, head.texts[head.name], words % told)
            return ""
        return place.code

    def _year(self, number, column, text):
        """The year in a cell; None where it is none, which is said."""
        value = _number(text)
        if value is not None and value.is_integer() and FIRST_YEAR <= value <= self.latest:
            return int(value)
        self._no_year(number, self.head.texts[column], text)
        return None

    def _is_year(self, number, heading, year):
        """Whether a year is known and may be; a heading and the form may name one that may not."""
        if year is None:
            # Of a cell it was said already.
            if self.head.year is None:
                words = _("Of which year is this? Add a column “tahun”, or say the year beside the file.")
                self.found.wrong(number, heading, words)
            return False
        if not FIRST_YEAR <= year <= self.latest:
            self._no_year(number, heading, str(year))
            return False
        return True

    def _no_year(self, number, heading, text):
        words = _("“%(text)s” is not a year from %(first)d to %(last)d.")
        told = {"text": text[:20], "first": FIRST_YEAR, "last": self.latest}
        self.found.wrong(number, heading, words % told)

    def _may_be(self, number, heading, code, value):
        about = catalogue()[code]
        if about.is_share and value > 100:
            words = _("%(value)s is above 100, and “%(name)s” is a share of a hundred.")
        elif value < 0:
            words = _("%(value)s is below 0, and “%(name)s” cannot be.")
        else:
            return True
        self.found.wrong(number, heading, words % {"value": _shown(value), "name": about})
        return False

    def _said(self, number, row):
        """Source and mark of a row; the mark is "" where what stands there is none."""
        head = self.head
        source = (row[head.source] if head.source is not None else "") or self.source
        mark = ((row[head.mark] if head.mark is not None else "") or self.mark).upper()
        if mark not in IndicatorValue.Mark.values:
            words = _("“%(text)s” is not a mark. Write one of: %(marks)s.")
            told = {"text": mark[:20], "marks": ", ".join(IndicatorValue.Mark.values)}
            self.found.wrong(number, head.texts[head.mark] if head.mark is not None else "", words % told)
            return source, ""
        if not source:
            self.found.wrong(number, "", _("Who says so? Write the source beside the file, or in a column “sumber”."))
            return source, ""
        return source[:LONGEST_SOURCE], mark


class _Places:
    """The regencies, districts and villages of the region, by code and by name."""

    def __init__(self, places, region):
        self.region = region
        self.by_code = {place.code: place for place in places}
        self.by_name = {}
        for place in places:
            for name in _names_of(place):
                self.by_name.setdefault(name, []).append(place)

    def found(self, text):
        found = self._anywhere(text)
        return found if found and is_within(found.code, self.region) else None

    def _anywhere(self, text):
        if is_code(_code(text)):
            return self.by_code.get(_code(text))
        named = self.by_name.get(plain(text), [])
        return named[0] if len(named) == 1 else None

    def agrees(self, place, text):
        """Whether a name can be that of a place."""
        return plain(text) in {*_names_of(place), plain(place.name.partition(" ")[2]), plain(place.name)}

    def why_not(self, text):
        if re.fullmatch(r"\d{4}|\d{7}|\d{10}", text):
            words = _(
                "“%(text)s” has no points: BPS and Kemendagri number places differently. Write 61.07, or the name."
            )
        elif self._anywhere(text):
            words = _("“%(text)s” lies outside your region.")
        elif len(self.by_name.get(plain(text), [])) > 1:
            words = _("“%(text)s” is the name of several places. Write its code.")
        else:
            words = _("“%(text)s” is no place of the region. Write a code such as 61.07, or “Kabupaten Bengkayang”.")
        return words % {"text": text[:40]}


def _places(region):
    return _Places(list(Place.objects.filter(within(settings.REGION, "code"), retired_on=None)), region)


def _names_of(place):
    """How the name of a regency or city is written; districts and villages are told by their code."""
    if place.level != Place.Level.REGENCY:
        return set()
    names = {plain(place.name), plain(short_name(place))}
    if place.name.startswith("Kabupaten "):
        # Of a city the word belongs to the name: Pontianak alone was the name of Mempawah.
        names.add(plain(place.name.removeprefix("Kabupaten ")))
    return names


def _code(text):
    """A code as it stands, also where a spreadsheet took it for a number and dropped the last nought."""
    return f"{text}0" if re.fullmatch(r"\d\d\.\d", text) else text


def _text(cell):
    if isinstance(cell, bool):
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell).strip()


def _number(text):
    """The number in a cell, with a point or a comma; None for none."""
    text = text.replace("\u00a0", "").replace(" ", "").removesuffix("%")
    if "," in text and "." in text:
        thousands = "," if text.rfind(",") < text.rfind(".") else "."
        text = text.replace(thousands, "")
    text = text.replace(",", ".")
    if not re.fullmatch(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?", text):
        return None
    value = float(text)
    return value if abs(value) <= LARGEST_NUMBER else None


def _shown(value):
    return f"{value:g}"


def _codes():
    """{heading or cell as it is compared: code}: the code itself and the names of the catalogue."""
    return {
        plain(words): code for code, each in catalogue().items() for words in (each.english, each.indonesian, each.code)
    }


def _head(rows):
    """The row of headings among the first, or None."""
    for number, row in enumerate(rows[:LATEST_HEAD]):
        names = [plain(text) for text in row]
        place = next((names.index(name) for name in CODES if name in names), None)
        place = next((at for at, name in enumerate(names) if is_place(name)), None) if place is None else place
        name = next((at for at, text in enumerate(names) if text in NAMES and at != place), None)
        if place is None:
            place, name = name, None
        if place is None:
            continue
        named = {key: _at(names, words) for key, words in LONG.items()}
        is_long = named["indicator"] is not None and named["value"] is not None
        wide = {} if is_long else _wide(names)
        if is_long or wide:
            return _Head(
                number, row, place, name, named["indicator"] if is_long else None,
                named["value"] if is_long else None, _at(names, YEARS), _at(names, SOURCES), _at(names, MARKS), wide,
            )  # fmt: skip
    return None


def _at(names, words):
    return next((at for at, name in enumerate(names) if name in words), None)


def _wide(names):
    """{column: (code, year or None)} of headings such as "poverty" and "poverty_2024"."""
    known, found = _codes(), {}
    for at, name in enumerate(names):
        parts = re.fullmatch(r"(.+?)_((?:19|20)\d\d)", name)
        if name in known:
            found[at] = (known[name], None)
        elif parts and parts[1] in known:
            found[at] = (known[parts[1]], int(parts[2]))
    return found


def _finished(found):
    """What is to be known of the whole: gaps, and regencies that a year lacks."""
    if not found.values and not found.problems:
        found.wrong(0, "", _("There is no value in this table."))
    if found.gaps:
        words = ngettext(
            "%(count)d cell is empty and stays open.", "%(count)d cells are empty and stay open.", found.gaps
        )
        found.notes.append(words % {"count": found.gaps})
    found.notes += lacking((each.indicator, each.place, each.year) for each in found.values)
    return found


def lacking(values):
    """A sentence for each indicator and year that some regencies have a value of and others do not.

    `values` are (indicator, place, year).
    """
    regencies = Place.objects.filter(within(settings.REGION, "code"), level=Place.Level.REGENCY, retired_on=None)
    names = {place.code: short_name(place) for place in regencies.order_by("code")}
    given = {}
    for code, place, year in values:
        if place in names:
            given.setdefault((code, year), set()).add(place)
    told = []
    for (code, year), places in sorted(given.items()):
        missing = [name for place, name in names.items() if place not in places]
        if missing:
            words = _("%(name)s %(year)d: no value for %(places)s. A year that is not whole does not enter the index.")
            more = " …" if len(missing) > SHOWN else ""
            facts = {"name": catalogue()[code], "year": year, "places": ", ".join(missing[:SHOWN]) + more}
            told.append(words % facts)
    return told


def _unreadable(reason):
    sentences = {
        "empty": _("This file is empty. Choose the table."),
        "password": _("This file is locked with a password. Save it without one."),
        "too_large": _("This file is too large for a table of places."),
        "too_wide": _("This file is too wide for a table of places."),
    }
    return sentences.get(reason, _("This is not a table that can be read. Save it as XLSX or CSV."))


def _lacking():
    return _(
        "No heading was found. Give a row for each value with the columns kode, indikator, tahun, nilai, or a row for "
        "each place with a column for each indicator: %(known)s."
    ) % {"known": ", ".join(catalogue())}
