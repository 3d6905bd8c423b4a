"""Printed totals: sums below a list, recapitulations beside it or on another sheet, counts in its title.

They are never people. Each is compared with the rows that were read, and every difference is said.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from simpul.migrants.reading import structure, words
from simpul.migrants.reading.findings import Totals
from simpul.places.regions import is_within

_NUMBER = re.compile(
    r"^(\d{1,3}(?:\.\d{3})+|\d{1,6})(?:\.0)?\s*(?:orang|org|pmi|wni|jiwa|people)?\s*\.?$", re.IGNORECASE
)
_IN_TEXT = re.compile(
    r"(?:(laki\s*-?\s*laki|lelaki|perempuan|wanita|pria|male|female)(?:\s*dewasa)?\s*[:=]?|(?<![a-z])([LP])\s*[:=])"
    r"\s*(\d{1,5})\b(?!\s*[-/.]\s*\d)",
    re.IGNORECASE,
)
_ALL_IN_TEXT = re.compile(r"(?:jumlah|total|jml|sebanyak)\D{0,30}?(\d{1,6})\b", re.IGNORECASE)


class Span(NamedTuple):
    """The rows that a sum may stand for: those of its table, those since the last sum, up to here."""

    table: int
    since: int
    end: int
    row: int
    section: str = ""

    def begins(self):
        """Where the counted rows may begin, the likeliest first."""
        return dict.fromkeys((self.since, self.table, 0) if self.since < self.end else (0, self.table))


@dataclass
class Printed:
    """What a file prints of sums, gathered while its rows are read."""

    sums: dict = field(default_factory=dict)
    parts: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    def put(self, key, number):
        """Keep a sum. The largest that a list prints for everybody is that of everybody."""
        if key == "total":
            self.sums[key] = max(number, self.sums.get(key, 0))
        else:
            self.sums.setdefault(key, number)

    def text(self, text):
        """Keep the sums within a sentence."""
        for key, number in sexes_in(text).items():
            self.put(key, number)

    def part(self, sums, rows):
        """Sums below some rows, that may be theirs or those of all rows so far."""
        self.parts.append((sums, rows))


def sexes_in(text):
    """The sums by sex within a sentence: "Laki-laki : 273 orang, perempuan : 54 orang"."""
    found = {}
    for word, letter, number in _IN_TEXT.findall(text):
        key = words.SEXES.get(re.sub(r"[\s-]+", " ", (word or letter).lower()))
        if key:
            found.setdefault(f"sex:{key}", int(number))
    return found


def number_in(text):
    """A count in a cell, or None."""
    match = _NUMBER.match(text)
    return int(match[1].replace(".", "")) if match else None


def take_total_row(printed, row, codes, setting, *, rows):
    """A row such as "JUMLAH | 273 | 54": its numbers by their columns, or by its label."""
    label, numbers = _label_and_numbers(row, codes)
    key = setting.label_key(label) if label else "total"
    by_sex, rest = _by_column(numbers, codes)
    text = " ".join(text for text in row if text)
    if by_sex:
        rest = rest or [sum(by_sex.values())]
    elif key not in ("sex:L", "sex:P"):
        by_sex = sexes_in(text)
        in_text = _ALL_IN_TEXT.search(text)
        rest = rest or ([int(in_text[1])] if in_text else [sum(by_sex.values())] if by_sex else [])
    found = _sum_of(rest)
    if found is None:
        return
    if key and key != "total":
        printed.put(key, found)
    else:
        printed.part({"total": found, **by_sex}, rows)


def _by_column(numbers, codes):
    """(sums by sex, the other sums): what stands under ages and running numbers is neither."""
    by_sex, rest = {}, []
    if len(numbers) == 1:
        # One count alone is that of everybody, whatever column it happens to stand under.
        return {}, list(numbers.values())
    for column, each in numbers.items():
        code = codes.get(column)
        if code in ("sex_male", "sex_female"):
            by_sex["sex:L" if code == "sex_male" else "sex:P"] = each
        elif code not in ("age", "number"):
            rest.append(each)
    return by_sex, rest


def recap_heads(row, setting):
    """{column: "total", "sex:L" or "sex:P"} of the headings of a recapitulation; empty for any other row."""
    if any(number_in(text) is not None for text in row if text):
        return {}
    keys = {column: setting.label_key(text) for column, text in enumerate(row) if text and len(text) < 20}
    found = {column: key for column, key in keys.items() if key in ("total", "sex:L", "sex:P")}
    return found if "total" in found.values() and len(found) > 1 else {}


def take_recap_row(printed, row, setting, heads=None):
    """A line of a recapitulation: a label, and a count or counts of which one is their sum. False for anything else.

    `heads` tell which of the counts are of men, of women, of all.
    """
    filled = [(column, text) for column, text in enumerate(row) if text and text not in (":", "=")]
    labels = [(column, text) for column, text in filled if number_in(text) is None]
    if len(labels) != 1:
        return False
    place, label = labels[0]
    numbers = {column: number_in(text) for column, text in filled if column > place}
    label, own = structure.section_text(label)
    if not numbers and own is not None:
        numbers = {place: own}
    key = setting.label_key(label)
    if not numbers or key is None:
        return False
    headed = {heads[column]: number for column, number in numbers.items() if column in heads} if heads else {}
    found = headed.get("total", _sum_of(list(numbers.values())))
    if found is not None:
        printed.put(key, found)
    if key == "total":
        for sex in ("sex:L", "sex:P"):
            if sex in headed:
                printed.put(sex, headed[sex])
    return True


def take_recap(printed, rows, setting):
    """All lines of a recapitulation; sentences with sums in them count too. Returns the lines that held none."""
    heads, left = {}, []
    for row in rows:
        heads = recap_heads(row, setting) or heads
        line = " ".join(text for text in row if text)
        if not take_recap_row(printed, row, setting, heads) and line:
            printed.text(line)
            left.append(line)
    return left


def compare(printed, rows, setting):
    """The totals of a reading: printed, counted, and what does not agree."""
    sums, differences = dict(printed.sums), []
    for found, span in printed.parts:
        differences += _settle_part(found, span, rows, sums)
    counted = {key: count(rows, key) for key in ("total", "sex:L", "sex:P", *sums)}
    for key, number in sums.items():
        if counted[key] != number:
            differences.append(
                _("For %(what)s the list prints %(printed)d, but its rows hold %(counted)d.")
                % {"what": label(key, setting), "printed": number, "counted": counted[key]}
            )
    return Totals(sums, counted, tuple(differences))


def count(rows, key):
    """How many rows a key stands for."""
    if key == "total":
        return len(rows)
    field_, _colon, value = key.partition(":")
    if field_ in ("regency", "province"):
        return sum(is_within(row.values.get(f"{field_}_code", ""), value) for row in rows)
    return sum(row.values.get(field_) == value for row in rows)


def label(key, setting):
    """The words for a key, to an officer."""
    field_, _colon, value = key.partition(":")
    if field_ == "total":
        return _("everybody")
    if field_ == "sex":
        return _("men") if value == "L" else _("women")
    if field_ in ("regency", "province"):
        return setting.names.get(value, value)
    return words.LISTS[field_].labels[value]


def _settle_part(found, span, rows, sums):
    """A sum below rows is that of the rows since the last sum, of its table, or of all: whichever it counts right.

    One that counts none of them right is taken for that of everybody where nothing else can be meant.
    """
    begins = list(span.begins())
    right = [begin for begin in begins if found["total"] == span.end - begin]
    begin = right[0] if right else begins[0]
    if 0 in right:
        begin = 0
    if span.section and not (begin == 0 and span.end == len(rows)) and span.since < span.end:
        sums.setdefault(span.section, found["total"])
        return []
    if begin == 0 and span.end == len(rows):
        for key, number in found.items():
            sums[key] = number if key not in sums or key != "total" else max(number, sums[key])
        return []
    counted = rows[begin : span.end]
    return [
        _("The sum in row %(row)d prints %(printed)d, but the rows above it hold %(counted)d.")
        % {"row": span.row, "printed": number, "counted": count(counted, key)}
        for key, number in found.items()
        if number != count(counted, key)
    ]


def _sum_of(numbers):
    """The sum among several counts: the last or the first, where it is that of the others; else none is certain."""
    numbers = [number for number in numbers if number is not None]
    if not numbers:
        return None
    if len(numbers) == 1 or numbers[-1] == sum(numbers[:-1]):
        return numbers[-1]
    return numbers[0] if numbers[0] == sum(numbers[1:]) else None


def _label_and_numbers(row, codes):
    label, numbers = "", {}
    for column, text in enumerate(row):
        number = number_in(text) if text else None
        if number is not None:
            numbers[column] = number
        elif text and not label:
            label = text
    has_own_sum = _ALL_IN_TEXT.search(label) or sexes_in(label)
    label, own = (re.split(r"\d", label)[0], None) if has_own_sum else structure.section_text(label)
    if own is not None and not numbers:
        numbers[-1] = own
    return re.sub(r"[:=]+$", "", label).strip(), numbers
