"""A region's month: what its head reads in one sheet, on the page and on paper, from the same numbers.

Almost all is read from tallies, so the page says when they were counted. The head sees the facts of every case, so
cases are counted exactly; of people sent home no number below eleven is told to those who see figures only.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import get_current_timezone, localdate

from simpul.insight import alerts, decisions, estimates, figures, punctuality, tallies, vulnerability
from simpul.insight.measures import BY_CODE, Measure
from simpul.insight.models import Alert, Estimate
from simpul.insight.tallies import InTime
from simpul.lib.dates import start_of_day
from simpul.places.models import Place
from simpul.places.regions import level_of, path_names, short_name

HIDDEN = figures.HIDDEN
YEAR = 12
MOST_ALERTS = 6
CLOCKS = (tallies.IN_TIME, tallies.LATE, punctuality.OVERDUE)
WAITING = ("victims_waiting", "reports_waiting", "referrals_waiting")
UNVISITED = "returns_unvisited"
WAY = (
    "reports_received", "cases_opened", "services_asked", "services_done", "restitution_claimed", "restitution_awarded",
    "restitution_paid",
)  # fmt: skip
BY_PLACE = ("reports_received", "cases_opened")


@dataclass(frozen=True)
class Figure:
    """A measure in the month, in the month before, in twelve months and month by month; None where nobody counted."""

    measure: Measure
    number: object
    before: object = None
    year: object = None
    series: tuple = ()


@dataclass(frozen=True)
class OfPlace:
    """What was counted of a place below the region: flows of a year (`since`), and what stands at the month's end."""

    code: str
    name: str
    reports: int
    cases: int
    open: int
    overdue: int
    returns: object
    unvisited: object


@dataclass(frozen=True)
class OfAlert:
    """An alert as far as the reader may see it."""

    alert: Alert
    where: str
    places: int
    count: object


@dataclass(frozen=True)
class RegionMonth:
    """All that the page and the paper show."""

    region: Place
    month: date
    at: datetime
    counted_at: datetime | None
    in_time: InTime
    before: InTime
    by_month: tuple
    agencies: tuple
    figures: dict
    places: tuple
    returns: object
    level: str
    alerts: tuple
    index: vulnerability.Index
    hidden_number: Estimate | None
    decisions: tuple

    @property
    def name(self):
        return short_name(self.region)

    @property
    def is_running(self):
        """Whether the month is not over yet."""
        return tallies.first_of(localdate(self.at)) == self.month

    @property
    def since(self):
        """The first of the twelve months up to this one that was counted; before it nobody counted."""
        numbers = self.figures[WAY[0]].series[-YEAR:]
        back = next((len(numbers) - 1 - at for at, number in enumerate(numbers) if number is not None), 0)
        return tallies.earlier(self.month, back)

    @property
    def waiting(self):
        return [self.figures[code] for code in WAITING]

    @property
    def people_waiting(self):
        """How many victims, reports and referrals wait together; None where any of them was not counted."""
        return _together(each.number for each in self.waiting)

    @property
    def waited_before(self):
        """The same a month before."""
        return _together(each.before for each in self.waiting)

    @property
    def unvisited(self):
        return self.figures[UNVISITED]

    @property
    def way(self):
        """From the report to the money, in order."""
        return [self.figures[code] for code in WAY]

    @property
    def measures(self):
        """The measures that stand on the sheet, each once."""
        codes = (*CLOCKS, *WAITING, UNVISITED, "returns_arrived", *WAY, "cases_open", "alerts_standing")
        return [BY_CODE[code] for code in codes]

    @property
    def hides(self):
        """Whether any number here is hidden from the reader."""
        numbers = [self.unvisited.number, *(each.count for each in self.alerts)]
        return HIDDEN in [self.returns, *numbers, *(n for each in self.places for n in (each.returns, each.unvisited))]

    @property
    def sum_of_agencies(self):
        """All agencies together, as in the table of them."""
        in_time = [each.in_time for each in self.agencies]
        return punctuality.OfAgency(
            None, InTime(sum(one.met for one in in_time), sum(one.of for one in in_time)),
            sum(each.overdue for each in self.agencies),
        )  # fmt: skip


def _together(numbers):
    numbers = list(numbers)
    return None if None in numbers else sum(numbers)


def months(*, at, number=tallies.MONTHS):
    """The months that can be read, the newest first."""
    now = tallies.first_of(localdate(at))
    return [tallies.earlier(now, back) for back in range(number)]


