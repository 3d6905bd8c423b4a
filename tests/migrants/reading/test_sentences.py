"""Every problem has a sentence that holds what was read."""

import pytest

from simpul.migrants.reading import sentences

FACTS = {"age": 1, "counted": 2, "told": "x", "section": "y", "other": "z"}


@pytest.mark.parametrize("problem", list(sentences._sentences()))
def test_a_sentence_is_whole(problem):
    said = sentences.say(problem, "100%", **FACTS)
    assert said.endswith(".")
    assert "%(" not in said


def test_a_date_that_is_none_is_said_as_the_house_says_it():
    assert "'31-02-1990'" in sentences.say("not_a_date", "31-02-1990")
