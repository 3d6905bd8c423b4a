"""`docs/words.md` has the word for every model and every catalogue."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from simpul.reference.catalogues import CATALOGUES

WORDS = (Path(__file__).resolve().parents[2] / "docs" / "words.md").read_text()
MODELS = [model for model in apps.get_models() if model.__module__.startswith("simpul.")]


def rows():
    """The rows of all tables as lists of cells, without heads."""
    lines = [line for line in WORDS.splitlines() if line.startswith("| ") and not line.startswith("| Indonesian")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def codes():
    return {code for row in rows() for code in re.findall(r"`([^`]+)`", row[-1])}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_has_its_word(model):
    assert f"{model._meta.app_label}.{model.__name__}" in codes()


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_catalogue_has_its_word(name):
    assert f"{name}.csv" in codes()


def test_no_word_stands_for_a_model_that_is_gone():
    models = {code for code in codes() if re.fullmatch(r"[a-z]+\.[A-Z]\w+", code)}
    assert models <= {f"{model._meta.app_label}.{model.__name__}" for model in MODELS}


def test_every_row_has_an_indonesian_and_an_english_word():
    assert len(rows()) > 60
    for row in rows():
        assert len(row) == 3
        assert all(row)
