"""Progress: said to whoever waits, and to nobody else."""

import io
import time

from simpul.console.progress import Bar, Progress


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


class Watched(io.StringIO):
    """A terminal."""

    def isatty(self):
        return True


def test_a_bar_tells_how_far_how_fast_and_how_long():
    bar = Bar(Watched(), "rows", total=200_000, since=20_000)
    line = bar.line(100_000, 40)
    assert "50%" in line
    assert "100,000 rows, 2,000/s, 50 s left" in line
    assert line.count("█") == 15


def test_a_bar_without_a_total_tells_what_it_knows():
    assert Bar(Watched(), "rows").line(5000, 2) == "5,000 rows, 2,500/s"


def test_a_bar_fills_in_place_and_its_last_line_stays(monkeypatch):
    clock = iter([0.0, 0.1, 1.0, 2.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    out = Watched()
    bar = Bar(out, "rows", total=10)
    bar(1)
    bar(5)
    bar.end(10)
    assert out.getvalue().count("\r") == 2
    assert out.getvalue().endswith("\n")
    assert "100%" in out.getvalue()


def test_in_a_log_a_bar_is_a_line_every_ten_seconds(monkeypatch):
    clock = iter([0.0, 5.0, 10.0, 12.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    out = io.StringIO()
    bar = Bar(out, "rows", total=100)
    for done in (10, 20, 30):
        bar(done)
    bar.end(30)
    assert out.getvalue().count("\n") == 1
    assert "20 rows" in out.getvalue()
