"""Days on which offices are closed."""

from datetime import date

from simpul.obligations.holidays import office_calendar


def test_national_days_and_collective_leave_are_days_off():
    office = office_calendar()
    assert not office.is_working_day(date(2026, 8, 17))
    assert not office.is_working_day(date(2026, 12, 24))
    assert office.is_working_day(date(2026, 8, 18))


def test_the_office_keeps_the_time_of_the_installation(settings):
    assert str(office_calendar().zone) == settings.TIME_ZONE


def test_a_day_of_a_region_is_off_in_that_region_only(settings, tmp_path):
    (tmp_path / "holidays.csv").write_text(
        "date,kind,region_code,name_english\n2026-10-28,regional,61.07,Day of the region\n2026-10-29,national,,Day\n"
    )
    settings.DATA = tmp_path
    office_calendar.cache_clear()
    try:
        day = date(2026, 10, 28)
        assert not office_calendar("61.07").is_working_day(day)
        assert office_calendar("61.01").is_working_day(day)
        assert office_calendar("61").is_working_day(day)
        assert not office_calendar("61.01").is_working_day(date(2026, 10, 29))
    finally:
        office_calendar.cache_clear()
