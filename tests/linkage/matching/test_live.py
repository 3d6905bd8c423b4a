"""One new record among many: found by what it shares, added, replaced, erased, packed, and unharmed by a crash."""

import errno
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simpul.linkage.matching import live, live_files
from simpul.linkage.matching.live import Batch, LiveIndex, Reach
from simpul.linkage.matching.live_files import LiveError

WIDTH = 6
FAR = Reach(candidates=10_000, postings=10_000_000, common=1_000_000)
LABEL = "tests, first epoch"


def alike(row, rows):
    """The share of the numbers of a row that are the same."""
    return (rows == row).mean(axis=1)


def tags(*values):
    return np.array(values, dtype=np.uint64)


def row(*values):
    return np.array([*values, *([0] * (WIDTH - len(values)))], dtype=np.uint32)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


def made(folder, *, reach=FAR):
    return LiveIndex.make(folder, width=WIDTH, dtype=np.uint32, score=alike, label=LABEL, reach=reach, durable=False)


def opened(folder, *, reach=FAR):
    return LiveIndex(folder, score=alike, label=LABEL, reach=reach, durable=False)


def built(folder, records, *, batch=3):
    """An index of {number: (tags, row)}, built in small batches."""
    numbers = sorted(records)
    most = max((len(own) for own, _row in records.values()), default=1) or 1

    def batches():
        for at in range(0, len(numbers), batch):
            some = numbers[at : at + batch]
            listed = np.zeros((len(some), most), np.uint64)
            for place, number in enumerate(some):
                listed[place, : len(records[number][0])] = records[number][0]
            yield Batch(np.array(some), listed, np.array([records[number][1] for number in some]))

    live.build(folder, batches(), width=WIDTH, dtype=np.uint32, label=LABEL)
    return opened(folder)


def by_brute_force(records, asked):
    """The numbers of all records that share a tag with those asked for."""
    said = {int(tag) for tag in asked} - {0, 2**64 - 1}
    return {number for number, (own, _row) in records.items() if said & {int(tag) for tag in own}}


def found(index, asked):
    return set(index.candidates(tags(*asked))[0].tolist())


def bytes_of(folder):
    return b"".join(path.read_bytes() for path in Path(folder).rglob("*") if path.is_file())


# ---- finding


def test_somebody_is_found_by_one_tag_he_shares_and_told_apart_by_the_row(folder):
    with made(folder) as index:
        index.add(4, tags(11, 12), row(1, 2, 3))
        index.add(7, tags(12, 13), row(1, 2, 9))
        index.add(9, tags(99), row(1, 2, 3))
        told = index.find(tags(12), row(1, 2, 3))
    assert told.numbers.tolist() == [4, 7]
    assert told.probabilities.tolist() == [1, 5 / 6]
    assert (told.votes > 0).all()


def test_who_shares_nothing_is_not_found_and_an_empty_index_finds_nobody(folder):
    with made(folder) as index:
        assert index.find(tags(1), row()).numbers.size == 0
        index.add(1, tags(5), row())
        assert index.find(tags(6), row()).numbers.size == 0
        assert index.find(tags(), row()).numbers.size == 0


def test_a_rare_tag_weighs_more_than_a_common_one(folder):
    with built(folder, {number: (tags(50, 1000 + number), row()) for number in range(40)}) as index:
        numbers, votes = index.candidates(tags(50, 1003))
        assert numbers[0] == 3
        assert votes[0] == pytest.approx(np.log2(41 / 40) + np.log2(41 / 1))


def test_a_common_tag_is_passed_over_unless_there_is_no_rarer_one(folder):
    records = {number: (tags(50, 1000 + number), row()) for number in range(40)}
    with built(folder, records) as index:
        index.reach = Reach(candidates=30, postings=1000, common=10)
        assert found(index, [50, 1003]) == {3}
        assert len(found(index, [50])) == 30
        index.reach = Reach(candidates=30, postings=12, common=10)
        assert len(found(index, [50])) == 12


def test_recent_records_of_a_common_tag_do_not_slow_a_search(folder):
    with made(folder, reach=Reach(candidates=30, postings=1000, common=10)) as index:
        index.add_many(
            range(40),
            np.array([[50, 1000 + number] for number in range(40)], np.uint64),
            np.zeros((40, WIDTH), np.uint32),
        )
        assert found(index, [50, 1003]) == {3}
        assert len(found(index, [50])) == 11


def test_a_record_need_not_find_itself(folder):
    with made(folder) as index:
        index.add(1, tags(5), row(1))
        index.add(2, tags(5), row(1))
        assert index.find(tags(5), row(1), but=[1]).numbers.tolist() == [2]


