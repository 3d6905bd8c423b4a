"""A need goes to another agency: with the fields its service needs, on a lawful basis, and answered in time."""

import pytest

from simpul.cases import access, referrals
from simpul.cases.models import Case, Referral
from simpul.cases.queries import case_list
from simpul.lib.rules import NotAllowed, NotFound
from simpul.obligations.queries import owed_now
from simpul.persons import consents


def a_victim(world):
    return world.victim(
        world.case(), nik="6107064505080001", phone="0812 5555 0101", address="Jalan Rahasia 7", safe_contact="Ibu Ani"
    )


def send(service, world, fields, **basis):
    basis = basis or {"basis": "vital_interests", "basis_reason": "Nyawa terancam."}
    return referrals.send(
        service, to=world.dinsos, need="Pendampingan", fields=fields, by=world.rina, at=world.at, **basis
    )


def test_only_what_the_service_needs_is_sent(world, now):
    service = world.service(a_victim(world))
    for surplus in ("nik", "phone", "address", "passport"):
        with pytest.raises(NotAllowed):
            send(service, world, ["name", surplus])
    referral = send(service, world, ["name", "safe_contact"])
    received = access.referral_for(world.budi, referral.pk, at=now).shared.opened()
    assert received == {"name": "Melati Kusuma", "safe_contact": "Ibu Ani"}


def test_without_consent_or_another_basis_with_its_reason_nothing_is_sent(world, now):
    victim = a_victim(world)
    service = world.service(victim)
    for basis in (
        {"basis": "consent"},
        {"basis": "legal_obligation"},
        {"basis": "legal_obligation", "basis_reason": ""},
    ):
        with pytest.raises(NotAllowed):
            send(service, world, ["name"], **basis)
    assert not Referral.objects.exists()
    consents.give(victim.person, purpose="referral", recipient=world.dinsos, fields=["name"], given_by="self",
                  by=world.rina, at=now)  # fmt: skip
    assert send(service, world, ["name"], basis="consent")


def test_an_agency_learns_of_a_case_only_by_referral_and_then_only_of_that(world, now):
    case = a_victim(world).case
    service = world.service(case.involvements.get())
    assert not Referral.objects.visible_to(world.budi).exists()
    assert not owed_now(world.budi).exists()
    referral = send(service, world, ["name"])
    assert owed_now(world.budi).get().number == case.number
    assert access.referral_for(world.budi, referral.pk, at=now)
    with pytest.raises(NotFound):
        access.case_for(world.budi, case.number, at=now)
    assert not case_list(world.budi, at=now).exists()
    assert Case.objects.visible_to(world.rina, at=now).exists()


def test_what_is_declined_comes_back_to_the_sender_as_something_owed(world, now):
    referral = send(world.service(a_victim(world)), world, ["name"])
    referrals.decline(referral, reason="no_capacity", by=world.budi, at=world.later(hours=2))
    assert "refer_again" in {owed.rule for owed in owed_now(world.rina)}
    assert not owed_now(world.budi).exists()
