"""Keys of linkage: equal evidence has equal tags under one key and epoch, and under no other."""

import hmac
import json
import secrets
from hashlib import blake2b, sha256

import numpy as np
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.linkage.matching import keys
from simpul.linkage.matching.keys import KeyRing, KeysError, OtherEpoch, WrongKey

SECRET = bytes(range(32))
NAMES = ("SYARIF", "SITI", "YOHANES", "LIM", "KRISTINA", "MUHAMMAD", "ATONG", "NURHALIZA")


@pytest.fixture
def ring():
    return KeyRing.from_secret(SECRET, "2026")


def test_the_same_evidence_has_the_same_tag_in_another_process(ring):
    again = KeyRing.from_secret(SECRET, "2026")
    assert ring.tag("name", "SYARIF") == again.tag("name", "SYARIF")
    assert ring.filter(["SYARIF"]) == again.filter(["SYARIF"])
    # What was encoded by this version must fit what another encodes.
    assert ring.filter(["SYARIF"])[0] == 12957899848139089902
    assert ring.fingerprint == "kacec2acc8ee0-e41207ce8"


def test_a_tag_is_what_the_standards_say(ring):
    """HKDF by hand (RFC 5869: extract with the salt, expand with the info), then keyed BLAKE2b (RFC 7693)."""
    drawn = hmac.digest(sha256(b"simpul linkage 2026").digest(), SECRET, "sha256")
    key = hmac.digest(drawn, b"simpul linkage tag nik\x01", "sha256")
    digest = blake2b(b"6104080101850001", key=key, digest_size=8).digest()
    assert ring.tag("nik", "6104080101850001") == int.from_bytes(digest, "little")


def test_the_tag_of_two_pieces_is_one_block_of_both(ring):
    """The digests of both, under keys that no tag has, and AES-256 (FIPS 197) of them under the key of the kind."""
    salt = sha256(b"simpul linkage 2026").digest()
    drawn = hmac.digest(salt, SECRET, "sha256")

    def key(purpose):
        return hmac.digest(drawn, b"simpul linkage " + purpose + b"\x01", "sha256")

    block = b"".join(
        blake2b(text, key=key(b"half " + half), digest_size=8).digest()
        for half, text in ((b"word", b"SITI"), (b"village", b"JAGOI"))
    )
    tag = Cipher(algorithms.AES(key(b"tag word+village")), modes.ECB()).encryptor().update(block)[:8]
    assert ring.tag("word+village", "SITI JAGOI") == int.from_bytes(tag, "little")


def test_of_two_pieces_both_must_be_known(ring):
    assert [ring.tag("word+village", text) for text in ("SITI", "SITI ", " JAGOI", "")] == [0, 0, 0, 0]
    texts = ["SITI JAGOI", "SITI", " JAGOI", "", "SITI SUNGAI RAYA"]
    assert ring.tags("word+village", texts).tolist() == [ring.tag("word+village", text) for text in texts]
    assert ring.tag("word+village", "SITI SUNGAI RAYA") not in (0, ring.tag("word+village", "SITI SUNGAI"))


def test_half_of_a_tag_is_no_tag(ring):
    """Who sees the tags of words finds none of them in what the tags of words with a village are made of."""
    assert ring.halves("word", ["SITI", ""]).tolist()[1] == 0
    assert ring.halves("word", ["SITI"])[0] != ring.tag("word", "SITI")
    swapped = ring.tag("word+village", "JAGOI SITI"), ring.tag("village+word", "SITI JAGOI")
    assert ring.tag("word+village", "SITI JAGOI") not in swapped


def test_other_evidence_kind_key_and_epoch_give_another_tag(ring):
    others = [
        ring.tag("name", "SARIF"),
        ring.tag("father", "SYARIF"),
        KeyRing.from_secret(secrets.token_bytes(32), "2026").tag("name", "SYARIF"),
        KeyRing.from_secret(SECRET, "2027").tag("name", "SYARIF"),
    ]
    assert len({ring.tag("name", "SYARIF"), *others}) == 5


