"""An amount of money in a form."""

from decimal import Decimal

import pytest
from django import forms

from simpul.desk.forms.money import RupiahField


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("5.000.000", "5000000"), ("Rp 5.000.000,50", "5000000.50"), (" 750000 ", "750000"), ("0", "0")],
)
def test_an_amount_is_read_as_people_write_it(typed, amount):
    assert RupiahField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["5,000,000", "5.00", "lima juta", "-5.000", "1" * 16])
def test_what_is_no_amount_is_said_in_a_sentence(typed):
    with pytest.raises(forms.ValidationError) as refusal:
        RupiahField().clean(typed)
    assert len(refusal.value.messages[0]) > 20


def test_an_empty_amount_is_none_and_may_be_required():
    assert RupiahField(required=False).clean("  ") is None
    with pytest.raises(forms.ValidationError):
        RupiahField().clean("")


@pytest.mark.parametrize(("amount", "shown"), [("5000000.00", "5.000.000"), ("5000000.50", "5.000.000,50")])
def test_an_amount_is_shown_as_it_is_written_and_has_not_changed(amount, shown):
    field = RupiahField()
    assert field.prepare_value(Decimal(amount)) == shown
    assert not field.has_changed(Decimal(amount), shown)
    assert field.prepare_value("5,000") == "5,000"
