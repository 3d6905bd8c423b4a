"""Whole files: what a person could read in a list is read, and what nobody could is said with its cell."""

from datetime import date, datetime

import pytest
from django.utils import translation

from simpul.migrants.reading import layouts, reader
from tests.migrants.reading.sheets import (
    ANI,
    BUDI,
    codes,
    errors,
    of_csv,
    of_lines,
    of_ods,
    of_xls,
    of_xlsx,
    read,
    read_lines,
    values,
)

TITLES = [
    ["DAFTAR NAMA WNI/PMI DEPORTASI DARI DEPOT IMIGRESEN BEKENU"],
    ["TIBA DI PLBN ENTIKONG, JUMAT 30 JANUARI 2026 PUKUL 14.30 WIB"],
    ["Nomor Surat KJRI : 1908/PK/B/SKEL/01/2026/KCH tanggal 29 Januari 2026"],
]


def a_manifest(book):
    """Merged headings over two rows, numbers under them, sections by regency, a sum and a signature."""
    sheet = book.add_worksheet("Sheet1")
    plain = book.add_format()
    for row, line in enumerate(TITLES):
        sheet.write_row(row, 0, line)
    for column, text in (
        (0, "NO"),
        (1, "NAMA LENGKAP"),
        (4, "TTL"),
        (5, "NIK"),
        (9, "KASUS"),
        (10, "PEKERJAAN"),
        (11, "KET"),
    ):
        sheet.merge_range(4, column, 5, column, text, plain)
    sheet.merge_range(4, 2, 4, 3, "JENIS KELAMIN", plain)
    sheet.write_row(5, 2, ["L", "P"])
    sheet.merge_range(4, 6, 4, 8, "ALAMAT", plain)
    sheet.write_row(5, 6, ["Desa", "Kec", "Kab"])
    sheet.write_row(6, 0, range(1, 13))
    sheet.write(7, 0, "A. KABUPATEN BENGKAYANG")
    sheet.write_row(
        8,
        0,
        [
            1,
            "AHMAD BIN ALI",
            "√",
            "",
            "Sambas, 07-08-1990",
            "",
            "Jagoi",
            "Jagoi Babang",
            "Bengkayang",
            "tidak memiliki paspor",
            "ladang sawit",
            "",
        ],
    )
    sheet.write_row(
        9,
        0,
        [
            2,
            "Hj. SITI AMINAH, S.Pd",
            "",
            "√",
            "Bengkayang, 12 Agst 1985",
            6107075208850002,
            "sda",
            "sda",
            "sda",
            "tdk ada permit",
            "PRT",
            "hamil",
        ],
    )
    sheet.write_row(
        10,
        0,
        [
            3,
            "BUDI",
            "v",
            "",
            "Seluas / 31-02-1990",
            "",
            "Sekida",
            "Jagoi Babang",
            "Bengkayang",
            "judi online",
            "jasa",
            "",
        ],
    )
    sheet.write(11, 0, "B. KABUPATEN SAMBAS")
    sheet.write_row(
        12, 0, [4, "YANTI", "", "1", "± 35 th", "", "Sebubus", "Paloh", "Sambas", "pencurian", "ikut suami", "-"]
    )
    sheet.write_row(13, 1, ["JUMLAH", 2, 2])
    sheet.write(15, 8, "Entikong, 30 Januari 2026")
    sheet.write(16, 8, "Kepala P4MI")
    sheet.write(19, 8, "SUPARMAN, S.H.")
    sheet.write(20, 8, "NIP. 197801012005011001")


@pytest.fixture(scope="module")
def manifest():
    return read(of_xlsx(a_manifest))


def test_a_manifest_made_for_the_eye_is_read(manifest):
    assert values(manifest, "name", "sex", "birth_date", "birth_place", "village_code", "reason", "sector") == [
        ("Ahmad bin Ali", "L", date(1990, 8, 7), "Sambas", "61.07.07.2001", "no_passport", "plantation"),
        ("Siti Aminah", "P", date(1985, 8, 12), "Bengkayang", "61.07.07.2001", "no_permit", "domestic"),
        ("Budi", "L", None, "Seluas", "61.07.07.2006", "gambling", "services"),
        ("Yanti", "P", None, None, "61.01.08.2001", "crime", "with_husband"),
    ]
    assert [row.row for row in manifest.rows] == [9, 10, 11, 13]
    assert manifest.rows[1].values["nik"] == "6107075208850002"
    assert manifest.rows[3].values["age"] == 35


