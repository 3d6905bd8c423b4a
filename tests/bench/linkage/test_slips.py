"""Slips: one name in several ways, and never none at all."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.linkage import names, slips

PARTS = st.lists(st.text("ABCDEFGHIKLMNOPRSTUWYZ", min_size=1, max_size=12), min_size=1, max_size=5)
CHANGES = (slips.shortened, slips.dropped, slips.turned, slips.joined)
LETTERS = (slips.by_ear, slips.mistyped, slips.misread)


@pytest.mark.parametrize("change", CHANGES)
@given(parts=PARTS, seed=st.integers(0, 1000))
def test_a_name_never_vanishes(change, parts, seed):
    assert all(change(list(parts), Random(seed)))


@pytest.mark.parametrize("change", LETTERS)
@given(parts=PARTS, seed=st.integers(0, 1000))
def test_a_part_never_vanishes(change, parts, seed):
    assert all(change(part, Random(seed)) for part in parts)


def test_old_spelling_is_that_of_before_1972():
    assert slips.old_spelling("SUKARNO") == "SOEKARNO"
    assert slips.old_spelling("JOKO") == "DJOKO"


def test_a_slip_of_a_figure_keeps_the_length():
    for seed in range(200):
        slipped = slips.digit_slip("6101010101900001", Random(seed))
        assert len(slipped) == 16
        assert slipped.isdigit()


def test_one_slip_of_the_keyboard_changes_the_length_by_one_at_most():
    for seed in range(200):
        assert abs(len(slips.mistyped("SUHARTO", Random(seed))) - 7) <= 1


def test_every_community_names_its_children():
    for community, naming in names.NAMING.items():
        for sex in "LP":
            drawn = {" ".join(naming(Random(seed), sex, "")) for seed in range(200)}
            assert len(drawn) > 50, community
            assert all(name == name.upper().strip() for name in drawn)


def test_a_few_names_are_borne_by_many():
    chance, stock = Random(1), names.MUSLIM_MEN
    drawn = [stock.draw(chance) for _each in range(5000)]
    assert drawn.count(stock.words[0]) > 4 * drawn.count(stock.words[-1]) > 0
