"""Sealing: whoever has the data key and the right place reads; everybody else learns nothing and changes nothing."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from simpul.confidentiality import keys, sealing
from simpul.confidentiality.sealing import SealBroken, seal, unseal

SECRET = bytes(range(32))
CONTEXT = "intake.report.statement:1"


@given(st.binary(max_size=2000))
def test_what_was_sealed_is_unsealed(data):
    assert unseal(SECRET, seal(SECRET, data, context=CONTEXT), context=CONTEXT) == data


@given(st.binary(max_size=60), st.data())
def test_any_flipped_byte_is_refused(data, draw):
    sealed = bytearray(seal(SECRET, data, context=CONTEXT))
    place = draw.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= draw.draw(st.integers(1, 255))
    with pytest.raises(SealBroken):
        unseal(SECRET, bytes(sealed), context=CONTEXT)


@given(st.binary(max_size=60), st.data())
def test_anything_cut_off_is_refused(data, draw):
    sealed = seal(SECRET, data, context=CONTEXT)
    with pytest.raises(SealBroken):
        unseal(SECRET, sealed[: draw.draw(st.integers(0, len(sealed) - 1))], context=CONTEXT)


def test_another_key_or_another_place_does_not_open():
    sealed = seal(SECRET, b"Serian", context=CONTEXT)
    with pytest.raises(SealBroken, match="does not fit"):
        unseal(bytes(32), sealed, context=CONTEXT)
    with pytest.raises(SealBroken, match="does not fit"):
        unseal(SECRET, sealed, context="intake.report.where:1")


def test_an_unknown_method_is_said():
    with pytest.raises(SealBroken, match="unknown method"):
        unseal(SECRET, b"\x02" + bytes(40), context=CONTEXT)


def test_the_same_words_never_look_the_same():
    assert len({seal(SECRET, b"Serian", context=CONTEXT) for _ in range(50)}) == 50


def test_a_broken_seal_tells_nothing_of_what_is_sealed():
    sealed = seal(SECRET, b"Melati Kusuma", context=CONTEXT)
    with pytest.raises(SealBroken) as problem:
        unseal(bytes(32), sealed, context=CONTEXT)
    assert "Melati" not in str(problem.value)
    assert problem.value.__cause__ is None


def test_a_data_key_is_sealed_to_the_generation_in_use(settings):
    name, sealed = sealing.seal_for_installation(SECRET, context="data key 1")
    assert name == sealing.generation_in_use()
    assert name in settings.KEYS["seeds"]
    assert SECRET not in sealed
    assert sealing.seal_for_installation(SECRET, context="data key 1")[1] != sealed


def test_a_receipt_is_found_by_its_tag_and_the_tag_does_not_open():
    receipt = "1234567890123456789012345678"
    assert sealing.receipt_tag(receipt) == sealing.receipt_tag(receipt)
    assert len(sealing.receipt_tag(receipt)) == 32
    assert sealing.receipt_tag(receipt) != sealing.receipt_key(receipt)
    assert sealing.receipt_tag(receipt) != sealing.receipt_tag(receipt[::-1])


def test_a_stolen_table_of_tags_cannot_be_tried_out_without_the_receipt_key(settings):
    receipt = "1234567890123456789012345678"
    before = sealing.receipt_tag(receipt), sealing.receipt_key(receipt)
    settings.KEYS = settings.KEYS | {"receipt_key": "A" * 43 + "="}
    assert {sealing.receipt_tag(receipt), sealing.receipt_key(receipt)}.isdisjoint(before)


def test_random_that_follows_from_a_token_is_the_same_every_time():
    assert sealing.keyed_random(b"token", purpose="a") == sealing.keyed_random(b"token", purpose="a")
    assert sealing.keyed_random(b"token", purpose="a") != sealing.keyed_random(b"token", purpose="b")
    assert len(sealing.keyed_random(b"token", purpose="a", length=16)) == 16


@pytest.mark.parametrize(
    "ask",
    [
        lambda: sealing.seal_for_installation(SECRET, context="x"),
        lambda: sealing.receipt_tag("1"),
        lambda: sealing.keyed_random(b"1", purpose="x"),
    ],
)
def test_without_keys_the_first_use_says_what_to_run(settings, ask):
    settings.KEYS = {}
    with pytest.raises(ImproperlyConfigured, match="simpul keys make"):
        ask()


def test_the_public_half_is_enough_to_seal(settings, folder):
    settings.KEYS = keys.read(folder / "portal.json")
    assert sealing.seal_for_installation(SECRET, context="x")[0] == sealing.generation_in_use()
