"""Server, background work and key process together, under one small process that starts, watches and stops them.

It knows no Django, so that it costs a few megabytes while it waits. When the background work or the key process ends
it is started again; when the server ends, all end.
"""

import argparse
import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time

SIGTERM_AGAIN_AFTER = 1.0
SIGKILL_AFTER = 6.0
LONGEST_PAUSE = 30.0
# Linux: the signal a process gets when its parent is gone (prctl(2), PR_SET_PDEATHSIG).
PARENT_IS_GONE = 1


class Stop(Exception):
    """Somebody asked for the end."""


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="together")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--linkage", nargs=argparse.REMAINDER, help="start the key process, with these words")
    options = parser.parse_args(arguments)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _stop)
    running = {}
    try:
        return watch(options, running)
    except Stop:
        return 0
    finally:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stop(list(running.values()))


def watch(options, running):
    """Keep all running until the server ends; its end is the end of all."""
    started = time.monotonic()
    running["server"] = start(server(options))
    aides = [Aide("work", "The background work", work())]
    if options.linkage:
        aides.append(Aide("keys", "The key process of linkage", keys(options)))
    is_ready = False
    while running["server"].poll() is None:
        if not is_ready and answers(options):
            is_ready = True
            print(f"Ready after {time.monotonic() - started:.1f} s. Ctrl-C stops it.", flush=True)
        for aide in aides:
            aide.keep(running)
        time.sleep(0.1 if not is_ready else 0.5)
    print("The server ended; what it said stands above.", file=sys.stderr)
    return 1


class Aide:
    """A process beside the server that is started again when it ends, after a pause that grows."""

    def __init__(self, name, words, command):
        self.name, self.words, self.command = name, words, command
        self.pause, self.start_at = 1.0, time.monotonic()

    def keep(self, running):
        if self.start_at is not None and time.monotonic() >= self.start_at:
            running[self.name], self.start_at = start(self.command), None
        if self.start_at is None and running[self.name].poll() is not None:
            print(f"{self.words} ended; it starts again in {self.pause:.0f} s.", file=sys.stderr, flush=True)
            self.start_at = time.monotonic() + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)


def server(options):
    """Granian with one process: Django's threads share its memory, and four are enough for two cores.

    No access log: what an address asked for, and when, is nobody's business here.
    """
    return [
        sys.executable, "-m", "granian", "simpul.wsgi:application", "--interface", "wsgi", "--http", "1", "--no-ws",
        "--host", options.host, "--port", str(options.port), "--workers", "1", "--blocking-threads", "4",
        "--backlog", "1024", "--backpressure", "256", "--respawn-failed-workers", "--workers-kill-timeout", "3",
        "--no-access-log", "--log-level", "warning",
    ]  # fmt: skip


def work():
    return [sys.executable, "-m", "simpul.console", "work", "--beside", str(os.getpid())]


def keys(options):
    return [sys.executable, "-m", "simpul.linkage.custody.keeper", *options.linkage]


def start(command):
    """A child in a process group of its own: Ctrl-C reaches this process alone, which then stops them in order."""
    return subprocess.Popen(command, process_group=0, stdin=subprocess.DEVNULL, preexec_fn=_die_with_parent)


def answers(options):
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(options.host, options.host)
    try:
        with socket.create_connection((host, options.port), timeout=0.2):
            return True
    except OSError:
        return False


def stop(processes):
    """Ask, ask again, then end: a server asked while it starts may not have heard the first time."""
    started, asked = time.monotonic(), 0
    while any(process.poll() is None for process in processes):
        passed = time.monotonic() - started
        if passed >= SIGKILL_AFTER:
            break
        if asked == 0 or (asked == 1 and passed >= SIGTERM_AGAIN_AFTER):
            ask_to_end(processes)
            asked += 1
        time.sleep(0.05)
    end(processes)


def ask_to_end(processes):
    for process in processes:
        if process.poll() is None:
            process.terminate()


def end(processes):
    """End whole groups: a server that was killed leaves its own child behind."""
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _stop(_number, _frame):
    raise Stop


def _die_with_parent():
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_IS_GONE, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
