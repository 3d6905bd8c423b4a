"""The bench of pages of figures, on a region of a hundredth: every page stands, and what it counts is there."""

import pytest
from django.db import transaction
from django.utils import timezone

from bench import dashboards
from bench.figures import CannotMeasure
from simpul.agencies.models import Agency
from simpul.cases.models import Case
from simpul.demo.world import found
from simpul.insight import figures
from simpul.insight.models import Release
from simpul.intake.models import Report
from simpul.journal import chain
from simpul.migrants.models import Returnee, Worker
from simpul.obligations.models import Obligation

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def region(django_db_setup, django_db_blocker):
    """The region, for all tests of this module."""
    from bench import region

    with django_db_blocker.unblock(), transaction.atomic():
        figures.places_at.cache_clear()
        now = timezone.now()
        found(at=now)
        region.store(region.Size().part(100), now=now)
        yield region
        transaction.set_rollback(True)


def test_a_region_of_a_hundredth_has_everything_in_every_regency(region):
    assert (Report.objects.count(), Case.objects.count()) == (1000, 200)
    assert (Returnee.objects.count(), Worker.objects.count()) == (500, 2000)
    for model, name in ((Report, "place_id"), (Returnee, "home_id"), (Worker, "home_id")):
        codes = model.objects.exclude(**{name: None}).values_list(name, flat=True)
        assert len({code[:5] for code in codes}) == 14
    assert Release.objects.public().count() == 1


def test_clocks_are_met_met_late_and_overdue(region):
    now = timezone.now()
    met = [one for one in Obligation.objects.filter(state="met")]
    in_time = sum(one.was_met_in_time for one in met)
    assert 0.7 < in_time / len(met) < 0.95
    assert Obligation.objects.filter(state="open", due_at__lt=now).exists()
    assert len({one.owed_by_id for one in met}) > Agency.objects.count() / 4


def test_the_journal_of_the_region_verifies(region):
    assert chain.verify() == []


def test_every_page_is_answered_to_whom_it_is_for(region):
    readers = dashboards.Readers()
    for page in dashboards.pages():
        *_seconds, size = dashboards.asked(readers.of(page.who), page)
        assert 500 < size < 150_000, page


def test_half_of_the_requests_come_after_something_came_in(region):
    before = Report.objects.count()
    told = dashboards.measured(times=4, only="open data")
    assert [target for _work, value, target in told if "queries" in value] == [dashboards.TARGET] * 2
    assert all(value.count("p95") == 2 for _work, value, target in told if target == dashboards.TARGET)
    assert Report.objects.count() == before + 2 * 2


def test_a_page_that_is_not_there_is_not_measured(region, monkeypatch):
    monkeypatch.setattr(dashboards, "pages", lambda: [dashboards.Page("nothing", "rina", "/desk/tidak-ada/")])
    with pytest.raises(CannotMeasure, match="404"):
        dashboards.measured(times=2)


def test_a_release_drafted_in_the_night_leaves_no_draft(region):
    before = Release.objects.count()
    (told,) = dashboards.nights(only="a release")
    assert "of the processor" in told[1]
    assert Release.objects.count() == before


def test_the_whole_region_is_made_once(tmp_path, monkeypatch):
    made = []
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(dashboards, "prepared", lambda *_size: empty)
    monkeypatch.setattr(dashboards, "inside", lambda home, command, part: made.append((command, part)))
    assert dashboards.kept(100) == dashboards.kept(100)
    assert dashboards.kept(10) != dashboards.kept(100)
    assert made == [("region", 100), ("region", 10)]
