"""A short book, and somebody who may write to the database but does not have the key."""

import pytest
from django.db import connection

from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.journal.models import Head


@pytest.fixture
def book(db, now):
    """Five more entries at the end of the journal; returns the numbers of these."""
    first = (Head.objects.first().number if Head.objects.exists() else 0) + 1
    for number in range(5):
        enter(Act.CASE_READ, on=f"cases.case:{number}", by=None, at=now, fields=["name"], count=number)
    return list(range(first, first + 5))


@pytest.fixture
def tamper(db):
    """Run SQL as somebody who has taken the guards of the database away."""

    def run(sql, *values):
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='journal_entry'")
                for (name,) in cursor.fetchall():
                    cursor.execute(f"DROP TRIGGER {name}")
            else:
                cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
            cursor.execute(sql, values)
            assert cursor.rowcount > 0

    return run
