"""Periods of releases: a quarter or a year of the calendar, "2026-Q1" or "2026", and only when it is over."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

PATTERN = re.compile(r"(20\d\d)(?:-Q([1-4]))?")


class NoPeriod(ValueError):
    """What was written names no quarter and no year."""


@dataclass(frozen=True, order=True)
class Period:
    """A quarter or a year."""

    first_on: date
    last_on: date
    code: str

    @property
    def name(self):
        year, _dash, quarter = self.code.partition("-Q")
        if not quarter:
            return _("the year %(year)s") % {"year": year}
        return _("quarter %(quarter)s of %(year)s") % {"quarter": quarter, "year": year}

    @property
    def year(self):
        return self.first_on.year

    @property
    def months(self):
        """The codes of its months: "01", "02", "03"."""
        return [f"{month:02d}" for month in range(self.first_on.month, self.last_on.month + 1)]

    @property
    def moments(self):
        """The first moment, and the first one after it, where the office is."""
        zone = get_current_timezone()
        after = self.last_on + timedelta(days=1)
        return datetime.combine(self.first_on, time.min, zone), datetime.combine(after, time.min, zone)

    def is_over_on(self, day):
        return self.last_on < day


def period(code):
    """The period of a code; NoPeriod where there is none."""
    found = PATTERN.fullmatch(code or "")
    if found is None:
        raise NoPeriod(_("“%(code)s” is no period. Write a year as 2026, or a quarter as 2026-Q1.") % {"code": code})
    year, quarter = int(found[1]), found[2]
    first, months = (1, 12) if quarter is None else (3 * int(quarter) - 2, 3)
    after = date(year + 1, 1, 1) if first + months > 12 else date(year, first + months, 1)
    return Period(date(year, first, 1), after - timedelta(days=1), code)


def over_before(day, *, years=3):
    """Quarters and years that are over, the newest first."""
    codes = [code for year in range(day.year - years, day.year + 1)
             for code in (str(year), *(f"{year}-Q{quarter}" for quarter in range(1, 5)))]  # fmt: skip
    found = [each for each in map(period, codes) if each.is_over_on(day)]
    return sorted(found, key=lambda each: (each.last_on, each.first_on), reverse=True)
