"""The recovery kit: any two sheets bring the seed back, one tells nothing."""

from base64 import b32decode
from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.confidentiality.keys import KeysError
from simpul.confidentiality.recovery import join, split

seeds = st.binary(min_size=32, max_size=32)
SEED = bytes(range(32))


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_any_two_sheets_restore_the_seed(seed):
    sheets = split(seed)
    for first, second in permutations(sheets, 2):
        assert join(first, second) == seed


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_no_sheet_holds_the_seed(seed):
    for sheet in split(seed):
        plain = "".join(sheet.split())
        data = b32decode(plain + "=" * (-len(plain) % 8))
        assert seed not in data


def test_what_a_sheet_holds_is_random_whatever_the_seed():
    """The first part of each sheet over many printings of one seed: every byte comes out, none more often."""
    for number in range(3):
        counts = Counter()
        for _ in range(200):
            plain = "".join(split(bytes(32))[number].split())
            counts.update(b32decode(plain + "=" * (-len(plain) % 8))[5:-4])
        # 200 sheets of 64 bytes: 50 of each value are expected; ten standard deviations are left.
        assert len(counts) == 256
        assert max(counts.values()) < 121
        assert min(counts.values()) > 5


def test_two_printings_share_nothing():
    one, other = split(SEED), split(SEED)
    for first, second in zip(one, other, strict=True):
        same = [a == b for a, b in zip(first.split()[3:], second.split()[3:], strict=True)]
        # Two random groups of twenty bits may agree; many do not.
        assert sum(same) <= 2


def test_one_sheet_twice_is_refused():
    sheet = split(SEED)[0]
    with pytest.raises(KeysError, match="Both are sheet 1"):
        join(sheet, sheet)


def test_sheets_of_two_keys_are_refused():
    with pytest.raises(KeysError, match="different keys"):
        join(split(SEED)[0], split(bytes(32))[1])


def test_sheets_of_two_printings_are_refused():
    with pytest.raises(KeysError, match="do not fit together"):
        join(split(SEED)[0], split(SEED)[1])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_typing_mistake_is_found_and_said_on_which_sheet(data):
    first, second, _third = split(SEED)
    place = data.draw(st.sampled_from([i for i, c in enumerate(second) if c != " " and i < len(second) - 1]))
    wrong = data.draw(st.sampled_from([c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" if c != second[place]]))
    with pytest.raises(KeysError, match="second sheet has a typing mistake"):
        join(first, second[:place] + wrong + second[place + 1 :])


@pytest.mark.parametrize("typed", ["", "ABCD", "é" * 117, "ABCD " * 60, "!"])
def test_what_is_no_sheet_is_a_typing_mistake(typed):
    with pytest.raises(KeysError, match="first sheet has a typing mistake"):
        join(typed, split(SEED)[0])


def test_small_letters_line_ends_and_digits_like_letters_are_no_mistake():
    first, second, _third = split(SEED)
    typed = second.lower().replace("o", "0").replace("i", "1").replace("b", "8").replace(" ", "\n")
    assert join(first, typed) == SEED