def test_a_day_that_is_none_is_said_with_its_cell_and_its_row_stays(manifest):
    (problem,) = errors(manifest)
    assert (problem.row, problem.cell, problem.column, problem.heading) == (11, "E11", "birth_date", "TTL")
    assert problem.read == "31-02-1990"
    assert "07-08-2025" in problem.say
    assert not manifest.is_complete


def test_the_title_rows_say_when_where_and_by_which_letter(manifest):
    header = manifest.header
    assert (header.kind, header.arrived_on, header.arrived_at) == ("deportation", date(2026, 1, 30), "14:30")
    assert (header.post, header.depot) == ("entikong", "bekenu")
    assert (header.letter_number, header.letter_on) == ("1908/PK/B/SKEL/01/2026/KCH", date(2026, 1, 29))


def test_the_printed_sums_agree_and_nobody_is_made_of_them(manifest):
    assert manifest.totals.printed == {"total": 4, "sex:L": 2, "sex:P": 2}
    assert manifest.totals.differences == ()


def test_the_officer_answers_and_the_reading_is_complete():
    answered = read(of_xlsx(a_manifest), answers={(11, "birth_date"): "1990-02-28", (9, "name"): "Ahmad bin Alif"})
    assert answered.is_complete
    assert answered.rows[2].values["birth_date"] == date(1990, 2, 28)
    assert answered.rows[2].values["birth_place"] == "Seluas"
    assert answered.rows[0].values["name"] == "Ahmad bin Alif"


def test_a_choice_of_village_is_taken_as_its_code():
    data = of_lines("Nama|JK|Kab\nAni|P|Bekasi")
    (problem,) = errors(read(data))
    assert problem.column == "regency"
    code = problem.choices[0][0]
    answered = read(data, answers={(2, "regency"): code})
    assert answered.rows[0].values["regency_code"] == code
    assert answered.is_complete


def test_the_same_bytes_have_the_same_fingerprint():
    data = of_lines("Nama|JK\nAni|P")
    assert read(data).fingerprint == read(data).fingerprint
    assert read(of_lines("Nama|JK\nAna|P")).fingerprint != read(data).fingerprint


def _write(book, rows, name=None):
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)


ROWS = [["No", "Nama", "L/P", "Tgl Lahir", "NIK"], ["1", "ANI", "P", "07-08-1990", ANI]]


@pytest.mark.parametrize(
    "data",
    [
        of_csv(ROWS),
        of_csv(ROWS, separator=","),
        of_csv(ROWS, separator="\t"),
        of_csv(ROWS, separator="|"),
        of_csv(ROWS, encoding="utf-8-sig"),
        of_csv(ROWS, encoding="utf-16"),
        of_csv(ROWS, encoding="cp1252"),
        of_xls([ROWS[0], [1, "ANI", "P", date(1990, 8, 7), float(ANI)]]),
        of_ods(ROWS),
        of_xlsx(lambda book: _write(book, ROWS)),
    ],
)
def test_every_kind_of_file_is_read_the_same(data):
    assert values(read(data), "name", "sex", "birth_date", "nik") == [("Ani", "P", date(1990, 8, 7), ANI)]


def test_sheets_for_men_and_women_and_one_of_sums():
    def fill(book):
        _write(
            book, [["No", "Kabupaten", "L", "P", "Jumlah"], [1, "Sambas", 1, 0, 1], ["", "Jumlah", 1, 1, 3]], "Rekap"
        )
        _write(book, [["DATA PMI"], [], ["No.", "Nama PMI", "Daerah Asal"], [1, "Budi", "Sambas"]], "Laki-laki")
        _write(book, [["DATA PMI"], [], ["No.", "Nama PMI", "Daerah Asal"], [1, "Ani", "Bengkayang"]], "Perempuan")
        book.add_worksheet("Kosong")
        book.add_worksheet("Lama").hide()

    found = read(of_xlsx(fill))
    assert values(found, "name", "sex", "regency_code") == [("Budi", "L", "61.01"), ("Ani", "P", "61.07")]
    assert found.sheets == ("Laki-laki", "Perempuan")
    assert {name for name, _ in found.skipped} == {"Rekap", "Kosong", "Lama"}
    assert found.totals.printed["regency:61.01"] == 1
    assert len(found.totals.differences) == 1


