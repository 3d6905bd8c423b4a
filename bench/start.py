"""From `git clone` to the first page, with the packages in the cache of the installer; and the second start."""

import argparse
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from bench.figures import CannotMeasure, Figure
from bench.installation import ROOT, answers, free_port, surroundings, tree


def run(arguments):
    parser = argparse.ArgumentParser(prog="python -m bench start")
    parser.add_argument("--patience", type=float, default=600, help="seconds until it is given up")
    options = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="simpul-bench-"))
    try:
        started = time.monotonic()
        clone = subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder / "simpul")], check=False)
        if clone.returncode:
            raise CannotMeasure("this checkout cannot be cloned")
        cloned = time.monotonic() - started
        first = until_first_page(folder / "simpul", options.patience)
        second = until_first_page(folder / "simpul", options.patience)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return [
        Figure(
            "`git clone` and `make run` to the first page, package cache warm, invented year included",
            f"{cloned + first:.0f} s",
            "60 s, nothing by hand",
            "90 s and two fixes by hand",
        ),
        Figure("second start", f"{second:.1f} s", "seconds"),
    ]


def until_first_page(checkout, patience):
    """Seconds from `make run` to the first page; everything is stopped again."""
    port, started = free_port(), time.monotonic()
    log = checkout.parent / "make.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["make", "run", f"PORT={port}"], cwd=checkout, env=surroundings(), stdin=subprocess.DEVNULL, stdout=output,
            stderr=output, start_new_session=True,
        )  # fmt: skip
    try:
        while not answers(port):
            if process.poll() is not None or time.monotonic() - started > patience:
                raise CannotMeasure(f"make run: {log.read_text(errors='replace').strip().splitlines()[-1:]}")
            time.sleep(0.05)
        return time.monotonic() - started
    finally:
        stop(process)


def stop(process):
    processes = tree(process.pid)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + 12
    while any(each.is_running() for each in processes) and time.monotonic() < deadline:
        process.poll()
        time.sleep(0.1)
    for each in processes:
        if each.is_running():
            each.kill()
    process.wait()
