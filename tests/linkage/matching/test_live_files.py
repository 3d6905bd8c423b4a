"""The files of a live index: lists by key and rows by number, blanked in place, sorted where memory is short."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.linkage.matching import live_files
from simpul.linkage.matching.live_files import BLANK, NUMBER, TAG, Lists, ListsWriter, LiveError, Rows, Sorting

ENTRIES = st.lists(st.tuples(st.integers(1, 2**64 - 2), st.integers(0, 2**32 - 2)), max_size=40)


def arrays(entries):
    """(keys, values) of entries, sorted by key."""
    entries = sorted(entries, key=lambda entry: entry[0])
    return np.array([key for key, _ in entries], TAG), np.array([value for _, value in entries], NUMBER)


def written(stem, entries):
    with ListsWriter(stem, TAG, NUMBER) as writer:
        writer.write(*arrays(entries))
    return Lists(stem, TAG, NUMBER)


@settings(max_examples=40, deadline=None)
@given(entries=ENTRIES)
def test_every_list_is_found_by_its_key_and_no_other_is(tmp_path_factory, entries):
    lists = written(tmp_path_factory.mktemp("lists") / "by-tag", entries)
    for key, _value in entries:
        assert sorted(lists.of(key).tolist()) == sorted(value for other, value in entries if other == key)
    absent = next(key for key in range(1, 100) if key not in dict(entries))
    assert lists.of(absent).size == 0
    _places, sizes = lists.places(np.array([absent, *dict(entries)], TAG))
    assert sizes.sum() == len(entries)


def test_files_that_are_not_there_are_empty_lists():
    lists = Lists(None, TAG, NUMBER)
    assert lists.of(5).size == 0
    assert lists.places(np.array([5], TAG))[1].tolist() == [0]
    assert list(lists.entries()) == []


def test_who_is_struck_is_blanked_in_the_file_and_a_key_of_nobody_is_changed(tmp_path):
    lists = written(tmp_path / "by-tag", [(5, 1), (5, 2), (0x1122334455667788, 3)])
    lists.strike(5, 1)
    lists.strike(0x1122334455667788, 3)
    lists.flush()
    kept = Lists(tmp_path / "by-tag", TAG, NUMBER)
    assert kept.of(5).tolist() == [int(BLANK[NUMBER]), 2]
    assert kept.of(0x1122334455667788).size == 0
    assert (np.diff(kept.keys.astype(object)) > 0).all()
    assert np.uint64(0x1122334455667788).tobytes() not in (tmp_path / "by-tag.keys").read_bytes()


def test_a_list_that_is_cleared_says_nothing_and_is_left_out_of_the_entries(tmp_path):
    lists = written(tmp_path / "by-tag", [(5, 1), (5, 2), (6, 3)])
    lists.clear(5)
    assert [(keys.tolist(), values.tolist()) for _last, keys, values in lists.entries()] == [([6], [3])]


@settings(max_examples=40, deadline=None)
@given(old=ENTRIES, new=ENTRIES, chunk=st.integers(1, 9))
def test_lists_and_new_entries_are_merged_in_order_whatever_the_size_of_a_chunk(tmp_path_factory, old, new, chunk):
    lists = written(tmp_path_factory.mktemp("lists") / "by-tag", old)
    kept, live_files.CHUNK = live_files.CHUNK, chunk
    try:
        merged = list(live_files.merged(lists, *arrays(new)))
    finally:
        live_files.CHUNK = kept
    keys = [key for keys, _values in merged for key in keys.tolist()]
    values = [value for _keys, values in merged for value in values.tolist()]
    assert keys == sorted(keys)
    assert sorted(zip(keys, values, strict=True)) == sorted(old + new)


@settings(max_examples=40, deadline=None)
@given(parts=st.lists(ENTRIES, max_size=4))
def test_what_is_sorted_bucket_by_bucket_is_sorted(tmp_path_factory, parts):
    folder = tmp_path_factory.mktemp("sorting") / "buckets"
    with Sorting(folder) as sorting:
        for part in parts:
            sorting.take(np.array([key for key, _ in part], TAG), np.array([value for _, value in part], NUMBER))
        found = list(sorting.sorted())
    keys = [key for keys, _values in found for key in keys.tolist()]
    assert keys == sorted(key for part in parts for key, _value in part)
    values = [value for _keys, values in found for value in values.tolist()]
    in_turn = sorted((entry for part in parts for entry in part), key=lambda entry: entry[0])
    assert values == [value for _key, value in in_turn]
    assert not folder.exists()


def test_more_tags_than_a_file_can_count_are_refused_with_what_to_do(tmp_path):
    writer = ListsWriter(tmp_path / "by-tag", TAG, NUMBER)
    writer._total = 2**32 - 1
    with pytest.raises(LiveError, match="Divide the records"):
        writer.write(*arrays([(5, 1)]))


def test_a_row_stands_at_its_number_and_what_was_never_written_is_nothing(tmp_path):
    rows = Rows(tmp_path / "rows", 2, np.dtype(np.uint32))
    rows.write(np.array([3, 4, 9]), np.array([[1, 2], [3, 4], [5, 6]], np.uint32))
    assert rows[np.array([9, 3, 4, 5])].tolist() == [[5, 6], [1, 2], [3, 4], [0, 0]]
    rows.write(np.array([5000]), np.array([[7, 8]], np.uint32))
    assert rows[np.array([5000, 3])].tolist() == [[7, 8], [1, 2]]
    rows.close()


def test_a_row_that_is_blanked_is_gone_from_the_file(tmp_path):
    rows = Rows(tmp_path / "rows", 2, np.dtype(np.uint32))
    rows.write(np.array([1]), np.array([[0xCAFEF00D, 0xDEADBEEF]], np.uint32))
    planted = np.array([0xCAFEF00D, 0xDEADBEEF], np.uint32).tobytes()
    assert planted in (tmp_path / "rows").read_bytes()
    rows.blank([1, 10**6])
    assert planted not in (tmp_path / "rows").read_bytes()
    rows.close()
