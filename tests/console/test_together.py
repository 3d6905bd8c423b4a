"""Server and background work together: they end together, and soon."""

import subprocess
import sys
import time

from simpul.console import together

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"
PARENT = f"""
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {DEAF!r}])
print(child.pid, flush=True)
time.sleep(60)
"""


def started(code):
    return subprocess.Popen([sys.executable, "-c", code], process_group=0, stdout=subprocess.PIPE, text=True)


def test_a_process_that_heeds_the_first_call_is_gone_at_once():
    process = started("import time; print('ready', flush=True); time.sleep(60)")
    process.stdout.readline()
    began = time.monotonic()
    together.stop([process])
    assert process.returncode is not None
    assert time.monotonic() - began < together.SIGTERM_AGAIN_AFTER


def test_a_process_that_heeds_nothing_is_ended(monkeypatch):
    monkeypatch.setattr(together, "SIGKILL_AFTER", 0.3)
    process = started(DEAF)
    process.stdout.readline()
    together.stop([process])
    assert process.returncode is not None


def test_the_child_of_a_process_that_died_is_ended_too():
    process = started(PARENT)
    process.stdout.readline()
    process.kill()
    process.wait()
    together.stop([process])
    # The pipe closes when the last process that holds it is gone: this would wait a minute for the child.
    assert process.stdout.read() in {"", "ready\n"}


def test_the_server_keeps_no_access_log():
    options = type("Options", (), {"host": "127.0.0.1", "port": 8000})
    assert "--no-access-log" in together.server(options)
