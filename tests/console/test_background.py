"""The background work: runs what is due, says what failed, ends when it should."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection
from django_tasks.base import TaskResultStatus

from simpul.console import background, jobs
from simpul.console.background import Background
from simpul.console.management.commands import work

# A worker takes tasks in transactions of its own, so it is watched in a process and a database of its own.
ONE_LOOK = """
import json, sys
import django
django.setup()
from django.utils import timezone
from simpul.console import background, jobs

background.HEAVY, anew = "colorsys", []

def works(*, at):
    assert at.tzinfo
    import colorsys

def fails(*, at):
    raise ValueError("Wati, 0812-3456-7890")

jobs.JOBS = tuple(jobs.Job(name, jobs.MINUTE, f"__main__.{name}", "a test") for name in ("works", "fails"))
work = background.Background(begin_anew=lambda: anew.append("anew"))
work.asked_to_stop.wait = lambda seconds: work.asked_to_stop.set()
work.work()
told = {job.name: [row.status, row.traceback] for job in jobs.JOBS if (row := jobs.last_run(job))}
print(json.dumps(told | {"anew": anew}))
"""

EVERY_HOUR = """
import json, sys
import django
django.setup()
from django.utils import timezone
from simpul.console import background, jobs

often = [job for job in jobs.JOBS if job.every < jobs.DAY]
for job in often:
    jobs.function_of(job)(at=timezone.now())
print(json.dumps([len(often), background.HEAVY in sys.modules]))
"""


@pytest.fixture
def in_a_process(django_db_setup, tmp_path):
    """Run a programme on a copy of the tables in a process of its own: what it prints, as JSON, and its log."""
    if connection.vendor != "sqlite":
        pytest.skip("copies the database file of the tests")
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as tests:
        tests.execute("VACUUM INTO ?", [str(tmp_path / "simpul.sqlite3")])
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "simpul.settings",
        "SIMPUL_HOME": str(tmp_path),
        "SIMPUL_KEYS": str(settings.HOME / "keys"),
    }
    environment.pop("DATABASE_URL", None)

    def run(programme):
        answer = subprocess.run(
            [sys.executable, "-c", programme], env=environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert answer.returncode == 0, answer.stderr
        return json.loads(answer.stdout), answer.stderr

    return run


@pytest.fixture
def one_look(in_a_process):
    """What one look at a list of two jobs, one of which fails, left in the table and in the log."""
    return in_a_process(ONE_LOOK)


@pytest.mark.django_db
def test_one_look_runs_what_is_due(one_look):
    table, _log = one_look
    assert table["works"] == ["SUCCESSFUL", ""]
    assert table["fails"][0] == "FAILED"


@pytest.mark.django_db
def test_work_that_brought_in_what_is_heavy_begins_anew_when_all_is_done(one_look):
    table, _log = one_look
    assert table["anew"] == ["anew"]


@pytest.mark.django_db
def test_what_runs_every_minute_and_hour_brings_in_nothing_heavy(in_a_process):
    (jobs_run, is_heavy), _log = in_a_process(EVERY_HOUR)
    assert jobs_run >= 9
    assert not is_heavy


def test_the_process_begins_anew_with_the_words_it_was_started_with(monkeypatch):
    called = []
    monkeypatch.setattr(work.os, "execv", lambda *given: called.append(given))
    monkeypatch.setattr(sys, "argv", ["simpul", "work", "--beside", "7"])
    monkeypatch.setattr(work.connections, "close_all", lambda: called.append("closed"))
    work.begin_anew()
    command = [sys.executable, "-m", "simpul.console", "work", "--beside", "7"]
    assert called == ["closed", (sys.executable, command)]


@pytest.mark.django_db
def test_of_a_job_that_failed_kind_and_place_are_kept_and_not_the_words_of_its_error(one_look):
    table, log = one_look
    for place in (table["fails"][1], log):
        assert "ValueError in fails" in place
        assert "Wati" not in place
        assert "0812" not in place
    assert log.count("\n") == 1


@pytest.mark.django_db
def test_a_run_of_a_process_that_is_gone_is_closed_and_one_that_lives_is_left(now):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    host = background.socket.gethostname()[:40]
    jobs.enqueue_due(at=now)
    for name, pid in (("obligations", gone.pid), ("contacts", os.getppid())):
        row = jobs.last_run(jobs.named(name))
        row.status, row.worker_ids = TaskResultStatus.RUNNING, [f"{host}:{pid}"]
        row.save()
    background.give_up_abandoned()
    assert jobs.last_run(jobs.named("obligations")).status == TaskResultStatus.FAILED
    assert jobs.last_run(jobs.named("contacts")).status == TaskResultStatus.RUNNING


def test_it_ends_when_the_process_it_stands_beside_is_gone():
    assert Background(beside=os.getppid()).goes_on()
    assert not Background(beside=1 if os.getppid() != 1 else 2).goes_on()


def test_it_ends_when_it_is_asked_to():
    working = Background()
    working._stop(None, None)
    assert not working.goes_on()
    assert not working.worker.running
