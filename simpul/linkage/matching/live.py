"""One new record among many stored ones: who is likely the same person, at once, and how records come and go.

A record is a number, its blocking tags and a row to compare. A blocking tag is a keyed hash of evidence that few people
share (the sound of a name with a day and month, a NIK, a telephone); the index knows nothing else of anybody. The
rarest tags of the new record are looked up first, everybody found there gets as many votes as the tag has bits of
rarity, and those with most votes are compared row by row.

An index is a folder. Most records stand in a *base* of sorted flat files, looked up by binary search and shared by all
processes through the page cache; the recent ones stand in a SQLite file, and `pack` moves them into a new base. What
was taken in survives a killed process, and a power failure too unless the index was opened with durable=False. Who is
removed leaves no tag and no row in the files of the index.
"""

import fcntl
import os
import shutil
import sqlite3
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np

from simpul.linkage.matching import live_files
from simpul.linkage.matching.live_files import BLANK, NUMBER, TAG, Lists, ListsWriter, LiveError, Rows, Sorting

MOST_TAGS = 1000
LIST_BITS, LIST_MASK = np.uint64(16), np.uint64(2**16 - 1)
SCHEMA = """
CREATE TABLE about (label TEXT NOT NULL, width INTEGER NOT NULL, dtype TEXT NOT NULL);
CREATE TABLE state (generation INTEGER NOT NULL, packed INTEGER NOT NULL, recent INTEGER NOT NULL);
CREATE TABLE record (r INTEGER PRIMARY KEY, tags BLOB NOT NULL, content BLOB NOT NULL);
CREATE TABLE tag (t INTEGER NOT NULL, r INTEGER NOT NULL, PRIMARY KEY (t, r)) WITHOUT ROWID;
CREATE TABLE erased (r INTEGER PRIMARY KEY);
"""


class Reach(NamedTuple):
    """How far one search goes.

    `candidates` are compared at most; `postings` are read at most; a tag of more than `common` records is passed over,
    unless there is no rarer one.
    """

    candidates: int = 200
    postings: int = 2_000
    common: int = 500


class Found(NamedTuple):
    """Records that may be the same person, likeliest first: three arrays of one length. Votes are bits."""

    numbers: np.ndarray
    probabilities: np.ndarray
    votes: np.ndarray


class Batch(NamedTuple):
    """n records: numbers (n,), tags (n, k) uint64 with 0 for none, rows (n, width)."""

    numbers: np.ndarray
    tags: np.ndarray
    rows: np.ndarray


