"""Referrals: only the fields a service needs, on a lawful basis, answered once and in time."""

from datetime import UTC, date, datetime
from functools import partial

import pytest

from simpul.agencies import exclusions
from simpul.cases import referrals, rights, services
from simpul.cases.models import Referral
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.persons import consents
from tests.lasting import at_once, lasting, transactional_db  # noqa: F401

FIELDS = ["name", "sex", "safe_contact"]
WITHOUT = {"basis": "vital_interests", "basis_reason": "Nyawa terancam."}


def a_service(world, **told):
    identity = {"name": "Melati Kusuma", "sex": "P", "safe_contact": "lewat Ibu Ani", "nik": "6107064505080001"}
    return world.service(world.victim(world.case(), **(identity | told)), need="Pendampingan")


def send(service, world, *, to=None, fields=(), by=None, at=None, **more):
    more = more or WITHOUT
    return referrals.send(
        service, to=to or world.dinsos, need="Pendampingan", fields=list(fields), by=by or world.rina,
        at=at or world.at, **more,
    )  # fmt: skip


def consent(service, world, *, fields=FIELDS, recipient=None, **more):
    return consents.give(
        service.victim.person, purpose="referral", recipient=recipient or world.dinsos, fields=fields,
        given_by="self", by=world.rina, at=world.at, **more,
    )  # fmt: skip


def test_exactly_the_chosen_fields_go_along(world):
    referral = send(a_service(world), world, fields=FIELDS)
    shared = world.anew(referral).shared.opened()
    assert shared == {"name": "Melati Kusuma", "sex": shared["sex"], "safe_contact": "lewat Ibu Ani"}
    assert referral.shared_fields == sorted(FIELDS)


def test_a_field_the_service_does_not_need_stays_here(world):
    service = a_service(world)
    assert "nik" not in referrals.fields_for(service.kind)
    with pytest.raises(NotAllowed, match="NIK"):
        send(service, world, fields=["name", "nik"])
    assert not Referral.objects.exists()


def test_words_for_a_field_that_was_not_chosen_do_not_slip_along(world):
    service = a_service(world)
    words = {"safety_note": "Jangan telepon.", "wishes": "pulang", "name": "Lain"}
    referral = send(service, world, fields=["safety_note", "name"], words=words, **WITHOUT)
    assert referral.shared.opened() == {"name": "Melati Kusuma", "safety_note": "Jangan telepon."}


def test_the_reading_of_what_is_shared_is_written_down(world):
    send(a_service(world), world, fields=FIELDS)
    entry = Entry.objects.get(act="identity.read")
    assert entry.facts == {"fields": ["name", "safe_contact"], "because": "referral"}
    assert "Melati" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_consent_must_be_there_and_cover_the_fields_and_the_agency(world):
    service = a_service(world)
    with pytest.raises(NotAllowed):
        send(service, world, fields=FIELDS, basis="consent")
    consent(service, world, fields=["name"])
    consent(service, world, recipient=world.hospital)
    with pytest.raises(NotAllowed):
        send(service, world, fields=FIELDS, basis="consent")
    consent(service, world)
    assert send(service, world, fields=FIELDS, basis="consent")


def test_a_consent_withdrawn_covers_nothing(world, now):
    service = a_service(world)
    given = consent(service, world)
    consents.withdraw(given, by=world.rina, at=now)
    with pytest.raises(NotAllowed):
        send(service, world, fields=FIELDS, basis="consent")


def test_a_consent_ends_with_its_day_at_the_office(world):
    service = a_service(world)
    consent(service, world, until_on=date(2026, 8, 3))
    evening, after_midnight = datetime(2026, 8, 3, 16, 30, tzinfo=UTC), datetime(2026, 8, 3, 17, 30, tzinfo=UTC)
    with pytest.raises(NotAllowed):
        send(service, world, fields=FIELDS, basis="consent", at=after_midnight)
    assert send(service, world, fields=FIELDS, basis="consent", at=evening)


def test_another_basis_is_one_of_the_list_and_has_a_reason(world):
    service = a_service(world)
    for more in ({"basis": "vital_interests"}, {"basis": "vital_interests", "basis_reason": " "},
                 {"basis": "karena Melati mau", "basis_reason": "x"}):  # fmt: skip
        with pytest.raises(NotAllowed):
            send(service, world, fields=FIELDS, **more)
    assert send(service, world, fields=FIELDS).basis_reason.opened() == "Nyawa terancam."


def test_an_age_is_told_so_that_no_child_is_made_an_adult(world):
    referral = send(a_service(world, birth_date=date(2008, 12, 30)), world, fields=["age"])
    assert referral.shared.opened() == {"age": "17–18"}


def test_the_police_report_goes_along_where_the_service_needs_it(world, now):
    case = world.case()
    rights.note_police_report(case, number="LP/B/1", unit=world.police, reported_at=now, by=world.rina, at=now)
    service = world.service(world.victim(case), kind="legal_aid")
    assert send(service, world, fields=["police_report"]).shared.opened() == {"police_report": "LP/B/1"}


