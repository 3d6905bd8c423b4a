"""How much may be asked: enough for an office's work, too little to try numbers out.

Whoever may have any NIK tagged can build a list of all of them. So records are counted for each user of the system and
for each officer, by the minute, the hour and the day; NIKs never asked before that day are counted tighter; and NIKs
that differ from others in one part only (the same birthday with serial after serial) tighter still. Bulk work needs a
grant by the key holder. What is counted outlives a restart; NIKs are kept as keyed digests for two days.
"""

import hashlib
import json
import secrets
import sqlite3
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from simpul.linkage.matching.keys import KeysError

SPANS = {"minute": 60, "hour": 3_600, "day": 86_400}
# What one user of the system, as which a service runs, may have evaluated; and what one officer may.
CALLER = {"records": (600, 3_000, 10_000), "numbers": (400, 1_500, 4_000)}
OFFICER = {"records": (300, 600, 1_500), "numbers": (200, 400, 800)}
# The system itself asks for what is owed, for all officers together: the limits of its user hold it.
SYSTEM = "system"
# A NIK is region (6), day (2), month (2), year (2), serial (4). For each part that is tried out, which digits stay the
# same, and how many NIKs a day may share them. Half of all people have the serial 0001, many the first of January.
ALIKE = {
    "serial": ((slice(0, 12),), 5),
    "year": ((slice(0, 10), slice(12, 16)), 8),
    "day and month": ((slice(0, 6), slice(10, 16)), 12),
    "region": ((slice(6, 16),), 12),
    "everything behind the region": ((slice(0, 6),), 150),
}
# Telephones alike but for the last three digits. Passports and papers of one day's issue follow each other by nature.
ALIKE_TELEPHONES = ("last three digits", 8)
# A list of a whole province has more people who are alike than an office meets; serial after serial it has not.
ALIKE_UNDER_A_GRANT = {"serial": 25}
_KEPT_DAYS = 2
_TABLES = """
CREATE TABLE IF NOT EXISTS counted (
    who TEXT, what TEXT, span TEXT, starts INTEGER, n INTEGER, PRIMARY KEY (who, what, span, starts)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seen (who TEXT, day INTEGER, digest INTEGER, PRIMARY KEY (who, day, digest)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS allowed (
    name TEXT PRIMARY KEY, caller TEXT, records INTEGER, used INTEGER, until REAL, reason TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS noted (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID;
"""


class Refusal(NamedTuple):
    """Why nothing was evaluated: a rule, how much it allows in which span, and when it allows more."""

    rule: str
    most: int = 0
    span: str = ""
    again_at: str = ""


class Grant(NamedTuple):
    """What the key holder allowed beyond the limits."""

    name: str
    caller: str
    records: int
    used: int
    until: datetime
    reason: str


