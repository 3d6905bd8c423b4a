"""What title rows, sheet names and file names say of a list."""

from datetime import date

import pytest

from simpul.migrants.reading import titles

TODAY = date(2026, 2, 1)


def header(*lines, names=(), filename="x.xlsx"):
    return titles.header(lines, names=names, filename=filename, today=TODAY)


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("Hari/Tanggal : Jumat, 30 Januari 2026", {"arrived_on": date(2026, 1, 30)}),
        ("Tiba pukul 09.05 WIB", {"arrived_at": "09:05"}),
        ("DAFTAR REPATRIASI WNI", {"kind": "repatriation", "title": "DAFTAR REPATRIASI WNI"}),
        ("Depot Semuja, Serian", {"depot": "semuja", "depot_written": "Depot Semuja"}),
        ("Melalui PLBN Aruk", {"post": "aruk", "post_written": "PLBN Aruk"}),
        ("Nomor : B-123/KJRI/01/2026", {"letter_number": "B-123/KJRI/01/2026"}),
        ("Surat KJRI tanggal 29 Januari 2026", {"letter_on": date(2026, 1, 29)}),
        ("Jumlah : 327 orang", {"total": 327}),
        ("sebanyak 1.327 orang", {"total": 1327}),
        ("Dari : KJRI Kuching", {"sender": "KJRI Kuching"}),
        ("KONSULAT JENDERAL REPUBLIK INDONESIA KUCHING", {"sender": "KONSULAT JENDERAL REPUBLIK INDONESIA KUCHING"}),
    ],
)
def test_a_line_tells_of_the_journey(line, facts):
    found = header(line)
    assert {name: getattr(found, name) for name in facts} == facts


def test_the_file_and_its_sheets_tell_what_titles_leave_out():
    found = header(names=["Semuja"], filename="Manifest deportasi 12-02-2026.xlsx")
    assert (found.depot, found.kind, found.arrived_on) == ("semuja", "deportation", date(2026, 2, 12))
    assert header(filename="manifest_30012026.csv").arrived_on == date(2026, 1, 30)


def test_titles_come_before_file_names():
    assert header("Tiba 30-01-2026", filename="12-02-2026.xlsx").arrived_on == date(2026, 1, 30)


def test_the_district_of_a_list_is_no_border_post():
    assert header("Kecamatan : Jagoi Babang").post == ""
    assert header("PLBN Jagoi Babang").post == "jagoi_babang"


def test_a_list_that_says_nothing_has_an_empty_header():
    assert header("1", "2").title == ""
