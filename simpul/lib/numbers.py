"""Check digits and grouped numbers that survive a telephone call."""


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
