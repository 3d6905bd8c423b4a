"""Rows become evidence: dates day first, the NIK's own date and sex, and nothing where nothing stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.linkage.matching import normalise
from simpul.linkage.matching.normalise import FIELDS, Record, record

NIK = "6107075208020003"
CELLS = st.text(max_size=20) | st.sampled_from(
    [
        "",
        "X",
        "-",
        "0",
        "0000000000000000",
        NIK,
        "31/02/1999",
        "1-1-90",
        "+62 812 3456 7891",
        "L",
        "perempuan",
        "61.07",
        "Ds. Sei",
    ]
)


@given(st.dictionaries(st.sampled_from(FIELDS), CELLS))
def test_any_row_is_a_record_without_a_word(row):
    found = record(row)
    for year, month, day in found.dates:
        assert 1880 <= year <= 2100
        assert 1 <= month <= 12
        assert 1 <= day <= 31
    assert found.nik == "" or len(found.nik) == 16
    assert set(found.sexes) <= {"", "L", "P"}
    for words in (found.words, found.aliases, found.father, found.mother, found.address, found.dates, found.years):
        assert len(set(words)) == len(words)


def test_an_empty_row_is_a_record_of_nothing():
    assert record({}) == Record()
    assert record(dict.fromkeys(FIELDS, "X"))._replace(is_called_after=False) == Record()


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("07/05/1990", (1990, 5, 7)),
        ("7-5-90", (1990, 5, 7)),
        ("7.5.1990", (1990, 5, 7)),
        ("07 Mei 1990", (1990, 5, 7)),
        ("07-MAY-1990", (1990, 5, 7)),
        ("7 Nopember 1990", (1990, 11, 7)),
        ("Agustus 17, 1945", (1945, 8, 17)),
        ("3 Ogos 1990", (1990, 8, 3)),
        ("1990-05-07", (1990, 5, 7)),
        ("1990-05-07T00:00:00", (1990, 5, 7)),
        ("1990-05-07 00:00:00", (1990, 5, 7)),
        ("1990/5/7", (1990, 5, 7)),
        ("19900507", (1990, 5, 7)),
        ("07051990", (1990, 5, 7)),
        ("20121990", (1990, 12, 20)),
        ("20011210", (2001, 12, 10)),
        ("05/13/1990", (1990, 5, 13)),
        ("1990-13-05", (1990, 5, 13)),
        ("29/02/2000", (2000, 2, 29)),
        ("1/1/26", (2026, 1, 1)),
        ("1/1/27", (1927, 1, 1)),
        ("05/00", None),
        ("31/02/1999", None),
        ("32/01/1999", None),
        ("00/00/1999", None),
        ("01/01/0001", None),
        ("01/01/1066", None),
        ("13/13/1990", None),
        ("1990", None),
        ("sekitar 1990", None),
        ("", None),
        ("tidak diketahui", None),
    ],
)
def test_a_date_is_read_day_first(text, date):
    assert normalise.date_of(text) == date


@given(st.text(max_size=25))
def test_no_text_is_too_odd_for_a_date_a_year_or_a_number(text):
    normalise.date_of(text)
    normalise.year_of(text)
    normalise.sex_of(text)
    normalise.phone_of(text)
    normalise.address_words(text)
    for least in (1, 5):
        assert len(normalise.number_of(text, least=least)) != least - 1 or least == 1


def test_where_no_date_can_be_read_the_year_is_kept():
    assert record({"birth_date": "sekitar tahun 1990"}).years == (1990,)
    assert record({"birth_date": "31/02/1990"})[6:8] == ((), (1990,))
    assert record({"birth_date": "07/05/1990", "birth_year": "1991"}).years == (1990, 1991)


@pytest.mark.parametrize(
    ("nik", "date", "sex"),
    [
        ("6107075208020003", (2002, 8, 12), "P"),
        ("6107071208020003", (2002, 8, 12), "L"),
        ("6107077112990003", (1999, 12, 31), "P"),
        ("6107073112990003", (1999, 12, 31), "L"),
        ("6107074101260003", (2026, 1, 1), "P"),
        ("6107074101270003", (1927, 1, 1), "P"),
    ],
)
def test_a_nik_tells_date_and_sex_and_a_woman_s_day_is_forty_more(nik, date, sex):
    found = record({"nik": nik})
    assert found.dates == (date,)
    assert found.sexes == ("", sex)


@pytest.mark.parametrize(
    "nik", ["6107073213990003", "6107074099990003", "6107077299990003", "6107077002990003", "6107070012990003"]
)
def test_a_nik_of_an_impossible_date_is_a_number_that_tells_nothing(nik):
    found = record({"nik": nik})
    assert found.nik == nik
    assert found.dates == ()
    assert found.sexes == ("", "")


def test_the_date_that_is_written_comes_before_that_of_the_nik():
    found = record({"nik": NIK, "birth_date": "12/08/1999", "sex": "Laki-laki"})
    assert found.dates == ((1999, 8, 12), (2002, 8, 12))
    assert found.years == (1999, 2002)
    assert found.sexes == ("L", "P")
    assert record({"nik": NIK, "birth_date": "12/08/2002"}).dates == ((2002, 8, 12),)


@pytest.mark.parametrize(
    "text",
    ["6107 0752 0802 0003", "6107075208020003.0", "6107.0752.0802.0003", "'6107075208020003", "NIK: 6107075208020003"],
)
def test_a_nik_is_read_however_it_is_grouped(text):
    assert normalise.nik_digits(text) == NIK


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "0",
        "0000000000000000",
        "9999999999999999",
        "1111111111111111",
        "1234567890123456",
        "610707520802000",
        "61070752080200031",
        "0107075208020003"[:15],
        "6107070000000001",
        "0007075208020003",
        "6.10708E+15",
        "belum punya KTP",
    ],
)
def test_zeros_and_placeholders_are_no_nik(text):
    assert normalise.nik_digits(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "0812-3456-7891",
        "+62 812 3456 7891",
        "62812 3456 7891",
        "0062 812 3456 7891",
        "+62 (0)812 3456 7891",
        "812 3456 7891",
        "0812 3456 7891 / 0813 1111 2222",
        "081234567891, 081311112222",
        "081234567891 atau 081311112222",
        "081234567891.0",
    ],
)
def test_a_telephone_number_is_one_however_it_is_written(text):
    assert normalise.phone_of(text) == "081234567891"


@pytest.mark.parametrize("text", ["", "-", "0", "08", "00000000000", "0812", "1" * 16, "tidak ada"])
def test_what_nobody_can_dial_is_no_telephone_number(text):
    assert normalise.phone_of(text) == ""


def test_an_area_code_before_a_stroke_belongs_to_its_number():
    assert normalise.phone_of("0561/740123") == "0561740123"


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("L", "L"),
        ("laki-laki", "L"),
        ("Pria", "L"),
        ("M", "L"),
        ("P", "P"),
        ("Perempuan", "P"),
        ("F", "P"),
        (" wanita ", "P"),
        ("", ""),
        ("X", ""),
        ("?", ""),
    ],
)
def test_the_sex_is_read_in_both_languages(text, sex):
    assert normalise.sex_of(text) == sex


def test_a_father_stands_in_his_column_or_behind_the_mark():
    assert record({"name": "Siti binti Ahmad", "father": "H. Moh. Ahmad"}).father == ("MUHAMMAD", "AHMAD")
    assert record({"name": "Siti binti Ahmad"}).father == ("AHMAD",)
    assert record({"name": "Siti", "mother": "Ny. Aminah"}).mother == ("AMINAH",)


def test_a_name_in_two_columns_is_one():
    assert record({"given_name": "Siti", "surname": "Aminah"}).words == ("SITI", "AMINAH")


@pytest.mark.parametrize(
    ("name", "is_so"),
    [
        ("Mak Rafael", True),
        ("Ny. Antonius", True),
        ("Indai Rafael", True),
        ("Makmur", False),
        ("Mak", False),
        ("Siti", False),
    ],
)
def test_who_is_called_after_somebody_is_marked(name, is_so):
    assert record({"name": name}).is_called_after is is_so


def test_a_district_stands_for_a_village_that_is_not_given():
    assert record({"district": "Kec. Sei Raya"}).village == record({"village": "Ds. Sungai Raya"}).village
    assert record({"province": "Kalbar"}).regency == record({"regency": "Kalimantan Barat"}).regency


def test_of_an_address_only_what_tells_it_from_others_counts():
    assert normalise.address_words("Jl. Soedirman No. 7 RT 01") == ("SUDIRMAN", "7", "01")
    assert normalise.address_words("tidak diketahui") == ()


def test_a_number_needs_figures_and_enough_of_them():
    assert normalise.number_of("B 123-4567") == "B1234567"
    assert normalise.number_of("1234") == ""
    assert normalise.number_of("AAAAA") == ""
    assert normalise.number_of("00000") == ""
