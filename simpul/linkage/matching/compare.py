"""Pairs compared field by field: each field gives a level, and level 0 says that it cannot be compared.

What agrees by chance is weighed by how common it is: a name's level says also how much surprise its shared words hold.
"""

from itertools import product
from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler, Levenshtein

from simpul.linkage.matching.keys import likeness

CHUNK = 200_000
# How alike two words are.
SAME, SOUNDS_SAME, NEARLY, ROUGHLY = 4, 3, 2, 1
_WORTH = np.array([0, 0.3, 0.7, 0.95, 1.0], np.float32)

SURPRISE = np.array([3.5, 5, 6.5, 8, 10, 13, 17], np.float32)
BANDS = len(SURPRISE) + 1
NO_NAME, NAME_DIFFERS = 0, 1
# Kinds of agreement of names, each in `BANDS` bands of surprise.
(PART_ROUGHLY, PART, SUBSET_ROUGHLY, SUBSET_NEARLY, SUBSET, ALL_ROUGHLY, ALL_NEARLY, ALL) = range(8)
FIRST_KIND = 2
WRITTEN_APART = FIRST_KIND + 8 * BANDS
NEARLY_WRITTEN = WRITTEN_APART + 1
BY_ALIAS = WRITTEN_APART + 2
_ALIAS_SURPRISE = np.array([4.5, 6.5, 9], np.float32)
CALLED_AFTER = BY_ALIAS + 4
JOINED = CALLED_AFTER + 1
_RELATIVE_SURPRISE = np.array([3.5, 6, 9], np.float32)

FIELDS = {
    "name": JOINED + 1,
    "father": 26,
    "mother": 26,
    "identity": 140,
    "number": 5,
    "sex": 5,
    "village": 7,
    "regency": 7,
    "place": 9,
    "postcode": 4,
    "address": 5,
    "passport": 3,
    "phone": 3,
}


class Commonness(NamedTuple):
    """How rare what is, in bits: -log2 of the share of records that have it; by number, float32."""

    sound: np.ndarray
    village: np.ndarray
    regency: np.ndarray

    @classmethod
    def of(cls, table):
        columns = (table.own, table.aliases, table.father, table.mother) if table.blind else (table.own, table.aliases)
        heard = np.concatenate([table.words.sound[column] for column in columns], axis=1)
        sounds = int(table.words.sound.max(initial=0)) + 1
        return cls(_rarity(heard, table.n, sounds), _rarity(table.village, table.n), _rarity(table.regency, table.n))


def levels(table, left, right, *, commonness=None, fields=None):
    """{field: (p,) int16} for the pairs of rows `left` and `right`, (p,) each; of all fields unless some are named."""
    fields = fields or tuple(FIELDS)
    if not len(left):
        return {name: np.zeros(0, np.int16) for name in fields}
    commonness = commonness or Commonness.of(table)
    parts = [
        _levels(table, left[start : start + CHUNK], right[start : start + CHUNK], commonness, fields)
        for start in range(0, len(left), CHUNK)
    ]
    return {name: np.concatenate([part[name] for part in parts]) for name in fields}


def _levels(table, left, right, commonness, fields):
    found = {}
    for name in fields:
        found[name] = _COMPARED[name](table, left, right, commonness, found)
    return found


_COMPARED = {
    "name": lambda table, left, right, common, _: _name(table, left, right, common.sound),
    "father": lambda table, left, right, common, _: _relative(table, table.father, left, right, common.sound),
    "mother": lambda table, left, right, common, _: _relative(table, table.mother, left, right, common.sound),
    "identity": lambda table, left, right, *_: _identity(table, left, right),
    "number": lambda table, left, right, *_: _number(table.number, table.number_parts, left, right),
    "sex": lambda table, left, right, _, found: _sex(table, left, right, found["name"]),
    "village": lambda table, left, right, common, _: _place(table, "village", left, right, common.village),
    "regency": lambda table, left, right, common, _: _place(table, "regency", left, right, common.regency),
    "place": lambda table, left, right, _, found: _both_places(found["village"], found["regency"]),
    "postcode": lambda table, left, right, *_: _equal(table.postcode, left, right),
    "address": lambda table, left, right, *_: _address(table, left, right),
    "passport": lambda table, left, right, *_: _equal(table.passport, left, right),
    "phone": lambda table, left, right, *_: _equal(table.phone, left, right),
}


