"""Which pairs are worth comparing: those that share a key rare enough to say something.

A key is composite evidence, such as a word's sound with day and month of birth. A key that too many records share is
passed over; somebody who is worth finding shares another one.
"""

from typing import NamedTuple

import numpy as np

from simpul.linkage.matching.table import Table


class Key(NamedTuple):
    """One kind of key: per record several values (n, k), and how many records may share one value."""

    name: str
    values: np.ndarray
    limit: int


def candidates(table, *, source=None, limit=1.0):
    """Pairs (left, right) of row numbers with left < right, each once, sorted; int64.

    `source` (n,) int8 keeps only pairs between sources: two lists, each without its own pairs. `limit` multiplies how
    many records may share a key.
    """
    kinds = keys(table) if table.blind is None else blind_keys(table)
    found = [pairs_sharing(key.values, max(2, int(key.limit * limit)), source=source) for key in kinds]
    pairs = np.concatenate(found) if found else np.zeros(0, np.int64)
    found.clear()
    # Sorted where they are: of many records there are tens of millions of pairs, and little room for copies.
    pairs.sort()
    first = np.ones(len(pairs), bool)
    np.not_equal(pairs[1:], pairs[:-1], out=first[1:])
    pairs = pairs[first]
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
    yield Key("date", _dates(table), 60)
    yield Key("sound", called, 60)
    yield Key("sound, day", crossed(called, days), 60)
    yield Key("sound, village", crossed(called, place), 80)
    yield Key("sound, father", crossed(called, father), 80)
    yield Key("sound, mother", crossed(called, sound[table.mother]), 80)
    yield Key("sound, regency, near year", crossed(called, near_years, region), 60)
    yield Key("skeleton, day", crossed(bones, days), 60)
    yield Key("skeleton, village, near year", crossed(bones, near_years, place), 60)
    yield Key("skeleton, regency, year", crossed(bones, table.years, region), 60)
    yield Key("village, day", crossed(days, place), 40)
    yield Key("father, day", crossed(father, days), 40)
    yield Key("father, village, near year", crossed(father, near_years, place), 30)
    yield Key("two words", twos, 60)
    yield Key("two words, year", crossed(twos, table.years), 60)
    yield Key("two words, regency", crossed(twos, region), 80)
    yield Key("whole name", table.joined[:, None], 100)
    if table.postcode.any():
        yield Key("postcode, day", crossed(days, table.postcode[:, None]), 60)
        yield Key("sound, postcode", crossed(called, table.postcode[:, None]), 60)
    if table.address.any():
        yield Key("address, postcode", crossed(sound[table.address], table.postcode[:, None]), 40)
        yield Key("sound, address", crossed(called, sound[table.address]), 40)


def blind_keys(table):
    """The kinds of keys of encodings: what is known only in company is a key with it."""
    blind, sound = table.blind, table.words.sound
    own = sound[table.own]
    called = np.concatenate([own, sound[table.aliases]], axis=1)
    bones = table.words.bones[table.own]
    father = sound[table.father]
    yield from _keys_of_numbers(table)
    yield Key("date", np.concatenate([blind.date, blind.swapped], axis=1), 60)
    yield Key("sound", called, 60)
    yield Key("sound, day", crossed(called, blind.day), 60)
    yield Key("village in company", blind.village, 80)
    yield Key("sound, father", crossed(called, father), 80)
    yield Key("sound, mother", crossed(called, sound[table.mother]), 80)
    yield Key("regency in company, near year", crossed(blind.regency[:, :2], blind.near), 60)
    yield Key("regency with skeleton, year", crossed(blind.regency[:, 3:5], blind.year), 60)
    yield Key("skeleton, day", crossed(bones, blind.day), 60)
    yield Key("skeleton, year", crossed(bones, blind.year), 60)
    yield Key("father, day", crossed(father, blind.day), 40)
    yield Key("father, year", crossed(father, blind.year), 30)
    yield Key("two words", _twos(own), 60)
    yield Key("two words, year", crossed(_twos(own), blind.year), 60)
    yield Key("two words, regency", _twos(blind.regency[:, :3]), 80)
    yield Key("whole name", table.joined[:, None], 100)


def _keys_of_numbers(table):
    yield Key("nik", table.nik[:, None], 50)
    yield Key("nik without a quarter", table.nik_parts, 50)
    yield Key("number", table.number[:, None], 50)
    yield Key("number without a quarter", table.number_parts, 50)
    yield Key("phone", table.phone[:, None], 50)
    yield Key("passport", table.passport[:, None], 50)


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
    rows = np.broadcast_to(np.arange(len(values))[:, None], values.shape)[values != 0]
    shared = values[values != 0]
    order = np.argsort(shared, kind="stable")
    shared, rows = shared[order], rows[order]
    if len(shared) > 1:
        once = np.r_[True, (shared[1:] != shared[:-1]) | (rows[1:] != rows[:-1])]
        shared, rows = shared[once], rows[once]
    starts = np.flatnonzero(np.r_[True, shared[1:] != shared[:-1]]) if len(shared) else np.zeros(0, np.int64)
    sizes = np.diff(np.r_[starts, len(shared)])
    found = [_within(rows, starts[sizes == size], size) for size in np.unique(sizes) if 2 <= size <= limit]
    if not found:
        return np.zeros(0, np.int64)
    pairs = np.concatenate(found)
    if source is not None:
        pairs = pairs[source[pairs >> 32] != source[pairs & 0xFFFFFFFF]]
    return np.unique(pairs)


def _within(rows, starts, size):
    members = rows[starts[:, None] + np.arange(size)]
    left, right = np.triu_indices(size, 1)
    one, other = members[:, left].ravel(), members[:, right].ravel()
    return np.minimum(one, other) << 32 | np.maximum(one, other)


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
