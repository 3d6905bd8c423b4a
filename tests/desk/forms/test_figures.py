"""Questions of the map and the tables: what does not fit is replaced, and the form shows what was answered."""

import pytest

from simpul.desk.forms.figures import MapAsked, TableAsked
from simpul.insight import figures
from tests.returns import with_returns


@pytest.fixture
def w(world):
    figures.places_at.cache_clear()
    return with_returns(world)


def table(officer, exact=True, **data):
    return TableAsked(data, officer=officer, exact=exact)


def codes(form, name):
    return [code for code, _words in form.fields[name].choices]


def test_a_page_begins_with_the_own_region(w):
    assert MapAsked(None, officer=w.joko).region == "61.07"
    assert MapAsked({"wilayah": "61.01"}, officer=w.joko).region == "61.07"
    assert MapAsked({"wilayah": "61.01"}, officer=w.hana).region == "61.01"


def test_a_map_goes_below_its_region_only(w):
    form = MapAsked({"wilayah": "61.07", "tingkat": "regency"}, officer=w.hana)
    assert form.level == "district"
    assert codes(form, "tingkat") == ["district", "village"]


def test_a_rate_is_asked_where_inhabitants_are_known(w):
    assert MapAsked({"ukuran": "rate"}, officer=w.hana).measure == "rate"
    assert MapAsked({"ukuran": "rate", "tingkat": "village"}, officer=w.hana).measure == "number"


def test_the_register_has_no_year(w):
    assert "tahun" not in table(w.hana, apa="workers", tahun="2026").fields


def test_a_table_is_not_crossed_with_itself_nor_with_too_many(w):
    form = table(w.hana, baris="regency", kolom="village")
    assert form.question().columns == ""
    assert {"regency", "province", "village", "district", "arrival"}.isdisjoint(codes(form, "kolom"))
    assert table(w.hana, baris="sex", kolom="sex").question().columns == ""


@pytest.mark.parametrize("lines", ["village", "arrival"])
def test_who_sees_figures_only_crosses_neither_villages_nor_days(w, lines):
    assert table(w.hana, baris=lines, kolom="sex").question().columns == "sex"
    assert table(w.hana, exact=False, baris=lines, kolom="sex").question().columns == ""


def test_the_question_is_told_in_words_and_as_an_address(w):
    form = table(w.hana, baris="age", kolom="sex")
    assert len(form.words()) == 3
    assert form.address() == "apa=returns&wilayah=61&baris=age&kolom=sex"
