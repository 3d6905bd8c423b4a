"""Evidence as keyed tags: two encodings can be compared without anybody seeing a name.

`evidence` says what of a record is tagged, in pairs of a kind and a text; who holds the key gives a tag for each. Sex,
village and regency have so few values that tags of them alone could be counted out. They are tagged only together with
something rarer, a word of the name, a day of birth or a telephone, and are compared between two records that share it.
So are the first letters of words, by which S. WIJAYA is found to be SITI WIJAYA.
"""

import gc
import json
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice, zip_longest

import numpy as np

from simpul.linkage.matching import names
from simpul.linkage.matching.keys import FILTER
from simpul.linkage.matching.table import ADDRESS, Table, Words, without_a_quarter

WORDS, ALIASES, FATHER, MOTHER = 4, 3, 4, 3
DATES, YEARS = 2, 3
# What something of few values is tagged together with: words, skeletons of words, first day of birth, telephone.
_WITH_WORDS, _WITH_BONES = 3, 2
COMPANIONS = _WITH_WORDS + _WITH_BONES + 2
# So many words have their first letter tagged, each with the others of these and the first day of birth.
INITIALS = 3
# A year is tagged with so many words and as many skeletons: it and the years behind it, so that two records share the
# fewer the further their years are apart.
NEAR, WINDOW = 2, 4
# So many records at a time have their columns in memory.
AT_ONCE = 20_000


def _layout():
    """{name: slice of the row} of the slots of an encoding, and its width."""
    widths = {
        "word": WORDS, "bones": WORDS, "alias": ALIASES, "alias bones": ALIASES, "father": FATHER, "mother": MOTHER,
        "joined": 1, "filter": 4, "nik": 1, "nik part": 4, "number": 1, "number part": 4, "date": DATES, "day": DATES,
        "swapped": DATES, "year month": DATES, "year day": DATES, "january": DATES, "year": YEARS,
        "near year": 2 * NEAR * WINDOW,
        "village": COMPANIONS, "regency": COMPANIONS, "sex": COMPANIONS, "passport": 1, "phone": 1,
        "one letter": INITIALS, "initial": INITIALS * INITIALS, "father bones": FATHER, "mother bones": MOTHER,
    }  # fmt: skip
    slots, start = {}, 0
    for name, width in widths.items():
        slots[name] = slice(start, start + width)
        start += width
    return slots, start


SLOTS, WIDTH = _layout()
KINDS = (
    "word", "bones", "father", "mother", "joined", FILTER, "nik", "nik-1", "nik-2", "nik-3", "nik-4",
    "number", "number-1", "number-2", "number-3", "number-4", "date", "day", "year-month", "year-day", "january",
    "year", "word+year", "bones+year", "word+village", "word+regency", "word+sex", "bones+village", "bones+regency",
    "bones+sex",
    "day+village", "day+regency", "day+sex", "phone+village", "phone+regency", "phone+sex", "passport", "phone",
    "one-letter", "initial+word", "initial+day",
    "father-bones", "mother-bones",
)  # fmt: skip

# Which tags stand where: encodings of another layout cannot be compared with these.
LAYOUT = json.dumps([[name, part.start, part.stop] for name, part in SLOTS.items()])


def evidence(record):
    """[(kind, text)] of a `normalise.Record`: what has to be tagged."""
    return [(kind, text) for _place, kind, text in _pieces(record)]


def packed(record, values):
    """The row of an encoding, uint64 (WIDTH,), from the values of its `evidence`, in order; a filter is four."""
    row = np.zeros(WIDTH, np.uint64)
    for (place, kind, _text), value in zip(_pieces(record), values, strict=True):
        row[place : place + (4 if kind == FILTER else 1)] = value
    return row


def _pieces(record):
    """[(place in the row, kind, text)] of what is known of one record."""
    columns = ((place, kind, _texts(parts)[0]) for place, kind, *parts in _columns([record]))
    return [piece for piece in columns if piece[2]]


def encode(records, ring):
    """Encodings of records, uint64 (n, WIDTH), with the keys of a `keys.KeyRing`; `records` may be an iterator."""
    records, known, parts = iter(records), {}, []
    while part := list(islice(records, AT_ONCE)):
        with _nothing_collected():
            parts.append(_encoded(part, ring, known))
    return np.concatenate(parts) if parts else np.zeros((0, WIDTH), np.uint64)


