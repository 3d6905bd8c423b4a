"""Check digits and grouped numbers that survive a telephone call, and amounts of money."""

import re
from decimal import ROUND_HALF_UP, Decimal

_RUPIAH = re.compile(r"(?:rp\.?)?(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d{1,2}|-))?", re.ASCII | re.IGNORECASE)


def check_digits(payload):
    """The two check digits of ISO 7064 MOD 97-10 for a string of decimal digits.

    They reveal every single wrong digit and every swap of two neighbours.
    """
    return f"{98 - int(payload + '00') % 97:02d}"


def has_right_check_digits(number):
    """Whether the last two digits fit the others (ISO 7064 MOD 97-10)."""
    return number.isdecimal() and len(number) > 2 and int(number) % 97 == 1


def grouped(number, *, size=4):
    """Digits in groups: "48210937" becomes "4821 0937"."""
    return " ".join(number[i : i + size] for i in range(0, len(number), size))


def rupiah(amount: Decimal | int) -> str:
    """An amount as Indonesian papers write it: Decimal("1234567.5") becomes "Rp1.234.567,50"."""
    rounded = Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)
    figures = f"{abs(rounded):,.2f}".translate(str.maketrans(",.", ".,"))
    return f"-Rp{figures}" if rounded < 0 else f"Rp{figures}"


def rupiah_in(text: str) -> Decimal:
    """The amount in what people type: "5.000.000", "Rp 5.000.000,50", "5000000,-". ValueError for anything else.

    A dot stands between thousands and a comma before the cents; whoever means it the other way round is not guessed at.
    """
    found = _RUPIAH.fullmatch("".join(text.split()))
    if found is None:
        raise ValueError(text)
    cents = (found[2] or "").replace("-", "").ljust(2, "0")
    return Decimal(f"{found[1].replace('.', '')}.{cents}")
