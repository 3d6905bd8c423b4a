"""What each column holds, by heading and by contents."""

import pytest

from simpul.migrants.reading import columns
from tests.migrants.reading.sheets import ANI, BUDI, codes, read_lines


@pytest.mark.parametrize(
    ("heading", "cells", "code"),
    [
        ("No Identitas", [ANI, BUDI], "nik"),
        ("No Identitas", ["C1234567", "B1234567"], "document"),
        ("No Identitas", [ANI, "B1234567"], "identity"),
        ("Dokumen", ["Paspor", "SPLP"], "document_kind"),
        ("Ket", ["tidak ada paspor", "judi", "narkoba"], "reason"),
        ("Ket", ["sakit", "hamil", "sehat"], "remarks"),
        ("Asal", ["Jl. Merdeka No 5, Desa Jagoi", "Dusun Risau RT 1 RW 2 Jagoi"], "address"),
        ("Tgl Lahir", ["Sambas, 07-08-1990", "Sambas, 08-08-1990"], "birth"),
        ("Lahir", ["07-08-1990", "08-08-1990"], "birth_date"),
        ("Status", ["kawin", "belum kawin"], ""),
        ("Status", ["masih bekerja", "pulang"], "status"),
        ("Setelah Tiba", ["mandiri", "dijemput keluarga"], "onward"),
        ("Laki-laki", ["L", "P"], "sex"),
    ],
)
def test_the_cells_settle_what_a_heading_leaves_open(heading, cells, code):
    lines = "\n".join(f"{name}|20|{cell}" for name, cell in zip(["Ani", "Budi", "Cici"], cells, strict=False))
    assert codes(read_lines(f"Nama|Umur|{heading}\n{lines}"))[heading] == code


def test_of_two_columns_that_say_the_same_one_is_asked():
    found = read_lines("Nama|JK|Nama|Umur\nAni|P|Anita|20\nBudi|L|Budiman|30")
    assert [column.code for column in found.columns] == ["name", "sex", "", "age"]
    assert [problem.cell for problem in found.problems] == ["C1"]


def test_two_columns_of_remarks_are_joined():
    found = read_lines("Nama|JK|Ket|Catatan\nAni|P|sakit|hamil")
    assert found.rows[0].values["remarks"] == "sakit; hamil"


def test_the_share_of_cells_that_fit_is_counted():
    assert columns.fit("nik", [ANI, "x"]) == 0.5
    assert columns.fit("remarks", ["x"]) == 1


def test_an_empty_column_is_not_asked():
    assert read_lines("Nama|JK|Kolom X\nAni|P|\nBudi|L|-").problems == ()
