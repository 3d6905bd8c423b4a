from datetime import date

import pytest

from simpul.lib.rules import NotAllowed
from simpul.persons.policy import check_is_after_birth, check_is_not_restricted


@pytest.fixture
def person(world):
    return world.victim(world.case(), birth_year=2008).person


def test_nothing_of_somebody_whose_data_are_restricted_goes_out(person, now):
    check_is_not_restricted(person)
    person.restricted_at = now
    with pytest.raises(NotAllowed):
        check_is_not_restricted(person)


def test_nothing_happens_to_anybody_before_birth(person):
    with pytest.raises(NotAllowed, match="2008"):
        check_is_after_birth(person, date(2007, 12, 31))
    check_is_after_birth(person, date(2008, 1, 1))


def test_where_the_year_of_birth_or_the_day_is_not_known_nothing_is_refused(person):
    check_is_after_birth(person, None)
    person.birth_year = None
    check_is_after_birth(person, date(1900, 1, 1))