class Ledger:
    """What was asked lately. `take` checks and counts in one step."""

    def __init__(self, path, key, *, limits=None):
        self._key = hashlib.blake2b(b"counts", key=key, digest_size=32).digest()
        limits = limits or {}
        self.caller, self.officer = CALLER | limits.get("caller", {}), OFFICER | limits.get("officer", {})
        try:
            self._db = sqlite3.connect(path, isolation_level=None, timeout=5)
            Path(path).chmod(0o600)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(_TABLES)
        except sqlite3.Error as problem:
            raise KeysError(f"{path} cannot be used: {problem}. Move it away to begin counting anew.") from None

    def close(self):
        self._db.close()

    def take(self, caller, officer, numbers, *, at, grant=""):
        """Count one record, or say why not.

        `caller` is the user of the system; `numbers` are pairs (family, text) of the record: ("nik", "6104...").
        """
        now = at.timestamp()
        with self._at_once():
            if grant:
                return self._under_a_grant(grant, caller, numbers, now)
            who = [(f"user {caller}", self.caller)]
            if officer != SYSTEM:
                who.append((f"officer {officer} of {caller}", self.officer))
            return self._within_the_limits(who, numbers, now)

    def allow(self, caller, *, records, until, reason):
        """Let one user of the system have so many records evaluated beyond the limits; returns the grant's name."""
        name = secrets.token_hex(6)
        with self._at_once():
            self._db.execute(
                "INSERT INTO allowed VALUES (?, ?, ?, 0, ?, ?)", (name, caller, records, until.timestamp(), reason)
            )
        return name

    def withdraw(self, name):
        """End a grant; whether there was one."""
        return self._db.execute("DELETE FROM allowed WHERE name = ?", (name,)).rowcount == 1

    def grants(self, *, at):
        """Grants that still allow something."""
        rows = self._db.execute(
            "SELECT name, caller, records, used, until, reason FROM allowed WHERE until > ? AND used < records"
            " ORDER BY until, name",
            (at.timestamp(),),
        )
        return [Grant(*row[:4], datetime.fromtimestamp(row[4], UTC), row[5]) for row in rows]

    def note(self, number):
        """Remember the last line of the log, so that one cut off at its end is found."""
        self._db.execute("INSERT OR REPLACE INTO noted VALUES ('line', ?)", (number,))

    def noted(self):
        row = self._db.execute("SELECT value FROM noted WHERE name = 'line'").fetchone()
        return row[0] if row else 0

    def forget(self, *, at):
        """Destroy what no limit needs any more."""
        before = at.timestamp() - _KEPT_DAYS * SPANS["day"]
        with self._at_once():
            self._db.execute("DELETE FROM counted WHERE starts < ?", (before,))
            self._db.execute("DELETE FROM seen WHERE day < ?", (before,))
            self._db.execute("DELETE FROM allowed WHERE until < ?", (before,))

    def _within_the_limits(self, who, numbers, now):
        for name, limits in who:
            refusal = self._over(name, "records", limits["records"], now)
            if refusal:
                return refusal
        new = {name: [each for each in numbers if not self._was_seen(name, each, now)] for name, _limits in who}
        for name, limits in who:
            refusal = self._over(name, "numbers", limits["numbers"], now, more=len(new[name])) if new[name] else None
            if refusal:
                return refusal
        user = who[0][0]
        alike = [each for number in new[user] for each in self._alike(number)]
        refusal = self._too_alike(user, alike, now)
        if refusal:
            return refusal
        for name, _limits in who:
            self._count(name, "records", SPANS, now)
            for number in new[name]:
                self._see(name, number, now)
        for _part, digest, _most in alike:
            self._count(user, digest, ("day",), now)
        return None

    def _under_a_grant(self, grant, caller, numbers, now):
        row = self._db.execute("SELECT caller, records, used, until FROM allowed WHERE name = ?", (grant,)).fetchone()
        if row is None or row[0] != caller:
            return Refusal("grant unknown")
        if row[3] <= now:
            return Refusal("grant over")
        if row[2] >= row[1]:
            return Refusal("grant spent", row[1])
        user = f"grant {grant}"
        new = [each for each in numbers if not self._was_seen(user, each, now)]
        alike = [
            (part, digest, ALIKE_UNDER_A_GRANT[part])
            for number in new
            for part, digest, _most in self._alike(number)
            if part in ALIKE_UNDER_A_GRANT
        ]
        refusal = self._too_alike(user, alike, now)
        if refusal:
            return refusal
        self._db.execute("UPDATE allowed SET used = used + 1 WHERE name = ?", (grant,))
        for number in new:
            self._see(user, number, now, spans=())
        for _part, digest, _most in alike:
            self._count(user, digest, ("day",), now)
        return None

    def _over(self, who, what, most, now, *, more=1):
        """The limit that so many more would pass; the widest first, for it lasts longest."""
        for span, allowed in reversed([*zip(SPANS, most, strict=True)]):
            starts = _start(now, span)
            if self._counted(who, what, span, starts) + more > allowed:
                return Refusal(what, allowed, span, _moment(starts + SPANS[span]))
        return None

    def _too_alike(self, who, alike, now):
        for part, digest, most in alike:
            starts = _start(now, "day")
            if self._counted(who, digest, "day", starts) >= most:
                return Refusal(f"alike: {part}", most, "day", _moment(starts + SPANS["day"]))
        return None

    def _alike(self, number):
        """(part, digest, most) for each way in which a number can be like others."""
        family, text = number
        if family == "phone":
            part, most = ALIKE_TELEPHONES
            return [(part, self._named(part, text[:-3]), most)]
        if family != "nik":
            return []
        return [
            (part, self._named(part, *(text[same] for same in stays)), most) for part, (stays, most) in ALIKE.items()
        ]

    def _named(self, *parts):
        return hashlib.blake2b(json.dumps(parts).encode(), key=self._key, digest_size=12).hexdigest()

    def _digest(self, number):
        found = hashlib.blake2b(json.dumps(number).encode(), key=self._key, digest_size=8).digest()
        return int.from_bytes(found, "big", signed=True)

    def _was_seen(self, who, number, now):
        asked = (who, _start(now, "day"), self._digest(number))
        return self._db.execute("SELECT 1 FROM seen WHERE (who, day, digest) = (?, ?, ?)", asked).fetchone() is not None

    def _see(self, who, number, now, *, spans=tuple(SPANS)):
        self._db.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", (who, _start(now, "day"), self._digest(number)))
        self._count(who, "numbers", spans, now)

    def _counted(self, who, what, span, starts):
        key = (who, what, span, starts)
        row = self._db.execute("SELECT n FROM counted WHERE (who, what, span, starts) = (?, ?, ?, ?)", key).fetchone()
        return row[0] if row else 0

    def _count(self, who, what, spans, now):
        self._db.executemany(
            "INSERT INTO counted VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1",
            [(who, what, span, _start(now, span)) for span in spans],
        )

    @contextmanager
    def _at_once(self):
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


def read_limits(path):
    """Limits of this installation from a file of JSON, where the key holder wrote one; {} where not."""
    try:
        found = json.loads(Path(path).read_text())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise KeysError(f"{path} cannot be read as JSON.") from None
    if not isinstance(found, dict) or not all(_are_limits(who, of) for who, of in found.items()):
        raise KeysError(
            f'{path} is not understood. Write {{"caller": {{"records": [600, 3000, 10000]}}}}: so many a minute, an '
            'hour and a day; for "caller" or "officer", "records" or "numbers".'
        )
    return found


def _are_limits(who, of):
    return (
        who in {"caller", "officer"}
        and isinstance(of, dict)
        and set(of) <= {"records", "numbers"}
        and all(
            isinstance(most, list) and len(most) == 3 and all(type(n) is int and n > 0 for n in most)
            for most in of.values()
        )
    )


def _start(now, span):
    return int(now // SPANS[span] * SPANS[span])


def _moment(seconds):
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
