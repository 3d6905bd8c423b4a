"""What rooms declare of their people, and what one officer may know of it."""

import pytest

from simpul.agencies import exclusions
from simpul.cases import victims
from simpul.linkage import records
from simpul.linkage.records import CHILD, OPEN_CASE, SENT_HOME, SUSPECT, UNPUNISHED, VICTIM, Record


def record(*facts):
    return Record(person=1, file="cases.case:1", number="", agency=1, facts=frozenset(facts))


def test_cases_and_returns_declare_their_people():
    assert {room.name for room in records.rooms()} == {"cases", "migrants"}


def test_a_room_that_declares_again_replaces_what_it_said():
    before = records.rooms()
    for room in before:
        records.declare(room)
    assert records.rooms() == before


def test_people_are_open_by_their_records(people, w):
    victim, returnee = people.victim(), people.sent_home()
    assert list(records.open_to(w.rina, at=w.at)) == [victim]
    assert list(records.open_to(w.hana, at=w.at)) == [returnee]
    assert list(records.open_to(w.siti, at=w.at)) == []


def test_one_record_that_must_stay_unknown_hides_the_person(people, w):
    kept, other = w.case(), w.case()
    victim = people.victim(kept)
    victims.add(other, part="witness", person=victim, by=w.rina, at=w.at)
    assert list(records.open_to(w.rina, at=w.at)) == [victim]
    exclusions.keep_out(kept, officer=w.rina, by=w.yanti, at=w.at)
    assert list(records.open_to(w.rina, at=w.at)) == []
    assert records.unhidden([victim.pk], w.rina) == set()
    assert records.unhidden([victim.pk], w.hana) == {victim.pk}


def test_records_tell_the_keeper_the_file_and_whether_it_is_open(people, w):
    case = w.case()
    victim, returnee = people.victim(case, birth_year=2012), people.sent_home()
    held = records.records_of([victim.pk, returnee.pk], at=w.at, officer=w.rina)
    (one,), (other,) = held[victim.pk], held[returnee.pk]
    assert (one.file, one.number, one.agency, one.is_open) == (
        f"cases.case:{case.pk}", case.number, w.uptd.pk, True,
    )  # fmt: skip
    assert one.facts == {VICTIM, CHILD, OPEN_CASE}
    assert (other.agency, other.is_open, other.facts) == (w.bp3mi.pk, False, {SENT_HOME})
    assert not records.records_of([victim.pk], at=w.at)[victim.pk][0].is_open
    assert records.records_of([], at=w.at) == {}


def test_records_are_found_by_the_number_of_their_file_as_far_as_they_are_open(people, w):
    case, kept = w.case(), w.case()
    victim, other = people.victim(case), people.victim(case, name="Kenanga")
    victims.add(kept, part="witness", person=other, by=w.rina, at=w.at)
    returnee = people.sent_home().returns.get()
    assert {one.person for one in records.numbered(case.number, officer=w.rina, at=w.at)} == {victim.pk, other.pk}
    (one,) = records.numbered(returnee.number, officer=w.hana, at=w.at)
    assert (one.person, one.number) == (returnee.person_id, returnee.number)
    assert records.numbered(returnee.number, officer=w.rina, at=w.at) == []
    for number in (case.number, returnee.number, "K-1999-0001", "", "%"):
        assert records.numbered(number, officer=w.siti, at=w.at) == []
    # Whoever is kept out of one file of somebody does not find them by another either.
    exclusions.keep_out(kept, officer=w.rina, by=w.yanti, at=w.at)
    assert [one.person for one in records.numbered(case.number, officer=w.rina, at=w.at)] == [victim.pk]


def test_an_agency_that_is_kept_out_of_one_record_is_shut_out(people, w):
    case = w.case()
    victim = people.victim(case)
    held = records.records_of([victim.pk], at=w.at)[victim.pk]
    assert not records.is_shut_to(held, w.bp3mi)
    assert not records.is_hidden_from(held, w.hana)
    exclusions.keep_out(case, agency=w.bp3mi, by=w.yanti, at=w.at)
    assert records.is_shut_to(held, w.bp3mi)
    assert records.is_hidden_from(held, w.hana)


@pytest.mark.parametrize(
    ("left", "right", "weight"),
    [
        ([], [], 0),
        ([SUSPECT], [SUSPECT], 5),
        ([VICTIM], [VICTIM], 5),
        ([SENT_HOME], [SENT_HOME], 3),
        ([SENT_HOME], [VICTIM], 1),
        ([CHILD], [], 3),
        ([VICTIM, OPEN_CASE], [], 3),
        ([VICTIM, UNPUNISHED], [SUSPECT], 5),
        ([UNPUNISHED], [UNPUNISHED], 0),
    ],
)
def test_more_hangs_on_children_open_cases_repeats_and_suspects_of_several_cases(left, right, weight):
    assert records.consequence_of([record(*left)], [record(*right)]) == weight
    assert records.consequence_of([record(*right)], [record(*left)]) == weight


def test_every_room_is_told_who_has_changed(w):
    told = []
    room = records.Room("test", open_to=None, hidden_from=None, records=None,
                        follow=lambda persons, *, by, at: told.append((persons, by, at)))  # fmt: skip
    records.declare(room)
    try:
        records.follow({10**9 + 1, 10**9}, by=w.rina, at=w.at)
    finally:
        del records._ROOMS["test"]
    assert told == [([10**9, 10**9 + 1], w.rina, w.at)]
