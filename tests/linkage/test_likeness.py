"""Likely records: found at once, shown as far as an officer may see, and not a word further."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.agencies import exclusions
from simpul.agencies import people as officers
from simpul.agencies.roles import Role
from simpul.cases.models import Case
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotFound
from simpul.linkage import engine, jobs, likeness, review
from simpul.linkage.models import Encoding, Pair
from simpul.linkage.policy import TOLD_FROM
from simpul.migrants.models import Returnee
from simpul.persons import identities
from simpul.persons.models import Person
from tests.linkage.conftest import BECAUSE, NIK
from tests.world import PASSWORD


def found(people, person, by):
    return likeness.of(person, by=by, at=people.world.at).likenesses


def test_whoever_is_recorded_again_is_found_at_once(people, w):
    first = people.victim()
    likeness.of(first, by=w.rina, at=w.at)
    again = people.victim(name="MELATI KUSUMA")
    (one,) = found(people, again, w.rina)
    assert (one.person, one.is_open, one.agencies) == (first, True, [])
    assert one.levels == {"name": "equal", "birth_year": "equal"}
    assert Pair.objects.get().probability == one.probability
    entry = Entry.objects.get(act=Act.LIKENESS_READ, subject=f"persons.person:{again.pk}")
    assert entry.facts == {"open": 1, "told": 0}


def test_who_may_not_see_the_other_record_is_told_of_the_agency_and_of_nothing_else(people, w, english):
    victim = people.victim(nik=NIK)
    people.compared()
    returnee = people.sent_home(nik=NIK)
    (one,) = found(people, returnee, w.hana)
    assert not one.is_open
    assert one.agencies == ["UPTD PPA Bengkayang"]
    assert (one.person, one.probability, one.levels, one.verdict) == (None, None, {}, "")
    assert one.word == "very likely"
    # There is something to hide, and to Rina it is the other way round.
    assert Pair.objects.get().persons == {victim.pk, returnee.pk}
    (other,) = found(people, victim, w.rina)
    assert (other.person, other.agencies) == (None, ["BP3MI Kalimantan Barat"])


def test_who_is_kept_out_of_the_other_file_learns_nothing(people, w):
    case = w.case()
    people.victim(case, nik=NIK)
    people.compared()
    returnee = people.sent_home(nik=NIK)
    assert found(people, returnee, w.hana)
    exclusions.keep_out(case, agency=w.bp3mi, by=w.yanti, at=w.at)
    before = Entry.objects.count()
    assert found(people, returnee, w.hana) == []
    assert Entry.objects.count() == before
    assert likeness.count([returnee], by=w.hana, at=w.at) == {}


def test_closed_access_stays_closed(people, w):
    child = people.victim(nik=NIK, birth_year=2012, childhood="child")
    people.compared()
    other = people.victim(nik=NIK, by=w.yanti, case=w.case(by=w.yanti))
    # Rina opened the file of the child and stays in; a colleague of hers is told that there is a file.
    assert found(people, other, w.rina)[0].person == child
    told = {"full_name": "Mira", "agency": w.uptd, "role": Role.CASE_MANAGER, "password": PASSWORD}
    colleague = officers.record("mira", by=None, at=w.at, **told)
    (one,) = found(people, other, colleague)
    assert (one.is_open, one.person) == (False, None)


def test_nothing_of_whose_data_may_not_be_used_goes_to_another_agency(people, w):
    victim = people.victim(nik=NIK)
    people.compared()
    returnee = people.sent_home(nik=NIK)
    assert found(people, returnee, w.hana)
    Person.objects.filter(pk=victim.pk).update(restricted_at=w.at)
    assert found(people, returnee, w.hana) == []


def test_what_is_only_possible_is_told_to_nobody_who_may_not_see_it(people, w):
    people.victim(birth_date=None, passport="C1234567")
    people.compared()
    returnee = people.sent_home(name="Kenanga", passport="C1234567")
    assert found(people, returnee, w.hana) == []
    assert likeness.SHOWN_FROM < Pair.objects.get().probability < TOLD_FROM


def test_a_role_that_does_not_compare_finds_nothing(people, w):
    returnee = people.sent_home()
    people.sent_home()
    people.compared()
    assert found(people, returnee, w.hana)
    assert Returnee.objects.visible_to(w.darius).filter(person=returnee).exists()
    assert found(people, returnee, w.darius) == []


def test_who_may_not_see_the_person_does_not_find_the_person(people, w):
    victim = people.victim()
    with pytest.raises(NotFound):
        likeness.of(victim, by=w.siti, at=w.at)


def test_without_a_machine_it_says_so(w):
    person = w.victim(w.case()).person
    told = likeness.of(person, by=w.rina, at=w.at)
    assert (told.likenesses, told.is_off, told.is_owed) == ([], True, False)
    assert not Encoding.objects.exists()


def test_while_the_key_is_away_it_is_owed_and_made_up_for(people, w, machine):
    people.victim()
    people.compared()
    machine.away = True
    again = people.victim()
    told = likeness.of(again, by=w.rina, at=w.at)
    assert (told.likenesses, told.is_owed) == ([], True)
    machine.away = False
    assert len(found(people, again, w.rina)) == 1


def test_a_correction_is_compared_anew_and_what_officers_said_stays(people, w):
    first, other = people.victim(), people.victim()
    people.compared()
    pair = Pair.objects.get()
    decision = review.decide(pair, verdict="unsure", reason=BECAUSE, by=w.rina, at=w.at)
    identities.correct(other, name="Kenanga", birth_year=1980, by=w.rina, at=w.at)
    people.compared()
    assert Pair.objects.get() == pair
    review.retract(decision, reason=BECAUSE, by=w.rina, at=w.at)
    assert Pair.objects.exists()
    third = people.victim()
    people.compared()
    identities.correct(third, name="Kenanga", birth_year=1981, by=w.rina, at=w.at)
    people.compared()
    assert not Pair.objects.of(third).filter(left=first).exists()


def test_an_index_that_knows_somebody_longer_than_the_house_is_passed_over(people, w, machine):
    person = people.victim()
    machine.put(10**9, engine.Made("2026", b"", bytes(Encoding.objects.get().slots)))
    assert found(people, person, w.rina) == []
    assert not Pair.objects.exists()


def test_a_page_of_people_is_counted_in_a_fixed_number_of_queries(people, w):
    many = [people.victim() for _each in range(3)]
    people.compared()
    with CaptureQueriesContext(connection) as few:
        assert likeness.count(many[:1], by=w.rina, at=w.at) == {many[0].pk: 2}
    with CaptureQueriesContext(connection) as all_:
        assert likeness.count(many, by=w.rina, at=w.at) == {person.pk: 2 for person in many}
    assert len(few) == len(all_)
    assert likeness.count([], by=w.rina, at=w.at) == {}


# Pairs, what may be known, the encoding, two for what was said, and five for the entry in the journal.
MOST_QUERIES = 10


def test_what_is_likely_costs_the_same_for_one_and_for_many(people, w):
    person = people.victim()
    people.victim()
    people.compared()
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert found(people, person, w.rina)
        counts.append(len(captured))
        for _each in range(3):
            people.victim()
        people.compared()
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_of_whom_nobody_is_like_three_questions_are_asked(people, w, django_assert_num_queries):
    person = people.victim()
    people.compared()
    with django_assert_num_queries(3):
        assert found(people, person, w.rina) == []


def test_that_there_is_somebody_is_said_without_a_reading(people, w):
    first, again = people.victim(), people.victim()
    people.compared()
    before = Entry.objects.count()
    assert likeness.is_known(again, by=w.rina, at=w.at)
    assert not likeness.is_known(again, by=w.siti, at=w.at)
    assert Entry.objects.count() == before
    assert likeness.is_known(first, by=w.rina, at=w.at)


def test_the_job_compares_who_was_not_compared_yet(people, w):
    people.victim()
    people.victim()
    assert likeness.catch_up(at=w.at) == 2
    assert Pair.objects.count() == 1
    assert likeness.catch_up(at=w.at) == 0


def test_the_queue_follows_what_becomes_of_the_files(people, w):
    case = w.case()
    people.victim(case)
    people.sent_home()
    people.compared()
    before = Pair.objects.get().consequence
    Case.objects.filter(pk=case.pk).update(stage="closed", closed_at=w.at)
    jobs.weigh_anew(at=w.at)
    assert Pair.objects.get().consequence == before - 2
    likeness.weigh_anew(at=w.at)


def test_somebody_said_to_be_another_is_told_of_no_more(people, w):
    victim = people.victim(nik=NIK)
    people.compared()
    returnee = people.sent_home(nik=NIK)
    assert found(people, returnee, w.hana)
    pair = people.pair(victim, returnee)
    review.decided(pair, verdict="not_same", reason=BECAUSE, by=w.rina, at=w.at)
    assert found(people, returnee, w.hana) == []


def test_a_village_office_is_told_of_no_file_elsewhere(people, w):
    people.victim(nik=NIK)
    people.compared()
    returnee = people.sent_home(nik=NIK)
    assert found(people, returnee, w.joko)
    w.darius.role = Role.RETURNS
    assert found(people, returnee, w.darius) == []
