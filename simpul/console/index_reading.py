"""Reading indicators: a table of places, wide or long, and what is said of each column.

Wide: one row for each place, one column for each indicator. Long: place, indicator, value and, if there are several,
year. What is known of indicators (direction, weight, parent, unit, denominator) stands in a second table, or in the
catalogue of the project where it knows the codes. A table whose rows are persons is refused: an index ranks places.
"""

import csv
import math
import re
from dataclasses import dataclass, field
from pathlib import Path

from simpul.console import index_refusals
from simpul.console.alone import Trouble, column_in, number_in, rows_of
from simpul.insight.headings import CODES, GAPS, LONG, NAMES, OTHER_CODES, is_place, is_share, of_persons, plain
from simpul.insight.methods.indices import ROOT, Aggregate, Indicator
from simpul.lib.speech import _, ngettext
from simpul.lib.speech import number as number_said

DATA = Path(__file__).resolve().parents[2] / "data"
CATALOGUE = DATA / "indicators" / "catalogue.csv"

META = {
    "code": ("icode", "code", "kode", "indicator", "indikator"),
    "direction": ("direction", "arah"),
    "weight": ("weight", "bobot"),
    "parent": ("parent", "induk", "dimension", "dimensi", "pillar"),
    "denominator": ("denominator", "penyebut"),
    "unit": ("unit", "satuan"),
    "type": ("type", "jenis"),
    "name": ("iname", "name", "nama", "english"),
    "name_id": ("indonesian", "indonesia"),
    "year": ("year", "tahun"),
    "worst": ("worst", "terburuk"),
    "best": ("best", "terbaik"),
    "mark": ("mark", "tanda"),
}
NO_INDICATORS = {"lat", "latitude", "lintang", "lon", "long", "longitude", "bujur", "year", "tahun", "time"}
DIRECTIONS = {"1": 1, "+1": 1, "+": 1, "up": 1, "naik": 1, "-1": -1, "-": -1, "down": -1, "turun": -1}

REGENCY = re.compile(r"\d\d\.\d\d")
VERIFIED = "V"
NUMBER = re.compile(r"[-+]?[\d.,]+([eE][-+]?\d+)?")


@dataclass
class Question:
    """What an index is made of: values (a list for each place), indicators and aggregates, and what is to be said."""

    places: list[str]
    names: dict[str, str]
    values: list[list[float]]
    indicators: list[Indicator]
    aggregates: list[Aggregate]
    titles: dict[str, str]
    shares: set[str]
    groups: list[str]
    notes: list[str] = field(default_factory=list)


@dataclass
class _About:
    """A row of the table about indicators."""

    code: str
    kind: str
    direction: int = 1
    weight: float = 1.0
    parent: str = ""
    denominator: str = ""
    unit: str = ""
    title: str = ""
    goalposts: tuple[float, float] | None = None
    is_ours: bool = False
    mark: str = ""
    marks: dict[str, str] = field(default_factory=dict)


def question(options):
    """Read the table and what is said of it; raises `Trouble`."""
    headings, rows = rows_of(options.file)
    _check_rows(options.file, headings, rows)
    refuse_persons(options.file, headings, rows)
    about = _about(options.meta) if options.meta else {}
    table = _Table(options.file, headings, rows)
    is_long = all(_has(headings, LONG[each]) for each in ("indicator", "value"))
    notes: list[str] = []
    columns = _long(table, options, notes) if is_long else _wide(table, options, about, notes)
    if not about:
        about = _assumed(columns, notes)
    if options.pairs:
        _judge(options.pairs, about, notes)
    asked = _indicators(about, columns, options, notes)
    values = [[_divided(columns, each, place, options.file) for each in asked] for place in columns.places]
    _check_all_there(columns.places, options)
    uppers = {each.code: Aggregate(each.code, each.weight, each.parent) for each in about.values()
              if each.kind == "aggregate"}  # fmt: skip
    return Question(
        columns.places, columns.names, values,
        [Indicator(each.code, each.direction, each.weight, each.parent or ROOT, each.goalposts) for each in asked],
        _in_use(uppers, asked), {each.code: each.title or each.code for each in [*about.values(), *asked]},
        {each.code for each in asked if is_share(each.unit, each.code, each.title)},
        _groups(about, columns, options), notes,
    )  # fmt: skip


