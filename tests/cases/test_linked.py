"""What follows in cases where two records turn out to be one person, and how it is taken back."""

import pytest

from simpul.agencies import exclusions
from simpul.cases import linked, victims
from simpul.cases.models import Case
from simpul.lib.rules import NotAllowed
from simpul.linkage import records, review
from simpul.obligations.models import Obligation
from simpul.obligations.policy import check_may_meet
from tests.linkage.conftest import BECAUSE


@pytest.fixture
def two(world):
    """Two cases of Rina's, each with a victim and a suspect."""
    return [Two(world, world.case()) for _each in range(2)]


class Two:
    def __init__(self, world, case):
        self.case = case
        self.victim = world.victim(case)
        self.suspect = victims.add(case, part="suspect", name="Joko", by=world.rina, at=world.at)


def decide(world, one, other, verdict="same"):
    pair = review.propose(one.person, other.person, by=world.rina, at=world.at)
    return review.decide(pair, verdict=verdict, reason=BECAUSE, by=world.rina, at=world.at)


def test_a_victim_with_another_case_is_looked_into(world, two):
    decision = decide(world, two[0].victim, two[1].victim)
    for each in two:
        owed = world.owed("look_into_earlier_case", on=each.victim)
        assert (owed.owed_by, owed.number) == (world.uptd, each.case.number)
        assert owed.target_at
    review.retract(decision, reason=BECAUSE, by=world.rina, at=world.at)
    assert not Obligation.objects.standing().filter(rule="look_into_earlier_case").exists()


def test_a_suspect_named_in_several_cases_is_compared(world, two):
    decision = decide(world, two[0].suspect, two[1].suspect)
    assert all(world.owed("compare_cases_of_suspect", on=each.suspect) for each in two)
    third = Two(world, world.case())
    other = decide(world, two[0].suspect, third.suspect)
    review.retract(decision, reason=BECAUSE, by=world.rina, at=world.at)
    assert world.owed("compare_cases_of_suspect", on=third.suspect)
    assert world.owed("compare_cases_of_suspect", on=two[1].suspect) is None
    review.retract(other, reason=BECAUSE, by=world.rina, at=world.at)
    assert not Obligation.objects.standing().filter(rule="compare_cases_of_suspect").exists()


def test_nothing_follows_from_two_who_are_not_the_same_or_play_other_parts(world, two):
    decide(world, two[0].victim, two[1].victim, "not_same")
    decide(world, two[0].victim, two[1].suspect)
    assert not Obligation.objects.filter(rule__in=linked.OWED_FOR.values()).exists()


def test_a_clock_does_not_tell_of_a_case_that_an_agency_is_kept_out_of(world, two):
    Case.objects.filter(pk=two[1].case.pk).update(agency=world.uptd_sambas)
    exclusions.shut(two[0].case, agency=world.uptd_sambas, by=world.yanti, at=world.at)
    pair = review.between(two[0].victim.person_id, two[1].victim.person_id, at=world.at)
    review.decided(pair, verdict="same", reason=BECAUSE, by=world.rina, at=world.at)
    assert world.owed("look_into_earlier_case", on=two[0].victim).owed_by == world.uptd
    assert world.owed("look_into_earlier_case", on=two[1].victim) is None


def test_in_a_case_that_ended_nothing_is_owed(world, two):
    Case.objects.filter(pk=two[0].case.pk).update(stage="closed", closed_at=world.at)
    decide(world, two[0].victim, two[1].victim)
    assert world.owed("look_into_earlier_case", on=two[0].victim) is None
    assert world.owed("look_into_earlier_case", on=two[1].victim)


def test_who_was_forced_is_no_suspect_under_another_record_either(world, two):
    victims.protect_from_punishment(two[0].victim, by=world.rina, at=world.at)
    other = world.victim(world.case())
    decision = decide(world, two[0].victim, other)
    with pytest.raises(NotAllowed):
        victims.add(two[1].case, part="suspect", person=other.person, by=world.rina, at=world.at)
    review.retract(decision, reason=BECAUSE, by=world.rina, at=world.at)
    victims.add(two[1].case, part="suspect", person=other.person, by=world.rina, at=world.at)


