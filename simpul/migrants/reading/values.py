"""Single cells: a name with its titles, a NIK, a document, a sex, an age, a telephone number, a length of stay.

Each function takes the text of a cell and gives a value or a `Wrong` with what is wrong; none guesses.
"""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from simpul.lib.texts import folded, one_line
from simpul.linkage.matching.names import DEGREES
from simpul.migrants.reading import words

_DASHES = re.compile(r"[-–—_.?*/\s:,'’]*")
_FORMULA_ERRORS = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|####*)|Err:\d{3}", re.IGNORECASE)
_EXPONENT = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,2}", re.IGNORECASE)
_NOT_DIGITS = re.compile(r"[\s.'’`\"\-–_/,:]+")
_BEFORE_NAME = re.compile(
    r"^(?:(?:sdra|sdri|sdr|tn|tuan|nyonya|ny|nn|bpk|bapak|ibu|almh|alm|mr|mrs|ms)\.?\s*:?\s+|a\.n\.?\s*|a/n\.?\s*"
    r"|an\.\s+"
    r"|sdr/i\.?\s+|(?:tn|ny|sdr|sdri|nn|bpk|alm|almh|mr|mrs)\.\s*)",
    re.IGNORECASE,
)
_HONOURS = re.compile(
    r"^(?:(?:hj|h|kh|drs|dra|dr|ir|prof|ust|ustadz|ustad|ustaz|tgk|pdt|haji|apt|ns)\.\s*"
    r"|(?:hj|kh|drs|dra|haji|hajjah|ustadz|ustad|ustadzah|prof|pdt)\s+|h\s+(?=\w{3}))",
    re.IGNORECASE,
)
_ENUMERATED = re.compile(r"^\(?\d{1,4}[.)]\s*(?=[^\W\d])")
_DOTTED_DEGREE = re.compile(r"(?:[A-Z][a-z]{0,4}\.\s?){1,4}[A-Za-z]{0,5}\.?")
_PLAIN_BRACKETS = re.compile(
    r"\d|^(?:alm|almh|anak|balita|bayi|hamil|ibu hamil|sakit|meninggal|l|p|wna|wni)\.?$", re.IGNORECASE
)
_PATRONYMIC = re.compile(r"\b(bin|binti|bt|bte|binte|anak|ak|a/l|a/p)\b\.?\s+(.+)$", re.IGNORECASE)
_ALIAS = re.compile(r"\s*(?:\(([^)]*)\)|\b(?:alias|als|als\.|dipanggil|@)\s+(.+)$|@\s*(.+)$)", re.IGNORECASE)
_LOWER = frozenset(["bin", "binti", "anak", "ak", "bt", "bte", "binte"])
_ROMAN = re.compile(r"(?:II|III|IV|VI|VII|VIII|IX)")
_WORD = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)*")
_NAME_SIGNS = re.compile(r"[^\w\s.'’`,\-/()@]|_")
_DOCUMENT = re.compile(r"[A-Z]{0,4}\d{4,10}[A-Z]{0,2}")
_PLAIN_DOCUMENT = re.compile(r"[A-Z]{1,3}\d{6,8}")
_SPLP = re.compile(r"X[A-Z]{1,2}\d{5,8}|SPLP\d+")
_PASSPORT = re.compile(r"[A-WYZ][A-Z]?\d{6,8}|X\d{6,8}")
_STAY = re.compile(
    r"(?:±|\+/-|lk\.?|kurang lebih|sekitar|lebih dari|>|<|kira-kira|k/l)?\s*(?:(\d{1,2})(?:[.,](\d))?\s*(?:th|thn"
    r"|tahun|yrs?|years?)\b\.?)?\s*"
    r"(?:dan|,)?\s*(?:(\d{1,3})\s*(?:bln|bulan|months?|mo)\b\.?)?\s*(?:(\d{1,3})\s*(?:mg|minggu|weeks?|hari|hr"
    r"|days?)\b\.?)?"
    r"\s*(?:lebih)?",
    re.IGNORECASE,
)
PROVINCES_LEFT = frozenset(["64", "91", "92"])


class Wrong(NamedTuple):
    """Why a cell could not be read: a code of `sentences`, and the values among which to choose."""

    problem: str
    choices: tuple = ()


class Name(NamedTuple):
    name: str
    titles: str = ""
    patronymic: str = ""
    alias: str = ""


class Nik(NamedTuple):
    """What a NIK tells; `sex` and `born` as (day, month, two digits of the year)."""

    number: str
    sex: str
    born: tuple

    def fits(self, day):
        return self.born == (day.day, day.month, day.year % 100)


