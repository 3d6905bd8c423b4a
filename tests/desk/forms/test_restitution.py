"""Forms of restitution: rows of a claim, its steps, what the sums are told by."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from simpul.desk.forms.restitution import MOST, By, Items, Step

pytestmark = pytest.mark.django_db


def filled(**typed):
    return Items(QueryDict("&".join(f"{name}={value}" for name, value in typed.items())))


def test_a_row_for_each_head_of_the_law():
    assert [line["name"] for line in Items().lines()] == [
        "Kehilangan kekayaan atau penghasilan", "Penderitaan", "Biaya perawatan medis", "Biaya perawatan psikologis",
        "Kehilangan harta milik", "Biaya transportasi dasar", "Biaya pengacara",
        "Biaya yang berkaitan dengan proses hukum", "Kerugian lain",
    ]  # fmt: skip


def test_items_are_the_rows_with_an_amount_in_their_order():
    form = filled(amount_medical="1.000", amount_income="2.000", head_x0="income", amount_x0="500", note_x0="Upah")
    assert form.is_valid()
    assert form.items() == [
        ("income", Decimal(2000), ""), ("medical", Decimal(1000), ""), ("income", Decimal(500), "Upah"),
    ]  # fmt: skip
    assert form.sum_typed == 3500


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"amount_income": "0"}, "amount_income"),
        ({"note_income": "Gaji"}, "amount_income"),
        ({"amount_x0": "500"}, "head_x0"),
        ({"amount_income": "satu"}, "amount_income"),
        ({}, "__all__"),
    ],
)
def test_a_row_that_is_not_whole_is_said_beside_it(typed, field):
    form = filled(**typed)
    assert not form.is_valid()
    assert field in form.errors


def test_rows_grow_up_to_a_number_that_no_claim_needs():
    assert "amount_x0" in filled(tambah="1").fields
    form = filled(tambah="1", **{f"amount_x{n}": "" for n in (0, 7, 5_000_000)})
    assert "amount_x8" in form.fields
    assert "amount_x9" not in form.fields
    last = f"amount_x{MOST - 1}"
    assert f"amount_x{MOST}" not in filled(tambah="1", **{last: ""}).fields


def test_a_growing_form_is_not_valid_and_says_nothing():
    form = filled(tambah="1", amount_income="x")
    assert not form.is_valid()
    assert not form.errors


def test_the_amount_is_asked_where_a_step_has_one():
    assert "amount" not in Step(steps=["informed", "sent_to_lpsk"]).fields
    assert "amount" in Step(steps=["informed", "claimed"]).fields
    assert "Dibayar" in str(Step(steps=["paid"]).fields["amount"].help_text)


@pytest.mark.parametrize(("typed", "way"), [("", "region"), ("tahun", "year"), ("x", "region")])
def test_sums_are_told_by_region_where_nothing_else_is_asked(typed, way):
    assert By({"menurut": typed}).way == way
