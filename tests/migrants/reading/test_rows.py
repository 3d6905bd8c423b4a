"""Each person, cell by cell."""

from datetime import date

import pytest

from tests.migrants.reading.sheets import ANI, errors, read_lines, values


def one(heading, cell):
    return read_lines(f"Nama|{heading}\nAni|{cell}\nBudi|")


@pytest.mark.parametrize(
    ("heading", "cell", "key", "value"),
    [
        ("TTL", "Sambas, 07-08-1990", "birth_place", "Sambas"),
        ("TTL", "SAMBAS 7/8/90", "birth_date", date(1990, 8, 7)),
        ("TTL", "Sambas, th 1990", "birth_year", 1990),
        ("TTL", "Sambas, 31-12-90 / 35 th", "age", 35),
        ("TTL", "Sambas", "birth_place", "Sambas"),
        ("Tgl Lahir", "± 35 th", "age", 35),
        ("Umur", "8 bln", "age", 0),
        ("NIK", ANI, "nik", ANI),
        ("No Paspor", "c 1234567", "document", "C1234567"),
        ("No HP", "0812-3456-7890", "phone", "081234567890"),
        ("Lama tinggal", "2 thn", "stay_length", 24),
        ("Lama tinggal", "lama sekali", "stay_length", "lama sekali"),
        ("Onward travel", "mandiri", "onward", "alone"),
        ("Nama Ibu", "Siti", "mother", "Siti"),
        ("Negara", "Malaysia", "country", "MY"),
        ("Tahun Lahir", "1990", "birth_year", 1990),
    ],
)
def test_a_cell_is_understood(heading, cell, key, value):
    assert one(heading, cell).rows[0].values[key] == value


@pytest.mark.parametrize(
    ("heading", "cell", "column"),
    [
        ("TTL", "Sambas, 31-02-1990", "birth_date"),
        ("Umur", "250", "age"),
        ("Umur", "tua", "age"),
        ("NIK", "123", "nik"),
        ("Kasus", "xyz", "reason"),
        ("No Paspor", "12", "document"),
        ("JK", "Q", "sex"),
        ("No HP", "1", "phone"),
        ("Tgl Lahir", "15-08-2030", "birth_date"),
        ("Negara", "xyz", "country"),
        ("Kasus", "#REF!", "reason"),
        ("Kasus", "sda", "reason"),
    ],
)
def test_a_cell_that_is_not_understood_is_said_and_left_empty(heading, cell, column):
    found = one(heading, cell)
    (problem,) = errors(found)
    assert (problem.column, problem.cell, problem.heading) == (column, "B2", heading)
    assert column not in found.rows[0].values
    assert len(found.rows) == 2


def test_as_above_takes_the_cell_above():
    found = read_lines('Nama|Kab|Kasus\nAni|Sambas|judi\nBudi|sda|"\nCici|-//-|idem')
    assert values(found, "regency_code", "reason") == [("61.01", "gambling")] * 3


def test_a_section_speaks_where_the_row_is_silent_and_is_compared_where_it_is_not():
    found = read_lines("No|Nama|JK|Umur\nA. LAKI-LAKI|||\n1|Budi||20\n2|Ani|P|30")
    assert values(found, "sex") == [("L",), ("P",)]
    assert [(problem.kind, problem.row) for problem in found.problems] == [("warning", 4)]


def test_ticks_under_both_sexes_are_asked():
    found = read_lines("Nama|L|P|Umur\nAni||v|20\nBudi|v|v|30")
    assert values(found, "sex") == [("P",), (None,)]
    assert errors(found)[0].choices == (("L", "L"), ("P", "P"))


def test_the_column_whose_place_is_not_found_is_named():
    (problem,) = errors(read_lines("Nama|Desa|Kec|Kab\nAni|Jagoi|Jagoi Babang|Xyzzyqua"))
    assert (problem.cell, problem.column) == ("D2", "regency")


def test_what_is_certain_of_a_place_stays():
    found = read_lines("Nama|Desa|Kec|Kab\nAni|Xyzzyqua|Jagoi Babang|Bengkayang")
    assert values(found, "district_code", "village_code") == [("61.07.07", None)]
    assert errors(found)[0].column == "village"


def test_the_row_keeps_how_it_stood_there():
    row = read_lines("Nama|TTL\nANI BINTI OMAR|Sambas, 7-8-90").rows[0]
    assert row.written == {"name": "ANI BINTI OMAR", "birth": "Sambas, 7-8-90"}
    assert row.values["name_written"] == "ANI BINTI OMAR"
