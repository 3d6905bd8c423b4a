"""Data keys as rows."""

from datetime import timedelta

import pytest

from simpul.confidentiality import data_keys
from simpul.confidentiality.models import Parcel


@pytest.mark.django_db
def test_a_data_key_is_named_by_its_number_and_nothing_else(now):
    data_key = data_keys.make(at=now)
    assert str(data_key) == str(data_key.pk)


@pytest.mark.django_db
def test_a_later_data_key_goes_to_the_end_of_the_index_and_no_two_are_alike(now):
    made = [data_keys.make(at=now + timedelta(seconds=second)).pk for second in (0, 0, 1, 2)]
    assert {key.version for key in made} == {7}
    assert len(set(made)) == 4
    assert max(made[:2]) < made[2] < made[3]


def test_a_parcel_is_named_by_what_it_is_about_and_how_it_stands():
    assert str(Parcel(about="cases.referral:12")).startswith("cases.referral:12 ")


def test_from_every_state_of_a_parcel_it_is_known_what_may_follow():
    assert set(Parcel.NEXT) == set(Parcel.Status)
    assert not Parcel.NEXT[Parcel.Status.TAKEN]
