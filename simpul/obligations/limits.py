"""Time limits: from a moment and a limit to the moment by which something is owed.

Hours run exactly. A limit in days begins on the day after the event and ends with the last second of its last day;
working days leave out Saturdays, Sundays and holidays. Months and years end on the same day of the month, or on its
last day. All days are days in the time zone of the office.
"""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from simpul.lib.dates import end_of_day

UNITS = ("hours", "calendar_days", "working_days", "months", "years")


@dataclass(frozen=True)
class Limit:
    """An amount of a unit: 24 hours, 7 calendar_days, 7 working_days, 6 months, 1 years."""

    amount: int
    unit: str

    def __post_init__(self):
        if self.unit not in UNITS or self.amount < 0:
            raise ValueError(f"{self.amount} {self.unit} is not a time limit. Units are {', '.join(UNITS)}.")


@dataclass(frozen=True)
class OfficeCalendar:
    """The time zone of an office and the days on which it is closed besides Saturday and Sunday."""

    zone: tzinfo
    holidays: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether the office is open on a day."""
        return day.weekday() < 5 and day not in self.holidays


def falls_due(start: datetime, limit: Limit, office: OfficeCalendar) -> datetime:
    """The last moment within a limit that begins at an aware moment."""
    if limit.unit == "hours":
        return start + timedelta(hours=limit.amount)
    first = start.astimezone(office.zone).date()
    return end_of_day(_LAST_DAY[limit.unit](first, limit.amount, office), office.zone)


def moved_on(
    moment: datetime, limit: Limit, paused_at: datetime, resumed_at: datetime, office: OfficeCalendar
) -> datetime:
    """Where a limit ends whose clock stood still between two moments: what was left then is left now.

    Hours move by the hours it stood. Days move by whole days, working days by working days, so that a limit in days
    still ends with a day of its kind. What had run out before the clock stood has run out.
    """
    if moment <= paused_at:
        return moment
    if limit.unit == "hours":
        return moment + (resumed_at - paused_at)
    stopped, last = (each.astimezone(office.zone).date() for each in (paused_at, moment))
    again = resumed_at.astimezone(office.zone).date()
    if limit.unit == "working_days":
        left = sum(office.is_working_day(stopped + timedelta(days=n)) for n in range(1, (last - stopped).days + 1))
        # What is left of the last day is left of a working day, not of the Sunday on which the clock goes on.
        day = _after_working_days(again, left, office) if left else _first_working_day(again, office)
        return end_of_day(day, office.zone)
    return end_of_day(last + (again - stopped), office.zone)


def _first_working_day(day: date, office: OfficeCalendar) -> date:
    return day if office.is_working_day(day) else _after_working_days(day, 1, office)


def _after_days(first: date, amount: int, office: OfficeCalendar) -> date:
    return first + timedelta(days=amount)


def _after_working_days(first: date, amount: int, office: OfficeCalendar) -> date:
    day = first
    while amount:
        day += timedelta(days=1)
        amount -= office.is_working_day(day)
    return day


def _after_months(first: date, amount: int, office: OfficeCalendar) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + amount, 12)
    return date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))


def _after_years(first: date, amount: int, office: OfficeCalendar) -> date:
    return _after_months(first, 12 * amount, office)


_LAST_DAY = {
    "calendar_days": _after_days,
    "working_days": _after_working_days,
    "months": _after_months,
    "years": _after_years,
}
