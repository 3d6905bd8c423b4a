"""Text as people type it: cleaned without losing what was meant."""

import re
import unicodedata

_LINES = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_APOSTROPHES = re.compile(r"['`\u00b4\u02bb\u02bc\u2018\u2019]")


def cleaned(text):
    """The text without control and invisible direction characters, line ends as \\n, no blanks at either end.

    Tabs become blanks; everything that a person can see stays.
    """
    if text and text.isascii() and text.isprintable():
        return text.strip()
    text = unicodedata.normalize("NFC", _LINES.sub("\n", text or "")).replace("\t", " ")
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"}).strip()


def one_line(text):
    """The cleaned text on one line, with single blanks."""
    text = cleaned(text)
    if text.isascii() and "\n" not in text and "  " not in text:
        return text
    return _BLANKS.sub(" ", text.replace("\n", " ")).strip()


def folded(text):
    """Lower-case ASCII words with single blanks: "Kec. Jagói–Babang" becomes "kec jagoi babang", "Ma’ruf" "maruf"."""
    # Apostrophes go first: decomposing turns the acute accent that stands alone into a blank.
    plain = _APOSTROPHES.sub("", one_line(text))
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    plain = plain.lower()
    return _NOT_WORD.sub(" ", plain).strip()


def digits(text):
    """The decimal digits of a text, in order."""
    if not text or (text.isascii() and text.isdecimal()):
        return text or ""
    return "".join(c for c in text if c.isdecimal() and c.isascii())
