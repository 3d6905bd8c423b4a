"""What tests of returns share beside the small world: who receives people at the border, and who visits them at home.

Hana works for BP3MI, which takes in manifests for the whole province; Pak Darius is the secretary of the village Jagoi;
Joko works for the manpower office of Bengkayang. Who comes home in these tests lives in Jagoi.
"""

from django.utils.timezone import localdate

from simpul.agencies import offices, people
from simpul.agencies.roles import Role
from simpul.migrants import returnees
from simpul.places.models import Place
from tests.world import JAGOI, PASSWORD

AGENCIES = {
    "bp3mi": ("BP3MI Kalimantan Barat", "bp3mi", "61"),
    "jagoi": ("Desa Jagoi", "village", JAGOI),
    "disnaker": ("Disnaker Bengkayang", "manpower", "61.07"),
}
OFFICERS = {
    "hana": ("Hana Pertiwi", "bp3mi", Role.RETURNS),
    "darius": ("Darius Jagoi", "jagoi", Role.VILLAGE),
    "joko": ("Joko Susilo", "disnaker", Role.RETURNS),
}


def with_returns(world):
    """The small world with BP3MI, a village and a manpower office: `world.hana`, `world.darius`, `world.joko`."""
    for name, (words, kind, place) in AGENCIES.items():
        place = Place.objects.get(pk=place)
        setattr(world, name, offices.record(words, kind=kind, place=place, by=None, at=world.at))
    for name, (words, agency, role) in OFFICERS.items():
        agency = getattr(world, agency)
        officer = people.record(
            name, full_name=words, agency=agency, role=role, password=PASSWORD, by=None, at=world.at
        )
        people.acknowledge_secrecy(officer, at=world.at)
        setattr(world, name, officer)
    return world


def came_home(world, *, name="Melati Kusuma", home=JAGOI, by=None, at=None, arrived_on=None, **told):
    """Somebody who was sent home, as Hana enters her; `home` is a code, or "" where it is not known."""
    at = at or world.at
    told = {"kind": "deportation", "age": 24, "sex": "P", "facts": {"reason": "no_passport"}} | told
    if home:
        told["home"] = Place.objects.get(pk=home)
    return returnees.note(name=name, arrived_on=arrived_on or localdate(at), by=by or world.hana, at=at, **told)
