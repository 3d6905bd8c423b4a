"""Running numbers, given once and without gaps: the agenda number of a report, the number of a case.

A number is taken in the transaction that uses it: a refused report gives its number back.
"""

from django.db import connection

from simpul.journal.models import Series

NEXT = "UPDATE journal_series SET last = last + 1 WHERE name = %s RETURNING last"


def next_in(name):
    """The next number of a series, beginning with 1."""
    if not connection.in_atomic_block:
        raise RuntimeError("A number belongs into the transaction that uses it.")
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [name])
        given = cursor.fetchone()
        if given is None:
            Series.objects.get_or_create(name=name)
            cursor.execute(NEXT, [name])
            given = cursor.fetchone()
    return given[0]
