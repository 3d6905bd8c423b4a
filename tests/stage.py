"""The small world as it stands before a test, made once for the tests of a module that begin with it.

It stands in a transaction around those of the tests, and each of them goes back to it. A test that begins without the
world finds none.
"""

from copy import deepcopy

import pytest
from django.db import transaction

from tests.world import NOW, World


class Stage:
    """The world, and the transaction in which it stands."""

    def __init__(self):
        self.world = self._around = self._blocker = None
        # Whether a test's own transaction is open within that of the world, and whether it is the last of its module.
        self.is_played_on = self.closes = False

    def set_up(self, blocker):
        if self.world is None:
            self._blocker, self._around = blocker, transaction.atomic()
            with blocker.unblock():
                self._around.__enter__()
                self.world = World(NOW)

    def clear(self):
        if self.world is not None:
            with self._blocker.unblock():
                transaction.set_rollback(True)
                self._around.__exit__(None, None, None)
            self.world = None

    def left(self):
        """A test has taken back what it did."""
        self.is_played_on = False
        if self.closes:
            self.clear()


STAGE = Stage()


@pytest.fixture
def world(db, now):
    """The small world at the beginning of a test."""
    return World(now) if STAGE.world is None else deepcopy(STAGE.world)


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef, request):
    """Before a test's own transaction begins, the world is there or it is not; before what lasts longer, it is not."""
    if fixturedef.argname == "_django_db_helper":
        if _begins_with_the_world(request.node):
            STAGE.set_up(request.getfixturevalue("django_db_blocker"))
        else:
            STAGE.clear()
        STAGE.is_played_on = True
        request.node.addfinalizer(STAGE.left)
    elif fixturedef.scope != "function" or fixturedef.argname == "transactional_db":
        # Where the connection is closed or kept in a transaction of its own, that of the world must not be open.
        STAGE.clear()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item, nextitem):
    STAGE.closes = nextitem is None or nextitem.path != item.path
    if STAGE.closes and not STAGE.is_played_on:
        STAGE.clear()


def _begins_with_the_world(item):
    """Whether a test asks for the world of this module, at the moment at which it stands here."""
    found = item._fixtureinfo.name2fixturedefs
    from_where = [found[name][-1].func.__module__ for name in ("world", "now") if name in found]
    return from_where == [__name__, "tests.conftest"]