# --- no persons


def refuse_persons(file, headings, rows):
    """Raise `Trouble` where the rows look like persons."""
    why = of_persons(headings, rows)
    if why:
        raise Trouble(
            _(
                "%(file)s looks like a list of persons (%(column)s). An index ranks places; no person is ever given a "
                "score. Give one row for each place, with a column such as kode or wilayah."
            )
            % {"file": file, "column": why}
        )


# --- the table


@dataclass
class _Table:
    file: str
    headings: list[str]
    rows: list[list[str]]

    def column(self, heading):
        return [row[self.headings.index(heading)] for row in self.rows]

    def numbers(self, heading):
        return [
            math.nan if cell.strip().lower() in GAPS else number_in(cell, file=self.file, row=place + 2, column=heading)
            for place, cell in enumerate(self.column(heading))
        ]


@dataclass
class _Columns:
    """Values by indicator, in the order of the places; `words`: columns of words, for groups."""

    places: list[str]
    names: dict[str, str]
    numbers: dict[str, list[float]]
    words: dict[str, list[str]] = field(default_factory=dict)
    years: dict[str, str] = field(default_factory=dict)


def _check_rows(file, headings, rows):
    if not rows:
        raise Trouble(_("%(file)s has headings and no rows. Give one row for each place.") % {"file": file})
    if not any(headings):
        raise Trouble(_("%(file)s has no headings in its first row.") % {"file": file})


def _has(headings, names):
    return any(each.strip().lower() in names for each in headings)


def _place_column(table):
    known = {plain(each): each for each in table.headings}
    for name in (*CODES, *filter(OTHER_CODES.fullmatch, known), *NAMES):
        if name in known:
            return known[name]
    column_in(table.headings, CODES, file=table.file, what=_("the place"))
    raise AssertionError


def _named(table, heading):
    """Names of places by code, where a second column has them."""
    lowered = {plain(each): each for each in table.headings}
    for name in NAMES:
        if name in lowered and lowered[name] != heading:
            return dict(zip(table.column(heading), table.column(lowered[name]), strict=True))
    return {}


def _wide(table, options, about, notes):
    heading = _place_column(table)
    places = table.column(heading)
    empty = [place + 2 for place, each in enumerate(places) if not each]
    if empty:
        raise Trouble(
            _("%(file)s, row %(row)d: the column %(column)s is empty. Each row needs its place.")
            % {"file": table.file, "row": empty[0], "column": heading}
        )
    twice = sorted({each for each in places if places.count(each) > 1})
    if twice:
        raise Trouble(
            _("%(file)s names %(places)s more than once. Give one row for each place, or the columns place, "
              "indicator, value.") % {"file": table.file, "places": ", ".join(twice[:5])}
        )  # fmt: skip
    names = _named(table, heading)
    aside = {
        heading,
        *(each for each in table.headings if plain(each) in {*CODES, *NAMES, *NO_INDICATORS} or is_place(plain(each))),
    }
    wanted = {each.code for each in about.values() if each.kind == "indicator"}
    wanted |= {each.denominator for each in about.values() if each.denominator}
    numbers, words = {}, {}
    for each in table.headings:
        if each and each not in aside and (each in wanted or (not about and _is_number_column(table.column(each)))):
            numbers[each] = table.numbers(each)
        elif each:
            words[each] = table.column(each)
    columns = _Columns(places, names, numbers, words)
    return columns if about else _of_one_year(_ours(columns, notes), options, notes)


def _is_number_column(cells):
    known = [cell for cell in cells if cell.strip().lower() not in GAPS]
    return bool(known) and sum(bool(NUMBER.fullmatch(each)) for each in known) * 2 > len(known)


