"""Progress: said to whoever waits, and to nobody else."""

import time

from simpul.console.progress import Progress


def test_what_is_over_at_once_says_nothing():
    said = []
    told = Progress(said.append, "entries read")
    for done in range(1000):
        told(done)
    assert said == []


def test_what_takes_longer_says_once_a_second_how_far_it_is(monkeypatch):
    clock = iter([0.0, 0.5, 1.0, 1.4, 2.1])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    said = []
    told = Progress(said.append, "entries read")
    for done in (500, 1000, 1500, 2000):
        told(done)
    assert said == ["  1,000 entries read", "  2,000 entries read"]
