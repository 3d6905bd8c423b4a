"""Days of birth and journey as they stand in sheets."""

from datetime import date, datetime

import pytest

from simpul.migrants.reading import dates

TODAY = date(2026, 2, 1)
AUGUST = date(1990, 8, 7)


@pytest.mark.parametrize(
    "text",
    [
        "07-08-1990",
        "7/8/90",
        "07.08.1990",
        "7 8 1990",
        "07/08/1990",
        "1990-08-07",
        "1990/8/7",
        "1990-08-07 00:00:00",
        "1990-08-07T00:00",
        "7 Agustus 1990",
        "7 Agst 1990",
        "07-Agust-90",
        "7 AUG 1990",
        "August 7, 1990",
        "7 Ogos 1990",
        "7 Agutsus 1990",
        "7-VIII-1990",
        "Selasa, 7 Agustus 1990",
        "07081990",
        "7081990",
        "19900807",
        "070890",
        "'07-08-1990",
        "1990 Agustus 7",
        "33092",
    ],
)
def test_one_day_is_written_in_many_ways(text):
    assert dates.read(text, today=TODAY).day == AUGUST


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1 Pebruari 1990", 2),
        ("1 Peb 1990", 2),
        ("1 Mei 1990", 5),
        ("1 Nop 1990", 11),
        ("1 Nopember 90", 11),
        ("1 Mac 1990", 3),
        ("1 Julai 1990", 7),
        ("1 Disember 1990", 12),
        ("1 Okt. 1990", 10),
        ("1 Septmber 1990", 9),
    ],
)
def test_months_are_known_in_three_languages_and_with_slips(text, month):
    assert dates.read(text, today=TODAY).day == date(1990, month, 1)


@pytest.mark.parametrize("text", ["th 1990", "1990", "thn. 1990", "Tahun 1990", "Agustus 1990", "08/1990"])
def test_a_year_alone_is_a_year_of_birth_and_no_error(text):
    assert dates.read(text, today=TODAY) == dates.Found(year=1990)


@pytest.mark.parametrize("text", ["± 35 th", "35 tahun", "35 thn", "umur 35 th", "35 yrs"])
def test_an_age_stands_where_a_date_was_asked(text):
    assert dates.read(text, today=TODAY).age == 35


@pytest.mark.parametrize(
    "text", ["31-12-90 / 35 th", "31-12-1990 (35 th)", "35 th / 31-12-1990", "31-12-1990, 35 tahun"]
)
def test_date_and_age_stand_in_one_cell(text):
    found = dates.read(text, today=TODAY)
    assert (found.day, found.age) == (date(1990, 12, 31), 35)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("31-02-1990", "impossible"),
        ("13-13-1990", "impossible"),
        ("kemarin", "not_a_date"),
        ("7-8-199", "not_a_date"),
        ("15-08-2030", "future"),
        ("01-01-1890", "too_old"),
        ("12-13-1990x", "not_a_date"),
    ],
)
def test_what_is_no_date_says_why(text, problem):
    assert dates.read(text, today=TODAY).problem == problem


def test_nobody_is_born_in_years_to_come():
    assert dates.read("7-8-27", today=TODAY).day == date(1927, 8, 7)
    assert dates.read("7-8-25", today=TODAY).day == date(2025, 8, 7)
    assert dates.read("31-12-26", today=TODAY).day == date(1926, 12, 31)
    assert dates.read("31-12-27", today=TODAY, future=True).day == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["7-8-1990", "31-8-1990"], "dmy"),
        (["7/8/1990", "8/31/1990"], "mdy"),
        (["31/8/1990", "8/31/1990"], "?"),
        (["7-8-1990"], "dmy"),
        (["1990-08-31"], "dmy"),
        ([], "dmy"),
    ],
)
def test_one_date_tells_how_a_column_is_meant(texts, order):
    assert dates.order_of(texts) == order


def test_where_a_column_proves_both_orders_the_date_is_asked():
    found = dates.read("7/8/1990", today=TODAY, order=dates.UNSURE)
    assert found.problem == "two_ways"
    assert found.options == (AUGUST, date(1990, 7, 8))
    assert dates.read("31/8/1990", today=TODAY, order=dates.UNSURE).day == date(1990, 8, 31)
    assert dates.read("7/7/1990", today=TODAY, order=dates.UNSURE).day == date(1990, 7, 7)


def test_numbers_are_days_of_excel_or_years():
    assert dates.of_number(33092.0, today=TODAY).day == AUGUST
    assert dates.of_number(1990.0, today=TODAY).year == 1990
    assert dates.of_number(7081990.0, today=TODAY).day == AUGUST
    assert dates.of_number(5.0, today=TODAY).problem


def test_true_dates_are_taken_as_they_are():
    assert dates.of_day(datetime(1990, 8, 7), today=TODAY).day == AUGUST
    assert dates.of_day(date(2030, 1, 1), today=TODAY).problem == "future"
    assert dates.of_day(date(2030, 1, 1), today=TODAY, future=True).day == date(2030, 1, 1)


def test_a_day_that_was_taken_for_a_month_can_be_turned():
    assert dates.swapped(date(1990, 7, 8)) == AUGUST
    assert dates.swapped(date(1990, 7, 13)) is None
    assert dates.is_two_ways("7/8/1990")
    assert not dates.is_two_ways("7/7/1990")
    assert dates.is_day_above_twelve("31/8/1990")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sambas, 07-08-1990", "07-08-1990"),
        ("Jember/ 1 Pebruari 1988", "1 Pebruari 1988"),
        ("Sambas", None),
        ("RT 01/02", None),
        ("Sambas 07081990 ya", "07081990"),
    ],
)
def test_a_date_is_found_within_a_text(text, found):
    span = dates.in_text(text)
    assert (text[span[0] : span[1]] if span else None) == found


@pytest.mark.parametrize(
    ("text", "age"),
    [("35", 35), ("8 bln", 0), ("14 bulan", 1), ("2,5 th", 2), ("35 th 4 bln", 35), ("balita", None), ("-5", None)],
)
def test_an_age_is_counted_in_full_years(text, age):
    assert dates.age_in(text) == age


def test_a_column_that_proves_no_order_follows_its_kin_and_is_unsure_where_they_disagree():
    assert dates.proven_order(["02/03/1991"]) == ""
    assert dates.order_of(["02/03/1991"]) == dates.DAY_FIRST
    assert dates.order_of(["02/03/1991"], [dates.MONTH_FIRST, dates.MONTH_FIRST]) == dates.MONTH_FIRST
    assert dates.order_of(["02/03/1991"], [dates.MONTH_FIRST, dates.DAY_FIRST]) == dates.UNSURE
    assert dates.order_of(["25/03/1991"], [dates.MONTH_FIRST]) == dates.DAY_FIRST
