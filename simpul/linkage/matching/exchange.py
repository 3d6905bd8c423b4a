"""Files of encodings, as one agency hands them to whoever matches: tags, identifiers, and which key they are of.

No name, date or number is in them. The identifiers are those of the agency's own list, by which it finds its records
again; they should say nothing by themselves.
"""

import json
import zipfile
from dataclasses import dataclass

import numpy as np

from simpul.linkage.matching import encode, keys

FORM = 1


class NoEncodings(ValueError):
    """A file that holds no encodings, or those of another version. `reason`: "encodings" or "version"."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


@dataclass
class Encodings:
    """One list's records, (n,) each: identifiers, agencies, who each is where the list says so; `rows` (n, WIDTH)."""

    fingerprint: str
    ids: list
    sources: list
    truths: list
    rows: np.ndarray


def encoded(lines, ring, *, told=None):
    """The `Encodings` of a list's `files.Line`s under a `keys.KeyRing`; `told` is called with how many are done."""
    made = Encodings(ring.fingerprint, [], [], [], np.zeros((0, encode.WIDTH), np.uint64))
    made.rows = encode.encode(_noted(lines, made, told), ring)
    return made


def _noted(lines, made, told):
    """The records of lines, one after the other, while who they are of is noted."""
    for line in lines:
        made.ids.append(line.id)
        made.sources.append(line.source)
        made.truths.append(line.truth)
        if told and not len(made.ids) % 500:
            told(len(made.ids))
        yield line.record


def write(file, made):
    """Write `Encodings` to a file that is open for bytes."""
    about = {"simpul encodings": FORM, "layout": encode.LAYOUT, "fingerprint": made.fingerprint}
    about["records"] = len(made.ids)
    texts = {"about": about, "ids": made.ids, "sources": made.sources, "truths": made.truths}
    np.savez(file, rows=made.rows, **{name: _bytes_of(value) for name, value in texts.items()})


def read(path):
    """The `Encodings` of a file; raises `NoEncodings`, and `OSError` where it cannot be opened."""
    try:
        with open(path, "rb") as file, np.load(file, allow_pickle=False) as held:
            about, *texts = (json.loads(held[name].tobytes()) for name in ("about", "ids", "sources", "truths"))
            rows = held["rows"]
    except (ValueError, KeyError, EOFError, TypeError, AttributeError, zipfile.BadZipFile):
        raise NoEncodings("encodings") from None
    if not isinstance(about, dict) or about.get("simpul encodings") != FORM or about.get("layout") != encode.LAYOUT:
        raise NoEncodings("version")
    if not all(_are_texts(each, len(rows)) for each in texts) or rows.shape != (len(rows), encode.WIDTH):
        raise NoEncodings("encodings")
    if rows.dtype != np.uint64 or len(set(texts[0])) != len(rows):
        raise NoEncodings("encodings")
    return Encodings(str(about.get("fingerprint")), *texts, rows)


def check_same_key(lists, names):
    """That all lists were encoded with one key in one epoch; raises `keys.KeysError` with what is wrong."""
    for other in lists[1:] or lists:
        keys.check_same(lists[0].fingerprint, other.fingerprint, what=names[0])


def _are_texts(value, n):
    return isinstance(value, list) and len(value) == n and all(isinstance(each, str) for each in value)


def _bytes_of(value):
    return np.frombuffer(json.dumps(value).encode(), np.uint8)
