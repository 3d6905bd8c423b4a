"""Series: what is counted day by day and month by month, for those who watch that it does not rise.

Reports count on the day they came in, without the hourly checks and without those that were set aside or merged with
another; cases on the day they were opened, without those opened by mistake. People sent home from one village on one
list count once, for they may have come together. What lies in no district, or in no regency, is left out and counted.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncDate, TruncMonth
from django.utils.timezone import get_current_timezone

from simpul.cases.models import Case
from simpul.intake.models import Finding, Report
from simpul.migrants.models import Returnee
from simpul.places.models import Place
from simpul.places.regions import within

DISTRICT, REGENCY = len("61.07.07"), len("61.07")
WEEK = 7
# The alert's words for what is counted (`models.Alert.Subject`).
REPORTS, CASES, RETURNS = "reports", "cases", "returns"
SUBJECTS = (REPORTS, CASES, RETURNS)
NOT_COUNTED = (Report.Status.SET_ASIDE, Report.Status.MERGED)


@dataclass(frozen=True)
class Daily:
    """Counts of a region by district and day: (districts, days); what lies in no district is `left_out`."""

    places: list
    points: list
    first_on: object
    counts: list
    left_out: int

    @property
    def total(self):
        return sum(map(sum, self.counts))

    def day(self, number):
        return self.first_on + timedelta(days=number)


@dataclass(frozen=True)
class Signs:
    """How many reports or cases bear each sign, week by week: {sign: counts}, all of each week, places of each."""

    first_on: object
    weeks: int
    counts: dict
    totals: list
    places: dict

    def span(self, first, last):
        """The days of some weeks, both included."""
        return self.first_on + timedelta(weeks=first), self.first_on + timedelta(weeks=last + 1, days=-1)

    def places_of(self, sign, first, last):
        """The regencies in which a sign was seen in some weeks."""
        seen = self.places[sign]
        return sorted({place for week in range(first, last + 1) for place in seen[week]})


def by_district_and_day(subject, *, prefix, first_on, last_on):
    """Counts of each district with a known point, from the first day to the last."""
    points = dict(
        Place.objects.filter(within(prefix, "code"), level=Place.Level.DISTRICT, retired_on=None)
        .exclude(latitude=None)
        .order_by("code")
        .values_list("code", "latitude")
    )
    longitudes = dict(Place.objects.filter(code__in=points).values_list("code", "longitude"))
    codes = list(points)
    at, days = {code: number for number, code in enumerate(codes)}, (last_on - first_on).days + 1
    counts, left_out = [[0] * days for _code in codes], 0
    for place, day, number in _by_day(subject, prefix, first_on, last_on):
        row = at.get((place or "")[:DISTRICT])
        if row is None:
            left_out += number
            continue
        counts[row][(day - first_on).days] += number
    return Daily(codes, [(points[code], longitudes[code]) for code in codes], first_on, counts, left_out)


def by_regency_and_month(subject, *, prefix, last_month):
    """{regency: counts}, oldest first, and the first month: from the first month with anything in the region.

    `last_month` is the first day of the last month counted.
    """
    rows = [
        (place[:REGENCY], month, number)
        for place, month, number in _by_month(subject, prefix)
        if place and len(place) >= REGENCY and month <= last_month
    ]
    if not rows:
        return {}, last_month
    first = min(month for _place, month, _number in rows)
    months = months_between(first, last_month) + 1
    counts = defaultdict(lambda: [0] * months)
    for regency, month, number in rows:
        counts[regency][months_between(first, month)] += number
    return dict(sorted(counts.items())), first


def signs_by_week(subject, *, prefix, last_on, weeks):
    """Signs of the catalogues on what came in, week by week; the last week ends on `last_on`.

    Of reports the kinds of exploitation and the means that an officer found; of cases the method and the kinds.
    """
    first_on = last_on - timedelta(weeks=weeks, days=-1)
    totals = [0] * weeks
    counts, places = defaultdict(lambda: [0] * weeks), defaultdict(lambda: [set() for _week in range(weeks)])
    for day, place, signs in _SIGNS[subject](prefix, first_on, last_on):
        week = (day - first_on).days // WEEK
        totals[week] += 1
        for sign in signs:
            counts[sign][week] += 1
            if place and len(place) >= REGENCY:
                places[sign][week].add(place[:REGENCY])
    return Signs(first_on, weeks, dict(counts), totals, places)


def months_between(first, last):
    """How many months lie between the firsts of two months."""
    return 12 * (last.year - first.year) + last.month - first.month


def reports():
    """Reports that count."""
    return Report.objects.real().exclude(status__in=NOT_COUNTED)


def cases():
    """Cases that count."""
    return Case.objects.exclude(stage=Case.Stage.CANCELLED)


def _by_day(subject, prefix, first_on, last_on):
    if subject == RETURNS:
        rows = Returnee.objects.filter(within(prefix, "home"), arrived_on__range=(first_on, last_on))
        return rows.values_list("home", "arrived_on").annotate(number=Count("manifest", distinct=True)).order_by()
    rows, moment = _dated(subject)
    rows = rows.filter(within(prefix), _between(moment, first_on, last_on)).annotate(day=TruncDate(moment))
    return rows.values_list("place", "day").annotate(number=Count("pk")).order_by()


def _by_month(subject, prefix):
    if subject == RETURNS:
        rows = Returnee.objects.filter(within(prefix, "home")).annotate(month=TruncMonth("arrived_on"))
        return rows.values_list("home", "month").annotate(number=Count("manifest", distinct=True)).order_by()
    rows, moment = _dated(subject)
    rows = rows.filter(within(prefix)).annotate(month=TruncMonth(moment))
    found = rows.values_list("place", "month").annotate(number=Count("pk")).order_by()
    return ((place, month.date(), number) for place, month, number in found)


def _between(moment, first_on, last_on):
    """The condition of lying in some days, asked of the moment itself, as its index is."""
    zone = get_current_timezone()
    start, end = (datetime.combine(day, time.min, zone) for day in (first_on, last_on + timedelta(days=1)))
    return Q(**{f"{moment}__gte": start, f"{moment}__lt": end})


def _dated(subject):
    return (reports(), "received_at") if subject == REPORTS else (cases(), "opened_at")


def _signs_of_reports(prefix, first_on, last_on):
    rows = reports().filter(within(prefix), _between("received_at", first_on, last_on))
    found = Finding.objects.filter(element=Finding.Element.MEANS, report__in=rows.values("pk"))
    means = defaultdict(list)
    for report, term in found.values_list("report_id", "term"):
        means[report].append(f"means:{term}")
    for pk, day, place, kinds in rows.values_list("pk", TruncDate("received_at"), "place_id", "kinds"):
        yield day, place, [*(f"exploitation_kinds:{kind}" for kind in kinds), *means[pk]]


def _signs_of_cases(prefix, first_on, last_on):
    rows = cases().filter(within(prefix), _between("opened_at", first_on, last_on))
    for day, place, modus, kinds in rows.values_list(TruncDate("opened_at"), "place_id", "modus", "kinds"):
        signs = Counter(f"exploitation_kinds:{kind}" for kind in kinds)
        yield day, place, [*signs, f"modus:{modus}"] if modus else list(signs)


_SIGNS = {REPORTS: _signs_of_reports, CASES: _signs_of_cases}
