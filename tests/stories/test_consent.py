"""Consent is data: for what, towards whom, which fields, until when, given by whom; and it ends when it is withdrawn.

UU 27/2022 Art. 20 to 25 and 40; for children UU 31/2014 Art. 29A.
"""

from datetime import date

import pytest

from simpul.cases import consents, referrals
from simpul.cases.models import Referral
from simpul.confidentiality import parcels
from simpul.lib.rules import NotAllowed
from simpul.obligations.rules import rule
from simpul.persons.models import Consent
from simpul.reference import catalogues

EXCEPTIONS = ["suspected", "obstructing", "unfit", "absent", "unknown"]


@pytest.fixture
def victim(world):
    return world.victim(world.case(), childhood="adult", safe_contact="Ibu Ani, sore hari")


@pytest.fixture
def child(world):
    return world.victim(world.case(), childhood="child", birth_date=date(2012, 5, 1))


def give(victim, world, *, at=None, **told):
    told = {"purpose": "referral", "recipient": world.dinsos, "fields": ["name"], "given_by": "self"} | told
    return consents.record(victim, by=world.rina, at=at or world.at, **told)


def send(victim, world, *, to=None, fields=("name",), day=0, **told):
    at = world.later(days=day)
    basis = {"basis": "consent"} | told
    return referrals.send(world.service(victim, at=at), to=to or world.dinsos, need="Pendampingan",
                          fields=list(fields), by=world.rina, at=at, **basis)  # fmt: skip


def withdraw(victim, consent, world, *, day=1):
    consents.withdraw(victim, consent, by=world.rina, at=world.later(days=day))


def test_a_consent_lets_its_fields_go_to_its_recipient(world, victim):
    give(victim, world, fields=["name", "safe_contact"])
    assert send(victim, world, fields=["name", "safe_contact"]).shared.opened() == {
        "name": "Melati Kusuma", "safe_contact": "Ibu Ani, sore hari"}  # fmt: skip


def test_to_no_other_recipient(world, victim):
    give(victim, world)
    with pytest.raises(NotAllowed):
        send(victim, world, to=world.hospital)


def test_no_other_field(world, victim):
    give(victim, world)
    with pytest.raises(NotAllowed):
        send(victim, world, fields=["name", "safe_contact"])


def test_for_no_other_purpose(world, victim):
    give(victim, world, purpose="family_contact")
    with pytest.raises(NotAllowed):
        send(victim, world)


def test_not_a_day_longer(world, victim):
    give(victim, world, until_on=date(2026, 8, 10))
    assert send(victim, world, day=7)
    with pytest.raises(NotAllowed):
        send(victim, world, day=8)


def test_without_any_nothing_is_sent(world, victim):
    with pytest.raises(NotAllowed):
        send(victim, world)
    assert not Referral.objects.exists()


def test_another_basis_is_recorded_with_its_reason_and_is_no_consent(world, victim):
    """UU 27/2022 Art. 20."""
    with pytest.raises(NotAllowed):
        give(victim, world, basis="vital_interests", given_by="other_basis")
    made = give(victim, world, basis="vital_interests", given_by="other_basis", reason="Pendarahan, tidak sadar.")
    assert made.reason.opened() == "Pendarahan, tidak sadar."
    with pytest.raises(NotAllowed):
        send(victim, world)
    sent = send(victim, world, basis="vital_interests", basis_reason="Pendarahan, tidak sadar.")
    assert sent.basis_reason.opened() == "Pendarahan, tidak sadar."


@pytest.mark.parametrize("told", [
    {"basis": "consent", "given_by": "other_basis"}, {"basis": "public_task", "given_by": "self", "reason": "Tugas."},
    {"basis": "because I say so", "given_by": "other_basis", "reason": "Tugas."},
])  # fmt: skip
def test_a_consent_is_given_by_somebody_and_another_basis_by_nobody(world, victim, told):
    with pytest.raises(NotAllowed):
        give(victim, world, **told)
    assert not Consent.objects.exists()


@pytest.mark.parametrize("given_by", ["guardian", "court"])
def test_nobody_consents_in_the_place_of_an_adult(world, victim, given_by):
    with pytest.raises(NotAllowed):
        give(victim, world, given_by=given_by)
    assert give(victim, world, given_by="self")


def test_for_a_child_its_guardian_consents(world, child):
    """UU 27/2022 Art. 25."""
    with pytest.raises(NotAllowed):
        give(child, world, given_by="self")
    assert give(child, world, given_by="guardian")


