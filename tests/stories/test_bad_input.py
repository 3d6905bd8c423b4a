"""Bad input gets a sentence that says what happened and what to do; nothing is lost, and nothing half-written."""

from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from simpul.agencies import exclusions
from simpul.cases import children, consents, files, proceedings, referrals, restitution, services, visits
from simpul.cases.models import Proceeding, Referral, Restitution
from simpul.confidentiality import parcels
from simpul.confidentiality.models import Parcel
from simpul.confidentiality.parcels import ParcelError
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.obligations.models import Obligation
from simpul.persons import identities
from simpul.persons.models import Consent
from tests.stories.law import AWARD, TO_COURT

BORN = date(2010, 5, 1)
BEFORE = date(2009, 3, 1)
TOMORROW = date(2026, 8, 4)


@contextmanager
def refused(*words, as_=NotAllowed):
    """A refusal whose sentence holds some words, and which leaves no trace in any book."""
    entries, clocks = Entry.objects.count(), list(Obligation.objects.order_by("pk").values())
    with pytest.raises(as_) as problem:
        yield
    sentence = str(problem.value)
    assert sentence.endswith((".", "?", ")"))
    for word in words:
        assert word in sentence
    assert Entry.objects.count() == entries
    assert list(Obligation.objects.order_by("pk").values()) == clocks


@pytest.fixture
def victim(world):
    return world.victim(world.case(), birth_date=BORN, childhood="child")


@pytest.fixture
def claim(world, law):
    return law.awarded(world.victim(world.case()))


def test_nothing_happened_before_birth(world, law, victim):
    service = world.service(victim, kind="health")
    case, by, at = victim.case, world.rina, world.at
    with refused("2010"):
        files.describe(case, act_on=BEFORE, by=by, at=at)
    with refused("2010"):
        children.decide_age(victim, childhood="child", ground="own_word", act_on=BEFORE, by=by, at=at)
    with refused("2010"):
        services.note_step(service, kind="examined", on=BEFORE, by=by, at=at)
    with refused("2010"):
        proceedings.note_examination(victim, on=BEFORE, place="special_room", by=by, at=at)
    with refused("2010"):
        visits.note(victim, on=BEFORE, result="well", by=by, at=at)
    assert world.anew(case).act_on is None


def test_nothing_has_happened_tomorrow(world, law, victim, claim):
    service = world.service(victim, kind="health")
    proceeding = law.proceeding(victim.case)
    case, by, at = victim.case, world.rina, world.at
    with refused():
        files.describe(case, act_on=TOMORROW, by=by, at=at)
    with refused():
        children.decide_age(victim, childhood="child", ground="own_word", act_on=TOMORROW, by=by, at=at)
    with refused():
        services.note_step(service, kind="examined", on=TOMORROW, by=by, at=at)
    with refused():
        proceedings.begin(case, act_on=TOMORROW, offences=[], by=by, at=at)
    with refused():
        proceedings.note_step(proceeding, kind="investigation", on=TOMORROW, by=by, at=at)
    with refused():
        restitution.note_step(
            claim, kind="paid", on=date(2026, 8, 20), amount=Decimal(1), by=by, at=world.later(days=9)
        )
    with refused():
        visits.note(victim, on=TOMORROW, result="well", by=by, at=at)


def test_a_verdict_comes_after_a_charge(world, law):
    proceeding = law.proceeding(world.case())
    with refused("Pelimpahan perkara"):
        law.follow(proceeding, "verdict", day=9)
    law.follow(proceeding, *TO_COURT)
    with refused("Pelimpahan perkara"):
        # The charge is of the fourth day.
        proceedings.note_step(proceeding, kind="verdict", on=date(2026, 8, 6), outcome="convicted", by=world.rina,
                              at=world.later(days=9))  # fmt: skip
    law.follow(proceeding, "verdict", day=9)
    assert world.anew(proceeding).step == "verdict"


def test_no_step_lies_before_the_act(world, law):
    proceeding = law.proceeding(world.case())
    with refused("01-06-2026"):
        proceedings.note_step(proceeding, kind="inquiry", on=date(2026, 5, 31), by=world.rina, at=world.at)
    assert not proceeding.steps.exists()


