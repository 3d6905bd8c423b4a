"""Forms of records that may be of one person."""

import pytest

from simpul.desk.forms.linkage import Answer, Question, TakenBack, Verdict
from tests.returns import came_home, with_returns

WORDS = "Desa dan nama ayahnya sama."


@pytest.fixture
def w(world):
    return with_returns(world)


def question(w, own, **typed):
    return Question(typed, own=own, holders=[w.uptd])


@pytest.mark.parametrize("form", [Verdict, Answer])
def test_a_verdict_is_of_the_list_and_has_a_reason(form):
    assert form({"verdict": "same", "reason": WORDS}).is_valid()
    assert set(form({"verdict": "perhaps", "reason": ""}).errors) == {"verdict", "reason"}


def test_only_an_answer_may_be_that_it_cannot_be_said():
    assert Answer({"verdict": "cannot_say", "reason": WORDS}).is_valid()
    assert not Verdict({"verdict": "cannot_say", "reason": WORDS}).is_valid()
    assert Verdict({"verdict": "unsure", "reason": WORDS}).is_valid()


def test_a_decision_is_taken_back_with_a_reason():
    assert TakenBack({"reason": WORDS}).is_valid()
    assert set(TakenBack({"reason": " "}).errors) == {"reason"}


def test_a_question_offers_what_is_known_and_no_more(w):
    own = came_home(w, nik="6107075208020003", birth_year=2002).person
    offered = [code for code, _words in question(w, own).fields["fields"].choices]
    assert offered == ["name", "birth_date", "sex", "home", "nik"]
    assert question(w, own).fields["fields"].initial == ["name", "birth_date"]


def test_a_question_goes_to_an_agency_that_keeps_the_other_record(w):
    own = came_home(w).person
    form = question(w, own, to=w.uptd.pk, fields=["name"], words=WORDS)
    assert form.is_valid()
    assert form.cleaned_data == {"to": w.uptd, "fields": ["name"], "words": WORDS}
    assert set(question(w, own, to=w.police.pk, fields=["phone"], words="").errors) == {"to", "fields", "words"}
