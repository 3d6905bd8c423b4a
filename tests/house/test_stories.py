"""Each article of UU 21/2007 that asks something of the system has a story, and each right is told in one of them."""

import importlib
import re
from pathlib import Path

import pytest

from simpul.reference import catalogues

STORIES = Path(__file__).resolve().parents[1] / "stories"
ARTICLES = range(43, 56)


def story(article):
    return importlib.import_module(f"tests.stories.test_article_{article}")


def test_there_is_a_story_for_each_article_and_for_no_other():
    assert sorted(path.name for path in STORIES.glob("test_article_*.py")) == [f"test_article_{n}.py" for n in ARTICLES]


@pytest.mark.parametrize("article", ARTICLES)
def test_a_story_opens_with_its_article_and_its_promise(article):
    first = story(article).__doc__.splitlines()[0]
    assert re.fullmatch(rf"Article {article}: [a-z].+\.", first), first


def test_every_right_of_the_catalogue_is_told_in_one_story(db):
    told = [code for article in ARTICLES for code in story(article).RIGHTS]
    assert sorted(told) == sorted(term.code for term in catalogues.terms("rights"))


@pytest.mark.parametrize("article", ARTICLES)
def test_a_right_is_told_in_the_story_of_its_article(db, article):
    for code in story(article).RIGHTS:
        law = catalogues.term("legal_bases", catalogues.term("rights", code).extra["article"])
        assert law.extra["article"] == str(article), code
