"""The people in a case: recorded by their part, protected, corrected, and read by name only."""

import pytest

from simpul.cases import children, files, proceedings, victims
from simpul.cases.models import Involvement
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound
from simpul.persons.models import Person
from tests.cases.tracks import a_proceeding, refused

NIK = "6107064505080001"


def suspect(case, world, **told):
    return victims.add(case, part="suspect", by=world.rina, at=world.at, **({"name": "Anton"} | told))


def test_a_victim_is_presumed_until_somebody_decides(world, now):
    victim = world.victim(world.case())
    assert (victim.status, victim.status_by) == ("presumed", None)
    victims.decide_status(victim, status="victim", by=world.rina, at=now)
    assert (victim.status, victim.status_by) == ("victim", world.rina)
    victims.decide_status(victim, status="not_victim", by=world.yanti, at=now)
    assert world.anew(victim).status == "not_victim"


def test_a_status_is_one_of_the_list(world, now):
    with pytest.raises(NotAllowed):
        victims.decide_status(world.victim(world.case()), status="pembohong", by=world.rina, at=now)


@pytest.mark.parametrize("part", ["suspect", "witness"])
def test_only_a_victim_has_a_victim_status_from_the_beginning(world, now, part):
    assert victims.add(world.case(), part=part, name="Anton", by=world.rina, at=now).status == ""


@pytest.mark.parametrize("who", ["siti", "budi", "dewi", "tono", "wulan"])
def test_a_stranger_adds_reads_and_changes_nobody(world, now, who):
    victim, stranger = world.victim(world.case()), getattr(world, who)
    entries, persons = Entry.objects.count(), Person.objects.count()
    for act, refusal in (
        (lambda: victims.add(victim.case, part="victim", name="x", by=stranger, at=now), NotAllowed),
        (lambda: victims.decide_status(victim, status="victim", by=stranger, at=now), NotAllowed),
        (lambda: victims.protect_from_punishment(victim, by=stranger, at=now), NotAllowed),
        (lambda: victims.correct(victim, name="x", by=stranger, at=now), NotAllowed),
        (lambda: victims.read_identity(victim, fields=["name"], by=stranger, at=now), NotFound),
    ):
        with pytest.raises(refusal):
            act()
    assert (Entry.objects.count(), Person.objects.count()) == (entries, persons)
    assert victims.read_identity(victim, fields=["name"], by=world.rina, at=now) == {"name": "Melati Kusuma"}


def test_a_known_person_is_added_without_being_recorded_again(world, now):
    victim = world.victim(world.case())
    again = victims.add(world.case(), part="victim", person=victim.person, by=world.rina, at=now)
    assert again.person == victim.person
    assert Person.objects.count() == 1


def test_a_person_of_a_file_that_is_not_open_is_not_found(world, now):
    victim = world.victim(world.case())
    own = world.case(by=world.lina)
    with pytest.raises(NotFound):
        victims.add(own, part="victim", person=victim.person, by=world.lina, at=now)
    files.assign(victim.case, officer=world.lead_of_province(), by=world.rina, at=now)
    assert victims.add(own, part="victim", person=victim.person, by=world.lina, at=now)


def test_a_person_plays_a_part_in_a_case_once(world, now):
    victim = world.victim(world.case())
    with pytest.raises(NotAllowed):
        victims.add(victim.case, part="victim", person=victim.person, by=world.rina, at=now)


@pytest.mark.parametrize(("childhood", "child"), [("child", True), ("disputed", True), ("adult", False), ("", False)])
def test_a_child_among_the_victims_is_a_fact_of_the_case(world, childhood, child):
    case = world.case(children="no")
    world.victim(case, childhood=childhood)
    assert world.anew(case).has_children is child


def test_an_age_corrected_later_counts_too(world, now):
    victim = world.victim(world.case(children="no"))
    victims.correct(victim, childhood="child", by=world.rina, at=now)
    assert world.anew(victim.case).has_children


def test_correcting_touches_only_what_is_named(world, now):
    victim = world.victim(world.case(), phone="0812 5555 0101")
    victims.correct(victim, name="Melati K.", by=world.rina, at=now)
    read = victims.read_identity(victim, fields=["name", "phone"], by=world.rina, at=now)
    assert read == {"name": "Melati K.", "phone": "0812 5555 0101"}


def test_a_victim_who_is_not_punished_is_no_suspect_in_any_case(world, now):
    victim = world.victim(world.case(), nik=NIK)
    victims.protect_from_punishment(victim, by=world.rina, at=now)
    for case in (victim.case, world.case()):
        with pytest.raises(NotAllowed, match="18"):
            suspect(case, world, person=victim.person, name=None)
    assert not Involvement.objects.filter(part="suspect").exists()


