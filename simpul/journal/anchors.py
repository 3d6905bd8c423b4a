"""Anchors: the end of the journal, noted from time to time in a file outside the database.

A line is the entry's number and its link in hexadecimal. Copy the file to another machine: it is not secret.
"""

from django.conf import settings

from simpul.journal.models import Head


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


def noted():
    """All anchors as pairs (number, link in hexadecimal)."""
    if not path().is_file():
        return []
    lines = (line.split() for line in path().read_text().splitlines() if line.strip())
    return [(int(number), link) for number, link in lines]