@pytest.mark.parametrize(
    "lines",
    [
        "LAKI-LAKI|||PEREMPUAN||\nNo|Nama|Asal|No|Nama|Asal\n1|Anton|Sambas|1|Cici|Sintang\n2|Budi|Sambas|2|Eka|Sintang",
        "No|Nama|Asal||No|Nama|Asal\n1|Anton|Sambas||3|Cici|Sintang\n2|Budi|Sambas||4|Eka|Sintang",
        "No|Nama|Asal||||\n1|Anton|Sambas||3|Cici|Sintang\n2|Budi|Sambas||4|Eka|Sintang",
    ],
)
def test_two_lists_beside_each_other_are_refused_in_words(lines):
    with translation.override("en"), pytest.raises(reader.FileError, match="beside each other"):
        read_lines(lines)


@pytest.mark.parametrize(
    "lines",
    [
        "Nama|Anton Jelayan|Cici Lestari\nNIK|6107073112850002|6107074708900001\nTgl Lahir|31-12-1985|07-08-1990",
        "1. Nama : Anton\nNIK : 6107073112850002\nAlamat : Sambas\n2. Nama : Cici\nNIK : -\nAlamat : Sambas",
        "No|1\nNama|Anton\nNIK|6107073112850002\nAlamat|Sambas\nNo|2\nNama|Cici\nNIK|-\nAlamat|Sambas",
        "FORMULIR\nNama|:|Anton Jelayan\nNIK|:|6107073112850002\nAlamat|:|Sambas",
    ],
)
def test_a_form_is_no_list(lines):
    with translation.override("en"), pytest.raises(reader.FileError, match="This is a form"):
        read_lines(lines)


def test_people_who_take_two_rows_each_are_refused_in_words():
    with translation.override("en"), pytest.raises(reader.FileError, match="takes two rows"):
        read_lines(
            """No|Nama / NIK|L/P|Tempat, Tgl Lahir
            1|Anton Jelayan|L|Sambas
            |6107073112850002||31-12-1985
            2|Cici Lestari|P|Sambas
            |6107074708900001||07-08-1990"""
        )


def test_names_under_a_heading_of_identity_are_names():
    reading = read_lines("No|Identitas (Nama)|L/P\n1|Anton Jelayan|L\n2|Cici Lestari|P")
    assert values(reading, "name") == [("Anton Jelayan",), ("Cici Lestari",)]


def test_what_is_said_of_somebody_else_is_asked_and_not_taken():
    reading = read_lines(
        """No|Nama Klien|L/P|Nama Penjemput|No. HP Penjemput
        1|Anton Jelayan|L|Rudi Jelayan|081234567890
        2|Cici Lestari|P|Sri Lestari|081234567891"""
    )
    assert values(reading, "name", "phone") == [("Anton Jelayan", None), ("Cici Lestari", None)]
    assert codes(reading)["No. HP Penjemput"] == ""
    assert {problem.heading for problem in reading.problems} == {"Nama Penjemput", "No. HP Penjemput"}


def test_remarks_tell_how_people_went_on_and_are_kept():
    reading = read_lines(
        """No|Nama|L/P|Ket
        1|Anton Jelayan|L|Pulang mandiri
        2|Cici Lestari|P|hamil, dijemput keluarga
        3|Dedi Mulyono|L|ke shelter BP3MI
        4|Eka Purnama|P|belum dijemput keluarga
        5|Fajar Ginting|L|keluarga di Kuching"""
    )
    assert values(reading, "onward", "remarks") == [
        ("alone", "Pulang mandiri"),
        ("family", "hamil, dijemput keluarga"),
        ("shelter_bp3mi", "ke shelter BP3MI"),
        (None, "belum dijemput keluarga"),
        (None, "keluarga di Kuching"),
    ]
    assert len(reading.notes) == 1


