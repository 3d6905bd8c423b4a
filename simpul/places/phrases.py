"""Phrases: the runs of words of an address, each with what stands before it about its level.

"Dsn. Risau RT 01/02 Ds. Jagoi, Bengkayang" has four: a hamlet, a number of a street, a village, and a word without a
level. Which places the words mean is not decided here.
"""

import re
from typing import NamedTuple

from simpul.lib.texts import folded
from simpul.places.gazetteer import DISTRICT, PROVINCE, REGENCY, VILLAGE
from simpul.places.spelling import KIND_OF_WORD

_HAMLET = dict.fromkeys(["dusun", "dsn", "dukuh", "lingkungan", "lingk", "ling"], "hamlet")
_STREET = dict.fromkeys(
    ["jl", "jln", "jalan", "gg", "gang", "komplek", "komp", "perum", "perumahan", "lorong", "lrg"], "street"
)
_NUMBERED = dict.fromkeys(["rt", "rw", "no", "nomor", "blok"], "street")
KIND = {**KIND_OF_WORD, **_HAMLET, **_STREET, **_NUMBERED}
LEVEL_OF_KIND = {"province": PROVINCE, "kabupaten": REGENCY, "kota": REGENCY, "regency": REGENCY}
LEVEL_OF_KIND |= {"district": DISTRICT, "village": VILLAGE}
_PASSING = frozenset(["di", "dari", "asal", "daerah", "wilayah", "indonesia"])

_OFFICE = frozenset(["administrasi", "administratif", "adm"])

# At the front of a name these say its level more often than they belong to it.
_BEFORE = frozenset(word for word, kind in KIND.items() if kind not in {"kota", "street"})

TOKEN = re.compile(r"[^\W_]+(?:['’`´ʼ‘][^\W_]+)*")
_APART = re.compile(r"[,;:/|()\[\]\n>]|\s[-–—]+\s")


class Part(NamedTuple):
    """A run of words that may be a name. `source` is the level of the column it stands in, or ADDRESS."""

    words: tuple
    kind: str
    spoken: tuple
    tokens: tuple
    source: int
    written: str

    def without(self, *, first=0, last=0):
        """The part after some of its words were taken as a name, from the front or from the end."""
        if first:
            words = self.words[first:]
            return self._replace(words=words, spoken=words, kind="", tokens=self.tokens[-len(words) :])
        return self._replace(words=self.words[:-last], spoken=self.spoken[:-last], tokens=self.tokens[:-last])


def parts_of(text, gazetteer, *, source):
    """The runs of words of a text, between commas, brackets, and words that say a level or a street."""
    reader = _Parts(text, gazetteer, source)
    return reader.read() if reader.words_written else []


