"""Who stands on several lists under another spelling; published sums stay as they are (`test_returned`)."""

from datetime import date

import pytest

from simpul.demo import returned, spellings, twice
from simpul.demo.returned import ARRIVALS, known_twice, people_of


@pytest.fixture(scope="module")
def on_lists():
    """{number of papers: line} of everybody planned, on whatever list or register."""
    plan = known_twice()
    lines = [line for arrival in ARRIVALS for line in people_of(arrival.name)]
    lines += [line for lately in plan.lately.values() for line in lately]
    found = {line.document: line for line in lines}
    return found | {line.nik: line for known in plan.register.values() for line in known}


def test_the_plan_is_the_same_every_time():
    lists = {arrival.name: (arrival.arrived_on, returned._lines_of(arrival.name)) for arrival in ARRIVALS}
    assert twice.plan(lists).lines == known_twice().lines


def test_as_many_are_planned_as_should_be():
    plan = known_twice()
    wanted = sum(many for *_lists, many in twice.DEPORTED_AGAIN) + sum(many for _key, many in twice.DEPORTED_LATELY)
    assert len(plan.same) == wanted + sum(twice.IN_REGISTER.values())
    assert 60 <= len(plan.same) <= 120
    assert len(plan.different) == sum(many for *_lists, many in twice.ALIKE)


def test_papers_of_everybody_planned_stand_where_they_should(on_lists):
    for pair in (*known_twice().same, *known_twice().different):
        assert set(pair) <= on_lists.keys()


def test_the_same_person_is_written_otherwise_and_is_of_one_sex_and_regency(on_lists):
    otherwise = 0
    for one, other in ((on_lists[a], on_lists[b]) for a, b in known_twice().same):
        otherwise += one.name != other.name
        assert one.sex == other.sex
        assert one.home[:5] == other.home[:5]
        assert not one.nik or one.nik != other.nik
    assert otherwise == len(known_twice().same)


def test_dates_are_swapped_forged_and_the_same(on_lists):
    ways = set()
    for one, other in ((on_lists[a].birth_date, on_lists[b].birth_date) for a, b in known_twice().same):
        if one == other:
            ways.add("same")
        elif one.year != other.year:
            ways.add("forged")
        elif (one.day, one.month) == (other.month, other.day):
            ways.add("swapped")
    assert ways == {"same", "forged", "swapped"}


def test_a_nik_is_missing_on_one_side_or_has_a_wrong_digit(on_lists):
    pairs = [(on_lists[a].nik, on_lists[b].nik) for a, b in known_twice().same]
    assert any(one and not other for one, other in pairs)
    assert any(other and not one for one, other in pairs)
    slips = [(one, other) for one, other in pairs if one and other]
    assert slips
    assert all(other == spellings.with_a_slip(one) for one, other in slips)


def test_who_only_looks_like_another_is_born_otherwise_or_is_called_otherwise(on_lists):
    for one, other in ((on_lists[a], on_lists[b]) for a, b in known_twice().different):
        assert one.home == other.home
        assert (one.name, one.birth_date) != (other.name, other.birth_date)


def test_a_line_that_tells_of_somebody_else_stays_as_it_is():
    for name, lines in known_twice().lines.items():
        drawn = returned._lines_of(name)
        for at, line in lines.items():
            before = drawn[at]
            assert (line.sex, line.home[:5], line.reason) == (before.sex, before.home[:5], before.reason)
            assert (line.sector, line.onward, line.document) == (before.sector, before.onward, before.document)
            assert before.remarks != twice.SEEN


def test_lists_of_the_last_weeks_keep_their_number_of_men_and_of_the_province():
    on = date(2026, 6, 1)
    _arrival, everybody = returned.invented_arrival("a test", on, depot="semuja", total=40, men=28, here=27)
    after = twice.put_lately(everybody, known_twice().lately["last week"], on=on)
    assert [line.sex for line in after] == [line.sex for line in everybody]
    assert [line.home[:2] for line in after] == [line.home[:2] for line in everybody]
    assert sum(one != other for one, other in zip(after, everybody, strict=True)) >= 3
