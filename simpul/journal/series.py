"""Running numbers, given once and without gaps: the agenda number of a report, the number of a case.

A number is taken in the transaction that uses it: a refused report gives its number back.
"""

from django.db import transaction

from simpul.journal.models import Series


def next_in(name):
    """The next number of a series, beginning with 1."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A number belongs into the transaction that uses it.")
    Series.objects.get_or_create(name=name)
    series = Series.objects.select_for_update().get(name=name)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last
