"""Backups: one file with all that an installation cannot make again, apart from its keys.

What is sealed in the database stays sealed in the backup. The opening key is never in it: a backup and the key that
opens it do not lie in one place.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

from simpul.confidentiality import keys
from simpul.journal import anchors

DATABASE = {"sqlite": "simpul.sqlite3", "postgresql": "simpul.pgdump"}
ANCHORS = "journal-anchors.txt"
CONTENTS = "contents.json"
SIZE_OF_A_PIECE = 1024 * 1024


class BackupError(Exception):
    """A backup could not be made or does not hold; says what to do."""


def make(folder, *, at, with_portal_keys=False):
    """Write a backup into a folder; returns its path. It appears under its name only when it is whole."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / f"simpul-{at:%Y%m%d-%H%M%S}.tar.gz"
    if target.exists():
        raise BackupError(f"{target} exists. A backup is never overwritten.")
    partial = target.with_suffix(".partial")
    with tempfile.TemporaryDirectory(dir=folder, prefix=".simpul-") as workshop:
        copy = Path(workshop) / DATABASE[connection.vendor]
        _copy_database(copy)
        try:
            _write(partial, _members(copy, with_portal_keys=with_portal_keys), at=at)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    partial.replace(target)
    return target


def check(path):
    """Whether a backup is whole and its journal holds; returns sentences about it, or raises `BackupError`."""
    with tempfile.TemporaryDirectory(prefix="simpul-backup-") as workshop:
        home = Path(workshop)
        contents = _unpack(path, home)
        sentences = [f"{len(contents['files'])} files are as they were when the backup was made, {contents['at']}."]
        if contents["database"] == "sqlite":
            return sentences + _check_sqlite(home)
        return sentences + _check_postgresql(home)


def _copy_database(target):
    """A copy as of one moment, while others go on writing."""
    if connection.vendor == "postgresql":
        return _dump(target)
    # Unlike a copy page by page, this leaves out what was deleted.
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=30)) as source:
        source.execute("VACUUM INTO ?", [str(target)])
    target.chmod(0o600)
    return None


def _dump(target):
    if not shutil.which("pg_dump"):
        raise BackupError("pg_dump is missing. Install PostgreSQL's client programs, as apt install postgresql-client.")
    of = connection.settings_dict
    where = {"PGHOST": of["HOST"], "PGPORT": of["PORT"], "PGUSER": of["USER"], "PGPASSWORD": of["PASSWORD"]}
    environment = os.environ | {name: str(value) for name, value in where.items() if value}
    command = ["pg_dump", "--format=custom", "--no-owner", f"--file={target}", of["NAME"]]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise BackupError(f"pg_dump did not manage: {answer.stderr.strip()}")
    target.chmod(0o600)


def _members(database, *, with_portal_keys):
    """Pairs of a name in the archive and the file that goes there."""
    yield database.name, database
    if anchors.path().is_file():
        yield ANCHORS, anchors.path()
    if with_portal_keys:
        yield f"keys/{keys.PORTAL}", _keys_folder() / keys.PORTAL
    # After the database: a file that comes in between is one too many, not one too few.
    for path in sorted(settings.FILES.rglob("*")):
        if path.is_file():
            yield f"files/{path.relative_to(settings.FILES)}", path


def _keys_folder():
    return Path(os.environ.get("SIMPUL_KEYS", settings.HOME / "keys"))


def _write(target, members, *, at):
    digests = {}
    with (
        open(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file,
        tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive,
    ):
        for name, path in members:
            if _add(archive, name, path):
                digests[name] = _digest(path)
        contents = {"at": at.isoformat(timespec="seconds"), "database": connection.vendor, "files": digests}
        body = json.dumps(contents, indent=1).encode()
        archive.addfile(_entry(CONTENTS, len(body)), io.BytesIO(body))
        archive.close()
        file.flush()
        os.fsync(file.fileno())


def _add(archive, name, path):
    """Whether the file was still there to be added."""
    try:
        with path.open("rb") as file:
            archive.addfile(_entry(name, os.fstat(file.fileno()).st_size), file)
    except FileNotFoundError:
        return False
    return True


def _entry(name, size):
    """A line of the archive that tells nothing of the machine it was made on."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def _digest(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unpack(path, home):
    try:
        with tarfile.open(path, "r:gz") as archive:
            archive.extractall(home, filter="data")
        contents = json.loads((home / CONTENTS).read_text())
    except (OSError, EOFError, ValueError, tarfile.TarError) as problem:
        raise BackupError(f"{path} cannot be read as a backup: {problem}") from problem
    for name, digest in contents["files"].items():
        if not (home / name).is_file():
            raise BackupError(f"{name} is missing in the backup. Use another one.")
        if _digest(home / name) != digest:
            raise BackupError(f"{name} is not as it was when the backup was made. Use another one.")
    return contents


def _check_sqlite(home):
    database = home / DATABASE["sqlite"]
    with closing(sqlite3.connect(database)) as copy:
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise BackupError(f"The database in the backup is damaged: {found}. Use another one.")
    return ["The database in it is sound.", _verify_journal(home, database)]


def _verify_journal(home, database):
    """What `simpul journal verify` says of the copy, with this installation's keys."""
    environment = os.environ | {
        "SIMPUL_HOME": str(home),
        "SIMPUL_KEYS": str(_keys_folder()),
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "simpul.settings",
    }
    command = [sys.executable, "-m", "simpul.console", "journal", "verify"]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    said = (answer.stdout + answer.stderr).strip()
    if answer.returncode:
        raise BackupError(f"The journal in the backup does not hold: {said}")
    return said


def _check_postgresql(home):
    if not shutil.which("pg_restore"):
        return ["pg_restore is missing, so the database in it was not looked into."]
    dump = home / DATABASE["postgresql"]
    answer = subprocess.run(["pg_restore", "--list", dump], capture_output=True, text=True, check=False)
    if answer.returncode:
        raise BackupError(f"The database in the backup is damaged: {answer.stderr.strip()}")
    return ["The database in it can be read. To verify its journal, restore it and run: simpul journal verify"]