def test_neither_under_a_second_record_of_the_same_person(world, now):
    victim = world.victim(world.case(), nik=NIK)
    victims.protect_from_punishment(victim, by=world.rina, at=now)
    with pytest.raises(NotAllowed, match="18"):
        suspect(world.case(), world, nik=NIK)
    with pytest.raises(NotAllowed, match="18"):
        victims.correct(suspect(world.case(), world), nik=NIK, by=world.rina, at=now)
    assert Person.objects.count() == 2


def test_a_suspicion_is_taken_back_before_the_person_is_protected(world, now):
    noted = suspect(world.case(), world, nik=NIK)
    victim = world.victim(world.case(), nik=NIK)
    with pytest.raises(NotAllowed):
        victims.protect_from_punishment(victim, by=world.rina, at=now)
    victims.take_back_suspicion(noted, by=world.rina, at=now)
    victims.protect_from_punishment(victim, by=world.rina, at=now)
    assert world.anew(victim).is_not_punished
    assert Entry.objects.filter(facts__taken_back=True).count() == 1


def test_only_a_victim_is_protected_and_only_a_suspicion_is_taken_back(world, now):
    case = world.case()
    with pytest.raises(NotAllowed):
        victims.protect_from_punishment(suspect(case, world), by=world.rina, at=now)
    with pytest.raises(NotAllowed):
        victims.take_back_suspicion(world.victim(case), by=world.rina, at=now)


def test_reading_a_name_is_written_down_with_the_fields_and_without_the_name(world, now):
    victim = world.victim(world.case(), phone="0812 5555 0101")
    victims.read_identity(victim, fields=["phone", "name"], by=world.rina, at=now, because="call")
    entry = Entry.objects.filter(act="identity.read").get()
    assert entry.facts == {"fields": ["name", "phone"], "because": "call"}
    assert entry.file == f"cases.case:{victim.case_id}"


def test_the_note_on_a_person_is_sealed(world):
    victim = world.victim(world.case(), note="Adik Yosef")
    assert world.anew(victim).note.opened() == "Adik Yosef"
    assert "Yosef" not in str(Involvement.objects.values()) + f"{victim!r}"


def test_a_threat_and_a_stay_abroad_are_marked_one_at_a_time(world, now):
    victim = world.victim(world.case())
    victims.mark(victim, is_threatened=True, by=world.rina, at=now)
    victims.mark(victim, is_abroad=True, by=world.rina, at=now)
    victims.mark(victim, is_threatened=False, by=world.rina, at=now)
    victim = world.anew(victim)
    assert (victim.is_threatened, victim.is_abroad) == (False, True)
    told = Entry.objects.filter(act="involvement.noted").order_by("pk").values_list("facts", flat=True)
    assert list(told)[1:] == [{"is_threatened": True}, {"is_abroad": True}, {"is_threatened": False}]


def test_marks_are_a_victims(world, now):
    with refused("belongs to a victim"):
        victims.mark(suspect(world.case(), world), is_threatened=True, by=world.rina, at=now)


@pytest.mark.parametrize(("childhood", "closed"), [("child", True), ("disputed", True), ("adult", False), ("", False)])
def test_the_file_of_a_child_is_closed_from_the_beginning_and_its_check_is_owed(world, childhood, closed):
    case = world.case(children="no")
    victim = world.victim(case, childhood=childhood)
    assert world.anew(case).is_closed_access is closed
    assert bool(world.owed("best_interest", on=victim)) is closed


@pytest.mark.parametrize("part", ["suspect", "witness"])
def test_a_young_witness_or_suspect_closes_no_file(world, now, part):
    case = world.case(children="no")
    victims.add(case, part=part, name="x", childhood="child", by=world.rina, at=now)
    assert not world.anew(case).is_closed_access


def test_the_suspicion_of_an_accused_is_not_taken_back_before_the_proceeding_is_corrected(world, now):
    case = world.case()
    noted = suspect(case, world)
    children.decide_age(noted, childhood="adult", ground="ktp", by=world.rina, at=now)
    found = a_proceeding(world, case, accused=noted)
    with refused("accused of a proceeding"):
        victims.take_back_suspicion(noted, by=world.rina, at=now)
    proceedings.describe(found, accused=None, by=world.rina, at=now)
    victims.take_back_suspicion(noted, by=world.rina, at=now)
    assert not case.involvements.exists()
