"""Signed documents: the one spelling in which they are signed, and how a signature stands beside them."""

import hashlib
import json

ALGORITHM = "Ed25519"


def spelled(value: object) -> str:
    """JSON in one spelling: keys sorted, no spaces, letters as they are. Without fractions, which have several."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(text: str) -> str:
    """SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def beside(document: str, *, signature: str, public_key: str) -> bytes:
    """A file with a spelled document and its signature."""
    told = {
        "algorithm": ALGORITHM, "fingerprint": fingerprint(document), "public_key": public_key, "signature": signature,
    }  # fmt: skip
    return f'{{"document":{document},"signature":{spelled(told)}}}\n'.encode()


def short_name(public_key: str) -> str:
    """What a public key is called on a telephone: sixteen digits of its fingerprint in groups of four."""
    digits = fingerprint(public_key)[:16]
    return " ".join(digits[at : at + 4] for at in range(0, 16, 4))
