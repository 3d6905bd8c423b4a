"""Endings before the goals are reached: one for each reason, in places that exist."""

from simpul.demo import chapters, endings, stories
from simpul.places.models import Place
from simpul.reference import catalogues


def test_every_ending_is_a_chapter():
    assert len(endings.ENDINGS) >= 5
    assert set(endings.ENDINGS) <= set(chapters.CHAPTERS)


def test_every_reason_of_closing_but_success_has_a_short_case(db):
    reasons = {reason for reason, _place, _ago in endings.SHORT}
    assert reasons == {term.code for term in catalogues.terms("closing_reasons")} - {"recovered"}
    assert reasons == set(stories.ENDED)
    assert len(stories.SHORTLY_KNOWN) == len(reasons)
    assert set(endings.HOW_IT_WENT) | set(endings.FOUND) <= reasons


def test_short_cases_lie_in_places_that_exist(db):
    for _reason, place, _ago in endings.SHORT:
        assert Place.objects.filter(pk=place).exists(), place
