"""The chapters: each says how it ends; codes are known. What they leave behind is in `test_every_state`."""

from simpul.demo import chapters, stories
from simpul.reference import catalogues


def test_every_chapter_says_where_it_stands_at_the_end():
    assert len(set(chapters.CHAPTERS)) == len(chapters.CHAPTERS) >= 12
    assert all(chapter.__doc__ for chapter in chapters.CHAPTERS)


def test_what_is_best_for_a_child_is_asked_question_by_question(db):
    assert set(stories.BEST_ANSWERS) == {term.code for term in catalogues.terms("best_interest_questions")}
