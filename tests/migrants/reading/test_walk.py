"""Which rows are people, and what the others are."""

from tests.migrants.reading.sheets import read_lines, values


def test_sections_within_sections_end_with_the_larger_one():
    found = read_lines("""
        No|Nama|Umur|Asal
        I. PROVINSI KALIMANTAN BARAT|||
        A. Kabupaten Sambas : 2 orang|||
        Laki-laki|||
        1|Budi|30|
        Perempuan|||
        2|Ani|22|
        Sub Total|||2
        B. Kabupaten Bengkayang|||
        3|Caca|33|
        Sub Total|||1
        II. PROVINSI JAWA TIMUR|||
        4|Dodo|40|Jember
        TOTAL|||4""")
    assert values(found, "regency_code", "sex") == [("61.01", "L"), ("61.01", "P"), ("61.07", None), ("35.09", None)]
    assert found.totals.printed["total"] == 4
    assert found.totals.differences == ()


def test_a_section_begins_right_after_a_sum():
    found = read_lines(
        "Kelamin|TTL|Nama\nKAB SAMBAS||\nL|Sanggau, 9 Maret 1985|Adi\nSub Total||1\n"
        "KAB BENGKAYANG||\nL|Sambas, 1-1-1980|Budi"
    )
    assert values(found, "regency_code") == [("61.01",), ("61.07",)]


def test_footnotes_and_signatures_are_no_people():
    found = read_lines("""
        No|Nama|Umur|Ket
        1|Ani|20|
        |||
        *) data sementara|||
        Catatan : Budi menyusul|||
        |||Entikong, 30 Januari 2026
        |Mengetahui,||Petugas
        |SUPARMAN||RAHMAT
        |NIP. 1978||NIP. 1979""")
    assert values(found, "name") == [("Ani",)]
    assert "Catatan : Budi menyusul" in found.notes


def test_a_person_with_only_a_name_is_not_dropped():
    found = read_lines("No|Nama|Umur\n1|Ani|20\n|Budi Santoso|\n3|Cici|30")
    assert [row.row for row in found.rows] == [2, 3, 4]


def test_a_number_printed_in_advance_is_nobody():
    assert len(read_lines("No|Nama|Umur\n1|Ani|20\n2||\n3||").rows) == 1


def test_a_line_that_goes_on_belongs_to_the_person_above():
    found = read_lines("No|Nama|Umur|Ket\n1|Ani|20|sakit\n|||sejak Mei\n2|Budi|30|")
    assert values(found, "remarks") == [("sakit sejak Mei",), (None,)]


def test_after_the_sum_labels_and_counts_are_a_recapitulation():
    found = read_lines("Nama|Umur\nAni|20\nBudi|30\nJumlah|2\n|\nREKAPITULASI|\nSambas|1\nBengkayang|1")
    assert len(found.rows) == 2
    assert found.totals.printed == {"total": 2, "regency:61.01": 1, "regency:61.07": 1}
