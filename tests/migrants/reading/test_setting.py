"""What sections, sheet names and labels of sums mean."""

import pytest

from simpul.migrants.reading import layouts
from simpul.migrants.reading.setting import Setting
from tests.migrants.reading.sheets import TODAY, places


@pytest.fixture(scope="module")
def setting():
    return Setting(TODAY, layouts.MANIFEST, "61", places(), answers={(3, "name"): "Ani", (3, "sex", "B"): "P"})


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("A. LAKI-LAKI", {"sex": "L"}),
        ("Perempuan (12 orang)", {"sex": "P"}),
        ("P", {"sex": "P"}),
        ("I. KABUPATEN SAMBAS", {"regency": "KABUPATEN SAMBAS"}),
        ("Bengkayang", {"regency": "Bengkayang"}),
        ("PROVINSI JAWA TIMUR", {"province": "PROVINSI JAWA TIMUR"}),
        ("DEPOT SEMUJA", {"depot": "DEPOT SEMUJA"}),
        ("SPLP", {"document_kind": "splp"}),
        ("Sheet1", {}),
        ("Lampiran", {}),
        ("ROMBONGAN II", {}),
    ],
)
def test_a_section_says_something_of_the_people_below(setting, text, meaning):
    assert setting.section(text) == meaning


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("JUMLAH", "total"),
        ("Total keseluruhan", "total"),
        ("Laki-laki", "sex:L"),
        ("Jumlah perempuan", "sex:P"),
        ("Kab. Sambas", "regency:61.01"),
        ("Kalimantan Barat", "province:61"),
        ("Tidak memiliki paspor", "reason:no_passport"),
        ("Konstruksi", "sector:construction"),
        ("Siti", None),
    ],
)
def test_a_label_says_what_a_sum_counts(setting, text, key):
    assert setting.label_key(text) == key


def test_a_region_is_told_from_a_name(setting):
    assert setting.is_region("Sambas")
    assert not setting.is_region("Siti Aminah")
    assert setting.region_of("Sambas") == ("regency", "61.01")
    assert setting.region_of("Bekasi") is None


def test_answers_hold_for_their_row_and_sheet(setting):
    assert setting.answers_of(3, "A") == {"name": "Ani"}
    assert setting.answers_of(3, "B") == {"name": "Ani", "sex": "P"}
    assert setting.answers_of(4, "A") == {}
