"""Making, opening and destroying data keys.

An opened key lives on the `DataKey` object it belongs to and goes with it, or, for a long list, goes from the process
that seals to the one that stores; there is no store of opened keys.
"""

import os
import uuid
from itertools import islice

from django.db import transaction

from simpul.confidentiality import opening
from simpul.confidentiality.models import DataKey
from simpul.confidentiality.sealing import seal, seal_for_installation, unseal
from simpul.confidentiality.storing import blanks, packed, store_packed
from simpul.journal.acts import Act
from simpul.journal.entries import enter


class Erased(Exception):
    """The record was erased: its data key no longer exists anywhere."""


def make(*, at, receipt_key=None):
    """A new data key, saved, and open in this process."""
    data_key = DataKey(made_at=at)
    _begin(data_key)
    _seal(data_key)
    if receipt_key is not None:
        data_key.sealed_for_receipt = seal(receipt_key, data_key.opened, context=_context(data_key))
    data_key.save(force_insert=True)
    return data_key


def begun_many(count, *, at):
    """New data keys to seal with, open in this process; `store_many` seals and stores them."""
    # Unsealed they cannot be saved: nobody could open again what was sealed with them.
    keys = list(islice(blanks(DataKey, made_at=at, sealed=None), count))
    for data_key in keys:
        _begin(data_key)
    return keys


def store_many(ids, secrets, *, at):
    """Seal data keys that were begun to the installation, and store them in the transaction of what they seal."""
    keys = list(islice(blanks(DataKey, made_at=at), len(ids)))
    for data_key, pk, secret in zip(keys, ids, secrets, strict=True):
        data_key.id, data_key.opened = DataKey._meta.pk.to_python(pk), secret
        _seal(data_key)
    store_packed(packed(DataKey, keys))


def held_open(pk, secret):
    """A data key that was begun, by its id and the open key."""
    data_key = DataKey(id=DataKey._meta.pk.to_python(pk))
    data_key.opened = secret
    return data_key


def secret_of(data_key):
    """The 32 bytes of a data key: opened before, or opened now with the installation's key."""
    if data_key.destroyed_at:
        raise Erased(f"{data_key.pk} was destroyed on {data_key.destroyed_at:%Y-%m-%d}.")
    if getattr(data_key, "opened", None) is None:
        data_key.opened = opening.open_data_key(
            bytes(data_key.sealed), generation=data_key.generation, context=_context(data_key)
        )
    return data_key.opened


def open_with_receipt(data_key, receipt_key):
    """Open a data key for the holder of the receipt; needs no opening key."""
    if data_key.destroyed_at:
        raise Erased(f"{data_key.pk} was destroyed.")
    data_key.opened = unseal(receipt_key, bytes(data_key.sealed_for_receipt), context=_context(data_key))


@transaction.atomic
def destroy(data_key, *, of, by, at):
    """Erase a record by destroying its key: both sealed copies go, the row stays as a tombstone."""
    data_key.sealed = data_key.sealed_for_receipt = b""
    data_key.destroyed_at = at
    data_key.opened = None
    data_key.save(update_fields=["sealed", "sealed_for_receipt", "destroyed_at"])
    enter(Act.KEY_DESTROYED, on=of, by=by, at=at)


def reseal(data_key):
    """Seal a data key to the installation's present seal key. What is sealed under it stays as it is."""
    _seal(data_key)
    data_key.save(update_fields=["generation", "sealed"])


def _begin(data_key):
    data_key.id, data_key.opened = _ordered_id(data_key.made_at), os.urandom(32)


def _seal(data_key):
    """Seal a data key to the installation's present seal key."""
    data_key.generation, data_key.sealed = seal_for_installation(secret_of(data_key), context=_context(data_key))


def _ordered_id(at):
    """An id that begins with its moment (UUID version 7, RFC 9562): a new row goes to the end of its index, not into
    the middle of a hundred thousand others.
    """
    milliseconds = int(at.timestamp() * 1000)
    chance = int.from_bytes(os.urandom(10))
    return uuid.UUID(int=milliseconds << 80 | 7 << 76 | (chance >> 68) << 64 | 2 << 62 | chance & (1 << 62) - 1)


def _context(data_key):
    return f"data key {data_key.pk.hex}"
