import pytest
from django.db import IntegrityError, transaction

from simpul.insight.models import Budget, Release
from tests.insight.releasing import Releasing


@pytest.fixture
def releasing(world):
    return Releasing(world)


def test_the_database_itself_asks_for_a_second_officer(releasing):
    one = releasing.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=one.pk).update(approved_by=one.made_by)


def test_nothing_is_published_without_approval_and_signature(releasing):
    one = releasing.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=one.pk).update(published_at=one.made_at)


def test_a_withdrawn_release_says_why(releasing):
    one = releasing.published()
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=one.pk).update(state="withdrawn")


def test_a_period_is_out_once_at_a_time(releasing):
    one = releasing.published()
    other = releasing.draft("2026-Q1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=other.pk).update(state="published", period=one.period)


def test_a_budget_is_above_nothing(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Budget.objects.create(year=2026, limit=0, set_at=world.at, set_by=world.dewi)
