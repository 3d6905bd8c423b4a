"""Article 48: the offender restores what the victim lost, as the verdict says, within 14 days.

What UU 21/2007 and PP 7/2018 say differently runs side by side: nobody has to know which of them a court follows.
"""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from simpul.cases import restitution
from simpul.lib.rules import NotAllowed
from simpul.obligations.models import Obligation
from simpul.reference import catalogues
from tests.stories.law import AWARD, TO_COURT

RIGHTS = ("restitution_told", "restitution")

PONTIANAK = ZoneInfo("Asia/Pontianak")
HEADS = ["income", "suffering", "medical", "psychological", "property", "transport", "lawyer", "process", "other"]


def end_of(day):
    return datetime.fromisoformat(f"{day} 23:59:59").replace(tzinfo=PONTIANAK)


@pytest.fixture
def victim(world):
    return world.victim(world.case())


@pytest.fixture
def in_court(law, victim):
    """A claim in a proceeding that has come to court; what is noted next is on the fifth day."""
    proceeding = law.proceeding(victim.case)
    law.follow(proceeding, *TO_COURT)
    return law.claim(victim, proceeding=proceeding)


def test_the_prosecutor_tells_every_victim_of_the_right_once_the_file_has_come(world, law, victim):
    """Elucidation of Art. 48(1)."""
    other = world.victim(victim.case, name="Mawar")
    assert law.state(victim, "restitution_told") == "not_yet"
    law.follow(law.proceeding(victim.case), "investigation", "file_sent")
    for each in (victim, other):
        owed = world.owed("tell_of_restitution", on=each)
        assert (owed.owed_by, owed.target_at) == (law.prosecution, end_of("2026-08-19"))
    assert law.state(victim, "restitution_told", days=3) == "running"


def test_being_told_meets_it_for_that_victim(world, law, victim):
    other = world.victim(victim.case, name="Mawar")
    proceeding = law.proceeding(victim.case)
    law.follow(proceeding, "investigation", "file_sent")
    told = restitution.begin(victim, proceeding=proceeding, by=world.rina, at=world.later(days=3))
    law.note(told, "informed", day=3)
    assert law.state(victim, "restitution_told", days=3) == "met"
    assert law.state(victim, "restitution", days=3) == "informed"
    assert world.owed("tell_of_restitution", on=victim) is None
    assert world.owed("tell_of_restitution", on=other)


def test_who_was_told_before_the_file_came_is_not_owed_it_again(world, law, victim):
    law.note(restitution.begin(victim, by=world.rina, at=world.at), "informed", day=0)
    law.follow(law.proceeding(victim.case), "investigation", "file_sent")
    assert not Obligation.objects.filter(rule="tell_of_restitution").exists()


def test_a_claim_is_itemised_by_the_losses_that_the_law_names(world, law, victim):
    """Art. 48(2) and its elucidation."""
    assert [term.code for term in catalogues.terms("restitution_heads")] == HEADS
    items = [(head, Decimal(100_000 * n), "bukti") for n, head in enumerate(HEADS, start=1)]
    claim = law.claim(victim, items=items)
    assert claim.claimed == Decimal(4_500_000)
    assert {item.head: item.amount for item in claim.items.all()} == {head: amount for head, amount, _note in items}
    assert law.state(victim, "restitution") == "requested"


@pytest.mark.parametrize("item", [("dowry", Decimal(1), ""), ("income", Decimal(0), ""), ("income", Decimal(-5), "")])
def test_a_claim_holds_nothing_else_and_nothing_for_nothing(world, law, victim, item):
    claim = restitution.begin(victim, by=world.rina, at=world.at)
    with pytest.raises(NotAllowed):
        restitution.itemise(claim, [("medical", Decimal(5), ""), item], by=world.rina, at=world.at)
    assert not claim.items.exists()


def test_what_was_claimed_is_not_rewritten_afterwards(world, law, victim):
    claim = law.claim(victim)
    with pytest.raises(NotAllowed):
        restitution.itemise(claim, [("medical", Decimal(1), "")], by=world.rina, at=world.at)
    assert world.anew(claim).claimed == AWARD