def test_a_wrong_key_or_another_epoch_gives_no_agreement_at_all(ring):
    texts = [f"{name} {number}" for name in NAMES for number in range(500)]
    ours = ring.tags("name", texts)
    assert len(np.intersect1d(ours, KeyRing.from_secret(SECRET, "2026").tags("name", texts))) == len(texts)
    for other in (KeyRing.from_secret(secrets.token_bytes(32), "2026"), KeyRing.from_secret(SECRET, "2027")):
        assert len(np.intersect1d(ours, other.tags("name", texts))) == 0
        filters = np.array([[ring.filter([name]), other.filter([name])] for name in NAMES], np.uint64)
        assert keys.likeness(filters[:, 0], filters[:, 1]).max() < 0.65


def test_many_tags_are_the_same_as_one_by_one(ring):
    texts = ["SYARIF", "", "SITI", "日本", "\ud800"]
    assert ring.tags("name", texts).tolist() == [ring.tag("name", text) for text in texts]
    assert ring.tags("name", texts).dtype == np.uint64
    assert ring.tags("name", []).shape == (0,)


def test_what_is_not_known_has_no_tag(ring):
    assert ring.tag("nik", "") == 0
    assert ring.filter([]) == (0, 0, 0, 0)
    assert ring.tag("nik", "0") != 0


def test_evaluate_gives_tags_and_filters_in_order(ring):
    evidence = [("nik", "6104080101850001"), (keys.FILTER, "SITI AMINAH"), ("name", "")]
    assert ring.evaluate(evidence) == [ring.tag("nik", "6104080101850001"), ring.filter(["SITI", "AMINAH"]), 0]


@pytest.mark.parametrize("kind", ["sex", "district", "regency", "province"])
def test_what_has_few_values_has_no_tag_of_its_own(ring, kind):
    with pytest.raises(ValueError, match="more than one piece"):
        ring.tag(kind, "P")
    assert ring.tag(f"sound+{kind}", "SITI P")
    assert not ring.tag(f"sound+{kind}", " P")


@pytest.mark.parametrize("kind", ["", "NIK", "1nik", "n" * 41, "a b", "näme"])
def test_a_kind_is_one_plain_word(ring, kind):
    with pytest.raises(ValueError, match="no kind"):
        ring.tag(kind, "SITI")


@given(st.lists(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=20), min_size=1, max_size=6))
@settings(max_examples=50, deadline=None)
def test_half_of_a_filter_is_set_whatever_the_name(words):
    ring = KeyRing.from_secret(SECRET, "2026")
    bits = ring.filter(words)
    assert sum(part.bit_count() for part in bits) == keys.FILTER_BITS // 2
    assert all(0 <= part < 2**64 for part in bits)
    assert ring.filter(reversed(words)) == bits


def test_names_written_alike_have_filters_that_are_alike(ring):
    def alike(one, other):
        return float(keys.likeness(ring.filter(one.split()), ring.filter(other.split())))

    assert alike("SYARIF HASAN", "HASAN SYARIF") == 1
    assert alike("SYARIF HASAN", "SYARIP HASAN") > 0.85
    assert alike("SYARIF HASAN", "YOHANES ATONG") < 0.7


