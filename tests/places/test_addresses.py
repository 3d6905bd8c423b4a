import random
import time

import pytest
from django.utils import translation

from simpul.places import addresses, gazetteer


@pytest.fixture(scope="module")
def country():
    return gazetteer.of_package()


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


JAGOI = "61.07.07.2001"

# One cell of a column called regency, and the code it certainly means.
REGENCIES = [
    ("Kab. Bengkayang", "61.07"),
    ("BENGKAYANG", "61.07"),
    ("Kabupaten  bengkayang ", "61.07"),
    ("KAB.BENGKAYANG", "61.07"),
    ("Kab: Bengkayang", "61.07"),
    ("Bkyg", "61.07"),
    ("kab. bky", "61.07"),
    ("Bengkyang", "61.07"),
    ("Bengkayng", "61.07"),
    ("Kodya Pontianak", "61.71"),
    ("Ptk", "61.71"),
    ("Pontianak Kota", "61.71"),
    ("Kota Pontianak", "61.71"),
    ("Pontianak (Kab)", "61.02"),
    ("Kab. Pontianak", "61.02"),
    ("Mempawah", "61.02"),
    ("Kab/Kota Sambas", "61.01"),
    ("Sambas - Kalbar", "61.01"),
    ("Sambas (Kalbar)", "61.01"),
    ("Sambas-Kalbar", "61.01"),
    ("Sambas Kalimantan Barat", "61.01"),
    ("Kayong Utara - Kalbar", "61.11"),
    ("Kab. Sambas, Prov. Kalbar", "61.01"),
    ("Prov. Jawa Timur, Jember", "35.09"),
    ("Kubu Raya", "61.12"),
    ("KUBURAYA", "61.12"),
    ("kkr", "61.12"),
    ("Skw", "61.72"),
    ("Kab. Singkawang", "61.72"),
    ("Sing kawang", "61.72"),
    ("Kayong", "61.11"),
    ("Kap. Hulu", "61.06"),
    ("Kapuas Hlu", "61.06"),
    ("Kubu Reya", "61.12"),
    ("Putussibau", "61.06"),
    ("Ktp", "61.04"),
    ("Lndk", "61.08"),
    ("Kab. Lima Puluh Kota", "13.07"),
    ("Kotabaru", "63.02"),
    ("Bekasi Kota", "32.75"),
    ("Kab. Bekasi", "32.16"),
    ("Kota Administrasi Jakarta Selatan", "31.74"),
    ("Jaksel", "31.74"),
    ("Entikong", "61.03.21"),
    ("Kalbar", "61"),
    ("61.07", "61.07"),
    ("61.07 Bengkayang", "61.07"),
    ("6107", "61.07"),
    ("6107072001", JAGOI),
]

# A whole address in one cell: what it certainly means, and what is left of it.
ADDRESSES = [
    (
        "Dsn. Risau RT 01/02 Ds. Jagoi Kec. Jagoi Babang Kab. Bengkayang Kalimantan Barat 79286",
        JAGOI,
        "Dsn. Risau RT 01/02",
    ),
    ("Jl. Merdeka No 5, Sambas", "61.01", "Jl. Merdeka No 5"),
    ("Jl. Merdeka No. 5 Sambas", "61.01", "Jl. Merdeka No. 5"),
    ("Jagoi, Jagoi Babang, Bengkayang, Kalbar", JAGOI, ""),
    ("Bengkayang / Jagoi Babang / Jagoi", JAGOI, ""),
    ("Jagoi Jagoi Babang Bengkayang Kalbar", JAGOI, ""),
    ("Jagoi, Jagoi Babng, Bengkayang", JAGOI, ""),
    ("Risau, Jagoi, Jagoi Babang, Bengkayang", JAGOI, "Risau"),
    ("Desa Sungai Kelik, Sintang", "61.05.06.2024", ""),
    ("Kel. Roban Singkawang", "61.72.01.1001", ""),
    ("Ds Jagoi Kec.Jagoi Babang", JAGOI, ""),
    ("Jl. Sambas No. 3 Pontianak Kota, Kota Pontianak", "61.71.05", "Jl. Sambas No. 3"),
    ("Kota Pontianak / Pontianak Kota / Mariana", "61.71.05.1004", ""),
    ("Desa Pemangkat Kota Kec. Pemangkat Kab. Sambas", "61.01.05.2001", ""),
    ("Dusun Besar, Pulau Maya, Kayong Utara", "61.11.04.2004", ""),
    ("Lorong, Sambas, Sambas", "61.01.01.2007", ""),
    ("Dusun Risau Jagoi Babang", "61.07.07", "Dusun Risau"),
    ("Sei Ambawang", "61.12.03", ""),
    ("Jl. Sambas", "", "Jl. Sambas"),
    ("tidak diketahui", "", "tidak diketahui"),
    ("", "", ""),
]

