"""Days and moments. A moment is an aware datetime; a day is a date in the time zone of the office."""

from datetime import date, datetime, time, timedelta, tzinfo


def start_of_day(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day in a time zone."""
    return datetime.combine(day, time.min, zone)


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """The last second of a day in a time zone."""
    return start_of_day(day + timedelta(days=1), zone) - timedelta(seconds=1)


def full_years_between(born: date, day: date) -> int:
    """Age in full years on a day; somebody born on 29 February turns older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def noon_of(day: date, zone: tzinfo) -> datetime:
    """The middle of a day in a time zone: for what is known to the day and not to the hour."""
    return datetime.combine(day, time(12), zone)
