"""The chain: each entry carries a keyed digest of itself and of the entry before it.

An entry that is altered, removed or put in between breaks the chain at its number, and `verify` says where. The key
stays out of the database, so whoever can write to the database file still cannot forge a link. Removing the last
entries together with the head would leave a shorter chain that is whole in itself; anchors, written outside the
database by the hourly job, tell how long it once was.
"""

import hashlib
import hmac
import json
from base64 import b64decode
from dataclasses import dataclass
from datetime import UTC

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from simpul.journal.models import Entry, Head

START = bytes(32)


@dataclass(frozen=True)
class Fault:
    """A place where the chain does not hold: the entry's number and what is wrong there."""

    number: int
    sentence: str


def key():
    """The journal's key from the key file."""
    try:
        return b64decode(settings.KEYS["journal_key"])
    except KeyError:
        raise ImproperlyConfigured("The journal has no key yet. Run `simpul keys make`.") from None


def link_of(entry, previous, secret):
    """HMAC-SHA256 over the previous link and every field of the entry in one fixed form."""
    form = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.act,
        entry.officer_id,
        entry.agency_id,
        entry.subject,
        entry.file,
        entry.facts,
    ]
    body = json.dumps(form, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()
    return hmac.new(secret, previous + body, hashlib.sha256).digest()


def verify(*, anchors=()):
    """Every `Fault` of the chain, in order; an empty list when it holds.

    `anchors` are pairs (number, link as hex) noted outside the database.
    """
    faults, previous, expected, secret = [], START, 1, key()
    noted = dict(anchors)
    for entry in Entry.objects.order_by("number").iterator(chunk_size=2000):
        faults += _gap(entry, expected)
        if not hmac.compare_digest(link_of(entry, previous, secret), bytes(entry.link)):
            faults.append(Fault(entry.number, f"Entry {entry.number} was altered, or the entry before it was."))
        if entry.number in noted and noted[entry.number] != bytes(entry.link).hex():
            faults.append(Fault(entry.number, f"Entry {entry.number} differs from what was noted outside."))
        previous, expected = bytes(entry.link), entry.number + 1
    return faults + _cut_off(expected - 1, previous, noted)


def _gap(entry, expected):
    if entry.number == expected:
        return []
    if entry.number - 1 == expected:
        return [Fault(expected, f"Entry {expected} was removed.")]
    return [Fault(expected, f"Entries {expected} to {entry.number - 1} were removed.")]


def _cut_off(last, link, noted):
    head = Head.objects.first()
    longest = max([head.number if head else 0, *noted])
    if longest > last:
        return [Fault(last + 1, f"Entries {last + 1} to {longest} were removed from the end.")]
    if head is None and last:
        return [Fault(last, "The end of the journal is missing.")]
    if head and head.number < last:
        return [Fault(head.number + 1, f"Entries {head.number + 1} to {last} were put in past the end.")]
    if head and last and bytes(head.link) != link:
        return [Fault(last, "The end of the journal does not fit its last entry.")]
    return []
