"""Progress: how far something is, for whoever waits for it."""

import time


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
