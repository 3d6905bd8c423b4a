"""Progress: how far something is, for whoever waits for it."""

import time

WIDTH = 30


class Progress:
    """Says once a second how many are done. What is over within a second says nothing."""

    def __init__(self, say, words):
        self.say, self.words = say, words
        self.said_at = time.monotonic()

    def __call__(self, done):
        now = time.monotonic()
        if now - self.said_at >= 1:
            self.said_at = now
            self.say(f"  {done:,} {self.words}")


class Bar:
    """A bar that fills on a terminal, with how many are done in a second and how long it still takes.

    Where nobody watches, as in a log, a line every ten seconds. `total` may be unknown; `since` were done before.
    """

    def __init__(self, out, words, *, total=None, since=0):
        self.out, self.words, self.total, self.since = out, words, total, since
        self.watched = out.isatty()
        self.began = self.shown_at = time.monotonic()

    def __call__(self, done):
        now = time.monotonic()
        if now - self.shown_at < (0.2 if self.watched else 10):
            return
        self.shown_at = now
        self._show(self.line(done, now - self.began))

    def end(self, done):
        """The last line stays."""
        if self.watched:
            self._show(self.line(done, time.monotonic() - self.began))
            self.out.write("\n")

    def line(self, done, seconds):
        """How far it is after so many seconds."""
        rate = max(done - self.since, 0) / max(seconds, 0.001)
        told = f"{done:,} {self.words}, {rate:,.0f}/s"
        if not self.total:
            return told
        share = min(done / self.total, 1)
        if done < self.total and rate:
            told += f", {_span((self.total - done) / rate)} left"
        return f"[{'█' * int(share * WIDTH):<{WIDTH}}] {share:4.0%}  {told}"

    def _show(self, line):
        self.out.write(f"\r{line:<79}" if self.watched else f"  {line}\n")
        self.out.flush()


def _span(seconds):
    minutes, seconds = divmod(round(seconds), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
