import pytest

from simpul.places import gazetteer
from simpul.places.phrases import parts_of


@pytest.fixture(scope="module")
def country():
    return gazetteer.of_package()


def spoken(text, country):
    return [(part.kind, " ".join(part.words)) for part in parts_of(text, country, source=4)]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Ds. Jagoi Kec. Jagoi Babang", [("village", "jagoi"), ("district", "jagoi babang")]),
        ("Dsn. Risau RT 01/02 Ds. Jagoi", [("hamlet", "risau"), ("street", "01 02"), ("village", "jagoi")]),
        ("Jl. Merdeka No 5 Sambas", [("street", "merdeka"), ("street", "5"), ("", "sambas")]),
        ("Jagoi, Bengkayang 79286", [("", "jagoi"), ("", "bengkayang")]),
        ("Kab/Kota Sambas", [("regency", "sambas")]),
        ("Kab: Sambas", [("kabupaten", "sambas")]),
        ("Bekasi Kota", [("kota", "bekasi")]),
        ("Pontianak (Kab)", [("kabupaten", "pontianak")]),
        ("Kota Pontianak / Pontianak Kota / Mariana", [("kota", "pontianak"), ("kota", "pontianak"), ("", "mariana")]),
        ("Desa Pemangkat Kota Kec. Pemangkat", [("village", "pemangkat kota"), ("district", "pemangkat")]),
        ("Kec. Dusun Selatan", [("district", "dusun selatan")]),
        ("Kab. Lima Puluh Kota Sumatera Barat", [("kabupaten", "lima puluh kota sumatera barat")]),
        ("Desa Waskey/Tanjung Batu", [("village", "waskey tanjung batu")]),
        ("dari Sambas", [("", "sambas")]),
        ("?!", []),
        ("", []),
    ],
)
def test_a_text_falls_into_phrases(country, text, phrases):
    assert spoken(text, country) == phrases


def test_each_word_knows_where_it_stands(country):
    parts = parts_of("Dsn. Risau, Ds. Jagoi", country, source=4)
    assert [part.tokens for part in parts] == [(0, 1), (2, 3)]
    assert [part.written for part in parts] == ["Risau", "Jagoi"]


def test_what_is_left_of_a_phrase_keeps_its_place(country):
    (part,) = parts_of("Jagoi Babang Bengkayang", country, source=4)
    assert part.without(last=1).tokens == (0, 1)
    assert part.without(first=2).words == ("bengkayang",)
