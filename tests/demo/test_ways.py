"""Ways in the invented year."""

from datetime import date
from random import Random

import pytest

from simpul.demo import ways
from simpul.places import legs
from simpul.places.models import Leg, Place
from tests.world import JAGOI

TODAY = date(2026, 11, 22)


@pytest.mark.django_db
@pytest.mark.parametrize("home", [JAGOI, "61.01.01.2001", "61.71", "61.06"])
def test_every_way_that_can_be_drawn_is_one_the_room_accepts(world, home):
    place = Place.objects.get(pk=home)
    for number in range(40):
        report = world.report(statement=f"Laporan {number}")
        told = ways.steps(Random(number), place, date(2026, 1 + number % 7, 15), today=TODAY)
        assert legs.record(report, told, by=world.rina, at=world.at)
    assert set(Leg.objects.filter(crossing="unofficial").values_list("crossed_in", flat=True)) <= {
        ways.JAGOI_BABANG, ways.SAJINGAN_BESAR}  # fmt: skip


def test_since_the_last_full_quarter_people_of_bengkayang_walk_around_the_post():
    home = Place(code=JAGOI)
    before, lately = (ways.choice_for(home, on, TODAY) for on in (date(2026, 6, 30), date(2026, 7, 1)))
    assert (before, lately) == (ways.FROM_BENGKAYANG, ways.LATELY_FROM_BENGKAYANG)


def test_what_is_known_is_the_same_every_time(world):
    case = world.case()
    world.victim(case)
    world.victim(case, name="Sumiati")
    assert ways.known() == ways.known()
    assert len(ways.known()) == 2
