"""Receipts survive a telephone call, and a typing mistake is always found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.intake import receipts

RECEIPT = receipts.of_token("0123456789abcdef0123456789abcdef")
TOKENS = st.text("0123456789abcdef", min_size=32, max_size=32)


def test_a_receipt_has_28_digits_in_seven_groups():
    assert len(RECEIPT) == receipts.LENGTH == 28
    assert RECEIPT.isdecimal()
    assert [len(group) for group in receipts.shown(RECEIPT).split()] == [4] * 7


def test_a_receipt_has_more_than_80_bits():
    assert 10**receipts.PAYLOAD > 2**80


def test_the_same_form_gives_the_same_receipt_and_another_form_another():
    token = receipts.new_token()
    assert receipts.of_token(token) == receipts.of_token(token)
    assert receipts.of_token(token) != receipts.of_token(receipts.new_token())


def test_a_receipt_cannot_be_computed_without_the_receipt_key(settings):
    before = receipts.of_token("0" * 32)
    settings.KEYS = settings.KEYS | {"receipt_key": settings.KEYS["journal_key"]}
    assert receipts.of_token("0" * 32) != before


@given(TOKENS)
def test_what_is_shown_can_be_typed_back(token):
    receipt = receipts.of_token(token)
    assert receipts.typed(receipts.shown(receipt)) == receipt
    assert receipts.typed(receipts.shown(receipt).replace(" ", "-") + "\n") == receipt


@given(TOKENS, st.integers(0, 27), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(token, place, off):
    receipt = receipts.of_token(token)
    wrong = str((int(receipt[place]) + off) % 10)
    with pytest.raises(receipts.ReceiptError):
        receipts.typed(receipt[:place] + wrong + receipt[place + 1 :])


@given(TOKENS, st.integers(0, 26))
def test_every_swap_of_two_neighbours_is_found(token, place):
    receipt = receipts.of_token(token)
    one, other = receipt[place], receipt[place + 1]
    if one != other:
        with pytest.raises(receipts.ReceiptError):
            receipts.typed(receipt[:place] + other + one + receipt[place + 2 :])


@pytest.mark.parametrize(
    "text",
    ["", "   ", "halo", RECEIPT[:-1], RECEIPT + "0", RECEIPT.replace(RECEIPT[3], "O")],
    ids=["empty", "blanks", "a word", "too short", "too long", "a letter"],
)
def test_what_cannot_be_a_receipt_is_answered_with_a_sentence(text):
    with pytest.raises(receipts.ReceiptError) as refused:
        receipts.typed(text)
    assert str(refused.value).endswith(".")


def test_the_sentence_about_a_mistake_does_not_repeat_what_was_typed():
    with pytest.raises(receipts.ReceiptError) as refused:
        receipts.typed(RECEIPT[:-1] + str((int(RECEIPT[-1]) + 1) % 10))
    assert not any(group in str(refused.value) for group in receipts.shown(RECEIPT).split())


def test_a_token_is_known_by_its_form():
    assert receipts.is_token(receipts.new_token())
    assert receipts.is_token(receipts.new_check_token())
    for text in ("", "x" * 32, "0" * 31, "0" * 33, "A" * 32):
        assert not receipts.is_token(text)


def test_only_the_holder_of_the_receipt_key_makes_a_token_of_the_hourly_check():
    token = receipts.new_check_token()
    assert receipts.is_check_token(token)
    assert not receipts.is_check_token(token[:32])
    assert not receipts.is_check_token(token[:-1] + ("0" if token[-1] != "0" else "1"))
