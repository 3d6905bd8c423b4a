"""What runs by itself in this room: the files of lists are destroyed when their days are over.

A file of a list holds everybody on it under one key. Whoever was taken in from it stays, each under a key of their own.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from simpul.journal.acts import Act
from simpul.journal.entries import label
from simpul.journal.models import Entry
from simpul.migrants import sheets
from simpul.migrants.models import Sheet
from simpul.reference import catalogues

TAKEN_IN, NOT_TAKEN_IN = "list_taken_in", "list_not_taken_in"
# Work on a list: whoever only opened it did not work on it.
WORK = (Act.SHEET_RECEIVED, Act.SHEET_CORRECTED, Act.SHEET_UNDONE, Act.SHEET_DISCARDED)


def forget_lists(*, at):
    """Destroy the files of lists that were taken in long ago, put away or never finished; returns how many."""
    taken_in = [Sheet.State.TAKEN_IN, Sheet.State.REPLACED]
    old = Q(state__in=taken_in, taken_in_at__lte=at - _days(TAKEN_IN))
    unfinished = ~Q(state__in=taken_in) & Q(uploaded_at__lte=at - _days(NOT_TAKEN_IN))
    found = Sheet.objects.filter(old | unfinished, forgotten_at=None).defer("content", "name", "said")
    forgotten = 0
    for sheet in found.select_related("data_key").order_by("pk"):
        if sheet.state not in taken_in and not _was_left(sheet, at):
            continue
        _forget(sheet, at)
        forgotten += 1
    return forgotten


@transaction.atomic
def _forget(sheet, at):
    """What nobody finished is put away with it: without its file it cannot be corrected."""
    if sheet.state == Sheet.State.READ:
        sheets.move(sheet, Sheet.State.DISCARDED)
    sheets.forget(sheet, by=None, at=at)


def _was_left(sheet, at):
    """Whether nobody has worked on a list for as many days as it is kept."""
    since = at - _days(NOT_TAKEN_IN)
    return not Entry.objects.filter(subject=label(sheet), act__in=WORK, at__gt=since).exists()


def _days(rule):
    return timedelta(days=catalogues.term("retention", rule).extra["days"])