def test_the_bits_of_a_pair_of_letters_follow_no_line(ring):
    """Double hashing gives (a + i b) mod l: with every third bit known the rest follow. Here they do not."""
    ring.filter(["A"])
    lines = 0
    pairs = [left + right for left in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for right in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    for pair in pairs:
        mask = ring._pairs(pair)
        assert mask.bit_count() == 2 * keys.BITS_OF_A_PAIR
        places = [place for place in range(keys.FILTER_BITS) if mask >> place & 1]
        lines += len({(right - left) % keys.FILTER_BITS for left, right in zip(places, places[1:], strict=False)}) == 1
    assert lines == 0
    assert len({ring._pairs(pair) for pair in pairs}) == len(pairs)


def test_the_order_of_bits_is_drawn_fairly():
    """Each of 6 orders of 3 comes out about as often; a shuffle in which nothing may stay would give 2 of them."""
    counts = {}
    for number in range(3000):
        order = tuple(keys._shuffled([0, 1, 2], number.to_bytes(4, "big")))
        counts[order] = counts.get(order, 0) + 1
    assert len(counts) == 6
    assert min(counts.values()) > 400


@pytest.mark.parametrize("size", [0, 1, 16, 31])
def test_a_short_secret_is_refused(size):
    with pytest.raises(KeysError, match="too short"):
        KeyRing.from_secret(bytes(size), "2026")


@pytest.mark.parametrize("epoch", ["", "../2026", "20 26", "x" * 21, "-1"])
def test_an_epoch_has_a_plain_name(epoch):
    with pytest.raises(KeysError, match="no name of an epoch"):
        KeyRing.from_secret(SECRET, epoch)


def test_a_fingerprint_tells_which_key_and_epoch_and_shows_neither(ring):
    same_key = KeyRing.from_secret(SECRET, "2027")
    other = KeyRing.from_secret(secrets.token_bytes(32), "2026")
    ring.check(ring.fingerprint)
    with pytest.raises(OtherEpoch, match="another epoch"):
        ring.check(same_key.fingerprint)
    with pytest.raises(WrongKey, match="another key"):
        ring.check(other.fingerprint)
    for told in (ring.fingerprint, repr(ring)):
        assert "2026" not in told
        assert SECRET.hex()[:8] not in told
    with pytest.raises(KeysError, match="altered"):
        ring.check("k1")


def test_a_key_file_is_its_owners_alone_and_is_never_written_over(tmp_path):
    path = tmp_path / "linkage.key"
    made = keys.create_file(path, "2026")
    assert path.stat().st_mode & 0o777 == 0o600
    read = keys.read_file(path)
    assert (read.fingerprint, read.epoch) == (made.fingerprint, "2026")
    assert read.tag("nik", "1") == made.tag("nik", "1")
    before = path.read_bytes()
    with pytest.raises(KeysError, match="never overwritten"):
        keys.create_file(path, "2027")
    assert path.read_bytes() == before
    assert keys.create_file(tmp_path / "other.key", "2026").fingerprint != made.fingerprint


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_key_file_that_others_may_read_is_refused(tmp_path, mode):
    path = tmp_path / "linkage.key"
    keys.create_file(path, "2026")
    path.chmod(mode)
    with pytest.raises(KeysError, match="chmod 600"):
        keys.read_file(path)


def test_a_key_file_that_is_missing_altered_or_something_else_is_refused_in_words(tmp_path):
    path = tmp_path / "linkage.key"
    with pytest.raises(KeysError, match="There is no key file"):
        keys.read_file(path)
    with pytest.raises(KeysError, match="cannot be written"):
        keys.create_file(tmp_path / "no" / "folder.key", "2026")
    keys.create_file(path, "2026")
    held = json.loads(path.read_text())
    for wrong, words in (
        (json.dumps(held | {"epoch": "2027"}), "was altered"),
        (json.dumps(held | {"secret": held["secret"][:20]}), "no key file|too short"),
        (json.dumps(held | {"secret": "AAAA"}), "too short"),
        (json.dumps(held | {"secret": 7}), "no key file"),
        (json.dumps([1]), "no key file"),
        ("simpul", "no key file"),
        ("", "no key file"),
    ):
        path.write_text(wrong)
        with pytest.raises(KeysError, match=words) as problem:
            keys.read_file(path)
        assert held["secret"] not in str(problem.value)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KeysError, match="no key file"):
        keys.read_file(path)