# --- names


def _name(table, left, right, rarity):
    one, other = table.own[left], table.own[right]
    matched, taken = _own_matched(table, left, right)
    surprise = (_surprise(table, one, matched, rarity) + _surprise(table, other, taken, rarity)) / 2
    some = (matched > 0).any(1)
    left_over, other_left_over = ((matched == 0) & (one != 0)).any(1), ((taken == 0) & (other != 0)).any(1)
    rough, near = (matched == ROUGHLY).any(1), (matched == NEARLY).any(1)
    every = some & ~left_over & ~other_left_over
    subset = some & (left_over ^ other_left_over)
    kind = np.select(
        [
            every & ~rough & ~near,
            every & ~rough,
            every,
            subset & ~rough & ~near,
            subset & ~rough,
            subset,
            some & ~rough,
        ],
        [ALL, ALL_NEARLY, ALL_ROUGHLY, SUBSET, SUBSET_NEARLY, SUBSET_ROUGHLY, PART],
        PART_ROUGHLY,
    )
    level = FIRST_KIND + kind * BANDS + np.digitize(surprise, SURPRISE)
    written = _written_alike(table, left, right)
    level = np.where(
        some, level, np.select([written >= 0.8, written >= 0.65], [WRITTEN_APART, NEARLY_WRITTEN], NAME_DIFFERS)
    )
    weak = ~some | (kind <= SUBSET_ROUGHLY)
    level = np.where(some & weak & (written >= 0.85), JOINED, level)
    alias = _by_alias(table, left, right, matched, taken, rarity)
    level = np.where(weak & (alias > 0), BY_ALIAS + np.digitize(alias, _ALIAS_SURPRISE), level)
    after = (table.called_after[left] | table.called_after[right]).astype(bool)
    level = np.where((level == NAME_DIFFERS) & after, CALLED_AFTER, level)
    nameless = (one[:, 0] == 0) | (other[:, 0] == 0)
    return np.where(nameless, NO_NAME, level).astype(np.int16)


class NamesCloser(NamedTuple):
    """Of two names: bits of surprise of the words they share, of those left over on each side, how alike they are
    written as a whole, 0 to 1, and how many words that are left over begin as one of the other does; (p,) each.
    """

    surprise: np.ndarray
    left_over: np.ndarray
    other_left_over: np.ndarray
    written: np.ndarray
    begin_alike: np.ndarray


def names_closer(table, left, right, rarity):
    """`NamesCloser` of the pairs of rows `left` and `right`; finer than a level, which needs enough pairs of each."""
    one, other = table.own[left], table.own[right]
    matched, taken = _own_matched(table, left, right)
    bits, other_bits = rarity[table.words.sound[one]] * (one != 0), rarity[table.words.sound[other]] * (other != 0)
    return NamesCloser(
        ((bits * _WORTH[matched]).sum(1) + (other_bits * _WORTH[taken]).sum(1)) / 2,
        (bits * (matched == 0)).sum(1), (other_bits * (taken == 0)).sum(1),
        _written_alike(table, left, right, least=0.0),
        _left_over_alike(table, left, right, (matched == 0) & (one != 0), (taken == 0) & (other != 0)),
    )  # fmt: skip


def _left_over_alike(table, left, right, ours, theirs):
    """How many words, of those left over (p, OWN) on each side, begin as one that is left over on the other; (p,)."""
    if table.blind is None:
        one, other = table.words.initial[table.own[left]], table.words.initial[table.own[right]]
        same = one[:, :, None] == other[:, None, :]
    else:
        same = _same_initials(table.blind, left, right)
    known = same.shape[1]
    return (same & ours[:, :known, None] & theirs[:, None, :known]).any(2).sum(1)


def _surprise(table, words, matched, rarity):
    """How many bits the matched words hold, (p,)."""
    return (rarity[table.words.sound[words]] * (words != 0) * _WORTH[matched]).sum(1)


