"""Background work: puts due jobs into the queue and runs what is in it, one after the other, in one process."""

import logging
import os
import signal
import socket
import sys
from threading import Event

from django.db import close_old_connections
from django.db.utils import OperationalError
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from simpul.console import jobs

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0
# Of all that work brings in it weighs most, and is needed for seconds a night: the watch, and estimates.
HEAVY = "numba"


class Abandoned(Exception):
    """The process that ran this went away before it was done."""


class Background:
    """One worker. It ends when it is asked to, and when the process it was started beside is gone.

    `begin_anew` takes its place when it has grown heavy: Python gives no module back.
    """

    def __init__(self, *, beside=None, begin_anew=None):
        self.beside, self.begin_anew = beside, begin_anew
        self.asked_to_stop = Event()
        self.next_due_at = None
        self.worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{socket.gethostname()[:40]}:{os.getpid()}",
        )

    def heed_signals(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    def work(self):
        """Look for work every second until asked to stop."""
        # It would print whole tracebacks; `report_failures` prints one line, which `simpul jobs` repeats.
        logging.getLogger("django_tasks").setLevel(logging.CRITICAL)
        give_up_abandoned()
        while self.goes_on():
            try:
                self.look(at=timezone.now())
            except OperationalError as problem:
                # A database that restarts or is locked comes back; a worker that ended would not.
                log.warning("The database does not answer; trying again: %s", str(problem).splitlines()[0])
            self.asked_to_stop.wait(LOOK_EVERY)

    def look(self, *, at):
        """Put into the queue what is due, and run what is ready."""
        close_old_connections()
        if self.next_due_at is None or at >= self.next_due_at:
            self.next_due_at = jobs.enqueue_due(at=at)
        # Taking a task takes the write lock of SQLite, so this looks before it takes.
        if self.goes_on() and DBTaskResult.objects.ready().exists():
            self.worker.run()
            report_failures(since=at)
            if self.begin_anew and HEAVY in sys.modules and self.goes_on():
                self.begin_anew()

    def goes_on(self):
        is_alone = self.beside is not None and os.getppid() != self.beside
        return not (self.asked_to_stop.is_set() or is_alone)

    def _stop(self, _number, _frame):
        self.asked_to_stop.set()
        self.worker.running = False


def report_failures(*, since):
    """One line for each job that failed."""
    for row in jobs.runs().failed().filter(finished_at__gte=since):
        log.error("The job %s failed: %s", jobs.name_of(row), jobs.outcome(row))


def give_up_abandoned():
    """Close runs that were begun on this machine by a process that no longer exists."""
    host = f"{socket.gethostname()[:40]}:"
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        worker = row.worker_ids[-1] if row.worker_ids else ""
        if worker.startswith(host) and not exists(int(worker.removeprefix(host))):
            row.set_failed(Abandoned("The process that ran this went away before it was done."))


def exists(pid):
    """Whether another process with this number runs on this machine."""
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
