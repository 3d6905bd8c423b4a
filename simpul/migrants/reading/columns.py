"""Columns: what each one holds, by the officer's word, the sender's habit, the heading, or what stands in it.

A heading is believed while the cells agree with it. Where they plainly hold something else, the column is asked.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from simpul.lib import tables
from simpul.migrants.reading import dates, heading_words, headings, structure, values, words
from simpul.migrants.reading.findings import Column

MOST_SAMPLES = 300
SHOWN_SAMPLES = 5
LEFT_OUT = "-"
# Several columns may say these; their texts are joined.
SEVERAL = frozenset(["remarks", "address", "hamlet", "phone", "number", "father", "alias"])
# A second column of the first kind is read as the other.
SECOND = {"regency": "address", "village": "address", "birth_date": "", "name": "", "sex": ""}

_PASSPORT = re.compile(r"[A-Z]{1,3}\s?\d{6,8}", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+?62|0|\+?60)8?\d{8,12}")
_NAME = re.compile(r"[^\W\d_]+(?:[ .'’`,/-]+[^\W\d_]*){0,7}")


@dataclass
class Found:
    """A column while it is being decided."""

    index: int
    parts: tuple
    code: str = ""
    known_by: str = ""
    score: float = 0
    samples: list = field(default_factory=list)
    asked: str = ""
    rival: str = ""


def decide(block, rows, setting, *, offset=0):
    """The columns of a block, decided. `rows` are texts; `setting` knows the officer's choices and the habits."""
    found = [Found(column, block.parts[column]) for column in range(block.first, block.last)]
    sample = _sample(block, rows)
    for column in found:
        column.samples = [text for text in (row[column.index] for row in sample) if text and not values.is_empty(text)]
        _by_officer(column, setting, offset) or _by_habit(column, setting) or _by_words(column)
    _settle_twice(found)
    _by_contents(found, setting)
    return found


def shown(column, *, offset, sheet):
    """A decided column as the officer sees it."""
    heading = heading_of(column)
    samples = tuple(dict.fromkeys(column.samples[:50]))[:SHOWN_SAMPLES]
    code = "" if column.code == LEFT_OUT else column.code
    known = column.known_by if column.code else ""
    return Column(offset + column.index, tables.letter(column.index), heading, code, known, samples, sheet)


def heading_of(column):
    """The heading as it stands over its rows."""
    return " / ".join(dict.fromkeys(part for part in column.parts if part))


def is_waiting(column):
    """Whether nobody could name a column that holds something."""
    return not column.code and not column.known_by and bool(column.samples or column.asked)


def may_be_names(column):
    """Whether a column that nobody could name is full of what could be names."""
    return is_waiting(column) and fit("person", column.samples) >= 0.8


def fit(code, texts):
    """The share of texts that a column of this code could hold; 1 where nothing can be said."""
    test = TESTS.get(code)
    if test is None or not texts:
        return 1.0
    return sum(bool(test(text)) for text in texts) / len(texts)


def _sample(block, rows):
    """Rows that look like people: those that fill about as many cells as most do."""
    body = [row for row in rows[block.begin : min(block.end, block.begin + 2000)] if any(row)]
    counts = [sum(map(bool, row[block.first : block.last])) for row in body]
    enough = max(2, 0.45 * (sorted(counts)[int(0.8 * len(counts))] if counts else 0))
    plain = [
        row
        for row, count in zip(body, counts, strict=True)
        if count >= enough or (block.last - block.first == 1 and count)
    ]
    return [row for row in plain[:MOST_SAMPLES] if not _is_header_or_numbers(row)]


def _is_header_or_numbers(row):
    return structure.is_number_row(row) or structure.is_header_row(row) or structure.is_total(row)


def _by_officer(column, setting, offset):
    number = offset + column.index
    if number not in setting.choices:
        return False
    column.code, column.known_by = setting.choices[number] or LEFT_OUT, "officer"
    column.score = 100
    return True


def _by_habit(column, setting):
    code = setting.habits.get(headings.key_of(column.parts)) if any(column.parts) else None
    if code is None:
        return False
    column.code, column.known_by, column.score = code or LEFT_OUT, "habit", 50
    return True


def _by_words(column):
    match = headings.of(column.parts)
    if not match.code:
        match = headings.of(column.parts, is_spelled=True)
    if not match.code:
        return
    column.code, column.known_by, column.score = match.code, "words", match.score
    _look_again(column)


