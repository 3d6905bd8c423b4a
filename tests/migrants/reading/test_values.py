"""Single cells: names, NIKs, documents, sexes, ages, telephone numbers."""

from datetime import date, datetime

import pytest

from simpul.migrants.reading import values
from tests.migrants.reading.sheets import places


@pytest.mark.parametrize(
    ("written", "name", "titles"),
    [
        ("AHMAD BIN ALI", "Ahmad bin Ali", ""),
        ("siti binti omar", "Siti binti Omar", ""),
        ("Hj. SITI AMINAH, S.Pd", "Siti Aminah", "Hj., S.Pd"),
        ("H. AHMAD ALI, S.H., M.Si", "Ahmad Ali", "H., S.H., M.Si"),
        ("Budi Santoso, ST", "Budi Santoso", "ST"),
        ("RINA WATI, A.Md.Keb", "Rina Wati", "A.Md.Keb"),
        ("Sdr. Joko", "Joko", "Sdr."),
        ("an. Baby Tini", "Baby Tini", "an."),
        ("BUDI ANAK JUGAH", "Budi anak Jugah", ""),
        ("Ny O'NEIL D'SOUZA", "O'Neil D'Souza", "Ny"),
        ("1. Ahmad", "Ahmad", ""),
        ("AHMAD, SALEH", "Ahmad Saleh", ""),
        ("Anak Agung Gede", "Anak Agung Gede", ""),
        ("PAULUS II", "Paulus II", ""),
    ],
)
def test_a_name_is_taken_apart(written, name, titles):
    found = values.name(written)
    assert (found.name, found.titles) == (name, titles)


def test_a_patronymic_and_another_name_are_kept_beside():
    assert values.name("Ahmad bin Ali").patronymic == "bin Ali"
    assert values.name("SITI AMINAH alias AMOI").alias == "Amoi"
    assert values.name("Siti (Amoi)").alias == "Amoi"
    assert values.name("Siti (anak)").alias == ""


@pytest.mark.parametrize("written", ["BUDI 2", "=CMD|x", "12345", "...", "a<b>"])
def test_what_is_no_name_is_told(written):
    assert isinstance(values.name(written), values.Wrong)


@pytest.mark.parametrize(
    "written",
    ["6107074708900001", "6107 0747 0890 0001", "'6107074708900001", "610707.470890.0001", "6107074708900001.0"],
)
def test_a_nik_is_read_through_blanks_and_dots(written):
    found = values.nik(written, names=places().names)
    assert found == values.Nik("6107074708900001", "P", (7, 8, 90))
    assert found.fits(date(1990, 8, 7))


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("6,10707E+15", "nik_exponent"),
        ("610707470890000", "nik_zero"),
        ("610707", "nik_length"),
        ("ada", "nik_letters"),
        ("1111111111111111", "nik_none"),
        ("6107074708900000", "nik_none"),
        ("6107074713900001", "nik_date"),
        ("6107077508900001", "nik_date"),
        ("9907074708900001", "nik_place"),
        ("6107994708900001", "nik_place"),
    ],
)
def test_what_is_no_nik_says_why(written, problem):
    assert values.nik(written, names=places().names).problem == problem


def test_a_nik_keeps_the_code_of_a_district_that_was_split_off():
    assert "61.02.04" not in places().names
    assert values.nik("6102044708900001", names=places().names).number
    assert values.nik("6404064708900001", names=places().names).number


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("C1234567", ("C1234567", "passport")),
        ("c 123 4567", ("C1234567", "passport")),
        ("XD 123456", ("XD123456", "splp")),
        ("SPLP XD998877", ("XD998877", "splp")),
        ("Paspor No. B 9988776", ("B9988776", "passport")),
        ("tidak ada", ("", "none")),
        ("SPLP", ("", "splp")),
    ],
)
def test_a_document_is_a_number_and_a_kind(written, found):
    assert values.document(written) == found


@pytest.mark.parametrize("written", ["12", "masih diurus", "C1234567890123456"])
def test_what_is_no_document_is_told(written):
    assert values.document(written) == values.Wrong("document")


