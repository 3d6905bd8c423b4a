"""What the form of a way makes of typing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from simpul.desk.forms.ways import PartialDate, Way
from simpul.places.legs import MOST


@pytest.mark.parametrize(
    ("typed", "on", "precision"),
    [
        ("14-03-2026", date(2026, 3, 14), "day"),
        ("14/3/2026", date(2026, 3, 14), "day"),
        ("2026-03-14", date(2026, 3, 14), "day"),
        ("03-2026", date(2026, 3, 1), "month"),
        ("2026", date(2026, 1, 1), "year"),
        ("", None, ""),
    ],
)
def test_a_date_is_read_as_far_as_it_was_written(typed, on, precision):
    assert PartialDate(required=False).clean(typed) == (on, precision)


@pytest.mark.parametrize("typed", ["kemarin", "31-02-2026", "13-2026", "26", "0001", "1-1-1"])
def test_what_is_no_date_is_asked_again(typed):
    with pytest.raises(ValidationError):
        PartialDate(required=False).clean(typed)


def test_a_new_way_has_two_empty_steps(db):
    assert len(Way().rows) == 2


def test_no_more_rows_than_a_way_has_steps(db):
    form = Way({"baris": [str(number) for number in range(40)], "tambah": "1"})
    assert len(form.rows) == MOST
    assert not form.may_add


def test_rows_that_nobody_made_are_left_out(db):
    assert [row.number for row in Way({"baris": ["0", "x", "-1", "0", "2"]}).rows] == [0, 2]
    assert [row.number for row in Way({}).rows] == [0]