def _ours(columns, notes):
    """Where the project's catalogue knows some of the columns, only those: code, or code_year."""
    known = {each.code for each in _about(CATALOGUE, is_ours=True).values()} if CATALOGUE.is_file() else set()
    ours = {each: re.sub(r"_(19|20)\d\d$", "", each) for each in columns.numbers}
    kept = {each: code for each, code in ours.items() if code in known}
    if not kept:
        return columns
    left = [each for each in columns.numbers if each not in kept]
    notes.append(
        _("Of the columns, those of the project's catalogue of indicators are taken: %(codes)s.")
        % {"codes": ", ".join(kept)}
    )
    if left:
        notes.append(_("Left aside: %(codes)s. Describe them with --meta to count them.") % {"codes": ", ".join(left)})
    columns.numbers = {each: columns.numbers[each] for each in kept}
    return columns


def _of_one_year(columns, options, notes):
    """Of columns code_year of one indicator, the year asked for, or the last with the fewest gaps."""
    versions = {}
    for heading, cells in columns.numbers.items():
        found = re.fullmatch(r"(.+)_((?:19|20)\d\d)", heading)
        code, year = (found[1], found[2]) if found else (heading, "")
        versions.setdefault(code, {})[year] = cells
    columns.years = {code: _year_of(code, years, options, notes) for code, years in versions.items()}
    columns.numbers = {code: versions[code][year] for code, year in columns.years.items()}
    return columns


def _year_of(code, years, options, notes):
    asked = str(options.year or "")
    gaps = {year: sum(map(math.isnan, cells)) for year, cells in years.items()}
    fewest = min(gaps.values())
    year = asked if asked in years else max(each for each in years if gaps[each] == fewest)
    if len(years) > 1:
        notes.append(
            _("%(indicator)s: the figures of %(year)s are taken; there are %(years)s.")
            % {"indicator": code, "year": year, "years": ", ".join(sorted(years))}
        )
    return year


def _long(table, options, notes):
    heading = _place_column(table)
    lowered = {each.strip().lower(): each for each in table.headings}
    which = {key: next((lowered[name] for name in names if name in lowered), None) for key, names in LONG.items()}
    values = table.numbers(which["value"])
    places = list(dict.fromkeys(table.column(heading)))
    year_cells = table.column(which["year"]) if which["year"] else [""] * len(values)
    cells = {}
    for row, (place, code, year, value) in enumerate(
        zip(table.column(heading), table.column(which["indicator"]), year_cells, values, strict=True)
    ):
        if (code, year, place) in cells:
            raise Trouble(
                _("%(file)s, row %(row)d: %(place)s has a second value of %(indicator)s for the same time.")
                % {"file": table.file, "row": row + 2, "place": place, "indicator": code}
            )
        cells[code, year, place] = value
    versions = {}
    for code, year, _place in cells:
        versions.setdefault(code, {}).setdefault(year, [cells.get((code, year, place), math.nan) for place in places])
    chosen = {code: _year_of(code, years, options, notes) for code, years in versions.items()}
    numbers = {code: versions[code][year] for code, year in chosen.items()}
    return _Columns(places, _named(table, heading), numbers, years=chosen)


# --- what is said of the columns


def _about(file, *, is_ours=False):
    """The rows about indicators by code; a later row of the same code (a later year) stands for it."""
    headings, rows = rows_of(file)
    lowered = {each.strip().lower(): place for place, each in enumerate(headings)}
    at = {key: next((lowered[name] for name in names if name in lowered), None) for key, names in META.items()}
    if at["code"] is None:
        column_in(headings, META["code"], file=file, what=_("the code of the indicator"))
    read = [_row_about(file, number + 2, row, at, is_ours) for number, row in enumerate(rows)]
    found = {each.code: each for each in read if each.code}
    for row, each in zip(rows, read, strict=True):
        if each.code and at["year"] is not None:
            found[each.code].marks[row[at["year"]].strip()] = each.mark
    parents = {each.parent for each in found.values()}
    for each in found.values():
        if not each.kind:
            each.kind = "aggregate" if each.code in parents else "indicator"
    return found


