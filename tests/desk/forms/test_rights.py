"""Forms of rights."""

from datetime import date

from simpul.cases.models import Entitlement
from simpul.desk.forms.rights import Spoken

TODAY = date(2026, 8, 3)


def spoken(**typed):
    form = Spoken(typed, today=TODAY)
    form.is_valid()
    return form


def test_each_act_is_told_what_it_takes_and_no_more(db):
    told = {"note": "Nanti", "offer_again_on": "2026-09-01", "evidence": "other"}
    assert set(spoken(what="informed", **told).told()) == {"note"}
    assert spoken(what="refused", **told).told() == {"note": "Nanti", "offer_again_on": date(2026, 9, 1)}
    assert spoken(what="met", **told).told() == {"note": "Nanti", "evidence": "other"}


def test_nothing_is_met_without_evidence(db):
    assert set(spoken(what="met").errors) == {"evidence"}


def test_a_right_is_offered_again_on_a_day_to_come(db):
    assert set(spoken(what="refused", offer_again_on="2026-08-03").errors) == {"offer_again_on"}


def test_what_cannot_be_met_by_hand_is_not_offered(db):
    form = Spoken(today=TODAY, may_be_met=False)
    assert Entitlement.State.MET not in dict(form.fields["what"].choices)
    assert "evidence" not in form.fields
