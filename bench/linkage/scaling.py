"""How engines grow: the whole command `simpul match` on lists of some 10,000, 100,000 and a million records.

python -m bench.linkage.scaling                                   10k and 100k, embedded and splink-duckdb
python -m bench.linkage.scaling --rows 1000000 --engine embedded  a million
python -m bench.linkage.scaling --rows 2000000 --two              a million against a million
python -m bench.linkage.scaling --engine splink-spark --rows 1000 --python .venv-spark/bin/python

The lists are sisters of the kind `likeness`, or `two_lists`, of a seed from which no engine learned. CPU time is that
of the command and of what it started, user and system; memory is the most that one process held. Wall time says
little where others use the machine as well.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import machine
from bench.linkage import sisters

ROWS, ENGINES = (10_000, 100_000), ("embedded", "splink-duckdb")
# About so many records are written of one invented person.
RECORDS_OF_A_PERSON = 1.95
SEED = 61
COMMAND = "from simpul.console.main import main; import sys; sys.exit(main())"


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m bench.linkage.scaling", description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="*", default=ROWS)
    parser.add_argument("--engine", nargs="*", default=ENGINES)
    parser.add_argument("--two", action="store_true", help="two lists, each with half of the rows")
    parser.add_argument("--python", default=sys.executable, help="the interpreter that runs the command")
    parser.add_argument("--keep", metavar="FOLDER", help="keep the lists there, and use them again")
    options = parser.parse_args(arguments)
    print("| records | engine | CPU | wall | memory | F1 at 0.5 | precision, recall at 0.95 |")
    print("|---|---|---|---|---|---|---|")
    with TemporaryDirectory() as folder:
        for rows in options.rows:
            lists = made(Path(options.keep or folder), rows, two=options.two)
            for engine in options.engine:
                print(line(rows, engine, measured(options.python, engine, lists, Path(folder))), flush=True)
    print("\n" + machine())
    return 0


def made(folder, rows, *, two):
    """The files of a list of about so many rows, made where they are not there yet."""
    persons = round(rows / RECORDS_OF_A_PERSON)
    kind = "two_lists" if two else "likeness"
    path = folder / f"{kind}-{persons}.csv"
    if not path.exists():
        sisters.save(path, kind, persons=persons, seed=SEED)
    return [path.with_stem(f"{path.stem}_{part}") for part in "ab"] if two else [path]


def measured(python, engine, lists, folder):
    """{"cpu", "wall", "memory" in MiB, "verdict"} of one run of the command."""
    told = folder / "verdict.json"
    command = [python, "-c", COMMAND, "match", *map(str, lists), "-o", str(folder / "pairs.csv"), "--engine", engine,
               "--truth", "cluster"]  # fmt: skip
    started = time.monotonic()
    with told.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE, text=True)
        said = process.stderr.read()
        _pid, status, used = os.wait4(process.pid, 0)
    # The process was waited for here, for what it used.
    process.returncode = os.waitstatus_to_exitcode(status)
    result = {"cpu": used.ru_utime + used.ru_stime, "wall": time.monotonic() - started, "memory": used.ru_maxrss / 1024}
    if process.returncode:
        return result | {"failed": said.strip().splitlines()[-1:] or [f"exit {process.returncode}"]}
    return result | {"verdict": json.loads(told.read_text())}


def line(rows, engine, result):
    cost = f"{result['cpu']:,.0f} s | {result['wall']:,.0f} s | {result['memory']:,.0f} MiB"
    if "failed" in result:
        return f"| {rows:,} | {engine} | {cost} | not finished: {' '.join(result['failed'])} | |"
    verdict = result["verdict"]
    return (
        f"| {verdict['counts']['records']:,} | {engine} | {cost} | {verdict['at_cut']['f1']:.3f} | "
        f"{verdict['at_0.95']['precision']:.3f}, {verdict['at_0.95']['recall']:.3f} |"
    )


if __name__ == "__main__":
    sys.exit(main())
