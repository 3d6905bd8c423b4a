"""Blind indexes: finding a NIK, a telephone number, a passport or a name exactly, without storing it.

A tag is HMAC-SHA256 of the normalised value under a key of its own kind, cut to 16 bytes. Whoever holds the database
and not the blind key cannot test a guess. Equal values have equal tags, so a tag tells how often a value occurs.
"""

import hashlib
import hmac
from base64 import b64decode
from functools import cache

from django.conf import settings
from lokal.phone import normalize_phone

from simpul.confidentiality import keys
from simpul.confidentiality.opening import NoOpeningKey
from simpul.lib.texts import digits, folded

_TITLES = frozenset(
    (
        "h", "hj", "haji", "hajah", "bin", "binti", "bt", "alm", "almh", "dr", "drs", "ir", "sdr", "sdri",
        "bapak", "ibu", "bpk", "pak", "bu",
    )
)  # fmt: skip


def tag(kind, value):
    """16 bytes under which a value of a kind ("nik", "phone", "passport", "name") is found; b"" for no value."""
    normal = NORMAL[kind](value or "")
    return _digest(kind, normal) if normal else b""


def name_tags(name):
    """One tag for each word of a name, without titles and patronymic particles."""
    return sorted({_digest("name", word) for word in name_words(name)})


def name_words(name):
    """The words of a name, folded, without titles and patronymic particles."""
    return {word for word in folded(name).split() if word not in _TITLES and len(word) > 1}


def _digest(kind, normal):
    try:
        blind_key = settings.KEYS["blind_key"]
    except KeyError:
        raise NoOpeningKey(
            "This process has no blind key: it cannot search. The public process never has one."
        ) from None
    return hmac.digest(_key(blind_key, kind), normal.encode(), hashlib.sha256)[:16]


@cache
def _key(blind_key, kind):
    return keys.derived(b64decode(blind_key), f"blind index {kind}")


def _phone(value):
    return normalize_phone(value) or digits(value)


NORMAL = {
    "nik": digits,
    "phone": _phone,
    "passport": lambda value: folded(value).replace(" ", ""),
    "name": folded,
}
