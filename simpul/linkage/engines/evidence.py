"""A table of normalised records as columns of a database: the same evidence, for engines that speak SQL.

Words, numbers and places stay the small whole numbers of the table: a name leaves this process only as the letters of
its sound, in the one column `written`. What is not known is null.
"""

import numpy as np
import pyarrow as pa

from simpul.linkage.matching import compare, index
from simpul.linkage.matching.table import ADDRESS, ALIASES, DATES, FATHER, MOTHER, OWN, YEARS

PARTS = 4
# Words are kept where at least this much can be written wrong.
LEAST_LETTERS = 4


def columns(table, *, source=None):
    """A `pyarrow.Table` with a row for each record of the table; `id` is its number."""
    common = compare.Commonness.of(table)
    taken = {"id": pa.array(np.arange(table.n, dtype=np.int64))}
    taken |= _words(table, common.sound)
    taken |= _numbers(table)
    taken |= _dates(table)
    taken |= {
        "village": _known(table.village),
        "village_bits": pa.array(common.village[table.village].astype(np.float32)),
        "regency": _known(table.regency),
        "regency_bits": pa.array(common.regency[table.regency].astype(np.float32)),
        "postcode": _known(table.postcode),
        "passport": _known(table.passport),
        "phone": _known(table.phone),
        "sex": _known(np.where(table.sexes[:, 0] != 0, table.sexes[:, 0], table.sexes[:, 1])),
        "called_after": pa.array(table.called_after.astype(bool)),
        "list": pa.array((np.zeros(table.n, np.int32) if source is None else source).astype(np.int32)),
        "keys": keys(table),
    }
    return pa.table(taken)


def keys(table, *, limit=1.0):
    """The values of `index.keys` that are worth asking for, a list for each record: shared, and not by too many."""
    rows, values = [], []
    for number, key in enumerate(index.keys(table)):
        row, value = _shared(key.values, max(2, int(key.limit * limit)))
        # Equal numbers of two kinds of keys are different keys.
        rows.append(row)
        values.append(index.mixed(value.view(np.uint64) ^ index.mixed(np.full(1, number, np.uint64))).view(np.int64))
    rows, values = np.concatenate(rows), np.concatenate(values)
    order = np.argsort(rows, kind="stable")
    starts = np.searchsorted(rows[order], np.arange(table.n + 1)).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(starts), pa.array(values[order]))


def _shared(values, limit):
    """(rows, values) of what two records or more share, and no more than the limit; int32 and int64."""
    known = values != 0
    rows = np.broadcast_to(np.arange(len(values), dtype=np.int32)[:, None], values.shape)[known]
    values = values[known].astype(np.int64)
    order = np.lexsort((rows, values))
    rows, values = rows[order], values[order]
    once = np.ones(len(values), bool)
    once[1:] = (values[1:] != values[:-1]) | (rows[1:] != rows[:-1])
    rows, values = rows[once], values[once]
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]][: len(values)])
    sizes = np.diff(np.r_[starts, len(values)])
    kept = np.repeat((sizes >= 2) & (sizes <= limit), sizes)
    return rows[kept], values[kept]


def _words(table, rarity):
    """Sounds and skeletons of the words, how surprising each sound is, and the whole name as it sounds."""
    sound, bones = table.words.sound, table.words.bones
    taken = {}
    for prefix, column, width in (
        ("own", table.own, OWN),
        ("father", table.father, FATHER),
        ("mother", table.mother, MOTHER),
    ):
        for at in range(width):
            word = column[:, at]
            taken[f"{prefix}{at + 1}"] = _known(sound[word])
            taken[f"{prefix}{at + 1}_bones"] = _known(bones[word])
            taken[f"{prefix}{at + 1}_bits"] = pa.array(rarity[sound[word]], mask=word == 0)
        taken[f"{prefix}_words"] = _known((column != 0).sum(1).astype(np.int32))
        taken[f"{prefix}_mask"] = pa.array(_mask(sound[column]) | _mask(bones[column]))
    for at in range(ALIASES):
        taken[f"alias{at + 1}"] = _known(sound[table.aliases[:, at]])
    for at in range(ADDRESS):
        taken[f"address{at + 1}"] = _known(sound[table.address[:, at]])
    taken["address_words"] = _known((table.address != 0).sum(1).astype(np.int32))
    taken["whole"] = _known(table.joined)
    taken["written"] = _written(table)
    return taken


def _mask(values):
    """A bit for each value of a row, (n,) int64: rows without a bit in common have no value in common."""
    bit = (index.mixed(values.astype(np.uint64)) >> np.uint64(58)).astype(np.int64) % 62
    return np.bitwise_or.reduce(np.where(values != 0, np.int64(1) << bit, 0), axis=1)


def _written(table):
    """The letters of the whole name's sound. Encodings have none."""
    if not table.joined_texts:
        return pa.nulls(table.n, pa.string())
    texts = [text if len(text) >= LEAST_LETTERS else None for text in table.joined_texts]
    return pa.array(texts, pa.string()).take(pa.array(table.joined))


def _numbers(table):
    taken = {}
    for prefix, column, parts in (("nik", table.nik, table.nik_parts), ("number", table.number, table.number_parts)):
        taken[prefix] = _known(column)
        for at in range(PARTS):
            taken[f"{prefix}_part{at + 1}"] = _known(parts[:, at])
    return taken


def _dates(table):
    """Dates as 19870517, day and month as 517, years. The first of January says a year."""
    taken = {}
    for at in range(DATES):
        year, month, day = (table.dates[:, at, part].astype(np.int32) for part in range(3))
        told = (month != 0) & ~((month == 1) & (day == 1))
        taken[f"date{at + 1}"] = _known(np.where(told, year * 10_000 + month * 100 + day, 0))
        taken[f"day{at + 1}"] = _known(np.where(told, month * 100 + day, 0))
        taken[f"turned{at + 1}"] = _known(np.where(told, year * 10_000 + day * 100 + month, 0))
        taken[f"month{at + 1}"] = _known(np.where(told, year * 100 + month, 0))
        taken[f"year_day{at + 1}"] = _known(np.where(told, year * 100 + day, 0))
    for at in range(YEARS):
        taken[f"year{at + 1}"] = _known(table.years[:, at])
    return taken


def _known(column):
    return pa.array(np.ascontiguousarray(column), mask=np.asarray(column == 0))
