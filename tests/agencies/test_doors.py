"""Doors: an address that says nothing refuses everybody."""

from simpul.agencies.doors import lets_in, officers, public
from simpul.agencies.roles import Right


def view(request):
    return request


def test_what_is_marked_public_is_open_to_everybody(world):
    door = public(view).door
    assert lets_in(door, None)
    assert lets_in(door, world.rina)


def test_what_is_not_marked_refuses_everybody(world):
    assert not lets_in(None, world.rina)
    assert not lets_in(None, world.tono)
    assert not lets_in(None, None)


def test_a_door_for_officers_asks_who_it_is(world):
    door = officers()(view).door
    assert lets_in(door, world.dewi)
    assert not lets_in(door, None)


def test_a_door_with_rights_wants_one_of_them(world):
    door = officers(Right.TRIAGE, Right.READ_JOURNAL)(view).door
    assert lets_in(door, world.rina)
    assert lets_in(door, world.wulan)
    assert not lets_in(door, world.budi)


def test_an_officer_who_left_finds_every_door_shut(world):
    world.rina.is_active = False
    assert not lets_in(officers()(view).door, world.rina)


def test_a_marked_view_is_still_the_view():
    assert officers(Right.TRIAGE)(view) is view
