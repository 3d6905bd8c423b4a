"""Figures that everybody may see, and nobody is seen in: a release of the invented year, attacked.

The attacker knows every number shown, every sum, the rule, and every release of the same days that was ever out.
"""

import pytest
from django.db import transaction

from simpul.agencies.models import Officer
from simpul.insight import figures, periods, release, release_tables
from simpul.insight.methods import disclosure
from simpul.insight.models import Release
from simpul.intake.models import Report
from simpul.lib.rules import NotAllowed
from tests.demo.conftest import AT, region, year  # noqa: F401

pytestmark = pytest.mark.slow
# What the numbers of the year say does not depend on the database; loading it elsewhere takes a minute.
of_the_year = pytest.mark.sqlite


@pytest.fixture
def demonstration(region):  # noqa: F811
    """The invented year, as it was before a test."""
    figures.places_at.cache_clear()
    with transaction.atomic():
        yield region
        transaction.set_rollback(True)


def officers():
    """Who drafts, and who looks at it."""
    return Officer.objects.get(username="dewi"), Officer.objects.get(username="gusti")


def out():
    """The newest release of the invented year, and its period."""
    one = Release.objects.public().first()
    return one, periods.period(one.period)


@pytest.mark.django_db
def test_where_nothing_happened_nothing_is_hidden(world):
    one = release.draft("2026-Q2", by=world.dewi, at=world.at)
    assert one.quality["hidden"] == 0
    assert release.attack(one) == []


@of_the_year
def test_the_attacker_recovers_no_hidden_number_of_the_demonstration(demonstration):
    hidden = 0
    for one in Release.objects.all():
        assert release.attack(one) == []
        for each in release.published(one).values():
            hidden += len(each.hidden)
            for cell, (low, high) in disclosure.bounds(each).items():
                assert high - low >= 9, (one, cell, low, high)
    assert hidden > 50, "There is nothing to recover."


@of_the_year
def test_the_attacker_succeeds_where_only_small_numbers_are_hidden(demonstration):
    _one, period = out()
    counts = release_tables.counted(period, region="61")
    naive = release.protect(counts, period=period, complementary=False)
    recovered = 0
    for subject in release_tables.SUBJECTS:
        tables = [each for each in release_tables.TABLES if each.subject == subject]
        made = [release_tables.tabulated(counts[each.code], table=each, period=period) for each in tables]
        truth = {cell: count for each in made for cell, count in each.counts.items()}
        values = {cell: value for each in tables for cell, value in naive.shown[each.code].items()}
        sums = tuple(dict.fromkeys(one for each in made for one in each.sums))
        for found in disclosure.audit(disclosure.Published(values, sums, release.RULE)):
            assert found.low <= truth[found.cell] <= found.high
            recovered += found.exact
    assert recovered > 0


@of_the_year
def test_what_is_shown_is_what_was_counted(demonstration):
    _one, period = out()
    counts = release_tables.counted(period, region="61")
    done = release.protect(counts, period=period)
    shown = 0
    for code, cells in done.shown.items():
        truth = release_tables.tabulated(counts[code], table=release_tables.BY_CODE[code], period=period).counts
        for cell, value in cells.items():
            if isinstance(value, int):
                assert value == truth[cell]
                shown += value > 0
    assert shown > 0


@of_the_year
def test_a_report_that_goes_is_told_by_nothing(demonstration):
    dewi, gusti = officers()
    first, period = out()
    release.withdraw(first, because="wrong_figures", by=gusti, at=AT)
    gone = Report.objects.real().filter(received_at__range=period.moments).first()
    assert gone
    Report.objects.filter(pk=gone.pk).update(received_at=period.moments[0].replace(year=2000))
    second = release.draft(period, by=dewi, at=AT)
    with pytest.raises(NotAllowed):
        release.approve(second, by=dewi, at=AT)
    assert release.attack(second) == []
    before, after = release.published(first), release.published(second)
    for subject, each in after.items():
        for cell, value in each.values.items():
            if isinstance(value, int):
                # What was hidden stays hidden, and no number tells of a change of a few.
                assert isinstance(before[subject].values[cell], int)
                assert abs(before[subject].values[cell] - value) not in range(1, 11)
    release.approve(second, by=gusti, at=AT)
