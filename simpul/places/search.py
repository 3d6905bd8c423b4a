"""Finding a place by how people write it: "Sei Raya", "kec. jagoi babang", "Skw", "entikong sanggau", "bengkyang".

The places of the installation's region and all regencies of Indonesia wait in memory, by the words of their names;
there, inner words and slips of the finger are understood. Districts and villages elsewhere are looked up in the
table by whole name or by how it begins. A place is a match when the words written fit its own name or the names of
what it lies in; the more of them fit, and the less of the name is missing, the higher its score.
"""

import csv
from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from heapq import nlargest
from math import log
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Q

from simpul.lib.texts import folded
from simpul.places.models import Edition, Place
from simpul.places.regions import ancestors, is_code, is_within, level_of, path_name, within
from simpul.places.spelling import distance, letters, readings, slips_allowed

# A place of the own region comes before one elsewhere unless it fits this much worse.
HOME_ADVANTAGE = 0.12

# Enough matches as good as this in the region spare the look-up in the rest of Indonesia: none there comes before.
GOOD = 1 - HOME_ADVANTAGE

ORDER = {Place.Level.REGENCY: 0, Place.Level.PROVINCE: 1, Place.Level.DISTRICT: 2, Place.Level.VILLAGE: 3}

MOST_CANDIDATES = 200

# "sukamaju" alone is the name of 66 villages; a place that narrows it must find the right one among them.
MOST_ELSEWHERE = 400
MOST_BEGINNINGS = 40


class Match(NamedTuple):
    """A place that may be meant, with the words to show for it and how well it fits (1 is best)."""

    place: Place
    label: str
    score: float


class Entry(NamedTuple):
    """One name of one place, in words."""

    code: str
    words: tuple
    kind: str
    worth: float = 1.0


def find(text, *, near="61", limit=8, at_least=0.5):
    """Places that a text may mean, best first; `near` is the code of the region that comes first."""
    fits = {text.strip(): 1.0} if is_code(text.strip()) else {}
    index = _index(near)
    for words in readings(text, short_forms=index.short_forms):
        words = index.joined(words)
        asked = _Asked(words, index)
        _keep_best(fits, asked.fits(index.candidates(asked), above=index.above))
        if sum(is_within(code, near) and fit >= GOOD for code, fit in fits.items()) < limit:
            entries, above = _elsewhere(asked, index)
            _keep_best(fits, asked.fits(entries, above=above))
    best = sorted((code for code, fit in fits.items() if fit >= at_least), key=lambda code: _rank(code, fits, near))
    return _matches(best[:limit], fits, near=near)


def _rank(code, fits, near):
    advantage = HOME_ADVANTAGE if is_within(code, near) else 0
    return -round(fits[code] + advantage, 3), ORDER[level_of(code)], code


def _keep_best(fits, found):
    for code, fit in found:
        if fit > fits.get(code, 0):
            fits[code] = fit


def _matches(codes, fits, *, near):
    """Matches for codes, with one query for all names on the labels."""
    wanted = set(codes).union(*map(ancestors, codes)) if codes else set()
    places = Place.objects.in_bulk(wanted) if wanted else {}
    names = {code: place.name for code, place in places.items()}
    return [
        Match(places[code], path_name(code, names=names, province=not is_within(code, near)), round(fits[code], 3))
        for code in codes
        if code in places and not places[code].retired_on
    ]


