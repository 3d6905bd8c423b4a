"""The recovery kit: three sheets of paper for three people, any two of which bring a lost opening key back.

The seed is a ⊕ b ⊕ c with a and b random. Sheet 1 holds b and c, sheet 2 holds a and c, sheet 3 holds a and b: two
sheets hold all three parts, one sheet lacks a part that is as random as the seed itself and so tells nothing
(replicated secret sharing; Ito, Saito, Nishizeki 1987).
"""

import secrets
from base64 import b32decode, b32encode
from hashlib import sha256

from simpul.confidentiality.keys import KeysError, generation, public_bytes

_SIZE = 32
# The sheets have no 0, 1 or 8: whoever types one has misread a letter.
_MISREAD = str.maketrans("018", "OIB")


def split(seed):
    """Three sheets as texts in groups of four characters, each with its number, the generation and a check."""
    a, b = secrets.token_bytes(_SIZE), secrets.token_bytes(_SIZE)
    c = _xor(_xor(seed, a), b)
    name = bytes.fromhex(generation(public_bytes(seed)))
    return [_written(1, name, b + c), _written(2, name, a + c), _written(3, name, a + b)]


def join(first, second):
    """The seed from any two sheets; raises `KeysError` with what is wrong and on which sheet."""
    one, name, left = _read(first, "first")
    two, other_name, right = _read(second, "second")
    if one == two:
        raise KeysError(f"Both are sheet {one}. Two different sheets are needed.")
    if name != other_name:
        raise KeysError(f"The sheets belong to different keys ({name.hex()} and {other_name.hex()}).")
    parts = _parts(one, left) | _parts(two, right)
    seed = _xor(_xor(parts["a"], parts["b"]), parts["c"])
    if bytes.fromhex(generation(public_bytes(seed))) != name:
        raise KeysError("The two sheets do not fit together: one was altered.")
    return seed


def _parts(number, data):
    first, second = {1: "bc", 2: "ac", 3: "ab"}[number]
    return {first: data[:_SIZE], second: data[_SIZE:]}


def _written(number, name, data):
    body = bytes([number]) + name + data
    text = b32encode(body + sha256(body).digest()[:4]).decode().rstrip("=")
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def _read(text, which):
    plain = "".join(text.split()).upper().translate(_MISREAD)
    try:
        body = b32decode(plain + "=" * (-len(plain) % 8))
    except ValueError:
        body = b""
    if len(body) != 1 + 4 + 2 * _SIZE + 4 or sha256(body[:-4]).digest()[:4] != body[-4:]:
        raise KeysError(f"The {which} sheet has a typing mistake. Compare it group by group.")
    return body[0], body[1:5], body[5:-4]


def _xor(left, right):
    return bytes(x ^ y for x, y in zip(left, right, strict=True))
