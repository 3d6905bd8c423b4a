"""What tests of this room share: the small world with returns, a machine, and people who are alike."""

import pytest

from simpul.cases import victims
from simpul.linkage import engine, likeness
from simpul.linkage.models import Encoding, Pair
from tests.linkage.machine import Machine
from tests.returns import came_home, with_returns

NIK = "6107075208020003"
BECAUSE = "Nama ayah dan desa sama."


class People:
    """People who are alike, as Rina and Hana record them."""

    def __init__(self, world, machine):
        self.world, self.machine = world, machine

    def victim(self, case=None, *, part="victim", by=None, **told):
        """Somebody in a case of Rina's."""
        w = self.world
        told = {"name": "Melati Kusuma", "birth_year": 2002} | told
        return victims.add(case or w.case(), part=part, by=by or w.rina, at=w.at, **told).person

    def sent_home(self, **told):
        """Somebody whom Hana entered."""
        return came_home(self.world, **{"birth_year": 2002} | told).person

    def compared(self):
        """Everybody is compared with everybody."""
        for _time in range(2):
            for encoding in Encoding.objects.order_by("pk"):
                likeness.compare(encoding, at=self.world.at)

    def pair(self, one, other):
        left, right = sorted((one.pk, other.pk))
        found = Pair.objects.filter(left=left, right=right).first()
        return found or Pair.objects.create(left_id=left, right_id=right, probability=0.9, found_at=self.world.at)


@pytest.fixture
def machine():
    machine = Machine()
    engine.use(machine)
    yield machine
    engine.use(None)


@pytest.fixture
def w(world):
    return with_returns(world)


@pytest.fixture
def people(w, machine):
    return People(w, machine)
