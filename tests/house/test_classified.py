"""Every field of every model is sealed or declared plain."""

import pytest
from django.apps import apps
from django.db import models

from simpul.confidentiality.classes import twice_classified, unclassified
from simpul.confidentiality.fields import BlindIndexField, SealedField

MODELS = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("simpul.")]

# Words that belong to a person. A plain column of such a name is looked at twice.
PERSONAL = {"name", "nik", "phone", "telephone", "address", "passport", "birth_date", "contact", "statement", "text",
            "need", "note", "summary", "answer", "aliases", "safe_contact"}  # fmt: skip
LOOKED_AT = {
    "agencies.Agency.name",
    "agencies.Agency.telephone",
    "intake.IndicatorNote.answer",
    "journal.Series.name",
    "places.BorderPost.name",
    "places.BorderPost.note",
    "places.Place.name",
}


def test_there_are_models_to_look_at():
    assert len(MODELS) > 20
    assert any(isinstance(field, SealedField) for model in MODELS for field in model._meta.local_fields)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_sealed_or_declared_plain(model):
    assert unclassified(model) == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_field_is_both_and_nothing_is_declared_that_is_not_there(model):
    assert twice_classified(model) == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_with_sealed_fields_says_where_its_key_is(model):
    sealed = [field for field in model._meta.local_fields if isinstance(field, SealedField)]
    if sealed:
        first = model.Confidential.key.split(".")[0]
        names = [field.name for field in model._meta.local_fields]
        # A value is sealed when it is assigned, so the way to the key is assigned before.
        assert names.index(first) < min(names.index(field.name) for field in sealed)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_plain_column_is_meant_for_the_words_of_a_person(model):
    plain = [f for f in model._meta.local_fields if not isinstance(f, SealedField | BlindIndexField)]
    suspicious = {f"{model._meta.label}.{field.name}" for field in plain if field.name in PERSONAL}
    assert suspicious <= LOOKED_AT


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_long_plain_text_is_for_catalogues_outlines_and_what_is_published_only(model):
    free = [f.name for f in model._meta.local_fields if isinstance(f, models.TextField)]
    assert not free or model._meta.label in {"reference.Term", "places.Boundary", "insight.Release"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_has_no_order_of_its_own_and_no_consequences(model):
    assert model._meta.ordering in ([], ())
    assert "save" not in vars(model)
    assert "delete" not in vars(model)