@contextmanager
def _nothing_collected():
    """Columns are many small lists that all stay: looking for garbage among them would take a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _encoded(records, ring, known):
    """Encodings of some records; `known` remembers the tags of texts from one call to the next."""
    # A column at a time is written, so columns lie together until all are there.
    rows, halves = np.zeros((WIDTH, len(records)), np.uint64), {}
    for place, kind, *columns in _columns(records):
        if kind == FILTER:
            rows[place : place + 4] = ring.filters(map(str.split, *columns), known.setdefault(kind, {})).T
        elif len(columns) == 2:
            rows[place] = ring.together(kind, *_halves(ring, kind, columns, halves, known))
        elif kind in _SHARED:
            rows[place] = _remembered(partial(ring.tags, kind), *columns, known.setdefault(kind, {}))
        else:
            rows[place] = ring.tags(kind, *columns)
    return np.ascontiguousarray(rows.T)


# Kinds of which many records have the same text: each is tagged once.
_SHARED = frozenset((
    "word", "bones", "father", "mother", "date", "day", "year-month", "year-day", "january", "year", "one-letter",
    "father-bones", "mother-bones",
))  # fmt: skip


def _remembered(told, texts, known):
    """uint64 (n,): what is `told` of a column; a text that is met again, here or later, is asked once."""
    new = list(set(texts).difference(known))
    known.update(zip(new, told(new).tolist(), strict=True))
    return np.fromiter(map(known.__getitem__, texts), np.uint64, len(texts))


def _halves(ring, kind, columns, halves, known):
    """The two columns of halves of a kind; `halves` keeps them, since a column stands in several companies."""
    for half, column in zip(kind.split("+"), columns, strict=True):
        place = half, id(column)
        if place not in halves:
            told = _remembered(partial(ring.halves, half), column, known.setdefault(f"half {half}", {}))
            # With the column itself, so that no other column has its id meanwhile.
            halves[place] = told, column
        yield halves[place][0]


def _texts(columns):
    """One text of each record: that of one column, or those of two where both are known."""
    if len(columns) == 1:
        return columns[0]
    return [f"{one} {other}" if one and other else "" for one, other in zip(*columns, strict=True)]


def _columns(records):
    """(place in the row, kind, column) of everything that is tagged; two columns where they are tagged together.

    A column holds a text of each record, "" where nothing is known.
    """
    written = _across([record.words for record in records], WORDS)
    words, skeletons = ([_each(grip, column) for column in written] for grip in (names.sound, names.skeleton))
    yield from _spread("word", "word", words)
    yield from _spread("bones", "bones", skeletons)
    yield from _relative_columns(records)
    yield SLOTS["joined"].start, "joined", list(map("".join, zip(*words, strict=True)))
    yield SLOTS["filter"].start, FILTER, list(map(str.rstrip, map(" ".join, zip(*words, strict=True))))
    for kind, texts in (("nik", [record.nik for record in records]), ("number", [record.number for record in records])):
        if any(texts):
            yield SLOTS[kind].start, kind, texts
            parts = [_parts_of_number(text) for text in texts]
            for place in range(4):
                yield SLOTS[f"{kind} part"].start + place, f"{kind}-{place + 1}", [part[place] for part in parts]
    yield from _date_columns(records)
    yield from _year_columns(records, words, skeletons)
    days = [_first_day(record.dates) for record in records]
    yield from _companion_columns(records, words, skeletons, days)
    yield SLOTS["passport"].start, "passport", [record.passport for record in records]
    yield SLOTS["phone"].start, "phone", [record.phone for record in records]
    yield from _initial_columns(words, skeletons, days)


def _across(lists, width):
    """`width` columns of lists of texts: the first text of each, the second of each."""
    columns = list(islice(zip_longest(*lists, fillvalue=""), width))
    return columns + [("",) * len(lists)] * (width - len(columns))


def _each(grip, column):
    """A column of words by what is told of each; every word is asked once."""
    told = {word: grip(word) if word else "" for word in set(column)}
    return list(map(told.__getitem__, column))


def _spread(slot, kind, columns):
    return ((SLOTS[slot].start + place, kind, column) for place, column in enumerate(columns) if any(column))


def _relative_columns(records):
    """Aliases, and the names of father and mother."""
    aliases = _across([record.aliases for record in records], ALIASES)
    yield from _spread("alias", "word", [_each(names.sound, column) for column in aliases])
    yield from _spread("alias bones", "bones", [_each(names.skeleton, column) for column in aliases])
    for who, written in (
        ("father", _across([record.father for record in records], FATHER)),
        ("mother", _across([record.mother for record in records], MOTHER)),
    ):
        yield from _spread(who, who, [_each(names.sound, column) for column in written])
        yield from _spread(f"{who} bones", f"{who}-bones", [_each(names.skeleton, column) for column in written])


def _date_columns(records):
    for place, dates in enumerate(_across([record.dates for record in records], DATES)):
        if any(dates):
            told = {date: _written(date) if date else ("",) * len(_DATES) for date in set(dates)}
            for (slot, kind), column in zip(_DATES, zip(*map(told.__getitem__, dates), strict=True), strict=True):
                yield SLOTS[slot].start + place, kind, column


_DATES = (
    ("date", "date"), ("day", "day"), ("year month", "year-month"), ("year day", "year-day"), ("swapped", "date"),
    ("january", "january"),
)  # fmt: skip


@lru_cache(maxsize=1 << 16)
def _written(date):
    """A date in the ways of `_DATES`. The first of January stands for "some day of this year", and says the year."""
    year, month, day = date
    if (month, day) == (1, 1):
        return "", "", "", "", "", str(year)
    return f"{year}-{month}-{day}", f"{month}-{day}", f"{year}-{month}", f"{year}-{day}", f"{year}-{day}-{month}", ""


def _year_columns(records, words, bones):
    """The years, and the first of them with those behind it in the company of names."""
    years = _across([record.years for record in records], YEARS)
    yield from _spread("year", "year", [_each(str, column) for column in years])
    window = [_each(lambda year, later=later: str(year + later), years[0]) for later in range(WINDOW)]
    companions = [
        *(("word", words[place]) for place in range(NEAR)),
        *(("bones", bones[place]) for place in range(NEAR)),
    ]
    for number, (kind, column) in enumerate(companions):
        for later, near in enumerate(window):
            yield SLOTS["near year"].start + WINDOW * number + later, f"{kind}+year", column, near


def _companion_columns(records, words, bones, days):
    companions = [
        *((place, "word", words[place]) for place in range(_WITH_WORDS)),
        *((_WITH_WORDS + place, "bones", bones[place]) for place in range(_WITH_BONES)),
        (COMPANIONS - 2, "day", days),
        (COMPANIONS - 1, "phone", [record.phone for record in records]),
    ]
    few = (
        ("village", [record.village for record in records]),
        ("regency", [record.regency for record in records]),
        ("sex", [record.sexes[0] or record.sexes[1] for record in records]),
    )
    for slot, texts in few:
        for place, kind, values in companions:
            yield SLOTS[slot].start + place, f"{kind}+{slot}", values, texts


def _initial_columns(words, bones, days):
    """First letters, each with the other words and the day of birth; and which words are a letter only."""
    words = words[:INITIALS]
    letters = [[word[:1] for word in column] for column in words]
    whole = [_either(*columns) for columns in zip(bones, words, strict=False)]
    single = [["1" if len(word) == 1 else "" for word in column] for column in words]
    yield from _spread("one letter", "one-letter", single)
    for place, column in enumerate(letters):
        others = [other for at, other in enumerate(whole) if at != place]
        for beside, other in enumerate(others):
            yield SLOTS["initial"].start + INITIALS * place + beside, "initial+word", column, other
        yield SLOTS["initial"].start + INITIALS * place + len(others), "initial+day", column, days


def _either(ones, others):
    return [one or other for one, other in zip(ones, others, strict=True)]


def _first_day(dates):
    return f"{dates[0][1]}-{dates[0][2]}" if dates and dates[0][1:] != (1, 1) else ""


def _parts_of_number(number):
    """Four numbers, each without another quarter; which one is left out is said by the kind."""
    if len(number) < 5:
        return ("",) * 4
    if len(number) == 16:
        return number[4:], number[:4] + number[8:], number[:8] + number[12:], number[:12]
    return tuple(part.split(":", 1)[1].replace("_", "") for part in without_a_quarter(number))


@dataclass
class Blind:
    """What encodings hold in place of a table's columns that need their values: numbers, 0 where nothing is known.

    `companions` (n, COMPANIONS) and, beside each, `village`, `regency` and `sex`; the kinds of dates, (n, DATES) each;
    `near` (n, 2 NEAR, WINDOW); `filters` (n, 4) uint64; of the first words `is_letter` (n, INITIALS) bool and `initial`
    (n, INITIALS, INITIALS), each in its company.
    """

    companions: np.ndarray
    village: np.ndarray
    regency: np.ndarray
    sex: np.ndarray
    date: np.ndarray
    day: np.ndarray
    swapped: np.ndarray
    year_month: np.ndarray
    year_day: np.ndarray
    january: np.ndarray
    year: np.ndarray
    near: np.ndarray
    filters: np.ndarray
    is_letter: np.ndarray
    initial: np.ndarray


def table_of(rows):
    """A `Table` of encodings, uint64 (n, WIDTH)."""
    n = len(rows)
    cut = {name: rows[:, place] for name, place in SLOTS.items()}
    words, own, aliases, father, mother = _words_of(cut)
    blind = Blind(
        companions=_equal_numbers(_companions(cut)),
        village=_equal_numbers(cut["village"]),
        regency=_equal_numbers(cut["regency"]),
        sex=_equal_numbers(cut["sex"]),
        **_dates_of(cut),
        near=_equal_numbers(cut["near year"]).reshape(n, 2 * NEAR, WINDOW),
        filters=cut["filter"],
        is_letter=cut["one letter"] != 0,
        initial=_equal_numbers(cut["initial"]).reshape(n, INITIALS, INITIALS),
    )
    day = (cut["day"] != 0) | (cut["january"] != 0)
    return Table(
        n=n,
        words=words,
        own=own,
        aliases=aliases,
        father=father,
        mother=mother,
        address=np.zeros((n, ADDRESS), np.int32),
        joined=_equal_numbers(cut["joined"])[:, 0],
        nik=_equal_numbers(cut["nik"])[:, 0],
        nik_parts=_equal_numbers(cut["nik part"]),
        number=_equal_numbers(cut["number"])[:, 0],
        number_parts=_equal_numbers(cut["number part"]),
        dates=np.stack([day] * 3, axis=2).astype(np.int32),
        years=blind.year,
        sexes=(cut["sex"][:, :2] != 0).astype(np.int32),
        village=(cut["village"] != 0).any(1).astype(np.int32),
        regency=(cut["regency"] != 0).any(1).astype(np.int32),
        postcode=np.zeros(n, np.int32),
        passport=_equal_numbers(cut["passport"])[:, 0],
        phone=_equal_numbers(cut["phone"])[:, 0],
        called_after=np.zeros(n, np.int32),
        blind=blind,
    )


def _companions(cut):
    columns = cut["word"][:, :_WITH_WORDS], cut["bones"][:, :_WITH_BONES], cut["day"][:, :1], cut["phone"]
    return np.concatenate(columns, axis=1)


def years_to_find(near):
    """Of years in company, (n, 2 NEAR WINDOW) or as `Blind` has them, those by which others are looked for, (n, k): the
    years tagged with a word, of which two records up to two years apart share one."""
    return near.reshape(len(near), 2 * NEAR, WINDOW)[:, :NEAR, : WINDOW - 1].reshape(len(near), -1)


def _words_of(cut):
    """The words, and the columns of names in their numbers: own words and aliases, then a father's, then a mother's."""
    columns = [cut["word"], cut["alias"], cut["father"], cut["mother"]]
    every = np.concatenate(columns, axis=1)
    number = _equal_numbers(every)
    bones = np.zeros(int(number.max(initial=0)) + 1, np.int32)
    columns_of_bones = [cut[name] for name in ("bones", "alias bones", "father bones", "mother bones")]
    bones[number] = _equal_numbers(np.concatenate(columns_of_bones, axis=1))
    bones[0] = 0
    sound = np.arange(len(bones), dtype=np.int32)
    nothing = np.zeros(len(bones), np.int32)
    words = Words(texts=[], sounds=[], sound=sound, bones=bones, letters=nothing.astype(np.uint32), length=nothing)
    ends = np.cumsum([0] + [column.shape[1] for column in columns])
    return words, *(number[:, start:end] for start, end in zip(ends, ends[1:], strict=False))


def _dates_of(cut):
    """Columns of dates; those that are compared with each other share their numbers."""
    dates = _equal_numbers(np.concatenate([cut["date"], cut["swapped"]], axis=1))
    single = {
        name.replace(" ", "_"): _equal_numbers(cut[name])
        for name in ("day", "year month", "year day", "january", "year")
    }
    return {"date": dates[:, :DATES], "swapped": dates[:, DATES:], **single}


def _equal_numbers(tags):
    """Tags as small numbers, equal where they are; int32, 0 for none."""
    distinct, number = np.unique(tags, return_inverse=True)
    number = number.reshape(tags.shape)
    return (number + (0 if len(distinct) and distinct[0] == 0 else 1)).astype(np.int32)
