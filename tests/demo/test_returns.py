"""The published arrivals stand in the tables of the invented year, to the person."""

import pytest

from simpul.demo.returned import ARRIVALS
from simpul.insight import figures
from simpul.insight.figures import Question
from simpul.migrants.models import Manifest, Notice, Returnee, Sheet
from simpul.migrants.reading.findings import ERROR
from simpul.migrants.sheets import reading_of
from tests.demo.conftest import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]


def table(columns):
    """Returns by the day of arrival and something else, every number shown."""
    return figures.answer(Question("returns", "arrival", columns, prefix=""), exact=True)


@pytest.mark.parametrize("arrival", ARRIVALS, ids=lambda arrival: arrival.name)
def test_the_tables_give_what_was_published(arrival):
    day = arrival.arrived_on.isoformat()
    by_sex, by_province = table("sex"), table("province")
    assert by_sex.cell(day) == arrival.total
    if arrival.men is not None:
        assert (by_sex.cell(day, "L"), by_sex.cell(day, "P")) == (arrival.men, arrival.total - arrival.men)
    assert by_province.cell(day, "61") == arrival.here
    for name, told in (("reason", arrival.reasons), ("sector", arrival.sectors), ("onward", arrival.onward)):
        found = table(name)
        assert {code: found.cell(day, code) for code in told} == told


def test_children_of_the_list_of_february_are_counted():
    found = table("age")
    bands = [code for code, _words in found.columns if code in ("00", "05", "12")]
    assert sum(found.cell("2026-02-12", code) for code in bands) == 9


def test_the_lists_of_2022_are_counted_and_nobody_is_asked_to_visit():
    old = Manifest.objects.filter(arrived_on__year=2022)
    assert old.count() == 2
    assert not Notice.objects.filter(manifest__in=old).exists()
    assert not Returnee.objects.filter(manifest__in=old).exclude(met_on=None).exists()


def test_every_region_within_the_country_is_to_be_told_of_a_list_of_this_year():
    notices = Notice.objects.filter(manifest__total=327)
    assert notices.count() > 12
    assert notices.exclude(told_at=None).count() > notices.count() / 2


def test_the_list_of_this_morning_waits_for_an_answer():
    waiting = Sheet.objects.select_related("data_key").get(state="read")
    reading = reading_of(waiting, at=AT)
    assert len([problem for problem in reading.problems if problem.kind == ERROR]) == 1
