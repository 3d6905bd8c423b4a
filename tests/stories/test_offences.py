"""The offence is the one of the day of the act: until 1 January 2026 UU 21/2007, from the second KUHP (UU 1/2023)."""

from datetime import date

import pytest

from simpul.cases import proceedings
from simpul.cases.models import Proceeding
from simpul.lib.rules import NotAllowed
from simpul.reference import catalogues

LAST, FIRST = date(2026, 1, 1), date(2026, 1, 2)
OLD, NEW = "uu21_2007_2", "kuhp_455"


def codes(day):
    return {term.code for term in proceedings.offences_on(day)}


@pytest.mark.parametrize(("day", "held", "not_held"), [
    (date(2007, 5, 1), OLD, NEW), (LAST, OLD, NEW), (FIRST, NEW, OLD), (date(2026, 8, 3), NEW, OLD),
])  # fmt: skip
def test_one_basic_offence_holds_on_every_day(db, day, held, not_held):
    assert held in codes(day)
    assert not_held not in codes(day)


def test_the_other_offences_of_uu_21_2007_stand_before_and_after(db):
    """UU 1/2023 Art. 622(9): only Art. 2 was taken over."""
    others = codes(LAST) - {OLD}
    assert {"uu21_2007_3", "uu21_2007_4", "uu21_2007_6", "uu21_2007_12"} <= others
    assert others == codes(FIRST) - {NEW}


def test_the_catalogue_says_what_took_the_place_of_what(db):
    assert catalogues.term("legal_bases", NEW).extra["replaces"] == OLD


@pytest.mark.parametrize(("day", "right", "wrong"), [(LAST, OLD, NEW), (FIRST, NEW, OLD)])
def test_a_proceeding_names_the_offence_of_the_day_of_the_act(world, law, day, right, wrong):
    case = world.case()
    with pytest.raises(NotAllowed) as refused:
        law.proceeding(case, act_on=day, offences=["uu21_2007_10", wrong])
    assert f"{day:%d-%m-%Y}" in str(refused.value)
    assert not Proceeding.objects.exists()
    made = law.proceeding(case, act_on=day, offences=["uu21_2007_10", right])
    assert set(made.offences) == {"uu21_2007_10", right}


def test_the_day_of_the_trial_changes_nothing(world, law):
    """An act of December 2025 is tried under UU 21/2007, also in 2026."""
    proceeding = law.proceeding(world.case(), act_on=date(2025, 12, 20), offences=[OLD])
    law.follow(proceeding, "investigation", "file_sent", "p21", "charge", "verdict")
    assert world.anew(proceeding).offences == [OLD]


def test_whoever_corrects_the_day_of_the_act_corrects_the_offence_with_it(world, law):
    proceeding = law.proceeding(world.case(), act_on=LAST, offences=[OLD])
    with pytest.raises(NotAllowed):
        proceedings.describe(world.anew(proceeding), act_on=FIRST, by=world.rina, at=world.at)
    assert world.anew(proceeding).act_on == LAST
    proceedings.describe(world.anew(proceeding), act_on=FIRST, offences=[NEW], by=world.rina, at=world.at)
    corrected = world.anew(proceeding)
    assert (corrected.act_on, corrected.offences) == (FIRST, [NEW])


@pytest.mark.parametrize("code", ["uu21_2007_44", "pp9_2008_19", "pasal karet"])
def test_what_is_no_offence_is_not_charged(world, law, code):
    with pytest.raises(NotAllowed):
        law.proceeding(world.case(), offences=[NEW, code])
    assert not Proceeding.objects.exists()
