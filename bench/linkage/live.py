"""One new record among N: how long a search takes, how often it finds the right person, what the index weighs.

The records are sisters of the sample registers (`bench.linkage.sisters`), invented a million at a time; more than a
million are several regions with the same habits of naming: other villages, days of birth, numbers and telephones, and
the same names. Blocking tags and scores are made here, plainly; those of the program are better or they are nothing.

python -m bench.linkage.live --records 1000000
python -m bench.linkage.live --records 200000 --table       everything in SQLite, nothing in sorted files

Who is asked for is a stored record whose person has another one; the search must find another one without being given
itself. Times of a loaded machine say little: look at processor time, and at the floor, one lookup by primary key in a
SQLite table of as many rows, measured in between.
"""

import argparse
import os
import re
import sqlite3
import sys
from contextlib import contextmanager
from hashlib import blake2b
from itertools import combinations, product
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time, thread_time

import numpy as np

from bench.figures import Figure, percentile
from simpul.linkage.matching import live, names, normalise

REGION = 1_000_000
PER_PERSON = 1.95
HEADS = {
    "name": "name", "nik": "nik", "dob": "birth_date", "birth_year": "birth_year", "sex": "sex", "father": "father",
    "mother": "mother", "desa": "village", "kab": "regency", "paspor": "passport", "phone": "phone",
}  # fmt: skip
SOUNDS, BONES, FATHERS = ("s1", "s2", "s3", "s4"), ("k1", "k2"), ("f1", "f2")
DAYS, YEARS, QUARTERS = ("d1", "d2"), ("y1", "y2"), ("q1", "q2", "q3", "q4")
COLUMNS = (
    *SOUNDS,
    *BONES,
    *FATHERS,
    "m1",
    *DAYS,
    *YEARS,
    "village",
    "regency",
    "nik",
    *QUARTERS,
    "phone",
    "passport",
    "sex",
)
AT = {name: place for place, name in enumerate(COLUMNS)}
# What is another in another region.
REGIONAL = ("village", "regency", "nik", *QUARTERS, "phone", "passport")
# Two records a year apart share one of these.
NEAR = ("y1", "after")
# A kind of tag and the columns of which it is made; where one is empty there is no tag.
KINDS = (
    *(("sound", (each,)) for each in SOUNDS),
    *(("sound, day", each) for each in product(SOUNDS, DAYS)),
    *(("sound, village", (each, "village")) for each in SOUNDS),
    *(("sound, near year, regency", (*each, "regency")) for each in product(SOUNDS[:3], NEAR)),
    *(("sound, father", each) for each in product(SOUNDS[:3], FATHERS)),
    *(("sound, mother", (each, "m1")) for each in SOUNDS[:3]),
    *(("sounds", each) for each in combinations(SOUNDS, 2)),
    *(("sounds, year", (*each, "y1")) for each in combinations(SOUNDS[:3], 2)),
    *(("sounds, regency", (*each, "regency")) for each in combinations(SOUNDS[:3], 2)),
    *(("bones, day", (each, "d1")) for each in BONES),
    *(("bones, village, near year", (each[0], "village", each[1])) for each in product(BONES, NEAR)),
    *(("father, day", (each, "d1")) for each in FATHERS),
    *(("father, village", (each, "village")) for each in FATHERS),
    *(("day, village", (each, "village")) for each in DAYS),
    ("nik", ("nik",)),
    *((f"nik without {each}", (each,)) for each in QUARTERS),
    ("phone", ("phone",)),
    ("passport", ("passport",)),
)
UNORDERED = {"sounds": 2, "sounds, year": 2, "sounds, regency": 2}
QUERIES, ADDITIONS, ERASURES = 2000, 300, 20
TARGET = "p50 1, p99 5 ms among 1 million; p99 25 ms among 10"


def main(arguments=None):
    for figure in run(arguments):
        print(f"{figure.work:<58}{figure.value}" + (f"   (target {figure.target})" if figure.target else ""))
    return 0


