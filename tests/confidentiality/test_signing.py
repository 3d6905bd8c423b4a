"""Signing what is published: with a key that the public process does not have."""

from base64 import b64encode

import pytest

from simpul.confidentiality import signing
from simpul.confidentiality.keys import KeysError


def test_what_was_signed_verifies_and_what_was_changed_does_not():
    signature, key = signing.sign(b"angka")
    assert signing.verifies(b"angka", signature=signature, public_key=key)
    assert not signing.verifies(b"angkb", signature=signature, public_key=key)
    assert key == signing.public_key()


def test_what_is_no_signature_fits_nothing():
    signature, key = signing.sign(b"angka")
    assert not signing.verifies(b"angka", signature="bukan", public_key=key)
    assert not signing.verifies(b"angka", signature=signature, public_key="MCow")
    assert not signing.verifies(b"angka", signature="", public_key="")


def test_another_installation_has_another_key(settings):
    here = signing.public_key()
    settings.KEYS = settings.KEYS | {"blind_key": b64encode(b"n" * 32).decode()}
    assert signing.public_key() != here


def test_the_public_process_cannot_sign(settings):
    settings.KEYS = {name: key for name, key in settings.KEYS.items() if name not in {"seeds", "blind_key"}}
    with pytest.raises(KeysError, match="no key to sign"):
        signing.sign(b"angka")
