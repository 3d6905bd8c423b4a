"""One invented person in the ways in which offices write names, dates and numbers."""

from datetime import date
from random import Random

import pytest

from simpul.demo import spellings
from simpul.linkage.matching import names

ON = date(2026, 1, 30)


@pytest.mark.parametrize("sex", ["L", "P"])
def test_each_name_is_written_in_several_ways_that_sound_alike_in_a_word(sex):
    for written in spellings.WRITTEN[sex]:
        assert len(set(written)) == len(written) >= 3
        first = {names.skeleton(word) for word in names.read(written[0]).words}
        for other in written[1:]:
            assert names.read(other).words
            assert len(other.split()[0]) > 1
        assert any(first & {names.skeleton(word) for word in names.read(other).words} for other in written[1:])


def test_past_the_last_name_the_first_comes_again():
    assert spellings.called("L", len(spellings.WRITTEN["L"])) == spellings.called("L", 0)


def test_every_way_to_get_a_date_wrong_occurs_and_nobody_becomes_a_child():
    random, born, ways = Random("dates"), date(1999, 6, 11), set()
    for _each in range(200):
        otherwise, how = spellings.born_otherwise(random, born, on=ON)
        ways.add(how)
        assert spellings.is_grown_up(otherwise, on=ON)
        assert (otherwise == born) == (how == "same")
    assert ways == set(spellings.DATES)


def test_day_and_month_change_places_only_where_there_is_such_a_day():
    random = Random("late in the month")
    found = {spellings.born_otherwise(random, date(1990, 3, 29), on=ON) for _each in range(100)}
    assert "swapped" not in {how for _born, how in found}


def test_a_slip_changes_one_digit_that_no_office_has_given_out():
    for nik in ("6107075406999931", "6107075406999909"):
        slip = spellings.with_a_slip(nik)
        assert sum(one != other for one, other in zip(nik, slip, strict=True)) == 1
        assert int(slip[-4:]) >= 9900


def test_a_daughter_has_another_mark_before_the_father_than_a_son():
    assert spellings.child_of("Nurlela", "Ramli", sex="P") == "Nurlela binti Ramli"
    assert spellings.child_of("Hasan", "Ramli", sex="L") == "Hasan bin Ramli"
