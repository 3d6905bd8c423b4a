"""Reading the journal: who opened this file, what did this officer do."""

from simpul.journal.acts import READINGS
from simpul.journal.entries import label
from simpul.journal.models import Entry


def entries_of(thing):
    """All entries in the file of a report or case, newest first."""
    return Entry.objects.filter(file=label(thing)).order_by("-number")


def readings_of(thing):
    """Who opened this file: its readings, newest first."""
    return entries_of(thing).filter(act__in=READINGS)


def acts_by(officer):
    """Everything an officer did and read, newest first."""
    return Entry.objects.filter(officer_id=officer.pk).order_by("-number")


def latest():
    """The whole book, newest first."""
    return Entry.objects.order_by("-number")