def test_a_way_home_that_is_denied_is_asked():
    reading = read_lines("No|Nama|Pemulangan\n1|Anton Jelayan|mandiri\n2|Cici Lestari|belum dijemput keluarga")
    assert values(reading, "onward") == [("alone",), (None,)]
    assert [problem.cell for problem in errors(reading)] == ["C3"]


def test_a_column_left_empty_for_the_eye_hides_nothing():
    for lines in (
        "Nama||NIK\nCici Lestari||6107074708900001\nAnton Jelayan||6107073112850002",
        "Nama|L/P||NIK\nKAB. SAMBAS|||\nCici Lestari|P||6107074708900001\nAnton Jelayan|L||6107073112850002",
        "L|P||Nama|NIK\n|v||Cici Lestari|6107074708900001\nv|||Anton Jelayan|6107073112850002\n||||"
        "\nLaki-laki|1|||\nPerempuan|1|||\nJumlah|2|||",
    ):
        assert [nik for (nik,) in values(read_lines(lines), "nik")] == [ANI, BUDI], lines


def test_a_sum_beyond_the_last_column_is_compared():
    reading = read_lines("No|Nama|L/P||\n1|Anton Jelayan|L||\n2|Cici Lestari|P||\nJUMLAH||||3")
    assert reading.totals.printed == {"total": 3}
    assert reading.totals.differences


def test_a_list_without_headings_is_known_by_what_it_holds():
    found = read_lines(
        f"1|SITI AMINAH|P|07/08/1990|{ANI}|Sambas|C1234567\n2|BUDI|L|31/12/1985|{BUDI}|Bengkayang|C7654321"
    )
    assert [column.code for column in found.columns] == [
        "number",
        "name",
        "sex",
        "birth_date",
        "nik",
        "regency",
        "document",
    ]
    assert {column.known_by for column in found.columns} == {"contents"}


def test_a_heading_that_lies_is_asked_and_the_officer_settles_it():
    rows = "No|NIK|Nama|JK\n" + "\n".join(
        f"{n}|{name}|{ANI[:-1]}{n}|P" for n, name in enumerate(["ANI", "SITI RAHMA", "YANTI"], 1)
    )
    found = read_lines(rows)
    assert codes(found)["NIK"] == codes(found)["Nama"] == ""
    assert not found.is_complete
    settled = read_lines(rows, choices={1: "name", 2: "nik"})
    assert values(settled, "name", "nik")[0] == ("Ani", f"{ANI[:-1]}1")
    assert settled.is_complete


def test_what_a_sender_meant_last_time_is_remembered():
    text = "Nama|JK|Kolom X\nAni|P|ladang"
    assert codes(read_lines(text))["Kolom X"] == ""
    found = read_lines(text, habits={"kolom x": "sector"})
    assert found.columns[2].known_by == "habit"
    assert found.rows[0].values["sector"] == "plantation"


def test_a_column_nobody_knows_is_shown_and_can_be_left_out():
    text = "Nama|JK|Kolom X\nAni|P|aa"
    (problem,) = read_lines(text).problems
    assert (problem.kind, problem.column, problem.heading, problem.read) == ("warning", "", "Kolom X", "aa")
    assert ("sector", "Pekerjaan") in problem.choices or any(value == "sector" for value, _ in problem.choices)
    assert read_lines(text, choices={2: ""}).problems == ()


def test_months_before_days_are_read_where_the_column_proves_it():
    found = read_lines("Nama|DOB\nAni|08/07/1990\nBudi|12/31/1985")
    assert values(found, "birth_date") == [(date(1990, 8, 7),), (date(1985, 12, 31),)]


def test_dates_a_program_turned_are_put_right_by_the_nik_and_else_asked():
    def fill(book, nik):
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["Nama", "Tgl Lahir", "NIK"])
        sheet.write_row(1, 0, ["Ani", "", nik])
        sheet.write_datetime(1, 1, datetime(1990, 7, 8), day)
        sheet.write_row(2, 0, ["Budi", "31/12/1985", ""])

    assert values(read(of_xlsx(lambda book: fill(book, ANI))), "birth_date")[0] == (date(1990, 8, 7),)
    asked = read(of_xlsx(lambda book: fill(book, "")))
    assert values(asked, "birth_date")[0] == (None,)
    assert [value for value, _ in errors(asked)[0].choices] == ["1990-07-08", "1990-08-07"]


