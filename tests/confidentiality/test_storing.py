"""Storing rows by the thousand gives the same rows as storing them one by one."""

import pickle
from datetime import date
from itertools import islice

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from simpul.confidentiality import data_keys, storing
from simpul.confidentiality.models import DataKey
from simpul.confidentiality.storing import blanks, packed, store_packed, store_values
from simpul.migrants.models import Worker
from simpul.persons.models import NameTag, Person


def people(world, names):
    rows = list(islice(blanks(Person, recorded_at=world.at, recorded_by=world.rina), len(names)))
    for person, name in zip(rows, names, strict=True):
        person.data_key = data_keys.make(at=world.at)
        person.name = name
    return rows


def stored(rows):
    return store_packed(packed(Person, rows))


def test_rows_come_back_as_they_were_given(world):
    pks = stored(people(world, ["Anggrek", "Melati"]))
    found = list(Person.objects.select_related("data_key").order_by("pk"))
    assert [person.pk for person in found] == pks
    assert [person.name.opened() for person in found] == ["Anggrek", "Melati"]
    assert [person.recorded_at for person in found] == [world.at, world.at]
    assert found[0].recorded_by == world.rina


def test_ids_come_in_the_order_of_the_rows_over_several_statements(world, monkeypatch):
    monkeypatch.setattr(storing, "AT_ONCE", 2)
    names = [f"Orang {n}" for n in range(5)]
    for pk, name in zip(stored(people(world, names)), names, strict=True):
        assert Person.objects.select_related("data_key").get(pk=pk).name.opened() == name


def test_an_id_that_a_row_brings_along_is_kept(world):
    key = data_keys.make(at=world.at)
    DataKey.objects.filter(pk=key.pk).delete()
    assert store_packed(packed(DataKey, [key])) == []
    assert DataKey.objects.get().pk == key.pk


def test_packed_rows_can_be_handed_to_another_process(world):
    handed = pickle.loads(pickle.dumps(packed(Person, people(world, ["Anggrek"]))))
    assert len(handed) == 1
    (pk,) = store_packed(handed)
    assert Person.objects.select_related("data_key").get(pk=pk).name.opened() == "Anggrek"


def test_packing_asks_no_database(world):
    rows = people(world, ["Anggrek"])
    with CaptureQueriesContext(connection) as captured:
        packed(Person, rows)
    assert len(captured) == 0


def test_one_row_that_is_packed_can_be_told_more():
    rows = packed(Worker, [Worker(status="abroad"), Worker(status="abroad")])
    rows.put(1, Worker(status="returned", returned_on=date(2026, 3, 1), home_id="61.07.07"), ["returned_on", "home"])
    assert rows.columns["status"] == ["abroad", "abroad"]
    assert rows.columns["home_id"] == [None, "61.07.07"]
    assert [str(day) for day in rows.columns["returned_on"]] == ["None", "2026-03-01"]


def test_blank_rows_share_nothing_that_changes(world):
    first, second = islice(blanks(Person, recorded_at=world.at), 2)
    first.sex = "P"
    first.recorded_by = world.rina
    assert second.sex == ""
    assert second.recorded_by is None
    assert first._state is not second._state


def test_values_are_stored_without_an_object_of_their_own(world):
    (pk,) = stored(people(world, ["Anggrek"]))
    store_values(NameTag, ("person", "tag"), [(pk, b"a" * 16), (pk, b"b" * 16)])
    tags = NameTag.objects.filter(person=pk).order_by("tag")
    assert [bytes(tag.tag) for tag in tags] == [b"a" * 16, b"b" * 16]


def test_nothing_to_store_asks_nothing(db):
    with CaptureQueriesContext(connection) as captured:
        assert stored([]) == []
        store_values(NameTag, ("person", "tag"), [])
    assert len(captured) == 0


def test_what_the_database_refuses_is_refused(world):
    (pk,) = stored(people(world, ["Anggrek"]))
    with pytest.raises(IntegrityError), transaction.atomic():
        store_values(NameTag, ("person", "tag"), [(pk, b"a" * 16)] * 2)