def _by_alias(table, left, right, matched, taken, rarity):
    """Surprise of an alias that is a word or an alias of the other; (p,), 0 where there is none."""
    result = np.zeros(len(left), np.float32)
    some = np.flatnonzero((table.aliases[left, 0] != 0) | (table.aliases[right, 0] != 0))
    if not len(some):
        return result
    one = np.concatenate([np.where(matched[some] > 0, 0, table.own[left[some]]), table.aliases[left[some]]], axis=1)
    other = np.concatenate([np.where(taken[some] > 0, 0, table.own[right[some]]), table.aliases[right[some]]], axis=1)
    alike = _alike(table.words, one, other)
    own = table.own.shape[1]
    alike[:, :own, :own] = 0
    alike[alike < NEARLY] = 0
    found, found_other = aligned(alike)
    result[some] = (_surprise(table, one, found, rarity) + _surprise(table, other, found_other, rarity)) / 2
    return result


def _written_alike(table, left, right, *, least=0.65):
    """Likeness of whole names, written as one word; (p,), 0 to 1. Below `least` it is 0, and not worked out."""
    if not table.joined_texts:
        return _filters_alike(table, left, right)
    texts = table.joined_texts
    pair = _ordered(table.joined[left], table.joined[right])
    distinct, which = np.unique(pair, return_inverse=True)
    one, other = [texts[n] for n in distinct >> 32], [texts[n] for n in distinct & 0xFFFFFFFF]
    alike = process.cpdist(one, other, scorer=Levenshtein.normalized_similarity, score_cutoff=least, dtype=np.float32)
    return alike[which]


def _filters_alike(table, left, right):
    alike = likeness(table.blind.filters[left], table.blind.filters[right])
    return np.where((table.joined[left] != 0) & (table.joined[right] != 0), alike, np.float32(0))


def _own_matched(table, left, right):
    """`aligned` for the words of two names, (p, OWN) each."""
    one, other = table.own[left], table.own[right]
    matched, taken = _matched(table.words, one, other)
    if table.blind is None:
        return matched, taken
    is_letter = table.blind.is_letter
    some = np.flatnonzero((is_letter[left] | is_letter[right]).any(1))
    if len(some):
        alike = _alike(table.words, one[some], other[some])
        apart = is_letter[left[some]][:, :, None] ^ is_letter[right[some]][:, None, :]
        initials = apart & _same_initials(table.blind, left[some], right[some])
        first = alike[:, : initials.shape[1], : initials.shape[2]]
        first[initials & (first == 0)] = ROUGHLY
        matched[some], taken[some] = aligned(alike)
    return matched, taken


def _same_initials(blind, left, right):
    """Whether words begin with the same letter, as far as they share a company; (p, INITIALS, INITIALS) of bool."""
    one, other = blind.initial[left], blind.initial[right]
    same = np.zeros((len(left), one.shape[1], other.shape[1]), bool)
    for place in range(one.shape[2]):
        tag = one[:, :, place, None, None]
        same |= ((tag == other[:, None]) & (tag != 0)).any(3)
    return same


def _matched(words, one, other):
    """`aligned` for words (p, k) and (p, l); pairs of short names, which most are, are compared in fewer columns."""
    matched, taken = np.zeros(one.shape, np.int8), np.zeros(other.shape, np.int8)
    used = np.maximum((one != 0).sum(1), (other != 0).sum(1))
    for width, rows in ((2, used <= 2), (max(one.shape[1], other.shape[1]), used > 2)):
        rows = np.flatnonzero(rows)
        if len(rows):
            found, found_other = aligned(_alike(words, one[rows, :width], other[rows, :width]))
            matched[rows, :width], taken[rows, :width] = found, found_other
    return matched, taken


def _alike(words, one, other):
    """How alike each word of one is to each of the other: (p, k) and (p, l) give (p, k, l), int8."""
    first, second = one[:, :, None], other[:, None, :]
    known = (first != 0) & (second != 0)
    bones, bones_other = words.bones[one][:, :, None], words.bones[other][:, None, :]
    alike = ((bones == bones_other) & (bones != 0)).astype(np.int8) * np.int8(NEARLY)
    alike[known & (words.sound[one][:, :, None] == words.sound[other][:, None, :])] = SOUNDS_SAME
    alike[known & (first == second)] = SAME
    if words.texts:
        _nearly_alike(words, one, other, alike, known)
    return alike


