"""Records as columns of small whole numbers, the form in which pairs are compared: equal numbers, equal evidence.

0 stands for "not known". A table is made of plain records, whose words keep their texts for comparing what is nearly
the same, or of encodings, which have none.
"""

from array import array
from dataclasses import dataclass, field

import numpy as np

from simpul.linkage.matching import names

OWN, ALIASES, FATHER, MOTHER, ADDRESS = 4, 3, 4, 3, 6
DATES, YEARS = 2, 3


@dataclass
class Words:
    """The distinct words of a table. `sound` and `bones` are equal where words sound the same or share a skeleton.

    Of words with texts there are also the letters as bits, the length, and numbers of the first letter, the first three
    and the last three letters of the sound.
    """

    texts: list
    sounds: list
    sound: np.ndarray
    bones: np.ndarray
    letters: np.ndarray
    length: np.ndarray
    initial: np.ndarray = None
    head: np.ndarray = None
    tail: np.ndarray = None

    @classmethod
    def of(cls, texts):
        """`texts[0]` stands for no word."""
        sounds = [names.sound(text) for text in texts]
        return cls(
            texts=texts,
            sounds=sounds,
            sound=_numbered(sounds),
            bones=_numbered([names.skeleton(text) for text in texts]),
            letters=np.array([_letters(text) for text in sounds], np.uint32),
            length=np.array([len(text) for text in sounds], np.int32),
            initial=_numbered([text[:1] for text in sounds]),
            head=_numbered([text[:3] if len(text) >= 3 else "" for text in sounds]),
            tail=_numbered([text[-3:] if len(text) >= 3 else "" for text in sounds]),
        )


@dataclass
class Table:
    """`n` records. Columns of shape (n,) or (n, k), int32, 0 where nothing is known.

    Words stand as numbers of `words`, everything else as numbers that are equal where the evidence is. A table of
    encodings (`encode.table_of`) has `blind` columns in place of dates and places, which it knows only in company.
    """

    n: int
    words: Words
    own: np.ndarray
    aliases: np.ndarray
    father: np.ndarray
    mother: np.ndarray
    address: np.ndarray
    joined: np.ndarray
    nik: np.ndarray
    nik_parts: np.ndarray
    number: np.ndarray
    number_parts: np.ndarray
    dates: np.ndarray
    years: np.ndarray
    sexes: np.ndarray
    village: np.ndarray
    regency: np.ndarray
    postcode: np.ndarray
    passport: np.ndarray
    phone: np.ndarray
    called_after: np.ndarray
    joined_texts: list = field(default_factory=list)
    blind: object = None

    @classmethod
    def of(cls, records):
        """A table of `normalise.Record`s, which may be an iterator."""
        return _Columns().taken(records)


class _Columns:
    def __init__(self):
        self.numbers = {}
        self.words = {"": 0}
        self.joined = {"": 0}
        self.cells = array("i")

    def taken(self, records):
        for record in records:
            self.cells.extend(self._row(record))
        # One long row of numbers: a tuple for each of a million records would take gigabytes.
        cells = np.frombuffer(self.cells, np.int32).reshape(-1, _WIDTH)
        n = len(cells)
        self.numbers.clear()
        taken = (np.ascontiguousarray(cells[:, at]) for at in range(_WIDTH))

        def wide(k):
            return np.stack([next(taken) for _ in range(k)], axis=1)

        return Table(
            n=n,
            words=Words.of(list(self.words)),
            own=wide(OWN),
            aliases=wide(ALIASES),
            father=wide(FATHER),
            mother=wide(MOTHER),
            address=wide(ADDRESS),
            joined=next(taken),
            nik=next(taken),
            nik_parts=wide(4),
            number=next(taken),
            number_parts=wide(4),
            dates=wide(3 * DATES).reshape(n, DATES, 3),
            years=wide(YEARS),
            sexes=wide(2),
            village=next(taken),
            regency=next(taken),
            postcode=next(taken),
            passport=next(taken),
            phone=next(taken),
            called_after=next(taken),
            joined_texts=list(self.joined),
        )

    def _row(self, record):
        number = self._number
        joined = names.sound("".join(record.words))
        dates = [part for date in record.dates[:DATES] for part in date]
        return (
            *self._said(record.words, OWN),
            *self._said(record.aliases, ALIASES),
            *self._said(record.father, FATHER),
            *self._said(record.mother, MOTHER),
            *self._said(record.address, ADDRESS),
            self.joined.setdefault(joined, len(self.joined)),
            number(record.nik),
            *(number(part) for part in without_a_quarter(record.nik)),
            number(record.number),
            *(number(part) for part in without_a_quarter(record.number)),
            *dates,
            *(0,) * (3 * DATES - len(dates)),
            *_filled(record.years, YEARS),
            *(_SEXES[sex] for sex in record.sexes),
            number(record.village),
            number(record.regency),
            number(record.postcode),
            number(record.passport),
            number(record.phone),
            int(record.is_called_after),
        )

    def _said(self, words, width):
        known = self.words
        return _filled([known.setdefault(word, len(known)) for word in words[:width]], width)

    def _number(self, text):
        return self.numbers.setdefault(text, len(self.numbers) + 1) if text else 0


_SEXES = {"": 0, "L": 1, "P": 2}
_WIDTH = OWN + ALIASES + FATHER + MOTHER + ADDRESS + 1 + 5 + 5 + 3 * DATES + YEARS + 2 + 6


def _filled(values, width):
    values = tuple(values[:width])
    return values + (0,) * (width - len(values))


def without_a_quarter(number):
    """Four texts, each the number with another quarter of it left out: equal where slips stay within one quarter."""
    if len(number) < 5:
        return ("",) * 4
    cuts = [round(len(number) * part / 4) for part in range(5)]
    return tuple(f"{part}:{number[: cuts[part]]}_{number[cuts[part + 1] :]}" for part in range(4))


def _numbered(texts):
    known = {"": 0}
    return np.array([known.setdefault(text, len(known)) for text in texts], np.int32)


def _letters(text):
    bits = 0
    for letter in text:
        bits |= 1 << (ord(letter) % 32)
    return bits
