"""Anchors: the end of the journal, noted from time to time in a file outside the database.

A line is the entry's number and its link in hexadecimal. Copy the file to another machine: it is not secret.
"""

import re

from django.conf import settings

from simpul.journal.models import Head

_LINK = re.compile(r"[0-9a-f]{64}")


def path():
    """Where this installation keeps its anchors."""
    return settings.HOME / "journal-anchors.txt"


def note():
    """Append the present end of the journal; returns its number, or None for an empty journal."""
    head = Head.objects.first()
    if head is None or not head.number:
        return None
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a") as file:
        file.write(f"{head.number} {bytes(head.link).hex()}\n")
    return head.number


def noted(copy=None):
    """All anchors as pairs (number, link in hexadecimal), or those of a copy that was kept elsewhere.

    Raises `ValueError` with the line that is no anchor.
    """
    source = copy or path()
    if not copy and not source.is_file():
        return []
    return [_anchor(line, source) for line in source.read_text().splitlines() if line.strip()]


def _anchor(line, source):
    number, _blank, link = line.strip().partition(" ")
    if not (number.isdecimal() and _LINK.fullmatch(link)):
        raise ValueError(f"{source}: {line.strip()!r} is not an anchor. A line is a number and 64 hexadecimal digits.")
    return int(number), link
