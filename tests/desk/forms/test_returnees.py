"""Forms of people who came home."""

from datetime import date

import pytest

from simpul.desk.forms.returnees import FACTS, IDENTITY, Narrowed, NewReturnee
from simpul.migrants.access import IDENTITY as READ
from simpul.migrants.returnees import CODES
from tests.returns import with_returns

TODAY = date(2026, 8, 3)


@pytest.fixture
def w(world):
    return with_returns(world)


def places(officer, **asked):
    form = Narrowed(asked, officer=officer)
    return [code for code, _name in form.fields["tempat"].choices] if "tempat" in form.fields else None


def test_the_region_is_offered_with_its_parts_and_the_parts_of_the_chosen_one(w):
    assert "61.07" in places(w.hana)
    assert "61.07.07" not in places(w.hana)
    assert "61.07.07" in places(w.hana, tempat="61.07")
    assert "61.07.07" in places(w.hana, tempat="61.07.07")
    assert "61.07.07" in places(w.joko)
    assert "61.01" not in places(w.joko, tempat="61.01")


def test_a_village_has_no_parts_to_choose(w):
    assert places(w.darius) is None


def test_what_the_forms_ask_is_what_is_read_and_what_the_act_takes():
    assert set(IDENTITY) <= set(READ)
    assert {*FACTS, "depot"} == set(CODES)


def test_what_was_left_empty_is_not_told(db):
    form = NewReturnee({"arrived_on": "2026-08-03", "kind": "deportation", "name": "Dahlia"}, today=TODAY)
    assert form.is_valid()
    assert form.told() == {"arrived_on": TODAY, "kind": "deportation", "name": "Dahlia", "facts": {}}