def _look_again(column):
    """A heading that leaves open which of two is meant is settled by the cells; one that lies is asked."""
    code, samples = column.code, column.samples
    turn = _TURNS.get(code)
    if turn and samples:
        column.code = turn(samples) or code
        code = column.code
    if code in ("number", LEFT_OUT) or len(samples) < 2:
        if code == "number" and samples and fit("running", samples) < 0.5:
            column.code = _by_test(samples, _STRONG) or LEFT_OUT
        return
    if code in _DAYS and fit("date", samples) < 0.2:
        column.code = _by_test(samples, _WITHOUT_HEADING)
        column.known_by, column.asked = ("contents", "") if column.code else ("", "column_lies")
        return
    if fit(code, samples) >= 0.34:
        return
    other = _by_test(samples, _TELLING)
    if other and other != _FAMILY.get(code, code) and code not in _TAKES.get(other, ()):
        column.code, column.known_by, column.asked = "", "", "column_lies"


_DAYS = frozenset(["contract_from", "contract_until", "departed_on", "returned_on"])


def _turn_identity(samples):
    if fit("nik", samples) > 0.9:
        return "nik"
    if fit("person", samples) > 0.9:
        return "name"
    return "document" if fit("nik", samples) < 0.05 and fit("document", samples) > 0.8 else "identity"


def _turn_document(samples):
    if fit("nik", samples) > 0.9:
        return "nik"
    kinds = sum(len(words.LISTS["document_kind"].find(text)) == 1 for text in samples)
    has_digits = sum(any(sign.isdigit() for sign in text) for text in samples)
    return "document_kind" if kinds > 0.8 * len(samples) and has_digits < 0.1 * len(samples) else ""


def _turn_remarks(samples):
    """Remarks that tell nothing but reasons, or nothing but how people went on."""
    if len(samples) < 3:
        return ""
    is_onward = all(words.onward_in_remarks(text) or _is_short_onward(text) for text in samples)
    return "onward" if is_onward else _known_share(samples, ("reason",), 0.85)


def _is_short_onward(text):
    return len(text.split()) < 3 and fit("onward_known", [text]) == 1 and not words.denies(text)


def mixes_names_and_numbers(column):
    """Whether every other cell is a name and every other a NIK: a person takes two rows."""
    return all(0.35 <= fit(test, column.samples) <= 0.65 for test in ("person", "nik")) and len(column.samples) > 2


def holds_people_beside(found):
    """Whether numbered names stand once more beyond the named ones, without headings of their own."""
    ends = [column.index for column in found if column.code == "name" and column.known_by != "contents"]
    bare = [column for column in found if ends and column.index > max(ends) and not any(column.parts)]
    return any(
        one.index + 1 == other.index and _rises(one.samples) and may_be_names(other)
        for one, other in zip(bare, bare[1:], strict=False)
    )


def _turn_regency(samples):
    long = sum(len(text.split()) > 4 or any(sign.isdigit() for sign in text) for text in samples)
    return "address" if long > 0.4 * len(samples) else ""


def _turn_birth(samples):
    """ "Lahir" may be a day alone, a place alone, or both."""
    whole = sum(dates.in_text(text) == (0, len(text)) for text in samples)
    if whole > 0.8 * len(samples):
        return "birth_date"
    has_digits = sum(any(sign.isdigit() for sign in text) for text in samples)
    return "birth_place" if not has_digits and len(samples) > 2 else ""


def _turn_age(samples):
    """A column called age may hold days of birth."""
    return "birth_date" if fit("date", samples) > 0.8 and fit("age", samples) < 0.2 else ""


def _turn_birth_date(samples):
    """A column called day of birth may hold the place too, or only ages."""
    if sum(any(sign.isdigit() for sign in text) for text in samples) < 0.3 * len(samples):
        return ""
    with_place = sum(bool(re.match(r"[^\W\d]{3,}.*[ ,/].*\d", text)) and not fit("date", [text]) for text in samples)
    return "birth" if with_place > 0.5 * len(samples) else ""


def _turn_status(samples):
    procedural = _known_share(samples, ("procedural",), 0.8)
    if fit("status", samples) >= 0.5:
        return ""
    return procedural or (LEFT_OUT if all(_MARRIED.search(text.lower()) for text in samples) else "")


_MARRIED = re.compile(r"kawin|nikah|cerai|lajang|single|janda|duda|married|bujang|gadis")


def _known_share(samples, catalogues, least):
    for catalogue in catalogues:
        known = sum(len(words.LISTS[catalogue].find(text)) == 1 for text in samples)
        if known >= least * len(samples):
            return catalogue
    return ""


def _turn_tick(samples):
    """A column headed by one sex that names both in its cells is a column of the sex."""
    sexes = [words.SEXES.get(text.lower().strip(" .")) for text in samples]
    return "sex" if all(sexes) and len(set(sexes)) == 2 else ""


