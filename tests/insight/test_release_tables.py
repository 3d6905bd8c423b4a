"""What a release counts: each thing once, in the period in which it happened, by regency."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from simpul.insight import figures, periods
from simpul.insight import release_tables as tables
from tests.insight.test_figures import Arrivals

QUARTER = periods.period("2026-Q2")
PONTIANAK = ZoneInfo("Asia/Pontianak")


@pytest.fixture
def arrivals(world):
    figures.places_at.cache_clear()
    return Arrivals(world)


def counted(table):
    return {key: count for key, count in tables.counted(QUARTER, region="61")[table].items() if count}


def test_every_regency_has_a_row_also_where_nobody_is(arrivals):
    found = tables.counted(QUARTER, region="61")
    assert set(found) == {table.code for table in tables.TABLES}
    places = {place for place, _column in found["reports_by_month"]}
    assert len(places) == 15
    assert not any(found["reports_by_month"].values())


def test_a_report_is_counted_in_the_month_of_the_office(world):
    figures.places_at.cache_clear()
    world.report(at=datetime(2026, 5, 1, 0, 30, tzinfo=PONTIANAK))
    world.report(at=datetime(2026, 6, 30, 23, 30, tzinfo=PONTIANAK), place=None)
    world.report(at=datetime(2026, 7, 1, 0, 30, tzinfo=PONTIANAK))
    assert counted("reports_by_month") == {("61.07", "05"): 1, ("-", "06"): 1}


def test_a_case_of_several_kinds_stands_in_one_cell(world):
    figures.places_at.cache_clear()
    at = datetime(2026, 5, 4, 9, tzinfo=PONTIANAK)
    for kinds in (["sexual"], ["sexual", "child"], []):
        case = world.case(at=at)
        type(case).objects.filter(pk=case.pk).update(kinds=kinds)
    found = counted("cases_by_kind")
    assert found == {("61.07", "sexual"): 1, ("61.07", "several"): 1, ("61.07", "-"): 1}
    assert sum(counted("cases_by_month").values()) == 3
    type(case).objects.filter(pk=case.pk).update(stage="cancelled")
    assert sum(counted("cases_by_kind").values()) == 2


def test_people_who_came_home_are_counted_by_sex_and_within_it_by_age(arrivals):
    arrivals.come(2, sex="L", age=17, on=date(2026, 4, 1))
    arrivals.come(1, sex="P", age=18, on=date(2026, 6, 30), home=None)
    arrivals.come(4, sex="P", age=None, on=date(2026, 5, 5))
    arrivals.come(7, sex="P", age=30, on=date(2026, 7, 1))
    assert counted("returns_by_person") == {("61.07", "L.00"): 2, ("-", "P.18"): 1, ("61.07", "P.-"): 4}
    assert counted("returns_by_month") == {("61.07", "04"): 2, ("-", "06"): 1, ("61.07", "05"): 4}


def test_services_are_counted_by_kind(world):
    figures.places_at.cache_clear()
    victim = world.victim(world.case())
    given = world.service(victim)
    at = datetime(2026, 5, 4, 9, tzinfo=PONTIANAK)
    type(given).objects.filter(pk=given.pk).update(requested_at=at)
    assert counted("services_by_kind") == {("61.07", given.kind): 1}


def test_tables_of_a_subject_share_sums_and_those_of_two_do_not(arrivals):
    arrivals.come(12, sex="L", age=30, on=date(2026, 4, 1))
    found = tables.counted(QUARTER, region="61")
    made = {
        code: set(tables.tabulated(found[code], table=tables.BY_CODE[code], period=QUARTER).counts) for code in found
    }
    assert len(made["returns_by_month"] & made["returns_by_person"]) == 16
    assert not made["returns_by_month"] & made["reports_by_month"]