def test_contradictions_are_warned_of_and_everything_is_kept():
    found = read_lines(
        f"Nama|JK|Tgl Lahir|Umur|NIK|Kab\nAni|L|08-08-1990|20|{ANI}|Sambas\nSiti|P|01-01-1980|46|{ANI}|Bengkayang"
    )
    assert not errors(found)
    assert {problem.column for problem in found.problems} == {"age", "nik"}
    assert len([problem for problem in found.problems if problem.row == 2]) == 4
    assert any("2" in problem.say for problem in found.problems if problem.row == 3)
    assert values(found, "nik") == [(ANI,), (ANI,)]


def test_pages_repeat_their_headings_and_end_with_sums():
    found = read_lines("""
        DAFTAR||||||
        No|Nama|L/P|Umur|Alamat lengkap|Kasus|Ket
        (1)|(2)|(3)|(4)|(5)|(6)|(7)
        1|Ani|P|35 th|Dsn. Risau RT 01/02 Ds. Jagoi Kec. Jagoi Babang Kab. Bengkayang|paspor|
        2|Budi|L|± 20|Jl. Merdeka No 5, Sambas|judi|-
        No|Nama|L/P|Umur|Alamat lengkap|Kasus|Ket
        3|Cici|p|3|Jagoi, Jagoi Babang, Bengkayang|narkoba|sakit
        ||||lanjutan RT 2||
        |JUMLAH|||3 orang||
        Laki-laki : 1 orang, Perempuan : 2 orang||||||
        REKAPITULASI||||||
        |Sambas|1||||
        |Bengkayang|3||||""")
    assert [row.row for row in found.rows] == [4, 5, 7]
    assert values(found, "regency_code", "address") == [
        ("61.07", "Dsn. Risau RT 01/02"),
        ("61.01", "Jl. Merdeka No 5"),
        ("61.07", "lanjutan RT 2"),
    ]
    assert found.totals.printed == {"total": 3, "sex:L": 1, "sex:P": 2, "regency:61.01": 1, "regency:61.07": 3}
    assert len(found.totals.differences) == 1


def test_a_row_without_a_name_stays_and_is_asked():
    found = read_lines("No|Nama|JK|Umur\n1||L|20\n2|Ani|P|30")
    assert values(found, "name", "age") == [(None, 20), ("Ani", 30)]
    assert errors(found)[0].cell == "B2"


def test_the_error_of_a_formula_is_said():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nama", "JK", "NIK"])
        sheet.write(1, 0, "Ani")
        sheet.write_formula(1, 1, "=X1", None, "P")
        sheet.write_formula(1, 2, "=VLOOKUP(1,2,3)", None, "#N/A")

    found = read(of_xlsx(fill))
    assert values(found, "name", "sex", "nik") == [("Ani", "P", None)]
    assert (errors(found)[0].cell, errors(found)[0].read) == ("C2", "#N/A")


def test_a_nik_whose_last_digit_the_program_cut_is_not_believed():
    def fill(book, niks):
        _write(
            book, [["Nama", "NIK"], *([f"Ani {letter}", float(nik)] for letter, nik in zip("ABC", niks, strict=True))]
        )

    cut = read(of_xlsx(lambda book: fill(book, ["6107074708900010", "6107074708900020", "6107074708900030"])))
    assert values(cut, "nik") == [(None,)] * 3
    whole = read(of_xlsx(lambda book: fill(book, ["6107074708900010", "6107074708900021", "6107074708900030"])))
    assert not errors(whole)