_TURNS = {
    "sex_male": _turn_tick, "sex_female": _turn_tick,
    "identity": _turn_identity, "document": _turn_document, "passport": _turn_document, "remarks": _turn_remarks,
    "regency": _turn_regency, "birth": _turn_birth, "birth_date": _turn_birth_date, "age": _turn_age,
    "status": _turn_status, "onward": lambda samples: "",
}  # fmt: skip


# --- by contents ----------------------------------------------------------------------------------------------------


def _is_nik(text):
    number = values.number_text(text)
    return (len(number) in (15, 16) and number.isdecimal()) or bool(values._EXPONENT.fullmatch(text))


def _is_date(text):
    if not any(sign.isdigit() for sign in text) or len(text) > 40:
        return False
    if text.isdecimal() and len(text) < 5:
        return False
    found = dates.read(text, today=_FAR, future=True)
    return found.day is not None or found.problem in ("two_ways", "too_old")


def _is_age(text):
    years = dates.age_in(text)
    return years is not None and years <= 110


def _is_document(text):
    plain = re.sub(r"[\s.-]", "", text)
    return bool(_PASSPORT.fullmatch(plain)) or bool(
        re.match(r"(?:splp|paspor|passport)\W*\w*\d{4}", text, re.IGNORECASE)
    )


def _is_name(text):
    return (
        3 <= len(text) <= 60
        and bool(_NAME.fullmatch(text.rstrip(" .*()")))
        and not words.SEXES.get(text.lower())
        and not any(len(words.LISTS[name].find(text)) for name in ("reason", "onward"))
    )


def _is_running(text):
    return text.strip("(). ").isdecimal() and len(text) < 7


def _is_place_and_day(text):
    span = dates.in_text(text)
    return span is not None and span[0] > 2


def _may_be_place(text):
    return not (_is_nik(text) or _is_date(text) or words.SEXES.get(text.lower().strip(" .")))


_FAR = date(2090, 1, 1)
TESTS = {
    "nik": _is_nik,
    "family_card": _is_nik,
    "birth_date": lambda text: _is_date(text) or _is_age(text) or bool(re.search(r"\d{2,4}", text)),
    "date": _is_date,
    "birth": lambda text: any(sign.isdigit() for sign in text) or _is_name(text),
    "place_and_day": _is_place_and_day,
    "sex": lambda text: isinstance(values.sex(text), str),
    "phone": lambda text: 8 <= len(re.sub(r"\D", "", text)) <= 16 and not re.search(r"[a-z]{4}", text.lower()),
    "telephone": lambda text: bool(_PHONE.fullmatch(values.number_text(text))),
    "document": _is_document,
    "passport": lambda text: (
        _is_document(text) or (bool(re.search(r"\d{4}", text)) and not _is_nik(text)) or len(text) < 12
    ),
    "splp": lambda text: (bool(re.search(r"\d{3}", text)) and not _is_nik(text)) or len(text) < 12,
    "age": _is_age,
    "name": lambda text: (
        not any(sign.isdigit() for sign in re.sub(r"^\d{1,4}[.)]\s*|\(.*\)", "", text)) and len(text) > 1
    ),
    "person": _is_name,
    "running": _is_running,
    "reason": lambda text: not text.isdecimal() and not _is_nik(text),
    "reason_known": lambda text: len(words.LISTS["reason"].find(text)) == 1,
    "sector_known": lambda text: len(words.LISTS["sector"].find(text)) == 1,
    "onward_known": lambda text: len(words.LISTS["onward"].find(text)) == 1,
    "status": lambda text: bool(words.LISTS["status"].find(text)),
    "regency": _may_be_place,
    "district": _may_be_place,
    "village": _may_be_place,
    "province": _may_be_place,
    "sex_male": lambda text: values.is_tick(text) or text.isdecimal() or values.sex(text) == "L",
    "sex_female": lambda text: values.is_tick(text) or text.isdecimal() or values.sex(text) == "P",
}
# (test, code) in the order of trust. The strong ones name a column whose heading nobody knows.
_STRONG = (("nik", "nik"), ("document", "document"), ("telephone", "phone"), ("sex", "sex"))
_TELLING = (*_STRONG, ("date", "birth_date"), ("person", "name"))
_WITHOUT_HEADING = (
    ("nik", "nik"), ("document", "document"), ("telephone", "phone"), ("sex", "sex"), ("place_and_day", "birth"),
    ("date", "birth_date"), ("reason_known", "reason"), ("sector_known", "sector"), ("onward_known", "onward"),
)  # fmt: skip
_FAMILY = {"passport": "document", "splp": "document", "identity": "nik", "family_card": "nik", "birth": "birth_date"}
_TAKES = {
    "name": frozenset(heading_words.HEADINGS) - frozenset(
        ["nik", "birth_date", "phone", "document", "passport", "splp", "age", "sex", "birth", "family_card"]
    ),
    "birth_date": frozenset(["contract_from", "contract_until", "departed_on", "returned_on", "birth"]),
    "sex": frozenset(["sex_male", "sex_female"]),
    "document": frozenset(["identity", "passport", "splp"]),
    "phone": frozenset(["number"]),
    "nik": frozenset(["identity", "family_card"]),
}  # fmt: skip