def text_of(cell):
    """A cell as text, as a person sees it in the sheet."""
    if isinstance(cell, str):
        return " ".join(cell.split()) if cell.isascii() and cell.isprintable() else _clean(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e17:
        return str(int(cell))
    return _text_of_rare(cell)


def _clean(text):
    # Signs of private fonts are ticks; the cleaner would take them for nothing.
    return one_line(text.replace("\uf0fc", "✓").replace("\u00fc", "✓") if len(text) == 1 else text)


def _text_of_rare(cell):
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    return f"{cell}" if not isinstance(cell, timedelta) else str(cell)


# What spares most cells the folding.
_EMPTY_BEGINS = frozenset(word[0] for word in words.EMPTY if word)
_SAME_BEGINS = frozenset(word[0] for word in words.SAME)


@lru_cache(maxsize=50_000)
def is_empty(text):
    """Whether a cell says that there is nothing: "-", "tidak ada", "?", "nihil"."""
    if not text or _DASHES.fullmatch(text):
        return text not in words.SAME_SIGNS
    return len(text) < 20 and text[0].lower() in _EMPTY_BEGINS and (folded(text) or text) in words.EMPTY


@lru_cache(maxsize=50_000)
def is_same(text):
    """Whether a cell says "as above"."""
    if text in words.SAME_SIGNS:
        return True
    return len(text) < 20 and text[:1].lower() in _SAME_BEGINS and folded(text) in words.SAME


def is_formula_error(text):
    return text[:1] in "#E" and bool(_FORMULA_ERRORS.fullmatch(text))


# --- names ----------------------------------------------------------------------------------------------------------


def name(text):
    """A name taken apart. Digits and names without letters are wrong."""
    titles, alias = [], ""
    text = _ENUMERATED.sub("", text).rstrip(" *)") if text.count("(") == 0 else _ENUMERATED.sub("", text)
    match = _ALIAS.search(text)
    if match:
        alias = cased((match[1] or match[2] or match[3] or "").strip(" .)"))
        text = (text[: match.start()] + " " + text[match.end() :]).strip()
        alias = alias.removeprefix("Alias ").removeprefix("Als ")
        if _PLAIN_BRACKETS.search(alias):
            titles, alias = [alias], ""
    text = _without_titles(text, titles)
    text = _without_degrees(text, titles)
    if any(sign.isdigit() for sign in text):
        return Wrong("name_digits")
    text = text.strip(" .,;:-'*`’")
    if not _WORD.search(text) or _NAME_SIGNS.search(text):
        return Wrong("name_letters")
    full = cased(text)
    found = _PATRONYMIC.search(full)
    return Name(full, ", ".join(titles), found[0] if found and found.start() else "", alias)


def _without_titles(text, titles):
    while True:
        match = _BEFORE_NAME.match(text) or _HONOURS.match(text)
        if not match or len(text) - match.end() < 2:
            return text
        titles.append(match[0].strip())
        text = text[match.end() :].strip()


def _without_degrees(text, titles):
    head, *tails = (part.strip() for part in text.split(","))
    kept = [head]
    for tail in tails:
        if tail and all(_is_degree(part) for part in tail.split()):
            titles.append(tail)
        elif tail:
            kept.append(tail)
    words_ = " ".join(kept).split()
    if len(words_) > 1 and "." in words_[-1] and _is_degree(words_[-1]):
        titles.append(words_.pop())
    return " ".join(words_)


def _is_degree(word):
    is_dotted = "." in word.rstrip(".") and _DOTTED_DEGREE.fullmatch(word)
    return word.replace(".", "").upper() in DEGREES and (bool(is_dotted) or word.upper() == word or "." in word)


@lru_cache(maxsize=20_000)
def cased(text):
    """A name in capitals or small letters as it is written by hand; one in mixed case stays."""
    letters = [sign for sign in text if sign.isalpha()]
    is_plain = text.isupper() or text.islower()
    found = " ".join(_cased_word(word, is_plain, first=not n) for n, word in enumerate(text.split()))
    return found if letters else text


def _cased_word(word, is_plain, *, first):
    bare = word.strip(".").lower()
    if not first and bare in _LOWER:
        return word.lower()
    if not is_plain or _ROMAN.fullmatch(word.strip(".,")):
        return word
    return _WORD.sub(_with_capital, word)


def _with_capital(found):
    """Ma'ruf, but O'Neil: what follows a single letter and an apostrophe is a name of its own."""
    text = found[0]
    if len(text) > 3 and not text[1].isalpha():
        return text[0].upper() + text[1] + text[2].upper() + text[3:].lower()
    return text[0].upper() + text[1:].lower()


# --- numbers --------------------------------------------------------------------------------------------------------


def number_text(text):
    """Digits of a number without the signs between them, and without the ".0" that a float brought."""
    text = text.strip().lstrip("'’`")
    if text.endswith((".0", ",0")):
        text = text[:-2]
    return _NOT_DIGITS.sub("", text)


def nik(text, *, names):
    """A NIK, or why it is none. `names` are the names of places by code, empty if nobody knows them."""
    if _EXPONENT.fullmatch(text.strip()):
        return Wrong("nik_exponent")
    number = number_text(text)
    for label in ("NIK", "KTP", "nik", "ktp"):
        number = number.removeprefix(label)
    if not (number.isascii() and number.isdecimal()):
        return Wrong("nik_letters")
    if len(number) != 16:
        return Wrong("nik_zero" if len(number) == 15 else "nik_length")
    return _nik_of(number, names)


def _nik_of(number, names):
    if len(set(number)) == 1 or number.endswith("0000"):
        return Wrong("nik_none")
    day, month, year = int(number[6:8]), int(number[8:10]), int(number[10:12])
    sex = "P" if day > 40 else "L"
    day -= 40 if day > 40 else 0
    if not (1 <= month <= 12 and 1 <= day <= _DAYS[month]) or (month == 2 and day == 29 and year % 4):
        return Wrong("nik_date")
    if names and not _is_known_district(number, names):
        return Wrong("nik_place")
    return Nik(number, sex, (day, month, year))


_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _is_known_district(number, names):
    """Whether the first six digits are or once were a district.

    A NIK keeps the code of its day: numbers below the highest of a regency may have been merged away or split off
    since, and the regencies that became other provinces stay in NIKs.
    """
    province, regency = number[:2], f"{number[:2]}.{number[2:4]}"
    if province in PROVINCES_LEFT:
        return True
    return regency in names and 0 < int(number[4:6]) <= _last_district(names, regency)


_last = {}


def _last_district(names, regency):
    """The highest number of a district of a regency; asked once for each set of names."""
    if _last.get("names") is not names:
        _last.clear()
        _last["names"] = names
        for code in names:
            if len(code) == 8:
                _last[code[:5]] = max(_last.get(code[:5], 1), int(code[6:]))
    return _last.get(regency, 99)


def document(text):
    """(number, kind) of a travel document; either may be empty."""
    if _PLAIN_DOCUMENT.fullmatch(text):
        return text, _kind_by_number(text)
    kinds = words.LISTS["document_kind"].find(text)
    if kinds == ("none",):
        return "", "none"
    plain = re.sub(r"[\s.\-–'’:/]+", "", text.upper())
    plain = re.sub(r"^(?:NO|NOMOR)?(?:PASPOR|PASSPORT|PASPORT|SPLP|PLB)?(?:NO|NOMOR)?(?=[A-Z]{0,3}\d)", "", plain)
    if not plain or not any(sign.isdigit() for sign in plain):
        return ("", kinds[0]) if len(kinds) == 1 else Wrong("document")
    if not (plain.isascii() and plain.isalnum() and 5 <= len(plain) <= 14 and _DOCUMENT.fullmatch(plain)):
        return Wrong("document")
    return plain, kinds[0] if len(kinds) == 1 else _kind_by_number(plain)


def _kind_by_number(number):
    if _SPLP.fullmatch(number):
        return "splp"
    return "passport" if _PASSPORT.fullmatch(number) else ""


def phone(text):
    """Digits of a telephone number with a leading +, 0 or 62 as written; several are kept one after the other."""
    parts = [part for part in re.split(r"\s*(?:[/;,]|\batau\b)\s*", text) if any(sign.isdigit() for sign in part)]
    numbers = [("+" if part.strip().startswith("+") else "") + re.sub(r"\D", "", number_text(part)) for part in parts]
    if not numbers or any(not 6 <= len(number) <= 16 for number in numbers):
        return Wrong("phone")
    return " / ".join("0" + number if re.fullmatch(r"8\d{8,11}", number) else number for number in numbers)


def family_card(text):
    if _EXPONENT.fullmatch(text.strip()):
        return Wrong("nik_exponent")
    number = number_text(text)
    return number if number.isdecimal() and len(number) == 16 and len(set(number)) > 1 else Wrong("family_card")


# --- small words ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=5_000)
def sex(text, *, p_is_male=False):
    """ "L" or "P". In a column of P and W, P is pria."""
    key = folded(text)
    if p_is_male and key == "p":
        return "L"
    found = words.SEXES.get(key)
    return found or Wrong("sex", (("L", "L"), ("P", "P")))


def is_tick(text):
    return text.lower() in words.TICKS


@lru_cache(maxsize=5_000)
def stay(text):
    """Whole months of a length of stay, None where it is told in other words."""
    match = _STAY.fullmatch(text.strip())
    if not match or not any(match.groups()):
        return None
    years, tenths, months, rest = (int(each or 0) for each in match.groups())
    return years * 12 + round(tenths * 1.2) + months if match[1] or match[3] else 0


@lru_cache(maxsize=20_000)
def term(catalogue, text):
    """The code of a list that a text means, or `Wrong` with the codes to choose from."""
    found = words.LISTS[catalogue].find(text)
    if len(found) == 1:
        return found[0]
    return Wrong("two_terms" if found else "no_term", choices_of(catalogue, found))


def choices_of(catalogue, codes=()):
    """(code, label) of what a list offers, or of some of it."""
    labels = words.LISTS[catalogue].labels
    return tuple((code, labels[code]) for code in codes or labels)
