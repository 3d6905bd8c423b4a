"""Ways in the invented year: some sixty journeys, from the home of a case or report to where people worked abroad.

They are written down the day before the year ends, by the officers who keep the files. In the last full quarter fewer
go over the post of Jagoi Babang and more walk around it: a change that the page of routes is to show.
"""

from datetime import timedelta
from random import Random

from django.utils.timezone import localdate

from simpul.cases import ways as case_ways
from simpul.cases.models import Involvement
from simpul.cases.policy import check_may_work_on
from simpul.intake import ways as report_ways
from simpul.intake.models import Report
from simpul.intake.policy import check_may_write
from simpul.lib.rules import allows
from simpul.places.legs import Step
from simpul.places.models import BorderPost, Place
from simpul.places.regions import regency_of

VICTIMS, REPORTS = 45, 15
# Hours before the end of the year.
WRITTEN_AGO = 26
BENGKAYANG, SAMBAS, PONTIANAK = "61.07", "61.01", "61.71"
JAGOI_BABANG, SAJINGAN_BESAR = "61.07.07", "61.01.09"

# By which ways people go from where: how often, then the crossing, and the towns behind it. Of the first leg the
# crossing is a post, the district of a trail, or sea and air.
OVER_JAGOI = (12, "post:jagoi_babang", "car", ("serikin", "kuching", "sibu"))
AROUND_JAGOI = (5, f"trail:{JAGOI_BABANG}", "motorcycle", ("serikin", "kuching"))
OVER_ARUK = (7, "post:aruk", "bus", ("biawak", "kuching", "bintulu"))
AROUND_ARUK = (2, f"trail:{SAJINGAN_BESAR}", "foot", ("lundu", "kuching"))
OVER_ENTIKONG = (9, "post:entikong", "bus", ("tebedu", "serian", "miri"))
OVER_BADAU = (3, "post:badau", "truck", ("lubok_antu", "sibu"))
BY_AIR = (4, "air:", "plane", ("kuala_lumpur", "bangkok", "poipet", "sihanoukville"))
BY_AIR_WEST = (2, "air:", "plane", ("bangkok", "mae_sot", "myawaddy"))
BY_SEA = (1, "sea:", "boat", ("johor_bahru",))
FROM_BENGKAYANG = (OVER_JAGOI, AROUND_JAGOI, OVER_ARUK, BY_AIR)
LATELY_FROM_BENGKAYANG = ((1, *OVER_JAGOI[1:]), (16, *AROUND_JAGOI[1:]), BY_AIR)
FROM_SAMBAS = (OVER_ARUK, AROUND_ARUK, BY_SEA)
FROM_ELSEWHERE = (OVER_ENTIKONG, OVER_BADAU, OVER_JAGOI, BY_AIR, BY_AIR_WEST, BY_SEA)


def begin(office, *, now):
    """Put the writing of the ways into the diary: one evening's work of several offices."""
    office.diary.begin(written(office, now), at=now.ago(hours=WRITTEN_AGO))


def written(office, now):
    """Every way at its own moment, a few minutes apart."""
    at = now.ago(hours=WRITTEN_AGO)
    random = Random("ways")
    yield at
    for thing, keep, by, home, day in known():
        keep(thing, steps(random, home, day, today=localdate(at)), by=by, at=at)
        at += timedelta(minutes=4)
        yield at


def known():
    """Whose ways are written: victims, and reports that led to no case; those of Bengkayang before others.

    Each with the act, the officer, the home and the day on which it became known.
    """
    victims = [
        (part, case_ways.keep, part.case.opened_by, part.case.place, localdate(part.case.opened_at))
        for part in Involvement.objects.filter(part=Involvement.Part.VICTIM, case__place__isnull=False)
        .select_related("case__opened_by__agency", "case__place", "case__data_key").order_by("pk")
        if allows(check_may_work_on, part.case, by=part.case.opened_by)
    ]  # fmt: skip
    decided = Report.objects.real().filter(case=None, place__isnull=False).exclude(decided_by=None)
    decided = decided.exclude(status__in=[Report.Status.MERGED, Report.Status.SET_ASIDE])
    reports = [
        (report, report_ways.keep, report.decided_by, report.place, localdate(report.received_at))
        for report in decided.select_related("decided_by__agency", "place", "data_key", "case").order_by("pk")
        if allows(check_may_write, report, by=report.decided_by)
    ]
    return [*_nearest(victims)[:VICTIMS], *_nearest(reports)[:REPORTS]]


def _nearest(found):
    return sorted(found, key=lambda each: regency_of(each[3].pk) != BENGKAYANG)


def steps(random, home, day, *, today):
    """The steps of one way: to the crossing, over it, and from town to town."""
    on = day - timedelta(days=random.randrange(20, 60))
    ways = choice_for(home, on, today)
    _often, crossing, transport, towns = random.choices(ways, weights=[way[0] for way in ways])[0]
    towns = towns[: random.randrange(1, len(towns) + 1)]
    confidence = random.choice(("person", "person", "others", "document", "presumed"))
    precision = random.choice(("day", "month", "month"))
    kind, _colon, code = crossing.partition(":")
    more = {"confidence": confidence}
    begins, first = home, []
    if kind == "air" and regency_of(home.pk) != PONTIANAK:
        city = Place.objects.get(pk=PONTIANAK)
        first = [Step(home, city, transport="bus", on=on, precision=precision, **more)]
        begins = city
    over = {
        "post": lambda: {"post": BorderPost.objects.get(pk=code)},
        "trail": lambda: {"crossing": "unofficial", "crossed_in": Place.objects.get(pk=code)},
    }.get(kind, lambda: {"crossing": kind})()
    when = {} if first else {"on": on, "precision": precision}
    return [
        *first,
        Step(begins, towns[0], transport=transport, **over, **when, **more),
        *(Step(here, there, transport="car", **more) for here, there in zip(towns, towns[1:], strict=False)),
    ]


def choice_for(home, on, today):
    """By which ways somebody goes from a home at a time."""
    regency = regency_of(home.pk)
    if regency == BENGKAYANG:
        return LATELY_FROM_BENGKAYANG if on >= _lately(today) else FROM_BENGKAYANG
    return FROM_SAMBAS if regency == SAMBAS else FROM_ELSEWHERE


def _lately(today):
    """The first day of the last full quarter."""
    first = today.replace(month=today.month - (today.month - 1) % 3, day=1)
    return (first - timedelta(days=85)).replace(day=1)
