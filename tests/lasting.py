"""For tests in which transactions must really end: a copy of the test database, thrown away afterwards.

The journal refuses to be emptied, so such a test never writes into the database that the other tests share.
"""

import threading

import pytest
from django.db import connection, connections

from tests.world import World


@pytest.fixture
def transactional_db(django_db_setup, django_db_blocker):
    """Instead of pytest-django's, which empties the database afterwards and would be refused by the journal."""
    with django_db_blocker.unblock():
        settings = connection.settings_dict
        name = settings["NAME"]
        connection.close()
        connection.creation.clone_test_db("lasting", verbosity=0)
        settings["NAME"] = connection.creation.get_test_db_clone_settings("lasting")["NAME"]
        try:
            yield
        finally:
            connection.close()
            settings["NAME"] = name
            connection.creation.destroy_test_db(suffix="lasting", verbosity=0)


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
