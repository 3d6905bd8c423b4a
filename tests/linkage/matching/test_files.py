"""Lists as people send them: any separator and encoding, stray quotation marks, rows that cannot be used."""

import csv
import tracemalloc
from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from simpul.linkage.matching import files

HEAD = "rec_id,name,nik,dob,sex\n"


@pytest.fixture
def listed(tmp_path):
    """Writes a list and reads it: (the list, its lines, the rows set aside)."""

    def read(content, *, name="list.csv", truth="", **chosen):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        opened = files.opened(path, chosen={field: [heading] for field, heading in chosen.items()}, truth=truth)
        aside = []
        return opened, list(opened.lines(aside=aside.append, this_year=2026)), aside

    return read


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_any_separator_and_encoding(listed, separator, encoding):
    text = (
        separator.join(["ID", "Nama", "Tgl Lahir"])
        + "\r\n"
        + "".join(separator.join([f"k{n}", f"JOSÉ ANDRÉ {n}", "12-08-1990"]) + "\r\n" for n in range(20))
    )
    opened, lines, aside = listed(text.encode(encoding))
    assert [line.id for line in lines] == [f"k{n}" for n in range(20)]
    assert {line.record.words[:2] for line in lines} == {("JOSE", "ANDRE")}
    assert lines[0].record.dates == ((1990, 8, 12),)
    assert not aside
    assert opened.findings.other_encoding[0] == (20 if encoding in ("cp1252", "latin-1") else 0)


def test_lines_of_two_encodings_in_one_file_are_said(listed):
    opened, lines, _aside = listed(
        (HEAD + "1,JOSÉ,,,\n").encode() + "2,RENÉ,,,\n".encode("latin-1") + b"3,A\x81A BUDI,,,\n"
    )
    assert [line.record.words for line in lines[:2]] == [("JOSE",), ("RENE",)]
    assert opened.findings.other_encoding == [2, 3]
    assert opened.findings.bad_bytes == [1, 4]


def test_a_row_with_too_many_or_too_few_cells_is_set_aside(listed):
    opened, lines, aside = listed(HEAD + "1,ANI,,,P\n2,SITI, BINTI ALI,,,P\n3,BUDI\n4,DEWI,,,P,,,\n")
    assert [line.id for line in lines] == ["1", "4"]
    assert [(each.row, each.reason, each.details["found"]) for each in aside] == [(3, "cells", 6), (4, "cells", 2)]
    assert opened.findings.aside == {"cells": 2}


def test_a_quotation_mark_left_open_costs_its_own_row_at_most(listed):
    _opened, lines, aside = listed(
        HEAD + '1,"ANI,,,P\n2,BUDI,,,L\n3,"DEWI ""WI""",,,P\n4,"EKA\nPUTRI",,,P\n5,FAJAR 5",,,L\n6,"GITA,,,P\n'
    )
    assert [line.id for line in lines] == ["2", "3", "4", "5"]
    assert [(each.row, each.reason) for each in aside] == [(2, "quote"), (7, "quote")]
    assert lines[2].record.words == ("EKA", "PUTRI")


def test_an_open_mark_in_the_last_cell_swallows_nobody(listed):
    _opened, lines, aside = listed('rec_id,name\n1,"ANI\n2,BUDI\n3,DEWI\n')
    assert [line.id for line in lines] == ["1", "2", "3"]
    assert not aside


cell = st.text("aB ,;\"'\n\r\t|é", max_size=12)


@given(st.lists(st.tuples(cell, cell), min_size=1, max_size=30), st.sampled_from(",;\t|"))
def test_what_a_program_of_tables_writes_is_read_whole(tmp_path_factory, rows, separator):
    path = tmp_path_factory.mktemp("lists") / "list.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        writer.writerow(["rec_id", "Nama", "Alamat", "Ket"])
        writer.writerows([f"k{number}", f"ANI {name}", address, "-"] for number, (name, address) in enumerate(rows))
    aside = []
    lines = list(files.opened(path).lines(aside=aside.append, this_year=2026))
    assert aside == []
    assert [line.id for line in lines] == [f"k{number}" for number in range(len(rows))]


