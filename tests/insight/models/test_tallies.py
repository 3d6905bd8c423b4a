"""The rows of tallies."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from simpul.insight.models import Tally

AUGUST = date(2026, 8, 1)


def noted(world, **told):
    told = {"measure": "cases_open", "month": AUGUST, "place": "61.07.07", "number": 3, "counted_at": world.at} | told
    return Tally.objects.create(**told)


def test_a_number_stands_once(world):
    noted(world, agency=world.uptd)
    noted(world)
    for agency in (world.uptd, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            noted(world, agency=agency)
    assert str(noted(world, month=date(2026, 7, 1))) == "cases_open 2026-07 61.07.07"


def test_a_tally_holds_nothing_of_a_person():
    names = {field.name for field in Tally._meta.get_fields()}
    assert names == {"id", "measure", "month", "place", "agency", "number", "counted_at"}
    assert Tally._meta.get_field("place").max_length == len("61.07.07")
