"""What tests of privacy share: a case with a victim, a request, and a case whose time has run out."""

import pytest

from simpul.cases.models import Case
from simpul.journal.entries import label
from simpul.obligations import book
from simpul.obligations.models import Obligation
from simpul.privacy import requests


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
