"""Consents in a case: who gives them, what they cover, and what stops when they end."""

from datetime import timedelta

import pytest

from simpul.agencies import exclusions
from simpul.cases import consents, referrals, victims
from simpul.cases.models import Referral
from simpul.confidentiality import parcels
from simpul.journal.models import Entry
from simpul.lib.rules import NotFound
from simpul.persons.models import Consent
from tests.cases.tracks import refused, today

ASKED = {"purpose": "referral", "fields": ["name", "safe_contact"], "given_by": "self"}


def give(world, victim, **told):
    told = ASKED | {"recipient": world.dinsos} | told
    return consents.record(victim, by=world.rina, at=world.at, **told)


def shared(world, victim, *, to=None, fields=("name",), service=None):
    service = service or world.service(victim)
    return referrals.send(
        service, to=to or world.dinsos, need="x", fields=list(fields), basis="consent", by=world.rina, at=world.at
    )


def end(world, victim, consent, **span):
    consents.withdraw(victim, consent, by=world.rina, at=world.later(**span))


def test_a_consent_says_for_what_to_whom_which_data_and_until_when(world):
    victim = world.victim(world.case())
    given = give(world, victim, until_on=today(world, 30))
    assert (given.purpose, given.recipient, given.fields, given.until_on, given.basis) == (
        "referral", world.dinsos, ["name", "safe_contact"], today(world, 30), "consent")  # fmt: skip
    assert Entry.objects.get(act="consent.given").file == f"cases.case:{victim.case_id}"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"purpose": "everything"}, "what the consent is for"),
        ({"fields": ["diary"]}, "data from the list"),
        ({"fields": []}, "Tick the data"),
        ({"basis": "gut_feeling"}, "lawful basis from the list"),
        ({"given_by": "other_basis"}, "another lawful basis by nobody"),
        ({"basis": "vital_interests"}, "another lawful basis by nobody"),
        ({"basis": "vital_interests", "given_by": "other_basis", "reason": " "}, "reason is kept"),
        ({"given_by": "guardian"}, "adult consents in person"),
        ({"given_by": "court"}, "adult consents in person"),
        ({"exception": "Ayahnya pelaku"}, "why no guardian consents"),
        (
            {"basis": "vital_interests", "given_by": "other_basis", "reason": "x", "exception": "Ayahnya pelaku"},
            "why no guardian consents",
        ),
    ],
)
def test_what_is_no_consent_is_refused(world, told, says):
    victim = world.victim(world.case(), childhood="adult")
    with refused(says):
        give(world, victim, **told)
    assert not Consent.objects.exists()


def test_a_consent_holds_until_a_day_to_come(world):
    victim = world.victim(world.case())
    with refused("day is over"):
        give(world, victim, until_on=today(world, -1))
    assert give(world, victim, until_on=today(world))


def test_nothing_is_consented_towards_who_left_or_is_kept_out(world, now):
    victim = world.victim(world.case())
    exclusions.keep_out(victim.case, agency=world.dinsos, by=world.yanti, at=now)
    with refused("kept out"):
        give(world, victim)
    world.hospital.ended_on = now.date()
    with refused("no longer takes part"):
        give(world, victim, recipient=world.hospital)


@pytest.mark.parametrize("childhood", ["child", "disputed"])
def test_for_a_child_a_guardian_consents_or_an_exception_is_recorded(world, childhood):
    victim = world.victim(world.case(), childhood=childhood)
    for given_by in ("self", "court"):
        with refused("parent or guardian consents"):
            give(world, victim, given_by=given_by)
        assert give(world, victim, given_by=given_by, exception="suspected").exception == "suspected"
    with refused("does not consent for the child"):
        give(world, victim, given_by="guardian", exception="suspected")
    assert give(world, victim, given_by="guardian")


def test_another_basis_keeps_its_reason_sealed_and_is_nobodys_consent(world):
    victim = world.victim(world.case())
    given = give(world, victim, basis="vital_interests", given_by="other_basis", reason="Melati pingsan")
    assert world.anew(given).reason.opened() == "Melati pingsan"
    assert "Melati" not in str(Consent.objects.values())
    with refused("No consent on record"):
        shared(world, victim)


