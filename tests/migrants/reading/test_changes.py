"""What a corrected list says differently from the one before."""

from typing import NamedTuple

from simpul.migrants.reading import changes


class Line(NamedTuple):
    line: int
    values: dict


def line(number, name="Melati Kusuma", **values):
    return Line(number, {"name": name} | values)


def names(lines):
    return [each.values["name"] for each in lines]


def test_nothing_changed_where_everything_reads_the_same():
    told = changes.between([line(1, nik="1")], [line(4, nik="1")])
    assert (told.added, told.gone, told.changed) == ([], [], [])
    assert [(old.line, new.line) for old, new, _columns in told.kept] == [(1, 4)]


def test_who_is_new_and_who_is_gone():
    told = changes.between([line(1), line(2, "Joko")], [line(1), line(2, "Dahlia")])
    assert (names(told.added), names(told.gone)) == (["Dahlia"], ["Joko"])


def test_a_corrected_name_is_found_by_the_number():
    told = changes.between([line(1, "Melti", document="XD1")], [line(1, "Melati", document="XD1")])
    assert [columns for _old, _new, columns in told.changed] == [["name"]]


def test_a_number_added_later_is_a_change_of_the_same_person():
    told = changes.between([line(1, birth_year=1990)], [line(1, birth_year=1990, nik="1")])
    assert [columns for _old, _new, columns in told.changed] == [["nik"]]


def test_two_people_of_one_name_are_never_taken_for_each_other():
    told = changes.between([line(1, age=20), line(2, age=40)], [line(1, age=40)])
    assert not told.kept
    assert len(told.gone) == 2


def test_two_people_of_one_name_are_told_apart_by_their_birth():
    told = changes.between([line(1, birth_year=1990), line(2, birth_year=2001)], [line(1, birth_year=2001)])
    assert [old.line for old, _new, _columns in told.kept] == [2]
    assert [old.line for old in told.gone] == [1]
