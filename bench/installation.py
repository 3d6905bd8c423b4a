"""An installation for a benchmark: a home in a temporary folder, served as `simpul serve` does, gone afterwards."""

import atexit
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psutil

from bench.figures import CannotMeasure

ROOT = Path(__file__).resolve().parent.parent
_prepared = {}


class Installation:
    """One home and the server on it. Use it as a context manager."""

    def __init__(self, *, stored=0, cases=0):
        self.stored, self.cases = stored, cases
        self.process = None

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="simpul-bench-"))
        self.home = self.folder / "home"
        shutil.copytree(prepared(self.stored, self.cases), self.home)
        self.start()
        return self

    def __exit__(self, *_problem):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def database(self):
        return self.home / "simpul.sqlite3"

    def start(self):
        self.port = free_port()
        self.process = serve(self.home, self.port)

    def stop(self):
        end(self.process)

    def kill(self):
        """What a power cut or a hasty operator does: every process of the server at once."""
        processes = tree(self.process.pid)
        for process in processes:
            with contextlib.suppress(psutil.Error):
                process.send_signal(signal.SIGKILL)
        psutil.wait_procs(processes, timeout=10)
        self.process.wait()

    def tell(self, command, *, given=None, **options):
        """Run a command of `bench.inside` in this home; returns what it prints, as JSON."""
        return inside(self.home, command, given=given, **options)

    def tree(self):
        return tree(self.process.pid)


def prepared(stored, cases):
    """A home with keys, tables, catalogues, places, officers and so many reports and cases; made once per run."""
    key = (stored, cases)
    if key not in _prepared:
        folder = Path(tempfile.mkdtemp(prefix="simpul-bench-made-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        home = folder / "home"
        if key == (0, 0):
            end(serve(home, free_port(), patience=600))
            inside(home, "world")
        else:
            shutil.copytree(prepared(0, 0), home)
            started = time.monotonic()
            inside(home, "seed", reports=stored, cases=cases)
            print(f"   {stored} reports and {cases} cases stored in {time.monotonic() - started:.0f} s", flush=True)
        _prepared[key] = home
    return _prepared[key]


def surroundings():
    """Our own environment without what speaks of another installation."""
    ours = ("SIMPUL_", "DATABASE_", "DJANGO_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def environment(home):
    return surroundings() | {
        "SIMPUL_HOME": str(home),
        "SIMPUL_SECOND_FACTOR": "0",
        "DJANGO_SETTINGS_MODULE": "simpul.settings",
        "PYTHONPATH": str(ROOT),
    }


def serve(home, port, *, patience=120, more=None):
    """`simpul serve` on a free port; returns when it answers."""
    home.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "simpul.console", "serve", "--port", str(port)]
    with (home.parent / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(home) | (more or {}), stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    deadline = time.monotonic() + patience
    while not answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            end(process)
            said = (home.parent / "server.log").read_text(errors="replace").strip().splitlines()[-3:]
            raise CannotMeasure(f"the server did not start: {' / '.join(said)}")
        time.sleep(0.05)
    return process


def answers(port):
    """Whether the first page comes."""
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False


def end(process):
    if process is None or process.poll() is not None:
        return
    processes = tree(process.pid)
    process.send_signal(signal.SIGTERM)
    _gone, alive = psutil.wait_procs(processes, timeout=12)
    for each in alive:
        with contextlib.suppress(psutil.Error):
            each.kill()
    process.wait()


def inside(home, command, *, given=None, **options):
    arguments = [f"--{name}={value}" for name, value in options.items()]
    done = subprocess.run(
        [sys.executable, "-m", "bench.inside", command, *arguments],
        cwd=ROOT, env=environment(home), input=given, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise CannotMeasure(f"{command}: {(done.stderr.strip().splitlines() or ['no words'])[-1]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def tree(pid):
    """A process and everything it started."""
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


def cpu_s(processes):
    """Seconds of processor time that these processes have used."""
    total = 0.0
    for process in processes:
        with contextlib.suppress(psutil.Error):
            times = process.cpu_times()
            total += times.user + times.system
    return total


def memory_mb(processes):
    """(RSS, PSS) of these processes together, in MB; PSS counts shared pages once."""
    rss = pss = 0
    for process in processes:
        with contextlib.suppress(psutil.Error):
            info = process.memory_full_info()
            rss, pss = rss + info.rss, pss + getattr(info, "pss", info.rss)
    return rss / 1e6, pss / 1e6
