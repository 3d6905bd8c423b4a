"""The question for a hidden number."""

from datetime import date

from simpul.desk.forms.estimates import Question
from simpul.insight.estimates import Asked

TODAY = date(2026, 8, 3)


def test_it_begins_with_the_year_until_today_and_the_own_region(world):
    form = Question(officer=world.dewi, today=TODAY)
    assert form.initial == {"first_on": date(2025, 8, 4), "last_on": TODAY}
    assert next(code for code, _words in form.fields["place"].choices) == "61.07"


def test_what_was_asked_is_handed_on(world):
    told = {"population": "victims", "place": "61.07", "first_on": "2026-01-01", "last_on": "2026-08-03"}
    form = Question(told, officer=world.dewi, today=TODAY)
    assert form.is_valid()
    assert form.asked() == Asked("victims", "61.07", date(2026, 1, 1), TODAY)
    assert not Question(told | {"place": "61.01"}, officer=world.dewi, today=TODAY).is_valid()
