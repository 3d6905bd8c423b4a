"""For tests in which transactions must really end: a copy of the test database, thrown away afterwards.

The journal refuses to be emptied, so such a test never writes into the database that the other tests share.
"""

import sqlite3
import threading
from contextlib import closing, contextmanager

import pytest
from django.db import connection, connections

from tests.world import World


@contextmanager
def working_on(name):
    """This process works on another database for a while."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


@pytest.fixture
def transactional_db(django_db_setup, django_db_blocker):
    """Instead of pytest-django's, which empties the database afterwards and would be refused by the journal."""
    with django_db_blocker.unblock():
        connection.close()
        connection.creation.clone_test_db("lasting", verbosity=0)
        copy = connection.creation.get_test_db_clone_settings("lasting")["NAME"]
        if connection.vendor == "sqlite":
            _copy_all(connection.settings_dict["NAME"], copy)
        try:
            with working_on(copy):
                yield
        finally:
            connection.creation.destroy_test_db(suffix="lasting", verbosity=0)


def _copy_all(source, target):
    """Also what stands beside the file still, where another connection keeps it from being written back."""
    with closing(sqlite3.connect(source)) as whole, closing(sqlite3.connect(target)) as copy:
        whole.backup(copy)


@pytest.fixture
def lasting(transactional_db, now):
    """The small world in a copy of the database."""
    return World(now)


def at_once(*acts):
    """Run several functions at the same moment, each in a thread of its own; what each returned or raised."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        start.wait()
        try:
            results[number] = act()
        except Exception as problem:
            results[number] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
