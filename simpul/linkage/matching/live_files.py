"""The flat files in which a live index keeps what it knows: lists of values by key, and a row for each number.

Files are mapped and searched in place, so that all processes share one copy of them. Nothing is ever moved: who is
erased is blanked where he stands, and a new set of files is written from the old one and from what came since.
"""

import os
import shutil
from itertools import pairwise
from mmap import ACCESS_READ, mmap

import numpy as np

TAG, NUMBER, START = np.dtype("<u8"), np.dtype("<u4"), np.dtype("<u4")
# What no longer stands in a list, by the type of its values. As a tag it says nothing, and neither does 0.
BLANK = {TAG: np.uint64(2**64 - 1), NUMBER: np.uint32(2**32 - 1)}
BUCKETS = 64
CHUNK = 4_000_000


class LiveError(Exception):
    """The index cannot do what it was asked to; the text says why and what to do."""


class Lists:
    """Lists of values by key, in three flat files: keys (n,) rising, where each list starts (n + 1,), values."""

    def __init__(self, stem, key, value):
        self._maps, self._is_written = [], False
        self.keys, self.starts, self.values = (self._mapped(stem, name, dtype) for name, dtype in _parts(key, value))

    def _mapped(self, stem, name, dtype):
        if stem is None or not stem.with_suffix(name).stat().st_size:
            return np.empty(0, dtype)
        self._maps.append(np.memmap(stem.with_suffix(name), dtype=dtype, mode="r+"))
        return self._maps[-1].view(np.ndarray)

    def places(self, keys):
        """(places, sizes) of the lists of keys (n,); a key that is not there has size 0."""
        if not self.keys.size:
            return np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
        places = np.searchsorted(self.keys, keys)
        places[places == self.keys.size] = 0
        sizes = (self.starts[places + 1] - self.starts[places]).astype(np.int64)
        sizes[self.keys[places] != keys] = 0
        return places, sizes

    def at(self, place):
        """The list at a place, a view of the file."""
        return self.values[self.starts[place] : self.starts[place + 1]] if self.keys.size else self.values

    def of(self, key):
        places, sizes = self.places(np.array([key], dtype=self.keys.dtype))
        return self.at(places[0]) if sizes[0] else self.values[:0]

    def clear(self, key):
        """Blank the list of a key."""
        self.of(key)[:] = BLANK[self.values.dtype]
        self._is_written = True

    def strike(self, key, value):
        """Blank a value in the list of a key. A key that nobody has any more becomes one between its neighbours."""
        listed, blank = self.of(key), BLANK[self.values.dtype]
        listed[listed == value] = blank
        self._is_written = True
        if listed.size and (listed == blank).all():
            place = int(np.searchsorted(self.keys, self.keys.dtype.type(key)))
            before = int(self.keys[place - 1]) if place else 0
            after = int(self.keys[place + 1]) if place + 1 < self.keys.size else int(np.iinfo(self.keys.dtype).max)
            self.keys[place] = (before + after) // 2

    def flush(self):
        """See what was blanked onto the disk."""
        if self._is_written:
            for each in self._maps:
                each.flush()
        self._is_written = False

    def entries(self):
        """(last key, keys, values) of whole lists in order, some millions at a time; one entry a value, no blanks."""
        begin = 0
        while begin < self.keys.size:
            far = min(int(self.starts[begin]) + CHUNK, int(self.starts[-1]))
            end = int(np.searchsorted(self.starts, START.type(far), side="right")) - 1
            end = min(max(end, begin + 1), self.keys.size)
            # Copied in this order: somebody may be erased meanwhile, values first and then keys.
            keys = self.keys[begin:end].copy()
            values = self.values[self.starts[begin] : self.starts[end]].copy()
            kept = values != BLANK[self.values.dtype]
            yield keys[-1], np.repeat(keys, np.diff(self.starts[begin : end + 1]))[kept], values[kept]
            begin = end


class ListsWriter:
    """Writes the files of `Lists` from entries that are sorted by key; lists are never cut between two writings."""

    def __init__(self, stem, key, value):
        stem.parent.mkdir(parents=True, exist_ok=True)
        self._dtypes = [dtype for _name, dtype in _parts(key, value)]
        self._files = [stem.with_suffix(name).open("wb") for name, _dtype in _parts(key, value)]
        self._total = 0

    def __enter__(self):
        return self

    def __exit__(self, kind, *_problem):
        if kind is None:
            self._write(1, np.array([self._total]))
        for file in self._files:
            file.flush()
            os.fsync(file.fileno())
            file.close()

    def write(self, keys, values):
        if not keys.size:
            return
        begins = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        for part, content in enumerate((keys[begins], begins + self._total, values)):
            self._write(part, content)
        self._total += keys.size
        if self._total > np.iinfo(START).max:
            raise LiveError("An index holds four thousand million tags and no more. Divide the records among several.")

    def _write(self, part, content):
        self._files[part].write(np.ascontiguousarray(content, dtype=self._dtypes[part]).data)


