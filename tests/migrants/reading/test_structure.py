"""Where tables begin, how many rows their headings take, and what stands beside them."""

import pytest

from simpul.migrants.reading import structure


def grid(text):
    rows = [[cell.strip() for cell in line.strip().split("|")] for line in text.strip().splitlines()]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def test_a_header_is_found_below_titles_over_two_rows():
    (block,) = structure.blocks_of(
        grid("""
        DAFTAR PMI||||
        ||||
        No|Nama|Jenis Kelamin||Alamat
        ||L|P|Desa
        1|Ani||v|Jagoi"""),
        [],
    )
    assert (block.top, block.begin, block.end) == (2, 4, 5)
    assert block.parts[3] == ("Jenis Kelamin", "P")
    assert block.parts[1] == ("Nama", "")


def test_a_header_repeated_on_the_next_page_begins_no_table():
    (block,) = structure.blocks_of(grid("No|Nama|JK|Umur\n1|Ani|P|20\nNo|Nama|JK|Umur\n2|Budi|L|30"), [])
    assert (block.begin, block.end) == (1, 4)


def test_headings_of_another_form_begin_another_table():
    one, two = structure.blocks_of(grid("Nama|JK|Umur\nAni|P|20\nNIK|Nama|Kab\n1|Budi|Sambas"), [])
    assert (one.end, two.begin) == (2, 3)


def test_a_section_below_a_header_is_no_heading():
    (block,) = structure.blocks_of(grid("No|Nama|Umur\nB. PEREMPUAN||\n1|Ani|20"), [])
    assert block.begin == 1


def test_an_empty_column_within_a_table_is_only_a_gap():
    (block,) = structure.blocks_of(grid("Nama|Tgl Lahir||Kab|JK\nAni|1990||Sambas|P\nBudi|1991||Sambas|L"), [])
    assert (block.first, block.last) == (0, 5)


def test_sums_beside_a_table_are_taken_apart():
    rows, beside = structure.without_sums_beside(
        grid("Nama|JK|Umur||REKAP|\nAni|P|20||Laki-laki|1\nBudi|L|30||Perempuan|1")
    )
    assert beside == [["REKAP", ""], ["Laki-laki", "1"], ["Perempuan", "1"]]
    assert rows[1] == ["Ani", "P", "20", "", "", ""]


@pytest.mark.parametrize(
    "row", [["1", "2", "3", "4"], ["(1)", "(2)", "", "(3)"], ["a", "b", "c", "d"], ["1.", "2.", "3."]]
)
def test_a_row_that_counts_columns_is_known(row):
    assert structure.is_number_row(row)


@pytest.mark.parametrize("row", [["1", "Ani", "20"], ["1", "2"], ["7", "3", "12"]])
def test_other_rows_count_nothing(row):
    assert not structure.is_number_row(row)


def test_people_are_no_header():
    assert not structure.is_header_row(
        ["Katolik", "Kab.Sintang", "Hj. Katarina", "dijemput keluarga", "PR.", "15-8-99"]
    )
    assert not structure.is_header_row(["1", "Ani", "P", "Paspor"])
    assert structure.is_header_row(["No", "Nama", "L/P", "Tgl Lahir"])
    assert structure.is_header_row(["No", "Ybs", "L/P"], frozenset(["ybs", "no"]))


def test_sums_sections_and_signatures_are_told_apart():
    assert structure.is_total(["", "JUMLAH", "3"])
    assert structure.is_total(["Sub Total : 3"])
    assert structure.section_text("A. KABUPATEN SAMBAS (12 orang)") == ("KABUPATEN SAMBAS", 12)
    assert structure.is_signature("Entikong, 30 Januari 2026")
    assert structure.is_signature("NIP. 19780101")
    assert not structure.is_signature("Sambas, 07-08-1990")
    assert structure.is_footnote("*) sakit")
    assert structure.is_recap_title("REKAPITULASI")
    assert structure.is_count("12 orang")


def test_a_group_over_a_whole_table_is_known():
    one, two = structure.blocks_of(
        grid("""
        LAKI-LAKI||PEREMPUAN|
        NAMA|UMUR|NAMA|UMUR
        Budi|30|Ani|20"""),
        [],
    )
    assert structure.common_group(one) == "LAKI-LAKI"
    assert structure.common_group(two) == "PEREMPUAN"


def test_a_form_has_its_headings_beneath_each_other():
    assert structure.is_form([["Nama", "Anton"], ["NIK", "1"], ["Alamat", "Sambas"]])
    assert not structure.is_form([["Nama", "NIK", "Alamat"], ["Anton", "1", "Sambas"]])


def test_people_beside_a_gap_are_no_sums_though_sums_stand_below_them():
    rows = [
        ["No", "Nama", "", "Asal", "Umur", "Ket"],
        ["1", "Ani Sari", "", "Sambas", "30", "a"],
        ["2", "Budi Jaya", "", "Sambas", "31", "b"],
        ["REKAPITULASI", "", "", "", "", ""],
        *([label, "1", "", "", "", ""] for label in ("Laki-laki", "Perempuan", "Sambas", "Judi", "Jumlah")),
    ]
    assert structure.without_sums_beside(rows) == (rows, [])
    births = [
        ["TTL", "Usia", "", "Nama", "Asal", "Ket"],
        *(["Sambas, 21 - 2 - 1999", "26", "", name, "Sambas", "a"] for name in ("Ani Sari", "Budi Jaya")),
        ["JUMLAH", "2", "", "", "", ""],
    ]
    assert structure.without_sums_beside(births) == (births, [])