def test_while_the_use_of_data_is_restricted_nothing_new_is_agreed_or_sent(world, now):
    victim = world.victim(world.case())
    give(world, victim)
    service = world.service(victim)
    victim.person.restricted_at = now
    victim.person.save(update_fields=["restricted_at"])
    with refused("restricted"):
        give(world, victim)
    with refused("restricted"):
        shared(world, victim, service=service)


def test_a_referral_that_waits_is_taken_back_with_the_consent_and_its_link_opens_no_more(world):
    victim = world.victim(world.case())
    given, referral = give(world, victim), None
    referral = shared(world, victim)
    _parcel, token, code = referrals.link(referral, by=world.rina, at=world.at)
    end(world, victim, given, hours=1)
    referral = world.anew(referral)
    assert (referral.status, world.owed("answer_referral", on=referral)) == ("withdrawn", None)
    assert not Referral.objects.visible_to(world.budi).exists()
    with pytest.raises(parcels.ParcelError):
        parcels.open_(token, code, at=world.later(hours=2))


def test_who_accepted_owes_to_stop_within_72_hours_and_then_reads_no_more(world):
    victim = world.victim(world.case())
    given, referral = give(world, victim), None
    referral = shared(world, victim)
    referrals.accept(referral, by=world.budi, at=world.at)
    assert not referrals.is_to_stop(referral)
    end(world, victim, given, hours=1)
    owed = world.owed("stop_after_withdrawal", on=referral)
    assert (owed.owed_by, owed.watched_by, owed.limit_at) == (world.dinsos, world.uptd, world.later(hours=73))
    assert referrals.is_to_stop(referral)
    referrals.stop(world.anew(referral), by=world.budi, at=world.later(hours=2))
    assert world.owed("stop_after_withdrawal", on=referral) is None
    assert not Referral.objects.visible_to(world.budi).exists()
    assert Referral.objects.visible_to(world.rina).exists()


def test_what_rests_on_something_else_goes_on(world):
    victim = world.victim(world.case())
    given = give(world, victim)
    other = give(world, victim, fields=["name"])
    elsewhere = give(world, victim, recipient=world.hospital)
    covered, to_hospital = shared(world, victim), shared(world, victim, to=world.hospital)
    assert consents.resting_on(given, victim.case, on=today(world)) == []
    end(world, victim, given, hours=1)
    assert {world.anew(covered).status, world.anew(to_hospital).status} == {"sent"}
    assert consents.resting_on(other, victim.case, on=today(world)) == [covered]
    end(world, victim, other, hours=1)
    assert (world.anew(covered).status, world.anew(to_hospital).status) == ("withdrawn", "sent")
    assert elsewhere.withdrawn_at is None


def test_a_referral_on_another_basis_goes_on(world):
    victim = world.victim(world.case())
    given = give(world, victim)
    referral = referrals.send(
        world.service(victim), to=world.dinsos, need="x", fields=["name"], basis="vital_interests", basis_reason="x",
        by=world.rina, at=world.at,
    )  # fmt: skip
    end(world, victim, given, hours=1)
    assert world.anew(referral).status == "sent"


def test_a_consent_ends_in_every_case_of_the_person(world, now):
    victim = world.victim(world.case())
    again = victims.add(world.case(), part="victim", person=victim.person, by=world.rina, at=now)
    given = give(world, victim)
    referral = shared(world, again)
    assert consents.resting_on(given, victim.case, on=today(world)) == []
    end(world, victim, given, hours=1)
    assert world.anew(referral).status == "withdrawn"


def test_a_consent_is_withdrawn_once(world):
    victim = world.victim(world.case())
    given = give(world, victim)
    end(world, victim, given)
    with refused("withdrawn already"):
        end(world, victim, given, hours=1)
    assert world.anew(given).withdrawn_at == world.at


def test_the_consent_of_somebody_else_is_not_found(world):
    given = give(world, world.victim(world.case()))
    with pytest.raises(NotFound):
        end(world, world.victim(world.case()), given)
    assert world.anew(given).withdrawn_at is None


def test_a_consent_for_something_else_stops_no_referral(world):
    victim = world.victim(world.case())
    give(world, victim)
    other = give(world, victim, purpose="interview")
    referral = shared(world, victim)
    end(world, victim, other, hours=1)
    assert world.anew(referral).status == "sent"
    assert consents.resting_on(other, victim.case, on=today(world) + timedelta(days=1)) == []
