"""The one list of jobs, and its slots."""

from datetime import timedelta

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from simpul.console import jobs


@pytest.mark.parametrize("job", jobs.JOBS, ids=lambda job: job.name)
def test_every_job_of_the_list_can_be_called(job):
    assert callable(jobs.function_of(job))


def test_a_job_that_is_not_there_is_named_in_a_sentence():
    job = jobs.Job("nothing", jobs.DAY, "simpul.console.upkeep.nothing", "nothing")
    with pytest.raises(jobs.JobError, match="The job nothing calls simpul.console.upkeep.nothing"):
        jobs.function_of(job)


def test_days_begin_at_local_midnight(now):
    day = jobs.named("sessions")
    midnight = now.replace(hour=0)
    assert day.slot(midnight) == day.slot(now) == day.slot(midnight + timedelta(hours=23, minutes=59))
    assert day.slot(midnight - timedelta(seconds=1)) == day.slot(now) - 1
    assert day.next_slot_at(now) == midnight + timedelta(days=1)


@pytest.mark.django_db
def test_each_slot_is_run_once_however_often_somebody_looks(now):
    due = jobs.enqueue_due(at=now)
    jobs.enqueue_due(at=now + timedelta(seconds=30))
    assert due == now + timedelta(minutes=1)
    assert sorted(jobs.name_of(row) for row in jobs.runs()) == sorted(job.name for job in jobs.JOBS)


@pytest.mark.django_db
def test_the_next_minute_brings_the_minutely_jobs_again(now):
    jobs.enqueue_due(at=now)
    jobs.runs().update(status=TaskResultStatus.SUCCESSFUL)
    before = jobs.runs().count()
    jobs.enqueue_due(at=now + timedelta(minutes=1))
    assert jobs.runs().count() == before + len([job for job in jobs.JOBS if job.every == jobs.MINUTE])


@pytest.mark.django_db
def test_a_job_that_still_runs_is_not_started_beside_itself(now):
    jobs.enqueue_due(at=now)
    jobs.runs().update(status=TaskResultStatus.RUNNING, enqueued_at=now)
    before = jobs.runs().count()
    jobs.enqueue_due(at=now + timedelta(minutes=1))
    assert jobs.runs().count() == before


@pytest.mark.django_db
def test_a_run_nobody_finished_does_not_hold_its_job_up_for_ever(now):
    jobs.enqueue_due(at=now)
    jobs.runs().update(status=TaskResultStatus.RUNNING, enqueued_at=now)
    before = jobs.runs().count()
    jobs.enqueue_due(at=now + jobs.GIVEN_UP_AFTER + timedelta(minutes=1))
    assert jobs.runs().count() > before


@pytest.mark.django_db
def test_the_newest_run_of_a_job_is_found(now):
    assert jobs.last_run(jobs.JOBS[0]) is None
    jobs.enqueue_due(at=now)
    assert jobs.name_of(jobs.last_run(jobs.JOBS[0])) == jobs.JOBS[0].name
    assert DBTaskResult.objects.count() == len(jobs.JOBS)