class _Parts:
    """Reads a text word by word. A part is a word of kind ("Kec.") and the words after it, or words alone."""

    def __init__(self, text, gazetteer, source):
        self.text = text
        self.gazetteer = gazetteer
        self.source = source
        self.parts = []
        self.spans = [match.span() for match in TOKEN.finditer(text)]
        self.words_written = tuple(folded(text[start:end]) for start, end in self.spans)
        self._begin()

    def read(self):
        number, end = 0, 0
        while number < len(self.spans):
            word, gap = self.words_written[number], self.text[end : self.spans[number][0]]
            if _APART.search(gap):
                self._separate(word, gap)
            whole = self._odd_name_at(number)
            for place in range(number, number + whole):
                self._take_word(place, self.words_written[place])
            if not whole:
                self._take(number, word)
            number += whole or 1
            end = self.spans[number - 1][1]
        self.close()
        return self.parts

    def _odd_name_at(self, number):
        """How many words from here are one name although a word of kind or a sign is among them."""
        if self.words or self.kind == "street":
            return 0
        size = self.gazetteer.odd_name(self.words_written[number : number + 8])
        words = self.words_written[number : number + size]
        if not size or "," in self.text[self.spans[number][0] : self.spans[number + size - 1][1]]:
            return 0
        if LEVEL_OF_KIND.get(self.kind) in (DISTRICT, VILLAGE):
            return size
        # "Kota Medan" is the city, although a village far away has that name too.
        is_city = any(self.gazetteer.is_name(rest, REGENCY) for rest in (words[1:], words[:-1]))
        return 0 if is_city and "kota" in words else 0 if words[0] in _BEFORE else size

    def _begin(self):
        self.kind, self.marks, self.words = "", [], []
        self.is_numbered = self.is_after_name = False

    def _take(self, number, word):
        kind = KIND.get(word)
        if kind and self._take_mark(number, word, kind):
            return
        if len(word) == 5 and word.isdigit() and self.kind != "street":
            self.close()
        elif self.kind == "street" and self.is_numbered and not word[:1].isdigit():
            self.close()
            self.words.append((number, word))
        elif word and not (not self.words and word in (_OFFICE if self.marks else _PASSING)):
            self._take_word(number, word)

    def _take_word(self, number, word):
        self.is_numbered = self.is_numbered or word[:1].isdigit()
        self.words.append((number, word))

    def _separate(self, word, gap):
        if self.marks and not self.words and (":" in gap or self._awaits_a_name(word, gap)):
            return
        if self.kind == "street" and word[:1].isdigit() and self.marks[0][1] in _NUMBERED:
            return
        self.close()

    def _awaits_a_name(self, word, gap):
        """Whether a name still follows: "Kab/Kota Sambas" and "Kec, Ledo", not "Pontianak Kota, Mariana"."""
        level = LEVEL_OF_KIND.get(self.kind)
        if level is None:
            return self.marks[0][1] in _NUMBERED
        return level == LEVEL_OF_KIND.get(KIND.get(word)) or not (self.is_after_name or ")" in gap)

    def _take_mark(self, number, word, kind):
        """Whether the word says what follows; if not, it belongs to a name: "Kec. Dusun Selatan"."""
        if not self.marks or self.words or self.marks[-1][1] in _NUMBERED or self.kind == "hamlet":
            is_after_name = bool(self.words) and not self.marks
            self.close()
            self.kind, self.marks, self.is_after_name = kind, [(number, word)], is_after_name
            return True
        if LEVEL_OF_KIND.get(kind) != LEVEL_OF_KIND.get(self.kind) or kind == "street":
            return False
        if word == self.marks[-1][1]:
            self.close()
        self.kind = "regency" if self.kind not in ("", kind) else kind
        self.marks.append((number, word))
        return True

    def close(self):
        """End the part that is being read."""
        marks, words, kind = self.marks, self.words, self.kind
        self._begin()
        if words:
            self._add(words, kind, marks + words)
        elif marks and self.parts and kind in LEVEL_OF_KIND:
            self._mark_last(marks, kind)
        elif marks:
            self._add(marks, "", marks)

    def _mark_last(self, marks, kind):
        """The word of kind came after the name: "Bekasi Kota", "Pontianak (Kab)"; or it ends one: "Lima Puluh Kota"."""
        last = self.parts.pop()
        spoken = (*last.spoken, *(word for _, word in marks))
        tokens = (*last.tokens, *(number for number, _ in marks))
        if not last.kind and LEVEL_OF_KIND[kind] == REGENCY:
            self.parts.append(last._replace(kind=kind, spoken=spoken, tokens=tokens))
            return
        words = (*last.words, *(word for _, word in marks))
        self.parts.append(last._replace(words=words, spoken=spoken, tokens=tokens))

    def _add(self, words, kind, spoken):
        written = self.text[self.spans[words[0][0]][0] : self.spans[words[-1][0]][1]]
        self.parts.append(
            Part(
                words=tuple(part for _, word in words for part in word.split()),
                kind=kind,
                spoken=tuple(part for _, word in spoken for part in word.split()),
                tokens=tuple(number for number, _ in spoken),
                source=self.source,
                written=written,
            )
        )
