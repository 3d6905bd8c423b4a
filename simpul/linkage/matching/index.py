"""Which pairs are worth comparing: those that share a key rare enough to say something.

A key is composite evidence, such as a word's sound with day and month of birth. A key that too many records share is
passed over; somebody who is worth finding shares another one.
"""

from typing import NamedTuple

import numpy as np

from simpul.linkage.matching.encode import years_to_find
from simpul.linkage.matching.table import Table

# So many records at a time are keys made of: their combinations are many, and most of them nothing.
PART = 100_000
# So many pairs are little to sort.
FEW = 2_000_000


class Key(NamedTuple):
    """One kind of key: what it is crossed from, (n, k) each, and how many records may share one value."""

    name: str
    columns: tuple
    limit: int

    @property
    def values(self):
        """Per record several values, (n, k) int64."""
        return crossed(*self.columns) if len(self.columns) > 1 else self.columns[0]

    def held(self):
        """(values, rows) of all that is known, (q,) each, by row."""
        n = len(self.columns[0])
        parts = [
            _held(self._replace(columns=tuple(column[start : start + PART] for column in self.columns)).values, start)
            for start in range(0, n, PART)
        ]
        return tuple(np.concatenate(each) for each in zip(*parts, strict=True)) if parts else _held(self.values, 0)


def candidates(table, *, source=None, limit=1.0):
    """Pairs (left, right) of row numbers with left < right, each once, sorted; int64.

    `source` (n,) int8 keeps only pairs between sources: two lists, each without its own pairs. `limit` multiplies how
    many records may share a key.
    """
    kinds = keys(table) if table.blind is None else blind_keys(table)
    pairs, found = np.zeros(0, np.int64), []
    for key in kinds:
        found.append(_pairs(*key.held(), max(2, int(key.limit * limit)), source))
        # Most keys find pairs that others found before: of many records there is no room for all of them at once.
        if sum(map(len, found)) > len(pairs) / 2 + FEW:
            pairs, found = _once([pairs, *found]), []
    pairs = _once([pairs, *found])
    return pairs >> 32, pairs & 0xFFFFFFFF


def keys(table: Table):
    """The kinds of keys, one after the other, so that only one is in memory."""
    sound = table.words.sound
    own = sound[table.own]
    called = np.concatenate([own, sound[table.aliases]], axis=1)
    bones = table.words.bones[table.own]
    father = sound[table.father]
    days = _days(table)
    near_years = _near(table.years)
    place = table.village[:, None]
    region = table.regency[:, None]
    twos = _twos(own)
    yield from _keys_of_numbers(table)
    yield Key("date", (_dates(table),), 60)
    yield Key("sound", (called,), 60)
    yield Key("sound, day", (called, days), 60)
    yield Key("sound, village", (called, place), 80)
    yield Key("sound, father", (called, father), 80)
    yield Key("sound, mother", (called, sound[table.mother]), 80)
    yield Key("sound, regency, near year", (called, near_years, region), 60)
    yield Key("skeleton, day", (bones, days), 60)
    yield Key("skeleton, village, near year", (bones, near_years, place), 60)
    yield Key("skeleton, regency, year", (bones, table.years, region), 60)
    yield Key("village, day", (days, place), 40)
    yield Key("father, day", (father, days), 40)
    yield Key("father, village, near year", (father, near_years, place), 30)
    yield Key("two words", (twos,), 60)
    yield Key("two words, year", (twos, table.years), 60)
    yield Key("two words, regency", (twos, region), 80)
    yield Key("whole name", (table.joined[:, None],), 100)
    if table.postcode.any():
        yield Key("postcode, day", (days, table.postcode[:, None]), 60)
        yield Key("sound, postcode", (called, table.postcode[:, None]), 60)
    if table.address.any():
        yield Key("address, postcode", (sound[table.address], table.postcode[:, None]), 40)
        yield Key("sound, address", (called, sound[table.address]), 40)


def blind_keys(table):
    """The kinds of keys of encodings: what is known only in company is a key with it."""
    blind, sound = table.blind, table.words.sound
    own = sound[table.own]
    called = np.concatenate([own, sound[table.aliases]], axis=1)
    bones = table.words.bones[table.own]
    father = sound[table.father]
    yield from _keys_of_numbers(table)
    yield Key("date", (np.concatenate([blind.date, blind.swapped], axis=1),), 60)
    yield Key("sound", (called,), 60)
    yield Key("sound, day", (called, blind.day), 60)
    yield Key("village in company", (blind.village,), 80)
    yield Key("sound, father", (called, father), 80)
    yield Key("sound, mother", (called, sound[table.mother]), 80)
    yield Key("regency in company, near year", (blind.regency[:, :2], years_to_find(blind.near)), 60)
    yield Key("regency with skeleton, year", (blind.regency[:, 3:5], blind.year), 60)
    yield Key("skeleton, day", (bones, blind.day), 60)
    yield Key("skeleton, year", (bones, blind.year), 60)
    yield Key("father, day", (father, blind.day), 40)
    yield Key("father, year", (father, blind.year), 30)
    yield Key("two words", (_twos(own),), 60)
    yield Key("two words, year", (_twos(own), blind.year), 60)
    yield Key("two words, regency", (_twos(blind.regency[:, :3]),), 80)
    yield Key("whole name", (table.joined[:, None],), 100)


