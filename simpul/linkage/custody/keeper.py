"""The key process: it alone holds the secret of linkage, and gives tags for one record at a time.

It listens on a Unix socket, learns from the system's kernel who asks, counts, writes into its log, and only then
answers. It knows no database and no Django. Whatever is sent to it is answered with words; nothing of what is asked
about is ever written down or shown.
"""

import argparse
import asyncio
import contextlib
import ctypes
import fcntl
import os
import pwd
import resource
import signal
import socket
import sqlite3
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from simpul.linkage.custody import messages
from simpul.linkage.custody.epochs import Folder
from simpul.linkage.custody.logbook import Logbook
from simpul.linkage.custody.messages import Malformed
from simpul.linkage.custody.quotas import Ledger, read_limits
from simpul.linkage.matching.keys import KeysError

# Each user of the system has its own share, so that a stranger cannot keep others out.
MOST_CONNECTIONS = 32
BACKLOG = 256
IDLE_FOR, WITHIN = 300.0, 5.0
SETTLE_EVERY, FORGET_EVERY = 1.0, 3_600.0
# Of questions that are refused or malformed so many a minute get a line each; the others are counted in one.
MOST_LINES = 20
LEDGER, LOG, LIMITS = "asked.sqlite3", "log", "limits.json"
NOT_DUMPABLE = 4


