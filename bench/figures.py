"""Figures: what a benchmark found and the target it is held against, kept in docs/performance.md with machine and date.

Each benchmark owns the lines between its two markers; running one leaves the others as they are.
"""

import os
import platform
import re
import sqlite3
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import process_time

import psutil

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


class CannotMeasure(Exception):
    """Something that a benchmark needs is not there; the text says what."""


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    work: str
    value: str
    target: str = ""
    peer: str = ""


def keep(name, found):
    """Write the figures of one benchmark between its markers."""
    text = PAGE.read_text()
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    if begin not in text:
        raise CannotMeasure(f"docs/performance.md has no place for {name}: the line {begin} is missing.")
    rows = [f"| {each.work} | {each.value} | {each.target} | {each.peer} |" for each in found]
    lines = [begin, "| work | measured | target | best peer |", "|---|---|---|---|", *rows, "", machine(), end]
    PAGE.write_text(re.sub(f"{re.escape(begin)}.*{re.escape(end)}", lambda _match: "\n".join(lines), text, flags=re.S))


def machine():
    """The machine and the day, in one line."""
    memory = psutil.virtual_memory().total / 2**30
    busy = os.getloadavg()[0]
    return (
        f"Measured on {date.today():%d %B %Y}: {cpu()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.system()} {platform.release().split('-')[0]}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}; load average at the end {busy:.1f}; this processor adds ten million numbers "
        f"in a Python loop in {loop_s():.2f} s."
    )


def cpu():
    try:
        names = re.findall(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.M)
    except OSError:
        names = []
    return names[0] if names else platform.processor() or platform.machine()


def loop_s():
    """How fast Python is here, so that figures of two machines can be held against each other."""
    started, total = process_time(), 0
    for number in range(10_000_000):
        total += number
    return process_time() - started


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(percent / 100 * (len(ordered) - 1)))]


def ms(seconds):
    return f"{seconds * 1000:.0f} ms"


def timed(work, *, rounds=1):
    """(what the work gives, the middle of the processor times of so many rounds in seconds)."""
    times = []
    for _round in range(rounds):
        started = process_time()
        found = work()
        times.append(process_time() - started)
    return found, sorted(times)[rounds // 2]
