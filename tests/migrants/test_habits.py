"""What a sender means by a heading is remembered, for that sender and the own agency only."""

import pytest

from simpul.migrants import habits
from simpul.migrants.models import Habit


@pytest.fixture
def note(world):
    def noting(headings, **told):
        told = {"sender": world.dinsos, "agency": world.uptd, "layout": "manifest"} | told
        habits.note(headings, by=world.rina, at=told.pop("at", world.at), **told)

    return noting


def test_a_heading_is_remembered_as_it_is_compared(world, note):
    note({" Ket.  Kasus ": "reason"})
    known = habits.of_sender(world.dinsos, agency=world.uptd, layout="manifest")
    assert list(known.values()) == ["reason"]
    assert next(iter(known)) == next(iter(known)).casefold()


def test_the_latest_word_holds(world, note):
    note({"Ket": "reason"})
    note({"Ket": "remarks"}, at=world.later(days=1))
    assert habits.of_sender(world.dinsos, agency=world.uptd, layout="manifest") == {"ket": "remarks"}


def test_saying_the_same_again_writes_nothing(note):
    note({"Ket": "reason"})
    note({"Ket": "reason"})
    assert Habit.objects.count() == 1


def test_another_sender_agency_or_layout_knows_nothing_of_it(world, note):
    note({"Ket": "reason"})
    assert not habits.of_sender(None, agency=world.uptd, layout="manifest")
    assert not habits.of_sender(world.dinsos, agency=world.hospital, layout="manifest")
    assert not habits.of_sender(world.dinsos, agency=world.uptd, layout="register")


@pytest.mark.parametrize("heading", ["6107075208900001", "Melati 1990", "", "x" * 81])
def test_what_may_be_a_cell_of_somebody_is_not_remembered(note, heading):
    note({heading: "name"})
    assert not Habit.objects.exists()
