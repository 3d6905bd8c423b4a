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


def verify(*, anchors=(), told=lambda done: None):
    """Every `Fault` of the chain, in order; an empty list when it holds.

    `anchors` are pairs (number, link as hex) noted outside the database; `told` hears how many entries were read.
    """
    faults, previous, expected, secret = [], START, 1, key()
    noted = _by_number(anchors)
    # The journal grows while it is read. What stood at its end before must be found again.
    head, link_at_head = Head.objects.first(), START
    for done, entry in enumerate(Entry.objects.order_by("number").iterator(chunk_size=2000), start=1):
        faults += _gap(entry, expected)
        if not hmac.compare_digest(link_of(entry, previous, secret), bytes(entry.link)):
            faults.append(Fault(entry.number, f"Entry {entry.number} was altered, or the entry before it was."))
        if noted.get(entry.number, set()) - {bytes(entry.link).hex()}:
            faults.append(Fault(entry.number, f"Entry {entry.number} differs from what was noted outside."))
        previous, expected = bytes(entry.link), entry.number + 1
        if head and entry.number == head.number:
            link_at_head = previous
        told(done)
    return faults + _cut_off(expected - 1, head, link_at_head, noted)


def _by_number(anchors):
    """All links that were ever noted of an entry: somebody who rewrote the journal may have had it noted anew."""
    noted = {}
    for number, link in anchors:
        noted.setdefault(number, set()).add(link)
    return noted


def _gap(entry, expected):
    if entry.number == expected:
        return []
    if entry.number < expected:
        return [Fault(entry.number, f"Entry {entry.number} was put in before the beginning.")]
    if entry.number - 1 == expected:
        return [Fault(expected, f"Entry {expected} was removed.")]
    return [Fault(expected, f"Entries {expected} to {entry.number - 1} were removed.")]


def _cut_off(last, head, link_at_head, noted):
    longest = max([head.number if head else 0, *noted])
    if longest > last:
        return [Fault(last + 1, f"Entries {last + 1} to {longest} were removed from the end.")]
    now = Head.objects.first()
    if now is None and last:
        return [Fault(last, "The end of the journal is missing.")]
    if now and now.number < last:
        return [Fault(now.number + 1, f"Entries {now.number + 1} to {last} were put in past the end.")]
    if head and bytes(head.link) != link_at_head:
        return [Fault(head.number, "The end of the journal does not fit its last entry.")]
    return []