def _row_about(file, number, row, at, is_ours):
    def cell(key):
        text = row[at[key]].strip() if at[key] is not None else ""
        return "" if text.lower() in GAPS - {"-"} else text

    direction, weight = cell("direction") or "1", cell("weight")
    if direction.lower() not in DIRECTIONS:
        raise Trouble(
            _("%(file)s, row %(row)d: the direction '%(text)s' is none. Write 1 where more of it raises the index, "
              "-1 where more of it lowers it.") % {"file": file, "row": number, "text": direction[:20]}
        )  # fmt: skip
    ends = [number_in(cell(key), file=file, row=number, column=key) if cell(key) else None for key in ("worst", "best")]
    return _About(
        code=cell("code"), kind=_kind(cell("type")), direction=DIRECTIONS[direction.lower()],
        weight=number_in(weight, file=file, row=number, column="weight") if weight else 1.0,
        parent=cell("parent"), denominator=cell("denominator"), unit=cell("unit"),
        title=_title(cell), goalposts=None if None in ends else tuple(ends), is_ours=is_ours,
        mark=cell("mark"),
    )  # fmt: skip


def _title(cell):
    from simpul.lib.speech import language

    return (cell("name_id") if language() == "id" else "") or cell("name")


def _kind(text):
    kinds = {"indicator": "indicator", "indikator": "indicator", "aggregate": "aggregate", "agregat": "aggregate"}
    lowered = text.lower()
    return kinds.get(lowered, lowered if lowered in {"group", "denominator"} else ("" if not text else "other"))


def _assumed(columns, notes):
    """Without a table about them: what the project's catalogue says, or that every column raises the index."""
    ours = _about(CATALOGUE, is_ours=True) if CATALOGUE.is_file() else {}
    known = {code: each for code, each in ours.items() if code in columns.numbers}
    if known:
        return known
    notes.append(
        _("Nothing is said of the indicators: more of each raises the index, and all weigh the same. Give --meta with "
          "code, direction, weight and parent where that is not so.")
    )  # fmt: skip
    return {
        code: _About(code, "indicator", unit="%" if re.search(r"(?i)(_pct|_persen|_percent|%)", code) else "")
        for code in columns.numbers
    }


def _judge(file, about, notes):
    """Weights from a table of judgements: how much more the row matters than the column."""
    from simpul.insight.methods.indices_weights import pairs
    from simpul.insight.methods.refusal import Refused

    headings, rows = rows_of(file)
    codes = [row[0] for row in rows]
    parents = {each.parent for each in about.values()}
    known = {*about, *parents}
    if codes != headings[1:] or set(codes) - known:
        raise Trouble(
            _("%(file)s is no table of pairs: its rows and its columns must be the same codes, of these: %(known)s.")
            % {"file": file, "known": ", ".join(sorted(known - {""}))}
        )
    matrix = [
        [_judgement(cell, file=file, row=number + 2, column=code) for cell, code in zip(row[1:], codes, strict=True)]
        for number, row in enumerate(rows)
    ]
    try:
        weights, ratio = pairs(matrix)
    except Refused as refusal:
        raise Trouble(index_refusals.sentence(refusal, file=file)) from None
    for code, weight in zip(codes, weights, strict=True):
        about.setdefault(code, _About(code, "aggregate")).weight = float(weight)
    notes.append(
        _("Weights from pairs: %(weights)s (inconsistency %(ratio)s; above 0.1 it would be refused).")
        % {
            "weights": ", ".join(
                f"{code} {number_said(weight, 3)}" for code, weight in zip(codes, weights, strict=True)
            ),
            "ratio": number_said(ratio, 3),
        }
    )


def _judgement(cell, *, file, row, column):
    """A number, or a fraction such as 1/3."""
    above, _slash, below = cell.partition("/")
    value = number_in(above, file=file, row=row, column=column)
    return value / (number_in(below, file=file, row=row, column=column) or math.nan) if below else value


