"""Identities: recorded, corrected, read; and every reading written down."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from simpul.agencies.roles import Role
from simpul.confidentiality import data_keys
from simpul.confidentiality.models import DataKey
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.persons import consents, identities
from simpul.persons.identities import IdentityError
from simpul.persons.models import NameTag, Person
from simpul.persons.queries import named, numbered
from tests.persons.conftest import MELATI


def test_what_is_recorded_can_be_read(world, melati, now):
    person = Person.objects.select_related("data_key").get(pk=melati.pk)
    told = identities.read(person, fields=identities.SEALED, by=world.rina, at=now)
    assert told == {name: MELATI[name] for name in identities.SEALED}
    assert (person.sex, person.birth_year, person.recorded_by) == ("P", 2009, world.rina)


def test_each_person_has_a_key_of_their_own(world, melati, now):
    other = identities.record(by=world.rina, at=now, name="Kenanga")
    assert other.data_key_id != melati.data_key_id


def test_a_reading_tells_who_saw_which_fields_and_not_what_they_say(world, melati, now):
    identities.read(melati, fields=["phone", "name"], by=world.rina, at=now, file="cases.case:7", because="referral")
    entry = Entry.objects.filter(act="identity.read").get()
    assert (entry.officer_id, entry.file, entry.at) == (world.rina.pk, "cases.case:7", now)
    assert entry.facts == {"fields": ["name", "phone"], "because": "referral"}
    assert entry.subject == f"persons.person:{melati.pk}"


def test_no_entry_tells_anything_about_the_person(world, melati, now):
    identities.correct(melati, by=world.rina, at=now, name="Mawar", nik="9900000101090002")
    identities.read(melati, fields=["name"], by=world.rina, at=now)
    mine = Entry.objects.filter(subject=f"persons.person:{melati.pk}")
    assert mine.count() == 3
    for entry in mine:
        assert not any(word in str(entry.facts) for word in ("Melati", "Mawar", "9900"))


def test_an_officer_who_has_not_acknowledged_secrecy_reads_no_name(world, melati, now):
    world.budi.acknowledged_at = None
    with pytest.raises(NotAllowed):
        identities.read(melati, fields=["name"], by=world.budi, at=now)
    assert not Entry.objects.filter(act="identity.read").exists()


def test_a_correction_touches_only_what_is_named(world, melati, now):
    identities.correct(melati, by=world.rina, at=now, name="Mawar Kusuma")
    person = Person.objects.select_related("data_key").get(pk=melati.pk)
    assert person.name.opened() == "Mawar Kusuma"
    assert person.nik.opened() == MELATI["nik"]
    assert Entry.objects.get(act="person.corrected").facts == {"fields": ["name"]}


def test_a_corrected_name_is_found_and_the_old_one_is_not(world, melati, now):
    assert named("Melati").exists()
    identities.correct(melati, by=world.rina, at=now, name="Mawar Kusuma")
    assert not named("Melati").exists()
    assert named("mawar").get() == melati
    assert named("Mel").get() == melati


def test_a_corrected_number_is_found_and_the_old_one_is_not(world, melati, now):
    identities.correct(melati, by=world.rina, at=now, phone="0813 0000 5555")
    assert not numbered("081200004444").exists()
    assert numbered("+6281300005555").get() == melati
    assert numbered("9900000101090001").get() == melati


def test_a_number_taken_away_is_not_found_any_more(world, melati, now):
    identities.correct(melati, by=world.rina, at=now, nik="")
    assert not numbered("9900000101090001").exists()
    assert bytes(Person.objects.get(pk=melati.pk).nik_tag) == b""


@pytest.mark.parametrize("nik", ["123", "990000010109000", "99000001010900012", "x"])
def test_a_nik_of_the_wrong_length_is_refused_before_anything_is_kept(world, now, nik):
    before = Person.objects.count()
    with pytest.raises(IdentityError, match="16"):
        identities.record(by=world.rina, at=now, name="Melati", nik=nik)
    assert Person.objects.count() == before


def test_the_refusal_does_not_repeat_the_number(world, now):
    with pytest.raises(IdentityError) as problem:
        identities.record(by=world.rina, at=now, nik="6107070101")
    assert "6107070101" not in str(problem.value)


def test_a_nik_may_be_typed_in_groups(world, now):
    person = identities.record(by=world.rina, at=now, nik="9900 0001 0109 0001")
    assert numbered("9900000101090001").get() == person


def test_nothing_need_be_known(world, now):
    person = identities.record(by=world.rina, at=now)
    assert not person.name
    assert person.birth_year is None
    assert person.name_tags.count() == 0


def test_a_field_that_does_not_exist_is_a_mistake_of_the_program(world, now):
    with pytest.raises(TypeError, match="religion"):
        identities.record(by=world.rina, at=now, religion="x")


def test_text_is_kept_on_one_line(world, now):
    person = identities.record(by=world.rina, at=now, name="  Melati\n Kusuma ")
    assert person.name.opened() == "Melati Kusuma"


def test_the_index_can_be_made_anew(melati):
    melati.name_tags.all().delete()
    Person.objects.update(nik_tag=b"x" * 16)
    assert not named("Melati").exists()
    identities.index_anew(Person.objects.select_related("data_key").get(pk=melati.pk))
    assert named("Melati").get() == numbered("9900000101090001").get() == melati


def test_an_erased_person_is_read_as_erased_and_the_reading_is_written_down(world, melati, now):
    data_keys.destroy(melati.data_key, of=melati, by=world.rina, at=now)
    told = identities.read(melati, fields=["name"], by=world.rina, at=now)
    assert told["name"] != MELATI["name"]
    assert Entry.objects.filter(act="identity.read").count() == 1


@pytest.mark.parametrize(
    ("born", "day", "is_child"),
    [
        (date(2008, 8, 3), date(2026, 8, 2), True),
        (date(2008, 8, 3), date(2026, 8, 3), False),
        (date(2008, 2, 29), date(2026, 2, 28), True),
    ],
)
def test_a_child_is_under_eighteen_on_the_day(born, day, is_child):
    assert identities.is_a_child_on(born, day) is is_child


@pytest.mark.parametrize("role", Role)
def test_the_duty_of_secrecy_binds_every_role(world, role):
    world.budi.role, world.budi.acknowledged_at = role, None
    with pytest.raises(NotAllowed):
        identities.check_may_read_identities(world.budi)


def test_what_is_counted_of_an_erased_person_can_still_be_corrected(world, melati, now):
    data_keys.destroy(melati.data_key, of=melati, by=world.rina, at=now)
    identities.correct(Person.objects.get(pk=melati.pk), by=world.rina, at=now, sex="L", safe_contact="")
    assert Person.objects.get(pk=melati.pk).sex == "L"


def test_who_was_recorded_by_mistake_is_forgotten_with_the_key(world, melati):
    identities.forget_many([melati.pk])
    assert not Person.objects.filter(pk=melati.pk).exists()
    assert not NameTag.objects.filter(person_id=melati.pk).exists()
    assert not DataKey.objects.filter(pk=melati.data_key_id).exists()


def test_whom_another_record_names_is_not_forgotten_and_nobody_with_them(world, melati, now):
    other = identities.record(by=world.rina, at=now, name="Kenanga")
    consents.give(melati, purpose="referral", recipient=None, fields=["name"], given_by="self", by=world.rina, at=now)
    assert identities.named_elsewhere([melati.pk, other.pk]) == {melati.pk}
    with translation.override("en"), pytest.raises(NotAllowed, match="Nobody was removed: about 1 of these people"):
        identities.forget_many([other.pk, melati.pk])
    assert Person.objects.filter(pk__in=[melati.pk, other.pk]).count() == 2
    assert NameTag.objects.filter(person=other).exists()


def test_people_of_a_list_are_recorded_together_each_under_a_key_of_their_own(world, now):
    told = [{"name": "Melati Kusuma", "nik": MELATI["nik"], "sex": "P"}, {"name": "Kenanga", "aliases": "Nga"}]
    recorded = identities.record_many(told, by=world.rina, at=now, file="migrants.manifest:1")
    found = list(Person.objects.select_related("data_key").order_by("pk"))
    assert recorded == found
    assert [person.name.opened() for person in recorded] == [person.name.opened() for person in found]
    assert (found[0].nik.opened(), found[0].sex, found[0].recorded_by) == (MELATI["nik"], "P", world.rina)
    assert found[0].data_key_id != found[1].data_key_id
    assert named("Nga").get() == found[1]
    assert numbered(MELATI["nik"]).get() == found[0]
    assert Entry.objects.get(act="people.recorded").facts == {"count": 2}


def test_sealing_people_asks_no_database_and_keeps_their_keys_out_of_sight(world, now):
    with CaptureQueriesContext(connection) as captured:
        persons, sealed = identities.sealed_many([{"name": "Melati Kusuma"}], by=world.rina, at=now)
    assert len(captured) == 0
    assert sealed.secrets == [persons[0].data_key.opened]
    assert repr(sealed.secrets[0]) not in repr(sealed)


def test_of_people_recorded_together_all_are_refused_with_one_number_that_cannot_be(world, now):
    before = Person.objects.count()
    with pytest.raises(IdentityError, match="16"):
        identities.record_many([{"name": "Melati"}, {"nik": "12"}], by=world.rina, at=now, file="migrants.manifest:1")
    assert Person.objects.count() == before