def test_restitution_stands_in_the_verdict_or_not_at_all(world, law, in_court):
    """Art. 48(3)."""
    with pytest.raises(NotAllowed):
        law.note(in_court, "awarded", day=5, amount=AWARD)
    law.follow(in_court.proceeding, "verdict", day=5)
    law.note(in_court, "awarded", day=5, amount=AWARD)
    assert world.anew(in_court).awarded == AWARD
    assert law.state(in_court.victim, "restitution", days=5) == "running"


def test_a_verdict_that_acquits_awards_nothing(world, law, in_court):
    law.follow(in_court.proceeding, "verdict", day=5, outcome="acquitted")
    with pytest.raises(NotAllowed):
        law.note(in_court, "awarded", day=5, amount=AWARD)
    law.note(in_court, "rejected", day=5)
    assert world.anew(in_court).awarded is None


def test_what_is_deposited_at_the_court_is_not_yet_paid(world, law, in_court):
    """Art. 48(5)."""
    law.follow(in_court.proceeding, "verdict", day=5)
    law.note(in_court, "awarded", day=5, amount=AWARD)
    law.note(in_court, "deposited", day=6, amount=AWARD)
    claim = world.anew(in_court)
    assert (claim.deposited, claim.paid, claim.left_to_pay) == (AWARD, 0, AWARD)
    assert law.state(in_court.victim, "payment_proof", days=6) == "not_yet"


def test_after_an_acquittal_on_appeal_the_deposit_goes_back_and_nothing_is_owed_any_more(world, law, in_court):
    """Art. 48(7)."""
    law.follow(in_court.proceeding, "verdict", "appeal", day=5)
    law.note(in_court, "awarded", day=5, amount=AWARD)
    law.note(in_court, "deposited", day=6, amount=AWARD)
    law.note(in_court, "copy_received", day=6)
    with pytest.raises(NotAllowed):
        law.note(in_court, "deposit_returned", day=7)
    law.follow(in_court.proceeding, "verdict_appeal", day=8, outcome="acquitted")
    law.note(in_court, "deposit_returned", day=8)
    assert world.anew(in_court).deposited == 0
    assert world.owed("restitution_paid_after_copy", on=in_court) is None


def test_an_appeal_that_convicts_keeps_the_deposit_where_it_is(world, law, in_court):
    law.follow(in_court.proceeding, "verdict", "appeal", "verdict_appeal", day=5)
    law.note(in_court, "deposited", day=6, amount=AWARD)
    with pytest.raises(NotAllowed):
        law.note(in_court, "deposit_returned", day=8)
    assert world.anew(in_court).deposited == AWARD


def test_fourteen_days_and_thirty_working_days_run_side_by_side(world, law, in_court):
    """Art. 48(6) from the notice of the final verdict; PP 7/2018 Art. 32(1) from the copy."""
    law.follow(in_court.proceeding, "verdict", "final", day=5)
    law.note(in_court, "awarded", day=5, amount=AWARD)
    law.note(in_court, "copy_to_lpsk", day=5)
    law.note(in_court, "verdict_final", day=29)
    law.note(in_court, "copy_received", day=29)
    law_of_2007, rule_of_2018 = (
        world.owed(code, on=in_court) for code in ("restitution_paid", "restitution_paid_after_copy")
    )
    assert law_of_2007.limit_at == end_of("2026-09-15")
    assert rule_of_2018.limit_at == end_of("2026-10-13")
    assert (law_of_2007.rule_as_written.legal_basis, rule_of_2018.rule_as_written.legal_basis) == (
        "UU 21/2007 Art. 48(6)", "PP 7/2018 Art. 32(1)")  # fmt: skip
    line = law.line(in_court.victim, "restitution", days=29)
    assert {law_of_2007, rule_of_2018} <= set(line.clocks)
    assert line.clock == law_of_2007


