"""What tests of privacy share: a case with a victim, a request, a case whose time has run out, people sent home."""

import pytest
from django.utils.timezone import localdate

from simpul.agencies import offices, people
from simpul.agencies.roles import Role
from simpul.cases.models import Case
from simpul.confidentiality import data_keys
from simpul.journal.entries import label
from simpul.migrants import registry, returnees
from simpul.migrants.models import Sheet
from simpul.obligations import book
from simpul.obligations.models import Obligation
from simpul.places.models import Place
from simpul.privacy import requests
from tests.world import JAGOI, PASSWORD


class Privacy:
    """The small world with a case of Rina's in which Melati is the victim."""

    def __init__(self, world):
        self.world = world
        self.case = world.case()
        self.part = world.victim(self.case, name="Melati Kusuma", nik="6107064505080001", phone="081255550199")
        self.person = self.part.person

    def asked(self, kind="access", **more):
        """A request of Melati's, as Rina recorded it."""
        world = self.world
        told = {"words": "Siapa yang membuka berkas saya?", "asked_by": "person", "received_at": world.at} | more
        return requests.record(self.person, case=self.case, kind=kind, by=world.rina, at=world.at, **told)

    def closed(self, case=None, *, years=0, stage="closed"):
        """A case that ended some years before the test began, with nothing owed in it any more."""
        case = case or self.case
        for obligation in Obligation.objects.standing().in_file(label(case)):
            book.waive(obligation, reason="no_longer_applies", by=self.world.rina, at=self.world.at)
        return self.ended(case, years=years, stage=stage)

    def ended(self, case=None, *, years=0, stage="closed"):
        """The same, with what is owed still owed."""
        case = case or self.case
        ended = self.world.at.replace(year=self.world.at.year - years)
        Case.objects.filter(pk=case.pk).update(stage=stage, closed_at=ended)
        case.refresh_from_db()
        return case


@pytest.fixture
def privacy(world):
    return Privacy(world)


class Homecoming:
    """People sent home to Jagoi: Hadi receives them at BP3MI, Sekar visits for the village, Nia heads BP3MI."""

    def __init__(self, world):
        self.world = world
        self.bp3mi = self._agency("BP3MI Kalimantan Barat", "bp3mi", "61")
        self.village = self._agency("Pemerintah Desa Jagoi", "village", JAGOI)
        self.hadi = self._officer("hadi", "Hadi Prasetyo", self.bp3mi, Role.RETURNS)
        self.nia = self._officer("nia", "Nia Kurnia", self.bp3mi, Role.SUPERVISOR)
        self.sekar = self._officer("sekar", "Sekar Ayu", self.village, Role.VILLAGE)
        self.home = Place.objects.get(pk=JAGOI)

    def _agency(self, name, kind, place):
        place = Place.objects.get(pk=place)
        return offices.record(name, kind=kind, place=place, by=None, at=self.world.at, telephone="0561 000 111")

    def _officer(self, name, words, agency, role):
        told = {"full_name": words, "agency": agency, "role": role, "password": PASSWORD}
        officer = people.record(name, by=None, at=self.world.at, **told)
        people.acknowledge_secrecy(officer, at=self.world.at)
        return officer

    def returnee(self, *, by=None, at=None, arrived_on=None, **told):
        """Somebody sent home on the day the test begins."""
        at = at or self.world.at
        told = {"name": "Melati Kusuma", "sex": "P", "birth_year": 1994, "age": 32, "home": self.home} | told
        return returnees.note(
            arrived_on=arrived_on or localdate(at), kind="deportation", by=by or self.hadi, at=at, **told
        )  # fmt: skip

    def worker(self, *, by=None, at=None, status="returned", **told):
        """Somebody in the register of Jagoi."""
        told = {"name": "Kenanga Sari", "sex": "P", "home": self.home} | told
        facts = {"status": status, "note": told.pop("note", "")}
        return registry.note(by=by or self.sekar, at=at or self.world.at, facts=facts, **told)

    def sheet(self, *, number="M-2026-900001", state="taken_in", at=None, layout="manifest", **told):
        """A list whose file is kept."""
        at = at or self.world.at
        sheet = Sheet(
            data_key=data_keys.make(at=at), number=number, layout=layout, agency=self.bp3mi, state=state,
            fingerprint=number, uploaded_at=at, uploaded_by=self.hadi,
            taken_in_at=at if state in ("taken_in", "replaced") else None, **told,
        )  # fmt: skip
        sheet.name, sheet.content, sheet.said = "daftar.xlsx", bytearray(b"MELATI KUSUMA"), {"choices": {}}
        sheet.save(force_insert=True)
        return sheet

    def on(self, sheet, returnee):
        """Let somebody have come on a list."""
        returnee.manifest.sheet = sheet
        returnee.manifest.save(update_fields=["sheet"])
        return returnee


@pytest.fixture
def homecoming(world):
    return Homecoming(world)
