"""Days of birth and journey as they stand in sheets: numbers, words, Excel's day numbers, years alone and ages.

The order of day and month is a habit of the sheet, so it is decided for a whole column: one date that can only be read
one way tells how the others are meant. Where a column proves both, what could mean two days is asked.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from simpul.lib.dates import MONTH_OF
from simpul.places.spelling import distance

DAY_FIRST, MONTH_FIRST, UNSURE = "dmy", "mdy", "?"

_ROMAN = dict(zip("i ii iii iv v vi vii viii ix x xi xii".split(), range(1, 13), strict=True))  # noqa: SIM905
_WEEKDAYS = (
    r"(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
)
_WEEKDAY = re.compile(rf"^{_WEEKDAYS}\b[\s,./-]*", re.IGNORECASE)
_CLOCK = re.compile(
    r"[T\s]+\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?(?:\s*(?:z|wib|wita|am|pm|[+-]\d\d:?\d\d))?$", re.IGNORECASE
)
_NUMBERS = re.compile(r"(\d{1,4})\s*[-/.,\s–—]\s*(\d{1,2})\s*[-/.,\s–—]\s*(\d{1,4})")
_WORDY = re.compile(r"(\d{1,2})[\s./,–-]*([a-z]{1,12})[\s./,'’–-]*(\d{4}|\d{2})", re.IGNORECASE)
_MONTH_BEFORE = re.compile(r"([a-z]{3,12})[\s.]*(\d{1,2})(?:st|nd|rd|th)?[\s.,]+(\d{4})", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"(\d{4})[\s./,–-]*([a-z]{3,12})[\s./,–-]*(\d{1,2})", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"(?:([a-z]{3,12})|(\d{1,2})\s*[-/])[\s.]*(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?:th|thn|tahun|year|lahir|lhr|±|\+/-|ca?)?[\s.:]*((?:18|19|20)\d\d)(?:\s*an)?", re.IGNORECASE)
_AGE = re.compile(
    r"(?:umur|usia|age|±|\+/-|\+-|sekitar|kira-kira|kurang lebih|lebih kurang|k/l)?[\s.:±]*(\d{1,3})(?:[.,]\d)?\s*"
    r"(th|thn|tahun|yrs?|years?|y\.?o\.?|bln|bulan|months?|mo|hari|minggu|hr)?\b[\s.]*"
    r"(?:(?:dan\s*)?\d{1,2}\s*(?:bln|bulan|hari|months?)\b\.?)?(?:\s*(?:lebih|old|ke atas))?",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*[/(;|]\s*|\s+-\s+|\s*,\s*(?=(?:±|umur|usia|\d{1,3}\s*(?:th|tahun)))", re.IGNORECASE)
_BEFORE_EXCEL = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 7_000, 62_000
_MOST_AGE = 110


@dataclass(frozen=True, slots=True)
class Found:
    """What a cell says: a day, or only a year, or an age in years, or both. `problem` is a code, "" where all is well.

    `options` holds the two days that a date of an unsure order may mean.
    """

    day: date | None = None
    year: int | None = None
    age: int | None = None
    problem: str = ""
    options: tuple = ()


NOTHING = Found()
NOT_A_DATE = Found(problem="not_a_date")


def order_of(texts, kin=()):
    """The order of a column, from its dates that can only be read one way; where it has none, from columns of its kin.

    `kin` are the orders that other sheets prove under the same heading. Where those disagree nobody knows.
    """
    proven = proven_order(texts)
    if proven or not kin:
        return proven or DAY_FIRST
    return kin[0] if len(set(kin)) == 1 else UNSURE


def proven_order(texts):
    """The order that dates of a column prove, "" where each could be read either way."""
    day_first = month_first = False
    for text in texts:
        numbers = _numbers_in(text)
        if numbers is None or len(numbers[0]) == 4:
            continue
        first, second = int(numbers[0]), int(numbers[1])
        day_first |= 12 < first <= 31 and second <= 12
        month_first |= 12 < second <= 31 and first <= 12
    if day_first and month_first:
        return UNSURE
    return MONTH_FIRST if month_first else DAY_FIRST if day_first else ""


def is_two_ways(text):
    """Whether a text can be read day first and month first, as 7-8-1990 can."""
    numbers = _numbers_in(text)
    if numbers is None or len(numbers[0]) == 4:
        return False
    return int(numbers[0]) <= 12 and int(numbers[1]) <= 12 and int(numbers[0]) != int(numbers[1])


def is_day_above_twelve(text):
    """Whether a text is a numeric date whose first number can only be a day."""
    numbers = _numbers_in(text)
    return numbers is not None and len(numbers[0]) < 3 and 12 < int(numbers[0]) <= 31 and int(numbers[1]) <= 12


def swapped(day):
    """The day that is meant where a program took day for month: 8 July for 7 August. None where there is none."""
    return date(day.year, day.day, day.month) if day.day <= 12 else None


@lru_cache(maxsize=50_000)
def read(text, *, today, order=DAY_FIRST, future=False):
    """What a text in a column of dates says. `future` allows days to come, as the end of a contract."""
    text = _WEEKDAY.sub("", text.strip().strip("'`’*").strip())
    for part in (text, _CLOCK.sub("", text)):
        found = _date(part, today=today, order=order, future=future)
        if found is not None:
            return found
    found = _year_or_age(text, today)
    if found is None:
        found = _two_in_one(text, today, order, future)
    return found or NOT_A_DATE


def of_number(number, *, today, future=False):
    """What a number in a column of dates says: a year, a day number of Excel, or the digits of a date."""
    if number != int(number):
        number = int(number) if FIRST_SERIAL <= number <= LAST_SERIAL else -1
    number = int(number)
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        return checked(_BEFORE_EXCEL + timedelta(days=number), today=today, future=future)
    return read(str(number), today=today, future=future)


def of_day(value, *, today, future=False):
    """What a true date of a spreadsheet says."""
    day = value.date() if isinstance(value, datetime) else value
    return checked(day, today=today, future=future)


def checked(day, *, today, future=False):
    """A day, or why it cannot be."""
    if day > today and not future:
        return Found(problem="future")
    if day.year < today.year - _MOST_AGE - 1 or day.year > today.year + 60:
        return Found(problem="too_old" if day < today else "future")
    return Found(day=day)


def month_of(word):
    """The month that a word means, with at most one slip of the finger; 0 for none."""
    word = word.lower()
    if word in MONTH_OF:
        return MONTH_OF[word]
    if word in _ROMAN:
        return _ROMAN[word]
    if len(word) < 4:
        return 0
    near = {month for full, month in MONTH_OF.items() if len(full) > 3 and distance(word, full, most=1) <= 1}
    return near.pop() if len(near) == 1 else 0


def in_text(text):
    """The first date within a longer text, as (start, end) of its letters; None where there is none."""
    found = [
        match for pattern in (_IN_TEXT_NUMBERS, _IN_TEXT_WORDS, _IN_TEXT_EIGHT) for match in pattern.finditer(text)
    ]
    spans = [match.span() for match in found if _is_plausible(match)]
    return min(spans, default=None)


_IN_TEXT_NUMBERS = re.compile(
    r"(?<![\d/])(?:\d{1,2}\s?[-/.–]\s?\d{1,2}\s?[-/.–]\s?(?:\d{4}|\d{2})|\d{4}-\d{1,2}-\d{1,2}"
    r"|\d{1,2} \d{1,2} \d{4})(?![\d/])"
)
_IN_TEXT_WORDS = re.compile(r"(?<!\d)\d{1,2}[\s./–-]*([a-z]{3,12})[\s./,'’–-]*(?:\d{4}|\d{2})(?!\d)", re.IGNORECASE)
_IN_TEXT_EIGHT = re.compile(r"(?<!\d)(?:[0-3]\d[01]\d(?:19|20)\d\d|(?:19|20)\d\d[01]\d[0-3]\d)(?!\d)")


def _is_plausible(match):
    return not match.re.groups or bool(month_of(match[1]))


@lru_cache(maxsize=50_000)
def _numbers_in(text):
    match = _NUMBERS.fullmatch(_CLOCK.sub("", _WEEKDAY.sub("", text.strip().strip("'"))))
    return match.groups() if match else None


def _date(text, *, today, order, future):
    """A whole date in a text, or None."""
    numbers = _NUMBERS.fullmatch(text)
    if numbers:
        return _of_numbers(numbers.groups(), today=today, order=order, future=future)
    if text.isdecimal() and text.isascii():
        return _of_digits(text, today=today, future=future)
    return _of_words(text, today=today, future=future)


def _of_words(text, *, today, future):
    for pattern, (day, month, year) in ((_WORDY, (1, 2, 3)), (_MONTH_BEFORE, (2, 1, 3)), (_YEAR_BEFORE, (3, 2, 1))):
        match = pattern.fullmatch(text)
        number = month_of(match[month]) if match else 0
        if number:
            return _day(match[year], number, match[day], today=today, future=future)
    match = _MONTH_YEAR.fullmatch(text)
    if match and (month_of(match[1]) if match[1] else 1 <= int(match[2]) <= 12):
        return _only_year(int(match[3]), today)
    return None


def _of_numbers(numbers, *, today, order, future):
    first, second, third = numbers
    if len(first) == 4:
        return _day(first, second, third, today=today, future=future) if len(third) < 3 else NOT_A_DATE
    if len(first) == 3 or len(third) in (1, 3):
        return NOT_A_DATE
    as_day_first = _day(third, second, first, today=today, future=future)
    as_month_first = _day(third, first, second, today=today, future=future)
    if order == UNSURE:
        return _either(as_day_first, as_month_first)
    return as_month_first if order == MONTH_FIRST else as_day_first


def _either(one, other):
    if one.problem == "impossible" or one == other:
        return other if one.problem else one
    if other.problem:
        return one
    if one.problem:
        return other
    return Found(problem="two_ways", options=(one.day, other.day))


def _of_digits(text, *, today, future):
    """Dates without signs between: 12081990, 7081990 with its zero lost, 19900812, 120890; and Excel's day numbers."""
    number = int(text)
    if len(text) == 5 and FIRST_SERIAL <= number <= LAST_SERIAL:
        return checked(_BEFORE_EXCEL + timedelta(days=number), today=today, future=future)
    if len(text) in (7, 8):
        padded = text.zfill(8)
        found = _day(padded[4:], padded[2:4], padded[:2], today=today, future=future)
        if len(text) == 8 and found.problem:
            other = _day(text[:4], text[4:6], text[6:], today=today, future=future)
            return found if other.problem else other
        return found
    if len(text) == 6:
        return _day(text[4:], text[2:4], text[:2], today=today, future=future)
    return None


