"""Limits at the public door: floods are held off, and somebody who guesses receipts is slowed, then refused.

Nobody solves a puzzle and nothing typed is lost: whoever must wait gets the form back and is told for how long. The
limits live in the memory of each process and go with it. An address is never kept: what is kept is a digest of it
under a random key of the process, which no file and no log ever sees.
"""

import hashlib
import math
import os
import threading
import time
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.utils.translation import ngettext

MOST_REMEMBERED = 20_000


@dataclass(frozen=True)
class Pace:
    """So many at once, then one in so many seconds."""

    burst: int
    seconds: float


# A person rarely sends a second report; a village office behind one address sends a few.
REPORTS = Pace(6, 120)
MESSAGES = Pace(20, 30)
SEARCHES = Pace(30, 2)
FILES = Pace(40, 10)
# Each code of a one-time link costs the server a tenth of a second.
CODES = Pace(10, 10)
# Everybody together, without an event code: far above what a province reports, far below what fills a disk.
EVERYBODY = Pace(300, 0.5)
# When so much of it is used up, an address that sent a report already waits, so that others still get through.
STRAINED = 2 / 3

# Wrong receipts that cost nothing; how many more until the address is refused; and for how long it is.
FREE, REFUSED_AT, REFUSED_FOR = 5, 15, 60 * 60
# One wrong receipt is forgiven in this time.
FORGIVEN_IN = 20 * 60
# What the check digits catch is a slip of the finger far more often than a guess.
TYPO, GUESS = 0.25, 1.0


@dataclass(frozen=True)
class Wait:
    """How many seconds somebody must wait; `refused` when it is no longer a matter of a moment."""

    seconds: int = 0
    refused: bool = False

    def __bool__(self):
        return self.seconds > 0


class Meter:
    """Keeps one pace for many keys: for each key only the moment up to which its share is used up."""

    def __init__(self, pace):
        self.pace = pace
        self.used_until = {}

    def wait(self, key, *, now, count=1, burst=None):
        """Seconds until so many more are allowed; 0 when they are allowed now."""
        free_from = self._after(key, now, count) - max(burst or self.pace.burst, count) * self.pace.seconds
        return max(0.0, free_from - now)

    def use(self, key, *, now, count=1):
        self.used_until[key] = self._after(key, now, count)
        if len(self.used_until) > MOST_REMEMBERED:
            self._forget(now)

    def share_used(self, key, *, now):
        """How much of the burst is used up, from 0 to 1."""
        return max(0.0, self.used_until.get(key, now) - now) / (self.pace.burst * self.pace.seconds)

    def _after(self, key, now, count):
        return max(self.used_until.get(key, now), now) + count * self.pace.seconds

    def _forget(self, now):
        kept = sorted(((until, key) for key, until in self.used_until.items() if until > now), reverse=True)
        self.used_until = {key: until for until, key in kept[: MOST_REMEMBERED // 2]}


class Guesses:
    """Wrong receipts by key: how many count at present, since when, and until when the key must wait."""

    def __init__(self):
        self.noted = {}

    def wait(self, key, *, now):
        _count, _at, until, refused = self.noted.get(key, (0, now, now, False))
        return Wait(math.ceil(max(0, until - now)), refused)

    def wrong(self, key, *, weight, now):
        before, at, _until, _refused = self.noted.get(key, (0, now, now, False))
        count = max(0, before - (now - at) / FORGIVEN_IN) + weight
        if count >= REFUSED_AT:
            self.noted[key] = (FREE, now, now + REFUSED_FOR, True)
        else:
            self.noted[key] = (count, now, now + (2 ** (count - FREE) if count > FREE else 0), False)
        if len(self.noted) > MOST_REMEMBERED:
            self._forget(now)

    def _forget(self, now):
        kept = sorted(self.noted.items(), key=lambda item: -item[1][2])
        self.noted = dict(kept[: MOST_REMEMBERED // 2])


class Limits:
    """All limits of one door. Addresses come in as text and are kept as digests."""

    def __init__(self, clock=time.monotonic):
        self.clock = clock
        self._secret = os.urandom(32)
        self._lock = threading.Lock()
        self._everybody = Meter(EVERYBODY)
        self._reports = Meter(REPORTS)
        self._others = {pace: Meter(pace) for pace in (MESSAGES, SEARCHES, FILES, CODES)}
        self._guesses = Guesses()

    def report(self, address):
        """Count one report of an address; the wait when it may not send one now."""
        key, now = self._key(address), self.clock()
        with self._lock:
            strained = self._everybody.share_used("", now=now) >= STRAINED
            seconds = max(
                self._everybody.wait("", now=now),
                self._reports.wait(key, now=now, burst=1 if strained else None),
            )
            if not seconds:
                self._everybody.use("", now=now)
                self._reports.use(key, now=now)
        return Wait(math.ceil(seconds))

    def take(self, pace, address, *, count=1):
        """Count messages, searches, files or codes of an address; the wait when it may not send them now."""
        key, now, meter = self._key(address), self.clock(), self._others[pace]
        with self._lock:
            seconds = meter.wait(key, now=now, count=count)
            if not seconds:
                meter.use(key, now=now, count=count)
        return Wait(math.ceil(seconds))

    def guess(self, address):
        """The wait of an address that typed wrong receipts."""
        return self._guesses.wait(self._key(address), now=self.clock())

    def wrong(self, address, *, weight=GUESS):
        """An address typed a receipt that is wrong."""
        with self._lock:
            self._guesses.wrong(self._key(address), weight=weight, now=self.clock())

    def _key(self, address):
        return hashlib.blake2s(address.encode(), key=self._secret, digest_size=12).digest()


door = Limits()


def address_of(request):
    """Where a request comes from, as far as that can be trusted; an IPv6 address counts with its neighbours.

    A proxy of our own (`SIMPUL_TRUSTED_PROXIES`) tells for whom it asks: the right-most address that no proxy of ours
    has. What stands left of it was written by whoever asked.
    """
    address = request.META.get("REMOTE_ADDR", "")
    for forwarded in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        if not forwarded.strip() or not _is_ours(address):
            break
        address = forwarded.strip()
    return _household(address)


def waiting_time(wait):
    """What somebody is told who must wait."""
    if wait.seconds < 90:
        sentence = ngettext(
            "Much is arriving at the moment. Nothing you typed is lost: press the button again in %(count)d second.",
            "Much is arriving at the moment. Nothing you typed is lost: press the button again in %(count)d seconds.",
            wait.seconds,
        )
        return sentence % {"count": wait.seconds}
    minutes = -(-wait.seconds // 60)
    sentence = ngettext(
        "Much is arriving at the moment. Nothing you typed is lost: press the button again in %(count)d minute.",
        "Much is arriving at the moment. Nothing you typed is lost: press the button again in %(count)d minutes.",
        minutes,
    )
    return sentence % {"count": minutes}


def _is_ours(address):
    number = _number(address)
    return number is not None and any(number in ip_network(proxy, strict=False) for proxy in settings.TRUSTED_PROXIES)


def _household(address):
    number = _number(address)
    if number is None:
        return ""
    return str(ip_network((number, 64), strict=False)) if number.version == 6 else str(number)


def _number(address):
    try:
        number = ip_address(address.strip("[]"))
    except ValueError:
        return None
    return getattr(number, "ipv4_mapped", None) or number
