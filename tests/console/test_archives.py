"""Backups: whole, closed to others, without keys, and checked."""

import io
import stat
import tarfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from simpul.console import archives
from simpul.journal.models import Entry

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]


@pytest.fixture
def installation(settings):
    """An installation with a sealed file; its database, with a journal, is the one of the tests."""
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"]
    sealed = settings.FILES / "ab" / "abcdef"
    sealed.parent.mkdir(parents=True, exist_ok=True)
    sealed.write_bytes(b"sealed bytes")
    yield settings
    sealed.unlink()


def names(path):
    with tarfile.open(path) as archive:
        return set(archive.getnames())


def rewritten(path, *, drop=(), change=()):
    """The same archive with members left out or altered."""
    target = path.with_name(f"other-{path.name}")
    with tarfile.open(path) as source, tarfile.open(target, "w:gz") as other:
        for entry in source.getmembers():
            if entry.name in drop:
                continue
            body = source.extractfile(entry).read()
            body = body[:-1] + b"?" if entry.name in change else body
            entry.size = len(body)
            other.addfile(entry, io.BytesIO(body))
    return target


def test_a_backup_holds_database_and_files_and_only_its_owner_may_read_it(installation, tmp_path, now):
    path = archives.make(tmp_path / "backups", at=now)
    assert names(path) >= {"simpul.sqlite3", "files/ab/abcdef", "contents.json"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [left.name for left in path.parent.iterdir()] == [path.name]


def test_no_key_is_in_it_unless_asked_for_and_the_opening_key_never(installation, tmp_path, now):
    keys = settings.HOME / "keys"
    assert {path.name for path in keys.iterdir()} == {"portal.json", "opening.json"}
    without = archives.make(tmp_path / "without", at=now)
    with_keys = archives.make(tmp_path / "with", at=now, with_portal_keys=True)
    assert not [name for name in names(without) if name.startswith("keys/")]
    assert [name for name in names(with_keys) if name.startswith("keys/")] == ["keys/portal.json"]


def test_a_whole_backup_passes_its_check_with_its_journal(installation, tmp_path, now):
    assert Entry.objects.exists()
    sentences = archives.check(archives.make(tmp_path, at=now))
    assert "The database in it is sound." in sentences
    assert len(sentences) == 3


@pytest.mark.parametrize("member", ["files/ab/abcdef", "simpul.sqlite3"])
def test_a_member_that_was_altered_or_left_out_is_named(installation, tmp_path, now, member):
    path = archives.make(tmp_path, at=now)
    with pytest.raises(archives.BackupError, match=f"{member} is not as it was"):
        archives.check(rewritten(path, change={member}))
    with pytest.raises(archives.BackupError, match=f"{member} is missing"):
        archives.check(rewritten(path, drop={member}))


def test_a_file_that_is_no_backup_is_told_so(tmp_path):
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"no archive")
    with pytest.raises(archives.BackupError, match="cannot be read as a backup"):
        archives.check(broken)


def test_a_backup_is_never_overwritten(installation, tmp_path, now):
    archives.make(tmp_path, at=now)
    with pytest.raises(archives.BackupError, match="exists"):
        archives.make(tmp_path, at=now)


def test_the_command_says_where_the_keys_are_not(installation, tmp_path):
    said = io.StringIO()
    call_command("backup", str(tmp_path), stdout=said)
    assert "The keys are not in it" in said.getvalue()
    assert list(Path(tmp_path).glob("simpul-*.tar.gz"))
