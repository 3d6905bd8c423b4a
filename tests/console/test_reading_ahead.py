"""Reading ahead: a process beside reads, this one takes what was read; nothing is lost when one of them ends."""

import multiprocessing
import os
import time

import pytest

from simpul.console import reading_ahead
from simpul.console.reading_ahead import ReadingFailed, ahead


def test_parts_arrive_whole_and_in_their_order():
    parts = [None, "torn", ["Anggrek"] * 100_000, *range(20)]
    assert list(ahead(parts)) == parts


def test_they_are_read_by_another_process():
    assert set(ahead(os.getpid() for _each in range(3))) != {os.getpid()}


def test_nothing_to_read_is_nothing():
    assert list(ahead([])) == []


def test_what_goes_wrong_while_reading_is_told_after_what_was_read():
    def torn():
        yield from range(4)
        raise ValueError("line 5")

    parts = ahead(torn())
    assert [next(parts) for _each in range(4)] == [0, 1, 2, 3]
    with pytest.raises(ReadingFailed, match="line 5"):
        next(parts)


def test_no_more_is_read_ahead_than_memory_is_meant_for():
    read = multiprocessing.get_context("fork").Value("i", 0)

    def counted():
        while True:
            read.value += 1
            yield "x" * 1_000_000

    parts = ahead(counted())
    next(parts)
    time.sleep(0.5)
    parts.close()
    # Besides those that wait: one that is taken, one on its way, one that is being read.
    assert read.value <= reading_ahead.WAITING + 3


def test_a_reader_that_is_ended_from_outside_keeps_nobody_waiting():
    def ended():
        os._exit(9)
        yield

    with pytest.raises(ReadingFailed, match="from outside"):
        list(ahead(ended()))


def test_whoever_has_read_enough_leaves_no_process_behind():
    parts = ahead(iter(range(10**9)))
    assert next(parts) == 0
    parts.close()
    assert multiprocessing.active_children() == []


def test_where_no_process_can_be_split_the_parts_are_read_here(monkeypatch):
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert set(ahead(os.getpid() for _each in range(3))) == {os.getpid()}
