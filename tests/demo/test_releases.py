"""Open data of the invented year."""

import pytest

from simpul.demo import releases
from simpul.demo.beginnings import Now
from simpul.insight.models import Delivery, Release
from tests.demo.conftest import AT


@pytest.mark.django_db
def test_quarters_are_told_of_some_days_after_their_end():
    codes = [each.code for each in releases.release_days(Now(AT))]
    assert codes == ["2026-Q2", "2026-Q1", "2025-Q4"]
    early = [each.code for each in releases.release_days(Now(AT.replace(month=7, day=5)))]
    assert early == ["2026-Q1", "2025-Q4", "2025-Q3"]


@pytest.mark.slow
def test_two_are_out_and_one_waits(region):
    found = Release.objects.order_by("-period")
    assert [(each.period, each.state) for each in found] == [
        ("2026-Q2", "published"), ("2026-Q1", "published"), ("2025-Q4", "draft"),
    ]  # fmt: skip
    assert Delivery.objects.count() == 2
    assert all(each.quality["hidden"] and not each.quality["findings"] for each in found)
