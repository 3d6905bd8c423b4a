"""The rows of estimates."""

import pytest
from django.db import IntegrityError, transaction

from simpul.insight import estimates
from simpul.insight.models import Estimate
from tests.insight.test_estimates import asked


def test_an_estimate_waits_is_made_and_ends(world):
    one = estimates.ask(asked(), by=world.dewi, at=world.at)
    assert one.is_being_made
    assert str(one) == "victims 61.07 2025-09-01"
    estimates.make(one, at=world.at)
    assert not one.is_being_made
    with pytest.raises(IntegrityError), transaction.atomic():
        Estimate.objects.filter(pk=one.pk).update(first_on="2027-01-01")
