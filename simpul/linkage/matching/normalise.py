"""One row of a list becomes normalised evidence of a person: names, numbers, dates and places in one form each.

What says nothing ("X", zeros, "tidak diketahui") is nothing; what cannot be read as a date or a number is left out here
and said by whoever reads the file (`columns`).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from simpul.lib.dates import MONTH_OF
from simpul.linkage.matching import names, places


class Record(NamedTuple):
    """The evidence of one row. Texts are in capitals and in one spelling; () and "" say that nothing is known."""

    words: tuple = ()
    aliases: tuple = ()
    father: tuple = ()
    mother: tuple = ()
    nik: str = ""
    number: str = ""
    dates: tuple = ()
    years: tuple = ()
    sexes: tuple = ("", "")
    village: str = ""
    regency: str = ""
    postcode: str = ""
    address: tuple = ()
    passport: str = ""
    phone: str = ""
    is_called_after: bool = False


FIELDS = (
    "id", "source", "cluster", "name", "given_name", "surname", "nik", "number", "birth_date", "birth_year", "sex",
    "father", "mother", "address", "village", "district", "regency", "province", "postcode", "passport", "phone",
)  # fmt: skip
_CALLED_AFTER = re.compile(
    r"^\W*(?:MAK|AMAK|MAMAK|MAMA|MBOK|INDUK|INDAI|INAI|INAQ|AMAQ|PAK|BPK|BAPAK|BAPA|APAI|NEK|NENEK|KAKEK|AKI|IBU|BU|NY"
    r"|NYONYA|BY|BAYI)\b[.\s]+\w",
    re.IGNORECASE,
)
_DATE_PARTS = re.compile(r"\d+|[A-Z]+")
_WITH_TIME = re.compile(r"\d{4}-\d\d-\d\dT")
# Of February as of 29 days: who wrote the 29th of another year meant somebody born about then.
_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# A spreadsheet that took a number for an amount.
_AS_FRACTION = re.compile(r"[.,]0+\s*$")
_SEVERAL = re.compile(r"[/;,&]|\b(?:dan|atau|and|or)\b", re.IGNORECASE)
_NOT_DIGITS = re.compile(r"\D+")
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
# A NIK's two-digit year up to this one is of this century: nobody younger than five is on these lists alone.
CENTURY_TURN = 26


def record(row):
    """The `Record` of a row, a mapping of canonical field to text."""
    get = row.get
    name = names.read(get("name") or f"{get('given_name', '')} {get('surname', '')}".strip())
    nik = nik_digits(get("nik", ""))
    written = date_of(get("birth_date", ""))
    inside, nik_sex = _told_by(nik)
    dates = tuple(dict.fromkeys(date for date in (written, inside) if date))
    years = dict.fromkeys([date[0] for date in dates] + [year for year in [year_of(get("birth_year", ""))] if year])
    if not years and not written:
        years = dict.fromkeys(year for year in [year_of(get("birth_date", ""))] if year)
    return Record(
        words=_distinct(name.words),
        aliases=_distinct(name.aliases),
        father=_distinct(names.read(get("father", "")).words + name.parent),
        mother=_distinct(names.read(get("mother", "")).words),
        nik=nik,
        number=number_of(get("number", "")),
        dates=dates,
        years=tuple(years),
        sexes=(sex_of(get("sex", "")), nik_sex),
        village=places.one_spelling(get("village") or get("district") or ""),
        regency=places.one_spelling(get("regency") or get("province") or ""),
        postcode=number_of(get("postcode", ""), least=3),
        address=address_words(get("address", "")),
        passport=number_of(get("passport", "")),
        phone=phone_of(get("phone", "")),
        is_called_after=bool(_CALLED_AFTER.match(get("name", ""))),
    )


@lru_cache(maxsize=100_000)
def nik_digits(text):
    """The 16 digits of a NIK; "" where the cell holds no such number: zeros, one digit over and over, a placeholder."""
    digits = _NOT_DIGITS.sub("", _AS_FRACTION.sub("", text))
    if len(digits) != 16 or len(set(digits)) < 4 or digits in "12345678901234567890":
        return ""
    return "" if digits.startswith("00") or digits[6:12] == "000000" else digits


def _told_by(nik):
    """((year, month, day) or None, "L" or "P" or ""): what a NIK says of its owner. A woman's day is 40 more."""
    if not nik:
        return None, ""
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    sex = "P" if day > 40 else "L"
    day -= 40 if day > 40 else 0
    if not (1 <= month <= 12 and 1 <= day <= _DAYS[month]):
        return None, ""
    return (2000 + year if year <= CENTURY_TURN else 1900 + year, month, day), sex


