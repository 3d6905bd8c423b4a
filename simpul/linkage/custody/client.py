"""Asking the key process for tags. Whoever asks says what for and in whose name; the secret never comes here.

Where the key process is away, nothing else stops: a person is recorded all the same, and what could not be encoded is
owed.
"""

import contextlib
import json
import socket
import threading
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from simpul.linkage.custody import messages

OFF = "off"
SERVICE = "simpul"
WITHIN = 3.0
SYSTEM = "system"
# So many questions are on their way at once when many records are encoded.
AHEAD = 32
_SENTENCES = {
    "records": gettext_noop(
        "The key process evaluates %(most)d records per %(span)s for one officer or service. More is allowed from "
        "%(again_at)s; for bulk work, who keeps the keys can give a grant."
    ),
    "numbers": gettext_noop(
        "The key process evaluates %(most)d numbers per %(span)s that were not asked before. More is allowed from "
        "%(again_at)s; for bulk work, who keeps the keys can give a grant."
    ),
    "alike": gettext_noop(
        "So many numbers that differ in one part only look as if numbers were being tried out. The key process "
        "evaluates no more of them before %(again_at)s."
    ),
    "grant unknown": gettext_noop("The key process knows no such grant of this service."),
    "grant over": gettext_noop("The grant is over. Who keeps the keys can give another."),
    "grant spent": gettext_noop("The %(most)d records of the grant are used up. Who keeps the keys can give another."),
    "stranger": gettext_noop("The key process does not answer the user of the system as which this service runs."),
}
_SPANS = {"minute": gettext_noop("minute"), "hour": gettext_noop("hour"), "day": gettext_noop("day")}
_here = threading.local()


class KeysAway(Exception):
    """Nobody holds a key here just now; the sentence says why."""


class KeysOff(KeysAway):
    """Linkage is off in this installation."""


class Refused(Exception):
    """The key process gives no tags for this; the sentence says why, `again_at` when it would."""

    def __init__(self, sentence, *, rule, again_at=None):
        super().__init__(sentence)
        self.rule, self.again_at = rule, again_at


class Evaluated(NamedTuple):
    """Values in the order of the evidence, for each open epoch, and the line of the log that says so."""

    epochs: dict
    current: str
    fingerprints: dict
    line: int
    link: str

    @property
    def tags(self):
        """The values in the epoch in use."""
        return self.epochs[self.current]


class State(NamedTuple):
    """Whether the key process answers, and a sentence where it does not; the end of its log, to be noted here."""

    is_ready: bool
    sentence: str
    current: str = ""
    fingerprints: dict = {}
    line: int = 0
    link: str = ""
    evaluated: int = 0
    turned_away: int = 0


def evaluate(evidence, *, purpose, by, grant=""):
    """The tags of one record.

    `evidence` is a list of (kind, text), as `matching.encode` gives it; `purpose` one word, such as "person.recorded";
    `by` the officer in whose name it is asked, or None for the system. Raises `KeysAway` or `Refused`.
    """
    return _evaluated(_asked(_question(evidence, purpose, by, grant)))


def evaluate_each(evidences, *, purpose, by, grant=""):
    """The same for many records, one after the other: yields an `Evaluated` for each. It needs a grant beyond a few."""
    evidences = iter(evidences)
    with _connection() as connection:
        waiting = 0
        for evidence in evidences:
            _send(connection, _question(evidence, purpose, by, grant))
            waiting += 1
            if waiting >= AHEAD:
                yield _evaluated(_receive(connection))
                waiting -= 1
        for _number in range(waiting):
            yield _evaluated(_receive(connection))


def state():
    """Whether tags can be had now; never raises."""
    try:
        answer = _asked({"ask": messages.STATUS, "service": SERVICE})
        if "refused" in answer:
            _evaluated(answer)
    except (KeysAway, Refused) as problem:
        return State(False, str(problem))
    return State(
        True, "", answer["current"], answer["fingerprints"], answer["line"], answer["link"], answer["evaluated"],
        answer["turned_away"],
    )  # fmt: skip


def _question(evidence, purpose, by, grant):
    return {
        "ask": messages.EVALUATE,
        "service": SERVICE,
        "by": SYSTEM if by is None else f"officer:{by.pk}",
        "purpose": purpose,
        "grant": grant,
        "evidence": [[kind, text] for kind, text in evidence],
    }


def _evaluated(answer):
    if "refused" in answer:
        raise _refused(answer)
    if "malformed" in answer:
        raise ValueError(answer["malformed"])
    if "away" in answer:
        raise KeysAway(_("The key process could not answer. Who keeps it finds the reason in its messages."))
    epochs = {
        epoch: [tuple(value) if isinstance(value, list) else value for value in values]
        for epoch, values in answer["epochs"].items()
    }
    return Evaluated(epochs, answer["current"], answer["fingerprints"], answer["line"], answer["link"])


def _refused(answer):
    rule = answer["refused"].split(":")[0]
    again_at = datetime.fromisoformat(answer["again_at"]) if answer.get("again_at") else None
    told = f"{again_at.astimezone():%d-%m-%Y %H:%M}" if again_at else ""
    facts = {"most": answer.get("most", 0), "span": _(_SPANS.get(answer.get("span"), "day")), "again_at": told}
    return Refused(_(_SENTENCES[rule]) % facts, rule=rule, again_at=again_at)


def _asked(question):
    """One question and its answer, over the connection of this thread; a connection gone stale is made anew once."""
    kept = getattr(_here, "connection", None)
    if kept is not None and _here.address == settings.LINKAGE_SOCKET:
        try:
            return _exchanged(kept, question)
        except KeysAway:
            pass
    _here.connection, _here.address = _connected(), settings.LINKAGE_SOCKET
    return _exchanged(_here.connection, question)


def _exchanged(connection, question):
    try:
        _send(connection, question)
        return _receive(connection)
    except BaseException:
        # What comes later would be taken for the answer to the next question.
        connection.close()
        _here.connection = None
        raise


@contextlib.contextmanager
def _connection():
    connection = _connected()
    try:
        yield connection
    finally:
        connection.close()


def _connected():
    address = str(settings.LINKAGE_SOCKET or OFF)
    if address == OFF:
        raise KeysOff(_("Records are not compared here: no key process is set up."))
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(WITHIN)
    try:
        with messages.named(address) as name:
            connection.connect(name)
    except OSError:
        connection.close()
        raise KeysAway(_("Records cannot be compared just now: the key process does not run.")) from None
    return connection


def _send(connection, question):
    try:
        data = messages.framed(question)
    except messages.Malformed as problem:
        raise ValueError(str(problem)) from None
    try:
        connection.sendall(data)
    except OSError:
        raise KeysAway(_("Records cannot be compared just now: the key process went away.")) from None


def _receive(connection):
    try:
        return json.loads(_exactly(connection, messages.length_of(_exactly(connection, 4))))
    except (OSError, EOFError, ValueError, messages.Malformed):
        raise KeysAway(_("Records cannot be compared just now: the key process did not answer in time.")) from None


def _exactly(connection, count):
    data = bytearray()
    while len(data) < count:
        piece = connection.recv(count - len(data))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)
