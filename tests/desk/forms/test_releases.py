"""Forms of open data."""

from datetime import date
from decimal import Decimal

import pytest

from simpul.desk.forms.releases import NewBudget, NewDelivery, NewRelease, Withdrawal

TODAY = date(2026, 8, 3)


def drafted(**typed):
    return NewRelease({"period": "2026-Q2", "method": "suppression", "epsilon": ""} | typed, today=TODAY)


def test_only_periods_that_are_over_are_offered():
    codes = [code for code, _words in drafted().fields["period"].choices]
    assert codes[0] == "2026-Q2"
    assert not {"2026-Q3", "2026"} & set(codes)
    assert not drafted(period="2026-Q3").is_valid()


def test_noise_needs_its_epsilon_and_hiding_has_none():
    assert drafted(method="noise").errors.keys() == {"epsilon"}
    form = drafted(method="noise", epsilon="0.25")
    assert form.is_valid()
    assert form.cleaned_data["epsilon"] == Decimal("0.25")
    form = drafted(epsilon="0.25")
    assert form.is_valid()
    assert form.cleaned_data["epsilon"] is None


@pytest.mark.parametrize("epsilon", ["0", "-1", "banyak", "0.0001"])
def test_what_is_no_epsilon_is_refused(epsilon):
    assert "epsilon" in drafted(method="noise", epsilon=epsilon).errors


def test_a_withdrawal_has_a_reason_of_the_list():
    assert Withdrawal({"because": "wrong_figures"}).is_valid()
    assert not Withdrawal({"because": ""}).is_valid()
    assert not Withdrawal({"because": "saja"}).is_valid()


def test_a_delivery_says_to_whom_for_what_and_under_which_agreement(db):
    assert set(NewDelivery({}).errors) == {"organisation", "purpose", "agreement"}


def test_a_budget_is_above_nothing():
    assert NewBudget({"year": "2026", "limit": "4"}).is_valid()
    assert not NewBudget({"year": "2026", "limit": "0"}).is_valid()
    assert not NewBudget({"year": "26", "limit": "1"}).is_valid()
