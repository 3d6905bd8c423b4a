"""Check digits: what they promise of a receipt read out on the telephone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.lib.numbers import check_digits, grouped, has_right_check_digits

payloads = st.text(alphabet="0123456789", min_size=1, max_size=40)


@given(payloads)
def test_a_number_fits_its_own_check_digits(payload):
    assert has_right_check_digits(payload + check_digits(payload))


@given(payloads, st.data())
def test_every_single_wrong_digit_is_found(payload, data):
    number = payload + check_digits(payload)
    place = data.draw(st.integers(0, len(number) - 1))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[place]]))
    assert not has_right_check_digits(number[:place] + wrong + number[place + 1 :])


@given(payloads, st.data())
def test_every_swap_of_two_neighbours_is_found(payload, data):
    number = payload + check_digits(payload)
    place = data.draw(st.integers(0, len(number) - 2))
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or not has_right_check_digits(swapped)


def test_the_example_of_the_standard_holds():
    # ISO 7064 MOD 97-10: the check digits of 794 are 44.
    assert check_digits("794") == "44"
    assert has_right_check_digits("79444")


@pytest.mark.parametrize("number", ["", "44", "79445", "7944x", "-79444"])
def test_what_is_no_such_number_does_not_fit(number):
    assert not has_right_check_digits(number)


def test_digits_stand_in_groups():
    assert grouped("48210937") == "4821 0937"
    assert grouped("482109371") == "4821 0937 1"
    assert grouped("482109", size=3) == "482 109"
    assert grouped("") == ""
