"""The invented year is loaded whole, the same every time, and only where nothing is."""

import pytest
from django.db import transaction

from simpul.agencies.models import Officer
from simpul.cases.models import Case
from simpul.demo import load
from simpul.insight import tallies
from simpul.intake.models import Report
from simpul.journal import chain
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from tests.demo.conftest import AT, SCALE


def shape():
    """What the year looks like, without what is random on purpose: keys, seals, receipts."""
    told = ("number", "place", "kinds", "status", "received_at", "danger")
    entries = Entry.objects.order_by("number")
    return (
        list(Report.objects.order_by("number").values_list(*told)),
        list(Case.objects.order_by("number").values_list("number", "place", "kinds", "stage", "modus", "opened_at")),
        # Without the ids of the rows: PostgreSQL counts on where the year before was rolled back.
        [(act, at, on.partition(":")[0]) for act, at, on in entries.values_list("act", "at", "subject")],
    )


@pytest.fixture(scope="module")
def loaded_anew(django_db_setup, django_db_blocker):
    """What the year looks like when it is loaded again; nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        load.load(at=AT, scale=SCALE)
        seen = shape()
        transaction.set_rollback(True)
    return seen


@pytest.mark.slow
@pytest.mark.sqlite
def test_the_same_moment_gives_the_same_year(loaded_anew, region):
    assert shape() == loaded_anew


def test_the_year_holds_something_of_everything_and_its_journal_holds(region):
    assert chain.verify() == []
    assert region.reports > 30
    assert region.cases > 8
    assert region.victims >= region.cases / 2
    assert region.services > 10


def test_the_figures_are_counted_when_the_year_is_there(region):
    found = tallies.series(["cases_open"], prefix="", until=AT.date())["cases_open"]
    assert found[-1] == Case.objects.open().count() > found[0]
    assert tallies.counted_at() == AT


@pytest.mark.django_db
def test_an_installation_with_officers_is_refused(world):
    before = Officer.objects.count()
    with pytest.raises(NotAllowed, match="SIMPUL_HOME"):
        load.load(at=AT, scale=SCALE)
    assert Officer.objects.count() == before


@pytest.mark.django_db
def test_villages_are_found_by_regency():
    villages = load.villages()
    assert len(villages) == 14
    assert all(code.startswith("61.07.") for code in villages["61.07"])