def test_the_notice_of_a_final_verdict_waits_until_the_verdict_is_final(world, law, in_court):
    law.follow(in_court.proceeding, "verdict", day=5)
    law.note(in_court, "awarded", day=5, amount=AWARD)
    with pytest.raises(NotAllowed):
        law.note(in_court, "verdict_final", day=6)
    assert world.owed("restitution_paid", on=in_court) is None


def test_the_agency_that_keeps_the_case_watches_what_the_offender_owes(world, law, in_court):
    """The offender has no account here."""
    law.follow(in_court.proceeding, "verdict", "final", day=5)
    law.note(in_court, "awarded", day=5, amount=AWARD)
    law.note(in_court, "verdict_final", day=6)
    owed = world.owed("restitution_paid", on=in_court)
    assert owed.owed_by == world.uptd
    assert owed.rule_as_written.owed_from_outside


def test_the_last_rupiah_meets_both_clocks(world, law, victim):
    claim = law.awarded(victim)
    law.note(claim, "copy_received", day=6)
    law.note(claim, "paid", day=10, amount=Decimal(4_000_000))
    assert world.owed("restitution_paid", on=claim)
    assert world.owed("restitution_paid_after_copy", on=claim)
    law.note(claim, "paid", day=12, amount=Decimal(6_000_000))
    assert world.owed("restitution_paid", on=claim) is None
    assert world.owed("restitution_paid_after_copy", on=claim) is None
    assert law.state(victim, "restitution", days=12) == "met"
    assert law.latest("restitution_paid", on=claim).was_met_in_time


def test_lpsk_checks_the_file_in_seven_working_days_and_the_victim_completes_it_in_fourteen(world, law, victim):
    """PP 7/2018 Art. 22; Independence Day and the birthday of the Prophet are no working days."""
    claim = law.claim(victim)
    law.note(claim, "sent_to_lpsk", day=7)
    checked = world.owed("restitution_file_checked", on=claim)
    assert (checked.owed_by, checked.limit_at) == (law.lpsk, end_of("2026-08-20"))
    law.note(claim, "lpsk_asked", day=9)
    assert world.owed("restitution_file_checked", on=claim) is None
    completed = world.owed("restitution_file_completed", on=claim)
    assert (completed.owed_by, completed.limit_at) == (world.uptd, end_of("2026-09-03"))
    law.note(claim, "completed", day=10)
    assert world.owed("restitution_file_completed", on=claim) is None


def test_the_prosecutor_gives_lpsk_the_copy_of_the_verdict_in_seven_working_days(world, law, in_court):
    """PP 7/2018 Art. 30(2)."""
    law.follow(in_court.proceeding, "verdict", day=7)
    law.note(in_court, "awarded", day=7, amount=AWARD)
    owed = world.owed("verdict_copy_to_lpsk", on=in_court)
    assert (owed.owed_by, owed.limit_at) == (law.prosecution, end_of("2026-08-20"))
    law.note(in_court, "copy_to_lpsk", day=8)
    assert world.owed("verdict_copy_to_lpsk", on=in_court) is None


def test_who_never_claimed_is_reminded_that_ninety_days_are_left_after_the_final_verdict(world, law, victim):
    """Perma 1/2022."""
    other = world.victim(victim.case, name="Mawar")
    law.claim(other)
    law.follow(law.proceeding(victim.case), *TO_COURT, "verdict", "final")
    owed = world.owed("restitution_applied_for", on=victim)
    assert (owed.limit_at, owed.rule_as_written.mark) == (end_of("2026-11-07"), "S")
    assert world.owed("restitution_applied_for", on=other) is None
    law.claim(victim, day=20)
    assert world.owed("restitution_applied_for", on=victim) is None


def test_no_more_is_followed_than_one_claim_of_a_victim_in_a_case(world, law, victim):
    law.claim(victim)
    with pytest.raises(NotAllowed):
        restitution.begin(victim, by=world.rina, at=world.at)
