"""Whole reports in a closed loop: so many reporters, each sending the next report when the last has its receipt.

A whole report is the form fetched and the form sent. What is counted afterwards is what the database holds. The empty
and the full installation are loaded in turns, so that what slows the machine for a while meets both.
"""

import argparse
import sqlite3
import threading
import time
from collections import Counter
from contextlib import ExitStack
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

    def add(self, other):
        """Take in another load on the same installation."""
        self.latencies += other.latencies
        self.receipts += other.receipts
        self.refused += other.refused
        self.seconds += other.seconds
        self.cpu_s += other.cpu_s
        self.rss, self.pss = max(self.rss, other.rss), max(self.pss, other.pss)

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
    parser.add_argument("--reports", type=int, default=1000, help="reports for each number of reporters")
    parser.add_argument("--rounds", type=int, default=5, help="turns in which the reports are sent")
    parser.add_argument("--seconds", type=float, default=60, help="how long a load may take")
    options = parser.parse_args(arguments)
    with ExitStack() as open_ones:
        installations = {stored: open_ones.enter_context(Installation(stored=stored)) for stored in options.stored}
        for installation in installations.values():
            load(installation, at_once=4, reports=80, seconds=30)
        return [figure for at_once in options.at_once for figure in rounds(installations, at_once, options)]


def rounds(installations, at_once, options):
    """One load on each installation in turn, several times over: what slows the machine meets all of them."""
    results = {stored: Run() for stored in installations}
    medians = {stored: [] for stored in installations}
    for _round in range(options.rounds):
        for stored, installation in installations.items():
            share = options.reports // options.rounds
            found = load(installation, at_once=at_once, reports=share, seconds=options.seconds)
            medians[stored].append(percentile(found.latencies, 50) if found.latencies else 0)
            results[stored].add(found)
    for stored, installation in installations.items():
        yield from lines(stored, at_once, results[stored], check(installation, results[stored]))
    yield from growth(medians, at_once)


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


def growth(medians, at_once):
    """How much slower a reporter is served when much is stored: the middle one of the rounds' ratios."""
    stored = sorted(medians)
    if len(stored) < 2 or not all(medians[stored[0]]):
        return
    few, many = stored[0], stored[-1]
    ratios = sorted(full / empty for full, empty in zip(medians[many], medians[few], strict=True))
    yield Figure(
        f"p50 with {many:,} stored against {few:,}, {at_once} at once",
        f"{ratios[len(ratios) // 2] * 100 - 100:+.0f} % (rounds: {ratios[0] * 100 - 100:+.0f} to "
        f"{ratios[-1] * 100 - 100:+.0f} %)",
        "within 10 %",
    )


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
