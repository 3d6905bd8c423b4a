"""Sealed fields: sealed when assigned, closed when read, found in no query."""

import json
import pickle
from datetime import date

import pytest
from django.core import serializers
from django.db import connection
from django.utils.translation import gettext

from simpul.cases.models import Referral
from simpul.confidentiality import data_keys
from simpul.confidentiality.fields import Sealed, seal_all
from simpul.confidentiality.sealing import SealBroken
from simpul.intake.models import Message, Report
from simpul.persons.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(now):
    made = Person(data_key=data_keys.make(at=now), recorded_at=now)
    made.name = "Melati Kusuma"
    made.birth_date = date(2009, 5, 17)
    made.save()
    return made


@pytest.fixture
def stored(person):
    return Person.objects.select_related("data_key").get(pk=person.pk)


def test_what_is_assigned_is_sealed_at_once(person):
    assert isinstance(person.__dict__["name"], bytes)
    assert b"Melati" not in person.__dict__["name"]


def test_nothing_of_it_stands_in_the_database(person):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, birth_date FROM persons_person WHERE id = %s", [person.pk])
        name, birth_date = map(bytes, cursor.fetchone())
    assert name
    assert birth_date
    assert b"Melati" not in name
    assert b"2009" not in birth_date


def test_it_is_opened_on_purpose_only(stored):
    assert stored.name.opened() == "Melati Kusuma"
    assert stored.birth_date.opened() == date(2009, 5, 17)


def test_a_closed_value_tells_only_that_it_is_there(stored):
    for shown in (str(stored.name), repr(stored.name), f"{stored.name}", json.dumps({"name": str(stored.name)})):
        assert "Melati" not in shown
    assert str(stored.name) == "•••"
    assert stored.name
    assert not stored.nik
    assert str(stored.nik) == ""


def test_empty_stays_empty_and_needs_no_key(settings, stored):
    settings.KEYS = {}
    assert stored.nik.opened() == ""
    assert stored.birth_date.__class__ is Sealed


def test_an_empty_date_is_none(stored):
    stored.birth_date = None
    stored.save()
    assert Person.objects.get(pk=stored.pk).birth_date.opened() is None


def test_a_structure_comes_back_as_it_was(world):
    referral = Referral(case=world.case(), sender=world.uptd, receiver=world.dinsos)
    referral.shared = {"name": "Melati", "umur": 17, "luka": ["memar"]}
    assert referral.shared.opened() == {"name": "Melati", "umur": 17, "luka": ["memar"]}


def test_a_value_moved_to_another_field_is_refused(stored):
    stored.aliases = bytes(stored.__dict__["name"])
    with pytest.raises(SealBroken):
        stored.aliases.opened()


def test_a_value_moved_to_another_record_is_refused(stored, now):
    other = Person(data_key=data_keys.make(at=now), recorded_at=now, name="Kenanga")
    other.name = bytes(stored.__dict__["name"])
    with pytest.raises(SealBroken):
        other.name.opened()


def test_a_sealed_value_given_to_another_record_is_sealed_to_it(stored, now):
    other = Person(data_key=data_keys.make(at=now), recorded_at=now)
    other.name = stored.name
    assert other.__dict__["name"] != stored.__dict__["name"]
    assert other.name.opened() == "Melati Kusuma"


@pytest.mark.parametrize(
    "ask",
    [
        lambda: Person.objects.filter(name="Melati Kusuma"),
        lambda: Person.objects.filter(name__contains="Melati"),
        lambda: Person.objects.filter(name__isnull=False),
        lambda: Person.objects.exclude(birth_date__lt=date(2010, 1, 1)),
    ],
)
def test_a_sealed_field_cannot_be_searched(ask):
    with pytest.raises(TypeError, match="is sealed"):
        ask()


def test_a_sealed_field_is_not_serialised(person):
    with pytest.raises(TypeError, match="cannot be serialised"):
        serializers.serialize("json", [person])


def test_a_pickled_record_holds_no_word_of_it(stored):
    assert b"Melati" not in pickle.dumps(stored)


def test_a_deferred_value_is_fetched_and_stays_closed(person):
    late = Person.objects.select_related("data_key").defer("name").get(pk=person.pk)
    assert isinstance(late.name, Sealed)
    assert late.name.opened() == "Melati Kusuma"


def test_lists_open_no_seal(person, settings):
    settings.KEYS = {}
    assert [str(p.name) for p in Person.objects.all()] == ["•••"]


def test_an_erased_value_says_so(stored, now):
    data_keys.destroy(stored.data_key, of="persons.person", by=None, at=now)
    with pytest.raises(data_keys.Erased):
        stored.name.opened()
    assert stored.name.opened_or_erased() == gettext("erased")


def test_a_row_of_a_report_is_sealed_with_the_key_of_the_report(world, now):
    report = Report.objects.select_related("data_key").get(pk=world.report().pk)
    message = Message.objects.create(report=report, sender="desk", text="Di mana?", sent_at=now)
    assert Message.objects.get(pk=message.pk).text.opened() == "Di mana?"
    data_keys.destroy(report.data_key, of=report, by=None, at=now)
    with pytest.raises(data_keys.Erased):
        Message.objects.get(pk=message.pk).text.opened()


def test_several_values_are_sealed_together_as_one_by_one(person, stored):
    told = {"name": "Mawar", "birth_date": date(1991, 4, 5), "nik": "", "phone": None, "address": stored.name}
    seal_all(person, told)
    person.save()
    found = Person.objects.select_related("data_key").get(pk=person.pk)
    assert (found.name.opened(), found.birth_date.opened()) == ("Mawar", date(1991, 4, 5))
    assert (found.nik.opened(), found.phone.opened(), found.address.opened()) == ("", "", "Melati Kusuma")
    assert b"Mawar" not in person.__dict__["name"]


def test_what_was_sealed_together_stays_in_its_place(person):
    seal_all(person, {"name": "Mawar", "phone": "0812"})
    person.__dict__["name"], person.__dict__["phone"] = person.__dict__["phone"], person.__dict__["name"]
    with pytest.raises(SealBroken):
        person.name.opened()


def test_nothing_to_seal_needs_no_key(person, django_assert_num_queries):
    closed = Person.objects.get(pk=person.pk)
    with django_assert_num_queries(0):
        seal_all(closed, {"name": "", "birth_date": None})
    assert not closed.name