def test_of_a_case_opened_by_mistake_nothing_is_told(world, two):
    person = two[0].victim.person
    told = linked.records_of([person.pk], officer=world.rina, at=world.at)
    assert [one.number for one in told] == [two[0].case.number]
    Case.objects.filter(pk=two[0].case.pk).update(stage="cancelled", closed_at=world.at)
    assert linked.records_of([person.pk], officer=world.rina, at=world.at) == []


@pytest.fixture
def forced(world, two):
    """A victim who was forced into an offence, and a suspect of another case: one person, as Rina says."""
    victims.protect_from_punishment(two[0].victim, by=world.rina, at=world.at)
    return two[0].victim, two[1].suspect


RULE = "look_at_unpunished_suspect"


def owed(world, parts):
    return [world.owed(RULE, on=part) for part in parts]


def test_who_was_forced_and_is_named_as_a_suspect_is_looked_at_by_the_head_of_the_unit(world, two, forced):
    decision = decide(world, *forced)
    clocks = owed(world, forced)
    assert {clock.owed_by for clock in clocks} == {world.uptd}
    assert [clock.number for clock in clocks] == [each.case.number for each in two]
    assert all(clock.target_at for clock in clocks)
    with pytest.raises(NotAllowed):
        check_may_meet(clocks[0], by=world.rina)
    check_may_meet(clocks[0], by=world.yanti)
    review.retract(decision, reason=BECAUSE, by=world.rina, at=world.at)
    assert owed(world, forced) == [None, None]


def test_it_is_settled_where_the_note_of_a_suspect_is_taken_back(world, two, forced):
    decide(world, *forced)
    decide(world, two[1].suspect, two[0].suspect)
    assert world.owed("compare_cases_of_suspect", on=two[1].suspect)
    victims.take_back_suspicion(two[1].suspect, by=world.rina, at=world.at)
    # In the victim's own case the same person is named as a suspect still.
    assert owed(world, [*forced, two[0].suspect])[1] is None
    assert Obligation.objects.standing().filter(rule=RULE).count() == 2
    assert not Obligation.objects.standing().filter(rule="compare_cases_of_suspect", number=two[1].case.number).exists()


def test_with_the_last_note_of_a_suspect_nothing_is_left_to_look_at(world, forced):
    decide(world, *forced)
    victims.take_back_suspicion(forced[1], by=world.rina, at=world.at)
    assert not Obligation.objects.standing().filter(rule=RULE).exists()
    assert Obligation.objects.filter(rule=RULE, state="met").count() == 2


def test_a_victim_who_is_not_protected_is_no_reason_to_look(world, two):
    decide(world, two[0].victim, two[1].suspect)
    assert not Obligation.objects.filter(rule=RULE).exists()


def test_the_head_is_not_told_of_a_case_that_the_agency_is_kept_out_of(world, two, forced):
    Case.objects.filter(pk=two[1].case.pk).update(agency=world.uptd_sambas)
    exclusions.shut(two[0].case, agency=world.uptd_sambas, by=world.yanti, at=world.at)
    pair = review.between(forced[0].person_id, forced[1].person_id, at=world.at)
    review.decided(pair, verdict="same", reason=BECAUSE, by=world.rina, at=world.at)
    assert world.owed(RULE, on=forced[0]).owed_by == world.uptd
    assert world.owed(RULE, on=forced[1]) is None


def test_a_person_is_found_by_the_number_of_the_case_once(world, two):
    person = two[0].victim.person
    victims.add(two[0].case, part="witness", person=person, by=world.rina, at=world.at)
    found = linked.numbered(f" {two[0].case.number.lower()} ", officer=world.rina, at=world.at)
    assert {one.person for one in found} == {person.pk, two[0].suspect.person_id}
    assert len(found) == 2
    assert all(one.is_open for one in found)
    assert linked.numbered(two[0].case.number, officer=world.siti, at=world.at) == []
    Case.objects.filter(pk=two[0].case.pk).update(stage="cancelled", closed_at=world.at)
    assert linked.numbered(two[0].case.number, officer=world.rina, at=world.at) == []


def test_what_hangs_on_a_pair_knows_who_was_forced(world, two):
    victims.protect_from_punishment(two[0].victim, by=world.rina, at=world.at)
    (told,) = linked.records_of([two[0].victim.person_id], officer=world.rina, at=world.at)
    assert records.UNPUNISHED in told.facts
