"""Key files: made once, never written over, readable by their owner alone."""

import json
import os
from base64 import b64decode

import pytest
from cryptography.exceptions import InvalidTag

from simpul.confidentiality import keys


def mode(path):
    return path.stat().st_mode & 0o777


def test_two_files_are_made_and_only_their_owner_reads_them(tmp_path):
    name = keys.make(tmp_path / "keys")
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == ["opening.json", "portal.json"]
    assert {mode(path) for path in (tmp_path / "keys").iterdir()} == {0o600}
    assert mode(tmp_path / "keys") & 0o077 == 0
    assert len(name) == 8


def test_what_opens_is_in_the_opening_file_only(folder):
    portal, opening = (folder / "portal.json").read_text(), json.loads((folder / "opening.json").read_text())
    assert set(json.loads(portal)) == {"seal_key", "sealed_blind_key", "receipt_key", "journal_key", "signing_key"}
    assert set(opening) == {"seeds", "blind_key"}
    for secret in (*opening["seeds"].values(), opening["blind_key"]):
        assert len(b64decode(secret)) == 32
        assert secret not in portal


def test_keys_are_never_written_over(folder):
    before = (folder / "portal.json").read_bytes()
    with pytest.raises(keys.KeysError, match="never overwritten"):
        keys.make(folder)
    (folder / "portal.json").unlink()
    with pytest.raises(keys.KeysError, match=r"opening\.json exists"):
        keys.make(folder)
    (folder / "portal.json").write_bytes(before)


def test_both_halves_grow_from_one_seed():
    seed = bytes(range(32))
    assert keys.public_bytes(seed) == keys.public_bytes(seed)
    assert len(keys.public_bytes(seed)) == 1184 + 32
    sealed = keys.SUITE.encrypt(b"a data key", keys.public_key(keys.public_bytes(seed)), info=b"here")
    assert keys.SUITE.decrypt(sealed, keys.private_key(seed), info=b"here") == b"a data key"


def test_another_seed_opens_nothing():
    sealed = keys.SUITE.encrypt(b"a data key", keys.public_key(keys.public_bytes(bytes(32))), info=b"here")
    with pytest.raises(InvalidTag):
        keys.SUITE.decrypt(sealed, keys.private_key(bytes(31) + b"\x01"), info=b"here")


def test_a_derived_key_serves_one_purpose():
    secret = bytes(range(32))
    assert keys.derived(secret, "receipt tag") == keys.derived(secret, "receipt tag")
    assert keys.derived(secret, "receipt tag") != keys.derived(secret, "receipt key")
    assert len(keys.derived(secret, "ml-kem-768", length=64)) == 64


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(keys.KeysError, match="simpul keys make"):
        keys.read(tmp_path / "portal.json")


def test_a_broken_file_says_so(tmp_path):
    (tmp_path / "portal.json").write_text("{")
    with pytest.raises(keys.KeysError, match="cannot be read"):
        keys.read(tmp_path / "portal.json")


def test_a_new_generation_stands_beside_the_old_one(folder):
    before, opening = keys.read(folder / "portal.json"), keys.read(folder / "opening.json")
    name = keys.add_generation(folder)
    after = keys.read(folder / "portal.json")
    assert set(keys.read(folder / "opening.json")["seeds"]) == {*opening["seeds"], name}
    assert keys.generation(b64decode(after["seal_key"])) == name
    for unchanged in ("receipt_key", "journal_key", "signing_key"):
        assert after[unchanged] == before[unchanged]


def test_a_replaced_file_stays_readable_for_whoever_read_it_before(folder):
    os.chmod(folder / "portal.json", 0o640)
    keys.add_generation(folder)
    assert mode(folder / "portal.json") == 0o640
    assert mode(folder / "opening.json") == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_replaced_file_stays_with_its_owner(folder):
    os.chown(folder / "portal.json", 4711, 4712)
    keys.add_generation(folder)
    status = (folder / "portal.json").stat()
    assert (status.st_uid, status.st_gid) == (4711, 4712)


def test_a_file_is_replaced_as_a_whole(folder):
    keys.add_generation(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["opening.json", "portal.json"]


def test_the_generation_in_use_is_not_retired(folder):
    (name,) = keys.read(folder / "opening.json")["seeds"]
    with pytest.raises(keys.KeysError, match="is in use"):
        keys.retire_generation(folder, name)


def test_an_old_generation_is_forgotten(folder):
    (old,) = keys.read(folder / "opening.json")["seeds"]
    new = keys.add_generation(folder)
    keys.retire_generation(folder, old)
    assert set(keys.read(folder / "opening.json")["seeds"]) == {new}
    with pytest.raises(keys.KeysError, match="There is no generation"):
        keys.retire_generation(folder, old)


def test_a_lost_opening_file_comes_back_from_the_seed_with_its_blind_key(folder):
    before = keys.read(folder / "opening.json")
    ((name, seed),) = before["seeds"].items()
    (folder / "opening.json").unlink()
    assert keys.restore_seed(folder, b64decode(seed)) == name
    assert keys.read(folder / "opening.json") == before


def test_after_a_rotation_the_new_seed_brings_the_blind_key_back(folder):
    before = keys.read(folder / "opening.json")
    new = keys.add_generation(folder)
    seed = keys.read(folder / "opening.json")["seeds"][new]
    (folder / "opening.json").unlink()
    keys.restore_seed(folder, b64decode(seed))
    assert keys.read(folder / "opening.json")["blind_key"] == before["blind_key"]


def test_an_old_seed_alone_brings_no_blind_key_and_makes_none_up(folder):
    (old_seed,) = keys.read(folder / "opening.json")["seeds"].values()
    new = keys.add_generation(folder)
    new_seed = keys.read(folder / "opening.json")["seeds"][new]
    blind_key = keys.read(folder / "opening.json")["blind_key"]
    (folder / "opening.json").unlink()
    keys.restore_seed(folder, b64decode(old_seed))
    assert "blind_key" not in keys.read(folder / "opening.json")
    keys.restore_seed(folder, b64decode(new_seed))
    assert keys.read(folder / "opening.json")["blind_key"] == blind_key
    assert len(keys.read(folder / "opening.json")["seeds"]) == 2


def test_restoring_keeps_what_is_there(folder):
    before = keys.read(folder / "opening.json")
    keys.restore_seed(folder, bytes(32))
    after = keys.read(folder / "opening.json")
    assert after["blind_key"] == before["blind_key"]
    assert after["seeds"].items() > before["seeds"].items()


def test_a_new_blind_key_can_be_restored_like_the_first(folder):
    before = keys.read(folder / "opening.json")
    keys.new_blind_key(folder)
    made = keys.read(folder / "opening.json")
    assert made["blind_key"] != before["blind_key"]
    (seed,) = made["seeds"].values()
    (folder / "opening.json").unlink()
    keys.restore_seed(folder, b64decode(seed))
    assert keys.read(folder / "opening.json") == made
