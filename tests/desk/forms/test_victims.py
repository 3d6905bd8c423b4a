"""Forms of the people in a case."""

from datetime import date

from simpul.desk.forms.victims import NewPerson

TODAY = date(2026, 8, 3)


def person(**typed):
    form = NewPerson({"part": "victim"} | typed, today=TODAY)
    form.is_valid()
    return form


def test_nothing_but_the_part_must_be_known(db):
    assert person().is_valid()
    assert person().told() == {"part": "victim"}


def test_nobody_is_born_in_the_future(db):
    assert "birth_date" in person(birth_date="2027-01-01").errors
    assert "birth_year" in person(birth_year="2027").errors


def test_a_date_and_another_year_do_not_go_together(db):
    assert "birth_year" in person(birth_date="2010-05-05", birth_year="2009").errors
    assert person(birth_date="2010-05-05", birth_year="2010").is_valid()


def test_a_nik_may_be_written_with_blanks(db):
    assert person(nik="6107 0712 3456 7890").is_valid()
    assert "nik" in person(nik="6107").errors
