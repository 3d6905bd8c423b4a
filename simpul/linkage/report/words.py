"""Why two records may be one person, in words: a sentence for each field and how it compares."""

from typing import NamedTuple

from simpul.lib.speech import _, gettext_noop, written
from simpul.linkage.matching import compare

FOR, NEITHER, AGAINST = 1, 0, -1


class Reason(NamedTuple):
    """One sentence; `speaks` for or against one person, and `values` is whose words may be shown beside it."""

    field: str
    sentence: str
    speaks: int
    values: str = ""


def bits(weight):
    """A weight with its sign; what rounds to nothing has none."""
    shown = f"{weight:+.1f}"
    return written("0.0" if shown in ("+0.0", "-0.0") else shown)


def probability(value):
    """Three digits behind the point. Nothing is ever quite certain, so nothing is shown as 1 or as 0."""
    if value >= 0.9995:
        return written("> 0.999")
    return written("< 0.001" if value < 0.0005 else f"{value:.3f}")


# What a chart calls each compared field; NIK and date of birth are compared as one.
FIELDS = {
    "nik": gettext_noop("NIK"),
    "date": gettext_noop("date of birth"),
    "name": gettext_noop("name"),
    "father": gettext_noop("father's name"),
    "mother": gettext_noop("mother's name"),
    "identity": gettext_noop("NIK and date of birth"),
    "number": gettext_noop("another identity number"),
    "passport": gettext_noop("passport"),
    "phone": gettext_noop("telephone"),
    "sex": gettext_noop("sex"),
    "village": gettext_noop("village"),
    "regency": gettext_noop("regency or city"),
    "postcode": gettext_noop("postcode"),
    "address": gettext_noop("address"),
}
# What weighs beside the fields of a pair. The place is what a pair starts with, before anything else is compared; its
# level says again what those of village and regency say.
PLACE = "place"
BESIDE = {"context": gettext_noop("what the other records say")}
# The order in which reasons are told.
ORDER = (
    "identity",
    "name",
    "father",
    "mother",
    "passport",
    "phone",
    "number",
    "address",
    "village",
    "regency",
    "postcode",
    "sex",
)

_NIK = {
    1: (gettext_noop("the NIK differs"), AGAINST),
    2: (gettext_noop("the NIK differs in one part"), FOR),
    3: (gettext_noop("the NIK differs in the year of birth only"), FOR),
    4: (gettext_noop("the NIK is the same"), FOR),
}
_YEARS = {
    1: (gettext_noop("the year of birth is far apart"), AGAINST),
    2: (gettext_noop("the year of birth differs by 3 or 4 years"), AGAINST),
    3: (gettext_noop("the year of birth differs by 2 years"), NEITHER),
    4: (gettext_noop("the year of birth differs by 1 year"), NEITHER),
    5: (gettext_noop("the year of birth is the same"), FOR),
}
_DATE = _YEARS | {
    6: (gettext_noop("the date of birth is the same"), FOR),
    7: (gettext_noop("day and month of birth are swapped"), FOR),
    8: (gettext_noop("the date of birth is the same, 1 January"), FOR),
    9: (gettext_noop("the date of birth differs in the day or the month"), FOR),
    10: (gettext_noop("the date of birth differs"), AGAINST),
    11: (gettext_noop("the date of birth differs, and the year is far apart"), AGAINST),
    12: (gettext_noop("the date of birth differs, and the year by 3 or 4"), AGAINST),
    13: (gettext_noop("the date of birth differs, and the year by 2"), AGAINST),
    14: (gettext_noop("the date of birth differs, and the year by 1"), AGAINST),
    15: (gettext_noop("day and month of birth differ, the year is the same"), AGAINST),
    16: (gettext_noop("day and month of birth are the same, the year differs by 1"), FOR),
    17: (gettext_noop("day and month of birth are the same, the year differs by 2 or 3"), FOR),
    18: (gettext_noop("day and month of birth are the same, the year differs by 4 to 10"), FOR),
    19: (gettext_noop("day and month of birth are the same, the year is far apart"), NEITHER),
}
_NAME_KINDS = {
    compare.PART_ROUGHLY: (gettext_noop("a part of the name is roughly the same"), NEITHER),
    compare.PART: (gettext_noop("a part of the name is the same"), NEITHER),
    compare.SUBSET_ROUGHLY: (gettext_noop("one name is roughly a part of the other"), FOR),
    compare.SUBSET_NEARLY: (gettext_noop("one name is nearly a part of the other"), FOR),
    compare.SUBSET: (gettext_noop("one name is a part of the other"), FOR),
    compare.ALL_ROUGHLY: (gettext_noop("the name is roughly the same"), FOR),
    compare.ALL_NEARLY: (gettext_noop("the name is nearly the same"), FOR),
    compare.ALL: (gettext_noop("the name sounds the same"), FOR),
}
_NAME_SAME = gettext_noop("the name is the same")
_NAMES = {
    compare.NAME_DIFFERS: (gettext_noop("the name differs"), AGAINST),
    compare.WRITTEN_APART: (gettext_noop("the name is written alike, put together or apart"), FOR),
    compare.NEARLY_WRITTEN: (gettext_noop("the name is written nearly alike"), FOR),
    compare.CALLED_AFTER: (gettext_noop("the name differs; one of the two is called after a relative"), NEITHER),
    compare.JOINED: (gettext_noop("the name is nearly the same, put together or apart"), FOR),
}
_ALIAS = (gettext_noop("one name is the other's alias"), FOR)
_RELATIVES = {
    "father": (
        (gettext_noop("the father's name differs"), AGAINST),
        (gettext_noop("the father's name is roughly the same"), FOR),
        (gettext_noop("the father's name is nearly the same"), FOR),
        (gettext_noop("the father's name sounds the same"), FOR),
    ),
    "mother": (
        (gettext_noop("the mother's name differs"), AGAINST),
        (gettext_noop("the mother's name is roughly the same"), FOR),
        (gettext_noop("the mother's name is nearly the same"), FOR),
        (gettext_noop("the mother's name sounds the same"), FOR),
    ),
}
_SIMPLE = {
    "number": {
        1: (gettext_noop("the other identity number differs"), AGAINST),
        2: (gettext_noop("the other identity number differs in one part"), FOR),
        3: (gettext_noop("the other identity number differs in one part"), FOR),
        4: (gettext_noop("the other identity number is the same"), FOR),
    },
    "sex": {
        1: (gettext_noop("the sex differs"), AGAINST),
        2: (gettext_noop("the sex is the same"), NEITHER),
        3: (gettext_noop("the sex differs"), AGAINST),
        4: (gettext_noop("the sex is the same"), NEITHER),
    },
    "passport": {
        1: (gettext_noop("the passport differs"), AGAINST),
        2: (gettext_noop("the passport is the same"), FOR),
    },
    "phone": {1: (gettext_noop("the telephone differs"), NEITHER), 2: (gettext_noop("the telephone is the same"), FOR)},
    "postcode": {
        1: (gettext_noop("the postcode differs"), AGAINST),
        2: (gettext_noop("the postcode is the same"), FOR),
        3: (gettext_noop("the postcode is the same"), FOR),
    },
    "address": {
        1: (gettext_noop("the address differs"), AGAINST),
        2: (gettext_noop("a part of the address is the same"), NEITHER),
        3: (gettext_noop("most of the address is the same"), FOR),
        4: (gettext_noop("the address is the same"), FOR),
    },
}
_PLACES = {
    "village": ((gettext_noop("the village differs"), AGAINST), (gettext_noop("the village is the same"), FOR)),
    "regency": ((gettext_noop("the regency differs"), AGAINST), (gettext_noop("the regency is the same"), FOR)),
}


