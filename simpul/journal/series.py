"""Running numbers, given once and without gaps: the agenda number of a report, the number of a case.

A number is taken in the transaction that uses it: a refused report gives its number back.
"""

from django.db import transaction
from django.db.models import F

from simpul.journal.models import Series


def next_in(name):
    """The next number of a series, beginning with 1."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A number belongs into the transaction that uses it.")
    series = Series.objects.filter(name=name)
    if not series.update(last=F("last") + 1):
        Series.objects.get_or_create(name=name)
        series.update(last=F("last") + 1)
    return series.values_list("last", flat=True).get()