def test_texts_full_of_another_separator_do_not_cut_the_lines(listed):
    _opened, lines, aside = listed("rec_id,Nama,Alamat,Ket\nk0,ANI ;;;,;;;,-\nk1,BUDI ;;;,;;;,-\n")
    assert [line.id for line in lines] == ["k0", "k1"]
    assert not aside


def test_a_heading_may_begin_as_an_archive_does(listed):
    _opened, (line,), _aside = listed("PK,Nama,NIK\n1,ANI,\n")
    assert line.record.words == ("ANI",)


def test_rows_without_an_id_or_with_one_that_was_there_are_set_aside(listed):
    _opened, lines, aside = listed(HEAD + "1,ANI,,,P\n,BUDI,,,L\n1,ANI B,,,P\n")
    assert [line.row for line in lines] == [2]
    assert [(each.row, each.reason) for each in aside] == [(3, "no_id"), (4, "duplicate_id")]
    assert aside[1].details == {"first": 2}


def test_a_row_that_says_nothing_is_set_aside_and_a_blank_line_is_not(listed):
    opened, lines, aside = listed(
        HEAD + "1,ANI,,,P\n\n2,X,0000000000000000,-,P\n,,,,\n3,tidak diketahui,,12-08-1990,\n"
    )
    assert [line.id for line in lines] == ["1", "3"]
    assert [(each.row, each.reason) for each in aside] == [(4, "nothing")]
    assert opened.findings.blank == 2


def test_without_a_column_of_identifiers_the_row_stands_for_one(listed):
    _opened, lines, _aside = listed("Nama,NIK\nANI,\nBUDI,\n")
    assert [line.id for line in lines] == ["2", "3"]


def test_values_that_claim_something_unreadable_are_counted_and_their_rows_stay(listed):
    rows = [
        "1,ANI,,31-02-1990,P",
        "2,BUDI,610101150190001,1990,L",
        "3,CICI,,12-08-3012,P",
        "4,DEWI,0,tidak tahu,X",
        "5,EKA,,12-08-1990,LP",
        "6,FITRI,610101150190000,-,B",
    ]
    opened, lines, aside = listed(HEAD + "\n".join(rows) + "\n")
    assert len(lines) == 6
    assert not aside
    assert opened.findings.unreadable == {"birth_date": [2, 2], "nik": [2, 3], "sex": [1, 6]}


def test_one_birthday_for_a_whole_village_is_said_and_1_january_is_not(listed):
    shared = "".join(f"{n},ANI {n},,12-08-1990,P\n" for n in range(40))
    unknown = "".join(f"u{n},BUDI {n},,01-01-1980,L\n" for n in range(40))
    others = "".join(f"o{n},CICI {n},,{1 + n % 28:02}-{1 + n // 28:02}-1985,P\n" for n in range(100))
    opened, _lines, _aside = listed(HEAD + shared + unknown + others)
    assert opened.findings.shared_dates() == [((1990, 8, 12), 40)]
    few, _lines, _aside = listed(
        HEAD + others + "".join(f"{n},ANI {n},,12-08-1990,P\n" for n in range(20)), name="few.csv"
    )
    assert few.findings.shared_dates() == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Sambas, 12-08-1990", (1990, 8, 12)),
        ("Pontianak 12 Agustus 1990", (1990, 8, 12)),
        ("33097", (1990, 8, 12)),
        ("12 Agustus 1990", (1990, 8, 12)),
        ("19900812", (1990, 8, 12)),
    ],
)
def test_a_date_behind_a_place_or_counted_in_days_is_found(listed, written, read):
    _opened, (line,), _aside = listed(f'Nama;Tempat/Tgl Lahir\nANI;"{written}"\n')
    assert line.record.dates == (read,)


