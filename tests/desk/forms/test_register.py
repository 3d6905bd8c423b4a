"""Forms of the register."""

from datetime import date

import pytest

from simpul.desk.forms.register import FACTS, IDENTITY, Entry, Narrowed
from simpul.migrants.models import Worker
from simpul.migrants.registry import PLAIN, SEALED
from tests.register import NIK
from tests.returns import with_returns
from tests.world import JAGOI

TODAY = date(2026, 8, 3)
JAGOI_TYPED = {"home": "Jagoi", "home_kode": JAGOI, "home_untuk": "Jagoi"}


@pytest.fixture
def w(world):
    return with_returns(world)


def entry(**told):
    return Entry({"name": "Anggrek", "status": "abroad", **JAGOI_TYPED, **told}, today=TODAY)


def test_a_village_is_not_asked_which_place_is_meant(w):
    assert "tempat" not in Narrowed({}, officer=w.darius).fields
    assert "tempat" in Narrowed({}, officer=w.joko).fields


def test_what_was_asked_is_said_as_the_page_says_it(w):
    form = Narrowed({"status": "abroad", "tempat": "61.07.07"}, officer=w.joko)
    assert form.words() == ["Kec. Jagoi Babang", str(Worker.Status.ABROAD.label)]
    assert form.asked() == {"prefix": "61.07.07", "status": "abroad", "country": "", "sector": ""}


def test_what_cannot_be_read_asks_nothing(w):
    assert set(Narrowed({"status": "x", "negara": "x"}, officer=w.joko).asked().values()) == {""}


def test_the_form_has_every_column_of_the_register(w):
    assert {*IDENTITY, *FACTS, "home"} == set(Entry.base_fields)
    assert set(FACTS) == {*PLAIN, *SEALED}


def test_a_nik_is_kept_as_digits(w):
    form = entry(nik="6107 0752 0890 0001")
    assert form.is_valid(), form.errors
    assert form.told()["nik"] == NIK


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"nik": "123"}, "nik"),
        ({"birth_date": "2030-01-01"}, "birth_date"),
        ({"birth_year": "2030"}, "birth_year"),
        ({"name": ""}, "name"),
        ({"home": "", "home_kode": ""}, "home"),
        ({"home": "Bengkayang", "home_kode": "61.07", "home_untuk": "Bengkayang"}, "home"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(w, told, field):
    form = entry(**told)
    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_a_day_of_birth_tells_the_year(w):
    form = entry(birth_date="1990-08-12", birth_year="1991")
    assert form.is_valid(), form.errors
    assert "birth_year" not in form.told()
