"""Visits: who owes them, what they find, what follows."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from simpul.agencies import exclusions, offices, people
from simpul.agencies.roles import Role
from simpul.intake.models import Report
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.migrants import meetings, returnees
from simpul.migrants.models import Meeting, Worker
from simpul.places.models import Place
from tests.returns import came_home

pytestmark = pytest.mark.usefixtures("english")


def note(w, person, outcome="found", *, by=None, on=None, **told):
    return meetings.note(person, on=on or localdate(w.at), outcome=outcome, by=by or w.darius, at=w.at, **told)


def office(w, name, kind, place, role):
    agency = offices.record(name, kind=kind, place=Place.objects.get(pk=place), by=None, at=w.at)
    people.record(name, full_name=name, agency=agency, role=role, password="", by=None, at=w.at)
    return agency


def test_the_village_comes_before_the_district_and_the_district_before_the_regency(w):
    district = office(w, "Kantor Camat Jagoi Babang", "district_office", "61.07.07", Role.VILLAGE)
    assert w.owed("visit_returnee", on=came_home(w)).owed_by == w.jagoi
    assert w.owed("visit_returnee", on=came_home(w, home="61.07.07.2002")).owed_by == district
    assert w.owed("visit_returnee", on=came_home(w, home="61.07.01")).owed_by == w.disnaker


def test_an_office_whose_officers_do_not_visit_is_not_asked(w):
    people.end(w.joko, by=None, at=w.at)
    assert w.rina.agency.kind == "uptd_ppa"
    assert w.owed("visit_returnee", on=came_home(w, home="61.07.01")).owed_by == w.bp3mi


def test_who_is_kept_out_is_not_asked(w):
    person = came_home(w)
    exclusions.keep_out(person, agency=w.jagoi, by=None, at=w.at)
    meetings.owe_anew(person, by=w.hana, at=w.at)
    assert w.owed("visit_returnee", on=person).owed_by == w.disnaker


@pytest.mark.parametrize("home", ["", "61.07", "31.71"])
def test_of_a_home_that_is_not_known_or_lies_elsewhere_nobody_is_asked(w, home):
    home = home if Place.objects.filter(pk=home).exists() else ""
    assert w.owed("visit_returnee", on=came_home(w, home=home)) is None


@pytest.mark.parametrize(("days", "is_asked"), [(90, True), (91, False)])
def test_who_came_home_long_ago_is_visited_by_nobody(w, days, is_asked):
    person = came_home(w, arrived_on=localdate(w.at) - timedelta(days=days))
    assert (w.owed("visit_returnee", on=person) is not None) == is_asked


@pytest.mark.parametrize(("days", "is_asked"), [(90, True), (91, False)])
def test_another_home_that_becomes_known_long_after_begins_no_clock(w, days, is_asked):
    person = came_home(w, home="", arrived_on=localdate(w.at) - timedelta(days=days))
    returnees.correct(person, home=Place.objects.get(pk="61.07.07.2002"), by=w.hana, at=w.at)
    assert w.anew(person).home_id == "61.07.07.2002"
    assert (w.owed("visit_returnee", on=person) is not None) == is_asked


@pytest.mark.parametrize(("days", "says"), [(1, "future"), (-2, "before the arrival")])
def test_a_visit_lies_between_arrival_and_today(w, days, says):
    with pytest.raises(NotAllowed, match=says):
        note(w, came_home(w), on=localdate(w.at) + timedelta(days=days))


def test_an_outcome_that_the_list_does_not_know_is_refused(w):
    with pytest.raises(NotAllowed, match="Choose"):
        note(w, came_home(w), "hilang")


def test_a_visit_is_one_entry_without_a_word_of_the_note(w):
    note(w, came_home(w), note="Rahasia keluarga")
    entry = Entry.objects.get(act=Act.RETURNEE_MET)
    assert entry.facts == {"outcome": "found"}
    assert Meeting.objects.get().note.opened() == "Rahasia keluarga"


def test_the_report_of_a_visit_names_nobody(w):
    person = came_home(w, name="Melati Kusuma")
    report = note(w, person, "needs_help", note="Perlu obat").report
    assert report.channel == Report.Channel.OFFICER
    assert report.place_id == person.home_id
    statement = report.statement.opened()
    assert "Perlu obat" in statement
    assert person.number in statement
    assert "Melati" not in statement


def test_who_left_again_stands_abroad_in_the_register(w):
    person = came_home(w)
    note(w, person, "left_again")
    now = Worker.objects.current().get()
    assert (now.status, now.person) == ("abroad", person.person)
    assert w.anew(person).outcome == "left_again"


def test_who_moved_to_an_unknown_place_counts_as_met(w):
    person = came_home(w)
    note(w, person, "moved")
    assert w.anew(person).met_on == localdate(w.at)
    assert w.owed("visit_returnee", on=person) is None


def test_who_moved_stands_in_the_register_where_they_live_now(w):
    person = came_home(w)
    note(w, person, "moved", moved_to=Place.objects.get(pk="61.07.07.2002"))
    assert Worker.objects.current().get().home_id == "61.07.07.2002"


def test_a_later_visit_tells_the_newest_outcome(w):
    person = came_home(w)
    note(w, person)
    note(w, person, "left_again")
    assert w.anew(person).outcome == "left_again"
    assert person.meetings.count() == 2


def test_an_older_visit_noted_late_does_not_undo_a_newer_one(w):
    person = came_home(w, arrived_on=localdate(w.at) - timedelta(days=9))
    note(w, person, "left_again")
    note(w, person, "found", on=localdate(w.at) - timedelta(days=5))
    assert (w.anew(person).outcome, w.anew(person).met_on) == ("left_again", localdate(w.at))


def test_the_same_answer_about_the_village_changes_nothing(w):
    person = came_home(w)
    meetings.ask_village(person, may_know="no", by=w.hana, at=w.at)
    before = w.owed("visit_returnee", on=person)
    meetings.ask_village(person, may_know="no", by=w.joko, at=w.at)
    assert w.owed("visit_returnee", on=person) == before
    assert Entry.objects.filter(act=Act.VILLAGE_ASKED).count() == 1
    with pytest.raises(NotAllowed, match="Choose"):
        meetings.ask_village(person, may_know="mungkin", by=w.hana, at=w.at)
