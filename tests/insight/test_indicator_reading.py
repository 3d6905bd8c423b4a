import io

import pytest
import xlsxwriter

from simpul.insight import indicator_reading as reading
from simpul.insight.indicator_reading import read

REGENCIES = ["61.01", "61.02", "61.03", "61.04", "61.05", "61.06", "61.07", "61.08", "61.09", "61.10", "61.11", "61.12",
             "61.71", "61.72"]  # fmt: skip


@pytest.fixture
def told(world, english):
    def of(text, **options):
        options = {"source": "BPS 2025", "at": world.at} | options
        return read(text.encode() if isinstance(text, str) else text, **options)

    return of


def wrong(found):
    """[(row, column, words)] of what is wrong."""
    return [(each.row, each.column, each.words) for each in found.problems]


def test_a_row_for_each_value_is_read(told):
    found = told("kode,indikator,tahun,nilai\n61.07,poverty,2025,6.5\n61.01,Penduduk miskin,2025,7.1\n")
    assert found.is_sound
    assert [(v.row, v.indicator, v.place, v.year, v.value) for v in found.values] == [
        (2, "poverty", "61.07", 2025, 6.5), (3, "poverty", "61.01", 2025, 7.1),
    ]  # fmt: skip
    assert {(v.source, v.mark) for v in found.values} == {("BPS 2025", "S")}


def test_a_row_for_each_place_is_read_with_the_year_in_the_heading(told):
    found = told("Kode;Nama;poverty_2024;TPT 2025\n61.07;Kabupaten Bengkayang;6,5;3,1\n")
    assert [(v.indicator, v.year, v.value) for v in found.values] == [("poverty", 2024, 6.5), ("tpt", 2025, 3.1)]


def test_a_workbook_that_took_codes_for_numbers_is_understood(told):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Indikator Kemiskinan Kalimantan Barat"])
        sheet.write_row(2, 0, ["Kode", "poverty", "tahun"])
        sheet.write_row(3, 0, [61.1, 12.05, 2025])
    found = told(made.getvalue())
    assert wrong(found) == []
    assert [(v.row, v.place, v.year, v.value) for v in found.values] == [(4, "61.10", 2025, 12.05)]


def test_a_source_and_a_mark_of_a_row_go_before_those_of_the_form(told):
    found = told("kode,indikator,tahun,nilai,sumber,tanda\n61.07,poverty,2025,6.5,Bappeda,v\n")
    assert [(v.source, v.mark) for v in found.values] == [("Bappeda", "V")]


def test_every_wrong_cell_is_named_with_its_row(told):
    found = told(
        "kode,indikator,tahun,nilai\n61.07,poverty,2025,101\n61.07,tpt,2025,-3\n61.99,poverty,2025,3\n"
        "61.07,kesejahteraan,2025,3\n61.07,poverty,2031,3\n61.07,poverty,tahun lalu,3\n61.07,poverty,2025,banyak\n"
    )
    told_ = wrong(found)
    assert [row for row, _column, _words in told_] == [2, 3, 4, 5, 6, 7, 8]
    assert "above 100" in told_[0][2]
    assert "below 0" in told_[1][2]
    assert "no place of the region" in told_[2][2]
    assert "not an indicator" in told_[3][2]
    assert "not a year" in told_[4][2]
    assert "not a year" in told_[5][2]
    assert "not a number" in told_[6][2]
    assert not found.is_sound


def test_the_human_development_index_ends_at_a_hundred_and_a_distance_does_not(told):
    assert wrong(told("kode,indikator,tahun,nilai\n61.07,ipm,2025,120\n"))
    assert told("kode,indikator,tahun,nilai\n61.07,edge_to_border_km,2025,120\n").is_sound


def test_numbers_of_bps_are_not_taken_for_codes(told):
    ((row, _column, words),) = wrong(told("kode,indikator,tahun,nilai\n6102,poverty,2025,3\n"))
    assert row == 2
    assert "BPS" in words