class Sorting:
    """Sorts more entries than fit into memory: thrown into files by the first bits of the key, sorted one by one."""

    ENTRY = np.dtype([("key", TAG), ("value", NUMBER)])

    def __init__(self, folder):
        self._folder = folder
        folder.mkdir()
        self._files = [(folder / f"{number:02}").open("w+b") for number in range(BUCKETS)]

    def __enter__(self):
        return self

    def __exit__(self, *_problem):
        for file in self._files:
            file.close()
        shutil.rmtree(self._folder)

    def take(self, keys, values):
        buckets = (keys >> np.uint64(64 - BUCKETS.bit_length() + 1)).astype(np.uint8)
        order = np.argsort(buckets, kind="stable")
        entries = np.empty(len(keys), self.ENTRY)
        entries["key"], entries["value"] = keys[order], values[order]
        ends = np.searchsorted(buckets[order], np.arange(BUCKETS + 1))
        for number, file in enumerate(self._files):
            file.write(entries[ends[number] : ends[number + 1]].data)

    def sorted(self):
        """(keys, values) of one bucket after another; the values of a key in the order in which they came."""
        for file in self._files:
            file.seek(0)
            entries = np.fromfile(file, self.ENTRY)
            keys = np.ascontiguousarray(entries["key"])
            order = np.argsort(keys, kind="stable")
            yield keys[order], entries["value"][order]


class Rows:
    """The rows to compare, each at the place of its number in one file that grows by doubling; 0 if never written."""

    def __init__(self, path, width, dtype):
        self.width, self.dtype = width, dtype
        self.size = width * dtype.itemsize
        path.touch()
        self._file = path.open("r+b", buffering=0)
        self._open()

    def __getitem__(self, numbers):
        """(n, width), copied."""
        if numbers.max() >= len(self._view):
            self._open()
        return self._view[numbers]

    def write(self, numbers, rows):
        """Write rows (n, width). A full disk is an OSError here; through the mapping it would end the process."""
        if not len(numbers):
            return
        self._reach(int(numbers.max()) + 1)
        numbers, rows = numbers.astype(np.int64), np.ascontiguousarray(rows)
        begins = np.flatnonzero(np.concatenate(([True], np.diff(numbers) != 1))).tolist()
        for begin, end in pairwise([*begins, len(numbers)]):
            at, left = int(numbers[begin]) * self.size, memoryview(rows[begin:end]).cast("B")
            while left:
                done = os.pwrite(self._file.fileno(), left, at)
                at, left = at + done, left[done:]

    def blank(self, numbers):
        """Write zeros over rows, down to the disk."""
        kept = self._file.seek(0, os.SEEK_END) // self.size
        numbers = np.array([number for number in numbers if number < kept], np.int64)
        self.write(numbers, np.zeros((len(numbers), self.width), self.dtype))
        self.flush()

    def flush(self):
        os.fsync(self._file.fileno())

    def close(self):
        self._file.close()

    def _reach(self, least):
        kept = self._file.seek(0, os.SEEK_END) // self.size
        if least > kept:
            self._file.truncate(max(least, 2 * kept, 1024) * self.size)

    def _open(self):
        is_empty = not self._file.seek(0, os.SEEK_END)
        content = b"" if is_empty else mmap(self._file.fileno(), 0, access=ACCESS_READ)
        self._view = np.frombuffer(content, self.dtype).reshape(-1, self.width)


def merged(lists, keys, values):
    """(keys, values) of lists and of more entries, both sorted by key."""
    done = 0
    for last, old_keys, old_values in lists.entries():
        upto = int(np.searchsorted(keys, last, side="right"))
        both = np.concatenate((old_keys, keys[done:upto]))
        order = np.argsort(both, kind="stable")
        yield both[order], np.concatenate((old_values, values[done:upto]))[order]
        done = upto
    yield keys[done:], values[done:]


def _parts(key, value):
    return (".keys", key), (".starts", START), (".values", value)
