"""Every field is sealed or declared plain, and never both."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from simpul.confidentiality.classes import twice_classified, unclassified
from simpul.confidentiality.fields import SealedTextField

OURS = [m for m in apps.get_models() if m._meta.app_config.name.startswith("simpul.")]


def test_there_are_models_to_look_at():
    assert len(OURS) > 20


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label_lower)
def test_no_field_is_forgotten(model):
    assert unclassified(model) == []
    assert twice_classified(model) == []


@isolate_apps("simpul.persons")
def test_a_forgotten_field_is_found():
    class Forgetful(models.Model):  # noqa: DJ008
        name = models.CharField(max_length=10)
        note = SealedTextField()

        class Confidential:
            plain = {"id"}

        class Meta:
            app_label = "persons"

    assert unclassified(Forgetful) == ["name"]


@isolate_apps("simpul.persons")
def test_a_field_that_is_both_or_does_not_exist_is_found():
    class Doubtful(models.Model):  # noqa: DJ008
        note = SealedTextField()

        class Confidential:
            plain = {"id", "note", "colour"}

        class Meta:
            app_label = "persons"

    assert twice_classified(Doubtful) == ["colour", "note"]


@isolate_apps("simpul.persons")
def test_a_model_that_says_nothing_has_nothing_classified():
    class Silent(models.Model):  # noqa: DJ008
        class Meta:
            app_label = "persons"

    assert unclassified(Silent) == ["id"]
