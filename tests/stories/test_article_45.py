"""Article 45: witness and victim are examined in the special service room, and no child alone."""

from datetime import date

import pytest

from simpul.cases import proceedings, victims
from simpul.cases.models import Examination
from simpul.lib.rules import NotAllowed

RIGHTS = ("special_room",)

DAY = date(2026, 8, 3)


@pytest.fixture
def victim(world):
    return world.victim(world.case(), childhood="adult")


@pytest.fixture
def child(world):
    return world.victim(world.case(), childhood="child")


def examine(victim, world, *, place="special_room", on=DAY, **beside):
    return proceedings.note_examination(
        victim, on=on, place=place, agency=world.police, by=world.rina, at=world.at, **beside
    )


def test_before_the_first_examination_nothing_is_due(law, victim):
    line = law.line(victim, "special_room")
    assert (line.state, line.article.code) == ("not_yet", "uu21_2007_45")


def test_an_examination_in_the_special_room_meets_it(world, law, victim):
    examine(victim, world)
    assert law.line(victim, "special_room").since == DAY
    assert law.state(victim, "special_room") == "met"


def test_an_examination_in_another_room_of_the_police_shows(world, law, victim):
    examine(victim, world)
    examine(victim, world, place="police_room", has_companion=True)
    assert law.state(victim, "special_room") == "overdue"


@pytest.mark.parametrize("place", ["centre", "prosecution", "court", "remote"])
def test_the_room_is_owed_by_the_police_and_not_by_others(world, law, victim, place):
    examine(victim, world, place=place)
    assert law.state(victim, "special_room") == "met"


def test_a_child_who_was_examined_alone_shows_wherever_it_was(world, law, child):
    """Art. 39: the child is accompanied by parent, guardian, foster parent, advocate or another companion."""
    examine(child, world)
    assert law.state(child, "special_room") == "overdue"


@pytest.mark.parametrize("beside", ["has_companion", "has_advocate"])
def test_a_child_with_somebody_beside_it_was_not_alone(world, law, child, beside):
    assert not examine(child, world, **{beside: True}).is_alone
    assert law.state(child, "special_room") == "met"


def test_an_interpreter_is_no_companion(world, law, child):
    assert examine(child, world, has_interpreter=True).is_alone
    assert law.state(child, "special_room") == "overdue"


def test_whose_age_is_in_dispute_is_examined_as_a_child(world, law):
    victim = world.victim(world.case(), childhood="disputed")
    examine(victim, world)
    assert law.state(victim, "special_room") == "overdue"


def test_who_sat_beside_is_sealed_and_told_to_nobody_in_the_journal(world, victim):
    made = examine(victim, world, has_companion=True, beside="Bu Marta dari LBH")
    assert made.beside.opened() == "Bu Marta dari LBH"
    assert "Marta" not in str(made.beside)


def test_examinations_of_suspects_belong_to_the_police_and_not_into_this_file(world, victim):
    suspect = victims.add(victim.case, part="suspect", name="Majikan", by=world.rina, at=world.at)
    with pytest.raises(NotAllowed):
        examine(suspect, world)
    assert not Examination.objects.exists()