def _day(year, month, day, *, today, future):
    number = int(year)
    if len(str(year)) <= 2:
        number = _century(number, today, future)
    try:
        found = date(number, int(month), int(day))
    except ValueError:
        return Found(problem="impossible")
    if len(str(year)) <= 2 and found > today and not future:
        found = (
            date(number - 100, found.month, min(found.day, 28)) if found.day == 29 else found.replace(year=number - 100)
        )
    return checked(found, today=today, future=future)


def _century(year, today, future):
    """The full year of two digits: nobody was born in years to come, and contracts end within thirty years."""
    number = 2000 + year
    latest = today.year + 30 if future else today.year
    return number if number <= latest else number - 100


def _only_year(year, today):
    if year > today.year:
        return Found(problem="future")
    return Found(year=year) if year >= today.year - _MOST_AGE - 1 else Found(problem="too_old")


def _year_or_age(text, today):
    match = _YEAR.fullmatch(text)
    if match:
        return _only_year(int(match[1]), today)
    years = age_in(text)
    # A bare number in a column of dates is no age: it may be half of a date.
    return Found(age=years) if years is not None and not text.isdecimal() else None


@lru_cache(maxsize=20_000)
def age_in(text):
    """The age in years that a text tells: "± 35 th" is 35, "8 bln" is 0. None where it tells none."""
    match = _AGE.fullmatch(text.strip())
    if not match:
        return None
    unit = (match[2] or "").lower()
    if unit[:2] in ("bl", "bu", "mo", "ha", "mi", "hr"):
        return int(match[1]) // 12 if unit[:2] in ("bl", "bu", "mo") else 0
    return int(match[1])


def _two_in_one(text, today, order, future):
    """A date and an age in one cell, as in "31-12-90 / 35 th"."""
    parts = [part.strip(" )(") for part in _SPLIT.split(text) if part.strip(" )(")]
    if len(parts) != 2:
        span = in_text(text)
        if span is None:
            return None
        parts = [text[span[0] : span[1]], (text[: span[0]] + " " + text[span[1] :]).strip(" ,;/()-")]
    for one, other in (parts, parts[::-1]):
        found = _date(one, today=today, order=order, future=future)
        if found is None:
            found = _year_or_age(one, today)
        years = age_in(other)
        if found is not None and found.age is None and years is not None:
            return Found(found.day, found.year, years, found.problem, found.options)
    return None
