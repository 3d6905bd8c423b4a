"""The gazetteer: the names of all places of Indonesia in memory, to look up what a list or a letter calls them.

It is made from the table of places, or from the installed package where there is no such table. A name is looked up
without its blanks, because people write names together and apart.
"""

import csv
from bisect import bisect_left
from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError
from django.utils.functional import cached_property

from simpul.places.loading import package_names
from simpul.places.models import Edition, Place
from simpul.places.regions import LEVELS, is_within, path_name
from simpul.places.spelling import ABBREVIATIONS, KIND_OF_WORD, distance, key_of, letters, slips_allowed, written_out

PROVINCE, REGENCY, DISTRICT, VILLAGE = range(len(LEVELS))

# Words that say a level or a street, and yet are part of some names: "Kec. Kota Baru", "Desa Lorong Bugis".
KIND_WORDS = frozenset(KIND_OF_WORD) | frozenset(
    ["lingkungan", "jalan", "gang", "komplek", "lorong", "blok", "dukuh", "no"]
)
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 '.-")

# The whole country, as a place that holds all others.
COUNTRY = ""


def installed():
    """The gazetteer of the table of places; of the installed package where there is no table of the whole country."""
    try:
        editions = dict(Edition.objects.order_by("scope").values_list("scope", "fingerprint"))
        # People come from anywhere: a table of one region would call the rest of the country unknown.
        if editions and COUNTRY not in editions:
            return of_package()
        edition = "".join(editions.values())
        # Without an edition the rows were put in by hand, and may change at any time.
        return _of_edition(edition) if edition or not Place.objects.exists() else _of_table()
    except DatabaseError:
        return of_package()


@lru_cache(maxsize=1)
def of_package():
    """The gazetteer of the installed package, without a look at any database."""
    return Gazetteer(package_names())


class Gazetteer:
    """{code: name} of the places, and which codes a name may mean. `memo` is for who resolves many of the same."""

    def __init__(self, names):
        self.names = names
        self.memo = {}
        self._by_level = ({}, {}, {}, {})
        self._postings = ({}, {}, {}, {})
        self._odd = {}
        for code, name in names.items():
            key = _fast_key(name, is_regency=len(code) == 5)
            self._add(code, key)
            if not KIND_WORDS.isdisjoint(key.split()) or not _PLAIN.issuperset(name):
                self._note_odd(tuple(key.split()))
        for code, written in other_names():
            if code in names:
                self._add(code, key_of(written))

    @cached_property
    def codes(self):
        """The codes of each level, sorted."""
        levels = ([], [], [], [])
        for code in self.names:
            levels[code.count(".")].append(code)
        return tuple(sorted(level) for level in levels)

    def is_name(self, words, level):
        """Whether some place of the country at this level has that very name."""
        return any(text in self._by_level[level] for text in written_out(words))

    def named(self, words, level, *, scopes=(COUNTRY,)):
        """Codes of the places that have that very name and agree with one of the scopes; as written comes first."""
        as_written, *in_full = written_out(words)
        found = narrowed(self._by_level[level].get(as_written, ()), scopes)
        if found or not in_full:
            return found
        return frozenset().union(*(narrowed(self._by_level[level].get(text, ()), scopes) for text in in_full))

    def beginning(self, words, level):
        """Codes of the places whose names go on where these words end: "Putussibau" in "Putussibau Utara"."""
        text = "".join(words)
        if len(text) < 5:
            return frozenset()
        by_name = self._by_level[level]
        return frozenset(code for name, codes in by_name.items() if name.startswith(text) for code in codes)

    def odd_name(self, words):
        """How many of the first words are a name that holds a word of kind or a sign: "Kota Baru", "Ampel/Dua"."""
        for name in self._odd.get(words[0], ()):
            if words[: len(name)] == name:
                return len(name)
        return 0

    def misspelt(self, words, level, *, scope):
        """Codes of places below the scope whose name is some slips away: more than one when in doubt."""
        # An abbreviation alone is no name with a slip: "Pr" is not "Darit" for being "parit".
        texts = written_out(words) if len(words) > 1 else ("".join(words),)
        found = set()
        for code in self.below(scope, level):
            for name in self._names_of(code):
                if any(_is_slip_of(text, words, name, is_village=level == VILLAGE) for text in texts):
                    found.add(code)
        return frozenset(found)

    def nearest(self, words, level, *, scopes, limit=8):
        """Codes of places below the scopes whose names look most like it, best first."""
        pairs = _pairs("".join(words))
        ranked = []
        for code in (code for scope in scopes for code in self.below(scope, level)):
            own = _pairs(_fast_key(self.names[code], is_regency=level == REGENCY).replace(" ", ""))
            alike = 2 * len(pairs & own) / (len(pairs) + len(own) or 1)
            if alike >= 0.3:
                ranked.append((-alike, code))
        return [code for _, code in sorted(ranked)[:limit]]

    def below(self, scope, level):
        """The codes of one level that lie in the scope, or the scope itself, sorted."""
        codes = self.codes[level]
        if scope == COUNTRY:
            return codes
        if scope.count(".") == level:
            return [scope]
        return codes[bisect_left(codes, f"{scope}.") : bisect_left(codes, f"{scope}/")]

    def label(self, code, *, near):
        """The name to show for a code: "Jagoi, Kec. Jagoi Babang, Kab. Bengkayang"."""
        return path_name(code, names=self.names, province=not is_within(code, near))

    def _names_of(self, code):
        """The names of a place by which a slip is found, in words."""
        level = code.count(".")
        if code not in self._postings[level]:
            key = _fast_key(self.names[code], is_regency=level == REGENCY)
            self._postings[level][code] = (tuple(key.split()),)
        return self._postings[level][code]

    def _note_odd(self, words):
        if len(words) > 1:
            names = self._odd.setdefault(words[0], [])
            if words not in names:
                names.append(words)
                names.sort(key=len, reverse=True)

    def _add(self, code, key):
        by_name = self._by_level[code.count(".")]
        words = key.split()
        texts = written_out(tuple(words)) if not ABBREVIATIONS.keys().isdisjoint(words) else ("".join(words),)
        # The second reading is what an official abbreviation stands for: "Sei Rampah" is also "Sungai Rampah".
        for text in texts[:2]:
            codes = by_name.get(text, ())
            if code not in codes:
                by_name[text] = (*codes, code)


