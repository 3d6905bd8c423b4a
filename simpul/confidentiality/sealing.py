"""Sealing: what the public process can do. Nothing here needs a secret that opens what others wrote."""

import os
from base64 import b64decode
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from simpul.confidentiality import keys

# The first byte of everything sealed names the method, so that a later one can stand beside it.
AES_256_GCM = b"\x01"
_NONCE = 12


class SealBroken(Exception):
    """A sealed value does not fit its key or its place: it was altered, moved, or sealed with another key."""


def seal(secret, data, *, context):
    """Bytes sealed with AES-256-GCM under a data key; `context` binds them to the field they were sealed for."""
    return sealer(secret)(data, context)


def sealer(secret):
    """`seal` for several values under one data key, as a function of (data, context). It holds the key: let it go."""
    encrypt = AESGCM(secret).encrypt

    def sealed(data, context):
        nonce = os.urandom(_NONCE)
        return AES_256_GCM + nonce + encrypt(nonce, data, context.encode())

    return sealed


def unseal(secret, sealed, *, context):
    """The bytes that were sealed; raises `SealBroken` where key, context or bytes do not fit."""
    if sealed[:1] != AES_256_GCM:
        raise SealBroken(f"{context}: sealed by an unknown method.")
    try:
        return AESGCM(secret).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], context.encode())
    except (InvalidTag, ValueError):
        raise SealBroken(f"{context}: the seal does not fit.") from None


def seal_for_installation(secret, *, context):
    """A data key sealed to the installation's seal key by HPKE; returns (generation, sealed)."""
    name, key = _seal_key(_written("seal_key"))
    return name, keys.SUITE.encrypt(secret, key, info=context.encode())


def generation_in_use():
    """The generation that this process seals to."""
    return _seal_key(_written("seal_key"))[0]


def receipt_tag(receipt):
    """Under which 32 bytes a report is found by its receipt. The receipt itself is not kept.

    A receipt has 86 random bits, so a keyed derivation is enough: a slow hash would only slow honest reporters.
    """
    return keys.derived(_receipt_secret(receipt), "receipt tag")


def receipt_key(receipt):
    """The key under which a report's data key is sealed for the holder of the receipt."""
    return keys.derived(_receipt_secret(receipt), "receipt key")


def keyed_random(seed, *, purpose, length=32):
    """Bytes that follow from a seed but that nobody without the receipt key can foretell."""
    return keys.derived(_entry("receipt_key") + seed, purpose, length=length)


def _receipt_secret(receipt):
    return _entry("receipt_key") + receipt.encode()


def _entry(name):
    return b64decode(_written(name))


def _written(name):
    try:
        return settings.KEYS[name]
    except KeyError:
        raise ImproperlyConfigured(f"{name} is missing. Run `simpul keys make`.") from None


@cache
def _seal_key(written):
    data = b64decode(written)
    return keys.generation(data), keys.public_key(data)
