"""Keys of linkage: one secret, a key of its own for each kind of evidence, and tags that say nothing without them.

A tag is keyed BLAKE2b of one piece of normalised evidence, cut to 64 bits; equal evidence has equal tags under the same
secret and epoch, and under no other. The key of a kind is HKDF-SHA256 (RFC 5869) of the secret, with the epoch as salt
and the kind as info. Two pieces together, such as a word and a village ("word+village"), are tagged by AES-256 of one
block, the digests of both under keys of their own: of a million records as fast as copying them.

A name filter is a keyed Bloom filter of pairs of letters, by which names that are written alike can be told from
others. Whoever holds the secret can try every NIK there is: see `linkage.custody` for who should.
"""

import hashlib
import json
import os
import re
import secrets
import stat
from base64 import b64decode, b64encode
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SECRET_SIZE = 32
FILTER = "filter"
FILTER_BITS = 256
# Measured on written names: more bits for a pair of letters find no more, fewer tell names apart less well.
BITS_OF_A_PAIR = 6
# So few values that a tag of them would be read off by counting. They belong into tags of more than one piece.
NEVER_ALONE = frozenset((
    "sex", "sexes", "district", "regency", "province", "religion", "source", "agency", "initial",
))  # fmt: skip
_KIND = re.compile(r"[a-z][a-z0-9+_.-]{0,39}")
_EPOCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
_FINGERPRINT = re.compile(r"k[0-9a-f]{12}-e[0-9a-f]{8}")
_NO_TAG = bytes(8)
_OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO


class KeysError(Exception):
    """Something about a key that somebody must mend; says what."""


class WrongKey(KeysError):
    """Encodings were made with another secret."""


class OtherEpoch(KeysError):
    """Encodings were made with this secret in another epoch."""


