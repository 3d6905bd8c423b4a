"""docs/rights.md says what the catalogue and the stories say, and every right has a story."""

import importlib.util
from pathlib import Path

import pytest
from django.conf import settings

SCRIPT = Path(settings.ROOT) / "scripts" / "rights.py"


@pytest.fixture(scope="module")
def rights():
    spec = importlib.util.spec_from_file_location("rights_page", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_catalogue_and_the_stories_say(rights):
    assert rights.PAGE.read_text(encoding="utf-8") == rights.page(), "Run `make rights`."


def test_every_right_has_a_story_and_every_story_a_right(rights):
    assert set(rights.stories()) == set(rights.rows("rights"))


@pytest.mark.parametrize("article", range(43, 56))
def test_every_article_has_a_story_that_names_it(rights, article):
    promises = {promise for told in rights.stories().values() for _name, promise, _tests in told}
    assert any(promise.startswith(f"Article {article}:") for promise in promises)


def test_a_story_has_tests(rights):
    assert all(tests for told in rights.stories().values() for _name, _promise, tests in told)
