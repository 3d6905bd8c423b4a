"""The diary: many stories at once, played in the order of time, while the clocks of the office run.

A story is a generator. It acts, and yields the moment at which it goes on; what lies behind the end of the diary has
not happened yet. So the journal of the invented year is in order, and a clock that ran out was noted at that moment.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from heapq import heappop, heappush
from itertools import count

from django.db.models import Min, Q
from django.utils import timezone

from simpul.obligations import book
from simpul.obligations.models import Obligation

OPENS, CLOSES = 7.5, 15.5
# What is opened from now on runs out an hour from now at the earliest, so the clocks need no look before.
SHORTEST_LIMIT = timedelta(hours=1)


class Diary:
    """Plays stories until a moment."""

    def __init__(self, *, until):
        self.until = until
        self._nothing_before = self._last = datetime.min.replace(tzinfo=UTC)
        self._waiting = []
        self._order = count()

    def begin(self, story, *, at):
        """Start a story at a moment: a generator that has not run yet."""
        self._wait(story, at)

    def play(self):
        """Everything that happens until the end, in order; returns the number of steps."""
        steps = 0
        while self._waiting:
            at, _order, story = heappop(self._waiting)
            self._let_time_pass(until=at)
            self._last = max(self._last, at)
            self._go_on(story)
            steps += 1
        self._let_time_pass(until=self.until)
        return steps

    def _go_on(self, story):
        following = next(story, None)
        if following is not None:
            self._wait(story, following)

    def _wait(self, story, at):
        if at <= self.until:
            heappush(self._waiting, (at, next(self._order), story))

    def _let_time_pass(self, *, until):
        if until < self._nothing_before:
            return
        while (due := _next_lateness()) is not None and due <= until:
            # A clock that began in the past, from a day that was noted late, is looked at now and not back then.
            book.let_time_pass(at=max(due, self._last))
        self._nothing_before = min(due or until + SHORTEST_LIMIT, until + SHORTEST_LIMIT)


def _next_lateness():
    """The moment when the next target or limit runs out that nobody has noted."""
    return _unnoted().aggregate(due=Min("due_at"))["due"]


@cache
def _unnoted():
    """Asked before every step, so it is put together once."""
    unnoted = Q(target_at__isnull=False, target_missed_at=None) | Q(limit_at__isnull=False, missed_at=None)
    return Obligation.objects.running().filter(unnoted)


def in_office(at):
    """The same moment where the office is open, else when it opens next."""
    local = timezone.localtime(at)
    hour = local.hour + local.minute / 60
    if local.weekday() < 5 and OPENS <= hour < CLOSES:
        return at
    begins = local.replace(hour=7, minute=30 + local.minute // 3, second=local.second, microsecond=0)
    if hour >= OPENS:
        begins += timedelta(days=1)
    while begins.weekday() > 4:
        begins += timedelta(days=1)
    return begins


def on_duty(at):
    """The same moment between seven and nine in the evening of any day, else the next morning: reports do not rest."""
    local = timezone.localtime(at)
    if 7 <= local.hour < 21:
        return at
    morning = local.replace(hour=7, minute=local.minute // 2)
    return morning + timedelta(days=1) if local.hour >= 21 else morning
