"""The chapters: each says how it ends; codes and places are known. What they leave behind is in `test_every_state`."""

from simpul.demo import chapters, stories
from simpul.places.models import Place
from simpul.reference import catalogues


def test_every_chapter_says_where_it_stands_at_the_end():
    assert len(set(chapters.CHAPTERS)) == len(chapters.CHAPTERS) >= 12
    assert all(chapter.__doc__ for chapter in chapters.CHAPTERS)


def test_every_reason_of_closing_but_success_has_a_short_case(db):
    reasons = {reason for reason, _place, _ago in chapters.SHORT}
    assert reasons == {term.code for term in catalogues.terms("closing_reasons")} - {"recovered"}
    assert reasons == set(stories.ENDED)
    assert len(stories.SHORTLY_KNOWN) == len(reasons)
    assert set(chapters.HOW_IT_WENT) | set(chapters.FOUND) <= reasons


def test_short_cases_lie_in_places_that_exist(db):
    for _reason, place, _ago in chapters.SHORT:
        assert Place.objects.filter(pk=place).exists(), place


def test_what_is_best_for_a_child_is_asked_question_by_question(db):
    assert set(stories.BEST_ANSWERS) == {term.code for term in catalogues.terms("best_interest_questions")}
