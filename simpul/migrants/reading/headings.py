"""Headings: which column a heading names, however it is written, in one row or over three."""

import re
from functools import lru_cache
from typing import NamedTuple

from simpul.lib.texts import folded
from simpul.migrants.reading import heading_words

LONGEST = 90
_BRACKETS = re.compile(r"[()\[\]]")


class Match(NamedTuple):
    """The code a heading means, and how surely: below 1 it is nothing. A weak one may also be a value in a cell."""

    code: str
    score: float
    is_weak: bool


NONE = Match("", 0, True)


def key_of(parts):
    """What a sender's habit is remembered under: the heading as it stands over its rows, folded."""
    return folded(" ".join(dict.fromkeys(part for part in parts if part)))


def is_of_another(parts):
    """Whether a heading speaks of somebody else than the person of the row: "No. HP Penjemput", "Nama Pelaku"."""
    return any(not _ANOTHER.isdisjoint(heading_words.tokens(part)) for part in parts if part)


_ANOTHER = frozenset(
    "penjemput pelapor petugas perekrut pendamping saksi pelaku tersangka tsk calo tekong penyidik".split()  # noqa: SIM905
) - heading_words.WORDS  # fmt: skip


@lru_cache(maxsize=20_000)
def of(parts, *, is_spelled=False):
    """The best match of a heading whose `parts` stand above each other, top first."""
    parts = tuple(dict.fromkeys(part for part in parts if part))
    if not parts or sum(map(len, parts)) > LONGEST * len(parts):
        return NONE
    if is_of_another(parts):
        return NONE
    found = _best(parts, is_spelled)
    if not found.code and any("(" in part or "[" in part for part in parts):
        found = _best(tuple(_BRACKETS.sub(" ", part) for part in parts), is_spelled)
    if not found.code and len(parts) > 1:
        found = _best(parts[-1:], is_spelled)
    return found


def is_like_heading(text):
    """Whether a cell could be part of a header: all its words are words of headings."""
    found = heading_words.tokens(text) if len(text) <= LONGEST else ()
    return bool(found) and all(
        word in heading_words.WORDS or word in heading_words.FILLERS or word in heading_words.GROUPS for word in found
    )


def is_group(text):
    """Whether a cell may stand over several columns: "ALAMAT", "JENIS KELAMIN", "IDENTITAS DIRI"."""
    found = heading_words.tokens(text)
    return bool(found) and all(word in heading_words.GROUPS or word in heading_words.FILLERS for word in found)


def _best(parts, is_spelled):
    lists = [_words_of(part, is_spelled) for part in parts]
    whole, last = frozenset().union(*lists), lists[-1]
    if _names_both_sexes(last):
        return Match("sex", 4, last <= heading_words.WEAK | heading_words.FILLERS)
    found = heading_words.phrases_in(whole)
    if not found or len(whole) > 14:
        return NONE
    explained = {}
    for phrase, code in found:
        explained.setdefault(code, set()).update(phrase)
    ranked = [(_score(phrase, whole, last, explained[code]), len(phrase), code, phrase) for phrase, code in found]
    # "Nama Kecamatan" is the name of a place.
    score, _, code, phrase = max(ranked, key=lambda each: (each[0], each[1], each[2] != "name"))
    if score < 1:
        return NONE
    # One word of a heading among others may as well stand in a cell: "dijemput keluarga", "Kab. Sintang".
    is_loose = len(phrase) == 1 and bool(whole - explained[code] - heading_words.FILLERS)
    return Match(code, score, is_loose or phrase <= heading_words.WEAK)


_MALE = frozenset(["l", "laki", "pria", "lelaki", "male", "m"])
_FEMALE = frozenset(["p", "perempuan", "wanita", "female", "f", "w"])


def _names_both_sexes(found):
    """L/P, Laki/Pr, P/W, M/F: both sexes in one heading, whatever they are called."""
    is_both = bool(found & _MALE and found & _FEMALE) or {"p", "w"} <= found
    return is_both and "umur" not in found


def _words_of(part, is_spelled):
    found = heading_words.tokens(part)
    return frozenset(heading_words.spelled(word) for word in found) if is_spelled else frozenset(found)


def _score(phrase, whole, last, explained):
    """Two for each word of the phrase, less one for each that it leaves unexplained; the lowest row counts more."""
    left = whole - explained - heading_words.FILLERS
    return 2 * len(phrase) - 1.0 * len(left) + 0.5 * len(phrase & last) - (0.5 if not phrase & last else 0)
