"""Forms of visits to people who came home."""

from datetime import date

from simpul.desk.forms.meetings import Village, Visit
from simpul.reference import catalogues

TODAY = date(2026, 8, 3)


def test_each_outcome_is_offered_with_what_follows_from_it(db):
    outcomes = Visit(today=TODAY).outcomes
    codes = [term.code for term in catalogues.terms("meeting_outcomes")]
    assert [option.data["value"] for option, _hint in outcomes] == codes
    assert any(hint for _option, hint in outcomes)


def test_a_place_is_only_written_for_who_lives_elsewhere(db):
    sent = {"on": "2026-08-03", "moved_to": "x", "moved_to_kode": "61.07.07.2002", "moved_to_untuk": "x"}
    assert set(Visit(sent | {"outcome": "found"}, today=TODAY).errors) == {"moved_to"}
    assert Visit(sent | {"outcome": "moved"}, today=TODAY).is_valid()


def test_a_visit_of_tomorrow_has_not_taken_place(db):
    assert set(Visit({"on": "2026-08-04", "outcome": "found"}, today=TODAY).errors) == {"on"}


def test_not_asked_is_an_answer_about_the_village():
    form = Village({"may_know": ""})
    assert form.is_valid()
    assert form.cleaned_data == {"may_know": ""}
