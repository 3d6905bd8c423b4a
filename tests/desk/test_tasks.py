"""What runs in the background for a page."""

from datetime import timedelta

from django.utils.timezone import localdate

from simpul.desk import tasks
from simpul.insight import estimates
from simpul.insight.models import Estimate


def test_an_estimate_that_was_asked_for_is_computed(today_world):
    today = localdate(today_world.at)
    asked = estimates.Asked("victims", "61.07", today - timedelta(days=200), today)
    one = estimates.ask(asked, by=today_world.dewi, at=today_world.at)
    tasks.make_estimate.call(one.pk)
    assert Estimate.objects.get().state == "refused"
