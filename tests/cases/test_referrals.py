"""Referrals: only the fields a service needs, on a lawful basis, answered once and in time."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from django.utils import translation

from simpul.agencies import exclusions
from simpul.cases import files, referrals, rights, services
from simpul.cases.models import Referral
from simpul.confidentiality import parcels
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.persons import consents
from tests.cases.tracks import an_officer, refused
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


def linked(world, *, fields=("name",), **more):
    referral = send(a_service(world), world, fields=fields)
    return (referral, *referrals.link(referral, by=world.rina, at=world.at, **more))


def test_a_link_opens_once_for_who_has_the_code_and_shows_exactly_what_was_shared(world):
    world.uptd.telephone = "0562 1"
    referral, parcel, token, code = linked(world)
    content, _ticket = parcels.open_(token, code, at=world.at)
    assert content["from"] == world.uptd.name
    assert [value for _name, value in content["lines"]] == ["Pendampingan", "Melati Kusuma"]
    assert "6107064505080001" not in str(content)
    with pytest.raises(parcels.ParcelError):
        parcels.open_(token, code, at=world.at)
    assert list(referrals.links_of(referral)) == [parcel]
    assert "Melati" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_what_a_link_shows_stands_in_the_language_of_the_installation(world):
    with translation.override("en"):
        _referral, _parcel, token, code = linked(world)
    content, _ticket = parcels.open_(token, code, at=world.at)
    assert content["title"] == "Rehabilitasi sosial"


def test_a_link_ends_after_a_week_or_when_it_was_said(world):
    assert linked(world)[1].until_at == world.later(days=7)
    assert linked(world, until_at=world.later(days=1))[1].until_at == world.later(days=1)


def test_a_new_link_ends_the_one_before_it(world):
    referral, _first, token, code = linked(world)
    referrals.link(referral, by=world.rina, at=world.at)
    with refused("withdrawn"):
        parcels.open_(token, code, at=world.at)
    assert referrals.links_of(referral).count() == 2


@pytest.mark.parametrize("act", ["accept", "decline", "withdraw", "note_answer"])
def test_a_link_opens_no_more_once_the_referral_was_answered_or_taken_back(world, now, act):
    referral, _parcel, token, code = linked(world)
    {
        "accept": lambda: referrals.accept(referral, by=world.budi, at=now),
        "decline": lambda: referrals.decline(referral, reason="no_capacity", by=world.budi, at=now),
        "withdraw": lambda: referrals.withdraw(referral, by=world.rina, at=now),
        "note_answer": lambda: referrals.note_answer(referral, accepted=True, words="x", by=world.rina, at=now),
    }[act]()
    with refused("withdrawn"):
        parcels.open_(token, code, at=now)


def test_while_an_answer_is_on_its_way_no_other_is_noted(world, now):
    referral, _parcel, token, code = linked(world)
    _content, ticket = parcels.open_(token, code, at=now)
    parcels.reply(ticket, {"answer": "accept"}, at=now)
    with refused("has arrived"):
        referrals.note_answer(referral, accepted=False, words="telepon", by=world.rina, at=now)
    assert world.anew(referral).status == "sent"


def test_links_that_are_shut_open_no_more_and_an_answer_on_its_way_arrives(world, now):
    waiting, _parcel, token, code = linked(world)
    answered, parcel, its_token, its_code = linked(world)
    _content, ticket = parcels.open_(its_token, its_code, at=now)
    parcels.reply(ticket, {"answer": "accept"}, at=now)
    for referral in (waiting, answered):
        referrals.shut_links(referral, by=world.rina, at=now)
    with refused("withdrawn"):
        parcels.open_(token, code, at=now)
    assert referrals.take_in(world.anew(parcel), at=now)
    assert world.anew(answered).status == "accepted"


def test_no_link_is_made_for_who_was_kept_out_or_left_since(world, now):
    referral = send(a_service(world), world)
    exclusions.keep_out(referral.case, agency=world.dinsos, by=world.yanti, at=now)
    with refused("kept out"):
        referrals.link(referral, by=world.rina, at=now)
    other = send(referral.service, world, to=world.hospital)
    other.receiver.ended_on = now.date()
    with refused("no longer takes part"):
        referrals.link(other, by=world.rina, at=now)
    assert not referrals.links_of(referral).exists()


def test_no_link_is_made_while_the_use_of_the_data_is_restricted(world, now):
    referral = send(a_service(world), world)
    person = referral.service.victim.person
    person.restricted_at = now
    person.save(update_fields=["restricted_at"])
    with refused("restricted"):
        referrals.link(referral, by=world.rina, at=now)


def test_an_answer_by_telephone_says_who_gave_it_and_how(world, now):
    referral = send(a_service(world), world)
    with refused("who answered"):
        referrals.note_answer(referral, accepted=True, words=" ", by=world.rina, at=now)
    referrals.note_answer(referral, accepted=True, words="Bu Tini, telepon", answer="Besok.", by=world.rina, at=now)
    referral = world.anew(referral)
    assert (referral.status, referral.answered_by) == ("accepted", world.rina)
    assert referral.answered_outside.opened() == "Bu Tini, telepon"
    assert "Tini" not in str(Referral.objects.values())
    assert world.anew(referral.service).provider == world.dinsos
    assert world.owed("answer_referral", on=referral) is None


def test_a_refusal_by_telephone_gives_the_need_back(world, now):
    referral = send(a_service(world), world)
    referrals.note_answer(referral, accepted=False, words="telepon", by=world.rina, at=now)
    assert (world.anew(referral).status, world.anew(referral).decline_reason) == ("declined", "other")
    assert world.owed("refer_again", on=referral.service)
    with refused("answered already"):
        referrals.note_answer(referral, accepted=True, words="telepon", by=world.rina, at=now)


def test_who_accepted_stops_when_the_consent_ended(world, now):
    referral = send(a_service(world), world)
    referrals.accept(referral, by=world.budi, at=now)
    rights.owe(referrals.STOP, on=referral, case=referral.case, owed_by=world.dinsos, by=world.rina, at=now)
    assert referrals.is_to_stop(referral)
    referrals.stop(referral, by=world.budi, at=now)
    assert (world.anew(referral).status, referrals.is_to_stop(referral)) == ("stopped", False)


def test_a_referral_of_a_closed_file_is_linked_and_taken_back_by_who_works_on_it(world, now):
    referral = send(a_service(world), world)
    nina = an_officer(world, "nina", world.uptd, "case_manager")
    files.close_access(referral.case, by=world.rina, at=now)
    for act in (referrals.link, referrals.withdraw, partial(referrals.note_answer, accepted=True, words="x")):
        with refused("Only the agency that sent"):
            act(referral, by=nina, at=now)
    assert referrals.link(referral, by=world.yanti, at=now)
