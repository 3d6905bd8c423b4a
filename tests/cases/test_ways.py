import pytest

from simpul.cases import ways
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.places import legs
from simpul.places.legs import Step
from simpul.places.models import Place
from tests.world import JAGOI

WAY = [("kuching", "sibu"), ("sibu", "miri")]


def steps():
    return [Step(Place.objects.get(pk=JAGOI), "kuching"), *(Step(*pair) for pair in WAY)]


def test_who_works_on_the_case_writes_the_way_of_a_victim(world):
    case = world.case()
    victim = world.victim(case)
    ways.keep(victim, steps(), by=world.rina, at=world.at)
    assert legs.of(victim).count() == 3
    assert Entry.objects.get(act=Act.WAY_NOTED).file == f"cases.case:{case.pk}"


def test_nobody_else_does(world):
    victim = world.victim(world.case())
    for officer in (world.budi, world.siti, world.dewi):
        with pytest.raises(NotAllowed):
            ways.keep(victim, steps(), by=officer, at=world.at)
    assert not legs.of(victim).exists()


def test_only_victims_have_a_way(world):
    witness = world.victim(world.case())
    witness.part = "witness"
    with pytest.raises(NotAllowed):
        ways.keep(witness, steps(), by=world.rina, at=world.at)