def _keys_of_numbers(table):
    yield Key("nik", (table.nik[:, None],), 50)
    yield Key("nik without a quarter", (table.nik_parts,), 50)
    yield Key("number", (table.number[:, None],), 50)
    yield Key("number without a quarter", (table.number_parts,), 50)
    yield Key("phone", (table.phone[:, None],), 50)
    yield Key("passport", (table.passport[:, None],), 50)


def crossed(*columns):
    """Every combination of one value from each column (n, k): (n, product of k), int64; 0 where a part is unknown."""
    taken = mixed(columns[0].astype(np.uint64))
    known = columns[0] != 0
    for column in columns[1:]:
        shape = len(column), taken.shape[1] * column.shape[1]
        taken = mixed(taken[:, :, None] * _SECOND + column[:, None, :].astype(np.uint64)).reshape(shape)
        known = (known[:, :, None] & (column[:, None, :] != 0)).reshape(shape)
    return np.where(known, taken.view(np.int64), 0)


def pairs_sharing(values, limit, *, source=None):
    """Pairs that share a value, as left << 32 | right; (p,), int64. 0 is no value; beyond the limit, none is paired."""
    return _once([_pairs(*_held(values, 0), limit, source)])


def _held(values, first):
    """(values, rows) of what is known in rows (n, k), of which the first is row `first`."""
    cells = np.flatnonzero(values)
    return values.ravel()[cells], (cells // max(1, values.shape[1]) + first).astype(np.int32)


def _pairs(shared, rows, limit, source):
    """Pairs of rows that share a value, some of them more than once."""
    order = np.argsort(shared, kind="stable")
    shared, rows = shared[order], rows[order]
    once = _changes(shared)
    once[1:] |= rows[1:] != rows[:-1]
    shared, rows = shared[once], rows[once]
    starts = np.flatnonzero(_changes(shared))
    sizes = np.diff(np.r_[starts, len(shared)])
    found = [np.zeros(0, np.int64)]
    for size in np.unique(sizes[(sizes >= 2) & (sizes <= limit)]):
        found.append(_within(rows, starts[sizes == size], size, source))
    return np.concatenate(found)


def _within(rows, starts, size, source):
    """Pairs of the rows that stand side by side from `starts`; rows rise there, so that the left one is the lower."""
    members = rows[starts[:, None] + np.arange(size)]
    left, right = np.triu_indices(size, 1)
    one, other = members[:, left].ravel(), members[:, right].ravel()
    if source is not None:
        between = source[one] != source[other]
        one, other = one[between], other[between]
    return one.astype(np.int64) << 32 | other


def _once(found):
    """Each pair once, sorted."""
    pairs = np.concatenate(found)
    found.clear()
    pairs.sort()
    return pairs[_changes(pairs)]


def _changes(ordered):
    """Where a value is another than the one before it; the first always is."""
    changes = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=changes[1:])
    return changes


_FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


def mixed(values):
    """Numbers spread over 64 bits (the finisher of SplitMix64)."""
    values = (values + _FIRST) * _SECOND
    values ^= values >> np.uint64(29)
    return values * _FIRST


def _days(table):
    """Day and month of each date, (n, 2); the first of January, which stands for "unknown" on many lists, is none."""
    day = table.dates[:, :, 1] * 100 + table.dates[:, :, 2]
    return np.where((day == 101) | _repeated(day), 0, day)


def _dates(table):
    day = table.dates[:, :, 1] * 100 + table.dates[:, :, 2]
    return np.where(day != 0, day * 10_000 + table.dates[:, :, 0], 0)


def _repeated(day):
    return np.stack([np.zeros(len(day), bool), day[:, 1] == day[:, 0]], axis=1)


def _near(years):
    """Years, each with the next: two records a year apart share one of them."""
    return np.concatenate([years, np.where(years != 0, years + 1, 0)], axis=1)


def _twos(own):
    left, right = np.triu_indices(own.shape[1], 1)
    one, other = own[:, left], own[:, right]
    low, high = np.minimum(one, other), np.maximum(one, other)
    together = mixed(low.astype(np.uint64) * _SECOND + high.astype(np.uint64)).view(np.int64)
    return np.where(low != 0, together, 0)