class Keeper:
    """Evaluates, counts and logs. It answers what it is asked and never fails for it."""

    def __init__(self, folder, *, callers, clock=lambda: datetime.now(UTC)):
        self.folder = folder if isinstance(folder, Folder) else Folder(folder)
        own = self.folder.own_key()
        self.folder.rings()
        self.callers, self.clock = frozenset(callers), clock
        self.ledger = Ledger(self.folder.path / LEDGER, own, limits=read_limits(self.folder.path / LIMITS))
        self.log = Logbook(self.folder.path / LOG, own)
        self._lines, self._minute = Counter(), None
        # Since this process started; what was before stands in the log.
        self._told = Counter()

    def close(self):
        self.settle()
        self.ledger.close()

    def answer(self, data, *, pid, uid):
        """The answer to one message, as what travels back. Every way out is a dict."""
        at = self.clock()
        try:
            if uid not in self.callers:
                return self._turn_away("stranger", at, pid, uid, {"refused": "stranger"})
            asked = messages.question(data)
            if asked.ask == messages.STATUS:
                return self._state(at)
            return self._evaluate(asked, at, pid, uid)
        except Malformed as problem:
            return self._turn_away("malformed", at, pid, uid, {"malformed": str(problem)}, why=str(problem))
        except (OSError, sqlite3.Error, KeysError) as problem:
            self._complain(problem)
            return {"away": "The key process cannot write its log, count, or read its keys. Ask who keeps it."}
        except Exception as problem:  # one question never ends the answers to others
            self._complain(problem)
            return {"away": "The key process failed at this question."}

    def refuse_frame(self, problem, *, pid, uid):
        """The answer to bytes that are no message."""
        try:
            return self._turn_away("malformed", self.clock(), pid, uid, {"malformed": str(problem)}, why=str(problem))
        except (OSError, sqlite3.Error) as failed:
            self._complain(failed)
            return {"malformed": str(problem)}

    def settle(self):
        """Bring the log to the disk and remember how long it is."""
        try:
            if self._lines and int(self.clock().timestamp() // 60) != self._minute:
                self._sum_up(self.clock())
            if not self.log.is_settled:
                self.log.settle()
                self.ledger.note(self.log.end()[0])
        except (OSError, sqlite3.Error) as problem:
            self._complain(problem)

    def forget(self):
        with contextlib.suppress(sqlite3.Error):
            self.ledger.forget(at=self.clock())

    def _evaluate(self, asked, at, pid, uid):
        rings = self.folder.rings()
        who = {"service": asked.service, "by": asked.by, "purpose": asked.purpose}
        who |= {"grant": asked.grant} if asked.grant else {}
        refusal = self.ledger.take(name_of(uid), asked.by, asked.numbers, at=at, grant=asked.grant)
        if refusal:
            answer = {"refused": refusal.rule, "most": refusal.most, "span": refusal.span, "again_at": refusal.again_at}
            return self._turn_away("refused", at, pid, uid, answer, **who, why=refusal.rule)
        values = {epoch: ring.evaluate(asked.evidence) for epoch, ring in rings.items()}
        who = {"user": name_of(uid), "pid": pid} | who
        self._told["evaluated"] += 1
        line, link = self.log.enter("evaluated", at=at, **who, tags=len(asked.evidence), epochs=[*rings])
        return {
            "epochs": values,
            "fingerprints": {epoch: ring.fingerprint for epoch, ring in rings.items()},
            "current": [*rings][-1],
            "line": line,
            "link": link,
        }

    def _state(self, at):
        rings = self.folder.rings()
        line, link = self.log.end()
        return {
            "fingerprints": {epoch: ring.fingerprint for epoch, ring in rings.items()},
            "current": [*rings][-1],
            "at": at.isoformat(timespec="seconds"),
            "line": line,
            "link": link,
            "evaluated": self._told["evaluated"],
            "turned_away": self._told["turned away"],
        }

    def _turn_away(self, what, at, pid, uid, answer, **facts):
        """Log a refusal and give the answer back; many of one user in a minute share a line."""
        self._told["turned away"] += 1
        minute = int(at.timestamp() // 60)
        if minute != self._minute:
            self._sum_up(at)
            self._minute = minute
        self._lines[uid] += 1
        if self._lines[uid] <= MOST_LINES:
            self.log.enter(what, at=at, **{"user": name_of(uid), "pid": pid} | facts)
        return answer

    def _sum_up(self, at):
        for uid, count in self._lines.items():
            if count > MOST_LINES:
                self.log.enter("turned away", at=at, user=name_of(uid), more=count - MOST_LINES)
        self._lines.clear()

    def _complain(self, problem):
        """What went wrong, by its kind and place only: the words of an error may hold what was asked."""
        trace = problem.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "somewhere"
        # Our own sentences about files hold no evidence.
        words = f": {problem}" if isinstance(problem, (KeysError, sqlite3.Error)) else ""
        print(f"The key process: {type(problem).__name__} at {where}{words}", file=sys.stderr, flush=True)


class Listener:
    """The keeper on its socket."""

    def __init__(self, keeper, path):
        self.keeper, self.path, self.open = keeper, Path(path), Counter()

    async def listen(self):
        """Answer until SIGTERM or SIGINT."""
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        server = await self.begin()
        chores = asyncio.create_task(self.chores())
        await stop.wait()
        chores.cancel()
        server.close()
        self.path.unlink(missing_ok=True)
        self.keeper.log.enter("stopped", at=self.keeper.clock())
        self.keeper.close()

    async def begin(self):
        # Who may ask is decided by the kernel's word on who asks, not by the mode of a file.
        mode = 0o600 if self.keeper.callers == {os.getuid()} else 0o666
        with messages.named(self.path) as name:
            bound = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            with private():
                bound.bind(name)
        self.path.chmod(mode)
        return await asyncio.start_unix_server(self.converse, sock=bound, backlog=BACKLOG)

    async def chores(self):
        forgotten_at = 0.0
        while True:
            await asyncio.sleep(SETTLE_EVERY)
            self.keeper.settle()
            if time.monotonic() - forgotten_at > FORGET_EVERY:
                forgotten_at = time.monotonic()
                self.keeper.forget()

    async def converse(self, reader, writer):
        """Questions and answers with one caller, until it leaves, says nothing for long, or sends nonsense."""
        pid, uid = messages.peer(writer.get_extra_info("socket"))
        self.open[uid] += 1
        try:
            if self.open[uid] > MOST_CONNECTIONS:
                await self.say(writer, {"away": "Too many ask at once. Try again in a moment."})
                return
            while await self.one_turn(reader, writer, pid, uid):
                pass
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self.open[uid] -= 1
            writer.close()

    async def one_turn(self, reader, writer, pid, uid):
        """Whether to go on after one question."""
        head = await asyncio.wait_for(reader.readexactly(4), IDLE_FOR)
        try:
            length = messages.length_of(head)
        except Malformed as problem:
            # Where the next message begins is not known any more.
            await self.say(writer, self.keeper.refuse_frame(problem, pid=pid, uid=uid))
            return False
        try:
            data = await asyncio.wait_for(reader.readexactly(length), WITHIN)
        except TimeoutError:
            problem = f"The message was not there within {WITHIN:.0f} seconds."
            await self.say(writer, self.keeper.refuse_frame(problem, pid=pid, uid=uid))
            return False
        answer = self.keeper.answer(data, pid=pid, uid=uid)
        await self.say(writer, answer)
        return answer.get("refused") != "stranger"

    async def say(self, writer, answer):
        writer.write(messages.framed(answer))
        await asyncio.wait_for(writer.drain(), WITHIN)


def name_of(uid):
    """The name of a user of the system, or its number."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def uids_of(names):
    """The users of the system who may ask, by name or number."""
    found = set()
    for name in names:
        try:
            found.add(int(name) if name.isdigit() else pwd.getpwnam(name).pw_uid)
        except KeyError:
            raise KeysError(f"There is no user {name!r} on this machine.") from None
    return found


@contextlib.contextmanager
def private():
    """What is made meanwhile is its owner's alone."""
    before = os.umask(0o177)
    try:
        yield
    finally:
        os.umask(before)


def alone(folder):
    """Hold the folder for this process; raises where another key process holds it."""
    lock = os.open(folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise KeysError(f"Another key process already works with {folder}.") from None
    return lock


def hide():
    """Let nobody but root read the memory of this process, and leave no picture of it when it falls."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(NOT_DUMPABLE, 0, 0, 0, 0)


def clear_away(path):
    """Remove a socket that nobody listens on any more."""
    with messages.named(path) as name, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(name)
        except FileNotFoundError:
            return
        except ConnectionRefusedError:
            Path(path).unlink(missing_ok=True)
            return
        except OSError as problem:
            raise KeysError(f"{path} cannot be used: {problem.strerror}.") from None
    raise KeysError(f"Another process already listens on {path}.")


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="simpul linkage-keys serve")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--socket", type=Path, required=True)
    parser.add_argument("--caller", action="append", default=[])
    parser.add_argument("--make", action="store_true", help="make the keys where there are none")
    options = parser.parse_args(arguments)
    if sys.platform != "linux":
        print("The key process runs on Linux: only there it learns who asks.", file=sys.stderr)
        return 1
    try:
        serve(options)
    except KeysError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def serve(options):
    hide()
    folder = Folder(options.folder)
    if options.make and not folder.exists:
        folder.make(str(datetime.now(UTC).year))
    folder.own_key()
    lock = alone(folder.path)
    try:
        keeper = Keeper(folder, callers=uids_of(options.caller) if options.caller else {os.getuid()})
        options.socket.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
        clear_away(options.socket)
        keeper.log.enter("started", at=keeper.clock(), user=name_of(os.getuid()), epochs=[*folder.rings()])
        asyncio.run(Listener(keeper, options.socket).listen())
    except OSError as problem:
        raise KeysError(f"{options.socket} cannot be listened on: {problem.strerror}.") from None
    finally:
        os.close(lock)


if __name__ == "__main__":
    sys.exit(main())