def narrowed(codes, scopes):
    """What is left of the scopes when one of the codes must hold too: the deeper of each two that agree."""
    if not codes:
        return frozenset()
    if COUNTRY in scopes:
        return frozenset(codes)
    found = set()
    for code in codes:
        for scope in scopes:
            if code == scope or code.startswith(f"{scope}."):
                found.add(code)
            elif scope.startswith(f"{code}."):
                found.add(scope)
    return frozenset(found)


@lru_cache(maxsize=1)
def other_names():
    """(code, name) of short, older and spoken names from our own list."""
    with open(settings.DATA / "regions.csv", encoding="utf-8", newline="") as file:
        return [(row["code"], row["written"]) for row in csv.DictReader(file)]


def _is_slip_of(text, words, name, *, is_village):
    """Whether a written name is another name with slips: in each word no more than its length allows.

    Words written together or apart count as one slip. Numbers and single letters must be the same: they tell
    "Sungai Jaga A" from "Sungai Jaga B".
    """
    whole = "".join(name)
    most = slips_allowed(whole)
    if not most or abs(len(whole) - len(text)) > most:
        return False
    if (letters(whole) ^ letters(text)).bit_count() > 2 * most:
        return False
    if len(words) == len(name) and text == "".join(words):
        return _slips(words, name, is_village=is_village) <= most
    if _marks(words) != _marks(name):
        return False
    return distance(text, whole, most=most) <= most


def _slips(words, name, *, is_village):
    # Names of villages differ by one letter in a short word ("Nanga Lau", "Nanga Raun"), those of larger places do not.
    short = 0 if is_village else 1
    slips = 0
    for written, word in zip(words, name, strict=True):
        if written != word:
            allowed = slips_allowed(word) or (short if len(word) == 4 < len("".join(name)) - 3 else 0)
            own = distance(written, word, most=allowed) if allowed else 1
            slips += own if own <= allowed else 100
    return slips


def _marks(words):
    return sorted(word for word in words if len(word) == 1 or word.isdigit() or set(word) <= {"i", "v", "x"})


def _pairs(text):
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _fast_key(name, *, is_regency):
    """`spelling.key_of`, without its work for the many names that are plain words."""
    if not is_regency and name.isascii() and name.replace(" ", "").isalpha():
        return name.lower()
    return key_of(name, is_regency=is_regency)


def _of_table():
    return Gazetteer(dict(Place.objects.filter(retired_on=None).order_by().values_list("code", "name").iterator(5000)))


@lru_cache(maxsize=1)
def _of_edition(edition):
    return _of_table() if edition else of_package()