def test_only_as_many_are_told_as_asked_for(folder):
    with built(folder, {number: (tags(5), row(number)) for number in range(30)}) as index:
        told = index.find(tags(5), row(17), limit=4)
    assert len(told.numbers) == 4
    assert told.numbers[0] == 17


def test_tags_that_say_nothing_bring_nobody_together(folder):
    with made(folder) as index:
        index.add(1, tags(0, 2**64 - 1, 8), row())
        index.add(2, tags(0, 2**64 - 1), row())
        assert found(index, [0, 2**64 - 1]) == set()
        assert found(index, [8, 8]) == {1}
        assert len(index) == 1


def test_what_searches_touch_is_read_through_when_a_process_starts(folder):
    with built(folder, {3: (tags(5, 6), row(1)), 4: (tags(5), row(2))}) as index:
        assert index.warm() == 2 * 8 + 3 * 4 + 3 * 4 + 5 * WIDTH * 4
        assert found(index, [5]) == {3, 4}
    with made(folder.with_name("empty")) as index:
        assert index.warm() == 0


# ---- the same by brute force, whatever happened before

NUMBERS = st.integers(0, 12)
TAGS = st.lists(st.one_of(st.integers(0, 9), st.sampled_from([2**63, 2**63 + 1, 2**64 - 2, 2**64 - 1])), max_size=5)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), NUMBERS, TAGS, st.integers(1, 9)),
        st.tuples(st.just("remove"), st.lists(NUMBERS, max_size=3, unique=True)),
        st.tuples(st.just("pack")),
        st.tuples(st.just("reopen")),
    ),
    max_size=14,
)


def take(step, index, expected):
    """Do one step with the index and with a plain dictionary; gives the index, opened anew if that was the step."""
    if step[0] == "add":
        _add, number, own, value = step
        index.add(number, tags(*own), row(value, number))
        expected.pop(number, None)
        if set(own) - {0, 2**64 - 1}:
            expected[number] = (own, row(value, number))
    if step[0] == "remove":
        index.remove(step[1])
        for number in step[1]:
            expected.pop(number, None)
    if step[0] == "pack":
        index.pack()
    if step[0] == "reopen":
        index.close()
        return opened(index.folder)
    return index


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.dictionaries(NUMBERS, st.tuples(TAGS, st.integers(1, 9)), max_size=8), steps=STEPS, asked=TAGS)
def test_the_index_finds_whom_brute_force_finds(tmp_path_factory, first, steps, asked):
    records = {number: (own, row(value, number)) for number, (own, value) in first.items()}
    index = built(tmp_path_factory.mktemp("live") / "index", records)
    expected = {number: each for number, each in records.items() if set(each[0]) - {0, 2**64 - 1}}
    for step in steps:
        index = take(step, index, expected)
        assert found(index, asked) == by_brute_force(expected, asked)
        assert len(index) == len(expected)
    assert all((number in index) == (number in expected) for number in range(13))
    everybody = index.find(tags(*range(1, 10), 2**63, 2**63 + 1, 2**64 - 2), row(), limit=100).numbers
    assert sorted(everybody.tolist()) == sorted(expected)
    assert all((index._rows[np.array([number])][0] == own).all() for number, (_tags, own) in expected.items())
    index.close()


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_base_of_several_chunks_and_buckets_is_merged_like_one(tmp_path_factory, data):
    draw = st.lists(st.integers(1, 2**64 - 2), min_size=1, max_size=6)
    old = {number: (data.draw(draw), row(number)) for number in range(0, 20, 2)}
    new = {number: (data.draw(st.one_of(draw, st.just(old[number - 1][0]))), row(number)) for number in range(1, 20, 2)}
    chunk, live_files.CHUNK = live_files.CHUNK, 7
    try:
        with built(tmp_path_factory.mktemp("live") / "index", old) as index:
            for number, (own, content) in new.items():
                index.add(number, tags(*own), content)
            index.pack()
            for own, _row in (*old.values(), *new.values()):
                assert found(index, own) == by_brute_force(old | new, own)
    finally:
        live_files.CHUNK = chunk


# ---- erasing

MARKED = 0x1122334455667788


