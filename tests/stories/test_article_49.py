"""Article 49: every payment of restitution is proven to the victim."""

from decimal import Decimal

import pytest

from simpul.lib.rules import NotAllowed
from simpul.obligations.rules import rule

RIGHTS = ("payment_proof",)

HALF = Decimal(5_000_000)


@pytest.fixture
def claim(world, law):
    return law.awarded(world.victim(world.case()))


def test_before_anything_is_paid_nothing_is_due(law, claim):
    line = law.line(claim.victim, "payment_proof", days=6)
    assert (line.state, line.article.code, line.right.extra["duty_bearer"]) == ("not_yet", "uu21_2007_49", "court")


def test_with_a_payment_the_court_owes_the_victim_its_proof(world, law, claim):
    """The law names no time; seven days are the house's own target."""
    law.note(claim, "paid", day=10, amount=HALF)
    owed = world.owed("give_payment_proof", on=claim)
    assert (owed.owed_by, owed.watched_by, owed.limit_at) == (law.court, world.uptd, None)
    assert owed.target_at.date().isoformat() == "2026-08-20"
    assert rule("give_payment_proof").legal_basis == "UU 21/2007 Art. 49"
    assert law.state(claim.victim, "payment_proof", days=10) == "running"


def test_the_proof_in_the_hands_of_the_victim_meets_it(world, law, claim):
    law.note(claim, "paid", day=10, amount=HALF)
    law.note(claim, "proof_given", day=11)
    assert world.owed("give_payment_proof", on=claim) is None
    assert law.state(claim.victim, "payment_proof", days=11) == "met"


def test_the_next_payment_is_proven_anew(world, law, claim):
    law.note(claim, "paid", day=10, amount=HALF)
    law.note(claim, "proof_given", day=11)
    law.note(claim, "paid", day=12, amount=HALF)
    assert world.owed("give_payment_proof", on=claim)
    assert law.state(claim.victim, "payment_proof", days=12) == "running"
    law.note(claim, "proof_given", day=13)
    assert law.state(claim.victim, "payment_proof", days=13) == "met"


def test_a_proof_that_does_not_come_is_overdue(law, claim):
    law.note(claim, "paid", day=10, amount=HALF)
    assert law.state(claim.victim, "payment_proof", days=17) == "running"
    assert law.state(claim.victim, "payment_proof", days=18) == "overdue"


def test_nothing_is_proven_that_was_not_paid(law, claim):
    with pytest.raises(NotAllowed):
        law.note(claim, "proof_given", day=10)
    assert not claim.steps.filter(kind="proof_given").exists()
