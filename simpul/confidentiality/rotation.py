"""Rotation: every data key is sealed again to a new seal key; no record is touched."""

from django.db import transaction

from simpul.confidentiality import data_keys
from simpul.confidentiality.models import DataKey
from simpul.journal.acts import Act
from simpul.journal.entries import enter

BATCH = 500


def waiting(generation):
    """Data keys that are not yet sealed to a generation."""
    return DataKey.objects.filter(destroyed_at=None).exclude(generation=generation)


def reseal_all(generation, *, at, told=lambda done: None):
    """Seal every data key again, batch by batch; `told` hears how many are done. Can be stopped and taken up."""
    done = 0
    while batch := list(waiting(generation)[:BATCH]):
        with transaction.atomic():
            for data_key in batch:
                data_keys.reseal(data_key)
        done += len(batch)
        told(done)
    with transaction.atomic():
        enter(Act.KEYS_ROTATED, on="confidentiality", by=None, at=at, generation=generation, data_keys=done)
    return done