@pytest.mark.parametrize("where", ["recent", "base", "packed"])
def test_nothing_of_an_erased_person_stays_in_the_files(folder, where):
    shared = 0x7766554433221100
    somebody = (tags(MARKED, shared), row(0xCAFEF00D, 0xDEADBEEF))
    others = {number: (tags(shared, 10**18 * number), row(number)) for number in range(1, 9)}
    if where == "base":
        index = built(folder, others | {20: somebody})
    else:
        index = built(folder, others)
        index.add(20, *somebody)
    if where == "packed":
        index.pack()
    planted = [np.uint64(MARKED).tobytes(), somebody[1][:2].tobytes()]
    kept = bytes_of(folder)
    assert planted[1] in kept
    assert planted[0] in kept or (MARKED).to_bytes(8, "big") in kept
    index.remove([20])
    kept = bytes_of(folder)
    assert not any(each in kept for each in (*planted, (MARKED).to_bytes(8, "big")))
    assert found(index, [shared]) == set(others)
    assert 20 not in index
    index.close()


def test_erasing_is_seen_by_another_who_has_the_index_open(folder):
    with built(folder, {1: (tags(5), row(1)), 2: (tags(5), row(2))}) as index, opened(folder) as other:
        assert found(other, [5]) == {1, 2}
        index.remove([1])
        assert found(other, [5]) == {2}


def test_erasing_whom_nobody_knows_does_no_harm(folder):
    with made(folder) as index:
        index.add(1, tags(5), row())
        index.remove([3, 4_000_000])
        assert found(index, [5]) == {1}


# ---- several processes


def test_what_one_adds_and_packs_the_other_finds(folder):
    with made(folder) as index, opened(folder) as other:
        for number in range(3000):
            index.add(number, tags(5, 100 + number), row(number)) if number in (0, 1, 2999) else None
        assert found(other, [5]) == {0, 1, 2999}
        assert other.find(tags(3099), row(2999)).probabilities.tolist() == [1]
        index.pack()
        assert found(other, [5]) == {0, 1, 2999}
        other.add(7, tags(5), row(7))
        assert found(index, [5]) == {0, 1, 7, 2999}


def test_who_comes_goes_or_changes_while_it_is_packed_is_as_it_should_be(folder, monkeypatch):
    records = {number: (tags(5, 100 + number), row(number)) for number in range(6)}
    with built(folder, records) as index, opened(folder) as other:
        index.add(10, tags(5), row(10))
        index.add(11, tags(5), row(11))
        index.add(12, tags(5), row(12))
        merge = live._merged_base

        def meanwhile(*given):
            done = merge(*given)
            other.remove([1, 10])
            other.add(2, tags(6), row(22))
            other.add(11, tags(6), row(111))
            other.add(13, tags(5), row(13))
            return done

        monkeypatch.setattr(live, "_merged_base", meanwhile)
        index.pack()
        for each in (index, other):
            assert found(each, [5]) == {0, 3, 4, 5, 12, 13}
            assert found(each, [6]) == {2, 11}
            assert len(each) == 8
        monkeypatch.setattr(live, "_merged_base", merge)
        index.pack()
        assert found(other, [5]) == {0, 3, 4, 5, 12, 13}
        assert other.find(tags(6), row(111)).numbers[0] == 11


@pytest.mark.parametrize("moment", range(5))
def test_who_is_erased_at_any_moment_of_packing_is_not_in_the_new_base(folder, monkeypatch, moment):
    with built(folder, {1: (tags(5, MARKED), row(1)), 2: (tags(5), row(2))}) as index, opened(folder) as other:
        index.add(3, tags(5), row(3))
        merge, moments = live_files.merged, iter(range(9))

        def erase_at(now):
            if now == moment:
                other.remove([1, 3])

        def meanwhile(*given):
            erase_at(next(moments))
            for entries in merge(*given):
                yield entries
                erase_at(next(moments))

        monkeypatch.setattr(live_files, "merged", meanwhile)
        index.pack()
        assert next(moments) > moment
        for each in (index, other):
            assert found(each, [5, MARKED]) == {2}
            assert len(each) == 1
    assert np.uint64(MARKED).tobytes() not in bytes_of(folder)


def test_two_do_not_pack_at_once(folder, monkeypatch):
    with made(folder) as index, opened(folder) as other:
        merge = live._merged_base

        def meanwhile(*given):
            with pytest.raises(LiveError, match="being packed already"):
                other.pack()
            return merge(*given)

        monkeypatch.setattr(live, "_merged_base", meanwhile)
        index.pack()


# ---- crashes


class PowerFailure(BaseException):
    """It stops here."""


def fail(*_given, **_named):
    raise PowerFailure


def abandon(index):
    """The process is gone; nothing was closed in order."""
    index._db.close()


