"""One new encoding among many: the tags by which it is found, and a quick order of whom it finds.

The order takes a fraction of a millisecond for some hundred candidates. Its few weights are rounded from what the model
learns on made-up registers; the odds that are shown, and their reasons, come from the model itself.
"""

import numpy as np

from simpul.linkage.matching.encode import SLOTS, years_to_find
from simpul.linkage.matching.index import crossed, mixed
from simpul.linkage.matching.keys import likeness

# In natural logarithms.
_WORD, _BONES, _JOINED, _ALIKE = 5.0, 3.0, 2.0, 6.0
_NIK, _NIK_PART, _PHONE, _PASSPORT, _NUMBER = 9.0, 7.5, 9.0, 9.0, 9.0
_DATE, _SWAPPED, _DAY, _MONTH, _JANUARY, _YEAR, _NEAR_YEAR = 8.5, 7.0, 5.0, 2.5, 4.0, 2.3, 1.5
_FATHER, _VILLAGE, _REGENCY, _OTHER_PLACE, _OTHER_NIK, _OTHER_DATE = 4.0, 4.5, 1.5, -1.0, -1.5, -1.5


def tags(rows):
    """Blocking tags of encodings, uint64 (n, WIDTH) to (n, k), 0 for none: composite evidence that few people share."""
    cut = {name: rows[:, place] for name, place in SLOTS.items()}
    called = np.concatenate([cut["word"], cut["alias"][:, :2]], axis=1)
    kinds = (
        cut["nik"], cut["nik part"], cut["number"], cut["number part"], cut["phone"], cut["passport"],
        cut["date"], cut["swapped"], called, crossed(called, cut["day"]), cut["village"],
        crossed(cut["word"][:, :3], cut["father"][:, :2]), crossed(cut["word"][:, :2], cut["mother"][:, :2]),
        crossed(cut["regency"][:, :2], years_to_find(cut["near year"])),
        crossed(cut["regency"][:, 3:5], cut["year"][:, :2]),
        crossed(cut["bones"][:, :3], cut["day"]), crossed(cut["father"][:, :2], cut["day"]),
        _twos(cut["word"]), cut["joined"],
    )  # fmt: skip
    # A date, changed about, is found by the date itself, and so shares its number.
    numbers = [0, 1, 2, 3, 4, 5, 6, 6, *range(8, len(kinds))]
    return np.concatenate([_of_kind(values, number) for values, number in zip(kinds, numbers, strict=True)], axis=1)


def _of_kind(values, number):
    values = values.view(np.uint64) if values.dtype == np.int64 else values
    return np.where(values != 0, mixed(values + np.uint64(number)), np.uint64(0))


def _twos(words):
    left, right = np.triu_indices(words.shape[1], 1)
    one, other = words[:, left], words[:, right]
    return np.where((one != 0) & (other != 0), mixed(one) + mixed(other), np.uint64(0))


def order(row, rows):
    """Rough odds of an encoding (WIDTH,) and others (n, WIDTH), (n,): enough to say who is worth comparing well."""
    column = {name: rows[:, place] for name, place in SLOTS.items()}
    own = {name: row[place] for name, place in SLOTS.items()}
    total = _names(own, column)
    total += _one(own["nik"], column["nik"], _NIK, _OTHER_NIK)
    total += np.where(_any(own["nik part"], column["nik part"]), _NIK_PART - _OTHER_NIK, 0) * ~_any(
        own["nik"], column["nik"]
    )
    for name, weight in (("phone", _PHONE), ("passport", _PASSPORT), ("number", _NUMBER)):
        total += _one(own[name], column[name], weight, 0.0)
    total += _dates(own, column)
    total += np.minimum(_count(own["father"], column["father"]), 2) * _FATHER
    total += _place(own, column, "village", _VILLAGE) + _place(own, column, "regency", _REGENCY)
    return total


def _names(own, column):
    known, bones = _known(np.concatenate([own["word"], own["alias"]])), _known(own["bones"])
    theirs = np.concatenate([column["word"], column["alias"]], axis=1)
    shared = np.zeros(len(theirs))
    for tag in known:
        shared += (theirs == tag).any(1)
    for tag in bones:
        shared += _BONES / _WORD * (column["bones"] == tag).any(1)
    alike = likeness(own["filter"][None], column["filter"])
    joined = (column["joined"] == own["joined"]).ravel() & (own["joined"] != 0)
    return shared * _WORD / 1.6 + joined * _JOINED + np.maximum(alike - 0.7, 0) * 3 * _ALIKE


def _dates(own, column):
    score = np.zeros(len(column["date"]))
    score = np.maximum(score, _any(own["date"], column["date"]) * _DATE)
    score = np.maximum(score, (_any(own["swapped"], column["date"])) * _SWAPPED)
    score = np.maximum(score, _any(own["day"], column["day"]) * _DAY)
    score = np.maximum(
        score, (_any(own["year month"], column["year month"]) | _any(own["year day"], column["year day"])) * _MONTH
    )
    score = np.maximum(score, _any(own["january"], column["january"]) * _JANUARY)
    is_near = _any(years_to_find(own["near year"][None])[0], years_to_find(column["near year"]))
    near = np.where(_any(own["year"], column["year"]), _YEAR, is_near * _NEAR_YEAR)
    both = (own["date"] != 0).any() & (column["date"] != 0).any(1)
    return np.where(score > 0, np.maximum(score, near), near + both * _OTHER_DATE)


def _place(own, column, name, weight):
    tags = _known(own[name])
    if not len(tags):
        return 0.0
    same = np.zeros(len(column[name]), bool)
    for tag in tags:
        same |= (column[name] == tag).any(1)
    known = (column[name] != 0).any(1)
    return np.where(same, weight, known * _OTHER_PLACE)


def _known(tags):
    return tags[tags != 0]


def _any(own, column):
    found = np.zeros(len(column), bool)
    for tag in _known(own):
        found |= (column == tag).any(1)
    return found


def _count(own, column):
    found = np.zeros(len(column))
    for tag in _known(own):
        found += (column == tag).any(1)
    return found


def _one(own, column, same, other):
    if not own[0]:
        return 0.0
    theirs = column[:, 0]
    return np.where(theirs == own[0], same, (theirs != 0) * other)
