"""Consent: for this purpose, to this agency, of these fields, until this day or its withdrawal."""

from datetime import timedelta

import pytest

from simpul.journal.models import Entry
from simpul.persons import consents, identities
from simpul.persons.models import Consent


@pytest.fixture
def give(world, melati, now):
    def give(*fields, recipient=world.dinsos, at=now, **more):
        return consents.give(
            melati, purpose="referral", recipient=recipient, fields=fields, given_by=Consent.GivenBy.SELF,
            by=world.rina, at=at, **more,
        )  # fmt: skip

    return give


def covering(melati, world, *fields, to=None, on=None):
    return consents.covering(melati, recipient=to or world.dinsos, fields=fields, on=on or world.at.date())


def test_a_consent_covers_its_fields_and_not_one_more(world, melati, give):
    made = give("name", "phone")
    assert covering(melati, world, "name") == covering(melati, world, "phone", "name") == [made]
    assert covering(melati, world, "name", "address") == []


def test_a_consent_is_to_one_agency(world, melati, give):
    give("name")
    assert covering(melati, world, "name", to=world.hospital) == []


def test_a_consent_to_whoever_helps_covers_every_agency(world, melati, give):
    made = give("name", recipient=None)
    assert covering(melati, world, "name", to=world.hospital) == [made]


def test_a_consent_ends_with_its_last_day(world, melati, give):
    day = world.at.date()
    made = give("name", until_on=day)
    assert covering(melati, world, "name", on=day) == [made]
    assert covering(melati, world, "name", on=day + timedelta(days=1)) == []


def test_after_withdrawal_nothing_new_is_shared(world, melati, give):
    made = give("name")
    consents.withdraw(made, by=world.rina, at=world.at, file="cases.case:7")
    assert covering(melati, world, "name") == []
    entry = Entry.objects.get(act="consent.withdrawn")
    assert (entry.file, entry.facts) == ("cases.case:7", {"purpose": "referral"})


def test_the_newest_consent_stands_first(world, melati, give):
    older, newer = give("name"), give("name", at=world.later(hours=1))
    assert covering(melati, world, "name") == [newer, older]


def test_a_consent_of_somebody_else_covers_nothing(world, melati, give, now):
    give("name")
    other = identities.record(by=world.rina, at=now, name="Kenanga")
    assert consents.covering(other, recipient=world.dinsos, fields=["name"], on=now.date()) == []


def test_the_reason_for_another_basis_is_sealed(world, melati, give):
    made = give("name", basis="vital_interests", reason="Anak tanpa pendamping.")
    assert world.anew(made).reason.opened() == "Anak tanpa pendamping."
    entry = Entry.objects.get(act="consent.given")
    assert entry.facts == {"purpose": "referral", "basis": "vital_interests"}
