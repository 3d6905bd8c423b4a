"""The machine of an installation: encodings by the key process, a live index on the disk, a model that was learned.

The index holds numbers of persons and keyed tags, one folder for each key epoch; it can be thrown away at any time and
is made again from the encodings. All processes of the machine share it, whatever the database is; what one of them
takes in the others find at once (docs/decisions/0014-the-index-is-the-machines.md).
"""

import fcntl
import hashlib
import os
import shutil
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
from django.conf import settings

from simpul.linkage import engine, learnt
from simpul.linkage.custody import client
from simpul.linkage.matching import encode, near, normalise
from simpul.linkage.matching.live import LiveError, LiveIndex
from simpul.linkage.models import Encoding
from simpul.linkage.report.words import reasons_of

TAG, ROW = np.dtype("<u8"), np.dtype("<u8")
WORDS = "words.npz"
AT_ONCE = 2_000
# Whom these refuse is one record; another may be evaluated.
OF_ONE_RECORD = frozenset({"alike"})


class Finder:
    """Encodes and finds. Threads share one; each process opens the index for itself."""

    def __init__(self, folder=None):
        self.folder = Path(folder or settings.HOME / "linkage")
        self._lock, self._open, self._counted = threading.Lock(), {}, (None, learnt.Rarity.nothing())

    @property
    def version(self):
        return learnt.shipped().version

    @property
    def epoch(self):
        """The epoch in use, "" while the key process is away."""
        state = client.state()
        return _name_of(state.current, state.fingerprints) if state.is_ready else ""

    def encode(self, evidence, *, by, purpose):
        record = normalise.record(evidence)
        asked = encode.evidence(record)
        if not asked:
            return engine.Made(self._epoch_in_use(), b"", np.zeros(encode.WIDTH, ROW).tobytes())
        try:
            found = _evaluated(asked, purpose=purpose, by=by)
        except client.KeysAway as problem:
            raise engine.Away(str(problem)) from None
        except client.Refused as problem:
            kind = engine.Refused if problem.rule in OF_ONE_RECORD else engine.Away
            raise kind(str(problem)) from None
        row = encode.packed(record, found.tags)
        tags = np.unique(near.tags(row[None]))
        tags = tags[tags != 0].astype(TAG)
        return engine.Made(_name_of(found.current, found.fingerprints), tags.tobytes(), row.astype(ROW).tobytes())

    def put(self, person, made):
        tags = np.frombuffer(made.tags, TAG)
        if tags.size:
            self._index(made.epoch).add(person, tags, np.frombuffer(made.slots, ROW))

    def forget(self, persons):
        for epoch in self._epochs():
            self._index(epoch).remove(persons)

    def near(self, person, made, *, most):
        tags, row = np.frombuffer(made.tags, TAG), np.frombuffer(made.slots, ROW)
        if not tags.size:
            return []
        index = self._index(made.epoch)
        found = index.find(tags, row, limit=most, but=[person])
        told = self._told(row, found.numbers.tolist(), len(index))
        return sorted(told, key=lambda one: (-one.probability, one.person))

    def warm(self):
        for epoch in self._epochs():
            self._index(epoch).warm()

    def tend(self):
        for epoch in self._epochs():
            encodings = Encoding.objects.filter(epoch=epoch)
            if epoch != self.epoch and self.epoch and not encodings.exists():
                self._throw_away(epoch)
                continue
            index = self._index(epoch)
            _put_right(index, encodings)
            index.pack()

    @property
    def knows_words(self):
        """Whether words were ever counted."""
        return (self.folder / WORDS).exists()

    def count_words(self, *, least=0):
        """Count anew which words are how common among the encodings; what was counted stands in the folder."""
        made = Encoding.objects.filter(owed_since=None)
        if made.count() < least:
            return
        blocks = _blocks(made.values_list("slots", flat=True).order_by("pk"))
        counted = learnt.Rarity.of(blocks)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = self.folder / f"{os.getpid()}-{WORDS}"
        with beside.open("wb") as file:
            np.savez(file, tags=counted.tags, counts=counted.counts, n=counted.n)
        beside.replace(self.folder / WORDS)

    def _told(self, row, numbers, among):
        """Of those who were found, how likely each of them is among so many, and how each field compares, in words."""
        rows = dict(Encoding.objects.filter(person__in=numbers).values_list("person_id", "slots"))
        held = [number for number in numbers if _fits(rows.get(number, b""))]
        if not held:
            return []
        others = np.stack([np.frombuffer(bytes(rows[number]), ROW) for number in held])
        probabilities, levels = learnt.shipped().beside(row, others, self._rarity(), among=among)
        return [
            engine.Near(number, float(probabilities[place]), _in_words(levels, place))
            for place, number in enumerate(held)
        ]

    def _index(self, epoch):
        key = os.getpid(), epoch
        with self._lock:
            if key not in self._open:
                self._open[key] = self._opened(epoch)
            return self._open[key]

    def _opened(self, epoch):
        folder, label = self.folder / f"live-{epoch}", f"epoch {epoch}"
        # The index is made when it is first asked for, or again when somebody threw it away: everybody is put in anew.
        with self._making():
            with suppress(LiveError):
                return LiveIndex(folder, score=near.order, label=label)
            # What another version of the program made in its own way is of no use here.
            shutil.rmtree(folder, ignore_errors=True)
            Encoding.objects.filter(epoch=epoch).update(compared_at=None)
            return LiveIndex.make(folder, width=encode.WIDTH, dtype=ROW, score=near.order, label=label)

    def _epochs(self):
        return [folder.parent.name.removeprefix("live-") for folder in sorted(self.folder.glob("live-*/index.sqlite"))]

    def _throw_away(self, epoch):
        with self._lock:
            if index := self._open.pop((os.getpid(), epoch), None):
                index.close()
        shutil.rmtree(self.folder / f"live-{epoch}")

    @contextmanager
    def _making(self):
        """Of several processes that miss an index one makes it, and the others wait until it stands."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.folder / "making").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield

    def _rarity(self):
        """How rare words are, as counted last; read again when it was counted anew."""
        try:
            counted_at = (self.folder / WORDS).stat().st_mtime_ns
        except FileNotFoundError:
            return learnt.Rarity.nothing()
        if self._counted[0] != counted_at:
            with np.load(self.folder / WORDS, allow_pickle=False) as held:
                self._counted = counted_at, learnt.Rarity(held["tags"], held["counts"], int(held["n"]))
        return self._counted[1]

    def _epoch_in_use(self):
        if epoch := self.epoch:
            return epoch
        raise engine.Away("The key process is away.")


def _put_right(index, encodings):
    """Take in who is missing in an index, and let go who has no encoding: by a crash, or from an older copy."""
    held = index.numbers().tolist()
    with_tags = set(encodings.exclude(tags=b"").values_list("person_id", flat=True))
    index.remove(sorted(set(held) - with_tags))
    missing = sorted(with_tags - set(held))
    for start in range(0, len(missing), AT_ONCE):
        rows = encodings.filter(person__in=missing[start : start + AT_ONCE]).values_list("person_id", "tags", "slots")
        told = [(number, np.frombuffer(bytes(tags), TAG), bytes(slots)) for number, tags, slots in rows if _fits(slots)]
        if not told:
            continue
        tags = np.zeros((len(told), max(each[1].size for each in told)), TAG)
        for place, (_number, own, _slots) in enumerate(told):
            tags[place, : own.size] = own
        numbers, slots = [each[0] for each in told], b"".join(each[2] for each in told)
        index.add_many(numbers, tags, np.frombuffer(slots, ROW).reshape(len(told), -1))


def _evaluated(asked, *, purpose, by):
    """What officers record is evaluated within their limits, what is owed under the grant for bulk work if there is."""
    if by is not None or not settings.LINKAGE_GRANT:
        return client.evaluate(asked, purpose=purpose, by=by)
    try:
        return client.evaluate(asked, purpose=purpose, by=by, grant=settings.LINKAGE_GRANT)
    except client.Refused as problem:
        if not problem.rule.startswith("grant"):
            raise
        return client.evaluate(asked, purpose=purpose, by=by)


def _in_words(levels, place):
    return {
        reason.field: reason.sentence
        for name, level in levels.items()
        for reason in reasons_of(name, int(level[place]))
    }


def _name_of(epoch, fingerprints):
    """An epoch, and what its encodings can be compared with: those of another key or layout bear another name.

    So all who were encoded in another way are owed an encoding, and the index of those goes with the last of them.
    """
    told = f"{fingerprints[epoch]} {encode.LAYOUT}"
    return f"{epoch[:11]}-{hashlib.blake2b(told.encode(), digest_size=4).hexdigest()}"


def _fits(slots):
    """Whether this is an encoding of today's layout; those of another one wait to be made anew."""
    return len(slots) == encode.WIDTH * ROW.itemsize


def _blocks(rows):
    """Rows of encodings (n, WIDTH), some thousands at a time."""
    block = []
    for slots in rows.iterator(chunk_size=AT_ONCE):
        if _fits(slots):
            block.append(np.frombuffer(bytes(slots), ROW))
        if len(block) == AT_ONCE:
            yield np.stack(block)
            block = []
    if block:
        yield np.stack(block)
