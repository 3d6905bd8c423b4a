"""Storing rows by the thousand gives the same rows as storing them one by one."""

from itertools import islice

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from simpul.confidentiality import data_keys, storing
from simpul.confidentiality.models import DataKey
from simpul.confidentiality.storing import blanks, store_new, store_values
from simpul.persons.models import NameTag, Person


def people(world, names):
    rows = list(islice(blanks(Person, recorded_at=world.at, recorded_by=world.rina), len(names)))
    for person, key, name in zip(rows, data_keys.make_many(len(names), at=world.at), names, strict=True):
        person.data_key = key
        person.name = name
    return rows


def test_rows_come_back_as_they_were_given(world):
    stored = store_new(people(world, ["Anggrek", "Melati"]))
    found = list(Person.objects.select_related("data_key").order_by("pk"))
    assert found == stored
    assert [person.name.opened() for person in found] == ["Anggrek", "Melati"]
    assert [person.recorded_at for person in found] == [world.at, world.at]
    assert found[0].recorded_by == world.rina


def test_each_row_knows_its_own_id_over_several_statements(world, monkeypatch):
    monkeypatch.setattr(storing, "AT_ONCE", 2)
    names = [f"Orang {n}" for n in range(5)]
    for person, name in zip(store_new(people(world, names)), names, strict=True):
        assert Person.objects.select_related("data_key").get(pk=person.pk).name.opened() == name


def test_a_key_that_a_row_brings_along_is_kept(db, world):
    made = data_keys.make_many(3, at=world.at)
    found = DataKey.objects.in_bulk([key.pk for key in made])
    assert [bytes(found[key.pk].sealed) for key in made] == [bytes(key.sealed) for key in made]
    assert len({key.opened for key in made}) == 3


def test_blank_rows_share_nothing_that_changes(world):
    first, second = islice(blanks(Person, recorded_at=world.at), 2)
    first.sex = "P"
    first.recorded_by = world.rina
    assert second.sex == ""
    assert second.recorded_by is None
    assert first._state is not second._state


def test_values_are_stored_without_an_object_of_their_own(world):
    (person,) = store_new(people(world, ["Anggrek"]))
    store_values(NameTag, ("person", "tag"), [(person.pk, b"a" * 16), (person.pk, b"b" * 16)])
    assert [bytes(tag.tag) for tag in person.name_tags.order_by("tag")] == [b"a" * 16, b"b" * 16]


def test_nothing_to_store_asks_nothing(db):
    with CaptureQueriesContext(connection) as captured:
        assert store_new([]) == []
        store_values(NameTag, ("person", "tag"), [])
    assert len(captured) == 0


def test_what_the_database_refuses_is_refused(world):
    (person,) = store_new(people(world, ["Anggrek"]))
    with pytest.raises(IntegrityError), transaction.atomic():
        store_values(NameTag, ("person", "tag"), [(person.pk, b"a" * 16)] * 2)
