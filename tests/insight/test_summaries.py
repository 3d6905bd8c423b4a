"""What each role is told at a glance, and of whom."""

from datetime import date, timedelta

import pytest

from simpul.agencies import exclusions
from simpul.agencies.roles import Role
from simpul.desk.views.summary import READERS
from simpul.insight import figures, summaries, tallies
from simpul.insight.measures import BY_CODE
from simpul.insight.models import Tally
from simpul.insight.summaries import OF_ROLE, Tile
from simpul.migrants.models import Returnee
from tests.register import worker
from tests.returns import came_home, with_returns


@pytest.fixture
def w(world):
    figures.places_at.cache_clear()
    return with_returns(world)


def of(w, officer):
    return summaries.of(officer, at=w.at)


def tiles(w, officer):
    return {tile.measure.code: tile for tile in of(w, officer).tiles}


def tile(code, *numbers):
    months = [tallies.earlier(date(2026, 8, 1), back) for back in reversed(range(len(numbers)))]
    return Tile(BY_CODE[code], "", "", tuple(zip(months, numbers, strict=True)), None)


def test_each_role_but_the_administrator_has_a_summary(w):
    assert set(OF_ROLE) == set(Role) - {Role.ADMINISTRATOR}
    assert not any(w.tono.may(right) for right in READERS)
    assert all(code in BY_CODE for wanted in OF_ROLE.values() for _topic, _scope, codes in wanted for code in codes)


def test_an_agency_reads_of_its_own(w):
    w.case(at=w.at - timedelta(days=9))
    w.report()
    tallies.refresh(at=w.later(minutes=1))
    rina, siti = tiles(w, w.rina), tiles(w, w.siti)
    assert (rina["cases_open"].number, siti["cases_open"].number) == (1, 0)
    assert (rina["reports_waiting"].number, siti["reports_waiting"].number) == (1, 0)
    assert rina["duties_overdue"].number > 0
    assert "reports_waiting" not in tiles(w, w.budi)
    found = of(w, w.rina)
    assert found.next_due.owed_by == w.uptd
    assert found.stages == (("new", 1),)
    assert found.agencies == ()
    assert found.is_counted


def test_the_one_agency_for_all_reads_what_names_no_place(w):
    w.report(place="")
    tallies.refresh(at=w.at)
    assert tiles(w, w.lina)["reports_waiting"].number == 1
    assert tiles(w, w.rina)["reports_waiting"].number == 0


def test_the_secretariat_reads_of_the_region_with_the_clocks_of_its_agencies(w):
    w.case(at=w.at - timedelta(days=9))
    tallies.refresh(at=w.at)
    found = of(w, w.dewi)
    assert found.next_due is None
    assert [row.agency for row in found.agencies] == [w.uptd]
    assert found.agencies[0].overdue > 0
    assert found.in_time == found.agencies[0].in_time
    assert found.more_agencies == 0


def test_whoever_surely_keeps_the_fewest_clocks_stands_first(w, monkeypatch):
    month = tallies.first_of(w.at.date())
    kept = {w.uptd: (90, 10), w.police: (1, 99), w.dinsos: (0, 1), w.hospital: (50, 50)}
    for agency, numbers in kept.items():
        for code, number in zip((tallies.IN_TIME, tallies.LATE), numbers, strict=True):
            Tally.objects.create(
                measure=code, month=month, place="61.07", agency=agency, number=number, counted_at=w.at
            )
    assert [row.agency for row in of(w, w.dewi).agencies] == [w.police, w.hospital, w.dinsos, w.uptd]
    monkeypatch.setattr(summaries, "MOST_AGENCIES", 1)
    found = of(w, w.dewi)
    assert ([row.agency for row in found.agencies], found.more_agencies) == ([w.police], 3)


def test_few_people_sent_home_are_hidden_from_the_secretariat_and_told_to_who_receives_them(w):
    came_home(w)
    tallies.refresh(at=w.later(minutes=1))
    assert tiles(w, w.hana)["returns_unvisited"].number == 1
    assert tiles(w, w.hana)["returns_arrived"].number == 1
    dewi = tiles(w, w.dewi)
    assert dewi["returns_arrived"].is_hidden
    assert dewi["returns_unvisited"].is_hidden
    assert of(w, w.dewi).hides
    # What lies within a number that may be hidden is not told at all.
    assert not {"visits_overdue", "returns_repeated"} & dewi.keys()


def test_a_village_learns_of_nobody_whom_it_may_not_see(w):
    seen, unseen = came_home(w), came_home(w, name="Sari")
    worker(w)
    tallies.refresh(at=w.later(minutes=1))
    before = tiles(w, w.darius)
    assert (before["returns_arrived"].number, before["returns_unvisited"].number) == (2, 2)
    assert before["register_entries"].number > 0
    Returnee.objects.filter(pk=unseen.pk).update(village_may_know=Returnee.Answer.NO)
    after = tiles(w, w.darius)
    assert (after["returns_arrived"].number, after["returns_unvisited"].number) == (1, 1)
    assert after["returns_arrived"].as_of == w.at
    assert seen.home_id == w.darius.jurisdiction


def test_an_office_of_a_district_counts_people_live_too(w):
    w.disnaker.kind = "district_office"
    w.disnaker.save()
    w.joko.refresh_from_db()
    came_home(w)
    assert tiles(w, w.joko)["returns_arrived"].number == 1
    assert "returns_unscreened" not in tiles(w, w.joko)


def test_the_data_protection_officer_reads_of_breaches_and_requests(w):
    tallies.refresh(at=w.at)
    found = of(w, w.wulan)
    assert {tile.measure.code for tile in found.tiles} == {
        "breaches_open", "data_waiting", "data_late", "erasures_waiting"}  # fmt: skip
    assert found.in_time is None
    assert found.next_due is None


def test_a_file_that_must_stay_unknown_is_in_no_number(w):
    shut = w.report()
    tallies.refresh(at=w.at)
    assert tiles(w, w.rina)["reports_waiting"].number == 1
    exclusions.keep_out(shut, officer=w.rina, by=w.yanti, at=w.at)
    found = tiles(w, w.rina)
    assert (found["reports_waiting"].number, found["reports_received"].number) == (0, 0)
    assert tiles(w, w.yanti)["reports_waiting"].number == 1


def test_before_anything_was_counted_nothing_is_known(w):
    found = of(w, w.rina)
    assert not found.is_counted
    assert {tile.number for tile in found.tiles} == {None}


def test_a_flow_compares_months_that_are_over_and_a_stock_this_moment():
    flow, stock = tile("cases_opened", 4, 7, 1), tile("cases_open", 4, 7, 1)
    assert (flow.change, stock.change) == (3, -6)
    assert flow.is_better is None
    assert tile("reports_waiting", 4, 7, 1).is_better is True
    assert tile("duties_late", 4, 7, 1).is_better is False
    assert tile("reports_waiting", 4, 7, 7).is_better is None
    assert tile("cases_open", 4, None, 1).change is None
    assert tile("returns_arrived", 4, figures.HIDDEN, 12).change is None
    assert not tile("cases_open", None, None, 1).has_series
