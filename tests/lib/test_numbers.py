"""Check digits, and what they promise of a receipt read out on the telephone; amounts of money."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.lib.numbers import check_digits, grouped, has_right_check_digits, rupiah, rupiah_in

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


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Decimal("1234567"), "Rp1.234.567,00"),
        (Decimal("1234567.5"), "Rp1.234.567,50"),
        (Decimal("0.005"), "Rp0,01"),
        (0, "Rp0,00"),
        (999, "Rp999,00"),
        (1000, "Rp1.000,00"),
        (Decimal("-25000"), "-Rp25.000,00"),
        (Decimal("123456789012345.67"), "Rp123.456.789.012.345,67"),
    ],
)
def test_an_amount_is_written_as_on_indonesian_papers(amount, written):
    assert rupiah(amount) == written


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("5.000.000", "5000000"),
        ("Rp 5.000.000,50", "5000000.50"),
        ("rp. 750.000,-", "750000"),
        ("5000000", "5000000"),
        ("0", "0"),
        ("1,5", "1.50"),
        ("  12 500 ", "12500"),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed, amount):
    assert rupiah_in(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["", "Rp", "5.00", "5,000,000", "1.5", "-5.000", "lima juta", "5.000.00", "1,234"])
def test_an_amount_that_could_mean_two_things_is_not_guessed(typed):
    with pytest.raises(ValueError):
        rupiah_in(typed)


def test_what_is_written_is_read_back():
    for amount in (Decimal("1234567.50"), Decimal("999"), Decimal("0.05")):
        assert rupiah_in(rupiah(amount)) == amount
