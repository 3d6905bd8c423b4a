import pytest

from simpul.insight import headings


def test_a_heading_is_compared_by_its_letters():
    assert headings.plain(" Kode Wilayah ") == "kode_wilayah"
    assert headings.is_place("kode_wilayah")
    assert headings.is_place("nama_kab")
    assert not headings.is_place("poverty")


@pytest.mark.parametrize(("unit", "is_share"), [("%", True), ("persen", True), ("% of GDP", False), ("years", False)])
def test_a_share_is_told_by_its_unit(unit, is_share):
    assert headings.is_share(unit, "x", "Something") is is_share


def test_a_share_of_a_ratio_may_exceed_a_hundred():
    assert not headings.is_share("%", "enrolment_ratio", "Net enrolment")


@pytest.mark.parametrize("heading", ["NIK", "No KK", "Tanggal Lahir", "jenis kelamin", "nomor paspor"])
def test_a_heading_of_persons_gives_the_table_away(heading):
    assert headings.of_persons(["kode", heading], [["61.07", "x"]]) == heading


def test_numbers_of_sixteen_digits_are_of_persons_whatever_their_heading():
    assert headings.of_persons(["kode", "nomor"], [["61.07", "6107010101900001"]]) == "nomor"


def test_names_without_a_place_are_names_of_persons():
    assert headings.of_persons(["nama", "value"], [["Melati", "1"]]) == "nama"
    assert headings.of_persons(["nama", "value"], [["Kabupaten Sambas", "1"]]) == ""
    assert headings.of_persons(["kode", "nama"], [["61.01", "Sambas"]]) == ""
