"""Forms of shelters."""

import pytest

from simpul.desk.forms.shelters import NewShelter

TYPED = {"code": " ra-07 ", "kind": "safe_house", "beds": "3"}


def test_a_code_is_written_in_capitals(db):
    form = NewShelter(TYPED)
    assert form.is_valid()
    assert form.cleaned_data == {"code": "RA-07", "kind": "safe_house", "beds": 3, "takes_children": False}


@pytest.mark.parametrize("beds", ["", "0", "-2", "many", "9999"])
def test_a_shelter_has_a_number_of_beds(db, beds):
    assert set(NewShelter(TYPED | {"beds": beds}).errors) == {"beds"}
