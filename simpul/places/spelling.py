"""How people write the names of places: abbreviations, words that tell a level, slips of the finger."""

import re
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from simpul.lib.texts import folded

# What a word before a name says about its level. "Kab" and "kota" are two kinds of one level.
KINDS = {
    "province": "provinsi propinsi prov prop",
    "kabupaten": "kabupaten kab kabupten",
    "kota": "kota kotamadya kodya",
    "district": "kecamatan kec kecmatan distrik",
    "village": "desa ds kelurahan kel dusun dsn",
}
KIND_OF_WORD = {word: kind for kind, words in KINDS.items() for word in words.split()}

# Words that say where or what without naming a place; "kampung" begins real names too.
_PASSING = "di ke dari dekat sekitar daerah wilayah perbatasan pos plbn plb administrasi adm dan kampung nya itu"
PASSING = frozenset(_PASSING.split())

# An abbreviation with several readings is tried with each.
ABBREVIATIONS = {
    short: full.split("|")
    for shorts, full in {
        "sei sg sui s sy sngai": "sungai",
        "tj tg tjg tnjg": "tanjung",
        "pd pdg": "padang|pondok",
        "kp kg kpg kmp": "kampung",
        "tlk tl": "teluk",
        "p pl": "pulau",
        "bt": "batu|batang",
        "btg": "batang",
        "ng nga": "nanga",
        "sp spg": "simpang",
        "kl": "kuala",
        "ma mr": "muara",
        "lb lbk": "lubuk",
        "gn gng": "gunung",
        "bkt": "bukit",
        "kep": "kepulauan",
        "pr prt": "parit",
        "utr": "utara",
        "sel slt": "selatan",
        "tim tmr": "timur",
        "bar brt": "barat",
        "tgh teng": "tengah",
        "hlr": "hilir",
        "hl": "hulu",
        "1 i": "satu|1|i",
        "2 ii": "dua|2|ii",
        "3 iii": "tiga|3|iii",
    }.items()
    for short in shorts.split()
}

_SHORTENED = re.compile(r"\b([A-Za-z]{2,4})\.")
_PARTS = re.compile(r"^(kabupaten|kota)( administrasi)? ")

MOST_WORDS = 12
MOST_READINGS = 4


class Word(NamedTuple):
    """One written word. `kind` is what the word before it said about its level; a passing word need not match."""

    text: str
    kind: str = ""
    is_passing: bool = False


def key_of(name, *, is_regency=False):
    """An official name as it is looked up: folded, abbreviations written out, without "Kabupaten" or "Kota"."""
    name = _SHORTENED.sub(lambda found: _in_full(found[1].lower()) + " ", name)
    key = folded(name)
    return _PARTS.sub("", key) if is_regency else key


def readings(text, *, short_forms):
    """What a text may mean, as lists of words: each reading of its abbreviations and short forms ("skw").

    `short_forms` maps a short form to the words it stands for.
    """
    written = _with_kinds(folded(text[:200]).split()[:MOST_WORDS])
    choices = [_choices(word, is_last=word is written[-1], short_forms=short_forms) for word in written]
    found = []
    for reading in product(*choices):
        found.append([word for words in reading for word in words])
        if len(found) == MOST_READINGS:
            break
    return [reading for reading in found if reading]


def distance(one, other, *, most):
    """Slips between two words: letters put in, left out, changed, or swapped with the next. Above `most`: most + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [], list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def slips_allowed(word):
    """How many slips a writer may make in a word of a name and still be understood."""
    if len(word) < 5:
        return 0
    return 1 if len(word) < 8 else 2


@lru_cache(maxsize=8192)
def written_out(words):
    """A tuple of words as one string without blanks: as written, then each way to write it out in full.

    One string, because people write names together and apart: "Sungairaya", "Jagoi babang", "Sing Kawang".
    """
    as_written = "".join(words)
    last = len(words) - 1
    if not any(word in ABBREVIATIONS for word in words):
        return (as_written,)
    choices = [
        ABBREVIATIONS[word]
        if word in ABBREVIATIONS and not (i == last and i and len(word) == 1 and word.isalpha() and word != "i")
        else [word]
        for i, word in enumerate(words)
    ]
    found = ["".join(words) for words, _ in zip(product(*choices), range(MOST_READINGS), strict=False)]
    return (as_written, *(text for text in found if text != as_written))


def letters(text):
    """The set of letters and digits of a folded text, as bits: each slip changes at most two of them."""
    bits = 0
    for letter in text:
        bits |= 1 << (ord(letter) - 48)
    return bits


def _in_full(short):
    return ABBREVIATIONS[short][0] if short in ABBREVIATIONS else short


def _with_kinds(words):
    found, kind = [], ""
    for word in words:
        found.append(Word(word, kind, word in PASSING or word in KIND_OF_WORD))
        kind = KIND_OF_WORD.get(word, "" if word not in PASSING else kind)
    if all(word.is_passing for word in found):
        return [word._replace(is_passing=False) for word in found]
    return found


def _choices(word, *, is_last, short_forms):
    """The ways to read one word, each a list of words. A single letter at the end is a letter: "Mandor B"."""
    if word.text in short_forms:
        return [[word._replace(text=part) for part in each] for each in short_forms[word.text]]
    if word.text in ABBREVIATIONS and not (is_last and word.text.isalpha() and len(word.text) == 1):
        return [[word._replace(text=full, is_passing=full in PASSING)] for full in ABBREVIATIONS[word.text]]
    return [[word]]
