"""Records as columns of numbers: equal numbers, equal evidence; 0, nothing known."""

from dataclasses import fields

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.linkage.matching.normalise import record
from simpul.linkage.matching.table import Table, Words
from tests.linkage.registers import register, rows_of

WHOLE = {
    "name": "Siti Aminah binti Ahmad alias Titi",
    "nik": "6107075208020003",
    "number": "B1234567",
    "birth_date": "12/08/2002",
    "sex": "P",
    "father": "Ahmad",
    "mother": "Halimah",
    "address": "Jl. Merdeka 5",
    "village": "Tebas",
    "regency": "Sambas",
    "postcode": "79461",
    "passport": "C7654321",
    "phone": "081234567891",
}


def columns_of(table):
    return {
        each.name: getattr(table, each.name)
        for each in fields(table)
        if isinstance(getattr(table, each.name), np.ndarray)
    }


def test_equal_evidence_has_equal_numbers_and_other_evidence_others():
    table = rows_of(WHOLE, WHOLE, WHOLE | {"nik": "6107075208020004", "village": "Pemangkat", "name": "Ratna"})
    for name, column in columns_of(table).items():
        assert (column[0] == column[1]).all(), name
    for name in ("nik", "village", "own", "joined"):
        column = columns_of(table)[name]
        assert np.any(column[0] != column[2]), name


def test_what_is_not_known_is_nought():
    table = rows_of({}, WHOLE)
    for name, column in columns_of(table).items():
        assert not column[0].any(), name
        assert name == "called_after" or column[1].any(), name


def test_a_table_of_nobody_has_its_columns():
    empty, one = columns_of(Table.of([])), columns_of(rows_of(WHOLE))
    assert empty.keys() == one.keys()
    for name, column in empty.items():
        assert column.shape == (0, *one[name].shape[1:]), name


def test_a_table_is_taken_from_what_comes_once():
    rows = register(30).rows
    assert Table.of(record(row) for row in rows).n == len(rows)


def test_more_words_than_there_is_room_for_are_left_out_quietly():
    table = rows_of({"name": " ".join(f"Nama{letter}" for letter in "abcdefgh"), "father": "A B C D E F"})
    assert (table.own != 0).all()
    assert (table.father != 0).all()


@given(st.lists(st.text(max_size=8), unique=True, max_size=12))
def test_words_that_sound_the_same_have_one_number(texts):
    words = Words.of(["", *(text for text in texts if text)])
    for i, one in enumerate(words.sounds):
        for j, other in enumerate(words.sounds):
            assert (words.sound[i] == words.sound[j]) == (one == other)
    assert words.sound[0] == words.bones[0] == words.letters[0] == words.length[0] == 0


@settings(deadline=None)
@given(st.text("0123456789", min_size=16, max_size=16), st.integers(0, 15), st.sampled_from("0123456789"))
def test_a_slip_in_one_quarter_leaves_one_part_equal(number, at, other):
    slipped = number[:at] + other + number[at + 1 :]
    table = Table.of([record({})._replace(nik=number), record({})._replace(nik=slipped)])
    parts = table.nik_parts
    assert parts[0, at // 4] == parts[1, at // 4] != 0
    if other != number[at]:
        assert (parts[0] == parts[1]).sum() == 1


def test_names_written_together_or_apart_are_one_when_joined():
    table = rows_of({"name": "Sri Wahyuni"}, {"name": "Sriwahyuni"}, {"name": "Sri Wahyudi"})
    assert table.joined[0] == table.joined[1] != table.joined[2]
