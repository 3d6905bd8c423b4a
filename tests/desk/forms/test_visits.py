"""Forms of visits."""

from datetime import date

from simpul.cases.returns import FOLLOW_UPS
from simpul.desk.forms.visits import WHICH, NewVisit

TODAY = date(2026, 8, 3)
TYPED = {"on": "2026-08-03", "result": "well"}


def test_the_visits_to_choose_from_are_those_that_are_owed():
    assert [months for months, _words in WHICH] == list(FOLLOW_UPS)


def test_the_first_that_is_owed_is_offered(db):
    assert NewVisit(today=TODAY, owed={FOLLOW_UPS[12], FOLLOW_UPS[6]}).initial["months"] == 6
    assert NewVisit(today=TODAY, owed=set()).initial["months"] == ""


def test_one_more_visit_is_none_of_them(db):
    form = NewVisit(TYPED | {"months": ""}, today=TODAY, owed=set())
    assert form.is_valid()
    assert form.cleaned_data["months"] is None


def test_a_visit_of_tomorrow_has_not_taken_place(db):
    assert set(NewVisit(TYPED | {"on": "2026-08-04"}, today=TODAY, owed=set()).errors) == {"on"}