@lru_cache(maxsize=100_000)
def date_of(text):
    """(year, month, day) of a written date in the ways lists write them, day first; None where it is not one."""
    parts = _date_parts(text.upper())
    if len(parts) < 3:
        return None
    year_first = len(parts[0]) == 4 and parts[0].isdecimal()
    day, month, year = parts[2::-1] if year_first else parts[:3]
    if day.lower() in MONTH_OF:
        day, month = month, day
    month = str(MONTH_OF.get(month.lower(), month))
    if not (day.isdecimal() and month.isdecimal() and year.isdecimal()):
        return None
    return _plausible(_full_year(int(year), len(year)), int(month), int(day))


def _date_parts(text):
    """The numbers and words of a date; eight digits in a row are three numbers, and a time behind a date is none."""
    parts = _DATE_PARTS.findall(text.split("T")[0] if _WITH_TIME.match(text) else text)
    if len(parts) != 1 or len(parts[0]) != 8 or not parts[0].isdecimal():
        return parts
    (run,) = parts
    year_first = _plausible(int(run[:4]), int(run[4:6]), int(run[6:]))
    return [run[:4], run[4:6], run[6:]] if year_first else [run[:2], run[2:4], run[4:]]


def _full_year(year, digits):
    if digits > 2:
        return year
    return year + (2000 if year <= CENTURY_TURN else 1900)


def _plausible(year, month, day):
    """The date, its day and month changed about where only that makes one; None where no person was born then."""
    if month > 12 >= day:
        month, day = day, month
    is_date = 1 <= month <= 12 and 1 <= day <= _DAYS[month] and 1880 <= year <= 2100
    return (year, month, day) if is_date else None


@lru_cache(maxsize=1_000)
def year_of(text):
    """A year of birth as it stands in a cell of its own; None where none does."""
    found = re.search(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", text)
    return int(found[1]) if found else None


def sex_of(text):
    """ "L" for a man, "P" for a woman, "" for neither said."""
    text = text.strip().upper()
    if text in ("L", "LK", "LAKI", "LAKI-LAKI", "LAKI LAKI", "LELAKI", "PRIA", "M", "MALE", "COWOK"):
        return "L"
    return "P" if text in ("P", "PR", "PEREMPUAN", "WANITA", "W", "F", "FEMALE", "CEWEK") else ""


def number_of(text, *, least=5):
    """Letters and digits of a number, in capitals; "" where there are fewer than `least`, or the same over and over."""
    number = _NOT_ALPHANUMERIC.sub("", text).upper()
    if len(number) < least or len(set(number)) == 1 or not any(letter.isdigit() for letter in number):
        return ""
    return number


def phone_of(text):
    """A telephone number with the country before it as Indonesia dials: `+62 812...` and `812...` are `0812...`.

    Of several numbers in one cell the first counts.
    """
    text = _AS_FRACTION.sub("", text)
    return next((number for number in map(_dialled, [*_SEVERAL.split(text), text]) if number), "")


def _dialled(text):
    digits = _NOT_DIGITS.sub("", text)
    if digits.startswith("0062"):
        digits = digits[2:]
    if digits.startswith("62"):
        digits = "0" + digits[2:].lstrip("0")
    elif digits.startswith("8") and 9 <= len(digits) <= 12:
        digits = "0" + digits
    return digits if 8 <= len(digits) <= 15 and len(set(digits)) > 3 else ""


@lru_cache(maxsize=50_000)
def address_words(text):
    """The words of an address that tell it from others; what every address has is left out."""
    if names.is_nothing(text):
        return ()
    words = re.findall(r"[^\W_]+", text.upper())
    return _distinct(names.spelled(word) for word in words if word not in _EVERY_ADDRESS)


_EVERY_ADDRESS = {
    "JL", "JLN", "JALAN", "GG", "GANG", "NO", "NOMOR", "RT", "RW", "DUSUN", "DSN", "DESA", "KEL", "KEC", "KAB", "BLOK",
    "KM", "STREET", "ST", "ROAD", "RD",
}  # fmt: skip


def _distinct(words):
    return tuple(dict.fromkeys(words))
