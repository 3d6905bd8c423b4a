"""The register: entered, changed, struck out and restored, fed by returns; what was there before is history."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from simpul.confidentiality.models import DataKey
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.migrants import registry
from simpul.migrants.models import Returnee, Worker
from simpul.persons.models import NameTag, Person
from simpul.places.models import Place
from simpul.privacy import breaches
from tests.register import NIK, SEKIDA, TEMAJUK, worker
from tests.returns import came_home, with_returns


@pytest.fixture
def w(world):
    with translation.override("en"):
        yield with_returns(world)


def test_a_village_enters_a_worker_and_the_journal_says_so(w):
    made = worker(w, facts={"employer": "Ladang Hijau Sdn Bhd", "departed_on": date(2024, 2, 1)})
    assert (made.status, made.country, made.is_current) == ("abroad", "my", True)
    assert made.employer.opened() == "Ladang Hijau Sdn Bhd"
    assert Entry.objects.filter(act=Act.WORKER_NOTED, subject=f"migrants.worker:{made.pk}").count() == 1


def test_a_village_writes_about_its_own_people_only(w):
    with pytest.raises(NotAllowed, match="outside your region"):
        worker(w, home=SEKIDA)
    assert worker(w, home=SEKIDA, by=w.joko).home_id == SEKIDA


def test_the_regency_writes_about_no_other_regency(w):
    with pytest.raises(NotAllowed, match="outside your region"):
        worker(w, home=TEMAJUK, by=w.joko)


def test_whoever_has_no_right_to_the_register_enters_nobody(w):
    with pytest.raises(NotAllowed, match="does not keep the register"):
        worker(w, by=w.rina)


def test_a_home_is_known_as_far_as_the_district(w):
    assert worker(w, home="61.07.07", by=w.joko).home_id == "61.07.07"
    with pytest.raises(NotAllowed, match="at least the district"):
        worker(w, home="61.07", by=w.joko)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"country": "atlantis"}, "country"),
        ({"sector": "x"}, "sector"),
        ({"status": "lost"}, "status"),
        ({"contract_from": date(2025, 1, 1), "contract_until": date(2024, 1, 1)}, "contract_until"),
        ({"departed_on": date(2030, 1, 1)}, "departed_on"),
        ({"departed_on": date(2025, 1, 1), "returned_on": date(2024, 1, 1)}, "returned_on"),
    ],
)
def test_what_cannot_be_is_refused_with_the_fact_it_is_about(w, facts, field):
    with pytest.raises(registry.FactError) as refused:
        worker(w, facts=facts)
    assert refused.value.field == field


def test_a_change_is_a_new_entry_and_the_earlier_one_is_history(w):
    before = worker(w, facts={"employer": "Ladang Hijau"})
    after = registry.note(
        earlier=before, home=before.home, facts={"status": "returned"}, by=w.darius, at=w.later(days=1)
    )  # fmt: skip
    assert (after.person, after.earlier, after.status) == (before.person, before, "returned")
    assert after.employer.opened() == "Ladang Hijau"
    assert list(Worker.objects.current()) == [after]


def test_what_a_change_says_to_be_empty_is_empty(w):
    before = worker(w, facts={"employer": "Ladang Hijau", "departed_on": date(2024, 2, 1)})
    after = registry.note(
        earlier=before, home=before.home, facts={"employer": "", "departed_on": None}, by=w.darius, at=w.at
    )
    assert (after.employer.opened(), after.departed_on, after.country) == ("", None, "my")


def test_the_same_nik_entered_again_takes_the_place_of_the_earlier_entry(w):
    before = worker(w, nik=NIK)
    after = worker(w, name="Anggrek L.", nik=NIK, facts={"status": "returned"})
    assert after.earlier == before
    assert Worker.objects.current().count() == 1


def test_a_nik_typed_elsewhere_tells_nothing_of_an_entry_one_may_not_see(w):
    """Who knows a number could otherwise read the employer by entering it."""
    worker(w, nik=NIK, home=SEKIDA, by=w.joko, facts={"employer": "Ladang Hijau", "contract_until": date(2027, 1, 1)})
    typed = worker(w, nik=NIK, by=w.darius)
    assert (typed.employer.opened(), typed.contract_until) == ("", None)
    assert typed.earlier.home_id == SEKIDA


def test_an_entry_that_is_struck_out_gives_way_to_the_one_before(w):
    before = worker(w, nik=NIK)
    after = worker(w, nik=NIK, facts={"status": "returned"})
    registry.strike(after, by=w.darius, at=w.at)
    assert list(Worker.objects.current()) == [before]
    registry.restore(w.anew(after), by=w.darius, at=w.later(days=1))
    assert list(Worker.objects.current()) == [after]


def test_only_what_holds_is_struck_out_and_only_what_was_struck_out_is_restored(w):
    before = worker(w, nik=NIK)
    after = worker(w, nik=NIK)
    with pytest.raises(NotAllowed, match="newer entry"):
        registry.strike(w.anew(before), by=w.darius, at=w.at)
    with pytest.raises(NotAllowed, match="not struck out"):
        registry.restore(after, by=w.darius, at=w.at)


def test_an_entry_is_not_restored_over_a_newer_one(w):
    before = worker(w, nik=NIK)
    struck = worker(w, nik=NIK, facts={"status": "returned"})
    registry.strike(struck, by=w.darius, at=w.at)
    registry.note(earlier=w.anew(before), home=before.home, facts={"status": "unknown"}, by=w.darius, at=w.at)
    with pytest.raises(NotAllowed, match="newer entry stands"):
        registry.restore(w.anew(struck), by=w.darius, at=w.at)


def test_a_stranger_strikes_nothing_out(w):
    made = worker(w, home=SEKIDA, by=w.joko)
    with pytest.raises(NotAllowed, match="outside your region"):
        registry.strike(made, by=w.darius, at=w.at)


def test_what_was_struck_out_is_destroyed_after_some_days_with_the_person_and_the_key(w):
    made = worker(w, nik=NIK)
    registry.strike(made, by=w.darius, at=w.at)
    registry.forget_struck(at=w.at + timedelta(days=6))
    assert Person.objects.filter(pk=made.person_id).exists()
    registry.forget_struck(at=w.at + timedelta(days=8))
    assert not Worker.objects.exists()
    assert not Person.objects.filter(pk=made.person_id).exists()
    assert not DataKey.objects.filter(pk=made.person.data_key_id).exists()
    assert not NameTag.objects.filter(person_id=made.person_id).exists()


def test_a_person_who_stands_there_for_another_reason_is_not_destroyed_with_an_entry(w):
    before = worker(w)
    after = registry.note(earlier=before, home=before.home, facts={"status": "returned"}, by=w.darius, at=w.at)
    registry.strike(after, by=w.darius, at=w.at)
    registry.forget_struck(at=w.at + timedelta(days=8))
    assert list(Worker.objects.all()) == [before]


def test_who_was_sent_home_stands_in_the_register_of_the_own_region(w):
    person = came_home(w)
    entry = Worker.objects.current().get(returnee=person)
    assert (entry.status, entry.procedural, entry.returned_on) == ("deported", "no", person.arrived_on)


def test_a_return_keeps_what_the_register_knew_of_the_worker(w):
    before = worker(w, nik=NIK, facts={"employer": "Ladang Hijau", "sector": "plantation"})
    person = came_home(w, nik=NIK)
    entry = Worker.objects.current().get()
    assert (entry.returnee, entry.earlier, entry.sector) == (person, before, "plantation")
    assert entry.employer.opened() == "Ladang Hijau"


def test_who_asked_that_the_village_be_not_told_is_not_in_the_villages_register(w):
    person = came_home(w)
    assert Worker.objects.visible_to(w.darius).count() == 1
    Returnee.objects.filter(pk=person.pk).update(village_may_know="no")
    assert Worker.objects.visible_to(w.joko).count() == 1
    assert not Worker.objects.visible_to(w.darius).exists()


def test_who_left_again_is_abroad_and_nothing_of_the_old_journey_is_said_of_the_new_one(w):
    worker(w, nik=NIK, facts={"employer": "Ladang Hijau", "sector": "plantation", "country": "bn"})
    person = came_home(w, nik=NIK)
    registry.note_departure(person, by=w.darius, at=w.at)
    entry = Worker.objects.current().get()
    assert (entry.status, entry.sector, entry.country, entry.returned_on) == ("abroad", "plantation", "", None)
    assert entry.employer.opened() == ""


def test_a_place_of_a_person_is_a_place_of_the_table(w):
    assert Place.objects.filter(pk=worker(w).home_id).exists()


def test_whom_a_breach_names_is_still_told_after_the_entry_is_destroyed(w):
    made = worker(w, nik=NIK)
    breach = breaches.note(kinds=["contact"], discovered_at=w.at, how="Hilang", by=w.yanti, at=w.at)
    breach.affected.create(person=made.person)
    registry.strike(made, by=w.darius, at=w.at)
    registry.forget_struck(at=w.at + timedelta(days=8))
    assert not Worker.objects.exists()
    assert breach.affected.get().person.name.opened() == "Anggrek Lestari"
