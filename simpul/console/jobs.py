"""Jobs: what runs by itself every minute, hour and day. One list.

A job belongs to a slot, the stretch of time it is due in, and its run is a row of the table of tasks whose key is
made from the job's name and the slot. So a slot is run once, however many workers there are and however often they
are started again; a slot nobody was there for is not made up for.
"""

import traceback
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# A run that nobody finished, because its machine went away, keeps the next one waiting no longer than this.
GIVEN_UP_AFTER = timedelta(minutes=15)
_RUNS = uuid.UUID("5a0f7d52-31f1-4c7e-9a3e-0a4f6a1d2c11")


class JobError(Exception):
    """A job of the list cannot run as it is written there."""


@dataclass(frozen=True)
class Job:
    """What runs, how often, which function (called with `at=`), and what it is for."""

    name: str
    every: timedelta
    function: str
    purpose: str

    def slot(self, at):
        """The number of the stretch of time a moment lies in; days begin at midnight, local time."""
        local = timezone.localtime(at).replace(tzinfo=UTC)
        return (local - datetime(1970, 1, 1, tzinfo=UTC)) // self.every

    def next_slot_at(self, at):
        local = timezone.localtime(at).replace(tzinfo=UTC)
        begun = datetime(1970, 1, 1, tzinfo=UTC) + self.slot(at) * self.every
        return at + (begun + self.every - local)

    def run_id(self, at):
        """The key of the run of this job in the slot of a moment."""
        return uuid.uuid5(_RUNS, f"{self.name} {self.every} {self.slot(at)}")


JOBS = (
    Job("obligations", MINUTE, "simpul.obligations.jobs.tick", "mark obligations missed and escalate them"),
    Job("contacts", MINUTE, "simpul.intake.jobs.index_contacts", "make new reporters' contacts findable for the desk"),
    Job("outside-answers", MINUTE, "simpul.cases.jobs.take_in_answers", "take over answers that came by links"),
    Job("likely-pairs", MINUTE, "simpul.linkage.jobs.catch_up", "encode people and find likely same persons"),
    Job("intake-check", HOUR, "simpul.intake.jobs.synthetic_report", "send a made-up report through intake"),
    Job("anchor", HOUR, "simpul.console.upkeep.note_anchor", "note the end of the journal outside the database"),
    Job("links", HOUR, "simpul.confidentiality.parcels.end_expired", "destroy what lies in links that ran out"),
    Job("warm-index", HOUR, "simpul.linkage.jobs.keep_warm", "keep the index of likely same persons in memory"),
    Job("count-figures", HOUR, "simpul.insight.tallies.count", "count what the pages of figures show"),
    Job("tend-index", DAY, "simpul.linkage.jobs.tend", "pack the index of likely same persons and put it right"),
    Job("review-queue", DAY, "simpul.linkage.jobs.weigh_anew", "put the pairs to review in order again"),
    Job("lists", DAY, "simpul.privacy.jobs.forget_lists", "destroy files of lists whose days are over"),
    Job("struck-entries", DAY, "simpul.migrants.registry.forget_struck", "destroy entries struck out of the register"),
    Job("alerts", DAY, "simpul.insight.watch.watch", "scan what was counted, warn early, raise alerts"),
    Job("sessions", DAY, "simpul.console.upkeep.clear_sessions", "remove sessions that ended"),
    Job("task-results", DAY, "simpul.console.upkeep.prune_results", "remove records of old runs"),
)


@task()
def run(name):
    """Run one job now. Doors ask the clock, rooms do not: the job's function is told what time it is."""
    function = function_of(named(name))
    try:
        function(at=timezone.now())
    except Exception as problem:
        # What an error says may be a person's own words, and the table of tasks is not sealed: kind and place suffice.
        raise JobError(f"{type(problem).__name__} in {way_to(problem)}") from None


def way_to(problem):
    """Where an error came from, innermost first, without what it was about."""
    frames = traceback.extract_tb(problem.__traceback__)[1:]
    return ", called by ".join(f"{frame.name} ({Path(frame.filename).name}:{frame.lineno})" for frame in frames[::-1])


def named(name):
    for job in JOBS:
        if job.name == name:
            return job
    raise JobError(f"There is no job {name!r}. `simpul jobs` lists them all.")


def function_of(job):
    try:
        return import_string(job.function)
    except ImportError as problem:
        raise JobError(f"The job {job.name} calls {job.function}, which cannot be imported: {problem}.") from problem


def enqueue_due(*, at):
    """Put every job into the queue whose slot has no run yet; returns the moment when the next one is due."""
    due = {job.run_id(at): job for job in JOBS}
    begun = set(DBTaskResult.objects.filter(pk__in=due).values_list("pk", flat=True))
    missing = {key: job for key, job in due.items() if key not in begun}
    if missing:
        busy = unfinished(at=at)
        rows = [_row(key, job, at=at) for key, job in missing.items() if job.name not in busy]
        # Another worker may have been quicker with the same slot: its row stands.
        DBTaskResult.objects.bulk_create(rows, ignore_conflicts=True)
    return min(job.next_slot_at(at) for job in JOBS)


def unfinished(*, at):
    """Names of jobs that wait or run: none of them is started a second time beside itself."""
    rows = runs().filter(
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING], enqueued_at__gt=at - GIVEN_UP_AFTER
    )
    return {name_of(row) for row in rows.only("args_kwargs")}


def runs():
    return DBTaskResult.objects.filter(task_path=run.module_path)


def name_of(row):
    return row.args_kwargs["args"][0]


def last_run(job):
    """The newest run of a job, or None."""
    return runs().filter(args_kwargs=_arguments(job)).order_by("-enqueued_at").first()


def _row(key, job, *, at):
    return DBTaskResult(
        id=key,
        args_kwargs=_arguments(job),
        task_path=run.module_path,
        queue_name=run.queue_name,
        backend_name=run.backend,
        run_after=at,
    )


def _arguments(job):
    return {"args": [job.name], "kwargs": {}}


def outcome(row):
    """What a run that failed says of it: its last line, which `run` has written."""
    lines = row.traceback.strip().splitlines()
    return (
        lines[-1].removeprefix(f"{JobError.__module__}.{JobError.__qualname__}: ") if lines else "no reason was noted"
    )