def test_a_name_that_contradicts_its_code_is_asked(told):
    ((_row, column, words),) = wrong(told("kode,nama,indikator,tahun,nilai\n61.02,Bengkayang,poverty,2025,3\n"))
    assert column == "nama"
    assert "Kabupaten Mempawah" in words


def test_a_place_is_known_by_its_name_and_pontianak_alone_is_asked(told):
    found = told("wilayah,poverty,tahun\nKabupaten Sambas,7,2025\nKab. Landak,9,2025\nKota Pontianak,4,2025\n")
    assert [v.place for v in found.values] == ["61.01", "61.08", "61.71"]
    assert wrong(told("wilayah,poverty,tahun\nPontianak,4,2025\n"))


def test_two_different_values_for_the_same_are_asked_and_the_same_twice_is_not(told):
    twice = "kode,indikator,tahun,nilai\n61.07,poverty,2025,3\n61.07,poverty,2025,{}\n"
    assert len(told(twice.format("3.0")).values) == 1
    ((row, _column, words),) = wrong(told(twice.format("4")))
    assert row == 3
    assert "Row 2" in words


def test_who_says_so_must_be_known(told):
    assert "Who says so" in wrong(told("kode,indikator,tahun,nilai\n61.07,poverty,2025,3\n", source=""))[0][2]


def test_of_which_year_it_is_must_be_known(told):
    table = "kode,poverty\n61.07,3\n"
    assert "which year" in wrong(told(table))[0][2]
    assert told(table, year=2025).values[0].year == 2025


@pytest.mark.parametrize("year", ["2031", "1066"])
def test_a_year_of_a_heading_or_of_the_form_lies_in_our_time(told, year):
    if year > "1900":
        assert "not a year" in wrong(told(f"kode,poverty_{year}\n61.07,3\n"))[0][2]
    assert "not a year" in wrong(told("kode,poverty\n61.07,3\n", year=int(year)))[0][2]


def test_a_gap_is_no_error_and_is_counted(told):
    found = told("kode,indikator,tahun,nilai\n61.07,poverty,2025,\n61.01,poverty,2025,n/a\n61.02,poverty,2025,3\n")
    assert found.is_sound
    assert found.gaps == 2
    assert "2 cells are empty" in found.notes[0]


def test_regencies_that_a_year_lacks_are_named(told):
    body = "".join(f"{code},poverty,2025,5\n" for code in REGENCIES if code not in ("61.10", "61.12"))
    found = told(f"kode,indikator,tahun,nilai\n{body}")
    assert found.is_sound
    assert "Kab. Melawi, Kab. Kubu Raya" in found.notes[-1]
    whole = "".join(f"{code},poverty,2025,5\n" for code in REGENCIES)
    assert told(f"kode,indikator,tahun,nilai\n{whole}").notes == []


def test_a_place_outside_the_own_region_is_refused(told):
    table = "kode,indikator,tahun,nilai\n61.01,poverty,2025,5\n61.07.07,poverty,2025,5\n"
    found = told(table, region="61.07")
    assert [v.place for v in found.values] == ["61.07.07"]
    assert "outside your region" in wrong(found)[0][2]


def test_a_list_of_persons_is_refused_whole(told):
    found = told("nik,nama,kode,indikator,tahun,nilai\n6107010101900001,Melati,61.07,poverty,2025,3\n")
    assert found.values == []
    assert "no person is ever given a score" in wrong(found)[0][2]
    assert "Melati" not in str(wrong(found))


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4", b"\x00\x01\x02", b"a,b\n1,2\n"], ids=["empty", "pdf", "bytes", "other"]
)
def test_what_is_no_table_of_indicators_is_refused_with_a_sentence(told, data):
    found = told(data)
    assert len(found.problems) == 1
    assert found.problems[0].words.endswith(".")


def test_the_shipped_table_is_sound_and_has_its_sources(world):
    found = reading.read_shipped(at=world.at)
    assert found.problems == []
    assert len(found.values) == 138
    assert {v.mark for v in found.values} == {"V", "S", "M"}
    assert all(v.source not in ("", "-") for v in found.values)