@pytest.mark.parametrize("step", ["_keep", "_mark"])
def test_an_interrupted_addition_leaves_the_index_as_it_was(folder, monkeypatch, step):
    records = {1: (tags(5), row(1)), 2: (tags(5), row(2))}
    index = built(folder, records)
    index.add(3, tags(5), row(3))
    keep, times = getattr(index, step), iter((False, True))

    def stumble(*given, **named):
        keep(*given, **named)
        if next(times, True) or step == "_mark":
            raise PowerFailure

    monkeypatch.setattr(index, step, stumble)
    with pytest.raises(PowerFailure):
        index.add_many([1, 4, 3], np.array([[6], [6], [6]], np.uint64), np.array([row(9), row(9), row(9)]))
    abandon(index)
    with opened(folder) as index:
        assert found(index, [5]) == {1, 2, 3}
        assert found(index, [6]) == set()
        assert index.find(tags(5), row(1)).probabilities.max() == 1
        assert len(index) == 3


@pytest.mark.parametrize("step", ["_blank", "erase", "clear"])
def test_an_interrupted_erasure_is_finished_when_the_index_is_opened(folder, monkeypatch, step):
    index = built(folder, {1: (tags(MARKED, 5), row(0xCAFEF00D, 0xDEADBEEF)), 2: (tags(5), row(2))})
    target = {"_blank": LiveIndex, "erase": live._Base, "clear": live_files.Lists}[step]
    with monkeypatch.context() as patched:
        patched.setattr(target, step, fail)
        with pytest.raises(PowerFailure):
            index.remove([1])
    abandon(index)
    with opened(folder) as index:
        assert found(index, [5, MARKED]) == {2}
        assert len(index) == 1
    kept = bytes_of(folder)
    assert np.uint64(MARKED).tobytes() not in kept
    assert row(0xCAFEF00D, 0xDEADBEEF)[:2].tobytes() not in kept


@pytest.mark.parametrize("step", ["_blank", "erase"])
def test_an_interrupted_replacement_is_finished_when_the_index_is_opened(folder, monkeypatch, step):
    index = built(folder, {1: (tags(5), row(1)), 2: (tags(5), row(2))})
    target = {"_blank": LiveIndex, "erase": live._Base}[step]
    with monkeypatch.context() as patched:
        patched.setattr(target, step, fail)
        with pytest.raises(PowerFailure):
            index.add(1, tags(6), row(111))
    abandon(index)
    with opened(folder) as index:
        assert found(index, [5]) == {2}
        assert index.find(tags(6), row(111)).probabilities.tolist() == [1]
        assert len(index) == 2


ADDING = """
import sys
from itertools import count
import numpy as np
from simpul.linkage.matching.live import LiveIndex
with LiveIndex(sys.argv[1], score=None, label=sys.argv[2]) as index:
    for number in count(100):
        index.add(number, np.array([5, number], np.uint64), np.full(6, number, np.uint32))
        print(number, flush=True)
"""


def test_what_a_killed_process_had_taken_in_is_there(folder):
    built(folder, {1: (tags(5), row(1))}).close()
    with subprocess.Popen([sys.executable, "-c", ADDING, folder, LABEL], stdout=subprocess.PIPE, text=True) as adding:
        said = [int(adding.stdout.readline()) for _each in range(25)]
        adding.kill()
        said += [int(line) for line in adding.stdout.read().split()]
    with opened(folder) as index:
        there = found(index, [5])
        assert {1, *said} <= there
        assert len(index) == len(there)
        assert all(index.find(tags(number), row()).numbers.tolist() == [number] for number in said)
        assert (index._rows[np.array(said)] == np.array(said)[:, None]).all()


def test_threads_share_one_index(folder):
    with built(folder, {number: (tags(5, 100 + number), row(number)) for number in range(50)}) as index:

        def search(number):
            return index.find(tags(100 + number), row(number)).numbers.tolist()

        def add(number):
            index.add(number, tags(5, 100 + number), row(number))
            return [number]

        with ThreadPoolExecutor(4) as threads:
            searched, added = threads.map(search, range(50)), threads.map(add, range(50, 80))
            assert list(searched) == [[number] for number in range(50)]
            assert list(added) == [[number] for number in range(50, 80)]
        assert found(index, [5]) == set(range(80))


def test_a_full_disk_is_said_and_nothing_is_lost(folder, monkeypatch):
    with built(folder, {1: (tags(5), row(1))}) as index:
        with monkeypatch.context() as full:
            full.setattr(
                live_files.os, "pwrite", lambda *_given: (_ for _ in ()).throw(OSError(errno.ENOSPC, "No space left"))
            )
            with pytest.raises(OSError, match="No space left"):
                index.add(2, tags(5), row(2))
        assert found(index, [5]) == {1}
        index.add(2, tags(5), row(2))
        assert found(index, [5]) == {1, 2}


