"""The machine behind likely pairs: it encodes evidence with the key process and finds what is near.

This room knows its few questions and nothing of its inside. Without a key process there is no machine, and linkage is
off.
"""

from typing import NamedTuple, Protocol

from django.conf import settings

from simpul.linkage.custody import client


class Away(Exception):
    """The key process does not answer, or answers nobody for now; what was asked is owed."""


class Refused(Exception):
    """The key process does not evaluate this record for now, and may evaluate others; what was asked is owed."""


class Made(NamedTuple):
    """An encoding: the key epoch, tags to be found by, tags to be compared by (packed unsigned 64-bit numbers)."""

    epoch: str
    tags: bytes
    slots: bytes


class Near(NamedTuple):
    """Another record that may be the same person: its key, how likely, and how each field compares, in names."""

    person: int
    probability: float
    levels: dict


class Machine(Protocol):
    """What the room asks of a machine."""

    version: str
    epoch: str

    def encode(self, evidence, *, by, purpose) -> Made:
        """Encode the evidence of one person; raises `Away` or `Refused`."""

    def put(self, person, made: Made):
        """Let a record be found from now on; an earlier encoding of it is forgotten."""

    def forget(self, persons):
        """Let records be found no more, at once."""

    def near(self, person, made: Made, *, most) -> list[Near]:
        """The likeliest other records, the likeliest first."""

    def tend(self):
        """Put right what has come apart from the encodings, and make the finding of all who are new quick again."""

    def warm(self):
        """Read what searches touch, so that none has to wait for the disk."""

    knows_words: bool

    def count_words(self, *, least=0):
        """Learn anew what is common among the encodings, so that what is rare weighs more; from `least` of them."""


_BY_SETTINGS = object()
_machine = _BY_SETTINGS


def present():
    """The machine of this process, or None where linkage is off."""
    global _machine
    if _machine is _BY_SETTINGS:
        _machine = _of_the_installation()
    return _machine


def use(machine):
    """Take a machine into use, or None to do without."""
    global _machine
    _machine = machine


def _of_the_installation():
    if settings.LINKAGE_SOCKET in ("", client.OFF):
        return None
    # Whoever never compares records, such as the public process, loads none of the arrays.
    from simpul.linkage.finder import Finder

    return Finder()
