"""What is counted day by day: the right place and day, and nothing that does not count."""

from datetime import date, datetime

import pytest
from django.utils.timezone import get_current_timezone

from simpul.cases import files
from simpul.cases.models import Case
from simpul.insight import series
from simpul.intake import screening, triage
from simpul.migrants.models import Returnee
from tests.returns import came_home, with_returns
from tests.world import JAGOI

FIRST, LAST = date(2026, 7, 1), date(2026, 7, 31)
DISTRICT = "61.07.07"


def on(day, hour=10):
    return datetime(2026, 7, day, hour, tzinfo=get_current_timezone())


def case_of(world, day, **told):
    return triage.accept(world.report(at=on(day), **told), by=world.rina, at=on(day))


def daily(subject):
    return series.by_district_and_day(subject, prefix="61", first_on=FIRST, last_on=LAST)


def row(found, code=DISTRICT):
    return found.counts[found.places.index(code)]


@pytest.mark.django_db
def test_reports_count_in_their_district_on_the_day_they_came_in(world):
    world.report(at=on(3, hour=23))
    world.report(at=on(3))
    world.report(place="61.07.07", at=on(31))
    world.report(place="61.07", at=on(5))
    world.report(at=datetime(2026, 8, 1, 1, tzinfo=get_current_timezone()))
    found = daily("reports")
    assert (row(found)[2], row(found)[30], found.total) == (2, 1, 3)
    assert found.left_out == 1
    assert found.day(2) == date(2026, 7, 3)
    assert len(found.places) > 100
    assert len(found.points) == len(found.places)


@pytest.mark.django_db
def test_what_was_set_aside_or_opened_by_mistake_does_not_count(world):
    kept, aside = world.report(at=on(3)), world.report(at=on(3))
    triage.set_aside(aside, because="not_trafficking", by=world.rina, at=on(4))
    case, mistake = case_of(world, 6), case_of(world, 6)
    Case.objects.filter(pk=mistake.pk).update(stage=Case.Stage.CANCELLED)
    assert kept.status == "received"
    assert sum(row(daily("reports"))) == 3
    assert sum(row(daily("cases"))) == 1
    assert case.place_id == JAGOI


@pytest.mark.django_db
def test_people_of_one_village_on_one_list_count_once(world):
    w = with_returns(world)
    first = came_home(w, arrived_on=date(2026, 7, 9))
    second = came_home(w, name="Dahlia Tan", arrived_on=date(2026, 7, 9))
    assert sum(row(daily("returns"))) == 2
    Returnee.objects.filter(pk=second.pk).update(manifest=first.manifest, row=2)
    assert sum(row(daily("returns"))) == 1


@pytest.mark.django_db
def test_months_begin_with_the_first_that_has_anything(world):
    for month, number in ((5, 1), (7, 2)):
        for _time in range(number):
            world.report(at=datetime(2026, month, 4, 9, tzinfo=get_current_timezone()))
    world.report(place="61.01.01", at=on(9))
    counts, first = series.by_regency_and_month("reports", prefix="61", last_month=FIRST)
    assert first == date(2026, 5, 1)
    assert counts == {"61.01": [0, 0, 1], "61.07": [1, 0, 2]}
    assert series.by_regency_and_month("cases", prefix="61", last_month=FIRST) == ({}, FIRST)


@pytest.mark.django_db
def test_signs_are_counted_by_week_with_their_regencies(world):
    report = world.report(kinds=["unpaid_work", "sent_abroad"], at=on(30))
    screening.note(report, element="means", term="fraud", support="dijanjikan", by=world.rina, at=on(30))
    world.report(kinds=["unpaid_work"], place="61.01.01", at=on(20))
    case = case_of(world, 29, kinds=["unpaid_work"])
    files.describe(case, modus="scam_online", by=world.rina, at=on(29))
    found = series.signs_by_week("reports", prefix="61", last_on=LAST, weeks=4)
    assert found.first_on == date(2026, 7, 4)
    assert found.totals == [0, 0, 1, 2]
    assert found.counts["exploitation_kinds:unpaid_work"][3] == 2
    assert found.counts["means:fraud"] == [0, 0, 0, 1]
    assert found.places_of("exploitation_kinds:unpaid_work", 2, 3) == ["61.01", "61.07"]
    assert found.span(2, 3) == (date(2026, 7, 18), LAST)
    of_cases = series.signs_by_week("cases", prefix="61", last_on=LAST, weeks=4)
    assert of_cases.counts["modus:scam_online"] == [0, 0, 0, 1]


def test_months_between_two_firsts():
    assert series.months_between(date(2025, 11, 1), date(2026, 2, 1)) == 3