def test_rows_that_did_not_reach_the_disk_are_written_again(folder):
    with made(folder) as index:
        index.add(1, tags(5), row(7))
        index._rows.write(np.array([1]), row(0)[None])
    with opened(folder) as index:
        assert index.find(tags(5), row(7)).probabilities.tolist() == [1]


def test_a_base_that_a_killed_packing_left_behind_does_not_keep_the_erased(folder, monkeypatch):
    with built(folder, {1: (tags(MARKED, 5), row(1)), 2: (tags(5), row(2))}) as index, opened(folder) as other:
        with monkeypatch.context() as patched:
            patched.setattr(live, "_tidied", lambda *_given, **_named: None)
            index.pack()
        assert len(list(folder.glob("base-*"))) == 2
        other.remove([1])
        assert np.uint64(MARKED).tobytes() not in bytes_of(folder)


@pytest.mark.parametrize("step", ["_merged_base", "_tidied"])
def test_an_interrupted_packing_can_be_done_again(folder, monkeypatch, step):
    index = built(folder, {1: (tags(5), row(1))})
    index.add(2, tags(5), row(2))
    with monkeypatch.context() as patched:
        patched.setattr(live, step, fail)
        with pytest.raises(PowerFailure):
            index.pack()
    abandon(index)
    with opened(folder) as index:
        assert found(index, [5]) == {1, 2}
        index.pack()
        assert found(index, [5]) == {1, 2}
        assert len(list(folder.glob("base-*"))) == 1


def test_an_interrupted_building_can_be_begun_again(folder):
    def batches():
        yield Batch(np.array([1]), np.array([[5]], np.uint64), row(1)[None])
        raise PowerFailure

    with pytest.raises(PowerFailure):
        live.build(folder, batches(), width=WIDTH, dtype=np.uint32, label=LABEL)
    with pytest.raises(LiveError, match="no index"):
        opened(folder)
    with built(folder, {2: (tags(5), row(2))}) as index:
        assert found(index, [5]) == {2}


# ---- what is refused


def test_an_index_of_another_epoch_is_not_opened(folder):
    made(folder).close()
    with pytest.raises(LiveError, match="is of 'tests, first epoch', not of 'second epoch'"):
        LiveIndex(folder, score=alike, label="second epoch")


def test_an_index_is_not_made_over_another(folder):
    made(folder).close()
    with pytest.raises(LiveError, match="already"):
        made(folder)


@pytest.mark.parametrize(
    ("number", "own", "content", "says"),
    [
        (-1, tags(1), row(), "between 0 and"),
        (2**32 - 1, tags(1), row(), "between 0 and"),
        (1, np.array([1.0]), row(), "64 bits"),
        (1, np.arange(1001, dtype=np.uint64), row(), "1000 at most"),
        (1, tags(1), row()[:3], "6 numbers of type uint32"),
        (1, tags(1), row().astype(np.uint64), "6 numbers of type uint32"),
    ],
)
def test_what_cannot_be_a_record_is_refused_with_a_reason(folder, number, own, content, says):
    with made(folder) as index:
        with pytest.raises(LiveError, match=says):
            index.add(number, own, content)
        assert len(index) == 0


def test_a_number_twice_and_numbers_that_do_not_rise_are_refused(folder):
    with made(folder) as index, pytest.raises(LiveError, match="stands twice"):
        index.add_many([1, 1], np.array([[5], [6]], np.uint64), np.zeros((2, WIDTH), np.uint32))
    batch = Batch(np.array([3, 2]), np.array([[5], [6]], np.uint64), np.zeros((2, WIDTH), np.uint32))
    with pytest.raises(LiveError, match="must rise"):
        live.build(folder.with_name("other"), [batch], width=WIDTH, dtype=np.uint32, label=LABEL)


def test_all_numbers_are_told_whatever_was_packed_added_or_erased(folder):
    built(folder, {number: (tags(number + 1, 7), row(number)) for number in range(6)})
    with opened(folder) as index:
        index.remove([1, 4])
        index.add(9, tags(3, 4), row(9))
        index.add(2, tags(3, 4), row(2))
        assert index.numbers().tolist() == [0, 2, 3, 5, 9]
        index.pack()
        assert index.numbers().tolist() == [0, 2, 3, 5, 9]
        index.remove(range(10))
        assert index.numbers().tolist() == []