class _Asked:
    """The words of one reading of a text, and how alike each is to the words of names."""

    def __init__(self, words, index):
        self.words = words
        self.index = index
        self.alike = [index.alike(word.text) for word in words]
        self.needed = [i for i, word in enumerate(words) if not word.is_passing]

    def fits(self, entries, *, above):
        """(code, fit) for each entry, from 0 to 1; `above` has, by code, the names in words that places lie in."""
        return [(entry.code, self.fit(entry, above=above)) for entry in entries]

    def fit(self, entry, *, above):
        """How well the words fit a name and the names above it."""
        used, own, own_weight, right_kind = {}, 0.0, 0.0, 1.0
        for part in entry.words:
            weight = self.index.weight(part)
            own_weight += weight
            i = self._best_word(part, entry.kind, used)
            if i is None:
                continue
            used[i] = self.likeness(i, part)
            own += weight * used[i]
            right_kind *= self._kind_factor(i, entry.kind)
        if not used:
            return 0.0
        in_own = sum(i in used for i in self.needed)
        self._use_names_above(entry.code, used, above=above)
        explained = sum(used.get(i, 0) for i in self.needed) / len(self.needed)
        fit = 0.55 * explained + 0.35 * own / own_weight + 0.1 * in_own / len(self.needed)
        return fit * right_kind * entry.worth

    def likeness(self, i, part):
        """How alike the written word and a word of a name are; words of names elsewhere must be the same."""
        return self.alike[i].get(part) or float(self.words[i].text == part)

    def _best_word(self, part, kind, used):
        best, best_rank = None, (0.0, 0.0)
        for i in range(len(self.words)):
            if i not in used and (likeness := self.likeness(i, part)):
                rank = (likeness, self._kind_factor(i, kind))
                if rank > best_rank:
                    best, best_rank = i, rank
        return best

    def _kind_factor(self, i, kind):
        said = self.words[i].kind
        return 1.0 if not said or said == kind else 0.75

    def _use_names_above(self, code, used, *, above):
        """Match what is left with the names above, the best fitting first."""
        names = [name for upper in reversed(ancestors(code)) for name in above.get(upper, ())]
        for name in sorted(names, key=lambda name: -sum(self._part_of_name(name, used).values())):
            used.update(self._part_of_name(name, used))

    def _part_of_name(self, name, used):
        """{number of a written word: likeness} for one name above; half of a name explains half of a word."""
        taken = dict(used)
        for part in name:
            i = self._best_word(part, "", taken)
            if i is not None:
                taken[i] = self.likeness(i, part)
        found = {i: likeness for i, likeness in taken.items() if i not in used}
        return {i: likeness * len(found) / len(name) for i, likeness in found.items()}


class _Index:
    """Names in memory: the region `near`, all regencies and provinces of Indonesia, and short or older names."""

    def __init__(self, near):
        in_memory = Q(level__in=[Place.Level.PROVINCE, Place.Level.REGENCY])
        if near:
            in_memory |= within(near, "code")
        rows = list(Place.objects.filter(in_memory, retired_on=None).order_by().values_list("code", "name", "key"))
        self.near = near
        self.entries = [Entry(code, tuple(key.split()), kind_of(code, name)) for code, name, key in rows]
        self.above = {entry.code: [entry.words] for entry in self.entries if len(entry.code) <= len("61.07.07")}
        self.short_forms = {}
        self.postings = {}
        self._post(range(len(self.entries)))
        self._add_written_names({code: place for place, (code, *_) in enumerate(rows)})
        self.vocabulary = sorted(self.postings)
        self.letters = [letters(word) for word in self.vocabulary]

    def candidates(self, asked):
        """Entries with words like the written ones: those that share the most telling words, if there are many."""
        shared = Counter()
        for alike in asked.alike:
            for word, likeness in alike.items():
                worth = likeness * self.weight(word)
                for number in self.postings.get(word, ()):
                    shared[number] += worth
        if len(shared) <= MOST_CANDIDATES:
            return [self.entries[number] for number in shared]
        most = nlargest(MOST_CANDIDATES, shared, key=lambda n: (shared[n], -len(self.entries[n].words), -n))
        return [self.entries[number] for number in most]

    def weight(self, word):
        """How much a word of a name tells: "sungai" stands in many names, "pinyuh" in two."""
        return 1 / (1 + 0.3 * log(len(self.postings.get(word, ())) or 1))

    def alike(self, text):
        """{word of a name: likeness}: the same word 1, a longer word that begins so, or one with a slip, less."""
        found = {text: 1.0} if text in self.postings else {}
        if len(text) >= 3:
            found.update(self._beginning_with(text))
        if text not in self.postings:
            found.update(self._misspelt(text))
        return found

    def joined(self, words):
        """Words written apart that are one ("sing kawang"), or as one that are two ("sungairaya"), as names do."""
        found = []
        for word in words:
            before = found[-1] if found else None
            if before and self._are_one(before.text, word.text):
                found[-1] = before._replace(text=before.text + word.text)
                continue
            found += [word._replace(text=part) for part in self._parts(word.text)]
        return found

    def _are_one(self, first, second):
        return first + second in self.postings and not (first in self.postings and second in self.postings)

    def _parts(self, text):
        if len(text) < 7 or text in self.postings:
            return [text]
        for cut in range(len(text) - 3, 2, -1):
            if text[:cut] in self.postings and text[cut:] in self.postings:
                return [text[:cut], text[cut:]]
        return [text]

    def _beginning_with(self, text):
        found = {}
        for word in self.vocabulary[bisect_left(self.vocabulary, text) :]:
            if not word.startswith(text):
                break
            if word != text:
                found[word] = 0.55 + 0.35 * len(text) / len(word)
        return found

    def _misspelt(self, text):
        if len(text) < 4:
            return {}
        found, own = {}, letters(text)
        for word, others in zip(self.vocabulary, self.letters, strict=True):
            most = slips_allowed(word)
            # Each slip changes at most two letters of the set: most words are told apart without comparing them.
            if not most or abs(len(word) - len(text)) > most or (own ^ others).bit_count() > 2 * most:
                continue
            slips = distance(text, word, most=most)
            if slips <= most:
                found[word] = 0.95 - 0.12 * slips
        return found

    def _post(self, numbers):
        for number in numbers:
            for word in self.entries[number].words:
                self.postings.setdefault(word, []).append(number)

    def _add_written_names(self, place_of):
        """Short forms are read as the name; older and other names are entries of their own, worth a little less."""
        first = len(self.entries)
        for code, written in _written_names():
            if code not in place_of:
                continue
            entry = self.entries[place_of[code]]
            words = tuple(folded(written).split())
            if len(words) == 1 and words[0] not in self.postings:
                self.short_forms.setdefault(words[0], []).append(entry.words)
                continue
            self.entries.append(Entry(code, words, entry.kind, worth=0.97))
            if code in self.above:
                self.above[code].append(words)
        self._post(range(first, len(self.entries)))


