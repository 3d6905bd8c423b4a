"""Reading ahead: a process beside reads, this one takes what was read; nothing is lost when one of them ends."""

import multiprocessing
import os

import pytest

from simpul.console import reading_ahead
from simpul.console.reading_ahead import ReadingFailed, ahead


def test_rows_arrive_whole_and_in_their_order():
    assert list(ahead(range(1234))) == list(range(1234))


def test_they_are_read_by_another_process():
    assert set(ahead(os.getpid() for _each in range(3))) != {os.getpid()}


def test_nothing_to_read_is_nothing():
    assert list(ahead([])) == []


def test_what_goes_wrong_while_reading_is_told_after_what_was_read(monkeypatch):
    monkeypatch.setattr(reading_ahead, "AT_ONCE", 2)

    def torn():
        yield from range(4)
        raise ValueError("line 5")

    rows = ahead(torn())
    assert [next(rows) for _each in range(4)] == [0, 1, 2, 3]
    with pytest.raises(ReadingFailed, match="line 5"):
        next(rows)


def test_a_reader_that_is_ended_from_outside_keeps_nobody_waiting():
    def ended():
        os._exit(9)
        yield

    with pytest.raises(ReadingFailed, match="from outside"):
        list(ahead(ended()))


def test_whoever_has_read_enough_leaves_no_process_behind():
    rows = ahead(iter(range(10**9)))
    assert next(rows) == 0
    rows.close()
    assert multiprocessing.active_children() == []


def test_where_no_process_can_be_split_the_rows_are_read_here(monkeypatch):
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert set(ahead(os.getpid() for _each in range(3))) == {os.getpid()}
