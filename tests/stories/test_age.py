"""A child is who was one on the day of the act; forged papers are common, and doubt is decided for the child.

UU 21/2007 Art. 1 no. 5: under 18, and the unborn.
"""

from datetime import date

import pytest

from simpul.agencies import people
from simpul.agencies.roles import Role
from simpul.cases import access, children, files, queries, victims
from simpul.cases.models import Case
from simpul.lib.rules import NotAllowed, NotFound

BORN = date(2008, 6, 15)


@pytest.fixture
def colleague(world):
    """Another case manager of Rina's own unit."""
    made = people.record("nita", full_name="Nita", agency=world.uptd, role=Role.CASE_MANAGER, password="x" * 12,
                         by=None, at=world.at)  # fmt: skip
    people.acknowledge_secrecy(made, at=world.at)
    return made


@pytest.fixture
def victim(world):
    return world.victim(world.case(children="no"), birth_date=BORN)


def decide(victim, world, childhood, *, ground="birth_certificate", act_on=None, **told):
    return children.decide_age(victim, childhood=childhood, ground=ground, act_on=act_on, by=world.rina, at=world.at,
                               **told)  # fmt: skip


@pytest.mark.parametrize(("act_on", "childhood", "wrong"), [
    (date(2026, 6, 14), "child", "adult"), (date(2026, 6, 15), "adult", "child"), (date(2020, 1, 1), "child", "adult"),
])  # fmt: skip
def test_the_age_on_the_day_of_the_act_counts_and_not_the_age_of_today(world, victim, act_on, childhood, wrong):
    with pytest.raises(NotAllowed):
        decide(victim, world, wrong, act_on=act_on)
    decide(victim, world, childhood, act_on=act_on)
    assert world.anew(victim).childhood == childhood


def test_the_day_of_the_act_in_the_file_is_taken_where_none_is_named(world, victim):
    files.describe(victim.case, act_on=date(2026, 6, 14), by=world.rina, at=world.at)
    victim = world.anew(victim)
    with pytest.raises(NotAllowed):
        decide(victim, world, "adult")
    assert decide(victim, world, "child").act_on == date(2026, 6, 14)


def test_papers_that_disagree_decide_nothing(world, victim):
    for childhood in ("adult", "child"):
        with pytest.raises(NotAllowed):
            decide(victim, world, childhood, ground="papers_disagree")
    decide(victim, world, "disputed", ground="papers_disagree", note="Paspor 2003, ijazah 2008.")
    assert world.anew(victim).counts_as_child


def test_a_forged_date_of_birth_does_not_make_an_adult(world):
    """The passport says 2003, the school says 2010: until that is settled, the person is a child."""
    victim = world.victim(world.case(children="no"), childhood="adult", birth_date=date(2003, 1, 1))
    with pytest.raises(NotAllowed):
        decide(victim, world, "child", ground="school_record", act_on=date(2026, 6, 1))
    decide(victim, world, "disputed", ground="school_record", act_on=date(2026, 6, 1))
    assert world.anew(victim).counts_as_child
    victims.correct(world.anew(victim), birth_date=date(2010, 1, 1), by=world.rina, at=world.at)
    decide(world.anew(victim), world, "child", ground="school_record", act_on=date(2026, 6, 1))
    assert world.anew(victim).childhood == "child"


def test_earlier_decisions_stay(world, victim):
    decide(victim, world, "disputed", ground="papers_disagree")
    decide(victim, world, "child", ground="medical")
    assert [made.childhood for made in victim.age_decisions.order_by("pk")] == ["disputed", "child"]


def test_a_decision_says_what_it_rests_on(world, victim):
    for ground in ("", "kelihatannya"):
        with pytest.raises(NotAllowed):
            decide(victim, world, "child", ground=ground)
    assert not victim.age_decisions.exists()


@pytest.mark.parametrize("childhood", ["child", "disputed"])
def test_a_case_with_a_child_is_closed_to_all_but_those_who_work_on_it(world, colleague, victim, childhood):
    number = victim.case.number
    assert access.case_for(colleague, number, at=world.at)
    decide(victim, world, childhood, ground="own_word")
    assert world.anew(victim.case).is_closed_access
    with pytest.raises(NotFound):
        access.case_for(colleague, number, at=world.at)
    assert not Case.objects.visible_to(colleague, at=world.at).exists()
    assert not queries.case_list(colleague, at=world.at).exists()
    assert not queries.involving(colleague, "Melati", at=world.at).exists()
    with pytest.raises(NotAllowed):
        files.summarise(world.anew(victim.case), summary="?", by=colleague, at=world.at)


def test_who_works_on_it_and_the_head_of_the_unit_stay_in(world, colleague, victim):
    decide(victim, world, "child", ground="own_word")
    for officer in (world.rina, world.yanti):
        assert access.case_for(officer, victim.case.number, at=world.at)
    files.assign(world.anew(victim.case), officer=colleague, by=world.yanti, at=world.at)
    assert access.case_for(colleague, victim.case.number, at=world.at)


def test_nobody_opens_it_to_all_again_while_a_child_is_in_it(world, victim):
    decide(victim, world, "disputed", ground="papers_disagree")
    with pytest.raises(NotAllowed):
        files.open_access(world.anew(victim.case), by=world.yanti, at=world.at)
    assert world.anew(victim.case).is_closed_access


def test_when_the_doubt_has_ended_the_head_of_the_unit_may_open_it(world, colleague, victim):
    decide(victim, world, "disputed", ground="papers_disagree")
    decide(world.anew(victim), world, "adult", act_on=date(2026, 7, 1))
    files.open_access(world.anew(victim.case), by=world.yanti, at=world.at)
    assert access.case_for(colleague, victim.case.number, at=world.at)


def test_what_is_best_for_the_child_is_owed_as_long_as_it_may_be_one(world, victim):
    assert world.owed("best_interest", on=victim) is None
    decide(victim, world, "disputed", ground="papers_disagree")
    assert world.owed("best_interest", on=victim)
    decide(world.anew(victim), world, "adult", act_on=date(2026, 7, 1))
    assert world.owed("best_interest", on=victim) is None
