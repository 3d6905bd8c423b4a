"""Data keys as rows."""

import pytest

from simpul.confidentiality import data_keys
from simpul.confidentiality.models import DataKey


@pytest.mark.django_db
def test_a_data_key_is_named_by_its_number_and_nothing_else(now):
    data_key = data_keys.make(at=now)
    assert str(data_key) == str(data_key.pk)


@pytest.mark.django_db
def test_the_number_of_a_data_key_tells_nothing_of_when_it_was_made(now):
    assert {data_keys.make(at=now).pk.version for _ in range(3)} == {4}
    assert DataKey._meta.get_field("id").default.__name__ == "uuid4"
