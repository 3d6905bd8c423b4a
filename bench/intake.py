"""Whole reports in a closed loop: so many reporters, each sending the next report when the last has its receipt.

A whole report is the form fetched and the form sent. What is counted afterwards is what the database holds.
"""

import argparse
import sqlite3
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from bench.figures import CannotMeasure, Figure, ms, percentile
from bench.installation import Installation, cpu_s, memory_mb
from bench.reporter import Refused, Reporter

PER_CODE = 450
PEERS = {
    1: "10.3 reports/s; 92 ms p50",
    8: "21.5 reports/s; 48 ms CPU (the tip leader: 0.18, and 29 of 40 lost)",
}
TARGETS = {8: "60 or more; 15 ms CPU or less", 50: "none refused, none lost"}


@dataclass
class Run:
    """What one load found."""

    latencies: list = field(default_factory=list)
    receipts: list = field(default_factory=list)
    refused: Counter = field(default_factory=Counter)
    seconds: float = 0.0
    cpu_s: float = 0.0
    rss: float = 0.0
    pss: float = 0.0

    @property
    def rate(self):
        return len(self.receipts) / self.seconds

    @property
    def cpu_ms(self):
        return self.cpu_s * 1000 / max(1, len(self.receipts))


def run(arguments):
    parser = argparse.ArgumentParser(prog="python -m bench intake")
    parser.add_argument("--stored", type=int, nargs="*", default=[0, 100_000], help="reports stored before")
    parser.add_argument("--at-once", type=int, nargs="*", default=[1, 8, 50], help="reporters at once")
    parser.add_argument("--reports", type=int, default=600, help="reports in each load, at most")
    parser.add_argument("--seconds", type=float, default=60, help="how long a load may take")
    options = parser.parse_args(arguments)
    found, p50 = [], {}
    for stored in options.stored:
        with Installation(stored=stored) as installation:
            load(installation, at_once=4, reports=80, seconds=30)
            for at_once in options.at_once:
                result = load(installation, at_once=at_once, reports=options.reports, seconds=options.seconds)
                p50[stored, at_once] = percentile(result.latencies, 50) if result.latencies else 0
                found += lines(stored, at_once, result, check(installation, result))
    return found + growth(p50)


def lines(stored, at_once, result, lost):
    name = f"{at_once} at once, {stored:,} stored"
    refused = sum(result.refused.values())
    outcome = f"{refused} refused, {lost['lost']} lost, numbers {lost['numbers']}"
    if result.refused:
        outcome += f" ({', '.join(f'{what} ×{count}' for what, count in result.refused.items())})"
    if not result.receipts:
        raise CannotMeasure(f"no report was taken: {outcome}")
    latency = f"p50 {ms(percentile(result.latencies, 50))}, p99 {ms(percentile(result.latencies, 99))}"
    return [
        Figure(
            f"whole reports, {name}",
            f"{result.rate:.1f}/s; {result.cpu_ms:.1f} ms CPU each; {latency}",
            TARGETS.get(at_once, ""),
            PEERS.get(at_once, ""),
        ),
        Figure(f"outcome, {name}", f"{len(result.receipts)} acknowledged, {outcome}", "none refused, none lost"),
        Figure(f"memory, {name}", f"RSS {result.rss:.0f} MB, PSS {result.pss:.0f} MB", "250 MB or less", "172 MB RSS"),
    ]


def growth(p50):
    """How much slower one reporter is served when much is stored."""
    stored = sorted({stored for stored, _at_once in p50})
    if len(stored) < 2:
        return []
    few, many = stored[0], stored[-1]
    return [
        Figure(
            f"p50 with {many:,} stored against {few:,}, {at_once} at once",
            f"{p50[many, at_once] / p50[few, at_once] * 100 - 100:+.0f} %",
            "within 10 %",
        )
        for kept, at_once in p50
        if kept == few and p50[few, at_once]
    ]


def load(installation, *, at_once, reports, seconds):
    """Reporters at work until so many reports are sent or the time is over."""
    result, turns = Run(), iter(range(reports))
    codes = installation.tell("codes", count=reports // PER_CODE + 1)
    lock, deadline = threading.Lock(), time.monotonic() + seconds
    over = threading.Event()

    def reporter():
        person = Reporter(installation.port)
        while time.monotonic() < deadline:
            with lock:
                turn = next(turns, None)
            if turn is None:
                break
            began = time.perf_counter()
            try:
                receipt = person.report(turn, code=codes[turn // PER_CODE])
            except Refused as problem:
                with lock:
                    result.refused[str(problem)] += 1
                continue
            with lock:
                result.latencies.append(time.perf_counter() - began)
                result.receipts.append(receipt)
        person.close()

    def watch():
        while not over.wait(0.5):
            rss, pss = memory_mb(installation.tree())
            result.rss, result.pss = max(result.rss, rss), max(result.pss, pss)

    threads = [threading.Thread(target=reporter) for _each in range(at_once)]
    watcher = threading.Thread(target=watch)
    before, began = cpu_s(installation.tree()), time.monotonic()
    for thread in (watcher, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    result.seconds = time.monotonic() - began
    result.cpu_s = cpu_s(installation.tree()) - before
    over.set()
    watcher.join()
    return result


def check(installation, result):
    """Is every acknowledged report there, and are the numbers of all reports unique and without a gap?"""
    found = installation.tell("found", given="\n".join(result.receipts))
    with sqlite3.connect(f"file:{installation.database}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT number FROM intake_report WHERE number LIKE 'L-%'").fetchall()
    database.close()
    serials = sorted(int(number.rsplit("-", 1)[1]) for (number,) in rows)
    whole = serials == list(range(1, len(serials) + 1))
    lost = len(result.receipts) - found["found"]
    twice = len(result.receipts) - len(set(result.receipts))
    return {"lost": lost, "numbers": "unique and gapless" if whole and not twice else "NOT unique and gapless"}
