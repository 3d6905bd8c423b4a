"""Rotation: every data key is sealed again to a new seal key; no record is touched."""

from django.db import transaction

from simpul.confidentiality import data_keys, keys
from simpul.confidentiality.keys import KeysError
from simpul.confidentiality.models import DataKey
from simpul.confidentiality.sealing import generation_in_use
from simpul.journal.acts import Act
from simpul.journal.entries import enter

BATCH = 500


def waiting(generation):
    """Data keys that are not yet sealed to a generation."""
    return DataKey.objects.filter(destroyed_at=None).exclude(generation=generation)


def sealed_to(generation):
    """Data keys that only the seed of this generation opens."""
    return DataKey.objects.filter(destroyed_at=None, generation=generation)


def reseal_all(generation, *, at, told=lambda done: None):
    """Seal every data key again, batch by batch; `told` hears how many are done. Can be stopped and taken up."""
    if generation != generation_in_use():
        raise KeysError(f"This process seals to {generation_in_use()}, not to {generation}. Start it again.")
    done = 0
    while resealed := _reseal_some(generation):
        done += resealed
        told(done)
    with transaction.atomic():
        enter(Act.KEYS_ROTATED, on="confidentiality", by=None, at=at, generation=generation, data_keys=done)
    return done


@transaction.atomic
def _reseal_some(generation):
    # Locked, so that a record erased meanwhile is not sealed back into life.
    batch = waiting(generation).select_for_update()[:BATCH]
    for data_key in batch:
        data_keys.reseal(data_key)
    return len(batch)


@transaction.atomic
def retire(generation, *, folder, at):
    """Forget the seed of an old generation; refused while a data key is sealed to it."""
    if left := sealed_to(generation).count():
        raise KeysError(
            f"{left} data keys are still sealed to {generation} and would be lost. "
            "Start every process of Simpul again, then run `simpul keys rotate --finish`."
        )
    enter(Act.KEYS_ROTATED, on="confidentiality", by=None, at=at, retired=generation)
    keys.retire_generation(folder, generation)