def run(arguments):
    parser = argparse.ArgumentParser(prog="python -m bench.linkage.live", description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--region", type=int, default=REGION, help="so many are invented; more are these elsewhere")
    parser.add_argument("--kind", default="likeness", help="of sisters")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--width", type=int, default=80, help="numbers in a row to compare")
    parser.add_argument("--queries", type=int, default=QUERIES)
    parser.add_argument("--table", action="store_true", help="keep everything in SQLite")
    parser.add_argument(
        "--reach", type=int, nargs=3, default=live.Reach(), metavar=("CANDIDATES", "POSTINGS", "COMMON")
    )
    parser.add_argument(
        "--keep", metavar="FOLDER", help="keep the invented records and the index, or use what is there"
    )
    options = parser.parse_args(arguments)
    with folder_of(options.keep) as folder:
        people, evidence = invented(folder, min(options.records, options.region), options.kind, options.seed)
        world = World(people, evidence, options.records, options.width)
        return measured(world, folder / f"index-{options.records}-{options.width}{'-table' * options.table}", options)


@contextmanager
def folder_of(kept):
    if kept:
        Path(kept).mkdir(parents=True, exist_ok=True)
        yield Path(kept)
        return
    with TemporaryDirectory(dir=os.environ.get("TMPDIR"), prefix="simpul-live-") as folder:
        yield Path(folder)


# ---- the records


class World:
    """As many records as are asked for, region after region; the last ones are held back, to be added one by one."""

    def __init__(self, people, evidence, records, width):
        self.people, self.evidence, self.width = people, evidence, width
        self.stored, self.records = records - ADDITIONS, records

    def of(self, numbers):
        """(tags (n, k), rows (n, width)) of records."""
        evidence = moved(self.evidence[numbers % len(self.evidence)], numbers // len(self.evidence))
        return tags_of(evidence), rows_of(evidence, self.width)

    def batches(self, upto, size=50_000):
        for begin in range(0, upto, size):
            numbers = np.arange(begin, min(begin + size, upto))
            yield live.Batch(numbers, *self.of(numbers))

    def asked(self, count):
        """Numbers of records whose person has another, and of all records of that person, both drawn with a seed."""
        ends = np.flatnonzero(np.diff(self.sorted_people)) + 1
        groups = [group for group in np.split(self.by_person, ends) if group.size > 1]
        chance = np.random.default_rng(1)
        regions = max(1, self.stored // len(self.evidence))
        for _each in range(count):
            group = groups[chance.integers(len(groups))] + chance.integers(regions) * len(self.evidence)
            group = group[group < self.stored]
            if group.size > 1:
                number = chance.choice(group)
                yield int(number), set(group.tolist()) - {int(number)}

    @property
    def by_person(self):
        return np.argsort(self.people, kind="stable")

    @property
    def sorted_people(self):
        return np.sort(self.people, kind="stable")


def invented(folder, records, kind, seed):
    """(person (n,), evidence (n, columns) uint32) of sisters, read from the folder if they are there."""
    path = folder / f"{kind}-{seed}-{records}.npz"
    if not path.exists():
        from bench.linkage import sisters

        people, evidence = np.empty(records, np.int64), np.zeros((records, len(COLUMNS)), np.uint32)
        rows = sisters.rows(kind, persons=int(records / PER_PERSON * 1.1) + 100, seed=seed)
        for place, row in zip(range(records), rows, strict=False):
            told = dict(zip(sisters.COLUMNS, row, strict=True))
            people[place] = int(re.sub(r"\D", "", told["cluster"]))
            evidence[place] = evidence_of(normalise.record({HEADS[head]: told[head] or "" for head in HEADS}))
        np.savez(path, people=people, evidence=evidence)
    kept = np.load(path)
    return kept["people"], kept["evidence"]


def evidence_of(record):
    """The columns of one record; 0 where nothing is known."""
    own = dict.fromkeys(names.sound(word) for word in (*record.words, *record.aliases))
    days = [month * 32 + day for _year, month, day in record.dates if (month, day) != (1, 1)]
    quarters = [record.nik[:at] + "_" + record.nik[at + 4 :] for at in range(0, 16, 4)] if record.nik else []
    told = {
        SOUNDS: [keyed(each) for each in own],
        BONES: [keyed(names.skeleton(word)) for word in record.words],
        FATHERS: [keyed(names.sound(word)) for word in record.father],
        ("m1",): [keyed(names.sound(word)) for word in record.mother],
        DAYS: days,
        YEARS: record.years,
        ("village", "regency", "nik"): [keyed(each) for each in (record.village, record.regency, record.nik)],
        QUARTERS: [keyed(each) for each in quarters],
        ("phone", "passport"): [keyed(record.phone), keyed(record.passport)],
        ("sex",): ["LP".find(record.sexes[0] or record.sexes[1] or "?") + 1],
    }
    found = [0] * len(COLUMNS)
    for columns, values in told.items():
        for column, value in zip(columns, values, strict=False):
            found[AT[column]] = value
    return found


def keyed(text):
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest(), "little") | 1 if text else 0


def moved(evidence, region):
    """The same records in other regions (n,): people have other days of birth there, and other numbers and villages."""
    evidence, away = evidence.copy(), region.astype(np.uint32)
    for name in REGIONAL:
        column = evidence[:, AT[name]]
        evidence[:, AT[name]] = np.where(column != 0, (column ^ (away * np.uint32(0x9E3779B1))) | np.uint32(1), 0)
    for name in DAYS:
        column = evidence[:, AT[name]]
        evidence[:, AT[name]] = np.where(
            column != 0, (column + away * np.uint32(37)) % np.uint32(416) + np.uint32(1), 0
        )
    return evidence


def tags_of(evidence):
    """(n, kinds) uint64: a hash of each kind of composite evidence, 0 where a part is not known."""
    tags = np.zeros((len(evidence), len(KINDS)), np.uint64)
    columns = dict(zip(COLUMNS, evidence.T.astype(np.uint64), strict=True))
    columns["after"] = np.where(columns["y1"] != 0, columns["y1"] + np.uint64(1), np.uint64(0))
    for place, (kind, names_of_parts) in enumerate(KINDS):
        parts = np.array([columns[name] for name in names_of_parts])
        parts[: UNORDERED.get(kind, 0)].sort(axis=0)
        tag = np.full(
            len(evidence), int.from_bytes(blake2b(kind.encode(), digest_size=8).digest(), "little"), np.uint64
        )
        for part in parts:
            tag = mixed(tag ^ part)
        tags[:, place] = np.where(parts.all(axis=0), tag, 0)
    return tags


def mixed(values):
    """Sixty-four bits well stirred (the finalizer of splitmix64, Steele and others 2014)."""
    values = (values + np.uint64(0x9E3779B97F4A7C15)).copy()
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        values = (values ^ (values >> np.uint64(shift))) * np.uint64(factor)
    return values ^ (values >> np.uint64(31))


def rows_of(evidence, width):
    """(n, width) uint32: the evidence, and as much again as a program with finer comparisons would keep."""
    times = -(-width // len(COLUMNS))
    return np.ascontiguousarray(np.tile(evidence, (1, times))[:, :width])


def score(row, rows):
    """The probability that each row is the person of `row`: bits of agreement, set by hand."""
    bits = 6.5 * np.minimum(shared(row, rows, SOUNDS), 3)
    bits += np.where(bits == 0, 5 * shared(row, rows, BONES) - 4, 0)
    for columns, same, other in (
        (DAYS, 8, -2), (YEARS, 4, -1.5), (("village",), 6, -0.5), (("regency",), 2.5, -1), (("nik",), 20, -1.5),
        (QUARTERS, 4, 0), (("phone",), 14, -0.5), (("passport",), 16, -0.3), (FATHERS, 7, -1.5), (("m1",), 7, -1.5),
        (("sex",), 0.8, -4),
    ):  # fmt: skip
        agree = shared(row, rows, columns)
        known = row[AT[columns[0]]] != 0
        bits += np.where(
            agree > 0, same * np.minimum(agree, 2), np.where(known & (rows[:, AT[columns[0]]] != 0), other, 0)
        )
    return 1 / (1 + np.exp2(20 - np.clip(bits, -60, 80)))


def shared(row, rows, columns):
    """How many of the values of a row in some columns stand in the same columns of each row."""
    begin, end = AT[columns[0]], AT[columns[-1]] + 1
    count = np.zeros(len(rows))
    for value in set(row[begin:end].tolist()) - {0}:
        count += (rows[:, begin:end] == value).any(axis=1)
    return count


# ---- measuring


def measured(world, folder, options):
    reach = live.Reach(*options.reach)
    found = [] if (folder / "index.sqlite").exists() else [building(world, folder, is_table=options.table)]
    with live.LiveIndex(folder, score=score, label="bench", reach=reach, durable=False) as index:
        found += weight(index, folder)
        found += searching(index, world, options.queries, "base" if not options.table else "table")
        if options.table:
            found += gathering(index, world)
        found += adding(index, world, durable=False)
        found += searching(index, world, options.queries, f"{ADDITIONS} recent")
    with live.LiveIndex(folder, score=score, label="bench", reach=reach) as index:
        found += adding(index, world, durable=True)
        found += erasing(index, world)
        if not options.table:
            found += packing(index)
    return found + cold(folder, world, reach)


def building(world, folder, *, is_table):
    wall, cpu = perf_counter(), process_time()
    if is_table:
        with live.LiveIndex.make(
            folder, width=world.width, dtype=np.uint32, score=score, label="bench", durable=False
        ) as index:
            for batch in world.batches(world.stored):
                index.add_many(*batch)
    else:
        live.build(folder, world.batches(world.stored), width=world.width, dtype=np.uint32, label="bench")
    wall, cpu = perf_counter() - wall, process_time() - cpu
    rate = f"{world.stored / wall:,.0f} a second ({world.stored / cpu:,.0f} of processor time), with inventing the tags"
    return Figure(f"building, {world.stored:,} records", f"{rate}; {anonymous_mb()} MB", "20,000 a second; under 4 GB")


def anonymous_mb():
    """Memory of this process that no file stands behind."""
    told = re.search(r"RssAnon:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(told[1]) // 1024


def weight(index, folder):
    count = len(index)
    files = [path for path in folder.rglob("*") if path.is_file()]
    parts = {path.name: path.stat().st_blocks * 512 / count for path in files}
    rows = parts.pop("rows", 0)
    told = ", ".join(f"{name} {size:.0f}" for name, size in sorted(parts.items()) if size > 1)
    return [
        Figure("bytes a record, rows to compare", f"{rows:.0f}"),
        Figure("bytes a record, tags", f"{sum(parts.values()):.0f} ({told})"),
    ]


def cold(folder, world, reach):
    """The first searches of a machine that has just started, and the same after reading through what they touch."""
    asked = questions(world, 220)
    found = []
    for is_warm in (False, True):
        forget(folder)
        walls = []
        with live.LiveIndex(folder, score=score, label="bench", reach=reach) as index:
            started = perf_counter()
            told = f"{index.warm() / 2**20:.0f} MB read in {perf_counter() - started:.1f} s; " if is_warm else ""
            for number, _right, tags, row in asked:
                started = perf_counter()
                index.find(tags, row, but=[number])
                walls.append(perf_counter() - started)
        parts = (
            f"{told}the first {walls[0] * 1000:.0f} ms, 2 to 20 {spread(walls[1:20])}, others {spread(walls[20:])} ms"
        )
        found.append(Figure(f"search after a start, {'warmed, ' * is_warm}wall p50 / p95 / p99", parts))
    return found


def forget(folder):
    """Nothing of the index stays in memory."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def questions(world, count):
    """(number, numbers of the same person, tags, row) of records to ask for."""
    return [
        (number, right, *(part[0] for part in world.of(np.array([number])))) for number, right in world.asked(count)
    ]


def searching(index, world, count, what):
    """Wall and processor time of searches, the share that finds the person, and the floor in between."""
    asked = questions(world, count)
    with_floor, floor = Floor(len(index)), []
    walls, cpus, sizes, firsts, tens, reached = [], [], [], [], [], []
    for number, _right, tags, row in asked[: len(asked) // 10]:
        index.find(tags, row, but=[number])
    for number, right, tags, row in asked:
        wall, cpu = perf_counter(), thread_time()
        found = index.find(tags, row, but=[number])
        cpus.append(thread_time() - cpu)
        walls.append(perf_counter() - wall)
        floor.append(with_floor.lookup(number))
        tens.append(bool(right & set(found.numbers.tolist())))
        firsts.append(bool(right & set(found.numbers[:1].tolist())))
        if number % 4 == 0:
            numbers = index.candidates(tags, but=[number])[0]
            sizes.append(len(numbers))
            reached.append(bool(right & set(numbers.tolist())))
    lookup = percentile(floor, 50)
    in_lookups = f"{percentile(cpus, 50) / lookup:.0f} lookups by primary key of {lookup * 1e6:.1f} us"
    tags = np.mean([np.count_nonzero(tags) for _number, _right, tags, _row in asked])
    shares = f"{np.mean(firsts):.3f} / {np.mean(tens):.3f} / {np.mean(reached):.3f}"
    return [
        Figure(f"search, {what}, wall p50 / p95 / p99", f"{spread(walls)} ms", TARGET),
        Figure(f"search, {what}, processor p50 / p95 / p99", f"{spread(cpus)} ms; {in_lookups}"),
        Figure(
            f"search, {what}, right person first / in ten / candidate",
            f"{shares}; {np.median(sizes):.0f} candidates by {tags:.0f} tags",
            "in ten: 0.80",
        ),
    ]


class Floor:
    """A SQLite table of n rows in memory of the same process, looked up by primary key."""

    def __init__(self, rows):
        self._db = sqlite3.connect(":memory:")
        self._db.execute("CREATE TABLE floor (r INTEGER PRIMARY KEY, value INTEGER)")
        self._db.executemany(
            "INSERT INTO floor VALUES (?, ?)", ((number, number) for number in range(min(rows, REGION)))
        )
        self._rows = min(rows, REGION)

    def lookup(self, number):
        started = thread_time()
        self._db.execute("SELECT value FROM floor WHERE r = ?", (number % self._rows,)).fetchone()
        return thread_time() - started


def gathering(index, world):
    """Two hundred rows from the flat file, and the same from SQLite."""
    flat, blobs, chance = [], [], np.random.default_rng(2)
    marks = ",".join("?" * 200)
    for _each in range(300):
        numbers = chance.choice(world.stored, 200, replace=False)
        started = thread_time()
        index._rows[numbers]
        between = thread_time()
        told = index._db.execute(f"SELECT content FROM record WHERE r IN ({marks})", numbers.tolist()).fetchall()
        np.frombuffer(b"".join(content for (content,) in told), np.uint32).reshape(-1, world.width)
        blobs.append(thread_time() - between)
        flat.append(between - started)
    return [
        Figure(
            "200 rows, processor p50: flat file / SQLite",
            f"{percentile(flat, 50) * 1e3:.2f} / {percentile(blobs, 50) * 1e3:.2f} ms",
        )
    ]


def adding(index, world, *, durable):
    numbers = np.arange(world.stored, world.records)
    tags, rows = world.of(numbers)
    walls, cpus = [], []
    index.remove(numbers)
    for number, own, row in zip(numbers.tolist(), tags, rows, strict=True):
        wall, cpu = perf_counter(), thread_time()
        index.add(number, own, row)
        cpus.append(thread_time() - cpu)
        walls.append(perf_counter() - wall)
    what = "safe from a power failure" if durable else "safe from a killed process"
    floor = f"; one fsync {spread(fsyncs(index.folder))} ms" if durable else ""
    return [
        Figure(f"adding, {what}, p50 / p95 / p99", f"{spread(walls)} ms, processor {spread(cpus)} ms{floor}", "1 ms")
    ]


def fsyncs(folder):
    told = []
    with (folder / "floor").open("wb") as file:
        for _each in range(100):
            file.write(bytes(4096))
            file.flush()
            started = perf_counter()
            os.fsync(file.fileno())
            told.append(perf_counter() - started)
    (folder / "floor").unlink()
    return told


def erasing(index, world):
    """Remove some stored records and put them back."""
    walls = []
    numbers = np.random.default_rng(3).choice(world.stored, ERASURES, replace=False)
    for number in numbers.tolist():
        started = perf_counter()
        index.remove([number])
        walls.append(perf_counter() - started)
    index.add_many(numbers, *world.of(numbers))
    return [Figure("erasing, on the disk, p50 / p95 / p99", f"{spread(walls)} ms")]


def packing(index):
    wall, cpu = perf_counter(), process_time()
    index.pack()
    return [
        Figure(
            f"packing {ADDITIONS} records",
            f"{perf_counter() - wall:.1f} s, processor {process_time() - cpu:.1f} s; {anonymous_mb()} MB",
        )
    ]


def spread(seconds):
    return " / ".join(f"{percentile(seconds, percent) * 1000:.2f}" for percent in (50, 95, 99))


if __name__ == "__main__":
    sys.exit(main())
