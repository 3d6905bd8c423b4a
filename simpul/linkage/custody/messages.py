"""What the key process and who asks it say to each other: four bytes of length, then JSON.

A question holds the evidence of one record. Everything in it is checked here, before anything is counted or evaluated;
what is wrong is said in words that repeat nothing of it.
"""

import json
import os
import re
import socket
import struct
from collections import Counter
from contextlib import contextmanager
from functools import lru_cache
from typing import NamedTuple

from simpul.linkage.matching.keys import NEVER_ALONE

LONGEST = 64 * 1024
MOST_TEXTS = 256
MOST_OF_A_KIND = 24
LONGEST_TEXT = 200
# Numbers that can be tried out one after the other: how many of each a record may have.
NUMBERS = {"nik": 1, "passport": 3, "phone": 3, "number": 3}
NIK_DIGITS = 16
EVALUATE, STATUS = "evaluate", "status"
# Linux: the longest name of a socket is 107 bytes; a longer one is reached through its folder.
_LONGEST_NAME = 107
_KIND = re.compile(r"[a-z][a-z0-9+_.-]{0,39}")
_WORD = re.compile(r"[\w][\w.:/-]{0,79}", re.ASCII)
_GRANT = re.compile(r"[0-9a-f]{12}")
# Words of a question stand in the log, so none of them may hold what could be somebody's number.
_SOMEBODYS_NUMBER = re.compile(r"\d{7}")
_LENGTH = struct.Struct("!I")


class Malformed(Exception):
    """A question that cannot be answered; the sentence repeats nothing of it."""


class Question(NamedTuple):
    """A checked question. `numbers` are pairs (family, text) of what can be tried out."""

    ask: str
    service: str
    by: str = ""
    purpose: str = ""
    grant: str = ""
    evidence: tuple = ()
    numbers: tuple = ()


def framed(content):
    """A message as it travels."""
    data = json.dumps(content, separators=(",", ":")).encode()
    if len(data) > LONGEST:
        raise Malformed(f"A message has {LONGEST // 1024} kB at most.")
    return _LENGTH.pack(len(data)) + data


def length_of(head):
    """How many bytes follow a head of four; refuses what is too long or nothing."""
    (length,) = _LENGTH.unpack(head)
    if not 0 < length <= LONGEST:
        raise Malformed(f"A message has 1 byte to {LONGEST // 1024} kB.")
    return length


def question(data):
    """The `Question` in a message, checked."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        raise Malformed("The message is not JSON.") from None
    if not isinstance(content, dict) or content.get("ask") not in (EVALUATE, STATUS):
        raise Malformed("The message does not say what is asked: evaluate or status.")
    service = _word(content, "service")
    if content["ask"] == STATUS:
        return Question(STATUS, service)
    by, purpose = _word(content, "by"), _word(content, "purpose")
    grant = content.get("grant") or ""
    if not isinstance(grant, str) or (grant and not _GRANT.fullmatch(grant)):
        raise Malformed("grant must be the twelve letters and digits that were given for it.")
    evidence = _evidence(content.get("evidence"))
    return Question(EVALUATE, service, by, purpose, grant, evidence, _numbers(evidence))


def _word(content, name):
    found = content.get(name)
    if not isinstance(found, str) or not _WORD.fullmatch(found):
        raise Malformed(f"{name} must be one word of letters, digits and .:/- , 80 at most.")
    if _SOMEBODYS_NUMBER.search(found):
        raise Malformed(f"{name} holds a long number. It stands in the log, where no number of a person may stand.")
    return found


def _evidence(found):
    if not isinstance(found, list) or not 0 < len(found) <= MOST_TEXTS:
        raise Malformed(f"The evidence of one record is 1 to {MOST_TEXTS} pairs of kind and text.")
    for pair in found:
        if type(pair) is not list or len(pair) != 2 or type(pair[0]) is not str or type(pair[1]) is not str:
            raise Malformed("Evidence is written as pairs of kind and text.")
        if len(pair[1]) > LONGEST_TEXT:
            raise Malformed(f"A text has {LONGEST_TEXT} characters at most.")
    evidence = tuple(map(tuple, found))
    of_a_kind = Counter(kind for kind, _text in set(evidence))
    if not all(map(_is_kind, of_a_kind)):
        raise Malformed("A kind of evidence is one word of small letters, and never a sex or a district alone.")
    if max(of_a_kind.values()) > MOST_OF_A_KIND:
        raise Malformed(f"One record has {MOST_OF_A_KIND} texts of one kind at most.")
    return evidence


@lru_cache(maxsize=1024)
def _is_kind(kind):
    return bool(_KIND.fullmatch(kind)) and kind not in NEVER_ALONE


@lru_cache(maxsize=1024)
def _family(kind):
    """The number of which a kind of evidence is the whole or a part, as "nik" of "nik-2"; "" for all others."""
    family = re.split(r"[-_.+]", kind)[0]
    return family if family in NUMBERS else ""


def _numbers(evidence):
    """The numbers of a record; refuses more than one person has, and parts of a number that is not among them."""
    whole = {family: set() for family in NUMBERS}
    for kind, text in evidence:
        if text and kind in whole:
            whole[kind].add(text)
    for family, texts in whole.items():
        if len(texts) > NUMBERS[family]:
            raise Malformed(f"One record has {NUMBERS[family]} of the kind {family} at most.")
    for nik in whole["nik"]:
        if not (len(nik) == NIK_DIGITS and nik.isascii() and nik.isdigit()):
            raise Malformed("A NIK has 16 digits.")
    for kind, text in evidence:
        family = _family(kind)
        # In company the number stands first, and what it is tagged together with behind it.
        part = text.split(" ", 1)[0] if "+" in kind else text
        if family and text and kind != family and not _is_part_of_any(part, whole[family]):
            raise Malformed(f"Evidence of a part of a {family} must be of the {family} of the same record.")
    return tuple((family, text) for family, texts in whole.items() for text in sorted(texts))


def _is_part_of_any(text, numbers):
    """Whether the letters and digits of a text stand in one of the numbers in the same order."""
    return any(_stands_in([each for each in text if each.isalnum()], number) for number in numbers)


def _stands_in(characters, number):
    left = iter(number)
    return all(each in left for each in characters)


@contextmanager
def named(path):
    """A name of a socket that is short enough for the system."""
    if len(os.fsencode(path)) <= _LONGEST_NAME:
        yield str(path)
        return
    folder = os.open(os.path.dirname(path), os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{os.path.basename(path)}"
    finally:
        os.close(folder)


def peer(connection):
    """(pid, uid) of the process at the other end, as the system's kernel knows them."""
    pid, uid, _gid = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    return pid, uid
