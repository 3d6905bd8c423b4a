"""Printed sums against counted rows."""

import pytest

from simpul.migrants.reading import totals
from tests.migrants.reading.sheets import read_lines

LIST = "Nama|L|P|Umur\nAni||v|20\nBudi|v||30\nCici||v|40\n"


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("JUMLAH|1|2|", {"total": 3, "sex:L": 1, "sex:P": 2}),
        ("Jumlah : 3 orang (L: 1, P: 2)|||", {"total": 3, "sex:L": 1, "sex:P": 2}),
        ("TOTAL|||3", {}),
        ("Jumlah 3 orang|||", {"total": 3}),
        ("Laki-laki : 1 orang, Perempuan : 2 orang|||", {"sex:L": 1, "sex:P": 2}),
        ("GRAND TOTAL|3||", {"total": 3}),
    ],
)
def test_a_sum_is_understood_in_many_forms(line, printed):
    found = read_lines(LIST + line)
    assert len(found.rows) == 3
    assert {key: found.totals.printed[key] for key in printed} == printed
    assert found.totals.differences == ()


def test_a_wrong_sum_is_said():
    found = read_lines(LIST + "JUMLAH|2|2|")
    assert found.totals.printed["total"] == 4
    assert found.totals.counted["total"] == 3
    assert len(found.totals.differences) == 2


def test_the_total_of_the_title_is_compared():
    found = read_lines("DAFTAR PMI||\nJumlah : 5 orang||\nNama|JK|Umur\nAni|P|20")
    assert found.header.total == 5
    assert len(found.totals.differences) == 1


def test_a_wrong_sum_below_a_section_is_that_of_the_section():
    found = read_lines(
        "No|Nama|Umur\nKAB. SAMBAS||\n1|Ani|20\nSub Total||3\nKAB. BENGKAYANG||\n2|Budi|30\nSub Total||1\nTotal||2"
    )
    assert found.totals.printed["regency:61.01"] == 3
    assert len(found.totals.differences) == 1


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("1.327", 1327), ("12 orang", 12), ("12.0", 12), ("dua", None), ("1-2", None)]
)
def test_a_count_is_a_number_and_nothing_else(text, number):
    assert totals.number_in(text) == number


def test_of_several_counts_the_sum_of_the_others_counts():
    assert totals._sum_of([1, 2, 3]) == 3
    assert totals._sum_of([3, 1, 2]) == 3
    assert totals._sum_of([1, 2, 4]) is None
    assert totals._sum_of([]) is None
