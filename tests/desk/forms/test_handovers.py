"""Forms of the handover and of a refusal."""

from datetime import date

import pytest

from simpul.desk.forms.handovers import HandOver, Refusal
from simpul.migrants.handovers import SIGNERS
from simpul.migrants.models import Returnee

TODAY = date(2026, 8, 3)


@pytest.mark.parametrize(("age", "alone"), [(30, True), (18, True), (17, False), (None, False)])
def test_only_who_is_known_to_be_grown_signs_alone(db, age, alone):
    handed, refused = (kind(returnee=Returnee(age=age), today=TODAY) for kind in (HandOver, Refusal))
    assert ("self" in dict(handed.fields["to"].choices)) is alone
    assert ("self" in dict(refused.fields["signed_by"].choices)) is alone


def test_the_signers_are_those_of_the_act(db):
    assert set(dict(Refusal(returnee=Returnee(age=30), today=TODAY).fields["signed_by"].choices)) == set(SIGNERS)


def test_nothing_is_signed_tomorrow(db):
    form = Refusal({"signed_by": "self", "on": "2026-08-04"}, returnee=Returnee(age=30), today=TODAY)
    assert set(form.errors) == {"on"}