@pytest.mark.parametrize(("kind", "told"), [
    ("verdict", {"outcome": ""}), ("verdict", {"outcome": "menang"}), ("demand", {"outcome": "convicted"}),
    ("verdict", {"outcome": "acquitted", "prison_months": 12}),
])  # fmt: skip
def test_a_verdict_says_how_it_decided_and_nothing_else_does(world, law, kind, told):
    proceeding = law.proceeding(world.case())
    law.follow(proceeding, *TO_COURT)
    with refused():
        proceedings.note_step(proceeding, kind=kind, on=date(2026, 8, 8), by=world.rina, at=world.later(days=5), **told)
    assert world.anew(proceeding).step == "charge"


def test_after_the_end_only_a_review_follows(world, law):
    proceeding = law.proceeding(world.case())
    law.follow(proceeding, *TO_COURT, "verdict", "final")
    with refused():
        law.follow(proceeding, "appeal", day=9)
    assert law.follow(proceeding, "review", day=9)


def test_a_payment_above_the_award_is_refused_with_what_is_left(world, law, claim):
    law.note(claim, "paid", day=8, amount=Decimal(9_500_000))
    with refused("Rp500.000"):
        law.note(claim, "paid", day=9, amount=Decimal(500_001))
    assert Restitution.objects.get().paid == Decimal(9_500_000)


@pytest.mark.parametrize("amount", [None, Decimal(0), Decimal(-1)])
def test_a_payment_of_nothing_is_none(law, claim, amount):
    with refused():
        law.note(claim, "paid", day=8, amount=amount)
    assert Restitution.objects.get().paid == 0


def test_nothing_is_awarded_twice_and_nothing_both_awarded_and_rejected(law, claim):
    for kind, amount in (("awarded", AWARD), ("rejected", None)):
        with refused():
            law.note(claim, kind, day=8, amount=amount)


def test_a_referral_does_not_go_to_ones_own_agency(world, victim):
    service = world.service(victim)
    with refused():
        referrals.send(service, to=world.uptd, need="x", fields=["sex"], basis="public_task", basis_reason="x",
                       by=world.rina, at=world.at)  # fmt: skip
    assert not Referral.objects.exists()


def consent(victim, world, **told):
    told = {"purpose": "referral", "recipient": world.dinsos, "fields": ["name"], "given_by": "guardian"} | told
    return consents.record(victim, by=world.rina, at=world.at, **told)


def test_no_consent_for_a_recipient_that_is_kept_out_or_takes_part_no_more(world, victim):
    exclusions.keep_out(victim.case, agency=world.police, by=world.yanti, at=world.at)
    with refused("Polres Bengkayang"):
        consent(victim, world, recipient=world.police)
    world.hospital.ended_on = date(2026, 7, 1)
    world.hospital.save(update_fields=["ended_on"])
    with refused("RSUD Bengkayang"):
        consent(victim, world, recipient=world.hospital)
    assert not Consent.objects.exists()
    assert consent(victim, world)


@pytest.mark.parametrize("told", [
    {"purpose": "iseng"}, {"fields": []}, {"fields": ["name", "wajah"]}, {"until_on": date(2026, 8, 2)},
])  # fmt: skip
def test_no_consent_for_nothing_for_no_purpose_or_for_yesterday(world, victim, told):
    with refused():
        consent(victim, world, **told)
    assert not Consent.objects.exists()


def link(world, victim):
    consent(victim, world)
    referral = referrals.send(world.service(victim), to=world.dinsos, need="x", fields=["name"], basis="consent",
                              by=world.rina, at=world.at)  # fmt: skip
    _parcel, token, code = referrals.link(referral, by=world.rina, at=world.at)
    return token, code


def test_a_link_that_was_opened_says_when_and_that_somebody_else_may_have_been_there(world, victim):
    token, code = link(world, victim)
    assert parcels.open_(token, code, at=world.later(hours=1))
    with refused("3 Agustus 2026, 10:00", as_=ParcelError):
        parcels.open_(token, code, at=world.later(hours=2))


def test_a_qr_of_another_installation_says_so(world, victim, settings):
    own, settings.SECRET_KEY = settings.SECRET_KEY, "another installation " * 3
    token, code = link(world, victim)
    settings.SECRET_KEY = own
    with refused(str(parcels.SENTENCES["elsewhere"]), as_=ParcelError):
        parcels.open_(token, code, at=world.at)
    assert Parcel.objects.get().wrong_codes == 0


