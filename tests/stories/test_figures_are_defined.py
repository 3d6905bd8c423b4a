"""Figures that can be defended: each says what it counts, agencies stand by their clocks, few people are hidden."""

from datetime import timedelta

import pytest
from django.utils import translation

from simpul.agencies.roles import Right
from simpul.desk.views.summary import LISTS
from simpul.insight import figures, summaries, tallies
from simpul.insight.measures import BY_CODE, MEASURES
from simpul.intake import triage
from tests.returns import came_home, with_returns


@pytest.fixture
def w(world):
    figures.places_at.cache_clear()
    return with_returns(world)


def numbers(w, officer):
    return {tile.measure.code: tile.number for tile in summaries.of(officer, at=w.later(hours=1)).tiles}


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_figure_says_what_it_counts_from_where_and_how(language):
    with translation.override(language):
        told = [(str(each.words), str(each.definition), str(each.source), str(each.method)) for each in MEASURES]
    assert all(all(words) for words in told)
    assert len({words for words, *_rest in told}) == len(MEASURES)
    assert len({definition for _words, definition, *_rest in told}) == len(MEASURES)


def test_every_figure_on_a_page_can_be_opened_or_says_nothing_of_a_list():
    shown = {code for wanted in summaries.OF_ROLE.values() for _topic, _scope, codes in wanted for code in codes}
    assert shown <= BY_CODE.keys()
    assert set(LISTS) >= shown - {"data_waiting", "data_late"}
    assert all(right in Right for ways in LISTS.values() for right, _address, _asked in ways)


def test_an_agency_that_does_not_answer_looks_no_better_than_one_that_answers_late(w):
    early = w.at - timedelta(days=3)
    for place, hours in (("61.07", 40), ("61.01", None)):
        for _each in range(4):
            report = w.report(place=place, at=early)
            if hours:
                triage.set_aside(report, because="not_trafficking", by=w.rina, at=early + timedelta(hours=hours))
    tallies.refresh(at=w.at)
    shares = tallies.in_time_by_agency(prefix="61", until=w.at.date())
    assert shares[w.uptd.pk].share == shares[w.uptd_sambas.pk].share == 0
    assert shares[w.uptd_sambas.pk].of == shares[w.uptd.pk].of == 4


def test_an_agency_with_more_cases_is_not_ranked_by_them(w):
    for _each in range(3):
        w.case()
    tallies.refresh(at=w.later(minutes=1))
    rows = summaries.of(w.dewi, at=w.later(minutes=2)).agencies
    assert all(set(row.__dataclass_fields__) == {"agency", "in_time", "overdue"} for row in rows)


def test_of_few_people_who_came_home_those_are_told_who_meet_them(w):
    for number in range(10):
        came_home(w, name=f"Melati {number}")
    tallies.refresh(at=w.later(minutes=1))
    assert numbers(w, w.joko)["returns_unvisited"] == 10
    assert numbers(w, w.dewi)["returns_unvisited"] is figures.HIDDEN
    came_home(w, name="Melati 11")
    tallies.refresh(at=w.later(minutes=2))
    assert numbers(w, w.dewi)["returns_unvisited"] == 11
