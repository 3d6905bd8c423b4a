"""The way home in steps, as the page of a person shows it."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from simpul.desk.homeward import steps_of
from simpul.migrants import handovers, meetings
from simpul.migrants.models import Notice
from simpul.places.models import Place
from tests.returns import came_home, with_returns

ALL = {"screen": True, "hand_over": True, "visit": True}
NOTHING = dict.fromkeys(ALL, False)


@pytest.fixture
def w(world):
    return with_returns(world)


def steps(person, officer, may=ALL):
    return steps_of(person, officer, may=may)


def test_whoever_may_do_nothing_sees_how_it_stands_and_no_button(w):
    person = came_home(w, facts={"onward": "family"})
    told, handed, met = steps(person, w.darius, NOTHING)
    assert [bool(step.where) for step in (told, handed, met)] == [False, False, False]
    assert [step.clock.owed_by for step in (told, handed, met)] == [w.bp3mi, w.bp3mi, w.jagoi]


def test_what_is_done_stands_with_its_day_and_what_shows_it(w):
    person = came_home(w)
    handovers.tell_home(Notice.objects.get(), by=w.hana, at=w.at)
    handovers.refuse_rehabilitation(person, signed_by="self", on=localdate(w.at), by=w.hana, at=w.at)
    meetings.note(person, on=localdate(w.at), outcome="left_again", by=w.darius, at=w.at)
    told, _screened, handed, refused, met = steps(person, w.hana)
    assert told.is_done
    assert not handed.is_done
    assert refused.day == met.day == localdate(w.at)
    assert met.evidence
    assert met.where


def test_where_nothing_is_owed_the_step_says_why(w):
    nowhere = came_home(w, home="")
    old = came_home(w, arrived_on=localdate(w.at) - timedelta(days=400))
    for person in (nowhere, old):
        told, _screened, handed, _refused, met = steps(person, w.hana)
        assert not [step for step in (told, handed, met) if step.clock]
        assert all(step.evidence for step in (told, handed, met))


def test_after_a_move_the_clock_of_the_new_visit_is_shown(w):
    person = came_home(w)
    there = Place.objects.get(pk="61.07.07.2002")
    meetings.note(person, on=localdate(w.at), outcome="moved", moved_to=there, by=w.hana, at=w.at)
    met = steps(person, w.hana)[-1]
    assert met.clock.place_id == "61.07.07.2002"
    assert met.clock.is_standing
