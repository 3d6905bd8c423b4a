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

from bench.figures import CannotMeasure, Figure, machine
from bench.linkage import sisters

ROOT = Path(__file__).resolve().parents[2]
ROWS, ENGINES = (10_000, 100_000), ("embedded", "splink-duckdb")
# About so many records are written of one invented person.
RECORDS_OF_A_PERSON = {"likeness": 1.95, "two_lists": 1.4}
# What a million against a million is held to.
TARGET = "under 8 GB"
SEED = 61
COMMAND = "from simpul.console.main import main; import sys; sys.exit(main())"


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m bench.linkage.scaling", description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="*", default=ROWS)
    parser.add_argument("--engine", nargs="*", default=ENGINES)
    parser.add_argument("--two", action="store_true", help="two lists, each with half of the rows")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--python", default=sys.executable, help="the interpreter that runs the command")
    parser.add_argument("--keep", metavar="FOLDER", help="keep the lists there, and use them again")
    options = parser.parse_args(arguments)
    print("| records | engine | CPU | wall | memory | F1 at 0.5 | precision, recall at 0.95 |")
    print("|---|---|---|---|---|---|---|")
    with TemporaryDirectory() as folder:
        for rows in options.rows:
            lists = made(Path(options.keep or folder), rows, two=options.two, seed=options.seed)
            for engine in options.engine:
                print(line(rows, engine, measured(options.python, engine, lists, Path(folder))), flush=True)
    print("\n" + machine())
    return 0


def made(folder, rows, *, two, seed=SEED):
    """The files of a list of about so many rows, made where they are not there yet."""
    kind = "two_lists" if two else "likeness"
    persons = round(rows / RECORDS_OF_A_PERSON[kind])
    path = folder / f"{kind}-{persons}-{seed}.csv"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        sisters.save(path, kind, persons=persons, seed=seed)
    return [path.with_stem(f"{path.stem}_{part}") for part in "ab"] if two else [path]


def figures(rows, *, two, seed, engine="embedded"):
    """The figure of an engine on a list, or two, of about so many records.

    It is measured from a small process: what a child is said to have held begins with what its parent held.
    """
    command = [
        sys.executable,
        "-m",
        "bench.linkage.scaling",
        "--rows",
        str(rows),
        "--engine",
        engine,
        "--seed",
        str(seed),
    ]
    answer = subprocess.run([*command, *["--two"] * two], cwd=ROOT, capture_output=True, text=True, check=False)
    told = [text.strip("| ").split(" | ") for text in answer.stdout.splitlines() if text.startswith("|")][2:]
    if not told:
        raise CannotMeasure(f"the lists could not be made: {answer.stderr.strip()[-300:]}")
    ((records, _engine, *cost),) = told
    what = f"{records} records{' as two lists' if two else ''}, {engine}"
    return [Figure(f"{what}: CPU, wall, memory, F1, P and R at 0.95", ", ".join(cost), TARGET if two else "")]


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
    return f"| {' | '.join(cells(rows, engine, result))} |"


def cells(rows, engine, result):
    cost = (f"{result['cpu']:,.0f} s", f"{result['wall']:,.0f} s", f"{result['memory']:,.0f} MiB")
    if "failed" in result:
        return f"{rows:,}", engine, *cost, f"not finished: {' '.join(result['failed'])}", ""
    verdict = result["verdict"]
    proposed = f"{verdict['at_0.95']['precision']:.3f}, {verdict['at_0.95']['recall']:.3f}"
    return f"{verdict['counts']['records']:,}", engine, *cost, f"{verdict['at_cut']['f1']:.3f}", proposed


if __name__ == "__main__":
    sys.exit(main())