class LiveIndex:
    """An open index. Threads may share one; a forked process opens its own.

    `score(row, rows)` gives the probabilities (n,) that the records of `rows` (n, width) are the person of `row`.
    """

    def __init__(self, folder, *, score, label, reach=None, durable=True):
        self.folder, self.score, self.reach = Path(folder), score, reach or Reach()
        self._lock, self._synchronous = threading.RLock(), "FULL" if durable else "NORMAL"
        self._db = _opened(self.folder, self._synchronous)
        found, width, dtype = self._db.execute("SELECT label, width, dtype FROM about").fetchone()
        if found != label:
            self._db.close()
            raise LiveError(
                f"The index in {self.folder} is of '{found}', not of '{label}'. Build a new one from the encodings."
            )
        self._rows = Rows(self.folder / "rows", width, np.dtype(dtype))
        self._base = None
        self._recover()

    @classmethod
    def make(cls, folder, *, width, dtype, score, label, reach=None, durable=True):
        """A new, empty index for rows of `width` numbers of `dtype`. The label says of which keys the tags are."""
        _found(Path(folder), width, dtype, label)
        return cls(folder, score=score, label=label, reach=reach, durable=durable)

    def close(self):
        with self._lock:
            self._db.close()
            self._rows.close()
            self._base = self._rows = None

    def warm(self):
        """Read through what searches touch, so that the first ones after a start need not wait; how many bytes."""
        with self._lock, self._reading() as (base, _packed, _recent):
            used, numbers = self.folder / f"base-{base.generation}", base.by_number.keys
        sizes = {path: path.stat().st_size for path in used.glob("by-tag.*")}
        sizes[self.folder / "rows"] = (int(numbers[-1]) + 1) * self._rows.size if numbers.size else 0
        return sum(_read_through(path, size) for path, size in sizes.items())

    def __enter__(self):
        return self

    def __exit__(self, *_problem):
        self.close()

    def __len__(self):
        with self._lock, self._reading() as (_base, packed, recent):
            return packed + recent

    def __contains__(self, number):
        with self._lock, self._reading() as (base, _packed, _recent):
            return self._is_known(base, int(number))

    def numbers(self):
        """The numbers of all records, rising."""
        with self._lock, self._reading() as (base, _packed, _recent):
            recent = [number for (number,) in self._db.execute("SELECT r FROM record")]
            old, gone = base.by_number, np.array(self._marked(), NUMBER)
            is_there = old.values[old.starts[:-1]] != BLANK[TAG]
        return np.union1d(np.setdiff1d(old.keys[is_there], gone), np.array(recent, NUMBER))

    # ---- finding

    def find(self, tags, row, *, limit=10, but=()):
        """The `limit` likeliest among the candidates, without those whose numbers are in `but`."""
        row = _checked_rows(np.asarray(row)[None], 1, self._rows)[0]
        numbers, votes = self.candidates(tags, but=but)
        if not numbers.size:
            return Found(numbers, np.empty(0), votes)
        probabilities = np.asarray(self.score(row, self._rows[numbers]))
        best = np.lexsort((-votes, -probabilities))[:limit]
        return Found(numbers[best], probabilities[best], votes[best])

    def candidates(self, tags, *, but=()):
        """(numbers, votes) of the records that share the rarest tags, most votes first."""
        tags = _said(tags)
        with self._lock, self._reading() as (base, packed, recent):
            young = self._recent_postings(tags) if recent else {}
        places, packed_sizes = base.by_tag.places(tags)
        sizes = packed_sizes + [len(young.get(at, ())) for at in range(tags.size)]
        lists, left = [], self.reach.postings
        chosen = _rarest_first(sizes, self.reach)
        for at in chosen:
            old = base.by_tag.at(places[at])[:left] if packed_sizes[at] else None
            parts = [part for part in (old, young.get(at)) if part is not None]
            lists.append(parts[0] if len(parts) == 1 else np.concatenate(parts)[:left])
        return _elected(lists, np.log2((packed + recent + 1) / sizes[chosen]), self.reach.candidates, but)

    def _recent_postings(self, tags):
        """{place in tags: numbers} of the records that are not in the base yet, one more than common at most."""
        found, most = {}, self.reach.common + 1
        for at, tag in enumerate(tags.view(np.int64).tolist()):
            if rows := self._db.execute("SELECT r FROM tag WHERE t = ? LIMIT ?", (tag, most)).fetchall():
                found[at] = np.array(rows, NUMBER)[:, 0]
        return found

    # ---- coming and going

    def add(self, number, tags, row):
        """Take in one record, or put it in the place of the one that had its number."""
        self.add_many([number], np.asarray(tags)[None], np.asarray(row)[None])

    def add_many(self, numbers, tags, rows):
        """Take in several records, all or none: numbers (n,), tags (n, k) with 0 for none, rows (n, width).

        Who has no tag is not kept: no search would find him.
        """
        numbers, rows = _checked_numbers(numbers), _checked_rows(rows, len(numbers), self._rows)
        records = [(number, _said(own), row) for number, own, row in zip(numbers.tolist(), tags, rows, strict=True)]
        with self._lock:
            with self._writing() as base:
                known = {number for number in numbers.tolist() if self._is_known(base, number)}
                self._mark(base, known)
                for number, own, row in records:
                    if own.size:
                        self._keep(number, own, row, is_new=number not in known)
            if known:
                self._blank(known)

    def remove(self, numbers):
        """Erase records: when this returns, their tags and rows are gone from the files. Unknown numbers do no harm."""
        numbers = _checked_numbers(numbers).tolist()
        with self._lock:
            with self._writing() as base:
                self._mark(base, numbers)
            self._blank(numbers)
            self._tidy_if_alone()

    def _is_known(self, base, number):
        if self._db.execute("SELECT 1 FROM record WHERE r = ?", (number,)).fetchone():
            return True
        return self._is_in(base, number)

    def _is_in(self, base, number):
        is_erased = self._db.execute("SELECT 1 FROM erased WHERE r = ?", (number,)).fetchone()
        return not is_erased and bool(base.tags_of(number).size)

    def _keep(self, number, tags, row, *, is_new):
        # Nobody reads the row of a number that no tag leads to; the row of a number in use is changed after the commit.
        if is_new:
            self._rows.write(np.array([number]), row[None])
        self._db.execute("INSERT INTO record VALUES (?, ?, ?)", (number, tags.tobytes(), row.tobytes()))
        self._db.executemany("INSERT INTO tag VALUES (?, ?)", [(tag, number) for tag in tags.view(np.int64).tolist()])
        self._db.execute("UPDATE state SET recent = recent + 1")

    def _mark(self, base, numbers):
        """Take records out of the recent ones and note which to blank in the flat files, within a transaction."""
        for number in numbers:
            if self._is_in(base, number):
                self._db.execute("UPDATE state SET packed = packed - 1")
            self._drop(number)
            self._db.execute("INSERT OR IGNORE INTO erased VALUES (?)", (number,))

    def _drop(self, number):
        """Take a record out of the recent ones."""
        kept = self._db.execute("SELECT tags FROM record WHERE r = ?", (number,)).fetchone()
        if not kept:
            return
        tags = np.frombuffer(kept[0], dtype=np.int64).tolist()
        self._db.executemany("DELETE FROM tag WHERE t = ? AND r = ?", [(tag, number) for tag in tags])
        self._db.execute("DELETE FROM record WHERE r = ?", (number,))
        self._db.execute("UPDATE state SET recent = recent - 1")

    def _blank(self, numbers):
        """Do in the flat files what was marked; the mark stays, so that what is interrupted is finished later."""
        # On the disk before anything is blanked, and with it nothing is left in the write-ahead log.
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        with self._writing() as base:
            self._blank_in(base, numbers)

    def _blank_in(self, base, numbers):
        gone = []
        for number in numbers:
            base.erase(number)
            kept = self._db.execute("SELECT content FROM record WHERE r = ?", (number,)).fetchone()
            if kept:
                self._rows.write(np.array([number]), np.frombuffer(kept[0], self._rows.dtype)[None])
            else:
                gone.append(number)
        if gone:
            self._rows.blank(gone)
        base.flush()

    # ---- packing

    def pack(self):
        """Move the recent records into a new base. Others may search and write meanwhile; only one packs at a time."""
        with self._alone() as is_alone:
            if not is_alone:
                raise LiveError("The index is being packed already. Wait until that is done.")
            self._tidy()
            self._pack()
            self._tidy()

    @contextmanager
    def _alone(self):
        """Whether nobody else packs; nobody will until the end."""
        with (self.folder / "packing").open("w") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
                return
            yield True

    def _tidy_if_alone(self):
        """A process that was killed in packing may have left a base in which people stand who are erased since."""
        with self._alone() as is_alone:
            if is_alone:
                self._tidy()

    def _tidy(self):
        """Remove the bases that are not used, once it is on the disk which is."""
        with self._lock, self._reading() as (base, _packed, _recent):
            used = base.generation
        if any(base.name != f"base-{used}" for base in self.folder.glob("base-*")):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            _tidied(self.folder, but=used)

    def _pack(self):
        with self._lock, self._writing() as base:
            self._blank_in(base, self._marked())
            self._db.execute("DELETE FROM erased")
        with self._lock, self._reading() as (base, _packed, _recent):
            packed = self._db.execute("SELECT r, tags FROM record ORDER BY r").fetchall()
        generation = base.generation + 1
        made = _merged_base(self.folder, base, packed, generation)
        self._rows.flush()
        with self._lock, self._writing() as _old:
            gone = set(self._marked())
            for number in gone:
                made.erase(number)
            made.flush()
            kept = [number for number, _tags in packed if number not in gone]
            self._let_go(kept)
            self._db.execute("UPDATE state SET generation = ?, packed = packed + ?", (generation, len(kept)))

    def _let_go(self, packed):
        """Records that are in the base now leave the recent ones."""
        if self._db.execute("SELECT recent FROM state").fetchone()[0] > len(packed):
            for number in packed:
                self._drop(number)
            return
        self._db.execute("DELETE FROM tag")
        self._db.execute("DELETE FROM record")
        self._db.execute("UPDATE state SET recent = 0")

    def _marked(self):
        return [number for (number,) in self._db.execute("SELECT r FROM erased ORDER BY r")]

    # ---- transactions

    @contextmanager
    def _reading(self):
        """(base, how many records it holds, how many recent ones there are) of one moment."""
        base, packed, recent = self._begun_reading()
        try:
            yield base, packed, recent
        finally:
            self._db.execute("COMMIT")

    def _begun_reading(self):
        for attempt in range(3):
            self._db.execute("BEGIN")
            try:
                generation, packed, recent = self._db.execute("SELECT generation, packed, recent FROM state").fetchone()
                return self._base_of(generation), packed, recent
            except BaseException as problem:
                self._db.execute("COMMIT")
                # Another process packed since the number was read: the next moment has another base.
                if attempt == 2 or not isinstance(problem, FileNotFoundError):
                    raise

    @contextmanager
    def _writing(self):
        """All or nothing, one writer at a time; gives the base."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield self._base_of(self._db.execute("SELECT generation FROM state").fetchone()[0])
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def _base_of(self, generation):
        if self._base is None or self._base.generation != generation:
            self._base = _Base(self.folder, generation)
        return self._base

    def _recover(self):
        """Finish what a crash left half done: rows that did not reach the disk, erasures, packing."""
        with self._lock, self._writing() as base:
            kept = self._db.execute("SELECT r, content FROM record ORDER BY r")
            while some := kept.fetchmany(1000):
                rows = np.frombuffer(b"".join(content for _number, content in some), self._rows.dtype)
                self._rows.write(np.array([number for number, _content in some]), rows.reshape(len(some), -1))
            self._blank_in(base, self._marked())
        self._tidy_if_alone()


def build(folder, batches, *, width, dtype, label):
    """Build an index of many records at once; says how many are in it. The numbers of `batches` of `Batch` rise.

    Memory grows with a batch and with a 64th of all postings, not with the records.
    """
    folder = Path(folder)
    _empty(folder)
    rows, count = Rows(folder / "rows", width, np.dtype(dtype)), 0
    with (
        Sorting(folder / "sorting") as sorting,
        ListsWriter(folder / "base-1" / "by-number", NUMBER, TAG) as by_number,
    ):
        last = -1
        for batch in batches:
            if not len(batch.numbers):
                continue
            numbers, told, tags = _flat(batch, last)
            kept = told.any(axis=1)
            rows.write(numbers[kept], _checked_rows(batch.rows, len(numbers), rows)[kept])
            owners = np.repeat(numbers, told.sum(axis=1))
            by_number.write(owners, tags[told])
            sorting.take(tags[told], owners)
            last, count = int(numbers[-1]), count + int(kept.sum())
        with ListsWriter(folder / "base-1" / "by-tag", TAG, NUMBER) as by_tag:
            for keys, values in sorting.sorted():
                by_tag.write(keys, values)
    rows.flush()
    rows.close()
    _found(folder, width, dtype, label, generation=1, packed=count)
    return count


class _Base:
    """The records of one generation: numbers by tag and tags by number. Nothing is added; what is erased is blanked."""

    def __init__(self, folder, generation):
        self.generation = generation
        at = folder / f"base-{generation}" if generation else None
        self.by_tag = Lists(at and at / "by-tag", TAG, NUMBER)
        self.by_number = Lists(at and at / "by-number", NUMBER, TAG)

    def tags_of(self, number):
        tags = self.by_number.of(number)
        return tags[tags != BLANK[TAG]]

    def erase(self, number):
        """Blank a record wherever it stands. Its own tags go last, so that what was interrupted can be repeated."""
        for tag in self.tags_of(number).tolist():
            self.by_tag.strike(tag, number)
        self.by_number.clear(number)

    def flush(self):
        self.by_tag.flush()
        self.by_number.flush()


def _merged_base(folder, old, packed, generation):
    """A new base of an old one and of recent records, (number, tags as bytes) by rising number."""
    numbers = np.repeat(
        np.array([number for number, _tags in packed], NUMBER), [len(tags) // TAG.itemsize for _number, tags in packed]
    )
    tags = np.frombuffer(b"".join(tags for _number, tags in packed), TAG)
    order, at = np.argsort(tags, kind="stable"), folder / f"base-{generation}"
    # By number first: erasing, which may happen meanwhile, goes the other way, and strikes from the new base whom it
    # finds there by number.
    for stem, lists, keys, values in (
        ("by-number", old.by_number, numbers, tags),
        ("by-tag", old.by_tag, tags[order], numbers[order]),
    ):
        with ListsWriter(at / stem, keys.dtype, values.dtype) as writer:
            for merged in live_files.merged(lists, keys, values):
                writer.write(*merged)
    for written in (at, folder):
        _on_disk(written)
    return _Base(folder, generation)


def _read_through(path, size):
    with path.open("rb", buffering=0) as file:
        while (at := file.tell()) < size and file.read(min(size - at, 2**24)):
            pass
        return file.tell()


def _on_disk(folder):
    """See the names of the files of a folder onto the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _rarest_first(sizes, reach):
    """The places of the tags to look up: the rarest that stay within reach, or the rarest one."""
    order = np.argsort(sizes, kind="stable")
    order = order[sizes[order] > 0]
    within = (sizes[order] <= reach.common) & (np.cumsum(sizes[order]) <= reach.postings)
    return order[: max(1, int(within.sum()))].tolist()


