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


def test_the_key_process_is_started_only_where_it_is_asked_for():
    options = type("Options", (), {"linkage": ["--folder", "keys"]})
    assert together.keys(options)[-3:] == ["simpul.linkage.custody.keeper", "--folder", "keys"]


def test_what_ends_beside_the_server_is_started_again_after_a_pause_that_grows(monkeypatch, capsys):
    now = [100.0]
    monkeypatch.setattr(together.time, "monotonic", lambda: now[0])
    running, aide = {}, together.Aide("keys", "The key process", [sys.executable, "-c", ""])
    aide.keep(running)
    for pause in (1.0, 2.0, 4.0):
        first = running["keys"]
        first.wait()
        aide.keep(running)
        assert running["keys"] is first
        now[0] += pause
        aide.keep(running)
        assert running["keys"] is not first
    running["keys"].wait()
    assert "The key process ended; it starts again in 4 s." in capsys.readouterr().err
