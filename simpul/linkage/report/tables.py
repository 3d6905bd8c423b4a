"""Tables that a linkage writes: pairs with their reasons, and rows that were set aside.

A table is written beside its place and put there whole. No cell is taken for a formula by a program of tables.
"""

import csv
import os
import re
import tempfile
from contextlib import contextmanager
from pathlib import Path

PAIRS = ("left_id", "right_id", "probability", "reasons")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def harmless(text):
    """A cell that no program of tables runs: what would begin a formula stands behind an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


@contextmanager
def replacing(path, *, mode="w"):
    """A file that takes the place of `path` once everything is in it; only its owner may read it: it tells of "
    "persons."""
    path = Path(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    text = {} if "b" in mode else {"encoding": "utf-8", "newline": ""}
    try:
        with os.fdopen(handle, mode, **text) as file:
            yield file
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_pairs(path, rows, *, more=()):
    """Write (left_id, right_id, probability, reasons, *more) and give their number."""
    count = 0
    with replacing(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow((*PAIRS, *more))
        for left, right, probability, reasons, *rest in rows:
            writer.writerow(
                (harmless(left), harmless(right), f"{probability:.6f}", harmless(reasons), *map(harmless, rest))
            )
            count += 1
    return count


class Aside:
    """Rows set aside, written as they come; no row, no file. Use it as a context."""

    def __init__(self, path):
        self.path = Path(path)
        self.count = 0
        self._place = self._writer = None

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        if self._place:
            self._place.__exit__(*problem)
        elif not any(problem):
            self.path.unlink(missing_ok=True)

    def add(self, name, row, reason, cells):
        if not self._writer:
            self._place = replacing(self.path)
            self._writer = csv.writer(self._place.__enter__(), lineterminator="\n")
            self._writer.writerow(("file", "row", "reason", "cells"))
        self._writer.writerow((harmless(name), row, reason, *map(harmless, cells)))
        self.count += 1