def _elected(lists, weights, most, but):
    """(numbers, votes) of the `most` numbers with most votes, most first; a number has the weights of its lists."""
    if not lists:
        return np.empty(0, NUMBER), np.empty(0)
    # Sorting number and list as one integer is several times faster than sorting one by the other.
    which = np.repeat(np.arange(len(lists), dtype=np.uint64), [len(numbers) for numbers in lists])
    ballots = np.sort((np.concatenate(lists).astype(np.uint64) << LIST_BITS) | which)
    numbers = (ballots >> LIST_BITS).astype(NUMBER)
    begins = np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1])))
    votes = np.add.reduceat(weights[(ballots & LIST_MASK).astype(np.intp)], begins)
    numbers = numbers[begins]
    kept = numbers != BLANK[NUMBER]
    for number in but:
        kept &= numbers != number
    numbers, votes = numbers[kept], votes[kept]
    if len(votes) > most:
        best = np.argpartition(-votes, most)[:most]
        numbers, votes = numbers[best], votes[best]
    order = np.lexsort((numbers, -votes))
    return numbers[order], votes[order]


def _flat(batch, last):
    """(numbers (n,), which tags count (n, k), tags (n, k), sorted in each row); the numbers rise from `last`."""
    numbers = _checked_numbers(batch.numbers)
    if int(numbers[0]) <= last or (numbers[1:] <= numbers[:-1]).any():
        raise LiveError("The numbers of the records must rise from one to the next and from batch to batch.")
    tags = np.sort(_checked_tags(batch.tags), axis=1)
    told = (tags != 0) & (tags != BLANK[TAG])
    told[:, 1:] &= tags[:, 1:] != tags[:, :-1]
    return numbers, told, tags


