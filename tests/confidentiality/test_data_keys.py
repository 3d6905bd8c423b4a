"""Data keys: made, opened by two different holders, destroyed for good."""

import pytest
from django.db import IntegrityError, transaction

from simpul.confidentiality import data_keys
from simpul.confidentiality.data_keys import Erased
from simpul.confidentiality.models import DataKey
from simpul.confidentiality.opening import NoOpeningKey
from simpul.confidentiality.sealing import SealBroken
from simpul.journal.models import Entry
from tests.confidentiality.conftest import take_up

RECEIPT_KEY = b"r" * 32
pytestmark = pytest.mark.django_db


@pytest.fixture
def data_key(folder, now):
    return data_keys.make(at=now, receipt_key=RECEIPT_KEY)


def anew(data_key):
    return DataKey.objects.get(pk=data_key.pk)


def test_a_new_key_is_open_for_who_made_it_and_closed_in_the_database(data_key):
    stored = anew(data_key)
    assert len(data_key.opened) == 32
    assert not hasattr(stored, "opened")
    assert data_key.opened not in bytes(stored.sealed) + bytes(stored.sealed_for_receipt)


def test_the_desk_and_the_holder_of_the_receipt_open_the_same_key(data_key):
    mine = anew(data_key)
    data_keys.open_with_receipt(mine, RECEIPT_KEY)
    assert mine.opened == data_key.opened == data_keys.secret_of(anew(data_key))


def test_the_holder_of_the_receipt_needs_no_opening_key(data_key, settings):
    take_up(settings, "portal.json")
    mine = anew(data_key)
    with pytest.raises(NoOpeningKey):
        data_keys.secret_of(mine)
    data_keys.open_with_receipt(mine, RECEIPT_KEY)
    assert data_keys.secret_of(mine) == data_key.opened


def test_another_receipt_opens_nothing(data_key):
    with pytest.raises(SealBroken):
        data_keys.open_with_receipt(anew(data_key), b"s" * 32)


def test_a_key_made_without_a_receipt_opens_with_none(folder, now):
    with pytest.raises(SealBroken):
        data_keys.open_with_receipt(data_keys.make(at=now), RECEIPT_KEY)


def test_two_keys_cannot_change_places(data_key, now):
    other = data_keys.make(at=now)
    DataKey.objects.filter(pk=data_key.pk).update(sealed=other.sealed)
    with pytest.raises(SealBroken):
        data_keys.secret_of(anew(data_key))


def test_a_destroyed_key_opens_for_nobody_and_leaves_a_tombstone(data_key, now):
    data_keys.destroy(data_key, of="intake.report:1", by=None, at=now)
    gone = anew(data_key)
    assert (bytes(gone.sealed), bytes(gone.sealed_for_receipt), gone.destroyed_at) == (b"", b"", now)
    assert data_key.opened is None
    with pytest.raises(Erased):
        data_keys.secret_of(gone)
    with pytest.raises(Erased):
        data_keys.open_with_receipt(gone, RECEIPT_KEY)
    assert Entry.objects.filter(act="key.destroyed", subject="intake.report:1").count() == 1


def test_a_key_sealed_anew_is_the_same_key(data_key):
    before = anew(data_key)
    data_keys.reseal(before)
    after = anew(data_key)
    assert bytes(after.sealed) != bytes(data_key.sealed)
    assert data_keys.secret_of(after) == data_key.opened
    data_keys.open_with_receipt(after, RECEIPT_KEY)


def test_keys_of_a_list_are_begun_without_the_database_and_open_once_they_are_stored(folder, now):
    begun = data_keys.begun_many(3, at=now)
    assert not DataKey.objects.exists()
    secrets = [key.opened for key in begun]
    data_keys.store_many([key.pk for key in begun], secrets, at=now)
    found = [anew(key) for key in begun]
    assert [data_keys.secret_of(key) for key in found] == secrets
    assert len(set(secrets)) == len({bytes(key.sealed) for key in found}) == 3
    assert {key.made_at for key in found} == {now}


def test_a_key_that_was_begun_is_not_in_the_database_unless_it_is_sealed(folder, now):
    (begun,) = data_keys.begun_many(1, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        begun.save(force_insert=True)


def test_a_key_that_was_begun_elsewhere_seals_as_the_same_key(folder, now):
    (begun,) = data_keys.begun_many(1, at=now)
    held = data_keys.held_open(begun.pk.hex, begun.opened)
    assert (held.pk, data_keys.secret_of(held)) == (begun.pk, begun.opened)
