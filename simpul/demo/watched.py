"""What the figures of the invented year raised: an alert that stands in Jagoi Babang, one of earlier that was closed,
and a hidden number for which the lists overlap too little.

The alerts are raised with the counts that the year really has; the scan that would find them takes a minute that a
first start does not have. So they name no recurrence.
"""

from datetime import timedelta

from django.utils.timezone import localdate

from simpul.demo.world import HOME
from simpul.insight import alerts, estimates, series, watch
from simpul.insight.methods.capture_table import LEAST_OVERLAP
from simpul.insight.models import Alert, Estimate

DISTRICT, DAYS = "61.07.07", 9
# Of the times of four weeks, the latest one is asked for in which the lists of the regency hardly overlap.
WEEKS_BACK = range(0, 60, 4)


def begin(office, *, now):
    """Put what figures raise into the diary."""
    office.diary.begin(_standing(now), at=now.ago(hours=9))
    office.diary.begin(_closed(office, now), at=now.on(70))
    office.diary.begin(_hidden_number(office, now), at=now.on(5))


def _standing(now):
    """Reports of the last days gather in the district; the secretariat has not looked yet."""
    at = now.ago(hours=9)
    yield at
    last_on = localdate(at) - timedelta(days=1)
    first_on = last_on - timedelta(days=watch.SCAN_HISTORY - 1)
    daily = series.by_district_and_day(series.REPORTS, prefix="61", first_on=first_on, last_on=last_on)
    row = daily.counts[daily.places.index(DISTRICT)]
    count, lately = sum(row[-DAYS:]), sum(sum(each[-DAYS:]) for each in daily.counts)
    if not count:
        return
    expected = sum(row) * lately / daily.total
    alerts.raise_(
        alerts.Seen(
            kind=Alert.Kind.CLUSTER, subject=Alert.Subject.REPORTS, places=(DISTRICT,),
            first_on=last_on - timedelta(days=DAYS - 1), last_on=last_on, method="scan.permutation",
            figures={"count": count, "expected": round(expected, 2), "times": round(count / expected, 2)},
            settings={"days": watch.SCAN_HISTORY, "longest": watch.SCAN_LONGEST},
        ),
        at=at,
    )  # fmt: skip


def _closed(office, now):
    """More people were sent home in a month than in those before; Dewi knew of the raid that it came from."""
    at = now.on(70)
    yield at
    last_month = (localdate(at).replace(day=1) - timedelta(days=1)).replace(day=1)
    counts, _first = series.by_regency_and_month(series.RETURNS, prefix=HOME, last_month=last_month)
    months = counts.get(HOME, [])
    if len(months) < 2 or not months[-1]:
        months = [*months, 1]
    before = sum(months[:-1]) / max(len(months) - 1, 1)
    alert = alerts.raise_(
        alerts.Seen(
            kind=Alert.Kind.RISE, subject=Alert.Subject.RETURNS, places=(HOME,), first_on=last_month,
            last_on=(last_month + timedelta(days=31)).replace(day=1) - timedelta(days=1), method="warning.recent",
            figures={"count": months[-1], "expected": round(before, 2)}, settings={"months": len(months)},
        ),
        at=at,
    )  # fmt: skip
    at += timedelta(hours=3)
    yield at
    dewi = office.world.dewi
    alerts.take_up(alert, by=dewi, at=at)
    at += timedelta(days=1)
    yield at
    alerts.close(alert, outcome="real_known", by=dewi, at=at)


def _hidden_number(office, now):
    """Dewi asked how many victims there are in all; too few are on two lists, and no number is given."""
    at = now.on(5)
    yield at
    for weeks in WEEKS_BACK:
        last_on = localdate(at) - timedelta(weeks=weeks)
        asked = estimates.Asked(Estimate.Population.VICTIMS, HOME, last_on - timedelta(weeks=4, days=-1), last_on)
        if 0 < _overlap(asked) < LEAST_OVERLAP:
            estimates.make(estimates.ask(asked, by=office.world.dewi, at=at), at=at + timedelta(minutes=1))
            return


def _overlap(asked):
    """How many people are on two lists or more."""
    lists = estimates.recorded(
        Estimate(
            population=asked.population, place_id=asked.place, first_on=asked.first_on, last_on=asked.last_on
        )
    )  # fmt: skip
    (first, *_others) = estimates.tables(lists, draws=1)
    return sum(count for marks, count in first if sum(marks) > 1)
