"""The background work: runs what is due, says what failed, ends when it should."""

import os
import subprocess
import sys

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus

from simpul.console import background, jobs
from simpul.console.background import Background


def a_job_that_works(*, at):
    a_job_that_works.told = at


def a_job_that_fails(*, at):
    raise ValueError("Wati, 0812-3456-7890")


@pytest.fixture
def two_jobs(monkeypatch):
    """A list of two, one of which fails."""
    made = tuple(
        jobs.Job(name, jobs.MINUTE, f"{__name__}.{function.__name__}", "a test")
        for name, function in (("works", a_job_that_works), ("fails", a_job_that_fails))
    )
    monkeypatch.setattr(jobs, "JOBS", made)


@pytest.mark.django_db(transaction=True)
def test_one_look_runs_what_is_due_and_tells_each_job_the_time(two_jobs):
    Background().look(at=timezone.now())
    assert jobs.last_run(jobs.named("works")).status == TaskResultStatus.SUCCESSFUL
    assert a_job_that_works.told.tzinfo is not None


@pytest.mark.django_db(transaction=True)
def test_of_a_job_that_failed_the_log_has_the_name_and_not_the_words(two_jobs, caplog):
    Background().look(at=timezone.now())
    assert jobs.last_run(jobs.named("fails")).status == TaskResultStatus.FAILED
    ours = [record.getMessage() for record in caplog.records if record.name == background.__name__]
    assert len(ours) == 1
    assert ours[0].startswith("The job fails failed: ValueError in a_job_that_fails (test_background.py:")


@pytest.mark.django_db(transaction=True)
def test_the_words_of_an_error_are_not_kept_in_the_table_of_tasks(two_jobs):
    with pytest.raises(ValueError, match="Wati"):
        a_job_that_fails(at=None)
    Background().look(at=timezone.now())
    kept = jobs.last_run(jobs.named("fails")).traceback
    assert "a_job_that_fails" in kept
    assert "Wati" not in kept
    assert "0812" not in kept


@pytest.mark.django_db(transaction=True)
def test_a_run_of_a_process_that_is_gone_is_closed_and_one_that_lives_is_left(two_jobs, now):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    host = background.socket.gethostname()[:40]
    jobs.enqueue_due(at=now)
    for name, pid in (("works", gone.pid), ("fails", os.getppid())):
        row = jobs.last_run(jobs.named(name))
        row.status, row.worker_ids = TaskResultStatus.RUNNING, [f"{host}:{pid}"]
        row.save()
    background.give_up_abandoned()
    assert jobs.last_run(jobs.named("works")).status == TaskResultStatus.FAILED
    assert jobs.last_run(jobs.named("fails")).status == TaskResultStatus.RUNNING


def test_it_ends_when_the_process_it_stands_beside_is_gone():
    assert Background(beside=os.getppid()).goes_on()
    assert not Background(beside=1 if os.getppid() != 1 else 2).goes_on()


def test_it_ends_when_it_is_asked_to():
    working = Background()
    working._stop(None, None)
    assert not working.goes_on()
    assert not working.worker.running
