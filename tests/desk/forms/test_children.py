"""Forms of children."""

from datetime import date

from simpul.desk.forms.children import Age, BestInterest, NewChild
from simpul.reference import catalogues

TODAY = date(2026, 8, 3)


def test_the_child_and_the_decision_on_its_age_are_told_apart(db):
    typed = {"name": "Melur", "childhood": "disputed", "ground": "papers_disagree", "birth_year": "2010"}
    form = NewChild(typed, today=TODAY)
    assert form.is_valid()
    told, age = form.told()
    assert told == {"name": "Melur", "childhood": "disputed", "birth_year": 2010}
    assert age == {"childhood": "disputed", "ground": "papers_disagree", "act_on": None}


def test_an_adult_is_not_recorded_as_a_child(db):
    form = NewChild({"name": "Melur", "childhood": "adult", "ground": "ktp"}, today=TODAY)
    assert set(form.errors) == {"childhood"}


def test_an_age_is_known_from_something(db):
    assert set(Age({"childhood": "child"}, today=TODAY).errors) == {"ground"}


def test_the_act_did_not_happen_tomorrow(db):
    form = Age({"childhood": "child", "ground": "ktp", "act_on": "2026-08-04"}, today=TODAY)
    assert set(form.errors) == {"act_on"}


def test_the_wish_of_the_child_and_the_decision_are_needed(db):
    assert set(BestInterest({}).errors) == {"tanya_wish", "decision"}
    form = BestInterest({"tanya_wish": "Sekolah", "decision": "Sekolah di desa"})
    assert form.is_valid()
    assert set(form.told()["answers"]) == {term.code for term in catalogues.terms("best_interest_questions")}
