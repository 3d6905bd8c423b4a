"""Forms of a proceeding: offences of the day, steps in two groups, the words for both."""

from datetime import date

import pytest

from simpul.cases import proceedings
from simpul.desk.forms.proceedings import DayOfTheAct, Proceeding, Step, name_of


@pytest.fixture
def case(world):
    return world.case()


def offered(form):
    return {code for code, _words in form.fields["offences"].choices}


@pytest.mark.parametrize(
    ("day", "there", "gone"),
    [(date(2026, 1, 1), "uu21_2007_2", "kuhp_455"), (date(2026, 1, 2), "kuhp_455", "uu21_2007_2")],
)
def test_the_day_before_and_the_day_on_which_the_law_changes(case, day, there, gone):
    form = Proceeding(case=case, suspects=[], initial={"act_on": day})
    assert there in offered(form)
    assert gone not in offered(form)
    assert "uu21_2007_4" in offered(form)
    assert any("KUHP" in words or "Pasal 2" in words for words in form.not_in_force)


def test_what_was_ticked_stays_to_be_seen_when_the_date_was_changed(case):
    form = Proceeding({"act_on": "2026-05-01", "offences": ["uu21_2007_2"]}, case=case, suspects=[])
    assert "uu21_2007_2" in offered(form)
    assert form.is_valid()


def test_no_code_from_elsewhere_is_an_offence(case):
    form = Proceeding({"act_on": "2026-05-01", "offences": ["uu27_2022_40"]}, case=case, suspects=[])
    assert not form.is_valid()


def test_the_date_of_the_act_is_not_ahead():
    form = DayOfTheAct({"tanggal": "2026-08-04"}, today=date(2026, 8, 3))
    assert "tanggal" in form.errors


@pytest.mark.django_db
def test_steps_that_were_noted_before_stand_apart():
    form = Step(steps=["inquiry", "investigation"], noted={"inquiry"})
    groups = [[code for code, _words in rows] for _name, rows in form.fields["kind"].choices[1:]]
    assert groups == [["investigation"], ["inquiry"]]
    assert "outcome" not in form.fields
    assert "outcome" in Step(steps=["verdict"], noted=set()).fields


def test_a_proceeding_is_named_without_a_person(world, case):
    begun = proceedings.begin(case, act_on=date(2026, 2, 1), offences=["kuhp_455"], by=world.rina, at=world.at)
    assert "KUHP (UU 1/2023) Pasal 455" in name_of(begun)
    assert "1 Februari 2026" in name_of(begun)
