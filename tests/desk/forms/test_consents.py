"""The form of a consent asks of a child what it does not ask of an adult."""

import pytest

from simpul.desk.forms.consents import ConsentGiven

TYPED = {"purpose": "case_management", "basis": "consent"}


@pytest.mark.parametrize(("childhood", "asks"), [("adult", False), ("", False), ("child", True), ("disputed", True)])
def test_why_no_guardian_consents_is_asked_for_a_child_only(world, childhood, asks):
    part = world.victim(world.case(), childhood=childhood)
    form = ConsentGiven(part=part)
    assert ("exception" in form.fields) == asks
    assert ("guardian" in dict(form.fields["given_by"].choices)) == asks


def test_another_basis_is_given_by_nobody(world):
    part = world.victim(world.case())
    form = ConsentGiven(TYPED | {"basis": "public_task", "given_by": "self", "reason": "x"}, part=part)
    assert form.is_valid()
    assert form.told()["given_by"] == "other_basis"


def test_a_consent_says_who_gives_it(world):
    form = ConsentGiven(TYPED, part=world.victim(world.case()))
    assert "given_by" in form.errors
