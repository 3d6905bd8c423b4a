"""A name is shown to one officer at a time, who was told that it is secret, and the showing is known."""

import pytest

from simpul.agencies import people
from simpul.cases import queries, referrals, victims
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.persons import consents, identities
from simpul.persons.models import Consent, Person


@pytest.fixture
def victim(world):
    return world.victim(world.case(), name="Kenanga Wijaya", nik="9900000101090001", phone="0812 0000 4444")


def test_a_new_officer_is_shown_no_name_until_the_duty_of_secrecy_is_acknowledged(world, victim, now):
    joko = people.record(
        "joko", full_name="Joko", agency=world.uptd, role="case_manager", password="", by=world.tono, at=now
    )
    with pytest.raises(NotAllowed):
        victims.read_identity(victim, fields=["name"], by=joko, at=now)
    people.acknowledge_secrecy(joko, at=now)
    assert victims.read_identity(victim, fields=["name"], by=joko, at=now) == {"name": "Kenanga Wijaya"}
    entry = Entry.objects.filter(act="identity.read").latest("number")
    assert (entry.officer_id, entry.facts["fields"]) == (joko.pk, ["name"])


def test_only_the_fields_that_were_asked_for_are_opened(world, victim, now):
    assert set(victims.read_identity(victim, fields=["phone"], by=world.rina, at=now)) == {"phone"}
    assert Entry.objects.filter(act="identity.read").latest("number").facts["fields"] == ["phone"]


def test_lists_show_nobody(world, victim, now):
    before = Entry.objects.count()
    rows = list(queries.people_in(victim.case))
    assert [str(row.person.name) for row in rows] == ["•••"]
    assert not any(hasattr(row.person.data_key, "opened") for row in rows)
    assert Entry.objects.count() == before


def test_a_person_is_found_by_name_or_number_only_in_cases_one_may_open(world, victim, now):
    for text in ("wijaya", "9900 0001 0109 0001", "+62 812-0000-4444"):
        assert list(queries.involving(world.rina, text, at=now)) == [victim]
        assert not queries.involving(world.siti, text, at=now).exists()
        assert not queries.involving(world.budi, text, at=now).exists()


def test_another_agency_learns_what_its_service_needs_and_the_reading_is_known_to_both(world, victim, now):
    consents.give(
        victim.person, purpose="referral", recipient=world.dinsos, fields=["name"], given_by=Consent.GivenBy.SELF,
        by=world.rina, at=now,
    )  # fmt: skip
    service = world.service(victim)
    with pytest.raises(NotAllowed):
        referrals.send(service, to=world.dinsos, need="x", fields=["nik"], basis="consent", by=world.rina, at=now)
    sent = referrals.send(
        service, to=world.dinsos, need="Pendampingan", fields=["name"], basis="consent", by=world.rina, at=now
    )
    assert sent.shared.opened() == {"name": "Kenanga Wijaya"}
    reading = Entry.objects.filter(act="identity.read").latest("number")
    assert reading.facts == {"fields": ["name"], "because": "referral"}
    assert reading.file == f"cases.case:{victim.case_id}"


def test_a_correction_is_known_by_its_fields_and_the_old_name_is_found_no_more(world, victim, now):
    victims.correct(victim, by=world.rina, at=now, name="Kenanga Sari")
    assert not queries.involving(world.rina, "wijaya", at=now).exists()
    assert queries.involving(world.rina, "sari", at=now).get() == victim
    assert Entry.objects.get(act="person.corrected").facts == {"fields": ["name"]}


def test_a_number_that_cannot_be_a_nik_is_refused_and_nothing_is_changed(world, victim, now):
    with pytest.raises(identities.IdentityError):
        victims.correct(victim, by=world.rina, at=now, nik="12345")
    assert Person.objects.select_related("data_key").get(pk=victim.person_id).nik.opened() == "9900000101090001"
