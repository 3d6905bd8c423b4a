"""Visits after the return: owed, met, and ended by who does not want them."""

import pytest

from simpul.cases import returns, victims, visits
from simpul.cases.models import Visit
from simpul.obligations.models import Obligation
from tests.cases.tracks import a_return, refused, today


def visit(world, victim, *, at=None, result="well", days=0, **told):
    at = at or world.at
    return visits.note(victim, on=today(world, days), result=result, by=world.rina, at=at, **told)


def test_a_visit_meets_the_one_that_was_owed_and_no_other(world):
    victim = a_return(world, "home").service.victim
    made = visit(world, victim, days=80, at=world.later(days=81), months=3, words="Baik")
    met = Obligation.objects.get(rule="follow_up_3_months")
    assert (met.state, met.evidence, met.was_met_in_time) == ("met", f"cases.visit:{made.pk}", True)
    assert world.owed("follow_up_6_months", on=victim)
    assert world.anew(made).note.opened() == "Baik"
    assert "Baik" not in str(Visit.objects.values())


def test_one_visit_more_meets_nothing(world):
    victim = a_return(world, "home").service.victim
    visit(world, victim)
    assert all(world.owed(clock, on=victim) for clock in returns.FOLLOW_UPS.values())


def test_who_wants_no_visits_is_visited_no_more(world):
    victim = a_return(world, "home").service.victim
    visit(world, victim, months=3, result="not_wanted")
    assert not any(world.owed(clock, on=victim) for clock in returns.FOLLOW_UPS.values())
    assert set(Obligation.objects.filter(rule__startswith="follow_up").values_list("state", "waive_reason")) == {
        ("met", ""), ("waived", "refused_by_victim")}  # fmt: skip


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"result": "fine"}, "what the visit found"),
        ({"months": 4}, "after 3, 6 and 12 months"),
        ({"days": 1}, "in the future"),
    ],
)
def test_a_visit_that_cannot_have_been_is_refused(world, told, says):
    victim = world.victim(world.case())
    with refused(says):
        visit(world, victim, **told)


def test_an_owed_visit_lies_after_the_return(world):
    victim = a_return(world, "home").service.victim
    with refused("too early"):
        visit(world, victim, days=-1, months=3)
    with refused("too early"):
        visit(world, victim, months=6)
    assert visit(world, victim, days=-1)


def test_nobody_was_visited_before_birth(world):
    victim = world.victim(world.case(), birth_year=2027)
    with refused("year of birth"):
        visit(world, victim)


def test_visits_are_made_to_victims(world, now):
    witness = victims.add(world.case(), part="witness", name="x", by=world.rina, at=now)
    with refused("belongs to a victim"):
        visit(world, witness)