# Cells of several columns, and the code they certainly mean.
CELLS = [
    ({"regency": "Bengkayang", "district": "JAGOIBABANG", "village": "Ds. Jagoi"}, JAGOI),
    ({"regency": "Bengkayang", "district": "Kec. Jagoi Babang", "village": "JAGOY"}, JAGOI),
    ({"regency": "Bengkayang", "district": "Jagoi Babang", "village": "Kp. Jagoi"}, JAGOI),
    ({"district": "Jagoi Babang", "village": "Jagoi"}, JAGOI),
    ({"regency": "Bengkayang", "village": "Jagoi (Jagoi Babang)"}, JAGOI),
    ({"regency": "Bengkayang", "village": "Jagoi, Kec. Jagoi Babang"}, JAGOI),
    ({"regency": "Bengkayang", "village": "Kec. Jagoi Babang"}, "61.07.07"),
    ({"regency": "Bengkayang", "village": "Jagoi Babang"}, "61.07.07"),
    ({"regency": "Bengkayang", "district": "Sei. Raya"}, "61.07.01"),
    ({"regency": "Kubu Raya", "district": "Sungai Raya"}, "61.12.01"),
    ({"regency": "Kubu Raya", "district": "Sungai Ambawang"}, "61.12.03"),
    ({"regency": "Bengkayang", "village": "Sungai Jaga B"}, "61.07.01.2005"),
    ({"province": "Jawa Barat", "regency": "Kab. Bekasi", "district": "Tambun Selatan"}, "32.16.06"),
    ({"regency": "Bekasi", "district": "Tambun Selatan"}, "32.16.06"),
    ({"regency": "Pontianak", "district": "Pontianak Utara"}, "61.71.04"),
    ({"regency": "Pontianak", "district": "Sungai Pinyuh"}, "61.02.07"),
    ({"province": "Kalbar", "regency": "Kalbar"}, "61"),
    ({"regency": "Sambas", "village": "Pemangkat Kota"}, "61.01.05.2001"),
    ({"regency": "Sambas", "address": "RT 02 Tebas"}, "61.01.04"),
    ({"province": "jatim", "regency": "jember"}, "35.09"),
]

# What must be asked: cells, the code that is certain all the same, and codes that must be offered.
ASKED = [
    ({"regency": "Pontianak"}, "61", {"61.71", "61.02"}),
    ({"regency": "Bekasi"}, "32", {"32.16", "32.75"}),
    ({"regency": "Bogor"}, "32", {"32.01", "32.71"}),
    ({"regency": "Semarang"}, "33", {"33.22", "33.74"}),
    ({"regency": "Malang"}, "35", {"35.07", "35.73"}),
    ({"regency": "Jambi"}, "15", {"15", "15.71"}),
    ({"regency": "Sambas / Bengkayang"}, "61", {"61.01", "61.07"}),
    ({"regency": "Sungai Raya"}, "", {"61.07.01", "61.12.01"}),
    ({"district": "Sungai Raya"}, "", {"61.07.01", "61.12.01"}),
    ({"address": "Sungai Raya"}, "", {"61.07.01", "61.12.01"}),
    ({"regency": "Bengkayang", "village": "Pasti Maju"}, "61.07", {"61.07.02.2005"}),
    ({"regency": "Bengkayang", "district": "Jagoi Babang", "village": "Sekida Lama"}, "61.07.07", {"61.07.07.2006"}),
    ({"regency": "Bengkayang", "district": "Sungai Raya", "village": "Sungai Pangkalan"}, "61.07.01", set()),
    ({"regency": "Sambas", "district": "Jagoi Babang", "village": "Jagoi"}, "61.01", {"61.07.07"}),
    ({"regency": "Sambas", "address": "Jl. X, Bengkayang"}, "61", {"61.01", "61.07"}),
    ({"regency": "Sambas", "address": "Ds. Jagoi Kab. Bengkayang"}, "61", {"61.01", "61.07"}),
    ({"province": "Jawa Timur", "regency": "Sambas"}, "35", {"61.01"}),
    ({"regency": "Bengkayang", "village": "Dsn. Jagoi"}, "61.07", {JAGOI}),
    ({"regency": "Xyzzy"}, "", set()),
    ({"regency": "99.99"}, "", set()),
    ({"district": "Jagoi Babang", "village": "Entikong"}, "61.07.07", set()),
]


@pytest.mark.parametrize(("written", "code"), REGENCIES)
def test_a_regency_is_understood_as_it_is_written(country, written, code):
    found = addresses.resolve(country, regency=written)
    assert (found.code, found.problem) == (code, "")


@pytest.mark.parametrize(("written", "code", "rest"), ADDRESSES)
def test_a_whole_address_becomes_a_code_and_what_is_left(country, written, code, rest):
    found = addresses.resolve(country, address=written)
    assert (found.code, found.rest, found.problem) == (code, rest, "")


@pytest.mark.parametrize(("cells", "code"), CELLS, ids=str)
def test_each_column_narrows_the_next(country, cells, code):
    found = addresses.resolve(country, **cells)
    assert (found.code, found.problem) == (code, "")


def _words(value):
    """A name for a test that is the same in every process: a set has no order of its own."""
    return str(sorted(value)) if isinstance(value, set) else str(value)