def _said(tags):
    """The tags of one record (k,), each once, without those that say nothing."""
    tags = np.unique(_checked_tags(tags))
    return tags[(tags != 0) & (tags != BLANK[TAG])]


def _checked_tags(tags):
    tags = np.asarray(tags)
    if tags.dtype != TAG or tags.shape[-1] > MOST_TAGS:
        raise LiveError(f"Tags are whole numbers of 64 bits (uint64), and a record has {MOST_TAGS} at most.")
    return tags


def _checked_numbers(numbers):
    numbers = np.asarray(numbers)
    if numbers.size and not (numbers.dtype.kind in "iu" and numbers.min() >= 0 and numbers.max() < BLANK[NUMBER]):
        raise LiveError(f"The number of a record lies between 0 and {int(BLANK[NUMBER]) - 1}.")
    if len(np.unique(numbers)) != len(numbers):
        raise LiveError("A number stands twice among the records to take in. Each record needs its own.")
    return numbers.astype(NUMBER)


def _checked_rows(rows, count, kept):
    rows = np.asarray(rows)
    if rows.shape != (count, kept.width) or rows.dtype != kept.dtype:
        raise LiveError(
            f"A row of this index has {kept.width} numbers of type {kept.dtype}, and each record has one row."
        )
    return rows


