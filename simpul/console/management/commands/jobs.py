"""`simpul jobs`: what runs by itself, when it last ran and how that ended."""

from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tasks.base import TaskResultStatus

from simpul.console import jobs

EVERY = {jobs.MINUTE: "minute", jobs.HOUR: "hour", jobs.DAY: "day"}
RESULTS = {
    TaskResultStatus.READY: "waits",
    TaskResultStatus.RUNNING: "runs",
    TaskResultStatus.SUCCESSFUL: "went well",
}


class Command(BaseCommand):
    help = "List what runs by itself, when it last ran and how that ended."
    requires_system_checks = []

    def handle(self, **options):
        for job in jobs.JOBS:
            self.stdout.write(f"{job.name:<14} every {EVERY[job.every]:<7} {last(job)}\n{'':<15}{job.purpose}")


def last(job):
    """When the newest run was, and how it ended."""
    row = jobs.last_run(job)
    if row is None:
        return "has not run yet"
    when = timezone.localtime(row.started_at or row.enqueued_at)
    return f"{when:%Y-%m-%d %H:%M:%S}  {RESULTS.get(row.status) or f'FAILED: {jobs.outcome(row)}'}"
