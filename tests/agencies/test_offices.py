"""Recording agencies."""

import pytest

from simpul.agencies import offices
from simpul.agencies.models import Agency
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed


def test_an_agency_is_recorded_with_its_entry(world, now):
    made = offices.record("BP3MI Entikong", kind="bp3mi", place=world.dinsos.place, by=world.tono, at=now)
    assert Agency.objects.get(name="BP3MI Entikong") == made
    entry = Entry.objects.filter(act="agency.recorded").latest("number")
    assert (entry.officer_id, entry.subject) == (world.tono.pk, f"agencies.agency:{made.pk}")
    assert entry.facts == {"kind": "bp3mi", "place": "61.07"}


def test_an_agency_takes_no_reports_unless_it_is_said(world, now):
    made = offices.record("BP3MI Entikong", kind="bp3mi", place=world.dinsos.place, by=world.tono, at=now)
    assert not made.triages
    assert not made.takes_unplaced


def test_a_case_manager_records_no_agency(world, now):
    with pytest.raises(NotAllowed):
        offices.record("BP3MI Entikong", kind="bp3mi", place=world.dinsos.place, by=world.rina, at=now)
    assert not Agency.objects.filter(name="BP3MI Entikong").exists()