def test_who_may_be_a_child_is_treated_as_one(world):
    disputed = world.victim(world.case(), childhood="disputed")
    with pytest.raises(NotAllowed):
        give(disputed, world, given_by="self")
    assert give(disputed, world, given_by="guardian")


@pytest.mark.parametrize("exception", EXCEPTIONS)
@pytest.mark.parametrize("given_by", ["self", "court"])
def test_where_no_guardian_can_the_child_or_the_court_does_and_the_reason_is_kept(world, child, exception, given_by):
    """UU 31/2014 Art. 29A: suspected, obstructing, unfit, absent, unknown."""
    assert give(child, world, given_by=given_by, exception=exception).exception == exception
    assert [term.code for term in catalogues.terms("guardian_exceptions")] == EXCEPTIONS


def test_a_guardian_who_is_suspected_does_not_consent(world, child):
    with pytest.raises(NotAllowed):
        give(child, world, given_by="guardian", exception="suspected")
    assert not Consent.objects.exists()


def test_the_court_needs_its_reason_too(world, child):
    with pytest.raises(NotAllowed):
        give(child, world, given_by="court")
    with pytest.raises(NotAllowed):
        give(child, world, given_by="court", exception="kata paman")


def test_after_it_was_withdrawn_nothing_new_is_shared(world, victim):
    consent = give(victim, world)
    assert send(victim, world)
    withdraw(victim, consent, world)
    with pytest.raises(NotAllowed):
        send(victim, world, day=1)


def test_a_referral_that_waits_for_an_answer_is_taken_back(world, victim):
    consent = give(victim, world)
    referral = send(victim, world)
    assert Referral.objects.visible_to(world.budi).exists()
    withdraw(victim, consent, world)
    assert world.anew(referral).status == "withdrawn"
    assert world.owed("answer_referral", on=referral) is None
    assert not Referral.objects.visible_to(world.budi).exists()


def test_a_link_to_it_opens_nothing_any_more(world, victim):
    consent = give(victim, world)
    _parcel, token, code = referrals.link(send(victim, world), by=world.rina, at=world.at)
    withdraw(victim, consent, world)
    with pytest.raises(parcels.ParcelError) as refused:
        parcels.open_(token, code, at=world.later(days=1))
    assert refused.value.why == "withdrawn"


def test_an_agency_that_accepted_one_stops_within_72_hours(world, victim):
    """UU 27/2022 Art. 40."""
    consent = give(victim, world)
    referral = send(victim, world)
    referrals.accept(referral, by=world.budi, at=world.later(hours=2))
    withdraw(victim, consent, world)
    owed = world.owed("stop_after_withdrawal", on=referral)
    assert (owed.owed_by, owed.watched_by, owed.limit_at) == (world.dinsos, world.uptd, world.later(hours=24 + 72))
    assert rule("stop_after_withdrawal").legal_basis == "UU 27/2022 Art. 40"


def test_what_rests_on_another_consent_or_another_basis_goes_on(world, victim):
    consent = give(victim, world)
    give(victim, world, recipient=world.hospital)
    elsewhere = send(victim, world, to=world.hospital)
    without = send(victim, world, basis="vital_interests", basis_reason="Nyawa terancam.")
    withdraw(victim, consent, world)
    assert {world.anew(each).status for each in (elsewhere, without)} == {"sent"}


def test_what_two_consents_cover_rests_on_the_one_that_is_left(world, victim):
    consent = give(victim, world)
    give(victim, world, recipient=None)
    referral = send(victim, world)
    withdraw(victim, consent, world)
    assert world.anew(referral).status == "sent"


def test_what_went_to_another_agency_does_not_rest_on_this_one(world, victim):
    """Nor when the consent it did rest on has run out since."""
    consent = give(victim, world)
    give(victim, world, recipient=world.hospital, until_on=date(2026, 8, 5))
    referral = send(victim, world, to=world.hospital)
    withdraw(victim, consent, world, day=9)
    assert world.anew(referral).status == "sent"


def test_a_withdrawal_takes_no_service_away(world, victim):
    consent = give(victim, world)
    referral = send(victim, world)
    withdraw(victim, consent, world)
    assert world.anew(referral.service).state == "requested"


def test_it_is_withdrawn_once(world, victim):
    consent = give(victim, world)
    withdraw(victim, consent, world)
    with pytest.raises(NotAllowed):
        withdraw(victim, consent, world, day=9)
    assert world.anew(consent).withdrawn_at == world.later(days=1)
