"""A refusal carries its reason and what a sentence about it needs."""

from simpul.insight.methods.refusal import Refused


def test_a_refusal_says_its_reason_and_its_details():
    refusal = Refused("population_zero", places=["61.05"])
    assert (refusal.reason, refusal.details) == ("population_zero", {"places": ["61.05"]})
    assert str(refusal) == "population_zero (places=['61.05'])"
    assert str(Refused("no_events")) == "no_events"
