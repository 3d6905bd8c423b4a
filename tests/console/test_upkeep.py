"""The small jobs that belong to no room."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from simpul.console import jobs, upkeep
from simpul.journal import anchors
from simpul.journal.acts import Act
from simpul.journal.entries import enter

pytestmark = pytest.mark.django_db


def test_sessions_that_ended_go_and_others_stay(now):
    Session.objects.create(session_key="ended", session_data="", expire_date=now - timedelta(seconds=1))
    Session.objects.create(session_key="open", session_data="", expire_date=now + timedelta(hours=1))
    upkeep.clear_sessions(at=now)
    assert [session.session_key for session in Session.objects.all()] == ["open"]


@pytest.mark.parametrize(
    ("status", "days", "kept"),
    [
        (TaskResultStatus.SUCCESSFUL, 1, True),
        (TaskResultStatus.SUCCESSFUL, 3, False),
        (TaskResultStatus.FAILED, 3, True),
        (TaskResultStatus.FAILED, 31, False),
        (TaskResultStatus.RUNNING, 31, True),
    ],
)
def test_records_of_runs_are_kept_as_long_as_they_are_of_use(now, status, days, kept):
    jobs.enqueue_due(at=now)
    jobs.runs().update(status=status, finished_at=now - timedelta(days=days))
    upkeep.prune_results(at=now)
    assert DBTaskResult.objects.exists() is kept


def test_the_end_of_the_journal_is_noted_outside_the_database(now):
    with transaction.atomic():
        entry = enter(Act.INTAKE_CHECKED, on="intake", by=None, at=now)
    upkeep.note_anchor(at=now)
    assert anchors.noted()[-1] == (entry.number, bytes(entry.link).hex())
