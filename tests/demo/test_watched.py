"""What figures raised in the invented year, and what became of it."""

import pytest

from simpul.agencies.models import Officer
from simpul.insight import alerts, estimates
from simpul.insight.models import Alert, Estimate
from simpul.obligations.models import Obligation
from tests.demo.conftest import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]


@pytest.fixture
def dewi():
    return Officer.objects.select_related("agency").get(username="dewi")


def test_reports_gather_in_jagoi_babang_and_dewi_has_not_looked_yet(dewi):
    alert = Alert.objects.visible_to(dewi).standing().get()
    assert (alert.kind, alert.place_id, alert.agency) == ("cluster", "61.07.07", dewi.agency)
    assert Obligation.objects.standing().filter(rule="look_into_alert", number=alert.number).exists()


def test_the_records_behind_it_are_as_many_as_it_counts(dewi):
    rina = Officer.objects.select_related("agency").get(username="rina")
    alert = Alert.objects.standing().get()
    assert alerts.behind(alert, rina, at=AT).count() == alert.figures["count"]
    assert not alerts.behind(alert, dewi, at=AT).exists()


def test_an_earlier_one_was_closed_by_name(dewi):
    alert = Alert.objects.get(state="closed")
    assert (alert.officer, alert.outcome) == (dewi, "real_known")
    assert [record.right for record in alerts.records(dewi) if record.kind == "rise"] == [1]


def test_for_a_hidden_number_the_lists_overlap_too_little(dewi):
    one = estimates.estimates_for(dewi).get()
    assert (one.state, one.verdict) == ("refused", "withhold")
    assert one.results["reasons"][0]["code"] == "little_overlap"
    assert Estimate.objects.count() == 1