def _indicators(about, columns, options, notes):
    wanted = [each for each in about.values() if each.kind == "indicator" and each.code not in options.without]
    unknown = set(options.without) - set(about)
    if unknown:
        raise Trouble(
            _("There is no indicator %(codes)s to leave out. There are: %(known)s.")
            % {"codes": ", ".join(sorted(unknown)), "known": ", ".join(about)}
        )
    missing = [each.code for each in wanted if each.code not in columns.numbers and not each.is_ours]
    if missing:
        raise Trouble(
            ngettext("The indicator %(codes)s is described and stands in no column of %(file)s. Add it, or leave it "
                     "out with --without.",
                     "The indicators %(codes)s are described and stand in no column of %(file)s. Add them, or leave "
                     "them out with --without.", len(missing))
            % {"codes": ", ".join(missing), "file": options.file}
        )  # fmt: skip
    idle = [each.code for each in wanted if each.code in columns.numbers and not each.weight]
    if idle:
        notes.append(_("Weight 0, so not counted: %(codes)s.") % {"codes": ", ".join(idle)})
    asked = [each for each in wanted if each.code in columns.numbers and each.weight]
    marked = {each.code: each.marks.get(columns.years.get(each.code, ""), each.mark) for each in asked}
    if any(mark not in {"", VERIFIED} for mark in marked.values()):
        notes.append(
            _("Marked other than V (verified): %(codes)s. The catalogue says why.")
            % {"codes": ", ".join(f"{code} ({mark})" for code, mark in marked.items() if mark not in {"", VERIFIED})}
        )
    if not asked:
        raise Trouble(
            _("%(file)s has no column of numbers to count. It has: %(headings)s.")
            % {"file": options.file, "headings": ", ".join([*columns.words, *columns.numbers])}
        )
    return asked


def _divided(columns, about, place, file):
    number = columns.places.index(place)
    value = columns.numbers[about.code][number]
    if not about.denominator:
        return value
    if about.denominator not in columns.numbers:
        raise Trouble(
            _("%(indicator)s is to be divided by %(denominator)s, which %(file)s does not have.")
            % {"indicator": about.code, "denominator": about.denominator, "file": file}
        )
    below = columns.numbers[about.denominator][number]
    if not below:
        raise Trouble(
            _("%(indicator)s cannot be divided by %(denominator)s in %(place)s, where that is 0.")
            % {"indicator": about.code, "denominator": about.denominator, "place": place}
        )
    return value / below


def _in_use(uppers, asked):
    """The aggregates that stand above an indicator that is counted."""
    used, waiting = {}, [each.parent for each in asked]
    while waiting:
        code = waiting.pop()
        if code in uppers and code not in used:
            used[code] = uppers[code]
            waiting.append(uppers[code].parent)
    return [each for code, each in uppers.items() if code in used]


def _groups(about, columns, options):
    """The grouping of places to fill gaps by: the one that is named, or the coarsest of those described."""
    if options.group:
        if options.group not in columns.words:
            column_in(list(columns.words), (options.group,), file=options.file, what=_("the group"))
        return columns.words[options.group]
    described = [each.code for each in about.values() if each.kind == "group" and each.code in columns.words]
    # Means rest on the most places where there are the fewest groups.
    best = min(described, key=lambda code: len(set(columns.words[code])), default=None)
    return columns.words[best] if best else []


def _check_all_there(places, options):
    """Where all places are regencies of one province that the project knows whole, none may be missing."""
    provinces = {each[:2] for each in places}
    if options.partial or len(provinces) != 1 or not all(REGENCY.fullmatch(each) for each in places):
        return
    with open(DATA / "populations.csv", encoding="utf-8", newline="") as file:
        known = [row["code"] for row in csv.DictReader(file)]
    missing = [each for each in known if REGENCY.fullmatch(each) and each[:2] in provinces and each not in places]
    if missing:
        raise Trouble(
            ngettext("%(file)s has no row for the regency %(places)s. A rank among some of the regencies is no rank in "
                     "the province: add it, or say --partial if it is left out on purpose.",
                     "%(file)s has no rows for the regencies %(places)s. A rank among some of the regencies is no rank "
                     "in the province: add them, or say --partial if they are left out on purpose.", len(missing))
            % {"file": options.file, "places": ", ".join(missing)}
        )  # fmt: skip
