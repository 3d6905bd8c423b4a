"""Dates in tables, and the intervals of a study."""

from datetime import date

import pytest

from simpul.console.scan_time import Moment, intervals, moment_in


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1977", Moment(1977)),
        ("73", Moment(1973)),
        ("24", Moment(2024)),
        ("2025-03", Moment(2025, 3)),
        ("3/2025", Moment(2025, 3)),
        ("Maret 2025", Moment(2025, 3)),
        ("2001/11/3", Moment(2001, 11, 3)),
        ("2025-03-28 00:00:00", Moment(2025, 3, 28)),
        ("20250328", Moment(2025, 3, 28)),
        ("28-03-2025", Moment(2025, 3, 28)),
        ("5 Agustus 2024", Moment(2024, 8, 5)),
    ],
)
def test_dates_are_read_as_people_write_them(text, moment):
    assert moment_in(text) == moment


@pytest.mark.parametrize(
    "text", ["", "kemarin", "2025-13", "2025-02-30", "31/31/2025", "2025-00-01", "1200", "Foo 2025"]
)
def test_what_is_no_date_is_none(text):
    assert moment_in(text) is None


def test_years_of_two_figures_are_those_of_the_study():
    assert moment_in("05", near=1910) == Moment(1905)


def test_a_population_is_of_the_middle_of_its_year():
    assert Moment(1982).known_on() == date(1982, 7, 1).toordinal()
    assert Moment(1982, 4).known_on() == date(1982, 4, 15).toordinal()


def test_intervals_are_counted_back_from_the_end():
    span = intervals(Moment(2024, 1, 1), Moment(2024, 1, 10), unit="day", every=4)
    assert [each.day for each in span.starts] == [1, 3, 7, 11]
    assert span.place_of(Moment(2024, 1, 6)) == 1
    assert span.place_of(Moment(2024, 1, 11)) is None
    assert span.named(0, 1) == ("2024-01-01", "2024-01-06")


def test_months_and_years_have_their_own_lengths():
    months = intervals(Moment(2023, 11), Moment(2024, 2, 29), unit="month")
    assert months.named(0, 3) == ("2023-11", "2024-02")
    assert months.borders[-1] - months.borders[-2] == 29
    years = intervals(Moment(1973), Moment(1991), unit="year")
    assert years.number == 19
    assert years.named(12, 16) == ("1985", "1989")