def _empty(folder):
    """A folder for a new index; what an interrupted building left there is cleared away."""
    if (folder / "index.sqlite").exists():
        raise LiveError(f"There is an index in {folder} already. Choose another folder, or delete that one.")
    folder.mkdir(parents=True, exist_ok=True)
    _tidied(folder, but=0)
    shutil.rmtree(folder / "sorting", ignore_errors=True)
    for left in ("rows", "index.sqlite.new"):
        (folder / left).unlink(missing_ok=True)


def _tidied(folder, *, but):
    """Remove the bases of other generations."""
    for base in folder.glob("base-*"):
        if base.name != f"base-{but}":
            shutil.rmtree(base, ignore_errors=True)


def _found(folder, width, dtype, label, *, generation=0, packed=0):
    """Write the file that makes a folder an index: last of all, and in one step."""
    if not generation:
        _empty(folder)
    (folder / "rows").touch()
    written = folder / "index.sqlite.new"
    db = sqlite3.connect(written, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL").fetchall()
    db.executescript(SCHEMA)
    db.execute("INSERT INTO about VALUES (?, ?, ?)", (label, width, np.dtype(dtype).str))
    db.execute("INSERT INTO state VALUES (?, ?, 0)", (generation, packed))
    db.close()
    written.rename(folder / "index.sqlite")


def _opened(folder, synchronous):
    path = folder / "index.sqlite"
    if not path.exists():
        raise LiveError(f"There is no index in {folder}. Build one from the encodings.")
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
    # A checkpoint waits for the disk. A record writes some thirty pages, so that one in some 250 waits.
    settings = f"synchronous = {synchronous}", "secure_delete = ON", "cache_size = -65536", "wal_autocheckpoint = 8000"
    for setting in settings:
        db.execute(f"PRAGMA {setting}").fetchall()
    return db