def kind_of(code, name):
    """The kind of a place as people say it: a regency is a "kabupaten" or a "kota"."""
    level = level_of(code)
    if level != Place.Level.REGENCY:
        return str(level)
    return "kota" if name.startswith("Kota") else "kabupaten"


def _elsewhere(asked, index):
    """Districts and villages outside the region, by whole name or else by its beginning: entries, and names above."""
    texts = tuple(word.text for word in asked.words)
    phrases = [texts[i:j] for i in range(len(texts)) for j in range(i + 1, min(i + 4, len(texts)) + 1)]
    asked_for = {"".join(words): words for words in phrases} | {" ".join(words): words for words in phrases}
    outside = Place.objects.filter(level__in=[Place.Level.DISTRICT, Place.Level.VILLAGE], retired_on=None)
    if index.near:
        outside = outside.exclude(within(index.near, "code"))
    rows = list(outside.filter(key__in=asked_for).values_list("code", "name", "key")[:MOST_ELSEWHERE])
    whole = " ".join(texts)
    if len(whole) >= 4 and not rows:
        rows = list(outside.filter(_begins(whole)).values_list("code", "name", "key")[:MOST_BEGINNINGS])
    districts = {code[:8] for code, *_ in rows}
    names_above = Place.objects.filter(code__in=districts).values_list("code", "key") if districts else ()
    above = {**index.above, **{code: [tuple(key.split())] for code, key in names_above}}
    return [_entry_elsewhere(*row, asked_for=asked_for, texts=texts) for row in rows], above


def _entry_elsewhere(code, name, key, *, asked_for, texts):
    """A name that is only begun, or is one word where two were written, counts as what was written, but less."""
    words = asked_for.get(key, texts)
    worth = 1.0 if key == " ".join(words) else 0.97 if key in asked_for else 0.85
    return Entry(code, words, kind_of(code, name), worth)


def _begins(text):
    if connection.vendor == "sqlite":
        return Q(key__gte=text, key__lt=f"{text}{{")
    return Q(key__startswith=text)


@lru_cache(maxsize=1)
def _written_names():
    with open(settings.DATA / "regions.csv", encoding="utf-8", newline="") as file:
        return [(row["code"], row["written"]) for row in csv.DictReader(file)]


def _index(near):
    """The names in memory, kept as long as the edition of the places stays the same."""
    edition = "".join(Edition.objects.order_by("scope").values_list("fingerprint", flat=True))
    # Without an edition the rows were put in by hand, and may change at any time.
    return _kept_index(near, edition) if edition else _Index(near)


@lru_cache(maxsize=2)
def _kept_index(near, _edition):
    return _Index(near)
