"""What a release counts: five tables of plain facts, by regency, of what happened within one period.

Each thing counted happened on one day that does not change, so every one stands in one period only. Everybody stands
in one cell of a table: a case of several kinds is counted as "several". Tables of one subject share their sums over
regencies and are protected together; subjects count different things and share no cell.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F
from django.db.models.functions import Coalesce, ExtractMonth
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Case, Service
from simpul.insight.figures import UNKNOWN, places_at
from simpul.insight.methods import margins
from simpul.intake.models import Report
from simpul.migrants.models import Returnee
from simpul.places.regions import is_within, within
from simpul.reference import catalogues

SEVERAL = "several"
# Wider than on the pages of officers: the finer the bands, the more is hidden.
BANDS = ((0, 17), (18, 24), (25, 34), (35, 44), (45, 200))
SEXES = ("L", "P", UNKNOWN)


@dataclass(frozen=True)
class Told:
    """A table of a release: its subject, by what it counts, and what one in it is."""

    code: str
    subject: str
    columns: str
    title: object
    definition: object


TABLES = (
    Told("reports_by_month", "reports", "month", _("Reports by month"),
         _("One for each report received, without the hourly checks of intake. By the place the report names.")),
    Told("cases_by_month", "cases", "month", _("Cases by month"),
         _("One for each case opened, without those opened by mistake. By the place of the case, or of the agency "
           "that keeps it where that is not known.")),
    Told("cases_by_kind", "cases", "kind", _("Cases by kind of exploitation"),
         _("One for each case opened, by the kind noted for it; a case of more than one kind is counted as several.")),
    Told("returns_by_month", "returns", "month", _("People sent home by month"),
         _("One for each line of a manifest that was taken in: somebody sent home twice counts twice. By the home.")),
    Told("returns_by_person", "returns", "person", _("People sent home by sex and age"),
         _("One for each line of a manifest that was taken in, by sex, and within that by age on arrival.")),
    Told("services_by_kind", "services", "service", _("Services by kind"),
         _("One for each service asked for; somebody who asked for three counts thrice. By the place of the case.")),
)  # fmt: skip
BY_CODE = {table.code: table for table in TABLES}
SUBJECT_WORDS = {
    "reports": _("Reports"),
    "cases": _("Cases"),
    "returns": _("People sent home"),
    "services": _("Services"),
}
SUBJECTS = tuple(dict.fromkeys(table.subject for table in TABLES))


def counted(period, *, region):
    """{table: {(regency, column): count}} of a period, with every regency and column of it, also where nobody is."""
    found = {}
    for table in TABLES:
        empty = dict.fromkeys(((place, column) for place in rows_of(region) for column in columns_of(table, period)), 0)
        found[table.code] = empty | _COUNTS[table.code](period, region)
    return found


def rows_of(region):
    """The codes of the rows: every regency, and one for what lies nowhere known."""
    return [*places_at(region, "regency"), UNKNOWN]


def columns_of(table, period):
    """The innermost codes of a table's columns."""
    if table.columns == "month":
        return period.months
    if table.columns == "person":
        return [f"{sex}.{band}" for sex in SEXES for band in (*(f"{first:02d}" for first, _last in BANDS), UNKNOWN)]
    if table.columns == "kind":
        return [*_codes("exploitation_kinds"), SEVERAL, UNKNOWN]
    return _codes("services")


def parents_of(table, period):
    """What stands above a column: the sex above an age of it."""
    if table.columns != "person":
        return {}
    return {table.columns: {code: code.split(".")[0] for code in columns_of(table, period)}}


def tabulated(counts, *, table, period):
    """A table with its sums."""
    made = margins.tabulated(counts, dimensions=("place", table.columns), parents=parents_of(table, period))
    return named(made, table)


def named(made, table):
    """A table whose cells name its subject, so that cells of two subjects never have the same name."""
    names = {each: margins.cell(**dict(each), of=table.subject) for each in made.counts}

    def renamed(sums):
        return tuple((names[total], tuple(names[part] for part in parts)) for total, parts in sums)

    return margins.Table(
        {names[each]: count for each, count in made.counts.items()},
        renamed(made.sums),
        tuple(renamed(each) for each in made.otherwise),
    )


def _codes(catalogue):
    return [term.code for term in catalogues.terms(catalogue)]


def _regency(code, region):
    return code[:5] if code and len(code) >= 5 and is_within(code, region) else UNKNOWN


def _added(rows, region):
    """Rows of (place, column, count) put together by regency."""
    found = Counter()
    for place, column, number in rows:
        found[_regency(place, region), column] += number
    return dict(found)


def _month(moment):
    zone = {"tzinfo": get_current_timezone()} if moment.endswith("_at") else {}
    return ExtractMonth(moment, **zone)


def _by_month(rows, moment, place, region):
    found = rows.annotate(at=place, month=_month(moment)).values_list("at", "month").annotate(Count("pk")).order_by()
    return _added(((code, f"{month:02d}", number) for code, month, number in found), region)


def _between(period, moment):
    first, after = period.moments
    return {f"{moment}__gte": first, f"{moment}__lt": after}


def _reports_by_month(period, region):
    rows = Report.objects.real().filter(**_between(period, "received_at"))
    return _by_month(rows, "received_at", F("place_id"), region)


def _cases(period):
    return Case.objects.filter(**_between(period, "opened_at")).exclude(stage=Case.Stage.CANCELLED)


def _cases_by_month(period, region):
    return _by_month(_cases(period), "opened_at", Coalesce("place_id", "agency__place_id"), region)


def _cases_by_kind(period, region):
    rows = _cases(period).annotate(at=Coalesce("place_id", "agency__place_id")).values_list("at", "kinds")
    known = set(_codes("exploitation_kinds"))
    return _added(((code, _kind(kinds, known), 1) for code, kinds in rows), region)


def _kind(kinds, known):
    if len(kinds) > 1:
        return SEVERAL
    return kinds[0] if kinds and kinds[0] in known else UNKNOWN


def _returns(period, region):
    """People who came home to the region, and those of whom nobody knows the home."""
    rows = Returnee.objects.filter(arrived_on__range=(period.first_on, period.last_on))
    return rows.filter(within(region, field="home")) | rows.filter(home=None)


def _returns_by_month(period, region):
    return _by_month(_returns(period, region), "arrived_on", F("home_id"), region)


def _returns_by_person(period, region):
    found = _returns(period, region).values_list("home_id", "sex", "age").annotate(Count("pk")).order_by()
    return _added(((home, f"{sex or UNKNOWN}.{_band(age)}", number) for home, sex, age, number in found), region)


def _band(age):
    if age is None:
        return UNKNOWN
    return next((f"{first:02d}" for first, last in BANDS if first <= age <= last), UNKNOWN)


def _services_by_kind(period, region):
    rows = Service.objects.filter(**_between(period, "requested_at"))
    found = (
        rows.annotate(at=Coalesce("case__place_id", "case__agency__place_id"))
        .values_list("at", "kind").annotate(Count("pk")).order_by()
    )  # fmt: skip
    return _added(found, region)


_COUNTS = {
    "reports_by_month": _reports_by_month,
    "cases_by_month": _cases_by_month,
    "cases_by_kind": _cases_by_kind,
    "returns_by_month": _returns_by_month,
    "returns_by_person": _returns_by_person,
    "services_by_kind": _services_by_kind,
}