def _by_test(samples, tests):
    for test, code in tests:
        if fit(test, samples) >= 0.8:
            return code
    return ""


def _settle_twice(found):
    """Of two columns that say the same, the better heading holds; the other is read as its second meaning or asked."""
    by_code = {}
    for column in found:
        if column.code and column.code not in SEVERAL and column.code != LEFT_OUT:
            by_code.setdefault(column.code, []).append(column)
    for code, columns in by_code.items():
        if len(columns) < 2:
            continue
        best = max(
            columns, key=lambda column: (column.known_by != "words", column.score, bool(column.samples), -column.index)
        )
        for column in columns:
            if column is not best:
                _settle_second(column, best, code, found)


def _settle_second(column, best, code, found):
    used = {each.code for each in found}
    if not column.samples:
        column.code, column.known_by = LEFT_OUT, "words"
        return
    if SECOND.get(code):
        column.code = SECOND[code]
        return
    other = _by_test(column.samples, _TELLING)
    if other and other != code and other not in used:
        column.code, column.known_by = other, "contents"
        return
    column.code, column.known_by, column.asked = "", "", "column_twice"
    column.rival = heading_of(best)


def _by_contents(found, setting):
    """Name what has no heading. Without any heading at all the name must be found among the texts."""
    used = {column.code for column in found}
    nameless = [column for column in found if not any(column.parts)]
    for column in found:
        if column.code or not column.samples or column.known_by or column.asked:
            continue
        if headings.is_of_another(column.parts):
            continue
        tests = _STRONG if any(column.parts) else _WITHOUT_HEADING
        code = _number_or(column, found, nameless) or _by_test(column.samples, tests)
        if code and code not in used and fit_enough(column, code):
            column.code, column.known_by = code, "contents"
            used.add(code)
    _ages(nameless, used)
    if "name" not in used:
        _name_by_contents(found, used, setting)
    _regions_by_contents(nameless, used, setting)


def fit_enough(column, code):
    return len(column.samples) >= (2 if code == "number" else 1)


def _number_or(column, found, nameless):
    if (
        column not in nameless
        or column.index != min(each.index for each in found)
        or fit("running", column.samples) < 0.9
    ):
        return ""
    return "number" if _rises(column.samples) else ""


def _rises(texts):
    numbers = [int(text.strip("(). ")) for text in texts if _is_running(text)]
    rises = sum(b > a for a, b in zip(numbers, numbers[1:], strict=False))
    return len(numbers) > 1 and rises >= 0.9 * (len(numbers) - 1)


def _counts_up(texts):
    numbers = [int(text.strip("(). ")) for text in texts if _is_running(text)]
    return len(numbers) > 2 and all(b - a == 1 for a, b in zip(numbers, numbers[1:], strict=False))


def _ages(nameless, used):
    for column in nameless:
        may_be_age = "age" not in used and fit("age", column.samples) > 0.9 and not _counts_up(column.samples)
        if not column.code and column.samples and may_be_age:
            column.code, column.known_by = "age", "contents"
            used.add("age")


def _name_by_contents(found, used, setting):
    """The column of names: most different texts that are no places. A heading that names something else is believed."""
    candidates = []
    for column in found:
        if column.code or not column.samples or any(column.parts) or fit("person", column.samples) < 0.8:
            continue
        texts = column.samples[:60]
        if sum(setting.is_region(text) for text in set(texts[:12])) > 0.5 * len(set(texts[:12])):
            continue
        candidates.append((len(set(texts)) / len(texts), -column.index, column))
    if candidates and used & {"nik", "sex", "birth_date", "birth", "document", "age", "sex_male"}:
        column = max(candidates, key=lambda each: each[:2])[2]
        column.code, column.known_by = "name", "contents"
        used.add("name")


def _regions_by_contents(nameless, used, setting):
    for column in nameless:
        if column.code or not column.samples or "regency" in used:
            continue
        texts = sorted(set(column.samples[:40]))[:8]
        if sum(setting.is_region(text) for text in texts) >= 0.8 * len(texts):
            column.code, column.known_by = "regency", "contents"
            used.add("regency")
