"""The watch of the night: scan, early warning, bursts of signs and other routes, over what was counted until yesterday.

Everything is counted from plain facts. Only whole days, weeks and months are judged: the day that has begun is not over
yet. The settings below say how often chance alone raises an alert: a scan one in `SCAN_DAYS` for each of three counts,
the warning `WARNING_LEVEL` for each regency, count and month. A series that a method refuses (too short, nothing
counted, one place) is passed over: it is not quiet, it is unknown.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.utils.timezone import localdate

from simpul.insight import alerts, routes, series
from simpul.insight.methods.refusal import Refused
from simpul.insight.models import Alert
from simpul.places.models import BorderPost
from simpul.places.regions import is_code, is_within

log = logging.getLogger(__name__)

# Days looked back on, and the longest a cluster may have lasted.
SCAN_HISTORY, SCAN_LONGEST = 180, 28
REPLICAS, SEED = 999, 1
# An alert is raised where chance alone would show as much at most once in so many days, looked for every day.
SCAN_DAYS = 365
LEAST_CASES = 3
# One chance in so many that a month is called where nothing is.
WARNING_LEVEL = 0.005
MONTH_DAYS = 365.2425 / 12
# Weeks looked back on for signs; how strong a burst must be (nats), of how many at least.
SIGN_WEEKS, STRENGTH, LEAST_SEEN = 52, 6.0, 5


def watch(*, at):
    """Look at everything once; the job of the night. Returns the alerts that stand because of it."""
    yesterday = localdate(at) - timedelta(days=1)
    found = [*_clusters(yesterday), *_rises(yesterday), *_bursts(yesterday), *_other_routes(yesterday)]
    raised = [alerts.raise_(seen, at=at) for seen in found]
    return [alert for alert in raised if alert is not None]


def _clusters(last_on):
    for subject in series.SUBJECTS:
        daily = series.by_district_and_day(
            subject, prefix=settings.REGION, first_on=last_on - timedelta(days=SCAN_HISTORY - 1), last_on=last_on
        )
        yield from clusters(subject, daily)


def clusters(subject, daily):
    """What the prospective space-time scan by permutation sees in counts by district and day."""
    # Numba is heavy: only the process that scans brings it in.
    import numpy as np

    from simpul.insight.methods import scan, scan_zones

    counts = np.array(daily.counts, float)
    if len(daily.places) < 2 or daily.total < 2 * LEAST_CASES:
        return
    try:
        zones = scan_zones.zones(np.array(daily.points), counts.sum(1), is_geographic=True)
        found = scan.permutation(
            counts, zones, spans=scan.Spans(longest=SCAN_LONGEST, to_the_end=True),
            draws=scan.Draws(replicas=REPLICAS, seed=SEED, least_cases=LEAST_CASES),
        )  # fmt: skip
    except Refused as refused:
        log.info("The scan of %s says nothing: %s", subject, refused.reason)
        return
    for cluster in found.clusters:
        days = scan.recurrence(cluster, days=1)
        if days < SCAN_DAYS:
            continue
        # A circle also holds places without a case: they are part of no alert.
        places = [number for number in cluster.places if counts[number, cluster.first :].sum()]
        yield alerts.Seen(
            kind=Alert.Kind.CLUSTER, subject=subject, places=tuple(daily.places[number] for number in places),
            first_on=daily.day(cluster.first), last_on=daily.day(cluster.last), method="scan.permutation",
            figures={
                "count": int(cluster.cases), "expected": round(cluster.expected, 2),
                "times": round(cluster.relative_risk, 2), "p": cluster.p, "recurrence_days": round(days),
                "km": round(cluster.radius, 1), "left_out": daily.left_out,
            },
            settings={"days": SCAN_HISTORY, "longest": SCAN_LONGEST, "replicas": REPLICAS, "seed": SEED},
        )  # fmt: skip


def _rises(last_on):
    # The last month that is over.
    last_month = ((last_on + timedelta(days=1)).replace(day=1) - timedelta(days=1)).replace(day=1)
    for subject in series.SUBJECTS:
        counts, first = series.by_regency_and_month(subject, prefix=settings.REGION, last_month=last_month)
        for regency, numbers in counts.items():
            yield from rises(subject, regency, numbers, first=first, last_month=last_month)


def rises(subject, regency, numbers, *, first, last_month):
    """What early warning says of the last month of a regency, by the season or, without years, by the months before."""
    import numpy as np

    from simpul.insight.methods import warning

    counts = np.array(numbers, float)
    for method in ("seasonal", "recent"):
        how = {"unit": "month"} if method == "seasonal" else {}
        try:
            told = getattr(warning, method)(counts, level=WARNING_LEVEL, **how)
        except Refused as refused:
            log.info("Early warning (%s) of %s says nothing: %s", method, subject, refused.reason)
            continue
        break
    else:
        return
    if not told.is_alarm:
        return
    end = (last_month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    yield alerts.Seen(
        kind=Alert.Kind.RISE, subject=subject, places=(regency,), first_on=last_month, last_on=end,
        method=f"warning.{method}",
        figures={
            "count": told.count, "expected": round(told.expected, 2), "low": told.low, "high": told.high, "p": told.p,
            "times": round(told.count / max(told.expected, 0.01), 2),
            "recurrence_days": round(MONTH_DAYS / max(told.p, 1e-9)),
        },
        settings={"level": WARNING_LEVEL, "months": len(numbers)},
    )  # fmt: skip


def _bursts(last_on):
    for subject in (series.REPORTS, series.CASES):
        signs = series.signs_by_week(subject, prefix=settings.REGION, last_on=last_on, weeks=SIGN_WEEKS)
        yield from bursts(subject, signs)


def bursts(subject, signs):
    """Signs of the catalogues that come more often than they used to, and still do in the last week."""
    from simpul.insight.methods import modus

    for burst in modus.bursts(signs.counts, signs.totals):
        if burst.last != signs.weeks - 1 or burst.strength < STRENGTH or burst.seen < LEAST_SEEN:
            continue
        places = signs.places_of(burst.sign, burst.first, burst.last)
        if not places:
            continue
        first_on, last_on = signs.span(burst.first, burst.last)
        yield alerts.Seen(
            kind=Alert.Kind.WORDING, subject=subject, sign=burst.sign, places=tuple(places), first_on=first_on,
            last_on=last_on, method="modus.bursts",
            figures={
                "count": burst.seen, "among": burst.among, "expected": round(burst.expected, 2),
                "times": round(burst.seen / max(burst.expected, 0.01), 2), "strength": round(burst.strength, 2),
            },
            settings={"weeks": SIGN_WEEKS, "strength": STRENGTH, "least": LEAST_SEEN},
        )  # fmt: skip


def _other_routes(last_on):
    """Segments that more people take than in the quarter before, of ways that so many share that all may be told."""
    period = routes.before(routes.quarter_of(last_on + timedelta(days=1)))
    question = routes.Question(tuple(routes.KINDS), settings.REGION, period, exact=False)
    for shift in routes.answer(question, today=last_on).shifts:
        if shift.ratio > 1:
            yield alerts.Seen(
                kind=Alert.Kind.ROUTE, subject=Alert.Subject.LEGS, sign=f"{shift.origin}>{shift.destination}",
                places=_places_of(shift.origin, shift.destination), first_on=period.first_on, last_on=period.last_on,
                method="flows.shifts",
                figures={
                    "count": shift.after, "expected": shift.before, "times": round(shift.ratio, 2),
                    "low": round(shift.low, 2), "high": round(shift.high, 2), "p": shift.p,
                },
                settings={"period": period.code},
            )  # fmt: skip


def _places_of(*nodes):
    """The regions that a route touches here; the whole region where it touches none by name."""
    posts = [node.removeprefix(routes.POST) for node in nodes if node.startswith(routes.POST)]
    codes = {node.removeprefix(routes.UNOFFICIAL) for node in nodes if not node.startswith(routes.POST)}
    codes |= set(BorderPost.objects.filter(pk__in=posts).values_list("place_id", flat=True))
    here = sorted(code for code in codes if is_code(code) and is_within(code, settings.REGION))
    return tuple(here) or (settings.REGION,)
