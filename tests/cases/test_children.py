"""Children: the age on the date of the act, and what is best for them."""

from datetime import date

import pytest

from simpul.cases import children, victims
from simpul.cases.models import AgeDecision, BestInterest
from simpul.journal.models import Entry
from simpul.obligations.models import Obligation
from tests.cases.tracks import refused, today


def decide(world, part, childhood, ground="birth_certificate", **more):
    return children.decide_age(part, childhood=childhood, ground=ground, by=world.rina, at=world.at, **more)


def check(world, part, answers=None, decision="Tinggal dengan bibi."):
    answers = {"wish": "Mau sekolah."} if answers is None else answers
    return children.check_best_interest(part, answers=answers, decision=decision, by=world.rina, at=world.at)


def test_an_age_is_decided_with_what_it_is_known_from_and_the_word_of_it_is_sealed(world):
    victim = world.victim(world.case())
    decision = decide(world, victim, "child", act_on=date(2026, 5, 1), note="Akta 12/2010")
    assert (decision.ground, decision.act_on, world.anew(victim).childhood) == (
        "birth_certificate", date(2026, 5, 1), "child")  # fmt: skip
    assert world.anew(decision).note.opened() == "Akta 12/2010"
    assert "Akta" not in str(AgeDecision.objects.values()) + str(list(Entry.objects.values_list("facts", flat=True)))


def test_earlier_decisions_stay(world):
    victim = world.victim(world.case())
    for childhood in ("disputed", "child"):
        decide(world, victim, childhood, ground="medical")
    assert victim.age_decisions.count() == 2


def test_a_decision_names_a_ground_and_says_something(world):
    victim = world.victim(world.case(), childhood="child")
    with refused("known from"):
        decide(world, victim, "adult", ground="looks")
    for childhood in ("", "old"):
        with refused("child, an adult"):
            decide(world, victim, childhood)
    assert world.anew(victim).childhood == "child"


@pytest.mark.parametrize("childhood", ["child", "adult"])
def test_papers_that_disagree_decide_nothing(world, childhood):
    with refused("disagree decide nothing"):
        decide(world, world.victim(world.case()), childhood, ground="papers_disagree")


def test_a_decision_against_the_birth_date_on_record_is_refused_and_a_dispute_is_not(world):
    victim = world.victim(world.case(), birth_date=date(2008, 6, 1))
    for childhood, act_on in (("adult", date(2026, 5, 31)), ("child", date(2026, 6, 1))):
        with refused("date of birth on record"):
            decide(world, victim, childhood, act_on=act_on)
    for childhood, act_on in (("child", date(2026, 5, 31)), ("adult", date(2026, 6, 1)), ("disputed", None)):
        assert decide(world, victim, childhood, act_on=act_on)


def test_the_act_lies_after_birth_and_not_ahead(world):
    victim = world.victim(world.case(), birth_year=2010)
    with refused("year of birth"):
        decide(world, victim, "child", act_on=date(2009, 1, 1))
    with refused("in the future"):
        decide(world, victim, "child", act_on=today(world, 1))


@pytest.mark.parametrize("childhood", ["child", "disputed"])
def test_for_a_child_the_file_is_closed_and_the_check_is_owed(world, childhood):
    case = world.case(children="no")
    victim = world.victim(case)
    assert not world.anew(case).is_closed_access
    decide(world, victim, childhood, ground="own_word")
    case = world.anew(case)
    assert (case.is_closed_access, case.has_children) == (True, True)
    assert world.owed("best_interest", on=victim).owed_by == world.uptd


def test_who_turns_out_to_be_an_adult_is_owed_no_check_and_the_file_stays_closed_until_somebody_opens_it(world):
    victim = world.victim(world.case(), childhood="disputed")
    decide(world, victim, "adult")
    assert world.owed("best_interest", on=victim) is None
    assert world.anew(victim.case).is_closed_access


def test_a_young_suspect_closes_no_file(world, now):
    case = world.case()
    suspect = victims.add(case, part="suspect", name="Anton", by=world.rina, at=now)
    decide(world, suspect, "child")
    assert not world.anew(case).is_closed_access
    assert not Obligation.objects.filter(rule="best_interest").exists()


def test_a_check_is_kept_sealed_and_meets_what_was_owed(world):
    victim = world.victim(world.case(), childhood="child")
    made = world.anew(check(world, victim, {"wish": "Mau sekolah.", "unknown": "x"}))
    assert made.answers.opened()["wish"] == "Mau sekolah."
    assert "unknown" not in made.answers.opened()
    assert made.decision.opened() == "Tinggal dengan bibi."
    assert "sekolah" not in str(BestInterest.objects.values())
    assert Obligation.objects.get(rule="best_interest").evidence == f"cases.bestinterest:{made.pk}"


def test_a_check_hears_the_child_and_decides(world):
    victim = world.victim(world.case(), childhood="child")
    with refused("what the child wants"):
        check(world, victim, {"safety": "aman"})
    with refused("what is best"):
        check(world, victim, decision=" ")


def test_the_check_is_for_child_victims(world, now):
    case = world.case()
    with refused("for children"):
        check(world, world.victim(case, childhood="adult"))
    with refused("belongs to a victim"):
        check(world, victims.add(case, part="witness", name="x", childhood="child", by=world.rina, at=now))


def test_a_birth_that_makes_somebody_a_child_closes_the_file_where_nobody_said_so(world):
    for born in ({"birth_date": date(2010, 1, 1)}, {"birth_year": 2008}):
        victim = world.victim(world.case(), name="Anggrek", **born)
        assert victim.childhood == "child"
        assert world.anew(victim.case).is_closed_access
        assert world.owed("best_interest", on=victim)
    assert world.victim(world.case(), birth_year=1990).childhood == ""


def test_what_is_said_against_a_date_of_birth_is_refused_where_the_day_of_the_act_is_known(world):
    case = world.case()
    case.act_on = date(2026, 5, 1)
    case.save(update_fields=["act_on"])
    with refused("date of birth on record"):
        world.victim(case, birth_date=date(2010, 1, 1), childhood="adult")
    victim = world.victim(case, birth_date=date(2010, 1, 1), childhood="disputed")
    assert victim.childhood == "disputed"


def test_a_corrected_birth_is_looked_at_again(world, now):
    victim = world.victim(world.case())
    victims.correct(victim, birth_date=date(2011, 2, 3), by=world.rina, at=now)
    assert world.anew(victim).childhood == "child"
    assert world.anew(victim.case).is_closed_access
