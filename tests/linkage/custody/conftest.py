"""A key process of its own for a test, and somebody who asks it."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simpul.linkage.custody.epochs import Folder
from simpul.linkage.custody.keeper import Keeper
from tests.installation import ROOT

# So that no limit of the ordinary ones is met unless a test is about it.
WIDE = [1_000_000] * 3


@pytest.fixture
def at():
    """Just after a minute, an hour and a day have begun."""
    return datetime(2026, 8, 3, 0, 0, 5, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    found = Folder(tmp_path / "linkage-keys")
    found.make("2026")
    return found


class Clock:
    def __init__(self, at):
        self.at = at

    def __call__(self):
        return self.at


@pytest.fixture
def clock(at):
    return Clock(at)


@pytest.fixture
def keeper(folder, clock):
    made = Keeper(folder, callers={os.getuid()}, clock=clock)
    yield made
    made.close()


def question(evidence, **more):
    asked = {
        "ask": "evaluate", "service": "simpul", "by": "officer:7", "purpose": "person.recorded",
        "evidence": [list(pair) for pair in evidence],
    }  # fmt: skip
    return json.dumps(asked | more).encode()


@pytest.fixture
def ask(keeper):
    """`ask([(kind, text), ...])` asks the keeper as the desk would."""

    def asked(evidence, **more):
        return keeper.answer(question(evidence, **more), pid=4711, uid=os.getuid())

    return asked


class Process:
    """The key process as it runs beside the server."""

    def __init__(self, folder, path):
        self.folder, self.socket = folder, path
        self.began, self.said = None, ""

    def start(self, *more, user=None):
        command = [sys.executable, "-m", "simpul.linkage.custody.keeper", "--folder", str(self.folder)]
        self.began = subprocess.Popen(
            [*command, "--socket", str(self.socket), *more], cwd=ROOT, stderr=subprocess.PIPE, text=True, user=user
        )
        until = time.monotonic() + 30
        while not self.listens() and self.began.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        return self

    def listens(self):
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self.socket)) == 0

    def kill(self):
        """As when the machine ends it: nothing is tidied up."""
        self.began.kill()
        self.began.wait()
        self.socket.unlink(missing_ok=True)

    def end(self):
        if self.began is not None and self.began.poll() is None:
            self.began.terminate()
        if self.began is not None:
            self.said += self.began.communicate(timeout=20)[1]
            self.began = None
        return self.said


@pytest.fixture
def process():
    """A key process that is not started yet."""
    with tempfile.TemporaryDirectory(prefix="simpul-keys-") as home:
        made = Process(Path(home) / "linkage-keys", Path(home) / "socket")
        Folder(made.folder).make("2026")
        yield made
        made.end()
