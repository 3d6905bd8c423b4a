"""Restitution from the first word of it to the last rupiah, and its enforcement where it is not paid."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from simpul.cases import proceedings, restitution, victims
from simpul.journal.models import Entry
from simpul.obligations import jobs
from simpul.obligations.models import Obligation
from tests.cases.tracks import MILLION, a_claim, a_proceeding, a_step, an_agency, pay, refused, today

AWARDED = ("claimed", ("awarded", 4 * MILLION))


def july(day):
    return date(2026, 7, day)


def states(claim):
    """What stands and what was settled on a claim: (rule, state)."""
    return set(Obligation.objects.filter(subject=f"cases.restitution:{claim.pk}").values_list("rule", "state"))


def standing(claim):
    return {rule for rule, state in states(claim) if state in Obligation.STANDING}


def strike(world, claim, kind, *, at=None):
    step = claim.steps.filter(kind=kind).order_by("-pk").first()
    restitution.strike_step(step, by=world.rina, at=at or world.at)


def figures(claim):
    claim = type(claim).objects.get(pk=claim.pk)
    return claim.claimed, claim.awarded, claim.paid, claim.step


def test_a_victim_has_one_claim(world, now):
    claim = a_claim(world)
    with refused("followed already"):
        restitution.begin(claim.victim, by=world.rina, at=now)


def test_restitution_is_a_victims(world, now):
    witness = victims.add(world.case(), part="witness", name="x", by=world.rina, at=now)
    with refused("belongs to a victim"):
        restitution.begin(witness, by=world.rina, at=now)


def test_it_is_decided_in_a_proceeding_of_this_case(world, now):
    elsewhere, claim = a_proceeding(world), a_claim(world)
    with refused("proceeding of this case"):
        a_claim(world, proceeding=elsewhere)
    with refused("proceeding of this case"):
        restitution.attach(claim, elsewhere, by=world.rina, at=now)
    own = a_proceeding(world, claim.case)
    restitution.attach(claim, own, by=world.rina, at=now)
    assert world.anew(claim).proceeding == own


def test_a_claim_is_the_sum_of_its_items_and_their_words_are_sealed(world):
    claim = world.anew(a_claim(world))
    assert (claim.claimed, claim.items.count()) == (5 * MILLION, 2)
    assert claim.items.get(head="income").note.opened() == "Gaji"
    assert "Gaji" not in str(claim.items.values())
    restitution.itemise(claim, [("other", Decimal("1.50"), "")], by=world.rina, at=world.at)
    assert (world.anew(claim).claimed, claim.items.count()) == (Decimal("1.50"), 1)


@pytest.mark.parametrize(
    ("head", "amount", "says"),
    [("pain", 1, "from the list"), ("income", 0, "more than nothing"), ("income", -1, "more than nothing")],
)
def test_an_item_is_a_loss_of_the_list_and_more_than_nothing(world, head, amount, says):
    claim = a_claim(world)
    with refused(says):
        restitution.itemise(claim, [(head, Decimal(amount), "")], by=world.rina, at=world.at)
    assert claim.items.count() == 2


def test_a_claim_that_was_filed_is_changed_by_striking_that_out_first(world):
    claim = a_claim(world, "claimed")
    with refused("filed already"):
        restitution.itemise(claim, [], by=world.rina, at=world.at)
    strike(world, claim, "claimed")
    restitution.itemise(claim, [("income", MILLION, "")], by=world.rina, at=world.at)
    assert world.anew(claim).claimed == MILLION


def test_nothing_is_claimed_without_items_and_a_struck_claim_is_the_sum_of_its_items_again(world):
    claim = a_claim(world, items=False)
    with refused("itemise it first"):
        pay(world, claim, "claimed")
    claim = a_claim(world)
    pay(world, claim, "claimed", 9 * MILLION)
    assert figures(claim)[0] == 9 * MILLION
    strike(world, claim, "claimed")
    assert figures(claim) == (5 * MILLION, None, 0, "")


def test_amounts_belong_to_the_steps_that_have_one(world):
    claim = a_claim(world, "claimed")
    with refused("has no amount"):
        pay(world, claim, "informed", MILLION)
    for amount in (None, Decimal(0), Decimal(-1)):
        with refused("amount in rupiah"):
            pay(world, claim, "awarded", amount)
    for step in (("awarded", MILLION), ("warned",), ("seized",)):
        pay(world, claim, *step)
    with refused("less than nothing"):
        pay(world, claim, "auctioned", Decimal(-1))
    assert pay(world, claim, "auctioned").amount is None


def test_what_happens_once_is_noted_once(world):
    claim = a_claim(world, *AWARDED)
    with refused("noted already"):
        pay(world, claim, "awarded", MILLION)
    assert [pay(world, claim, "paid", MILLION) for _i in range(2)]


def test_what_is_paid_never_exceeds_the_award(world):
    claim = a_claim(world, *AWARDED, ("paid", 3 * MILLION))
    with refused("Only Rp1.000.000,00"):
        pay(world, claim, "paid", MILLION + Decimal("0.01"))
    pay(world, claim, "paid", MILLION)
    with refused("Only Rp0,00"):
        pay(world, claim, "paid", Decimal("0.01"))
    assert "paid" not in restitution.next_steps(world.anew(claim), at=world.at)
    assert world.anew(claim).is_paid


def test_figures_are_read_from_the_steps(world):
    claim = a_claim(world, "informed", "claimed", "sent_to_lpsk", ("assessed", 4 * MILLION), ("demanded", 3 * MILLION),
                    ("deposited", 2 * MILLION), ("awarded", 2 * MILLION), ("paid", MILLION))  # fmt: skip
    claim = world.anew(claim)
    assert (claim.claimed, claim.assessed, claim.demanded, claim.awarded, claim.deposited, claim.paid) == (
        5 * MILLION, 4 * MILLION, 3 * MILLION, 2 * MILLION, 2 * MILLION, MILLION)  # fmt: skip
    assert claim.left_to_pay == MILLION
    strike(world, claim, "demanded")
    assert world.anew(claim).demanded is None


def test_an_award_rests_on_a_conviction_where_a_proceeding_is_followed(world):
    case = world.case()
    found = a_proceeding(world, case, upto="charge")
    claim = a_claim(world, victim=world.victim(case), proceeding=found)
    pay(world, claim, "claimed", on=july(3))
    with refused("has no step"):
        pay(world, claim, "awarded", MILLION)
    a_step(world, found, "verdict", july(5), outcome="acquitted")
    with refused("has no step.*Convicted"):
        pay(world, claim, "awarded", MILLION)
    proceedings.strike_step(found.steps.get(kind="verdict"), by=world.rina, at=world.at)
    a_step(world, found, "verdict", july(5), outcome="convicted")
    with refused("before the verdict of 05-07-2026"):
        pay(world, claim, "awarded", MILLION, july(4))
    pay(world, claim, "awarded", MILLION, july(5))
    with refused("has no step.*Final"):
        pay(world, claim, "verdict_final", on=july(9))


def test_a_deposit_goes_back_after_an_acquittal_on_appeal(world):
    case = world.case()
    found = a_proceeding(world, case, upto="verdict")
    claim = a_claim(world, "claimed", ("deposited", MILLION), victim=world.victim(case), proceeding=found)
    with refused("has no step"):
        pay(world, claim, "deposit_returned")
    a_step(world, found, "appeal", july(6))
    a_step(world, found, "verdict_appeal", july(7), outcome="acquitted")
    pay(world, claim, "deposit_returned")
    assert world.anew(claim).deposited == 0
    with refused("exclude each other"):
        pay(world, a_claim(world, *AWARDED, ("deposited", MILLION), ("paid", MILLION)), "deposit_returned")


def test_what_was_rejected_is_not_awarded(world):
    with refused("exclude each other"):
        pay(world, a_claim(world, "claimed", "rejected"), "awarded", MILLION)


def test_being_told_and_claiming_meet_what_others_owed_the_victim(world):
    case = world.case()
    victim = world.victim(case)
    a_proceeding(world, case, upto="final")
    claim = a_claim(world, victim=victim)
    for kind, clock in (("informed", "tell_of_restitution"), ("claimed", "restitution_applied_for")):
        assert world.owed(clock, on=victim)
        pay(world, claim, kind)
        assert world.owed(clock, on=victim) is None
        strike(world, claim, kind)
        assert world.owed(clock, on=victim)


def test_lpsk_checks_in_seven_working_days_and_the_claim_is_completed_in_fourteen(world):
    lpsk = an_agency(world, "LPSK", "lpsk", place="61")
    claim = a_claim(world, "claimed", "sent_to_lpsk")
    owed = world.owed("restitution_file_checked", on=claim)
    assert (owed.owed_by, owed.watched_by, owed.limit_at.date()) == (lpsk, world.uptd, date(2026, 8, 12))
    pay(world, claim, "lpsk_asked")
    assert standing(claim) == {"restitution_file_completed"}
    pay(world, claim, "completed")
    assert standing(claim) == set()


def test_fourteen_days_and_thirty_working_days_run_side_by_side(world):
    claim = a_claim(world, *AWARDED, "verdict_final", "copy_received")
    assert world.owed("restitution_paid", on=claim).limit_at.date() == date(2026, 8, 17)
    assert world.owed("restitution_paid_after_copy", on=claim).limit_at.date() > date(2026, 9, 10)
    assert world.owed("verdict_copy_to_lpsk", on=claim)
    pay(world, claim, "copy_to_lpsk")
    assert standing(claim) == {"restitution_paid", "restitution_paid_after_copy"}


def test_an_unpaid_award_is_told_warned_of_and_seized(world):
    court = an_agency(world, "PN Bengkayang", "court")
    claim = a_claim(world, *AWARDED, "verdict_final", "copy_to_lpsk")
    at = world.later(days=15)
    jobs.tick(at=at)
    assert standing(claim) == {"restitution_paid", "tell_court_unpaid"}
    pay(world, claim, "court_told", at=at)
    warns = world.owed("court_warns", on=claim)
    assert (warns.owed_by, warns.watched_by) == (court, world.uptd)
    pay(world, claim, "warned", at=at)
    assert standing(claim) == {"restitution_paid", "restitution_paid_after_warning"}
    jobs.tick(at=at + timedelta(days=15))
    assert "seize_assets" in standing(claim)
    pay(world, claim, "seized", at=at + timedelta(days=15))
    assert "seize_assets" not in standing(claim)


def test_every_payment_is_proven_and_the_last_rupiah_ends_the_rest(world):
    claim = a_claim(world, *AWARDED, "verdict_final", "copy_to_lpsk")
    pay(world, claim, "paid", 3 * MILLION)
    assert standing(claim) == {"restitution_paid", "give_payment_proof"}
    pay(world, claim, "proof_given")
    assert standing(claim) == {"restitution_paid"}
    pay(world, claim, "paid", MILLION)
    assert standing(claim) == {"give_payment_proof"}


def test_what_was_paid_before_it_was_final_is_not_owed_once_more(world):
    claim = a_claim(world, *AWARDED, ("paid", 4 * MILLION), "proof_given", "copy_to_lpsk")
    for kind in ("verdict_final", "copy_received", "court_told", "warned"):
        pay(world, claim, kind)
    assert standing(claim) == set()


def test_what_could_not_be_collected_is_owed_no_more(world):
    claim = a_claim(world, *AWARDED, "verdict_final", "copy_to_lpsk")
    jobs.tick(at=world.later(days=15))
    pay(world, claim, "failed", at=world.later(days=16))
    assert standing(claim) == set()


def test_a_step_on_which_another_rests_is_struck_out_after_it(world):
    claim = a_claim(world, *AWARDED, ("paid", MILLION))
    with refused("Strike that out first"):
        strike(world, claim, "awarded")
    for kind in ("paid", "awarded"):
        strike(world, claim, kind)
    assert figures(claim) == (5 * MILLION, None, 0, "claimed")
    assert Entry.objects.filter(act="restitution.step_noted", facts__struck=True).count() == 2


@pytest.mark.parametrize(
    ("before", "step"),
    [
        (("claimed",), ("sent_to_lpsk",)),
        (("claimed", "sent_to_lpsk"), ("lpsk_asked",)),
        (("claimed", "sent_to_lpsk"), ("assessed", MILLION)),
        (("claimed",), ("awarded", MILLION)),
        (AWARDED, ("verdict_final",)),
        (AWARDED, ("copy_received",)),
        (AWARDED, ("copy_to_lpsk",)),
        ((*AWARDED, "verdict_final"), ("paid", MILLION)),
        ((*AWARDED, "verdict_final"), ("paid", 4 * MILLION)),
        ((*AWARDED, ("paid", MILLION)), ("proof_given",)),
        ((*AWARDED, ("paid", MILLION)), ("paid", MILLION)),
        ((*AWARDED, "warned"), ("warned",)),
        ((*AWARDED, "court_told"), ("court_told",)),
        ((*AWARDED, "verdict_final", "court_told"), ("warned",)),
        ((*AWARDED, "verdict_final", "warned"), ("seized",)),
        ((*AWARDED, "verdict_final"), ("failed",)),
    ],
    ids=str,
)
def test_a_struck_step_leaves_figures_and_clocks_as_if_it_had_never_been_noted(world, before, step):
    claim = a_claim(world, *before)
    was = figures(claim), standing(claim)
    pay(world, claim, *step, at=world.later(hours=1))
    strike(world, claim, step[0], at=world.later(hours=2))
    assert (figures(claim), standing(claim)) == was


def test_the_way_of_enforcement_stands_again_when_a_payment_was_a_mistake(world):
    """What the court was told already is not owed a second time."""
    claim = a_claim(world, *AWARDED, "verdict_final", "copy_to_lpsk")
    at = world.later(days=15)
    jobs.tick(at=at)
    for kind in ("court_told", "warned"):
        pay(world, claim, kind, at=at)
    later = at + timedelta(days=15)
    jobs.tick(at=later)
    was = standing(claim)
    assert was == {"restitution_paid", "restitution_paid_after_warning", "seize_assets"}
    pay(world, claim, "paid", 4 * MILLION, at=later)
    strike(world, claim, "paid", at=later + timedelta(hours=1))
    assert standing(claim) == was
    jobs.tick(at=later + timedelta(days=1))
    assert standing(claim) == was


def test_what_may_come_next_is_offered(world):
    claim = a_claim(world, "claimed")
    offered = restitution.next_steps(claim, at=world.at)
    assert {"sent_to_lpsk", "awarded", "rejected", "deposited"} <= set(offered)
    assert not {"claimed", "paid", "seized", "verdict_final"} & set(offered)


def test_days_are_possible_ones(world):
    claim = a_claim(world, "claimed")
    with refused("in the future"):
        pay(world, claim, "awarded", MILLION, today(world, 1))
    with refused("cannot be earlier"):
        pay(world, claim, "awarded", MILLION, today(world, -1))
