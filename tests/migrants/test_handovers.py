"""Handover, refusal, notice: once, on a day that can be, by whom it is asked of."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.migrants import handovers
from simpul.migrants.models import Notice
from simpul.obligations.models import Obligation
from tests.returns import came_home

pytestmark = pytest.mark.usefixtures("english")


def hand_over(w, person, *, to="family", witness="Kades", on=None, by=None):
    handovers.hand_over(person, to=to, witness=witness, on=on or localdate(w.at), by=by or w.hana, at=w.at)


def test_a_person_is_handed_over_once(w):
    person = came_home(w)
    hand_over(w, person)
    with pytest.raises(NotAllowed, match="already"):
        hand_over(w, person, to="social")
    assert w.anew(person).handed_to == "family"


def test_nobody_is_handed_over_to_somebody_the_list_does_not_know(w):
    with pytest.raises(NotAllowed, match="to whom"):
        hand_over(w, came_home(w), to="agen")


@pytest.mark.parametrize(("days", "says"), [(1, "future"), (-2, "before the arrival")])
def test_what_is_signed_lies_between_arrival_and_today(w, days, says):
    person, on = came_home(w), localdate(w.at) + timedelta(days=days)
    with pytest.raises(NotAllowed, match=says):
        hand_over(w, person, on=on)
    with pytest.raises(NotAllowed, match=says):
        handovers.refuse_rehabilitation(person, signed_by="self", on=on, by=w.hana, at=w.at)


def test_the_clock_stops_on_the_day_of_the_handover(w):
    person = came_home(w, arrived_on=localdate(w.at) - timedelta(days=9), facts={"onward": "family"})
    hand_over(w, person, on=localdate(w.at) - timedelta(days=5))
    met = Obligation.objects.get(rule="hand_over_returnee")
    assert localdate(met.settled_at) == localdate(w.at) - timedelta(days=5)


def test_the_journal_holds_to_whom_and_no_name_of_the_witness(w):
    hand_over(w, came_home(w), witness="Pak Rahasia")
    assert Entry.objects.get(act=Act.RETURNEE_HANDED_OVER).facts == {"to": "family"}


def test_a_home_region_is_told_once_and_by_the_agency_of_the_manifest(w):
    came_home(w)
    notice = Notice.objects.get()
    with pytest.raises(NotAllowed):
        handovers.tell_home(notice, by=w.joko, at=w.at)
    handovers.tell_home(notice, by=w.hana, at=w.at)
    with pytest.raises(NotAllowed, match="already"):
        handovers.tell_home(notice, by=w.hana, at=w.at)
    assert Entry.objects.get(act=Act.HOME_TOLD).facts == {"region": "61.07"}
