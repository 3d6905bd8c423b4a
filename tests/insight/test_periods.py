from datetime import date

import pytest

from simpul.insight import periods


@pytest.mark.parametrize(
    ("code", "first", "last", "months"),
    [
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), ["01", "02", "03"]),
        ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31), ["10", "11", "12"]),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), [f"{month:02d}" for month in range(1, 13)]),
    ],
)
def test_a_code_names_its_days(code, first, last, months):
    found = periods.period(code)
    assert (found.first_on, found.last_on, found.months, found.year) == (first, last, months, first.year)


@pytest.mark.parametrize("code", ["", None, "2026-Q5", "2026-1", "1999", "2026-Q1 ", "Q1", "26-Q1"])
def test_what_is_no_period_is_refused(code):
    with pytest.raises(periods.NoPeriod):
        periods.period(code)


def test_a_period_is_over_on_the_day_after_it():
    assert not periods.period("2026-Q2").is_over_on(date(2026, 6, 30))
    assert periods.period("2026-Q2").is_over_on(date(2026, 7, 1))


def test_only_what_is_over_is_offered_the_newest_first():
    codes = [each.code for each in periods.over_before(date(2026, 8, 3), years=1)]
    assert codes == ["2026-Q2", "2026-Q1", "2025-Q4", "2025", "2025-Q3", "2025-Q2", "2025-Q1"]


def test_its_moments_are_those_of_the_office():
    first, after = periods.period("2026-Q2").moments
    assert (first.isoformat(), after.isoformat()) == ("2026-04-01T00:00:00+07:00", "2026-07-01T00:00:00+07:00")


def test_it_has_a_name(english):
    assert (periods.period("2026-Q2").name, periods.period("2026").name) == ("quarter 2 of 2026", "the year 2026")
