"""Reading ahead: what takes long to read is read by a process beside, while this one writes what was read before.

Where a process cannot be split in two, the reading is done here, one after the other.
"""

import multiprocessing
import queue
from itertools import islice

from django.db import connections

AT_ONCE = 500
# How many parts may wait: enough that nobody waits for the other, and no more memory than that.
WAITING = 8


class ReadingFailed(Exception):
    """The process that reads came to its end before the file did; the text is what it said last."""


def ahead(rows):
    """The rows of an iterable, read by a process of its own. `rows` must not have touched the database yet."""
    if "fork" not in multiprocessing.get_all_start_methods():
        yield from rows
        return
    # A connection belongs to one process; each opens its own when it needs one.
    connections.close_all()
    beside = multiprocessing.get_context("fork")
    parts = beside.Queue(WAITING)
    process = beside.Process(target=_read, args=(rows, parts), daemon=True)
    process.start()
    try:
        yield from _arriving(parts, process)
    finally:
        process.terminate()
        process.join()


def _read(rows, parts):
    rows = iter(rows)
    try:
        while part := list(islice(rows, AT_ONCE)):
            parts.put(part)
        parts.put(None)
    except Exception as problem:
        parts.put(f"{type(problem).__name__}: {problem}")
        raise


def _arriving(parts, process):
    while True:
        part = _next(parts, process)
        if part is None:
            return
        if isinstance(part, str):
            raise ReadingFailed(part)
        yield from part


def _next(parts, process):
    while True:
        try:
            return parts.get(timeout=1)
        except queue.Empty:
            if not process.is_alive() and parts.empty():
                raise ReadingFailed("it was ended from outside") from None