def _nearly_alike(words, one, other, alike, known):
    """Fills in what only the letters tell, for words that have most letters, their beginning or their end in common."""
    row, i, j = np.nonzero(known & (alike < NEARLY))
    first, second = one[row, i], other[row, j]
    may = np.bitwise_count(words.letters[first] ^ words.letters[second]) <= 3
    may |= _may_be_cut(words, first, second)
    may = np.flatnonzero(may)
    if not len(may):
        return
    distinct, which = np.unique(_ordered(first[may], second[may]), return_inverse=True)
    alike[row[may], i[may], j[may]] = _likeness(words, distinct >> 32, distinct & 0xFFFFFFFF)[which]


def _may_be_cut(words, one, other):
    """Whether one word may be an initial, the beginning or the end of the other."""
    initial = (words.length[one] == 1) | (words.length[other] == 1)
    whole = (words.head[one] == words.head[other]) | (words.tail[one] == words.tail[other])
    return np.where(initial, words.initial[one] == words.initial[other], whole & (words.head[one] != 0))


def _likeness(words, one, other):
    """NEARLY, ROUGHLY or 0 for pairs of words by their letters; (q,), int8."""
    a, b = [words.sounds[n] for n in one], [words.sounds[n] for n in other]
    short = np.minimum(words.length[one], words.length[other])
    slips = process.cpdist(a, b, scorer=DamerauLevenshtein.distance, score_cutoff=2, dtype=np.int32)
    alike = process.cpdist(a, b, scorer=JaroWinkler.similarity, score_cutoff=0.85, dtype=np.float32)
    cut = _may_be_cut(words, one, other)
    cut[cut] = [_is_cut(a[place], b[place]) for place in np.flatnonzero(cut)]
    nearly = ((slips <= 1) & (short >= 4)) | ((slips <= 2) & (short >= 8))
    rough = cut | ((alike >= 0.85) & (short >= 3))
    return np.select([nearly, rough], [NEARLY, ROUGHLY], 0).astype(np.int8)


def _is_cut(one, other):
    """Whether one is an initial, a beginning or an end of the other, as in S., FRAN and TASIA."""
    if len(one) > len(other):
        one, other = other, one
    if len(one) == 1:
        return other.startswith(one)
    return len(one) >= 3 and (other.startswith(one) or other.endswith(one))


def aligned(alike):
    """Words paired one to one, the most alike first: (p, k) and (p, l), what each word found or 0; int8."""
    alike = alike.copy()
    pairs, ours, theirs = alike.shape
    found, found_other = np.zeros((pairs, ours), np.int8), np.zeros((pairs, theirs), np.int8)
    rows = np.flatnonzero(alike.reshape(pairs, -1).any(1))
    for _ in range(min(ours, theirs)):
        if not len(rows):
            break
        best = alike[rows].reshape(len(rows), -1).argmax(1)
        i, j = best // theirs, best % theirs
        value = alike[rows, i, j]
        found[rows, i], found_other[rows, j] = value, value
        alike[rows, i, :] = 0
        alike[rows, :, j] = 0
        rows = rows[alike[rows].reshape(len(rows), -1).any(1)]
    return found, found_other


def _relative(table, column, left, right, rarity):
    """A father's or mother's name: 1 differs; else how alike, how surprising, and whether both have words left."""
    level = np.zeros(len(left), np.int16)
    both = np.flatnonzero((column[left, 0] != 0) & (column[right, 0] != 0))
    if not len(both):
        return level
    one, other = column[left[both]], column[right[both]]
    matched, taken = _matched(table.words, one, other)
    surprise = (_surprise(table, one, matched, rarity) + _surprise(table, other, taken, rarity)) / 2
    band = np.digitize(surprise, _RELATIVE_SURPRISE)
    best = matched.max(1)
    kind = np.select([best >= SOUNDS_SAME, best == NEARLY], [2, 1], 0)
    left_over = ((matched == 0) & (one != 0)).any(1) & ((taken == 0) & (other != 0)).any(1)
    level[both] = np.where(best == 0, 1, 2 + (kind * 4 + band) * 2 + left_over)
    return level


# --- numbers and dates

NIK_KINDS = ("not given", "differs", "one part differs", "born another year", "same")
DATE_SAME, _DATE_SWAPPED, _YEAR_MONTH, _YEAR_DAY, _SAME_DAY = 6, 7, 8, 9, 10
_DATE_LEVELS = 20


