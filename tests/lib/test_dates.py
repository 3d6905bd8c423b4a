"""Days and moments."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from simpul.lib.dates import MONTH_OF, end_of_day, full_years_between, start_of_day

PONTIANAK = ZoneInfo("Asia/Pontianak")


def test_a_day_begins_and_ends_where_the_office_is():
    day = date(2026, 8, 3)
    assert start_of_day(day, PONTIANAK).astimezone(UTC) == datetime(2026, 8, 2, 17, 0, tzinfo=UTC)
    assert end_of_day(day, PONTIANAK).astimezone(UTC) == datetime(2026, 8, 3, 16, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        (date(2008, 8, 3), date(2026, 8, 2), 17),
        (date(2008, 8, 3), date(2026, 8, 3), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 8, 3), date(2026, 8, 3), 0),
    ],
)
def test_age_is_counted_in_full_years(born, day, years):
    assert full_years_between(born, day) == years


@pytest.mark.parametrize(("word", "month"), [("pebruari", 2), ("mac", 3), ("mei", 5), ("agt", 8), ("nop", 11)])
def test_a_month_is_known_in_three_languages_and_by_its_abbreviations(word, month):
    assert MONTH_OF[word] == month
    assert set(MONTH_OF.values()) == set(range(1, 13))
    assert all(known == known.lower() for known in MONTH_OF)
