"""Upkeep: the small jobs that belong to no room."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from simpul.journal import anchors

# A run every minute makes 1440 rows a day; of what went wrong an operator wants to know longer.
KEPT = timedelta(days=2)
FAILURES_KEPT = timedelta(days=30)


def note_anchor(*, at):
    """Note the end of the journal outside the database. The anchor needs no time: it names an entry, which has one."""
    anchors.note()


def clear_sessions(*, at):
    """Remove sessions that ended."""
    Session.objects.filter(expire_date__lt=at).delete()


def prune_results(*, at):
    """Remove records of runs that went well after two days, of those that did not after thirty."""
    DBTaskResult.objects.successful().filter(finished_at__lt=at - KEPT).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=at - FAILURES_KEPT).delete()
