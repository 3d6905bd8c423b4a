"""People whom no list named, corrections of what a list said, and whoever is kept out of a return."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from simpul.agencies import exclusions, people
from simpul.agencies.roles import Role
from simpul.intake import triage
from simpul.intake.models import Report
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.migrants import meetings, returnees, screening
from simpul.migrants.models import Manifest, Returnee, Worker
from simpul.persons.identities import IdentityError
from simpul.places.models import Place
from tests.returns import came_home

NIK = "6107075208020003"


def correct(w, person, by=None, **told):
    returnees.correct(person, by=by or w.hana, at=w.at, **told)
    return w.anew(person)


def test_a_manifest_of_one_is_made_for_somebody_whom_no_list_named(w):
    person = came_home(w, remarks="  Datang sendiri ")
    manifest = Manifest.objects.get()
    assert (manifest.total, manifest.agency, manifest.sheet) == (1, w.bp3mi, None)
    assert person.number == f"{manifest.number}/1"
    assert person.remarks.opened() == "Datang sendiri"
    assert Entry.objects.filter(act=Act.RETURNEE_NOTED, officer_id=w.hana.pk).exists()


def test_numbers_follow_each_other(w):
    first, second = came_home(w), came_home(w)
    assert int(second.manifest.number[-6:]) == int(first.manifest.number[-6:]) + 1


def test_the_age_is_counted_on_the_day_of_arrival(w):
    arrived = localdate(w.at) - timedelta(days=1)
    born = date(arrived.year - 18, arrived.month, arrived.day) + timedelta(days=1)
    person = came_home(w, age=None, birth_date=born, arrived_on=arrived)
    assert (person.age, person.is_child) == (17, True)


@pytest.mark.parametrize("told", [
    {"facts": {"reason": "rahasia"}}, {"depot": "tidak ada"}, {"kind": "liburan"}, {"arrived_on": date(2026, 8, 4)},
])  # fmt: skip
def test_what_no_list_knows_is_refused(w, told):
    with pytest.raises(NotAllowed):
        came_home(w, **told)
    assert not Returnee.objects.exists()


def test_a_nik_that_cannot_be_one_is_refused_and_nothing_is_left_behind(w):
    with pytest.raises(IdentityError):
        came_home(w, nik="123")
    assert not Manifest.objects.exists()


def test_whoever_does_not_receive_people_enters_nobody(w):
    for officer in (w.darius, w.rina, w.siti):
        with pytest.raises(NotAllowed):
            came_home(w, by=officer)


def test_a_return_to_the_own_region_stands_in_the_register(w):
    person = came_home(w)
    worker = Worker.objects.get()
    assert (worker.person, worker.status, worker.procedural) == (person.person, "deported", "no")
    assert worker.returned_on == person.arrived_on


def test_a_better_known_home_asks_the_village_there_and_enters_the_register(w):
    person = came_home(w, home="61.07")
    assert w.owed("visit_returnee", on=person) is None
    person = correct(w, person, home=Place.objects.get(pk="61.07.07.2001"))
    assert w.owed("visit_returnee", on=person).owed_by == w.jagoi
    assert Worker.objects.current().get().home_id == "61.07.07.2001"


def test_a_home_that_becomes_known_enters_the_register(w):
    person = came_home(w, home="")
    assert not Worker.objects.exists()
    correct(w, person, home=Place.objects.get(pk="61.07.07.2001"))
    assert Worker.objects.current().get().home_id == "61.07.07.2001"


def test_a_correction_of_something_else_leaves_clock_and_home(w):
    person = came_home(w)
    before = w.owed("visit_returnee", on=person)
    person = correct(w, person, name="Melati K", facts={"sector": "plantation"})
    assert (person.sector, person.home_id) == ("plantation", "61.07.07.2001")
    assert w.owed("visit_returnee", on=person) == before
    assert Entry.objects.get(act=Act.RETURNEE_CORRECTED).facts == {"columns": ["name", "sector"]}


def test_after_somebody_was_met_a_correction_opens_no_clock(w):
    person = came_home(w)
    meetings.note(person, on=localdate(w.at), outcome="found", by=w.darius, at=w.at)
    correct(w, person, home=Place.objects.get(pk="61.07.07.2002"))
    assert w.owed("visit_returnee", on=person) is None


def test_a_date_of_birth_that_becomes_known_makes_a_child_of_a_grown_person(w):
    person = correct(w, came_home(w, age=30), birth_date=date(2012, 1, 1))
    assert person.is_child


def test_a_correction_says_only_which_fields(w):
    correct(w, came_home(w), name="Dahlia Rahasia", nik=NIK)
    entries = Entry.objects.filter(act__in=[Act.RETURNEE_CORRECTED, Act.PERSON_CORRECTED])
    assert entries.count() == 2
    assert not [entry for entry in entries if "Rahasia" in str(entry.facts) or NIK in str(entry.facts)]


def test_a_person_is_found_by_number_by_whoever_may_know(w):
    person = came_home(w, nik=NIK)
    assert list(returnees.with_number(NIK, w.hana)) == [person]
    assert list(returnees.with_number(NIK, w.siti)) == []


def found_by(person, officer):
    return Returnee.objects.visible_to(officer).filter(pk=person.pk).exists()


def test_who_is_kept_out_finds_nothing_and_somebody_else_visits(w):
    person = came_home(w)
    due = w.owed("visit_returnee", on=person).due_at
    assert found_by(person, w.darius)
    assert Worker.objects.visible_to(w.darius).filter(person=person.person).exists()
    returnees.keep_out(person, officer=w.darius, by=w.hana, at=w.at)
    assert not found_by(person, w.darius)
    assert not Worker.objects.visible_to(w.darius).filter(person=person.person).exists()
    owed = w.owed("visit_returnee", on=person)
    assert (owed.owed_by, owed.due_at) == (w.disnaker, due)
    assert found_by(person, w.joko)
    returnees.let_in(person, exclusions.of(person).get(), by=w.hana, at=w.at)
    assert found_by(person, w.darius)
    assert w.owed("visit_returnee", on=person).owed_by == w.jagoi


def test_every_agency_of_a_kind_is_kept_out_at_once(w):
    person = came_home(w)
    returnees.keep_out(person, agency_kind="village", by=w.hana, at=w.at)
    assert not found_by(person, w.darius)
    assert w.owed("visit_returnee", on=person).owed_by == w.disnaker


def test_where_another_officer_of_the_village_visits_the_village_still_does(w):
    person = came_home(w)
    people.record("sekdes", full_name="Sekdes", agency=w.jagoi, role=Role.VILLAGE, password="", by=None, at=w.at)
    returnees.keep_out(person, officer=w.darius, by=w.hana, at=w.at)
    assert w.owed("visit_returnee", on=person).owed_by == w.jagoi


def test_only_the_agency_that_took_in_the_manifest_keeps_somebody_out(w):
    person = came_home(w)
    for officer in (w.joko, w.darius, w.rina, w.yanti, w.siti):
        with pytest.raises(NotAllowed):
            returnees.keep_out(person, agency=w.hospital, by=officer, at=w.at)
    made = exclusions.shut(person, agency=w.hospital, by=w.hana, at=w.at)
    for officer in (w.joko, w.yanti):
        with pytest.raises(NotAllowed):
            returnees.let_in(person, made, by=officer, at=w.at)
    assert exclusions.of(person).get() == made


def test_a_report_of_this_person_that_waits_is_shut_too_and_one_that_was_decided_on_is_not(w):
    person, asked = came_home(w), {"answers": {"debt": "yes"}, "finding": "indications", "by": w.hana, "at": w.at}
    decided = screening.note(person, **asked).report
    triage.set_aside(w.anew(decided), because="not_enough_information", by=w.rina, at=w.at)
    waiting = screening.note(person, **asked).report
    assert waiting.agency == w.uptd
    returnees.keep_out(person, agency=w.uptd, by=w.hana, at=w.at)
    assert not Report.objects.visible_to(w.rina).filter(pk=waiting.pk).exists()
    assert w.anew(waiting).agency != w.uptd
    assert Report.objects.visible_to(w.rina).filter(pk=decided.pk).exists()


def test_a_report_made_afterwards_is_shut_from_its_first_moment(w):
    person, other = came_home(w), came_home(w, name="Kenanga")
    returnees.keep_out(person, agency=w.uptd, by=w.hana, at=w.at)
    asked = {"answers": {"debt": "yes"}, "finding": "indications", "by": w.hana, "at": w.at}
    report, of_other = (screening.note(one, **asked).report for one in (person, other))
    assert of_other.agency == w.uptd
    assert report.agency != w.uptd
    assert not Report.objects.visible_to(w.rina).filter(pk=report.pk).exists()
    assert w.owed("triage", on=report).owed_by == report.agency