def of(officer, *, month, at):
    """The month of the officer's region."""
    prefix = officer.jurisdiction
    level = Place.Level.REGENCY if level_of(prefix) == Place.Level.PROVINCE else Place.Level.DISTRICT
    kept_out = officer if tallies.is_kept_out(officer) else None
    agencies = punctuality.of_agencies(prefix, until=month, officer=kept_out)
    by_month = _by_month(kept_out, prefix, month)
    returns = figures.answer(
        figures.Question("returns", str(level), prefix=prefix, year=month.year),
        exact=tallies.sees_exact("returns_arrived", officer, prefix=prefix),
    )  # fmt: skip
    unvisited = _unvisited(officer, prefix, level, month)
    index = vulnerability.index_of(prefix[:2], Place.Level.REGENCY)
    first = vulnerability.first_to_look(prefix, level, officer=officer)
    return RegionMonth(
        region=Place.objects.get(pk=prefix),
        month=month,
        at=at,
        counted_at=tallies.counted_at(),
        in_time=by_month[-1][1],
        before=by_month[-2][1],
        by_month=by_month,
        agencies=agencies,
        figures=_figures(kept_out, prefix, month) | {UNVISITED: Figure(BY_CODE[UNVISITED], unvisited[""])},
        places=_places(kept_out, prefix, level, month, returns, unvisited),
        returns=returns.total,
        level=level,
        alerts=_alerts(officer, month),
        index=index,
        hidden_number=_hidden_number(officer, month),
        decisions=tuple(
            decisions.waiting(
                officer, in_time={each.agency: each.in_time for each in agencies if each.in_time.of}, places=first,
                index=index, at=at,
            )
        ),
    )  # fmt: skip


def _by_month(kept_out, prefix, month):
    """(month, `InTime`) of thirteen months, the oldest first."""
    found = tallies.series(CLOCKS[:2], prefix=prefix, until=month, officer=kept_out)
    names = [tallies.earlier(month, back) for back in reversed(range(tallies.MONTHS))]
    pairs = zip(names, found[tallies.IN_TIME], found[tallies.LATE], strict=True)
    return tuple((name, InTime(met or 0, (met or 0) + (late or 0))) for name, met, late in pairs)


def _figures(kept_out, prefix, month):
    codes = (*WAITING, *WAY, "cases_open", "duties_overdue", "alerts_standing")
    found = tallies.series(codes, prefix=prefix, until=month, officer=kept_out)
    return {code: _figure(code, numbers) for code, numbers in found.items()}


def _figure(code, numbers):
    known = [number for number in numbers[-YEAR:] if number is not None]
    return Figure(BY_CODE[code], numbers[-1], numbers[-2], sum(known) if known else None, tuple(numbers))


def _unvisited(officer, prefix, level, month):
    """{place: how many wait for a visit}, "" for all, by the rule of places.

    How many of them wait too long is not told: it lies within this number.
    """
    if tallies.series([UNVISITED], prefix=prefix, until=month, months=1)[UNVISITED][0] is None:
        return {"": None}
    exact = tallies.sees_exact(UNVISITED, officer, prefix=prefix)
    return tallies.shown_by_place(UNVISITED, prefix=prefix, level=level, month=month, exact=exact)


def _places(kept_out, prefix, level, month, returns, unvisited):
    year = tallies.over_places(BY_PLACE, prefix=prefix, level=level, until=month, months=YEAR, officer=kept_out)
    stands = {
        code: tallies.by_place(code, prefix=prefix, level=level, month=month, officer=kept_out)
        for code in ("cases_open", "duties_overdue")
    }
    return tuple(
        OfPlace(
            code, str(name), year.get(("reports_received", code), 0), year.get(("cases_opened", code), 0),
            stands["cases_open"][code], stands["duties_overdue"][code], returns.cell(code), unvisited.get(code),
        )
        for code, name in figures.places_at(prefix, level).items()
    )  # fmt: skip


def _begins(month):
    return start_of_day(month, get_current_timezone())


def _alerts(officer, month):
    """Alerts of the region that stand, and those closed within the month; those that stand first."""
    begins, ends = _begins(month), _begins(tallies.later(month))
    found = alerts.alerts_for(officer).filter(Q(closed_at=None) | Q(closed_at__gte=begins), raised_at__lt=ends)
    found = list(found[:MOST_ALERTS])
    names = path_names({each.place_id for each in found})
    return tuple(
        OfAlert(each, names.get(each.place_id, each.place_id), len(each.places.all()), _count(each, officer))
        for each in found
    )


def _count(alert, officer):
    number = alert.figures["count"]
    return number if alerts.sees_exact(officer, alert) or number >= figures.THRESHOLD else HIDDEN


def _hidden_number(officer, month):
    """The newest estimate of the region of which a number or a range may be told."""
    told = estimates.estimates_for(officer).filter(verdict__in=["publish", "range"], place_id=officer.jurisdiction)
    return told.filter(made_at__lt=_begins(tallies.later(month))).first()
