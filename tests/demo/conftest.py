"""A small invented year, loaded once for all tests of this room that only read it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from simpul.demo import load

AT = datetime(2026, 8, 3, 9, 0, tzinfo=ZoneInfo("Asia/Pontianak"))
SCALE = 0.06


@pytest.fixture(scope="module")
def region(django_db_setup, django_db_blocker):
    """The counts of a small year that every test of the module may read; nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load.load(at=AT, scale=SCALE)
        transaction.set_rollback(True)