class KeyRing:
    """The keys of one secret in one epoch. `evaluate` answers as the key process does (`linkage.custody.client`)."""

    def __init__(self, secret, epoch):
        if len(secret) < SECRET_SIZE:
            raise KeysError(f"A secret of {len(secret)} bytes is too short: it needs {SECRET_SIZE} random bytes.")
        if not _EPOCH.fullmatch(epoch):
            raise KeysError(f"{epoch!r} is no name of an epoch. Write letters, digits, dots, dashes: 2026.")
        self.epoch = epoch
        self._secret = bytes(secret)
        self._begun, self._ciphers = {}, {}
        self._pairs = None

    @classmethod
    def from_secret(cls, secret, epoch):
        """The ring of a secret (32 random bytes or more) in an epoch, such as "2026"."""
        return cls(secret, epoch)

    def __repr__(self):
        return f"<KeyRing {self.fingerprint}>"

    @property
    def fingerprint(self):
        """Which key and which epoch, as "k0a1b2c3d4e5f-e01234567"; tells neither."""
        key = _derived(self._secret, "", "fingerprint of the key", 6)
        return f"k{key.hex()}-e{_derived(self._secret, self.epoch, 'fingerprint of the epoch', 4).hex()}"

    def check(self, fingerprint):
        """Raise `WrongKey` or `OtherEpoch` where encodings with this fingerprint do not fit this ring."""
        check_same(self.fingerprint, fingerprint, what="this key file")

    def key(self, kind, *, size=32):
        """The key of one kind of evidence; for what has to be reproduced elsewhere, and for nothing else."""
        return _derived(self._secret, self.epoch, f"tag {_checked(kind)}", size)

    def tag(self, kind, text):
        """The tag of one piece of evidence, 1 to 2^64 - 1; 0 for no text.

        Of a kind with "+" the text is two pieces, the first one without a space; 0 where one of both is missing.
        """
        if not text:
            return 0
        if "+" in kind:
            return self._tag_together(kind, text)
        return int.from_bytes(self._digest("tag", kind, text), "little")

    def _tag_together(self, kind, text):
        one, _space, other = text.partition(" ")
        if not (one and other):
            return 0
        first, second = kind.split("+")
        block = self._digest("half", first, one) + self._digest("half", second, other)
        return int.from_bytes(self._cipher(kind).encryptor().update(block)[:8], "little")

    def tags(self, kind, texts):
        """The tags of texts of one kind: uint64[len(texts)], 0 where a text is empty."""
        if "+" not in kind:
            return self._digests("tag", kind, texts)
        pieces = [text.partition(" ") for text in texts]
        columns = [one for one, _space, _other in pieces], [other for _one, _space, other in pieces]
        return self.together(kind, *map(self.halves, kind.split("+"), columns))

    def halves(self, kind, texts):
        """What `together` needs of texts of one of its two kinds: uint64[len(texts)], 0 where a text is empty. They are
        no tags and stay with whoever holds the key."""
        return self._digests("half", kind, texts)

    def together(self, kind, ones, others):
        """The tags of a kind with "+" of two columns of `halves`: uint64[n], 0 where one of both is not known."""
        import numpy as np

        blocks = np.stack([ones, others], axis=1).astype("<u8", copy=False)
        drawn = np.frombuffer(self._cipher(kind).encryptor().update(blocks.tobytes()), "<u8")[::2]
        return np.where((ones != 0) & (others != 0), drawn, np.uint64(0)).astype(np.uint64, copy=False)

    def filter(self, words):
        """The name filter of words: 256 bits in four integers of 64, half of them set; four zeros for no words.

        128 bits say which pairs of letters there are, 128 more are their opposite, and a keyed permutation mixes both
        (balancing; Schnell and Borgs 2016): a long name has no heavier filter than a short one. The bits of a pair are
        drawn one by one (random hashing): double hashing has too few patterns (Kroll and Steinmetzer 2015).
        """
        masks = self._pairs or self._begin_filters()
        bits = 0
        for word in words:
            bits |= _bits_of(word, masks)
        if not bits:
            return (0, 0, 0, 0)
        bits ^= self._opposites
        whole = 0xFFFFFFFFFFFFFFFF
        return bits & whole, bits >> 64 & whole, bits >> 128 & whole, bits >> 192

    def filters(self, lists, known=None):
        """The name filters of lists of words, uint64 (n, 4). `known` remembers words from one call to the next."""
        import numpy as np

        masks, known = self._pairs or self._begin_filters(), {} if known is None else known
        opposites, filters = self._opposites, []
        for words in lists:
            bits = 0
            for word in words:
                if word not in known:
                    known[word] = _bits_of(word, masks)
                bits |= known[word]
            filters.append((bits ^ opposites if bits else 0).to_bytes(FILTER_BITS // 8, "little"))
        return np.frombuffer(b"".join(filters), dtype="<u8").astype(np.uint64, copy=False).reshape(-1, 4)

    def evaluate(self, evidence):
        """A value for each (kind, text), in order: a tag, or the filter where the kind is `FILTER`."""
        return [self.filter(text.split()) if kind == FILTER else self.tag(kind, text) for kind, text in evidence]

    def _digest(self, use, kind, text):
        state = (self._begun.get((use, kind)) or self._begin(use, kind)).copy()
        state.update(text.encode("utf-8", "surrogatepass"))
        return state.digest()

    def _digests(self, use, kind, texts):
        """uint64[len(texts)], 0 where a text is empty."""
        # The key process needs no columns, and without numpy half the memory.
        import numpy as np

        begun = self._begun.get((use, kind)) or self._begin(use, kind)
        begin, update, digest = begun.copy, type(begun).update, type(begun).digest
        # `update` answers nothing: in a list that is made at once, a tenth is saved.
        digests = [
            digest(state) if text and not update(state := begin(), text) else _NO_TAG for text in _in_bytes(texts)
        ]
        return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64, copy=False)

    def _begin(self, use, kind):
        key = self.key(kind) if use == "tag" else _derived(self._secret, self.epoch, f"half {kind}", 32)
        self._begun[use, kind] = hashlib.blake2b(digest_size=8, key=key)
        return self._begun[use, kind]

    def _cipher(self, kind):
        """One block says all there is of one pair, so nothing is chained and the same pair has the same tag."""
        if kind not in self._ciphers:
            self._ciphers[kind] = Cipher(algorithms.AES(self.key(kind)), modes.ECB())
        return self._ciphers[kind]

    def _begin_filters(self):
        """Prepare what all filters share: the places of the bits, and a memory of the pairs seen."""
        secret = self.key(FILTER)
        places = _shuffled(list(range(FILTER_BITS)), secret)
        half = FILTER_BITS // 2
        self._opposites = sum(1 << place for place in places[half:])

        def mask(pair):
            drawn = _draws(half, secret, b"pair " + pair.encode("utf-8", "surrogatepass"))
            chosen = set()
            while len(chosen) < BITS_OF_A_PAIR:
                chosen.add(next(drawn))
            return sum(1 << places[bit] | 1 << places[bit + half] for bit in chosen)

        self._pairs = lru_cache(maxsize=8192)(mask)
        return self._pairs


def _in_bytes(texts):
    """Texts in UTF-8. What is no proper letter, as half of a pair, is kept: seldom, so it is tried without first."""
    texts = list(texts)
    try:
        return [text.encode() for text in texts]
    except UnicodeEncodeError:
        return [text.encode("utf-8", "surrogatepass") for text in texts]


def _bits_of(word, masks):
    bits = 0
    for left, right in zip(f"_{word}", f"{word}_", strict=True):
        bits |= masks(left + right)
    return bits


def likeness(left, right):
    """How alike filters are, from 0 to 1: uint64[n, 4] twice gives float32[n]. For balanced filters this is Dice."""
    import numpy as np

    apart = np.bitwise_count(np.asarray(left, np.uint64) ^ np.asarray(right, np.uint64)).sum(axis=-1, dtype=np.int32)
    return (1 - apart / FILTER_BITS).astype(np.float32)


def check_same(ours, theirs, *, what="the first file"):
    """Whether two fingerprints are of one key and epoch; raises what is wrong, in words for who holds the files."""
    for fingerprint in (ours, theirs):
        if not _FINGERPRINT.fullmatch(fingerprint):
            raise KeysError(f"{fingerprint[:40]!r} is no fingerprint of a key: the head of the file was altered.")
    (our_key, our_epoch), (their_key, their_epoch) = ours.split("-"), theirs.split("-")
    if our_key != their_key:
        raise WrongKey(
            f"The encodings were made with another key ({theirs}) than that of {what} ({ours}): nothing in them could "
            "agree. Encode both lists with the same key file."
        )
    if our_epoch != their_epoch:
        raise OtherEpoch(
            f"The encodings are of another epoch ({theirs}) than {what} ({ours}): nothing in them could agree. "
            "Encode the older list anew."
        )


def create_file(path, epoch, *, secret=None):
    """Make a key file that only its owner may read, with a new secret; returns its ring. Never writes over a file."""
    path = Path(path)
    ring = KeyRing(secret or secrets.token_bytes(SECRET_SIZE), epoch)
    held = {
        "simpul linkage key": 1,
        "epoch": epoch,
        "fingerprint": ring.fingerprint,
        "secret": b64encode(ring._secret).decode(),
    }
    try:
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            json.dump(held, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise KeysError(f"{path} exists. Keys are never overwritten: move the file away first.") from None
    except OSError as problem:
        raise KeysError(f"{path} cannot be written: {problem.strerror}.") from None
    return ring


def read_file(path):
    """The ring of a key file; refuses one that others may read, and one that was altered."""
    path = Path(path)
    try:
        with open(path, encoding="utf-8") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            text = file.read(10_000)
    except FileNotFoundError:
        raise KeysError(f"There is no key file {path}.") from None
    except OSError as problem:
        raise KeysError(f"{path} cannot be read: {problem.strerror}.") from None
    except ValueError:
        raise KeysError(f"{path} is no key file of linkage.") from None
    if mode & _OTHERS_MAY:
        raise KeysError(f"Others than its owner may read {path}. Run: chmod 600 {path}, and think who has read it.")
    return _ring_in(path, text)


def _ring_in(path, text):
    try:
        held = json.loads(text)
        secret = b64decode(held["secret"], validate=True)
        epoch, fingerprint = str(held["epoch"]), held["fingerprint"]
    except (ValueError, KeyError, TypeError):
        raise KeysError(f"{path} is no key file of linkage.") from None
    try:
        ring = KeyRing(secret, epoch)
    except KeysError as problem:
        raise KeysError(f"{path}: {problem}") from None
    if ring.fingerprint != fingerprint:
        raise KeysError(f"{path} was altered: its secret does not fit its fingerprint. Bring back the file as it was.")
    return ring


def _checked(kind):
    if not _KIND.fullmatch(kind):
        raise ValueError(f"{kind!r} is no kind of evidence.")
    if kind in NEVER_ALONE:
        raise ValueError(f"A tag of {kind!r} alone is read off by counting. Put it into a tag of more than one piece.")
    return kind


def _derived(secret, epoch, purpose, size):
    salt = hashlib.sha256(b"simpul linkage " + epoch.encode()).digest()
    return HKDF(hashes.SHA256(), size, salt=salt, info=b"simpul linkage " + purpose.encode()).derive(secret)


def _draws(below, secret, purpose):
    """Endless numbers from 0 to below - 1 (at most 256), all equally likely, from a key and what they are for."""
    fair = 256 - 256 % below
    count = 0
    while True:
        block = hashlib.blake2b(count.to_bytes(4, "big") + purpose, digest_size=64, key=secret).digest()
        yield from (number % below for number in block if number < fair)
        count += 1


def _shuffled(items, secret):
    """All orders are equally likely (Fisher and Yates)."""
    for last in range(len(items) - 1, 0, -1):
        other = next(_draws(last + 1, secret, b"order %d" % last))
        items[last], items[other] = items[other], items[last]
    return items
