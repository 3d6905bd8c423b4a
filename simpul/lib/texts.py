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
    text = unicodedata.normalize("NFC", _LINES.sub("\n", text or "")).replace("\t", " ")
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"}).strip()


def one_line(text):
    """The cleaned text on one line, with single blanks."""
    return _BLANKS.sub(" ", cleaned(text).replace("\n", " ")).strip()


def folded(text):
    """Lower-case ASCII words with single blanks: "Kec. Jagói–Babang" becomes "kec jagoi babang", "Ma’ruf" "maruf"."""
    # Apostrophes go first: decomposing turns the acute accent that stands alone into a blank.
    apart = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", one_line(text))).lower()
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", plain).strip()


def digits(text):
    """The decimal digits of a text, in order."""
    return "".join(c for c in text or "" if c.isdecimal() and c.isascii())
