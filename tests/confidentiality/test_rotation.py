"""Rotation: every data key moves to the new seal key, and nothing else changes."""

import pytest

from simpul.confidentiality import data_keys, keys, rotation
from simpul.confidentiality.models import DataKey
from simpul.confidentiality.opening import NoOpeningKey
from simpul.confidentiality.sealing import generation_in_use
from simpul.journal.models import Entry
from tests.confidentiality.conftest import take_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(folder, now):
    """Five data keys of the first generation, with their secrets."""
    found = [data_keys.make(at=now) for _ in range(5)]
    return {data_key.pk: data_key.opened for data_key in found}


@pytest.fixture
def rotated(made, folder, settings):
    """A new generation, which this process uses; nothing is sealed to it yet."""
    old = generation_in_use()
    new = keys.add_generation(folder)
    take_up(settings)
    return old, new


def secrets():
    return {data_key.pk: data_keys.secret_of(data_key) for data_key in DataKey.objects.filter(destroyed_at=None)}


def test_every_data_key_is_sealed_to_the_new_key_and_stays_the_same(made, rotated, now):
    old, new = rotated
    assert rotation.waiting(new).count() == 5
    assert rotation.reseal_all(new, at=now) == 5
    assert set(DataKey.objects.values_list("generation", flat=True)) == {new}
    assert secrets() == made
    entry = Entry.objects.get(act="keys.rotated")
    assert entry.facts == {"generation": new, "data_keys": 5}


def test_a_rotation_that_was_stopped_is_taken_up(made, rotated, now, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    heard = []

    def stop(done):
        heard.append(done)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotation.reseal_all(rotated[1], at=now, told=stop)
    assert heard == [2]
    assert secrets() == made
    assert rotation.reseal_all(rotated[1], at=now, told=heard.append) == 3
    assert heard == [2, 2, 3]


def test_a_destroyed_key_is_not_brought_back(made, rotated, now):
    gone = DataKey.objects.first()
    data_keys.destroy(gone, of="intake.report:1", by=None, at=now)
    assert rotation.reseal_all(rotated[1], at=now) == 4
    assert bytes(DataKey.objects.get(pk=gone.pk).sealed) == b""


def test_a_process_that_does_not_know_the_new_key_yet_rotates_nothing(made, folder, now):
    new = keys.add_generation(folder)
    with pytest.raises(keys.KeysError, match="Start it again"):
        rotation.reseal_all(new, at=now)
    assert rotation.waiting(new).count() == 5


def test_the_old_key_is_retired_only_when_nothing_is_sealed_to_it(made, rotated, folder, now, settings):
    old, new = rotated
    with pytest.raises(keys.KeysError, match="5 data keys are still sealed"):
        rotation.retire(old, folder=folder, at=now)
    assert old in keys.read(folder / "opening.json")["seeds"]
    rotation.reseal_all(new, at=now)
    rotation.retire(old, folder=folder, at=now)
    assert set(keys.read(folder / "opening.json")["seeds"]) == {new}
    take_up(settings)
    assert secrets() == made
    assert Entry.objects.filter(act="keys.rotated", facts={"retired": old}).exists()


def test_a_retirement_that_is_refused_leaves_no_entry(made, rotated, folder, now):
    before = Entry.objects.count()
    rotation.reseal_all(rotated[1], at=now)
    with pytest.raises(keys.KeysError, match="There is no generation"):
        rotation.retire("00000000", folder=folder, at=now)
    assert Entry.objects.count() == before + 1


def test_without_the_old_key_nothing_is_sealed_anew(made, rotated, folder, now, settings):
    old, new = rotated
    keys.retire_generation(folder, old)
    take_up(settings)
    with pytest.raises(NoOpeningKey, match=old):
        rotation.reseal_all(new, at=now)
