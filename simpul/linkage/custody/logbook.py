"""The log of the key process: every evaluation and every refusal, one line each, in files that only grow.

A line says who asked, for what, how many tags, and when; never what was asked about. Each line carries a keyed digest
of itself and of the line before, so that one that is altered, removed or put in between is found. A tag is answered
only when its line is written; within a second it is on the disk.
"""

import fcntl
import hashlib
import hmac
import json
import os
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

START = bytes(32).hex()
MENDED = "half a line"
_TAIL = 64 * 1024


class Fault(NamedTuple):
    """A place where the log does not hold."""

    number: int
    sentence: str


class Verified(NamedTuple):
    """How many lines hold, the last link, and what does not hold."""

    lines: int
    number: int
    link: str
    faults: list


class Logbook:
    """A folder with one file a month. More than one process may write; they take turns."""

    def __init__(self, folder, key):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._key = hashlib.blake2b(b"log", key=key, digest_size=32).digest()
        self._turn = os.open(self.folder / "turn", os.O_CREAT | os.O_RDWR, 0o600)
        self._end, self._file, self._written_to = None, None, None
        self.is_settled = True

    def enter(self, what, *, at, **facts):
        """Write one line; returns its number and link. Raises `OSError` where it cannot be written."""
        with self._my_turn():
            path = self._path_of(at)
            if self._is_cut_short():
                self._write(path, MENDED, at, {}, before=b"\n")
            return self._write(path, what, at, facts)

    def settle(self):
        """Bring to the disk what was written since the last time."""
        if self._file is not None and not self.is_settled:
            os.fsync(self._file)
            self.is_settled = True

    def end(self):
        """(number, link) of the last line; (0, START) of an empty log."""
        with self._my_turn():
            return self._last()

    def lines(self, *, since=""):
        """Every line that can be read, as a dict, from the month `since` ("2026-11") on."""
        for path in self._files():
            if path.stem >= since:
                for _raw, line in _lines_of(path):
                    if line is not None:
                        yield line

    def verify(self, *, noted=0, anchors=(), told=lambda done: None):
        """Whether every line is as it was written.

        `noted` is the number of a line that was there once; `anchors` are pairs (number, link) kept elsewhere.
        """
        faults, number, link, lines = [], 0, START, 0
        known, torn = dict(anchors), False
        for path in self._files():
            for _raw, line in _lines_of(path):
                if line is None:
                    torn = True
                    continue
                found = self._fault(line, number, link, torn)
                faults += [found] if found else []
                if str(line.get("link")) != known.get(line.get("n"), line.get("link")):
                    faults.append(Fault(line["n"], f"Line {line['n']} differs from what was noted elsewhere."))
                number, link, torn, lines = int(line.get("n", 0)), str(line.get("link")), False, lines + 1
                told(lines)
        if torn:
            faults.append(Fault(number + 1, f"What stands after line {number} cannot be read."))
        longest = max([noted, *known])
        if longest > number:
            faults.append(Fault(number + 1, f"Lines {number + 1} to {longest} were removed from the end."))
        return Verified(lines, number, link, faults)

    def _fault(self, line, number, link, torn):
        this = int(line.get("n", 0))
        if torn and line.get("what") != MENDED:
            return Fault(this, f"Before line {this} stands something that cannot be read.")
        if this != number + 1:
            return Fault(this, f"Line {this} stands where line {number + 1} should.")
        if not hmac.compare_digest(self._link(line, link), str(line.get("link"))):
            return Fault(this, f"Line {this} was altered, or the line before it was.")
        return None

    def _link(self, line, before):
        body = json.dumps({name: line[name] for name in line if name != "link"}, sort_keys=True, ensure_ascii=False)
        return hmac.new(self._key, f"{before} {body}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def _write(self, path, what, at, facts, *, before=b""):
        number, link = self._last()
        line = {"n": number + 1, "at": at.astimezone(UTC).isoformat(timespec="milliseconds"), "what": what, **facts}
        line["link"] = self._link(line, link)
        data = before + json.dumps(line, ensure_ascii=True).encode() + b"\n"
        self._open(path)
        written = os.write(self._file, data)
        if written != len(data):
            self._end = None
            raise OSError(28, "the disk is full")
        self.is_settled = False
        self._end = (line["n"], line["link"], path, os.fstat(self._file).st_size)
        return line["n"], line["link"]

    def _open(self, path):
        if self._written_to != path:
            self.settle()
            if self._file is not None:
                os.close(self._file)
            self._file = os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
            self._written_to = path

    def _path_of(self, at):
        """The file of the month; never one before the newest, should the clock have gone back."""
        path = self.folder / f"{at.astimezone(UTC):%Y-%m}.jsonl"
        newest = self._newest()
        return max(path, newest) if newest else path

    def _files(self):
        return sorted(self.folder.glob("*.jsonl"))

    def _newest(self):
        if self._end is not None:
            return self._end[2]
        return next(iter(reversed(self._files())), None)

    def _last(self):
        """The end of the log; read from the file only where another process may have written meanwhile."""
        if self._end is not None and self._end[2].stat().st_size == self._end[3]:
            following = self.folder / f"{_month_after(self._end[2].stem)}.jsonl"
            if not following.exists():
                return self._end[:2]
        for path in reversed(self._files()):
            for raw in reversed(_tail(path)):
                line = _parsed(raw)
                if line is not None:
                    self._end = (line["n"], line["link"], path, path.stat().st_size)
                    return self._end[:2]
        self._end = None
        return 0, START

    def _is_cut_short(self):
        """Whether the machine went off in the middle of a line."""
        self._last()
        newest = self._newest()
        if newest is None or newest.stat().st_size == 0:
            return False
        with open(newest, "rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) != b"\n"

    @contextmanager
    def _my_turn(self):
        fcntl.flock(self._turn, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._turn, fcntl.LOCK_UN)


def _tail(path):
    with open(path, "rb") as file:
        file.seek(max(path.stat().st_size - _TAIL, 0))
        return file.read().splitlines()


def _lines_of(path):
    with open(path, "rb") as file:
        for raw in file:
            if raw.strip():
                yield raw, _parsed(raw)


def _parsed(raw):
    try:
        line = json.loads(raw)
        return line if isinstance(line["n"], int) and isinstance(line["link"], str) else None
    except (ValueError, KeyError, TypeError):
        return None


def _month_after(month):
    at = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    return f"{at.year + at.month // 12}-{at.month % 12 + 1:02d}"
