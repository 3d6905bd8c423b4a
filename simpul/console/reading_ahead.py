"""Reading ahead: a process beside reads and seals, while this one stores what came before.

Where a process cannot be split in two, all is done here, one after the other.
"""

import multiprocessing
import queue

from django.db import connections

# How many parts may wait: enough that nobody waits for the other, and no more memory than that.
WAITING = 2
PART, END, FAILED = "part", "end", "failed"


class ReadingFailed(Exception):
    """The process that reads came to its end before the file did; the text is what it said last."""


def ahead(parts):
    """The parts of an iterable, read by a process of its own. `parts` must not have touched the database yet."""
    if "fork" not in multiprocessing.get_all_start_methods():
        yield from parts
        return
    # A connection belongs to one process; each opens its own when it needs one.
    connections.close_all()
    beside = multiprocessing.get_context("fork")
    waiting = beside.Queue(WAITING)
    process = beside.Process(target=_read, args=(parts, waiting), daemon=True)
    process.start()
    try:
        yield from _arriving(waiting, process)
    finally:
        process.terminate()
        process.join()


def _read(parts, waiting):
    try:
        for part in parts:
            waiting.put((PART, part))
        waiting.put((END, None))
    except Exception as problem:
        waiting.put((FAILED, f"{type(problem).__name__}: {problem}"))
        raise


def _arriving(waiting, process):
    while True:
        kind, told = _next(waiting, process)
        if kind == END:
            return
        if kind == FAILED:
            raise ReadingFailed(told)
        yield told


def _next(waiting, process):
    while True:
        try:
            return waiting.get(timeout=1)
        except queue.Empty:
            if not process.is_alive() and waiting.empty():
                raise ReadingFailed("it was ended from outside") from None
