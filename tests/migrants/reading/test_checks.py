"""What contradicts itself is told, and kept."""

import pytest

from tests.migrants.reading.sheets import ANI, read_lines


def warnings(text):
    return [(problem.column, problem.row) for problem in read_lines(text).problems if problem.kind == "warning"]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (f"P|07-08-1990|20|{ANI}|Bengkayang", "age"),
        (f"L|07-08-1990|35|{ANI}|Bengkayang", "nik"),
        (f"P|08-08-1990|35|{ANI}|Bengkayang", "nik"),
        (f"P|07-08-1990|35|{ANI}|Sambas", "nik"),
    ],
)
def test_a_contradiction_is_warned_of(cells, column):
    assert warnings(f"Nama|JK|Tgl Lahir|Umur|NIK|Kab\nAni|{cells}") == [(column, 2)]


def test_a_year_more_or_less_is_no_contradiction():
    assert warnings(f"Nama|JK|Tgl Lahir|Umur|NIK|Kab\nAni|P|07-08-1990|36|{ANI}|Bengkayang") == []


@pytest.mark.parametrize("column", ["NIK", "No Paspor", "Tgl Lahir"])
def test_somebody_twice_in_a_list_is_warned_of_once(column):
    cell = {"NIK": ANI, "No Paspor": "C1234567", "Tgl Lahir": "07-08-1990"}[column]
    assert [row for _, row in warnings(f"Nama|Umur|{column}\nAni|35|{cell}\nBudi|20|\nAni|35|{cell}")] == [4]


def test_two_people_of_one_name_are_two():
    assert warnings("Nama|Tgl Lahir\nAni|07-08-1990\nAni|08-08-1990") == []
