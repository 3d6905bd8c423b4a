"""How fast records are encoded, beside clkhash, and what the whole command takes for a list of ten thousand.

Processor time of one process, so that others on the machine matter little. clkhash is given the rows that it is given
for matching; our encoder the same register, with and without the time of normalising.
"""

import secrets
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from bench.figures import CannotMeasure, Figure
from bench.linkage import accuracy, environment, peers, scaling, sisters
from simpul.linkage.matching import encode, files
from simpul.linkage.matching.keys import KeyRing

ROUNDS = 3


def encoding(options):
    """How many records are encoded in a second of one core."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "register.csv"
        count = sisters.save(path, "likeness", persons=options.persons, seed=options.seeds[0])
        ring = KeyRing.from_secret(secrets.token_bytes(32), "bench")
        began = process_time()
        records = [line.record for line in files.opened(path).lines(aside=lambda _aside: None, this_year=2026)]
        reading = process_time() - began
        tags = min(_seconds(records, ring) for _round in range(ROUNDS))
        theirs = _told_by_clkhash(path) if options.peers else ""
    value = f"{count / tags:,.0f}; with reading and normalising {count / (reading + tags):,.0f}"
    return [Figure(f"records encoded in a second of one core, of {count:,}", value, "40,000", theirs)]


def _seconds(records, ring):
    began = process_time()
    encode.encode(records, ring)
    return process_time() - began


def _told_by_clkhash(path):
    try:
        command = [environment.interpreter(), "-m", "bench.linkage.peer_clkhash", path]
        answer = subprocess.run(command, cwd=environment.ROOT, capture_output=True, text=True, check=True)
    except (CannotMeasure, subprocess.CalledProcessError) as problem:
        return f"clkhash: not measured, {problem}"
    return f"clkhash {float(answer.stdout):,.0f}"


def dedupe(options):
    """Processor time of the whole command on a list of about so many records, the least of some runs."""
    with TemporaryDirectory() as folder:
        path, output = Path(folder) / "register.csv", Path(folder) / "pairs.csv"
        persons = round(options.records / scaling.RECORDS_OF_A_PERSON["likeness"])
        count = sisters.save(path, "likeness", persons=persons, seed=options.seeds[0])
        ours = [_cpu(lambda: accuracy.measured(accuracy.SIMPUL, [path], output, cut=0.5)) for _round in range(ROUNDS)]
        theirs = f"Splink 5 {_cpu(lambda: peers.judged(peers.PEERS['splink'], [path])):.1f} s" if options.peers else ""
    value = f"{min(ours):.1f} s (of {ROUNDS} runs up to {max(ours):.1f})"
    return [Figure(f"dedupe of {count:,} records, whole command, CPU", value, "5 s", theirs)]


def _cpu(measure):
    return measure().cpu_s
