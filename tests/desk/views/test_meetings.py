"""Visits to people who came home, and whether the village may be told."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from simpul.migrants import meetings
from simpul.migrants.models import Meeting
from tests.returns import came_home, with_returns


@pytest.fixture
def w(today_world):
    return with_returns(today_world)


@pytest.fixture
def person(w):
    return came_home(w, arrived_on=localdate() - timedelta(days=3))


@pytest.fixture
def darius(w, desk):
    return desk(w.darius)


def at(person, what="kunjungan/"):
    return f"/desk/pemulangan/{person.manifest.number}/{person.row}/{what}"


def told(**other):
    return {"outcome": "found", "on": localdate().isoformat(), "note": ""} | other


def test_the_village_notes_a_visit_and_its_clock_stops(w, person, darius):
    assert darius.get(at(person)).status_code == 200
    assert darius.post(at(person), told()).status_code == 302
    assert w.anew(person).outcome == "found"
    assert w.owed("visit_returnee", on=person) is None


def test_whoever_needs_help_is_reported_and_the_number_is_told(w, person, darius):
    page = darius.post(at(person), told(outcome="needs_help", note="Sakit, tidak ada obat"), follow=True)
    made = Meeting.objects.get().report
    assert made.number in page.content.decode()
    assert w.owed("triage", on=made)


def test_help_without_words_is_asked_again_and_nothing_is_lost(person, darius):
    page = darius.post(at(person), told(outcome="in_danger"))
    assert page.status_code == 422
    assert 'value="in_danger"' in page.content.decode()
    assert page.content.decode().count(" checked") == 1
    assert not Meeting.objects.exists()


def test_an_attempt_lets_the_clock_run_on(w, person, darius):
    darius.post(at(person), told(outcome="not_found"))
    assert w.anew(person).met_on is None
    assert w.owed("visit_returnee", on=person)


def test_who_moved_is_visited_by_the_village_there(w, person, darius):
    where = {"moved_to": "x", "moved_to_kode": "61.07.07.2002", "moved_to_untuk": "x"}
    answer = darius.post(at(person), told(outcome="moved") | where)
    assert answer.url == "/desk/pemulangan/"
    assert w.anew(person).home_id == "61.07.07.2002"
    assert w.owed("visit_returnee", on=person).place_id == "61.07.07.2002"


def test_a_place_that_contradicts_the_answer_is_asked_again(person, darius):
    where = {"moved_to": "x", "moved_to_kode": "61.07.07.2002", "moved_to_untuk": "x"}
    page = darius.post(at(person), told() | where)
    assert set(page.context["form"].errors) == {"moved_to"}
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("days", [1, -9])
def test_a_visit_lies_between_the_arrival_and_today(person, darius, days):
    page = darius.post(at(person), told(on=(localdate() + timedelta(days=days)).isoformat()))
    assert page.status_code == 422
    assert not Meeting.objects.exists()


def test_the_answer_about_the_village_is_kept_and_leads_somebody_else_there(w, person, desk):
    hana = desk(w.hana)
    form = hana.get(at(person, "desa/")).context["form"]
    sent = {"may_know": "no", form.versions.name: form.versions.shown}
    assert hana.post(at(person, "desa/"), sent).status_code == 302
    assert w.anew(person).village_may_know == "no"
    assert w.owed("visit_returnee", on=person).owed_by == w.disnaker


def test_two_officers_who_were_told_different_things_see_both(w, person, desk):
    hana = desk(w.hana)
    form = hana.get(at(person, "desa/")).context["form"]
    meetings.ask_village(person, may_know="no", by=w.joko, at=w.at)
    page = hana.post(at(person, "desa/"), {"may_know": "yes", form.versions.name: form.versions.shown})
    assert page.status_code == 409
    assert "Joko Susilo" in page.content.decode()
    assert w.anew(person).village_may_know == "no"


def test_an_officer_of_another_village_or_region_finds_nothing(w, desk):
    there = came_home(w, home="61.07.07.2002")
    assert desk(w.joko).get(at(there)).status_code == 200
    for officer in (w.darius, w.siti, w.rina):
        assert desk(officer).get(at(there)).status_code == 404
        assert desk(officer).post(at(there), told()).status_code == 404
