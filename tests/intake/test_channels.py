"""Event codes lift the limit per address where many report from one."""

from datetime import timedelta

import pytest

from simpul.intake import channels, receipts, reports
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed


def make(world, *, by=None, until=None, **more):
    return channels.make(
        "Pos Jagoi Babang", until=until or world.later(days=1), by=by or world.rina, at=world.at, **more
    )


def test_a_code_can_be_read_from_a_wall(world):
    code = make(world).code
    assert len(code) == 6
    assert not set(code) & set("0O1IB8S5G2Z")


def test_a_code_holds_until_its_end(world):
    event = make(world)
    assert channels.valid(event.code, at=world.at) == event
    assert channels.valid(f" {event.code[:3].lower()} {event.code[3:]} ", at=world.at) == event
    assert channels.valid(event.code, at=world.later(days=1)) is None


@pytest.mark.parametrize("code", ["", "AAAAAA", "' OR 1=1"])
def test_another_code_does_not_hold(world, code):
    make(world)
    assert channels.valid(code, at=world.at) is None


def test_a_code_that_reached_its_limit_holds_no_more(world):
    event = make(world, limit=1)
    assert channels.valid(event.code, at=world.at)
    reports.receive(
        reports.Told(statement="Satu."), token=receipts.new_token(), at=world.at, channel="event", event=event
    )
    assert channels.valid(event.code, at=world.at) is None


@pytest.mark.parametrize("span", [timedelta(0), timedelta(days=-1), timedelta(days=14, seconds=1)])
def test_a_code_lasts_fourteen_days_at_most(world, span):
    assert make(world, until=world.later(days=14))
    with pytest.raises(NotAllowed):
        make(world, until=world.at + span)


@pytest.mark.parametrize("who", ["dewi", "tono", "wulan"])
def test_who_meets_nobody_makes_no_codes(world, who):
    with pytest.raises(NotAllowed):
        make(world, by=getattr(world, who))


def test_a_code_is_ended_by_its_own_agency(world):
    event = make(world)
    with pytest.raises(NotAllowed):
        channels.end(event, by=world.siti, at=world.later(hours=1))
    channels.end(event, by=world.yanti, at=world.later(hours=1))
    assert channels.valid(event.code, at=world.later(hours=2)) is None


def test_ending_a_code_again_does_not_move_its_end(world):
    event = make(world)
    for hours in (1, 5):
        channels.end(event, by=world.rina, at=world.later(hours=hours))
    assert world.anew(event).until_at == world.later(hours=1)
    assert Entry.objects.filter(act="event_code.ended").count() == 1


def test_an_agency_lists_its_own_codes(world):
    event = make(world)
    make(world, by=world.siti)
    assert list(channels.of_agency(world.uptd, at=world.at)) == [event]