@pytest.mark.parametrize("who", ["siti", "budi", "agus", "dewi", "tono"])
def test_only_the_agency_that_keeps_the_case_refers(world, who):
    with pytest.raises(NotAllowed):
        send(a_service(world), world, by=getattr(world, who))


def test_a_referral_goes_to_another_working_agency_that_is_not_kept_out(world, now):
    service = a_service(world)
    with pytest.raises(NotAllowed):
        send(service, world, to=world.uptd)
    world.hospital.ended_on = now.date()
    with pytest.raises(NotAllowed):
        send(service, world, to=world.hospital)
    exclusions.keep_out(service.case, agency=world.dinsos, by=world.yanti, at=now)
    with pytest.raises(NotAllowed):
        send(service, world)
    assert not Entry.objects.filter(act="identity.read").exists()


def test_the_receiver_owes_an_answer(world, now):
    referral = send(a_service(world), world)
    assert world.owed("answer_referral", on=referral).owed_by == world.dinsos
    referrals.accept(referral, answer="Besok.", by=world.budi, at=now)
    assert world.owed("answer_referral", on=referral) is None
    assert world.anew(referral).answer.opened() == "Besok."


def test_who_accepts_gives_the_service_and_owes_it(world, now):
    victim = world.victim(world.case())
    service = world.service(victim, kind="first_aid")
    before = world.owed("first_aid", on=service)
    assert before.owed_by == world.uptd
    referrals.accept(send(service, world, to=world.hospital), by=world.dr_maya, at=world.later(hours=1))
    service = world.anew(service)
    assert (service.provider, service.state) == (world.hospital, "agreed")
    after = world.owed("first_aid", on=service)
    assert (after.pk, after.owed_by, after.limit_at) == (before.pk, world.hospital, before.limit_at)


def test_a_refusal_of_the_agency_gives_the_need_back(world, now):
    referral = send(a_service(world), world)
    referrals.decline(referral, reason="no_capacity", by=world.budi, at=now)
    assert (referral.status, referral.decline_reason) == ("declined", "no_capacity")
    assert world.owed("refer_again", on=referral.service).owed_by == world.uptd
    send(referral.service, world, to=world.hospital)
    assert world.owed("refer_again", on=referral.service) is None


def test_referring_again_is_no_longer_owed_when_the_service_is_given_here(world, now):
    referral = send(a_service(world), world)
    referrals.decline(referral, reason="no_capacity", by=world.budi, at=now)
    services.move(world.anew(referral.service), to="running", by=world.rina, at=now)
    assert world.owed("refer_again", on=referral.service) is None


def test_a_refusal_names_a_reason_of_the_list(world, now):
    referral = send(a_service(world), world)
    with pytest.raises(NotAllowed):
        referrals.decline(referral, reason="Melati galak", by=world.budi, at=now)
    assert world.anew(referral).status == "sent"


@pytest.mark.parametrize("act", [referrals.accept, partial(referrals.decline, reason="no_capacity"),
                                 referrals.withdraw])  # fmt: skip
def test_a_referral_is_answered_once(world, now, act):
    referral = send(a_service(world), world)
    stale = world.anew(referral)
    referrals.accept(referral, by=world.budi, at=now)
    with pytest.raises(NotAllowed):
        act(stale, by=world.rina if act is referrals.withdraw else world.budi, at=now)


def test_a_referral_taken_back_owes_nothing(world, now):
    referral = send(a_service(world), world)
    referrals.withdraw(referral, by=world.rina, at=now)
    assert world.owed("answer_referral", on=referral) is None
    assert send(referral.service, world)


def test_the_same_referral_twice_gets_a_sentence(world):
    service = a_service(world)
    send(service, world)
    with pytest.raises(NotAllowed):
        send(service, world)
    assert send(service, world, to=world.hospital)


@pytest.mark.parametrize("state", ["refused", "done"])
def test_a_service_nobody_waits_for_is_not_referred(world, now, state):
    service = a_service(world)
    services.move(service, to=state, by=world.rina, at=now)
    with pytest.raises(NotAllowed):
        send(service, world)


def test_what_is_shared_is_sealed(world):
    send(a_service(world), world, fields=FIELDS)
    assert "Melati" not in str(Referral.objects.values())


def test_of_two_who_answer_at_once_one_is_told(lasting, now):  # noqa: F811
    referral = send(a_service(lasting), lasting)
    results = at_once(
        partial(referrals.accept, lasting.anew(referral), by=lasting.budi, at=now),
        partial(referrals.decline, lasting.anew(referral), reason="no_capacity", by=lasting.budi, at=now),
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "NotAllowed"]


def test_a_referral_sent_twice_at_once_is_one(lasting):  # noqa: F811
    service = a_service(lasting)
    results = at_once(*[partial(send, lasting.anew(service), lasting) for _i in range(3)])
    assert sorted(type(result).__name__ for result in results) == ["NotAllowed", "NotAllowed", "Referral"]
