"""The places of West Kalimantan, loaded once for each module that asks for them."""

from datetime import date

import pytest

from simpul.places import loading
from simpul.places.models import BorderPost, Edition, Place

LOADED_ON = date(2026, 8, 3)


@pytest.fixture(scope="module")
def kalbar(django_db_setup, django_db_blocker):
    """All of West Kalimantan. What was not there before is taken away again, so that no other room meets it."""
    with django_db_blocker.unblock():
        was_empty = not Place.objects.exists()
        loading.load(on=LOADED_ON, only="61")
    yield
    if was_empty:
        with django_db_blocker.unblock():
            for model in (BorderPost, Place, Edition):
                model.objects.all().delete()


@pytest.fixture
def no_places(db):
    """A table without places, for a test that loads its own."""
    for model in (BorderPost, Place, Edition):
        model.objects.all().delete()