def reasons_of(field, level):
    """The reasons that a field's level holds: none where it cannot be compared, two where it tells NIK and date."""
    if field == "identity":
        nik, date = _NIK.get(level // 20), _DATE.get(level % 20)
        return [Reason(part, *found) for part, found in (("nik", nik), ("date", date)) if found]
    found = _found(field, level)
    if not found:
        return []
    return [Reason(field, *found, "name" if field == "name" else "")]


def _found(field, level):
    if not level:
        return None
    if field == "name":
        return _name(level)
    if field in _RELATIVES:
        sentences = _RELATIVES[field]
        return sentences[0] if level == 1 else sentences[1 + min((level - 2) // 8, 2)]
    if field in _PLACES:
        return _PLACES[field][level > 1]
    return _SIMPLE.get(field, {}).get(level)


def _name(level):
    if level in _NAMES:
        return _NAMES[level]
    if level >= compare.BY_ALIAS:
        return _ALIAS
    return _NAME_KINDS[(level - compare.FIRST_KIND) // compare.BANDS]


class Told:
    """Reasons of pairs as one line each. Pairs that compare alike are worded once."""

    def __init__(self, levels):
        self.fields = [name for name in ORDER if name in levels] + sorted(levels.keys() - set(ORDER))
        self.known = {}

    def reasons(self, pair):
        """The reasons of a pair's levels, a tuple in the order of `fields`."""
        return [
            reason for name, level in zip(self.fields, pair, strict=True) for reason in reasons_of(name, int(level))
        ]

    def line(self, pair, left="", right=""):
        """The line for a pair whose names are `left` and `right`, where they may be shown."""
        found = self.known.get(pair)
        if found is None:
            found = self.known[pair] = self._worded(pair)
        before, told, after = found
        return f"{before}{_with_names(told, left, right)}{after}" if told else before

    def _worded(self, pair):
        """(what stands before the sentence on the name, that sentence, what stands after it)."""
        found = [
            reason for reason in self.reasons(pair) if reason.speaks != NEITHER or reason.field in ("name", "date")
        ]
        agreeing = [reason for reason in found if reason.speaks != AGAINST]
        against = [reason for reason in found if reason.speaks == AGAINST]
        told = "; ".join(_marked(reason) for reason in agreeing)
        if against:
            but = _("but %(against)s") % {"against": "; ".join(_marked(reason) for reason in against)}
            told = f"{told}; {but}" if told else but
        before, mark, rest = told.partition(_MARK)
        sentence, _mark, after = rest.partition(_MARK)
        return before, sentence if mark else "", after


# Around the sentence that names may be shown beside.
_MARK = "\x00"


def _marked(reason):
    sentence = _(reason.sentence)
    return f"{_MARK}{sentence}{_MARK}" if reason.values else sentence


def _with_names(sentence, left, right):
    """The sentence with what differs between the names: "the name sounds the same (SYARIF/SARIP)"."""
    if not left or not right:
        return sentence
    one, other = left.split(), right.split()
    if sorted(one) == sorted(other):
        return _(_NAME_SAME) if sentence == _(_NAME_KINDS[compare.ALL][0]) else sentence
    only = " ".join(word for word in one if word not in other), " ".join(word for word in other if word not in one)
    return f"{sentence} ({only[0] or '-'}/{only[1] or '-'})"