def test_a_letter_that_was_misread_is_told_from_a_link_that_never_was(world, victim):
    token, code = link(world, victim)
    swapped = token[1] + token[0] + token[2:] if token[0] != token[1] else "Z" + token[1:]
    with pytest.raises(ParcelError) as why:
        parcels.open_(swapped, code, at=world.at)
    assert why.value.why == "mistyped"
    assert parcels.open_(token.lower(), code, at=world.at)


def end_of(day):
    return datetime.fromisoformat(f"{day} 23:59:59").replace(tzinfo=ZoneInfo("Asia/Pontianak"))


def test_a_payment_struck_out_takes_the_sum_back_and_the_clock_stands_as_before(world, law, claim):
    before = Obligation.objects.filter(rule="restitution_paid").values().get()
    step = law.note(claim, "paid", day=8, amount=AWARD)
    assert world.owed("restitution_paid", on=claim) is None
    restitution.strike_step(step, by=world.rina, at=world.later(days=9))
    assert Obligation.objects.filter(rule="restitution_paid").values().get() == before
    assert (world.anew(claim).paid, world.anew(claim).step) == (0, "verdict_final")
    assert world.owed("give_payment_proof", on=claim) is None


def test_a_notice_that_was_none_begins_no_clock(world, law, claim):
    step = claim.steps.get(kind="verdict_final")
    restitution.strike_step(step, by=world.rina, at=world.later(days=7))
    assert world.owed("restitution_paid", on=claim) is None
    law.pass_(days=60)
    assert world.owed("tell_court_unpaid", on=claim) is None


def test_an_answer_of_lpsk_struck_out_is_owed_again_on_its_own_clock(world, law, victim):
    service = world.service(victim, kind="lpsk_protection", provider=law.lpsk)
    services.note_step(service, kind="lpsk_protection_asked", on=date(2026, 8, 3), by=world.rina, at=world.at)
    step = services.note_step(service, kind="lpsk_protection_decided", on=date(2026, 8, 4), by=world.rina,
                              at=world.later(days=1))  # fmt: skip
    assert world.owed("lpsk_protection_decision", on=service) is None
    services.strike_step(step, by=world.rina, at=world.later(days=2))
    assert world.owed("lpsk_protection_decision", on=service).limit_at == end_of("2026-08-10")


def test_a_file_that_was_never_sent_makes_the_prosecutor_owe_nothing(world, law, victim):
    proceeding = law.proceeding(victim.case)
    step = law.follow(proceeding, "investigation", "file_sent")
    assert world.owed("tell_of_restitution", on=victim)
    proceedings.strike_step(step, by=world.rina, at=world.later(days=3))
    assert world.owed("tell_of_restitution", on=victim) is None
    assert world.anew(proceeding).step == "investigation"


def test_where_two_files_were_sent_striking_one_leaves_what_the_other_began(world, law, victim):
    law.follow(law.proceeding(victim.case), "investigation", "file_sent")
    step = law.follow(law.proceeding(victim.case), "investigation", "file_sent", day=3)
    proceedings.strike_step(step, by=world.rina, at=world.later(days=5))
    assert world.owed("tell_of_restitution", on=victim)


def test_only_the_last_of_what_rests_on_each_other_is_struck_out(world, law):
    proceeding = law.proceeding(world.case())
    law.follow(proceeding, *TO_COURT)
    step = proceeding.steps.get(kind="p21")
    with refused("Pelimpahan perkara"):
        proceedings.strike_step(step, by=world.rina, at=world.later(days=5))
    assert proceeding.steps.count() == 4


def test_a_victim_who_was_forced_is_accused_of_nothing(world, law, victim):
    """UU 21/2007 Art. 18."""
    with refused():
        law.proceeding(victim.case, accused=victim)
    assert not Proceeding.objects.exists()


@pytest.mark.parametrize("nik", ["123", "61070645050800012", "nomor tidak tahu 1"])
def test_a_nik_of_the_wrong_length_says_how_many_digits_were_typed(world, victim, nik):
    with pytest.raises(identities.IdentityError) as problem:
        world.victim(victim.case, name="Mawar", nik=nik)
    assert str(sum(letter.isdigit() for letter in nik)) in str(problem.value)
    assert victim.case.involvements.count() == 1
