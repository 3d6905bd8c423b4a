from datetime import date

import pytest

from simpul.places import loading, search
from simpul.places.models import Place

pytestmark = pytest.mark.django_db

# What people write, and the place that must come first.
WRITTEN = [
    ("kec. jagoi babang", "61.07.07"),
    ("Kecamatan Jagoi Babang", "61.07.07"),
    ("Jagoi Babang Bengkayang", "61.07.07"),
    ("jagoibabang", "61.07.07"),
    ("jagoi", "61.07.07.2001"),
    ("desa jagoi, jagoi babang", "61.07.07.2001"),
    ("ds. jagoi kec. jagoi babang kab. bengkayang", "61.07.07.2001"),
    ("jagoi bengkayang", "61.07.07.2001"),
    ("Kalbar, Bengkayang, Jagoi Babang, Jagoi", "61.07.07.2001"),
    ("Skw", "61.72"),
    ("skw barat", "61.72.02"),
    ("singkawng", "61.72"),
    ("sing kawang", "61.72"),
    ("Ptk", "61.71"),
    ("PTK Tenggara", "61.71.06"),
    ("pontinak", "61.71"),
    ("kota pontianak", "61.71"),
    ("kab. pontianak", "61.02"),
    ("kab bky", "61.07"),
    ("Bengkayang", "61.07"),
    ("bengkyang", "61.07"),
    ("kec bengkayang", "61.07.04"),
    ("smbs", "61.01"),
    ("sbs", "61.01"),
    ("mpw", "61.02"),
    ("mempwah", "61.02"),
    ("sgu", "61.03"),
    ("ktp", "61.04"),
    ("ketapng", "61.04"),
    ("kec. plaoh", "61.01.08"),
    ("kec sbah", "61.01.10"),
    ("stg", "61.05"),
    ("sintag", "61.05"),
    ("kph", "61.06"),
    ("Kapuas Hulu", "61.06"),
    ("ldk", "61.08"),
    ("skd", "61.09"),
    ("mlw", "61.10"),
    ("kku", "61.11"),
    ("kkr", "61.12"),
    ("Kubu Raya", "61.12"),
    ("kalbar", "61"),
    ("Sei Raya kkr", "61.12.01"),
    ("sui raya bengkayang", "61.07.01"),
    ("s. ambawang", "61.12.03"),
    ("sei kakap", "61.12.09"),
    ("Sg. Pinyuh", "61.02.07"),
    ("kel. sungai pinyuh", "61.02.07.1011"),
    ("Nanga badau", "61.06.14"),
    ("badau kapuas hulu", "61.06.14"),
    ("desa badau, kec badau", "61.06.14.2001"),
    ("entikong sanggau", "61.03.21"),
    ("Entikong, Sanggau, Kalimantan Barat", "61.03.21"),
    ("etnikong", "61.03.21"),
    ("dekat perbatasan entikong", "61.03.21"),
    ("desa entikong", "61.03.21.2003"),
    ("PLBN Aruk", "61.01.09.2002"),
    ("sajingan", "61.01.09"),
    ("temajuk paloh", "61.01.08.2007"),
    ("tlk pakedai", "61.12.08"),
    ("p. maya", "61.11.04"),
    ("ng pinoh", "61.10.02"),
    ("kuala mandor b", "61.12.02"),
    ("sanggau ledo", "61.07.06"),
    ("balai karangan", "61.03.07.2001"),
    ("sei kelik ketungau hulu", "61.05.06.2024"),
    ("dsn sungkung siding", "61.07.12.2002"),
    ("kampung baru toba", "61.03.13.2004"),
    ("kel siantan hulu", "61.71.04.1001"),
    ("sengah temila landak", "61.08.07"),
    ("JAGOI  BABANG!!", "61.07.07"),
    ("61.07.07.2001", "61.07.07.2001"),
    ("61.07", "61.07"),
]

# What is ambiguous: the place must be among the first three.
AMBIGUOUS = [
    ("Sei Raya", "61.12.01"),
    ("Sei Raya", "61.07.01"),
    ("sungairaya", "61.12.01"),
    ("Pd. Tikar", "61.12.05.2004"),
    ("Pd. Tikar", "61.12.05.2005"),
    ("bt ampar", "61.12.05"),
    ("putusibau", "61.06.01"),
    ("putusibau", "61.06.17"),
    ("tayan", "61.03.11"),
    ("pontianak kota", "61.71.05"),
    ("pinyuh", "61.02.07"),
    ("siantan", "61.71.04.1001"),
]


def codes(text, **asked):
    return [match.place.code for match in search.find(text, **asked)]


@pytest.mark.parametrize(("text", "code"), WRITTEN)
def test_what_people_write_finds_the_place_first(kalbar, text, code):
    assert codes(text)[:1] == [code]


@pytest.mark.parametrize(("text", "code"), AMBIGUOUS)
def test_what_may_mean_several_places_finds_each_among_the_first(kalbar, text, code):
    assert code in codes(text, limit=3)


@pytest.mark.parametrize("text", ["", "  ", "?!", "xyzzy", "qqqqqqqqqq", "%", "'; drop table", "\x00", "a" * 10_000])
def test_what_means_no_place_finds_none(kalbar, text):
    assert codes(text) == []


def test_a_label_says_what_a_place_lies_in(kalbar):
    match = search.find("jagoi bengkayang")[0]
    assert match.label == "Jagoi, Kec. Jagoi Babang, Kab. Bengkayang"
    assert match.place.name == "Jagoi"
    assert 0.5 < match.score <= 1


def test_matches_are_as_many_and_as_good_as_asked(kalbar):
    assert len(search.find("sungai", limit=5)) == 5
    assert len(search.find("sungai raya", limit=8)) > 2
    assert all(match.score >= 0.95 for match in search.find("sungai raya", at_least=0.95))


def test_a_search_costs_the_same_few_queries_for_any_text(kalbar, django_assert_max_num_queries):
    search.find("sungai")
    for text in ("sungai", "jagoi bengkayang", "desa suka maju, garut", "xyzzy"):
        with django_assert_max_num_queries(6):
            search.find(text)


def test_retired_places_are_not_found(no_places):
    Place.objects.create(code="61", name="Kalimantan Barat", level="province", key="kalimantan barat")
    Place.objects.create(code="61.07", name="Kabupaten Bengkayang", level="regency", key="bengkayang")
    assert codes("bengkayang") == ["61.07"]
    Place.objects.update(retired_on=date(2026, 8, 3))
    assert codes("bengkayang") == codes("61.07") == []


@pytest.fixture
def java(no_places):
    """A regency of Java beside Kalimantan's places, where names come twice."""
    loading.load(on=date(2026, 8, 3), only="61.04")
    loading.load(on=date(2026, 8, 3), only="32.05")


def test_the_own_region_comes_first_and_the_rest_of_indonesia_after(java):
    found = codes("sukamaju")
    assert found[0].startswith("61.04")
    assert any(code.startswith("32.05") for code in found)
    assert codes("sukamaju", near="32")[0].startswith("32.05")


def test_a_place_elsewhere_is_found_by_what_it_lies_in(java):
    match = search.find("desa sukamaju, garut")[0]
    assert match.place.code.startswith("32.05")
    assert match.label.endswith("Kab. Garut, Jawa Barat")


def test_a_place_elsewhere_is_found_by_how_its_name_begins(java):
    assert codes("kersaman")[0] == "32.05.13"