def _identity(table, left, right):
    """NIK and date of birth as one field, since a NIK holds the date: kind of the NIK times 20, plus the date's."""
    nik = _number(table.nik, table.nik_parts, left, right)
    return (nik.astype(np.int16) * _DATE_LEVELS + _date(table, left, right)).astype(np.int16)


def _number(column, parts, left, right):
    """0 not given, 1 differs, 2 a quarter differs, 3 the third quarter differs (in a NIK month and year), 4 same."""
    one, other = column[left], column[right]
    known = (one != 0) & (other != 0)
    quarter = (parts[left] == parts[right]) & (parts[left] != 0)
    level = np.select([one == other, quarter[:, 2], quarter.any(1)], [4, 3, 2], 1)
    return np.where(known, level, 0).astype(np.int16)


def _date(table, left, right):
    """The best that any two dates of birth say together; where there is none, how far the years are apart."""
    years = _years_apart(table, left, right) if table.blind is None else _years_apart_blind(table.blind, left, right)
    by_year = np.select([years == 0, years == 1, years == 2, years <= 4, years < 99], [5, 4, 3, 2, 1], 0)
    best = np.full(len(left), -1, np.int8)
    for i, j in ((0, 0), (0, 1), (1, 0), (1, 1)):
        if table.blind is None:
            alike = _dates_alike(table.dates[left, i], table.dates[right, j])
        else:
            alike = _dates_alike_blind(table.blind, left, i, right, j)
        best = np.maximum(best, alike)
    apart = np.select([years == 1, years <= 3, years <= 10], [16, 17, 18], 19)
    level = np.select(
        [best == 7, best == 6, best == 5, best == 4, best == 3, best >= 0],
        [DATE_SAME, _DATE_SWAPPED, apart, _YEAR_MONTH, _YEAR_DAY, _SAME_DAY + by_year],
        by_year,
    )
    return level.astype(np.int16)


def _dates_alike(one, other):
    """-1 not given, 0 differ, 3 a day or a month differs, 4 same on 1 January, 5 day and month, 6 swapped, 7 same."""
    known = (one[:, 1] != 0) & (other[:, 1] != 0)
    year, month, day = (one[:, n] == other[:, n] for n in range(3))
    swapped = (one[:, 1] == other[:, 2]) & (one[:, 2] == other[:, 1]) & year
    unknown_day = ((one[:, 1] == 1) & (one[:, 2] == 1)) | ((other[:, 1] == 1) & (other[:, 2] == 1))
    level = np.select(
        [
            year & month & day & ~unknown_day,
            year & month & day,
            swapped,
            unknown_day,
            month & day,
            year & (month | day),
        ],
        [7, 4, 6, 0, 5, 3],
        0,
    )
    return np.where(known, level, -1).astype(np.int8)


def _dates_alike_blind(blind, left, i, right, j):
    """As `_dates_alike`, from tags."""

    def same(one, other):
        return (one[left, i] == other[right, j]) & (one[left, i] != 0)

    one = (blind.day[left, i] != 0) | (blind.january[left, i] != 0)
    other = (blind.day[right, j] != 0) | (blind.january[right, j] != 0)
    unknown_day = (blind.january[left, i] != 0) | (blind.january[right, j] != 0)
    level = np.select(
        [
            same(blind.date, blind.date),
            same(blind.january, blind.january),
            same(blind.date, blind.swapped),
            unknown_day,
            same(blind.day, blind.day),
            same(blind.year_month, blind.year_month) | same(blind.year_day, blind.year_day),
        ],
        [7, 4, 6, 0, 5, 3],
        0,
    )
    return np.where(one & other, level, -1).astype(np.int8)


def _years_apart_blind(blind, left, right):
    """0 the same, 1 to 3 by how many years tagged with a word or a skeleton of the name are shared, 11 further or not
    known how far, 99 not given."""
    same = _any_equal(blind.year[left], blind.year[right])
    known = (blind.year[left, 0] != 0) & (blind.year[right, 0] != 0)
    near = np.zeros(len(left), np.int8)
    open_pairs = np.flatnonzero(known & ~same)
    one, other = blind.near[left[open_pairs]], blind.near[right[open_pairs]]
    for place, beside in product(range(one.shape[1]), repeat=2):
        shared = (one[:, place, :, None] == other[:, beside, None, :]) & (one[:, place, :, None] != 0)
        near[open_pairs] = np.maximum(near[open_pairs], shared.sum((1, 2)))
    return np.select([~known, same, near > 0], [99, 0, blind.near.shape[2] - near], 11)


