"""The folder of the key process: one secret an epoch, two at most, and the old one destroyed."""

import os

import pytest

from simpul.linkage.custody.epochs import Folder
from simpul.linkage.matching.keys import KeysError


def test_what_is_made_is_for_its_owner_alone(folder):
    assert folder.exists
    assert folder.path.stat().st_mode & 0o777 == 0o700
    files = [path for path in folder.path.rglob("*") if path.is_file()]
    assert len(files) == 2
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    with pytest.raises(KeysError, match="never overwritten"):
        folder.make("2027")


def test_each_epoch_has_a_secret_that_has_nothing_to_do_with_the_other(folder):
    old = folder.rings()["2026"]
    new = folder.begin("2027")
    assert new.key("nik") != old.key("nik")
    assert new.fingerprint.split("-")[0] != old.fingerprint.split("-")[0]
    assert [*folder.rings()] == ["2026", "2027"]


def test_a_running_process_sees_an_epoch_that_was_begun_or_ended_elsewhere(folder):
    running = Folder(folder.path)
    assert [*running.rings()] == ["2026"]
    folder.begin("2027")
    assert [*running.rings()] == ["2026", "2027"]
    folder.end("2026")
    assert [*running.rings()] == ["2027"]


def test_an_ended_epoch_leaves_no_secret(folder):
    secret = (folder.path / "epochs" / "2026.json").read_text()
    folder.begin("2027")
    folder.end("2026")
    left = b"".join(path.read_bytes() for path in folder.path.rglob("*") if path.is_file())
    assert secret.split('"secret": "')[1][:20].encode() not in left


def test_epochs_follow_each_other(folder):
    with pytest.raises(KeysError, match="in use"):
        folder.end("2026")
    with pytest.raises(KeysError, match="sorts after"):
        folder.begin("2025")
    with pytest.raises(KeysError, match="sorts after"):
        folder.begin("2026")
    for name in ("9/9", "9 9"):
        with pytest.raises(KeysError, match="no name of an epoch"):
            folder.begin(name)
    folder.begin("2027")
    with pytest.raises(KeysError, match="both open"):
        folder.begin("2028")
    with pytest.raises(KeysError, match="No epoch '2028' is open"):
        folder.end("2028")


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives a folder to another user")
def test_a_folder_of_another_user_is_left_to_that_user(folder):
    folder.own_key()
    os.chown(folder.path, 65534, 65534)
    with pytest.raises(KeysError, match="belongs to another user"):
        folder.own_key()


def test_a_folder_without_keys_or_open_to_others_is_refused_in_words(tmp_path, folder):
    nothing = Folder(tmp_path / "nothing")
    assert not nothing.exists
    with pytest.raises(KeysError, match="linkage-keys make"):
        nothing.rings()
    with pytest.raises(KeysError, match="cannot be read"):
        nothing.own_key()
    folder.path.chmod(0o755)
    with pytest.raises(KeysError, match="chmod 700"):
        folder.own_key()
    folder.path.chmod(0o700)
    os.chmod(folder.path / "epochs" / "2026.json", 0o644)
    with pytest.raises(KeysError, match="chmod 600"):
        Folder(folder.path).rings()
    os.chmod(folder.path / "epochs" / "2026.json", 0o600)
    (folder.path / "epochs" / "2026.json").unlink()
    with pytest.raises(KeysError, match="No epoch is open"):
        Folder(folder.path).rings()
