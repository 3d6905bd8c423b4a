"""Open data of the invented year: two quarters are out, and the one before waits for a second officer.

Each was made from what was on record when it was made: what came later stands in no release.
"""

from datetime import datetime, time, timedelta

from simpul.confidentiality import signing
from simpul.insight import periods, release

# Days after the end of a quarter, and the hour.
DRAFTED, APPROVED, PUBLISHED, DELIVERED = (6, 10), (9, 9), (9, 11), (13, 14)
WAITS_SINCE = {"hours": 27}
TO = {
    "organisation": "BPS Provinsi Kalimantan Barat",
    "purpose": "Publikasi statistik daerah",
    "agreement": "Perjanjian kerja sama 7/2026",
}


def begin(office, *, now):
    """Put the releases of the last quarters into the diary."""
    known = release_days(now)
    for period in known[:2]:
        office.diary.begin(story(office, period, now), at=_after(period, DRAFTED, now))
    office.diary.begin(waiting(office, known[2]), at=now.ago(**WAITS_SINCE))


def release_days(now):
    """The last three quarters of which a release can be out by now, the newest first."""
    over = [each for each in periods.over_before(now.at.date()) if "Q" in each.code]
    return [each for each in over if _after(each, DELIVERED, now) <= now.at][:3]


def story(office, period, now):
    """Dewi drafts, the head of the region looks at it and publishes it, and it is handed to the statistical office."""
    dewi, gusti = (office.world.by_name[name] for name in ("dewi", "gusti"))
    one = release.draft(period, by=dewi, at=_after(period, DRAFTED, now))
    at = _after(period, APPROVED, now)
    yield at
    release.approve(one, by=gusti, at=at)
    at = _after(period, PUBLISHED, now)
    yield at
    release.publish(one, sign=signing.sign, by=gusti, at=at)
    at = _after(period, DELIVERED, now)
    yield at
    release.deliver(release.of_number(one.number), **TO, by=dewi, at=at)


def waiting(office, period):
    """A draft that nobody has approved yet."""
    release.draft(period, by=office.world.by_name["dewi"], at=office.diary.until - timedelta(**WAITS_SINCE))
    yield from ()


def _after(period, moment, now):
    days, hour = moment
    return datetime.combine(period.last_on + timedelta(days=days), time(hour), now.at.tzinfo)