@pytest.mark.parametrize(
    "written", ["-", "–", "", "tidak ada", "Tdk Ada", "n/a", "NIHIL", "kosong", "belum ada", "?", "--", "..."]
)
def test_many_signs_say_that_there_is_nothing(written):
    assert values.is_empty(written)


@pytest.mark.parametrize("written", ["sda", "S.D.A", "s.d.a.", "idem", '"', "-//-", "〃", "”", "- ” -"])
def test_many_signs_say_as_above(written):
    assert values.is_same(written)
    assert not values.is_empty(written)


def test_a_tick_is_not_nothing():
    assert not values.is_empty("√")
    assert all(values.is_tick(sign) for sign in "√✓vVxX1●")


@pytest.mark.parametrize(
    ("written", "sex"),
    [
        ("L", "L"),
        ("Laki-laki", "L"),
        ("LK", "L"),
        ("Pria", "L"),
        ("male", "L"),
        ("P", "P"),
        ("Pr.", "P"),
        ("WANITA", "P"),
        ("F", "P"),
    ],
)
def test_a_sex_is_written_in_many_ways(written, sex):
    assert values.sex(written) == sex


def test_p_is_pria_where_w_is_wanita():
    assert values.sex("P", p_is_male=True) == "L"
    assert values.sex("W", p_is_male=True) == "P"
    assert isinstance(values.sex("L/P"), values.Wrong)


@pytest.mark.parametrize(
    ("written", "digits"),
    [("0812-3456-7890", "081234567890"), ("+62 812 3456 7890", "+6281234567890"), ("81234567890", "081234567890")],
)
def test_a_telephone_number_keeps_its_digits(written, digits):
    assert values.phone(written) == digits
    assert values.phone("0812") == values.Wrong("phone")


@pytest.mark.parametrize(
    ("written", "months"), [("2 thn 3 bln", 27), ("3 bulan", 3), ("± 5 tahun", 60), ("2 minggu", 0), ("lama", None)]
)
def test_a_length_of_stay_is_counted_in_months(written, months):
    assert values.stay(written) == months


@pytest.mark.parametrize(
    ("catalogue", "written", "code"),
    [
        ("reason", "tidak memiliki paspor", "no_passport"),
        ("reason", "TDK ADA PERMIT", "no_permit"),
        ("reason", "operator judi online", "gambling"),
        ("reason", "lainnya", "other"),
        ("reason", "Overstay", "overstay"),
        ("sector", "ladang sawit", "plantation"),
        ("sector", "PLRT", "domestic"),
        ("sector", "ikut suami", "with_husband"),
        ("sector", "buruh bangunan", "construction"),
        ("onward", "dijemput keluarga", "family"),
        ("onward", "shelter BP3MI Pontianak (Rumah Ramah)", "shelter_bp3mi"),
        ("country", "Sarawak, Malaysia", "MY"),
        ("status", "masih bekerja", "abroad"),
        ("procedural", "non-prosedural", "no"),
        ("document_kind", "tanpa paspor", "none"),
    ],
)
def test_a_word_of_a_list_is_known_by_many_names(catalogue, written, code):
    assert values.term(catalogue, written) == code


def test_what_is_not_known_is_asked_and_never_other():
    found = values.term("reason", "tanpa dokumen")
    assert found.problem == "no_term"
    assert ("other", "lainnya") in found.choices
    two = values.term("reason", "tidak punya paspor dan permit")
    assert two.problem == "two_terms"
    assert [code for code, _ in two.choices] == ["no_passport", "no_permit"]


def test_cells_become_texts_as_a_person_sees_them():
    assert values.text_of(6107074708900001.0) == "6107074708900001"
    assert values.text_of(datetime(1990, 8, 7)) == "1990-08-07"
    assert values.text_of(" a\u00a0 b ") == "a b"
    assert values.text_of(1.5) == "1.5"
    assert values.text_of(None) == ""
    assert values.text_of(True) == "TRUE"
    assert values.text_of("\uf0fc") == "✓"


def test_the_errors_of_formulas_are_known():
    assert values.is_formula_error("#REF!")
    assert values.is_formula_error("#N/A")
    assert not values.is_formula_error("#1")


def test_a_family_card_has_sixteen_digits():
    assert values.family_card("6107 0712 0190 0001") == "6107071201900001"
    assert isinstance(values.family_card("123"), values.Wrong)
