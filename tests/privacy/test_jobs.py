"""Files of lists go by themselves: those taken in after their days, those that nobody finished after fewer."""

from datetime import timedelta

import pytest
from django.db import transaction

from simpul.console.jobs import function_of, named
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.journal.models import Entry
from simpul.migrants.models import Sheet
from simpul.privacy import jobs
from simpul.reference import catalogues

LONG, SHORT = timedelta(days=180), timedelta(days=30)


def left(world, after):
    """Lists whose file is still there, some time after the test begins."""
    jobs.forget_lists(at=world.at + after)
    return set(Sheet.objects.filter(forgotten_at=None).values_list("state", flat=True))


@pytest.fixture
def lists(homecoming):
    states = ("taken_in", "replaced", "read", "discarded")
    return {state: homecoming.sheet(number=f"M-2026-90000{n}", state=state) for n, state in enumerate(states)}


def test_a_file_goes_when_its_days_are_over_and_not_a_minute_before(lists, world):
    minute = timedelta(minutes=1)
    assert left(world, SHORT - minute) == set(lists)
    assert left(world, SHORT) == {"taken_in", "replaced"}
    assert left(world, LONG - minute) == {"taken_in", "replaced"}
    assert left(world, LONG) == set()


def test_the_file_is_gone_and_the_people_stay(lists, homecoming, world):
    returnee = homecoming.on(lists["taken_in"], homecoming.returnee())
    assert jobs.forget_lists(at=world.at + LONG) == 4
    states = Sheet.objects.order_by("number").values_list("state", flat=True)
    # What nobody finished cannot be corrected any more, so it is put away.
    assert list(states) == ["taken_in", "replaced", "discarded", "discarded"]
    sheet = world.anew(lists["taken_in"])
    assert sheet.data_key.destroyed_at
    assert not any((sheet.content, sheet.name, sheet.said))
    assert world.anew(returnee.person).name.opened() == "Melati Kusuma"
    entries = Entry.objects.filter(act=Act.SHEET_FORGOTTEN)
    assert {entry.officer_id for entry in entries} == {None}
    assert entries.count() == 4
    assert jobs.forget_lists(at=world.at + LONG) == 0


def test_a_list_that_is_worked_on_stays_and_one_that_is_only_opened_does_not(lists, homecoming, world):
    with transaction.atomic():
        enter(Act.SHEET_CORRECTED, on=lists["read"], by=homecoming.hadi, at=world.later(days=20), what="cells")
        enter(Act.SHEET_READ, on=lists["discarded"], by=homecoming.hadi, at=world.later(days=20))
    assert left(world, SHORT) == {"taken_in", "replaced", "read"}
    assert left(world, timedelta(days=50)) == {"taken_in", "replaced"}


def test_every_rule_with_days_is_carried_out(db):
    with_days = {term.code for term in catalogues.terms("retention") if term.extra["days"] is not None}
    assert with_days == {jobs.TAKEN_IN, jobs.NOT_TAKEN_IN}


def test_it_stands_in_the_list_of_jobs():
    assert function_of(named("lists")) is jobs.forget_lists