@pytest.mark.parametrize(("cells", "code", "offered"), ASKED, ids=_words)
def test_what_is_not_certain_is_asked(country, cells, code, offered):
    found = addresses.resolve(country, **cells)
    assert found.problem
    assert found.code == code
    assert offered <= {each for each, _ in found.candidates}


def test_the_question_names_the_word_and_the_place(country):
    asked = addresses.resolve(country, regency="Bengkayang", village="Pasti Maju")
    assert "Pasti Maju" in asked.problem
    assert "Kab. Bengkayang" in asked.problem
    asked = addresses.resolve(country, regency="Sambas", district="Jagoi Babang")
    assert "does not lie in Kab. Sambas" in asked.problem
    assert "Kab. Bengkayang" in asked.problem


def test_near_places_are_offered_first_but_do_not_decide(country):
    at_home = addresses.resolve(country, village="Sukamaju")
    elsewhere = addresses.resolve(country, village="Sukamaju", near="32")
    assert at_home.problem
    assert elsewhere.problem
    assert at_home.candidates[0][0].startswith("61")
    assert elsewhere.candidates[0][0].startswith("32")
    assert len(at_home.candidates) <= 12


def test_the_level_is_said(country):
    levels = [addresses.resolve(country, address=text).level for text in ("Kalbar", "Sambas", "Kec. Tebas", "Jagoi")]
    assert levels == ["province", "regency", "district", "village"]
    assert addresses.resolve(country, address="?").level == ""


def test_the_question_is_asked_in_the_language_of_the_page(country):
    assert addresses.resolve(country, regency="Xyzzy").problem.startswith("There is no")
    with translation.override("id"):
        assert addresses.resolve(country, regency="Xyzzy").code == ""


def test_odd_cells_do_no_harm(country):
    for text in ("", " ", "-", "?", "Kec.", "Kab. Kec. Ds.", "RT", "()", "/", "12345", "a" * 5000, "\x00", "Kota Kota"):
        for column in ("province", "regency", "district", "village", "address"):
            addresses.resolve(country, **{column: text})


SHAPES = {
    "marked": lambda v, d, r, p: {"address": f"Ds. {v} Kec. {d} {r.replace('Kabupaten', 'Kab.')}"},
    "columns": lambda v, d, r, p: {"village": v.upper(), "district": d.upper(), "regency": r.upper()},
    "commas": lambda v, d, r, p: {"address": f"{v}, {d}, {r.replace('Kabupaten ', '')}, {p}"},
    "from above": lambda v, d, r, p: {"address": f"{r} / {d} / {v}"},
}


def written_as(country, code, shape):
    return SHAPES[shape](*(country.names[each] for each in (code, code[:8], code[:5], code[:2])))


@pytest.mark.parametrize("shape", SHAPES)
def test_every_village_of_west_kalimantan_resolves_to_itself(country, shape):
    villages = [code for code in country.names if len(code) == 13 and code.startswith("61.")]
    assert len(villages) == 2145
    found = {code: addresses.resolve(country, **written_as(country, code, shape)) for code in villages}
    assert [code for code, each in found.items() if each.code != code or each.problem] == []


@pytest.mark.parametrize("shape", SHAPES)
def test_villages_of_the_whole_country_are_right_or_asked(country, shape):
    villages = random.Random(4).sample([code for code in country.names if len(code) == 13], 3000)
    found = {code: addresses.resolve(country, **written_as(country, code, shape)) for code in villages}
    asked = [code for code, each in found.items() if each.problem]
    wrong = [code for code, each in found.items() if each.code != code and not each.problem]
    assert wrong == []
    assert len(asked) <= 15


def with_a_slip(name, chance):
    """The name with a letter left out, doubled, or swapped with the next."""
    place = chance.randrange(1, len(name) - 1)
    how = chance.randrange(3)
    if how == 0:
        return name[:place] + name[place + 1 :]
    if how == 1:
        return name[:place] + name[place] + name[place:]
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def test_a_slip_in_a_village_is_understood_or_asked(country):
    chance = random.Random(5)
    right = 0
    for code in (code for code in country.names if len(code) == 13 and code.startswith("61.")):
        written = with_a_slip(country.names[code], chance)
        if country.named(tuple(written.lower().split()), gazetteer.VILLAGE, scopes=[code[:5]]):
            continue
        cells = {"village": written}
        cells |= {"district": country.names[code[:8]], "regency": country.names[code[:5]]}
        found = addresses.resolve(country, **cells)
        assert found.code in (code, code[:8], code[:5]), cells
        assert found.problem or found.code == code, cells
        right += found.code == code
    assert right > 0.75 * 2145


def test_many_addresses_are_read_quickly(country):
    villages = random.Random(6).sample([code for code in country.names if len(code) == 13], 1500)
    texts = [written_as(country, code, "marked") for code in villages]
    country.memo.clear()
    began = time.process_time()
    for cells in texts:
        addresses.resolve(country, **cells)
    first = time.process_time() - began
    began = time.process_time()
    for _ in range(10):
        for cells in texts:
            addresses.resolve(country, **cells)
    again = time.process_time() - began
    assert first < 1
    assert again < 0.75
