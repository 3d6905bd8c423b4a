"""A small invented year, loaded once for all tests of a run that only read it."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import asdict

import pytest
from django.db import connection, transaction

from simpul.demo import load
from tests.lasting import working_on
from tests.world import NOW

AT = NOW
SCALE = 0.06
DATABASE, COUNTS = "year.sqlite3", "counts.json"


@pytest.fixture(scope="module")
def region(request, django_db_setup, django_db_blocker):
    """The counts of a small year that every test of the module may read; nothing of it stays."""
    if connection.vendor != "sqlite":
        with django_db_blocker.unblock(), transaction.atomic():
            yield load.load(at=AT, scale=SCALE)
            transaction.set_rollback(True)
        return
    folder = request.getfixturevalue("year")
    with django_db_blocker.unblock(), working_on(folder / DATABASE):
        yield load.Counts(**json.loads((folder / COUNTS).read_text()))


@pytest.fixture(scope="session")
def year(once, tmp_path_factory, django_db_setup, django_db_blocker):
    """A folder with a database that holds the year, and its counts. Loading takes long, so one process does it."""

    def loaded(folder):
        folder.mkdir()
        own = sqlite3.connect(connection.settings_dict["NAME"])
        with closing(own) as empty, closing(sqlite3.connect(folder / DATABASE)) as copy:
            empty.backup(copy)
        with django_db_blocker.unblock(), working_on(folder / DATABASE):
            counts = load.load(at=AT, scale=SCALE)
        (folder / COUNTS).write_text(json.dumps(asdict(counts)))

    # A file of its own for each process: two that write in one, if only for a while, wait for each other.
    return shutil.copytree(once("year", loaded), tmp_path_factory.mktemp("demo") / "year")
