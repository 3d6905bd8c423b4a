"""The tables of a scan: headings in two languages, places, and cells that cannot be."""

import pytest

from simpul.console import scan_reading
from simpul.console.alone import Trouble


@pytest.fixture
def opened(tmp_path):
    def read(text, **chosen):
        path = tmp_path / "table.csv"
        path.write_text(text)
        return scan_reading.opened(str(path), chosen=chosen)

    return read


@pytest.mark.parametrize(
    "heads",
    [
        "county,cases,year",
        "Kode Wilayah,Jumlah Kasus,Tahun",
        "zip,count,tahun",
        "nama,korban,year",
        "Kecamatan,n,Tahun",
    ],
)
def test_headings_are_known_by_their_usual_names(opened, heads):
    sheet = opened(heads + "\nA,3,2024\n")
    assert (sheet.columns["place"], sheet.columns["cases"], sheet.columns["year"]) == (0, 1, 2)
    assert sheet.rest == []


def test_a_code_is_the_place_and_a_name_what_it_is_called(opened):
    sheet = opened("nama,kode,umur\nSambas,61.01,anak\n")
    assert sheet.cell(sheet.rows[0], "place") == "61.01"
    assert sheet.cell(sheet.rows[0], "name") == "Sambas"
    assert [sheet.headings[each] for each in sheet.rest] == ["umur"]


def test_a_heading_can_be_chosen(opened):
    sheet = opened("kode,kasus,korban\nA,1,7\n", cases="Korban")
    assert sheet.number(2, sheet.rows[0], "cases") == 7


def test_a_month_beside_a_year_is_one_date_and_alone_is_a_whole_one(opened):
    beside = opened("kode,tahun,bulan\nA,2024,3\nA,2024,Maret\n")
    assert [beside.moment(2, row).month for row in beside.rows] == [3, 3]
    alone = opened("kode,bulan\nA,2024-03\n")
    assert alone.moment(2, alone.rows[0]).year == 2024
    assert opened("kode,kasus\nA,1\n").moment(2, ["A", "1"]) is None


def test_degrees_are_recognised_by_heading_and_size(opened):
    degrees = scan_reading.places_of(opened("kode,lat,long\nA,1,109\nB,0,110\n"), plane=None)
    assert degrees.is_geographic
    miles = scan_reading.places_of(opened("kode,lat,long\nA,126,47\nB,0,110\n"), plane=None)
    assert not miles.is_geographic
    plane = scan_reading.places_of(opened("kode,x,y\nA,109,1\nB,110,0\n"), plane=None)
    assert not plane.is_geographic
    turned = scan_reading.places_of(opened("kode,x,y\nA,109,1\nB,110,0\n"), plane=False)
    assert (turned.is_geographic, turned.coordinates[0]) == (True, (1, 109))


def test_a_place_with_two_spots_is_refused_and_the_same_spot_twice_is_one(opened):
    assert scan_reading.places_of(opened("kode,x,y\nA,1,1\na,1,1\n"), plane=None).names == ["A"]
    with pytest.raises(Trouble, match="row 3: A is in the table with other coordinates"):
        scan_reading.places_of(opened("kode,x,y\nA,1,1\nA,1,2\n"), plane=None)


def test_places_without_cases_need_no_coordinates(opened):
    places = scan_reading.places_of(opened("kode,x,y\nA,1,1\n"), plane=None)
    scan_reading.check_known(opened("kode,kasus\nA,1\nB,0\n"), places, count="cases")
    with pytest.raises(Trouble, match="B"):
        scan_reading.check_known(opened("kode,kasus\nA,1\nB,2\n"), places, count="cases")


@pytest.mark.parametrize("text", ["kode,kasus\n", "kode,kasus\n,1\n"])
def test_nothing_below_the_headings_or_no_place_is_refused(opened, text):
    def read():
        sheet = opened(text)
        return sheet.key(2, sheet.rows[0])

    with pytest.raises(Trouble):
        read()


def test_a_missing_column_is_named_with_what_is_there(opened):
    with pytest.raises(Trouble, match=r"no column for cases .* It has: kode, usia"):
        scan_reading.needed(opened("kode,usia\nA,1\n"), "cases")
