"""Days and moments. A moment is an aware datetime; a day is a date in the time zone of the office."""

from datetime import date, datetime, time, timedelta, tzinfo

# How Indonesian, English and Malay lists write the months, with their abbreviations and commonest slips.
_MONTHS = {
    1: "januari january jan",
    2: "februari february pebruari feb peb pebr febr febuari",
    3: "maret march mar mac mrt",
    4: "april apr apl",
    5: "mei may mey",
    6: "juni june jun",
    7: "juli july jul julai",
    8: "agustus august agst agust agt ags aug ogos agus agts ogo agu",
    9: "september sept sep sepetember",
    10: "oktober october okt oct okto",
    11: "november nopember nov nop nof",
    12: "desember december disember des dec dis desem",
}
MONTH_OF = {word: month for month, words in _MONTHS.items() for word in words.split()}


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