def test_cells_merged_downwards_hold_for_all_their_rows():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["No", "Nama", "Kabupaten"])
        sheet.merge_range(1, 2, 2, 2, "Sambas", book.add_format())
        sheet.write_row(1, 0, [1, "Ani"])
        sheet.write_row(2, 0, [2, "Budi"])
        sheet.write_row(3, 0, [3, "Cici"])

    assert values(read(of_xlsx(fill)), "regency_code") == [("61.01",), ("61.01",), (None,)]
    ods = of_ods([["No", "Nama", "Kabupaten"], ["1", "Ani", ("Sambas", 2)], ["2", "Budi", None], ["3", "Cici", ""]])
    assert values(read(ods), "regency_code") == [("61.01",), ("61.01",), (None,)]


def test_an_answer_can_name_the_sheet_where_several_have_such_a_row():
    def fill(book):
        _write(book, [["Nama", "JK"], ["Ani", "P"]], "A")
        _write(book, [["Nama", "JK"], ["Siti", "P"]], "B")

    found = read(of_xlsx(fill), answers={(2, "name", "B"): "Sita"})
    assert values(found, "name") == [("Ani",), ("Sita",)]


def test_progress_is_told():
    told = []
    read(of_lines("Nama|JK\nAni|P\nBudi|L"), progress=told.append)
    assert told == [1, 2]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04abc", "damaged"),
        (b"<html><table>", "XLSX"),
        (b"hello world\nthis is a letter\n", "looks like a person"),
        (of_lines("Umur|JK|NIK\n20|L|1"), "no column of names"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_it_is(data, words, settings):
    settings.LANGUAGE_CODE = "en"
    with pytest.raises(reader.FileError, match=words):
        read(data)


def test_macros_are_not_run_and_that_is_said(tmp_path):
    macros = tmp_path / "vbaProject.bin"
    macros.write_bytes(b"macro")

    def fill(book):
        _write(book, [["Nama", "JK"], ["Ani", "P"]])
        book.add_vba_project(str(macros))

    assert len(read(of_xlsx(fill)).notes) == 1


def test_a_register_of_workers_is_read_with_its_own_columns():
    found = read_lines(
        f"""
        DATA PMI DESA JAGOI|||||||||||
        Kecamatan : Jagoi Babang|||||||||||
        Kabupaten : Bengkayang|||||||||||
        No|Nama|NIK|L/P|Desa|Negara Tujuan|Majikan|P3MI|Kontrak||Status|Prosedural
        ||||||||Mulai|Selesai||
        1|Ani|{ANI}|P|Jagoi|Malaysia|Syarikat ABC|PT Maju|01-01-2024|31-12-2027|masih bekerja|ya
        2|Budi|{BUDI}|L|Sekida|Brunei|||||pulang|tidak""",
        layout=layouts.REGISTER,
    )
    assert values(found, "village_code", "country", "status", "procedural", "contract_until") == [
        ("61.07.07.2001", "MY", "abroad", True, date(2027, 12, 31)),
        ("61.07.07.2006", "BN", "returned", False, None),
    ]


def book_of(**pages):
    """A workbook with a sheet for each name; its rows are cells."""

    def fill(book):
        for name, rows in pages.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)

    return of_xlsx(fill)


def births(reading):
    return [row.values.get("birth_date") for row in reading.rows]


HEAD = ["No", "Nama", "Tgl Lahir"]


def test_a_sheet_that_proves_no_order_of_day_and_month_follows_its_sisters():
    men = [HEAD, [1, "Anton Jelayan", "02/25/1991"], [2, "Budi Sahat", "03/04/1990"]]
    women = [HEAD, [1, "Cici Lestari", "02/03/1991"]]
    reading = read(book_of(Pria=men, Wanita=women))
    assert births(reading) == [date(1991, 2, 25), date(1990, 3, 4), date(1991, 2, 3)]


def test_where_sisters_disagree_a_day_of_two_meanings_is_asked():
    american = [HEAD, [1, "Anton Jelayan", "02/25/1991"]]
    indonesian = [HEAD, [1, "Budi Sahat", "25/02/1991"]]
    open_ = [HEAD, [1, "Cici Lestari", "02/03/1991"]]
    reading = read(book_of(A=american, B=indonesian, C=open_))
    assert births(reading) == [date(1991, 2, 25), date(1991, 2, 25), None]
    assert [problem.sheet for problem in errors(reading)] == ["C"]
