"""The installation's keys: what they are, how they are made, where they lie.

`portal.json`   the public half of the seal key, the receipt key, the journal key, the signing key, and the blind
                key sealed to the seal key. The public process has this file. With it a process can seal and
                cannot open.
`opening.json`  the seeds from which the opening keys grow, and the blind key. The desk has it; the public process,
                backups and the database server have not.

A seal key is a pair of the hybrid KEM ML-KEM-768 + X25519 (RFC 9180 HPKE with draft-ietf-hpke-pq), so that what is
copied today stays closed to a quantum computer of tomorrow. Both halves grow from one seed of 32 bytes: a seed is
short enough to be split and printed (see `recovery`).
"""

import json
import os
import secrets
from base64 import b64decode, b64encode
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
PORTAL, OPENING = "portal.json", "opening.json"
_MLKEM_PUBLIC_SIZE = 1184
_BLIND = b"blind key"


class KeysError(Exception):
    """Something about the key files that an operator must mend."""


def derived(secret, purpose, *, length=32):
    """A key of its own for one purpose (HKDF-SHA256, RFC 5869)."""
    return HKDF(hashes.SHA256(), length, salt=None, info=b"simpul " + purpose.encode()).derive(secret)


def private_key(seed):
    """The opening key that grows from a seed of 32 bytes."""
    return MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(derived(seed, "ml-kem-768", length=64)),
        X25519PrivateKey.from_private_bytes(derived(seed, "x25519")),
    )


def public_bytes(seed):
    """The public half of a seal key: 1184 bytes of ML-KEM-768, then 32 of X25519."""
    mlkem = MLKEM768PrivateKey.from_seed_bytes(derived(seed, "ml-kem-768", length=64))
    x25519 = X25519PrivateKey.from_private_bytes(derived(seed, "x25519"))
    return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def public_key(data):
    """The seal key from its public bytes."""
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(data[:_MLKEM_PUBLIC_SIZE]),
        X25519PublicKey.from_public_bytes(data[_MLKEM_PUBLIC_SIZE:]),
    )


def generation(data):
    """The short name of a seal key: the first 8 hexadecimal digits of SHA-256 over its public bytes."""
    return sha256(data).hexdigest()[:8]


def make(folder):
    """Write both key files into a folder; returns the generation. Existing key files are never overwritten."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in (PORTAL, OPENING):
        if (folder / name).exists():
            raise KeysError(f"{folder / name} exists. Keys are never overwritten: move the file away first.")
    seed, blind_key = secrets.token_bytes(32), secrets.token_bytes(32)
    sealing = public_bytes(seed)
    write(folder / PORTAL, _for_sealing(sealing, blind_key) | {
        name: _text(secrets.token_bytes(48)) for name in ("receipt_key", "journal_key", "signing_key")
    })  # fmt: skip
    write(folder / OPENING, {"seeds": {generation(sealing): _text(seed)}, "blind_key": _text(blind_key)})
    return generation(sealing)


def read(path):
    """The entries of a key file."""
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        raise KeysError(f"{path} is missing. Run `simpul keys make`, or bring the file back.") from None
    except (ValueError, PermissionError) as problem:
        raise KeysError(f"{path} cannot be read: {problem}.") from None


def write(path, entries):
    """Write a key file so that only its owner may read it, and never half. A file it replaces lends owner and mode."""
    partial = path.with_suffix(".partial")
    with open(os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        json.dump(entries, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
        if path.exists():
            _lend_owner(path, file.fileno())
    partial.replace(path)


def _lend_owner(path, file):
    """The portal's process, another user of the system, reads its file after a rotation as before."""
    before = path.stat()
    try:
        os.fchown(file, before.st_uid, before.st_gid)
    except PermissionError:
        raise KeysError(f"{path} belongs to somebody else. Run this as its owner or as root.") from None
    os.fchmod(file, before.st_mode & 0o777)


def add_generation(folder):
    """Make a new seal key; what is sealed from now on is sealed to it. The old seed stays until it is retired."""
    portal, opening = read(folder / PORTAL), read(folder / OPENING)
    seed = secrets.token_bytes(32)
    sealing = public_bytes(seed)
    opening["seeds"][generation(sealing)] = _text(seed)
    write(folder / OPENING, opening)
    write(folder / PORTAL, portal | _for_sealing(sealing, b64decode(opening["blind_key"])))
    return generation(sealing)


def retire_generation(folder, name):
    """Forget a seed that no data key is sealed to any more."""
    portal, opening = read(folder / PORTAL), read(folder / OPENING)
    if name == generation(b64decode(portal["seal_key"])):
        raise KeysError(f"Generation {name} is in use. Run `simpul keys rotate` first.")
    if opening["seeds"].pop(name, None) is None:
        raise KeysError(f"There is no generation {name}.")
    write(folder / OPENING, opening)


def restore_seed(folder, seed):
    """Put a recovered seed back into `opening.json`; makes the file where it is lost.

    The blind key comes back from its sealed copy in `portal.json`, which opens with the seed of the generation in
    use. Without it nothing recorded before could be found again by name or number.
    """
    path = folder / OPENING
    opening = read(path) if path.exists() else {"seeds": {}}
    portal = read(folder / PORTAL)
    name = generation(public_bytes(seed))
    opening["seeds"][name] = _text(seed)
    if "blind_key" not in opening and name == generation(b64decode(portal["seal_key"])):
        sealed = b64decode(portal["sealed_blind_key"])
        opening["blind_key"] = _text(SUITE.decrypt(sealed, private_key(seed), info=_BLIND))
    write(path, opening)
    return name


def new_blind_key(folder):
    """Make a new blind key where the old one cannot be brought back. Everything must be indexed anew after it."""
    portal, opening = read(folder / PORTAL), read(folder / OPENING)
    blind_key = secrets.token_bytes(32)
    write(folder / PORTAL, portal | _for_sealing(b64decode(portal["seal_key"]), blind_key))
    write(folder / OPENING, opening | {"blind_key": _text(blind_key)})


def _for_sealing(sealing, blind_key):
    """What `portal.json` holds of a generation: the seal key, and the blind key sealed to it."""
    sealed = SUITE.encrypt(blind_key, public_key(sealing), info=_BLIND)
    return {"seal_key": _text(sealing), "sealed_blind_key": _text(sealed)}


def _text(data):
    return b64encode(data).decode()
