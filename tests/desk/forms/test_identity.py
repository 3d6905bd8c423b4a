from datetime import date

import pytest
from django import forms

from simpul.desk.forms.cases import day_field
from simpul.desk.forms.identity import ChecksIdentity

TODAY = date(2026, 8, 3)


class Known(ChecksIdentity, forms.Form):
    nik = forms.CharField(required=False)
    birth_date = day_field("Born", required=False)
    birth_year = forms.IntegerField(required=False)


class WithoutYear(ChecksIdentity, forms.Form):
    nik = forms.CharField(required=False)
    birth_date = day_field("Born", required=False)


def known(form=Known, **typed):
    return form(typed, today=TODAY)


@pytest.mark.parametrize("nik", ["610707520890000", "61070752089000012", "tidak ada"])
def test_a_nik_has_16_digits(nik):
    assert "nik" in known(nik=nik).errors


@pytest.mark.parametrize("nik", ["6107075208900001", "610707 520890 0001", "6107.0752.0890.0001"])
def test_a_nik_is_kept_as_its_digits(nik):
    form = known(nik=nik)
    assert form.is_valid()
    assert form.cleaned_data["nik"] == "6107075208900001"


def test_a_nik_may_be_unknown():
    form = known(nik="")
    assert form.is_valid()
    assert form.cleaned_data["nik"] == ""


def test_nobody_is_born_in_the_future():
    assert "birth_date" in known(birth_date="2026-08-04").errors
    assert "birth_year" in known(birth_year="2027").errors
    assert known(birth_date="2026-08-03", birth_year="2026").is_valid()


def test_a_form_need_not_ask_for_the_year():
    assert known(WithoutYear, birth_date="1990-08-12").is_valid()
