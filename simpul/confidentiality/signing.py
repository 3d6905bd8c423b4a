"""Signing what is published, so that everybody can check that it comes from this installation and was not changed.

The key (Ed25519, RFC 8032) is derived from the blind key: a process that can open can sign, the public one cannot, and
the recovery kit brings it back with the blind key. Rotating the seal key leaves it as it is.
"""

from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from simpul.confidentiality import keys

PURPOSE = "signing open data"


def sign(data):
    """(signature, public key) of bytes, both in Base64. KeysError where this process has no key."""
    key = _private_key()
    return b64encode(key.sign(data)).decode(), _text(key)


def public_key():
    """The public key of this installation, in Base64."""
    return _text(_private_key())


def verifies(data, *, signature, public_key):
    """Whether a signature fits. What is no signature or no key fits nothing. It needs no key of this installation."""
    try:
        Ed25519PublicKey.from_public_bytes(b64decode(public_key, validate=True)).verify(
            b64decode(signature, validate=True), data
        )
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _private_key():
    secret = settings.KEYS.get("blind_key")
    if secret is None:
        raise keys.KeysError("This process has no key to sign with. It grows from the blind key in opening.json.")
    return Ed25519PrivateKey.from_private_bytes(keys.derived(b64decode(secret), PURPOSE))


def _text(key):
    return b64encode(key.public_key().public_bytes_raw()).decode()
