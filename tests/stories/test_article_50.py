"""Article 50: an unpaid restitution is told to the court, warned of, and then seized.

Nobody has to remember it: as time passes each clock follows the one before it.
"""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from simpul.cases import restitution
from simpul.cases.models import Restitution
from simpul.lib.rules import NotAllowed
from simpul.obligations.models import Obligation
from simpul.obligations.rules import rule
from tests.stories.law import AWARD

RIGHTS = ("enforcement",)

CHAIN = ["restitution_paid", "tell_court_unpaid", "court_warns", "restitution_paid_after_warning", "seize_assets"]


def end_of(day):
    return datetime.fromisoformat(f"{day} 23:59:59").replace(tzinfo=ZoneInfo("Asia/Pontianak"))


@pytest.fixture
def claim(world, law):
    """Awarded; the offender was told of the final verdict on 9 August, so that 23 August is the last day."""
    return law.awarded(world.victim(world.case()))


def standing(claim):
    """What of the chain stands now."""
    found = Obligation.objects.standing().about(f"cases.restitution:{claim.pk}").filter(rule__in=CHAIN)
    return sorted(found.values_list("rule", flat=True), key=CHAIN.index)


def paid(claim):
    return Restitution.objects.get(pk=claim.pk).paid


def test_an_unpaid_restitution_is_told_warned_and_seized_as_time_passes(world, law, claim):
    assert standing(claim) == ["restitution_paid"]

    law.pass_(days=20)
    assert standing(claim) == ["restitution_paid"]
    law.pass_(days=21)
    told = world.owed("tell_court_unpaid", on=claim)
    assert (told.owed_by, told.opened_at) == (world.uptd, end_of("2026-08-23"))

    law.note(claim, "court_told", day=22)
    assert world.owed("tell_court_unpaid", on=claim) is None
    warns = world.owed("court_warns", on=claim)
    assert (warns.owed_by, warns.watched_by) == (law.court, world.uptd)

    law.note(claim, "warned", day=30)
    assert world.owed("court_warns", on=claim) is None
    assert world.owed("restitution_paid_after_warning", on=claim).limit_at == end_of("2026-09-16")

    law.pass_(days=44)
    assert world.owed("seize_assets", on=claim) is None
    law.pass_(days=45)
    seize = world.owed("seize_assets", on=claim)
    assert (seize.owed_by, seize.opened_at) == (law.prosecution, end_of("2026-09-16"))

    law.note(claim, "seized", day=50)
    law.note(claim, "auctioned", day=60, amount=AWARD)
    assert world.owed("seize_assets", on=claim) is None
    law.note(claim, "paid", day=61, amount=AWARD)
    assert standing(claim) == []
    assert law.state(claim.victim, "restitution", days=61) == "met"


@pytest.mark.parametrize(("code", "basis"), [
    ("tell_court_unpaid", "UU 21/2007 Art. 50(1)"), ("court_warns", "UU 21/2007 Art. 50(2)"),
    ("restitution_paid_after_warning", "UU 21/2007 Art. 50(3)"), ("seize_assets", "UU 21/2007 Art. 50(3)"),
])  # fmt: skip
def test_every_link_of_the_chain_names_its_paragraph(db, code, basis):
    assert rule(code).legal_basis == basis


def test_the_board_goes_along(law, claim):
    assert law.state(claim.victim, "enforcement", days=7) == "open"
    law.pass_(days=21)
    assert law.state(claim.victim, "restitution", days=21) == "overdue"
    law.note(claim, "court_told", day=22)
    assert law.state(claim.victim, "enforcement", days=22) == "running"
    law.note(claim, "warned", day=23)
    law.pass_(days=90)
    assert law.state(claim.victim, "enforcement", days=90) == "overdue"


def test_what_is_paid_in_time_is_told_to_no_court(law, claim):
    law.note(claim, "paid", day=15, amount=AWARD)
    law.pass_(days=90)
    assert standing(claim) == []
    assert law.state(claim.victim, "enforcement", days=90) == "not_yet"


def test_what_is_paid_in_part_is_unpaid(law, claim):
    law.note(claim, "paid", day=15, amount=AWARD - 1)
    law.pass_(days=21)
    assert standing(claim) == ["restitution_paid", "tell_court_unpaid"]


def test_the_last_rupiah_ends_whatever_had_begun(law, claim):
    law.pass_(days=21)
    law.note(claim, "court_told", day=22)
    assert "court_warns" in standing(claim)
    law.note(claim, "paid", day=23, amount=AWARD)
    law.pass_(days=200)
    assert standing(claim) == []
    assert not law.latest("restitution_paid", on=claim).was_met_in_time


def test_nothing_is_seized_without_a_warning(law, claim):
    with pytest.raises(NotAllowed):
        law.note(claim, "seized", day=30)
    with pytest.raises(NotAllowed):
        law.note(claim, "substituted", day=30)
    assert claim.step != "seized"


def test_who_can_pay_nothing_serves_instead_after_the_warning(world, law, claim):
    """Art. 50(4); UU 1/2026 may have changed it, so it is marked as unsure."""
    law.note(claim, "warned", day=22)
    step = law.note(claim, "substituted", day=40)
    assert step.kind == "substituted"
    assert not world.anew(claim).is_paid


@pytest.mark.parametrize("amount", [AWARD + 1, Decimal("10000000.01")])
def test_nobody_pays_more_than_was_awarded(law, claim, amount):
    with pytest.raises(NotAllowed):
        law.note(claim, "paid", day=10, amount=amount)
    assert paid(claim) == 0


def test_nor_in_several_payments(law, claim):
    law.note(claim, "paid", day=10, amount=Decimal(6_000_000))
    with pytest.raises(NotAllowed):
        law.note(claim, "paid", day=11, amount=Decimal(4_000_001))
    assert paid(claim) == Decimal(6_000_000)


def test_the_database_holds_it_too(claim):
    with pytest.raises(IntegrityError), transaction.atomic():
        Restitution.objects.filter(pk=claim.pk).update(paid=AWARD + 1)


def test_a_warning_that_was_none_is_struck_out_and_the_court_owes_it_again(world, law, claim):
    law.note(claim, "court_told", day=22)
    step = law.note(claim, "warned", day=23)
    assert world.owed("restitution_paid_after_warning", on=claim)
    restitution.strike_step(step, by=world.rina, at=world.later(days=24))
    assert world.owed("restitution_paid_after_warning", on=claim) is None
    assert world.owed("court_warns", on=claim)


def test_a_warning_that_came_by_another_way_gives_fourteen_days_as_well(world, law, claim):
    """Nobody noted here that the court was told."""
    law.note(claim, "warned", day=30)
    assert world.owed("restitution_paid_after_warning", on=claim).limit_at == end_of("2026-09-16")
    restitution.strike_step(claim.steps.get(kind="warned"), by=world.rina, at=world.later(days=31))
    assert world.owed("restitution_paid_after_warning", on=claim) is None
