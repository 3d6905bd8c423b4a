"""Time limits, with worked examples from the Indonesian calendar of 2025 to 2027."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.obligations.holidays import office_calendar
from simpul.obligations.limits import UNITS, Limit, OfficeCalendar, falls_due, moved_on

PONTIANAK = ZoneInfo("Asia/Pontianak")


def moment(text):
    """ "2026-03-13 10:00" in Pontianak."""
    return datetime.fromisoformat(text).replace(tzinfo=PONTIANAK)


# Idulfitri 2026: Nyepi with leave 18-19 March, Idulfitri with leave 20-24 March; 21 and 22 are a weekend anyway.
EXAMPLES = [
    # an hour is an hour: at night, over a weekend, over Idulfitri
    ("2026-08-03 09:00", "1 hours", "2026-08-03 10:00:00"),
    ("2026-08-07 16:30", "24 hours", "2026-08-08 16:30:00"),
    ("2026-08-08 23:15", "24 hours", "2026-08-09 23:15:00"),
    ("2026-03-20 15:00", "72 hours", "2026-03-23 15:00:00"),
    ("2026-12-31 20:00", "24 hours", "2027-01-01 20:00:00"),
    # calendar days begin on the day after, and end with their last day, whatever day that is
    ("2026-08-03 09:00", "7 calendar_days", "2026-08-10 23:59:59"),
    ("2026-08-03 00:00", "7 calendar_days", "2026-08-10 23:59:59"),
    ("2026-08-03 23:59", "7 calendar_days", "2026-08-10 23:59:59"),
    ("2026-03-14 10:00", "7 calendar_days", "2026-03-21 23:59:59"),
    ("2026-02-20 10:00", "14 calendar_days", "2026-03-06 23:59:59"),
    # working days: an ordinary week, one with Independence Day, from a Friday, from a Sunday
    ("2026-08-03 09:00", "7 working_days", "2026-08-12 23:59:59"),
    ("2026-08-13 09:00", "3 working_days", "2026-08-19 23:59:59"),
    ("2026-08-07 16:30", "1 working_days", "2026-08-10 23:59:59"),
    ("2026-08-09 08:00", "1 working_days", "2026-08-10 23:59:59"),
    # over Idulfitri 2026: 13 March is a Friday; 16, 17, 25, 26, 27, 30, 31 March are the seven
    ("2026-03-13 10:00", "7 working_days", "2026-03-31 23:59:59"),
    # in the middle of it: 25, 26, 27 March
    ("2026-03-21 10:00", "3 working_days", "2026-03-27 23:59:59"),
    # over Good Friday (3 April), and over the turn of the year with Christmas leave and Isra Mikraj (5 January)
    ("2026-03-30 10:00", "7 working_days", "2026-04-09 23:59:59"),
    ("2026-12-22 10:00", "7 working_days", "2027-01-06 23:59:59"),
    ("2026-12-22 10:00", "14 working_days", "2027-01-15 23:59:59"),
    # months and years end on the same day, or on the last of the month
    ("2026-01-31 10:00", "1 months", "2026-02-28 23:59:59"),
    ("2028-01-31 10:00", "1 months", "2028-02-29 23:59:59"),
    ("2026-08-31 10:00", "6 months", "2027-02-28 23:59:59"),
    ("2026-08-03 10:00", "6 months", "2027-02-03 23:59:59"),
    ("2026-11-30 10:00", "3 months", "2027-02-28 23:59:59"),
    ("2026-12-15 10:00", "1 months", "2027-01-15 23:59:59"),
    ("2028-02-29 10:00", "1 years", "2029-02-28 23:59:59"),
    ("2026-08-03 10:00", "5 years", "2031-08-03 23:59:59"),
]


@pytest.mark.parametrize(("start", "limit", "due"), EXAMPLES, ids=[f"{s} {limit}" for s, limit, _due in EXAMPLES])
def test_worked_examples(start, limit, due):
    amount, unit = limit.split()
    assert falls_due(moment(start), Limit(int(amount), unit), office_calendar()) == moment(due)


def test_a_day_is_a_day_where_the_office_is():
    # 17:30 in London is half past midnight of the next day in Pontianak.
    start = datetime(2026, 8, 3, 17, 30, tzinfo=UTC)
    assert falls_due(start, Limit(1, "calendar_days"), office_calendar()) == moment("2026-08-05 23:59:59")


def test_an_office_further_east_ends_its_day_earlier():
    jayapura = OfficeCalendar(ZoneInfo("Asia/Jayapura"))
    due = falls_due(moment("2026-08-03 09:00"), Limit(1, "calendar_days"), jayapura)
    assert due == moment("2026-08-04 21:59:59")


def test_saturday_sunday_and_holidays_are_no_working_days():
    office = OfficeCalendar(PONTIANAK, frozenset({date(2026, 8, 17)}))
    working = [day for day in range(14, 20) if office.is_working_day(date(2026, 8, day))]
    assert working == [14, 18, 19]


@pytest.mark.parametrize(("amount", "unit"), [(7, "days"), (7, "hari"), (-1, "hours"), (1, "")])
def test_what_is_no_limit_is_refused(amount, unit):
    with pytest.raises(ValueError, match="is not a time limit"):
        Limit(amount, unit)


moments = st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2027, 11, 1)).map(
    lambda naive: naive.replace(tzinfo=PONTIANAK)
)
amounts = st.integers(1, 40)


@given(moments, amounts)
def test_a_limit_in_working_days_never_ends_on_a_day_off(start, amount):
    office = office_calendar()
    assert office.is_working_day(falls_due(start, Limit(amount, "working_days"), office).date())


@given(moments, amounts)
def test_a_limit_in_working_days_holds_exactly_so_many_of_them(start, amount):
    office = office_calendar()
    last = falls_due(start, Limit(amount, "working_days"), office).date()
    days = [start.date() + timedelta(days=n) for n in range(1, (last - start.date()).days + 1)]
    assert sum(map(office.is_working_day, days)) == amount


@given(moments, amounts, st.sampled_from(UNITS))
def test_a_limit_lies_ahead_and_a_longer_one_is_never_shorter(start, amount, unit):
    due = falls_due(start, Limit(amount, unit), office_calendar())
    assert due > start
    assert falls_due(start, Limit(amount + 1, unit), office_calendar()) > due


@given(moments, amounts, st.sampled_from([unit for unit in UNITS if unit != "hours"]))
def test_a_limit_in_days_ends_with_the_last_second_of_a_day(start, amount, unit):
    due = falls_due(start, Limit(amount, unit), office_calendar()).astimezone(PONTIANAK)
    assert (due.hour, due.minute, due.second) == (23, 59, 59)


@given(moments, amounts)
def test_working_days_are_never_sooner_than_calendar_days(start, amount):
    office = office_calendar()
    assert falls_due(start, Limit(amount, "working_days"), office) >= falls_due(
        start, Limit(amount, "calendar_days"), office
    )


# Where a limit ends whose clock stood still: begun, limit, paused, resumed, end.
STOOD = [
    ("2026-08-03 09:00", "24 hours", "2026-08-03 15:00", "2026-08-05 16:30", "2026-08-06 10:30:00"),
    ("2026-08-03 09:00", "7 calendar_days", "2026-08-05 09:00", "2026-08-15 22:00", "2026-08-20 23:59:59"),
    # paused and resumed on one day: nothing stood
    ("2026-08-03 09:00", "7 calendar_days", "2026-08-05 09:00", "2026-08-05 17:00", "2026-08-10 23:59:59"),
    ("2026-08-03 09:00", "3 working_days", "2026-08-04 09:00", "2026-08-04 17:00", "2026-08-06 23:59:59"),
    # two working days were left on Tuesday; the office goes on on Friday
    ("2026-08-03 09:00", "3 working_days", "2026-08-04 09:00", "2026-08-07 09:00", "2026-08-11 23:59:59"),
    # it goes on on a Sunday: the two are Monday and Tuesday
    ("2026-08-03 09:00", "3 working_days", "2026-08-04 09:00", "2026-08-09 09:00", "2026-08-11 23:59:59"),
    # stopped on its last day: what is left of it is left of a working day
    ("2026-08-03 09:00", "3 working_days", "2026-08-06 09:00", "2026-08-08 09:00", "2026-08-10 23:59:59"),
    ("2026-08-03 09:00", "3 working_days", "2026-08-06 09:00", "2026-08-16 09:00", "2026-08-18 23:59:59"),
    ("2026-08-03 09:00", "3 working_days", "2026-08-06 09:00", "2026-08-12 09:00", "2026-08-12 23:59:59"),
    # what had run out before is not given back
    ("2026-08-03 09:00", "3 working_days", "2026-08-10 09:00", "2026-08-20 09:00", "2026-08-06 23:59:59"),
    ("2026-08-03 09:00", "24 hours", "2026-08-04 09:00", "2026-08-09 09:00", "2026-08-04 09:00:00"),
    ("2026-08-03 09:00", "3 months", "2026-08-05 09:00", "2026-08-15 09:00", "2026-11-13 23:59:59"),
]


@pytest.mark.parametrize(("start", "limit", "paused", "resumed", "end"), STOOD, ids=[" ".join(row) for row in STOOD])
def test_what_was_left_when_a_clock_stood_still_is_left_when_it_runs_on(start, limit, paused, resumed, end):
    amount, unit = limit.split()
    limit, office = Limit(int(amount), unit), office_calendar()
    due = falls_due(moment(start), limit, office)
    assert moved_on(due, limit, moment(paused), moment(resumed), office) == moment(end)


spans = st.timedeltas(timedelta(0), timedelta(days=90))


def stood(start, limit, after, span):
    """A limit that begins, stands still after a while for a span, and runs on: when it would have ended, and ends."""
    office, paused = office_calendar(), start + after
    due = falls_due(start, limit, office)
    return due, moved_on(due, limit, paused, paused + span, office), paused


@given(moments, amounts, st.sampled_from(UNITS), spans, spans)
def test_a_clock_that_stood_never_ends_earlier(start, amount, unit, after, span):
    due, end, _paused = stood(start, Limit(amount, unit), after, span)
    assert end >= due


@given(moments, amounts, spans, spans)
def test_a_limit_in_working_days_that_stood_still_ends_with_a_working_day(start, amount, after, span):
    _due, end, _paused = stood(start, Limit(amount, "working_days"), after, span)
    end = end.astimezone(PONTIANAK)
    assert office_calendar().is_working_day(end.date())
    assert (end.hour, end.minute, end.second) == (23, 59, 59)


@given(moments, amounts, spans, spans)
def test_as_many_working_days_are_left_as_were_left(start, amount, after, span):
    office = office_calendar()
    due, end, paused = stood(start, Limit(amount, "working_days"), after, span)

    def left(day, last):
        days = [day.date() + timedelta(days=n) for n in range(1, (last.date() - day.date()).days + 1)]
        return sum(map(office.is_working_day, days))

    resumed = paused + span
    if paused < due and left(paused, due):
        assert left(resumed, end) == left(paused, due)


@given(moments, amounts, st.sampled_from(UNITS), spans, spans)
def test_what_has_run_out_stays_run_out(start, amount, unit, after, span):
    due, end, paused = stood(start, Limit(amount, unit), after, span)
    assert end == due if due <= paused else end > paused


@given(moments, amounts, st.sampled_from(UNITS), spans)
def test_a_clock_that_did_not_stand_is_not_moved(start, amount, unit, after):
    due, end, _paused = stood(start, Limit(amount, unit), after, timedelta(0))
    assert end == due