def _any_equal(one, other):
    return ((one[:, :, None] == other[:, None, :]) & (one != 0)[:, :, None]).any((1, 2))


def _in_company(blind, column, left, right):
    """Whether something is known of both in the same company, and whether it is the same; (p,) and (p,) of bool."""
    one, other = blind.companions[left], blind.companions[right]
    company = (one[:, :, None] == other[:, None, :]) & (one != 0)[:, :, None]
    one, other = column[left], column[right]
    known = company & (one != 0)[:, :, None] & (other != 0)[:, None, :]
    return known.any((1, 2)), (known & (one[:, :, None] == other[:, None, :])).any((1, 2))


def _years_apart(table, left, right):
    one, other = table.years[left][:, :, None], table.years[right][:, None, :]
    apart = np.where((one != 0) & (other != 0), np.abs(one - other), 99)
    return apart.reshape(len(left), -1).min(1)


# --- places and the rest


def _sex(table, left, right, name):
    """0 not given, 1 differs and 2 same where names disagree, 3 and 4 where they agree, since names tell the sex."""
    if table.blind is not None:
        known, same = _in_company(table.blind, table.blind.sex, left, right)
        return np.where(known, 1 + same + 2 * (name > NAME_DIFFERS), 0).astype(np.int16)
    one, other = (
        np.where(table.sexes[rows, 0] != 0, table.sexes[rows, 0], table.sexes[rows, 1]) for rows in (left, right)
    )
    level = 1 + (one == other) + 2 * (name > NAME_DIFFERS)
    return np.where((one != 0) & (other != 0), level, 0).astype(np.int16)


# How rare a place is that is known only in company.
_PLACE_IN_COMPANY = {"village": 4, "regency": 3}


def _place(table, name, left, right, rarity):
    """0 not given, 1 differs, 2 to 6 the same, the rarer the higher."""
    if table.blind is not None:
        known, same = _in_company(table.blind, getattr(table.blind, name), left, right)
        return np.where(known, np.where(same, _PLACE_IN_COMPANY[name], 1), 0).astype(np.int16)
    column = getattr(table, name)
    one, other = column[left], column[right]
    same = 2 + np.digitize(rarity[one], [2.0, 4.0, 6.0, 9.0])
    level = np.where(one == other, same, 1)
    return np.where((one != 0) & (other != 0), level, 0).astype(np.int16)


def _both_places(village, regency):
    """Village and regency together: 0 neither given, else three times 0 not given, 1 differs, 2 same, plus the same."""
    return (3 * np.minimum(village, 2) + np.minimum(regency, 2)).astype(np.int16)


def _address(table, left, right):
    """0 not given, 1 nothing shared, 2 some word, 3 most, 4 all."""
    level = np.zeros(len(left), np.int16)
    both = np.flatnonzero((table.address[left, 0] != 0) & (table.address[right, 0] != 0))
    if not len(both):
        return level
    one, other = table.address[left[both]], table.address[right[both]]
    matched, taken = _matched(table.words, one, other)
    share = np.minimum((matched > 1).sum(1) / (one != 0).sum(1), (taken > 1).sum(1) / (other != 0).sum(1))
    level[both] = np.select([share >= 0.99, share > 0.5, (matched > 1).any(1)], [4, 3, 2], 1)
    return level


def _equal(column, left, right):
    """0 not given, 1 differs, 2 the same."""
    one, other = column[left], column[right]
    return np.where((one != 0) & (other != 0), 1 + (one == other), 0).astype(np.int16)


def _rarity(column, n, distinct=1):
    counts = np.bincount(column.ravel(), minlength=distinct).astype(np.float64)
    counts[0] = n
    return -np.log2((counts + 0.5) / (n + 0.5)).astype(np.float32)


def _ordered(one, other):
    one, other = one.astype(np.int64), other.astype(np.int64)
    return np.minimum(one, other) << 32 | np.maximum(one, other)
