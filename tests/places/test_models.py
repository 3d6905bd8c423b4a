from datetime import date

import pytest
from django.db import IntegrityError, transaction

from simpul.places.models import BorderPost, Edition, Place

pytestmark = pytest.mark.django_db


def test_a_place_knows_what_it_lies_in_from_its_code_alone(kalbar):
    jagoi = Place.objects.get(code="61.07.07.2001")
    assert jagoi.parent_code == "61.07.07"
    assert jagoi.parent.name == "Jagoi Babang"
    assert jagoi.parent.parent.parent.name == "Kalimantan Barat"


def test_a_province_lies_in_nothing_and_asks_no_question(kalbar, django_assert_num_queries):
    province = Place.objects.get(code="61")
    with django_assert_num_queries(0):
        assert province.parent_code == ""
        assert province.parent is None


def test_a_place_is_called_by_its_official_name(kalbar):
    assert str(Place.objects.get(code="61.07")) == "Kabupaten Bengkayang"


@pytest.mark.parametrize(("latitude", "longitude"), [(1.0, None), (None, 109.0), (91.0, 109.0), (1.0, 181.0)])
def test_a_place_has_both_coordinates_or_none(no_places, latitude, longitude):
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(code="61", name="K", level="province", key="k", latitude=latitude, longitude=longitude)


def test_a_located_border_post_says_how_precisely(no_places):
    Place.objects.create(code="61", name="Kalimantan Barat", level="province", key="kalimantan barat")
    post = {"name": "P", "place_id": "61", "kind": "local", "source": "s", "confidence": "G"}
    BorderPost.objects.create(code="unlocated", **post)
    BorderPost.objects.create(code="located", latitude=1.0, longitude=110.0, precision_km=5, **post)
    with pytest.raises(IntegrityError), transaction.atomic():
        BorderPost.objects.create(code="vague", latitude=1.0, longitude=110.0, **post)


@pytest.mark.parametrize("model", [Place, BorderPost, Edition])
def test_every_field_of_a_place_is_declared_plain(model):
    assert {field.name for field in model._meta.concrete_fields} == model.Confidential.plain


def test_an_edition_names_itself_by_the_beginning_of_its_fingerprint():
    assert str(Edition(scope="61", fingerprint="0123456789abcdef", loaded_on=date(2026, 8, 3))) == "61 01234567"