def test_an_alias_of_its_own_column_and_a_nik_in_another_are_put_where_they_belong(listed):
    _opened, (line,), _aside = listed("Nama,Alias,No Identitas\nANI,NINING,6101155208900001\n")
    assert line.record.words == ("ANI",)
    assert line.record.aliases == ("NINING",)
    assert line.record.nik == "6101155208900001"
    assert line.record.number == ""


def test_of_two_columns_for_one_number_the_first_that_is_filled_counts_and_an_address_is_joined(listed):
    _opened, lines, _aside = listed("Nama,No KTP,NIK,Alamat,RT/RW\nANI,,6101155208900001,Jl. Melati 5,02/03\n")
    assert lines[0].record.nik == "6101155208900001"
    assert lines[0].record.address == ("MELATI", "5", "02", "03")


def test_titles_above_the_header_are_passed_over(listed):
    opened, lines, _aside = listed("DAFTAR KORBAN\nTahun 2026\n\nNo,Nama,NIK\n1,ANI,\n")
    assert opened.header_row == 4
    assert [(line.row, line.id) for line in lines] == [(5, "1")]


def test_the_truth_is_read_only_where_it_is_asked_for(listed):
    content = "rec_id,cluster,name\n1,77,ANI\n2,78,X\n"
    opened, (line,), aside = listed(content, truth="cluster")
    assert (line.truth, aside[0].truth) == ("77", "78")
    assert opened.left_out() == []
    opened, (line,), _aside = listed(content)
    assert line.truth == ""
    assert opened.left_out() == [("cluster", "")]


def test_a_workbook_is_read_as_a_text_is(tmp_path):
    path = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    book.add_worksheet("catatan").write(0, 0, "lihat lembar kedua")
    sheet = book.add_worksheet("data")
    for column, text in enumerate(["No", "Nama", "Tgl Lahir", "No HP"]):
        sheet.write(1, column, text)
    sheet.write(2, 0, 7)
    sheet.write(2, 1, "ANI BINTI OMAR")
    sheet.write_datetime(2, 2, datetime(1990, 8, 12), day)
    sheet.write(2, 3, 81234567890)
    book.close()
    opened = files.opened(path)
    (line,) = opened.lines(aside=pytest.fail, this_year=2026)
    assert (opened.kind, line.row, line.id) == ("sheet", 3, "7")
    assert line.record.dates == ((1990, 8, 12),)
    assert line.record.father == ("OMAR",)
    assert line.record.phone == "081234567890"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"), (b"\n\n", "empty"), (b"%PDF-1.7 ...", "pdf"), (b"\xff\xd8\xff\xe0", "picture"),
        (b"PK\x03\x04broken", "broken"), (b"a,b\n1,2\n", "no_column"),
        (b"NIK,Tgl Lahir\n1,2\n", "no_name"), (bytes(range(256)) * 9, "unknown"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_its_reason(tmp_path, content, reason):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(files.FileError) as problem:
        files.opened(path)
    assert problem.value.reason == reason


def test_a_file_that_is_not_there_and_a_folder(tmp_path):
    for path, reason in ((tmp_path / "none.csv", "missing"), (tmp_path, "folder")):
        with pytest.raises(files.FileError) as problem:
            files.opened(path)
        assert problem.value.reason == reason


def test_a_long_text_is_never_held_whole(tmp_path):
    path = tmp_path / "long.csv"
    filler = "x" * 2_000
    with open(path, "w") as file:
        file.write("rec_id,name,notes\n")
        file.writelines(f"{n},ANI {n % 50},{filler}\n" for n in range(10_000))
    opened = files.opened(path)
    tracemalloc.start()
    count = sum(1 for _line in opened.lines(aside=pytest.fail, this_year=2026))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 10_000
    assert opened.done == path.stat().st_size > 20_000_000
    assert peak < 6_000_000
