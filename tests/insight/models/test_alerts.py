"""The rows of alerts: constraints, and what an alert says of itself."""

import pytest
from django.db import IntegrityError, transaction

from simpul.insight import alerts
from simpul.insight.models import Alert
from tests.insight.test_alerts import seen


@pytest.fixture
def alert(world):
    return alerts.raise_(seen(sign="modus:scam_online"), at=world.at)


@pytest.mark.parametrize("change", [{"state": "closed"}, {"first_on": "2026-09-01"}], ids=["no outcome", "ends before"])
def test_the_database_keeps_what_an_alert_must_be(alert, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.filter(pk=alert.pk).update(**change)


def test_an_alert_names_its_number_and_its_sign(alert):
    assert str(alert) == alert.number
    assert alert.catalogue_and_code == ("modus", "scam_online")
    assert str(alert.places.get()) == f"{alert.pk} 61.07.07"
    assert alert.is_standing
