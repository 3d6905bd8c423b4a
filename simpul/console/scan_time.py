"""Time in the tables that are scanned: what dates mean, and the intervals a study is cut into."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from simpul.lib.dates import MONTH_OF

UNITS = ("year", "month", "day")
# Days of an interval, on average.
DAYS = {"year": 365.2425, "month": 365.2425 / 12, "day": 1.0}
_EARLIEST, _LATEST = 1800, 2200


@dataclass(frozen=True, order=True)
class Moment:
    """A day, a month (day 0) or a year (month 0 too)."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def unit(self) -> str:
        return "day" if self.day else "month" if self.month else "year"

    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    def known_on(self) -> int:
        """The day a population of this moment is taken to be of: the middle of the year or the month."""
        return date(self.year, self.month or 7, self.day or (15 if self.month else 1)).toordinal()


def moment_in(text: str, *, near: int | None = None) -> Moment | None:
    """What a cell says, or None. Years of two figures are those closest to `near`, or of 1950 to 2049."""
    text = text.strip().split("T")[0].split(" 00:")[0]
    for pattern, order in _PATTERNS:
        found = pattern.fullmatch(text)
        if found:
            return _moment(dict(zip(order, found.groups(), strict=True)), near)
    return None


_PATTERNS = tuple(
    (re.compile(pattern), order)
    for pattern, order in (
        (r"(\d{4}|\d{2})", "y"),
        (r"(\d{4})[-/.](\d{1,2})", "ym"),
        (r"(\d{1,2})[-/.](\d{4})", "my"),
        (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", "ymd"),
        (r"(\d{4})(\d{2})(\d{2})", "ymd"),
        (r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", "dmy"),
        (r"([A-Za-z]+)\.?[ -](\d{4})", "my"),
        (r"(\d{1,2})[ -]([A-Za-z]+)\.?[ -](\d{4})", "dmy"),
    )
)


def _moment(parts: dict[str, str], near: int | None) -> Moment | None:
    month = parts.get("m", "0")
    number = int(month) if month.isdigit() else MONTH_OF.get(month.lower(), -1)
    year = _year(parts["y"], near)
    moment = Moment(year, number, int(parts.get("d", "0")))
    if not _EARLIEST <= year <= _LATEST or ("m" in parts and number < 1) or ("d" in parts and moment.day < 1):
        return None
    try:
        moment.first()
    except ValueError:
        return None
    return moment


def _year(text: str, near: int | None) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    if near is None:
        return 1900 + year if year >= 50 else 2000 + year
    return min((1800 + year, 1900 + year, 2000 + year), key=lambda each: abs(each - near))


@dataclass(frozen=True)
class Intervals:
    """A study cut into intervals of `every` years, months or days, counted back from its end.

    starts: the first day of each and the first day after the last. The first interval may be shorter.
    """

    unit: str
    every: int
    starts: tuple[date, ...]

    @property
    def number(self) -> int:
        return len(self.starts) - 1

    @property
    def borders(self) -> list[int]:
        return [each.toordinal() for each in self.starts]

    def place_of(self, moment: Moment) -> int | None:
        """Which interval, or None outside the study."""
        day = moment.first()
        if not self.starts[0] <= day < self.starts[-1]:
            return None
        low, high = 0, self.number
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.starts[middle] <= day else (low, middle)
        return low

    def named(self, first: int, last: int) -> tuple[str, str]:
        """The first and the last year, month or day of a span of intervals, both included."""
        return self._name(self.starts[first]), self._name(self.starts[last + 1] - timedelta(days=1))

    def _name(self, day: date) -> str:
        return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.unit]]


def intervals(first: Moment, last: Moment, *, unit: str, every: int = 1) -> Intervals:
    """Intervals from the beginning of the unit `first` lies in to the end of that of `last`."""
    begin, border = _begin(first.first(), unit), _later(_begin(last.first(), unit), unit, 1)
    end, step, starts = border, 0, []
    while border > begin:
        starts.append(border)
        step += every
        border = _later(end, unit, -step)
    return Intervals(unit, every, (begin, *reversed(starts)))


def _begin(day: date, unit: str) -> date:
    return day.replace(month=1, day=1) if unit == "year" else day.replace(day=1) if unit == "month" else day


def _later(day: date, unit: str, steps: int) -> date:
    if unit == "day":
        return day + timedelta(days=steps)
    months = day.year * 12 + day.month - 1 + steps * (12 if unit == "year" else 1)
    return date(months // 12, months % 12 + 1, 1)
