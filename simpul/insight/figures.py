"""Figures: how many people came home and how many work abroad, counted by place, time and what is known of them.

Everything here is counted from plain facts. Whoever may see the people themselves sees every number; whoever sees
figures only sees none below the threshold, nor one from which such a number could be computed
(`methods.disclosure`). Under one question a table is protected as a whole; two tables of different questions are not
compared, so those who see figures only may narrow a question by region and year and by nothing else.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial

from django.db.models import Case, CharField, Count, F, Q, Value, When
from django.db.models.functions import Cast, ExtractMonth, ExtractYear
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from simpul.insight import populations
from simpul.insight.methods import disclosure, margins
from simpul.migrants.models import Returnee, Worker
from simpul.places.models import Place
from simpul.places.regions import ancestors, is_within, most_within, short_name, within
from simpul.reference import catalogues

# Published by the Counter-Trafficking Data Collaborative under this number.
THRESHOLD = 11
RULE = disclosure.Rule(threshold=THRESHOLD)
PLACES_RULE = disclosure.Rule(threshold=THRESHOLD, zeros_shown=False)
HIDDEN = disclosure.Hidden()
UNKNOWN = "-"
LENGTH = {"province": 2, "regency": 5, "district": 8, "village": 13}
PLACES = ("province", "regency", "district", "village")
BANDS = ((0, 4), (5, 11), (12, 17), (18, 24), (25, 34), (35, 44), (45, 59), (60, 200))
MONTHS = [f"{number:02d}" for number in range(1, 13)]

DIMENSIONS = {
    "arrival": _("Day of arrival"),
    "province": _("Province"),
    "regency": _("Regency or city"),
    "district": _("District"),
    "village": _("Village"),
    "sex": _("Sex"),
    "age": _("Age"),
    "reason": _("Reason of return"),
    "sector": _("Work"),
    "depot": _("Depot"),
    "document": _("Travel document"),
    "onward": _("Onward travel"),
    "repeat": _("Returned before"),
    "year": _("Year"),
    "month": _("Month"),
    "status": _("Status"),
    "country": _("Country"),
    "procedural": _("With the papers the law asks for"),
}
CATALOGUE_OF = {
    "reason": "return_reasons", "sector": "work_sectors", "depot": "depots", "document": "travel_documents",
    "onward": "onward_ways", "country": "countries", "status": "worker_statuses",
}  # fmt: skip
SUBJECTS = {
    "returns": (
        "arrival",
        "province",
        "regency", "district", "village", "sex", "age", "reason", "sector", "depot", "document", "onward", "repeat",
        "year", "month",
    ),
    "workers": ("regency", "district", "village", "sex", "age", "sector", "status", "country", "procedural"),
}  # fmt: skip
DEFINITIONS = {
    "returns": _("One for each line of a manifest that was taken in: somebody sent home twice counts twice."),
    "workers": _("One for each current entry of the register of migrant workers."),
}


@dataclass(frozen=True)
class Question:
    """What is counted: returns or workers, by one or two dimensions, in a region, in a year, with these facts.

    An empty region is everywhere, also people whose home nobody knows: for those who keep the manifests.
    """

    subject: str
    rows: str
    columns: str = ""
    prefix: str = "61"
    year: int | None = None
    facts: tuple = ()

    def __post_init__(self):
        known = SUBJECTS[self.subject]
        if self.rows not in known or (self.columns and self.columns not in known) or self.rows == self.columns:
            raise ValueError(f"{self.subject} are not counted by {self.rows} and {self.columns}.")

    @property
    def dimensions(self):
        return tuple(filter(None, (self.rows, self.columns)))


@dataclass(frozen=True)
class Figures:
    """An answered question. Cells, margins and total are numbers or `disclosure.Hidden`."""

    question: Question
    rows: list
    columns: list
    cells: dict
    total: object
    is_exact: bool
    hidden: int
    rates: dict = field(default_factory=dict)

    def cell(self, row, column=""):
        """The number in a cell; of a margin where no column is named."""
        return self.cells.get((row, column), 0)

    def total_of(self, column):
        """The sum of a column."""
        return self.cells.get(("", column), 0)

    def table(self):
        """Lines for a page: (code, words, numbers by column, sum, rate)."""
        for code, words in self.rows:
            numbers = [self.cell(code, column) for column, _words in self.columns]
            yield code, words, numbers, self.cell(code), self.rates.get(code)

    @property
    def definition(self):
        return DEFINITIONS[self.question.subject]


def answer(question, *, exact):
    """The figures for a question; `exact` for those who may see the people themselves."""
    shown = _shown(question, exact=exact)
    codes = [{key[at] for key in shown} - {""} for at in (0, 1)]
    rows = _in_order(question.rows, {code for code in codes[0] if _is_a_line(code, question)}, question)
    if question.rows == "village" and not exact:
        # Of two thousand villages those are listed that are shown; how many are not is said below the table.
        rows = [(code, words) for code, words in rows if shown[code, ""] is not HIDDEN]
    columns = _in_order(question.columns, codes[1], question) if question.columns else []
    rates = {}
    if question.rows in PLACES:
        for code, _words in rows:
            number = shown.get((code, ""))
            if isinstance(number, int):
                rates[code] = populations.per_100_000(number, code)
    hidden = sum(isinstance(value, disclosure.Hidden) for value in shown.values())
    return Figures(question, rows, columns, shown, shown[("", "")], exact, hidden, rates)


def _is_a_line(code, question):
    """Whether a code was counted; above places stand the sums of regions, which are no lines of their own."""
    return question.rows not in PLACES or len(code) == LENGTH[question.rows] or code.endswith("?")


def of_manifest(manifest, name):
    """The figures of one manifest by one dimension, for the agency that took it in: (words, [(words, number)])."""
    question = Question("returns", name, prefix="")
    rows = _rows(question).filter(manifest=manifest)
    counts = _grouped(rows, question)
    told = [(words, counts[(code,)]) for code, words in _in_order(name, {key[0] for key in counts}, question)
            if (code,) in counts]  # fmt: skip
    return DIMENSIONS[name], told


def by_place(subject, *, prefix, level, exact, year=None, facts=()):
    """Numbers for a map: {code: number}, and the codes whose numbers are hidden. Places without anybody have 0."""
    question = Question(subject, level, prefix=prefix, year=year, facts=tuple(facts))
    return _on_a_map(_shown(question, exact=exact), question)


def by_year(*, prefix, level, exact, years):
    """{year: the same of people sent home} of those years in which there were any, and under None of all together."""
    question = Question("returns", level, prefix=prefix)
    counted = question if exact else replace(question, rows="village", prefix=_root(question))
    shown = {
        year: _exactly(counts, question) if exact else _of_places(question, counts)
        for year, counts in _counts_by_year(counted, years).items()
        if counts or year is None
    }
    return {year: _on_a_map(each, question) for year, each in shown.items()}


def _on_a_map(shown, question):
    values, hidden = dict.fromkeys(places_at(question.prefix, question.rows), 0), set()
    for (code, column), number in shown.items():
        if column or code not in values:
            continue
        if isinstance(number, disclosure.Hidden):
            hidden.add(code)
            continue
        values[code] = number
    return values, hidden


def years(subject, *, prefix):
    """The years in which anybody of a region came home, the newest first."""
    if subject != "returns":
        return []
    days = _subject(Question("returns", "year", prefix=prefix)).order_by().values_list("arrived_on", flat=True)
    return sorted({day.year for day in days.distinct()}, reverse=True)


@lru_cache(maxsize=64)
def places_at(prefix, level):
    """{code: name} of the places of one level in a region, as long as the process runs."""
    here = within(prefix, "code") if prefix else Q()
    found = Place.objects.filter(here, level=level, retired_on=None).order_by("code")
    return {place.code: short_name(place) for place in found}


def _shown(question, *, exact):
    """{(code, code): number or HIDDEN}, where "" is the sum over a dimension."""
    if exact:
        return _exactly(_counts(question), question)
    if question.rows in ("regency", "district", "village") and not question.columns:
        return _of_places(question, _counts(replace(question, rows="village", prefix=_root(question))))
    return _protected(tuple(sorted(_counts(question).items())), question)


def _exactly(counts, question):
    shown = {("", ""): sum(counts.values())}
    for key, number in counts.items():
        row, column = key[0], key[1] if question.columns else ""
        for cell in {(row, column), (row, ""), ("", column)} - {("", "")}:
            shown[cell] = shown.get(cell, 0) + number
    return shown


def _of_places(question, counts):
    """Places by themselves, with small numbers hidden: one answer on every page, whatever region and level was asked
    for. A table of two dimensions is protected by itself.

    `counts` are those of all villages of the province.
    """
    root = _root(question)
    shown = _of_every_place(counts, root)
    villages = tuple(places_at(root, "village"))
    asked = {*places_at(question.prefix, question.rows)} | _places_of(villages, question.prefix, question.rows)
    for code in counts.keys() - {(code,) for code in villages}:
        known = code[0].removesuffix(".?")
        if is_within(known, question.prefix):
            asked.add(_code(known[: LENGTH[question.rows]], question.rows))
    total = shown[question.prefix if question.prefix != root else ""]
    return {("", ""): total} | {(code, ""): shown.get(code, 0) for code in asked}


def _root(question):
    """The province of a region."""
    return question.prefix.split(".")[0]


def protected_by_place(rows, *, root):
    """{code: number or HIDDEN} of villages, districts, regencies and "" for all, by the rule of every page.

    `rows` are (code of a place, however deep it is known, number).
    """
    counts = Counter()
    for code, number in rows:
        counts[(_code(code, "village"),)] += number
    return _of_every_place(counts, root)


def _of_every_place(counts, root):
    """Here "nobody" is hidden like any small number: which villages hold the few people of a district would tell who
    they are. Districts are protected within their regencies, then villages within a district that is shown; below a
    district that is hidden nothing is shown, so that nothing follows from it.
    """
    numbers = {code: number for (code,), number in counts.items()}
    villages = tuple(places_at(root, "village"))
    below = {
        district: [(code, numbers.pop(code, 0)) for code in codes] for district, codes in _by_district(villages).items()
    }
    for code in sorted(numbers):
        below.setdefault(_district(code), []).append((code, numbers[code]))
    upper = {district: sum(number for _code, number in found) for district, found in below.items()}
    shown = dict(_protected_districts(tuple(sorted(upper.items()))))
    for district, found in below.items():
        if found[0][0] == district:
            continue
        hides = shown[district] is HIDDEN
        shown |= dict.fromkeys((code for code, _number in found), HIDDEN) if hides else _protected_villages(
            tuple(found))  # fmt: skip
    return shown


def _district(code):
    """The district of a village. What is known less deeply than that stands by itself: "61.07.?"."""
    return code[: LENGTH["district"]] if code[LENGTH["district"] :] else code


@lru_cache(maxsize=8)
def _by_district(villages):
    """{district: its villages}."""
    found = {}
    for code in villages:
        found.setdefault(_district(code), []).append(code)
    return found


@lru_cache(maxsize=64)
def _places_of(villages, prefix, level):
    """The codes of the places of a level in a region in which these villages lie."""
    return {code[: LENGTH[level]] for code in villages if is_within(code, prefix)}


# Each district is kept by itself: somebody who comes home to one village leaves the numbers of all others as they are.


@lru_cache(maxsize=64)
def _protected_districts(counts):
    """{code: number or HIDDEN} of districts, regencies and "" for all; what else stands at their level is with them."""
    above = _tree({code for code, _number in counts})
    numbers = {(code,): number for code, number in counts}
    return _told(margins.tabulated(numbers, dimensions=("row",), parents={"row": above}))


@lru_cache(maxsize=4096)
def _protected_villages(counts):
    """{code: number or HIDDEN} of the villages of a district whose own number is shown."""
    table = margins.tabulated({(code,): number for code, number in counts}, dimensions=("row",))
    shown = _told(table, known=[margins.cell()])
    del shown[""]
    return shown


def _told(table, *, known=()):
    published = disclosure.protected(table, rule=PLACES_RULE, known=known).published
    return {
        dict(cell).get("row", ""): HIDDEN if isinstance(number, disclosure.Hidden) else number
        for cell, number in published.values.items()
    }


@lru_cache(maxsize=256)
def _protected(counts, question):
    """Numbers with the small ones hidden, kept for the same numbers: protecting a village table takes a while."""
    names = ("row", "column")[: len(question.dimensions)]
    parents = {}
    if question.rows in PLACES:
        parents["row"] = _tree({key[0] for key, _number in counts})
    table = margins.tabulated(dict(counts), dimensions=names, parents=parents)
    published = disclosure.protected(table, rule=RULE).published
    shown = {}
    for cell, number in published.values.items():
        told = dict(cell)
        # Whether a number is small or hides a small one is not told.
        number = HIDDEN if isinstance(number, disclosure.Hidden) else number
        shown[(told.get("row", ""), told.get("column", ""))] = number
    return shown


def _tree(codes):
    """What stands above each counted code, up to the regency: the margins that other pages show."""
    above = {}
    for code in codes:
        known = code.removesuffix(".?")
        chain = [code, *(upper for upper in (known, *reversed(ancestors(known))) if upper != code and len(upper) > 2)]
        for lower, upper in zip(chain, chain[1:], strict=False):
            above[lower] = upper
    return above


def _counts(question):
    """{(code,) or (code, code): number} of the innermost cells."""
    return _grouped(_rows(question), question)


def _grouped(rows, question):
    keys = [f"k{number}" for number in range(len(question.dimensions))]
    found = list(rows.values_list(*keys).annotate(number=Count("pk")).order_by())
    counts = Counter()
    if found:
        *columns, numbers = zip(*found, strict=True)
        # Thousands of rows tell of the same few codes.
        coded = [map(cache(partial(_code, name=name)), column)
                 for name, column in zip(question.dimensions, columns, strict=True)]  # fmt: skip
        for key, number in zip(zip(*coded, strict=True), numbers, strict=True):
            counts[key] += number
    return dict(counts)


def _counts_by_year(question, years):
    """{year: counts as above} of people sent home, and of all under None, read from the database in one go."""
    counts = {f"y{year}": Count("pk", filter=Q(arrived_on__year=year)) for year in years}
    found = _rows(question).values_list("k0").annotate(number=Count("pk"), **counts).order_by()
    by_year = {year: Counter() for year in (*years, None)}
    for code, everybody, *each in found:
        key = (_code(code, question.rows),)
        for year, number in zip((None, *years), (everybody, *each), strict=True):
            if number:
                by_year[year][key] += number
    return by_year


def _rows(question):
    rows = _subject(question)
    wanted = {f"k{number}": _counted_as(question.subject, name) for number, name in enumerate(question.dimensions)}
    return rows.annotate(**wanted)


def _counted_as(subject, name):
    """What the database counts by. Days are put together to months and years afterwards: of a day SQLite cannot tell
    the month without asking Python, row by row.
    """
    return F("arrived_on") if name in ("month", "year") else _expression(subject, name)


def _here(question):
    """The rows of the region.

    Of a province nearly every entry of the register is counted. Read by what is counted, and not by homes, they need no
    sorting, which takes longer than reading them.
    """
    rows = Returnee.objects.all() if question.subject == "returns" else Worker.objects.current()
    if not question.prefix:
        return rows
    if question.subject == "workers" and "." not in question.prefix and not set(question.dimensions) & set(PLACES):
        return most_within(rows, question.prefix, "home_id")
    return rows.filter(within(question.prefix, field="home"))


def _subject(question):
    rows = _here(question)
    if question.year is not None and question.subject == "returns":
        rows = rows.filter(arrived_on__year=question.year)
    for name, code in question.facts:
        if name not in SUBJECTS[question.subject] or name in PLACES:
            raise ValueError(f"{question.subject} are not narrowed by {name}.")
        rows = rows.alias(**{f"only_{name}": _expression(question.subject, name)}).filter(**{f"only_{name}": code})
    return rows


def _expression(subject, name):
    """What a dimension is in the database, as text.

    Places are counted as they stand there and put together afterwards: that is the order of the index.
    """
    if name in PLACES:
        return F("home_id")
    return _SPECIAL[subject].get(name, F(name))


def _bands(age):
    return Case(
        *(When(Q(**{f"{age}__range": band}), then=Value(f"{band[0]:02d}")) for band in BANDS),
        default=Value(""),
        output_field=CharField(),
    )


def _year_bands():
    """Age bands from the year of birth, as of this year."""
    now = localdate().year
    return Case(
        *(When(birth_year__range=(now - last, now - first), then=Value(f"{first:02d}")) for first, last in BANDS),
        default=Value(""),
        output_field=CharField(),
    )


class _Late(dict):
    """Expressions that depend on the day are made when asked for."""

    def get(self, name, default=None):
        return self[name]() if name in self else default


_SPECIAL = {
    "returns": _Late(
        age=lambda: _bands("age"),
        arrival=lambda: Cast("arrived_on", CharField()),
        depot=lambda: F("manifest__depot"),
        repeat=lambda: Case(When(repeats__gt=0, then=Value("yes")), default=Value("no"), output_field=CharField()),
        year=lambda: Cast(ExtractYear("arrived_on"), CharField()),
        month=lambda: Cast(ExtractMonth("arrived_on"), CharField()),
    ),
    "workers": _Late(age=_year_bands),
}


def _code(code, name):
    """The code of a cell. A home known less deeply than is counted gets a cell of its own: "61.07.?"."""
    if name in ("month", "year"):
        return f"{code.month:02d}" if name == "month" else str(code.year)
    code = "" if code is None else str(code)
    if name in PLACES:
        return code[: LENGTH[name]] if len(code) >= LENGTH[name] else f"{code}.?".lstrip(".")
    return code or UNKNOWN


def _in_order(name, codes, question):
    """(code, words) of a dimension, in the order people expect; a year's months and all sexes are always there."""
    if name in PLACES:
        names = places_at(question.prefix, name)
        missing = sorted(code for code in codes if code not in names)
        found = [(code, words) for code, words in names.items() if code in codes or name == "regency"]
        return found + _places_unknown(missing)
    if name in CATALOGUE_OF:
        order = {term.code: number for number, term in enumerate(catalogues.terms(CATALOGUE_OF[name]))}
        codes = sorted(codes, key=lambda code: (code == UNKNOWN, order.get(code, len(order)), code))
        return [(code, _("Not known") if code == UNKNOWN else catalogues.name_of(CATALOGUE_OF[name], code))
                for code in codes]  # fmt: skip
    return [(code, _words(name, code)) for code in _expected(name, codes)]


def _expected(name, codes):
    if name == "month":
        return MONTHS
    if name == "sex":
        return [code for code in ("L", "P", UNKNOWN) if code in codes or code != UNKNOWN]
    return sorted(codes, key=lambda code: (code == UNKNOWN, code))


def _words(name, code):
    if code == UNKNOWN:
        return _("Not known")
    if name == "sex":
        return dict(Returnee.sex.field.choices).get(code, code)
    if name == "age":
        first, last = next(band for band in BANDS if f"{band[0]:02d}" == code)
        return f"{first}–{last}" if last < 200 else f"{first}+"
    if name == "month":
        return date_format(localdate().replace(month=int(code), day=1), "F")
    if name in {"repeat", "procedural"}:
        return _("Yes") if code == "yes" else _("No")
    return code


def _places_unknown(codes):
    """(code, words) of homes known less deeply than is counted, with one query."""
    known = {code: code.removesuffix(".?").rstrip(".") for code in codes}
    places = Place.objects.in_bulk(known.values()) if codes else {}
    return [
        (
            code,
            _("%(region)s, place not known") % {"region": short_name(places[above])} if above in places
            else _("Not known"),
        )
        for code, above in known.items()
    ]  # fmt: skip
