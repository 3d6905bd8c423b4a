import time
import tracemalloc
from datetime import date

import pytest

from simpul.places import gazetteer
from simpul.places.gazetteer import COUNTRY, DISTRICT, PROVINCE, REGENCY, VILLAGE, Gazetteer, narrowed
from simpul.places.loading import package_names
from simpul.places.models import Edition, Place


@pytest.fixture(scope="module")
def country():
    return gazetteer.of_package()


def test_it_holds_every_place_of_the_country(country):
    assert [len(country.codes[level]) for level in (PROVINCE, REGENCY, DISTRICT, VILLAGE)] == [38, 514, 7285, 83762]


def test_a_name_is_found_written_together_or_apart(country):
    assert country.named(("jagoi", "babang"), DISTRICT) == {"61.07.07"}
    assert country.named(("jagoibabang",), DISTRICT) == {"61.07.07"}


def test_an_abbreviation_is_found_in_full_and_the_other_way_round(country):
    assert "61.12.03" in country.named(("sei", "ambawang"), DISTRICT)
    assert country.named(("sungai", "rampah"), DISTRICT) == country.named(("sei", "rampah"), DISTRICT) != frozenset()


def test_the_scope_narrows_what_a_name_may_mean(country):
    everywhere = country.named(("sungai", "raya"), DISTRICT)
    assert {"61.07.01", "61.12.01"} < everywhere
    assert country.named(("sungai", "raya"), DISTRICT, scopes=["61.07"]) == {"61.07.01"}
    assert country.named(("sungai", "raya"), DISTRICT, scopes=["61.07.01.2001"]) == {"61.07.01.2001"}


def test_an_old_name_is_found(country):
    assert country.named(("pontianak",), REGENCY) == {"61.02", "61.71"}


def test_a_slip_is_understood_but_never_another_number(country):
    assert country.misspelt(("bengkyang",), REGENCY, scope=COUNTRY) == {"61.07"}
    assert "61.07.01.2005" in country.named(("sungai", "jaga", "b"), VILLAGE, scopes=["61.07"])
    assert country.misspelt(("sungai", "jaga", "c"), VILLAGE, scope="61.07") == frozenset()
    assert country.misspelt(("sungai", "pangkalan"), VILLAGE, scope="61.07") == frozenset()


def test_an_abbreviation_alone_has_no_slips(country):
    assert country.misspelt(("parit",), VILLAGE, scope="61.08") == {"61.08.06.2001"}
    assert country.misspelt(("pr",), VILLAGE, scope="61.08") == frozenset()


def test_the_nearest_names_come_first(country):
    assert country.nearest(("jagoy", "babag"), DISTRICT, scopes=["61.07"])[0] == "61.07.07"
    assert len(country.nearest(("sungai",), VILLAGE, scopes=["61"])) == 8


@pytest.mark.parametrize(
    ("words", "size"),
    [
        (("pemangkat", "kota", "kec"), 2),
        (("kota", "baru", "nangapinoh"), 2),
        (("lima", "puluh", "kota"), 3),
        (("waskey", "tanjung", "batu", "sarmi"), 3),
        (("jagoi", "babang"), 0),
    ],
)
def test_a_name_that_holds_a_word_of_kind_or_a_sign_is_known(country, words, size):
    assert country.odd_name(words) == size


def test_narrowing_keeps_the_deeper_of_two_that_agree():
    assert narrowed(["61.07"], ["61"]) == {"61.07"}
    assert narrowed(["61"], ["61.07"]) == {"61.07"}
    assert narrowed(["61.07"], ["61.01"]) == frozenset()
    assert narrowed(["61.07"], [COUNTRY]) == {"61.07"}
    assert narrowed([], [COUNTRY]) == frozenset()


@pytest.mark.django_db
def test_the_table_of_places_comes_before_the_package(no_places):
    Place.objects.create(code="61", name="Kalimantan Barat", level=Place.Level.PROVINCE, key="kalimantan barat")
    Place.objects.create(code="61.99", name="Kabupaten Baru", level=Place.Level.REGENCY, key="baru")
    assert gazetteer.installed().names == {"61": "Kalimantan Barat", "61.99": "Kabupaten Baru"}


@pytest.mark.django_db
def test_an_empty_table_leaves_the_package(no_places):
    assert gazetteer.installed() is gazetteer.of_package()


@pytest.mark.django_db
def test_a_table_of_one_region_leaves_the_package_for_people_come_from_anywhere(kalbar, django_assert_num_queries):
    assert Edition.objects.filter(scope="61").exists()
    with django_assert_num_queries(1):
        assert gazetteer.installed() is gazetteer.of_package()


@pytest.mark.django_db
def test_a_loaded_table_is_read_once_for_its_edition(no_places, django_assert_num_queries):
    Place.objects.create(code="61", name="Kalimantan Barat", level=Place.Level.PROVINCE, key="kalimantan barat")
    Edition.objects.create(scope="", fingerprint="of this test", loaded_on=date(2026, 8, 3))
    first = gazetteer.installed()
    assert first.names == {"61": "Kalimantan Barat"}
    with django_assert_num_queries(1):
        assert gazetteer.installed() is first


def test_the_country_is_built_quickly_and_small():
    names = package_names()
    began = time.process_time()
    Gazetteer(names)
    took = time.process_time() - began
    tracemalloc.start()
    kept = Gazetteer(names)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 1.5
    assert size < 60e6
    assert kept.named(("sambas",), REGENCY) == {"61.01"}
