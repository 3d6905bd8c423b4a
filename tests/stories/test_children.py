"""Children: no means are needed, doubt about age counts for the child, and no age is told too high."""

from datetime import date

import pytest

from simpul.cases import referrals, victims
from simpul.intake import screening


def test_a_child_needs_no_means(world, now):
    child, adult = world.report(children="yes"), world.report(children="no")
    for report in (child, adult):
        for element, term in (("acts", "recruitment"), ("purposes", "forced_labour")):
            screening.note(report, element=element, term=term, support="“diajak kerja”", by=world.rina, at=now)
    assert screening.standing(child, child.findings.all()).is_complete
    assert screening.standing(adult, adult.findings.all()).open_elements == ["means"]


@pytest.mark.parametrize("childhood", ["child", "disputed"])
def test_doubt_about_the_age_counts_for_the_child(world, childhood):
    case = world.case(children="no")
    assert not case.has_children
    assert world.victim(case, childhood=childhood).counts_as_child
    assert world.anew(case).has_children


def test_a_forged_age_can_be_corrected_and_the_case_becomes_one_of_a_child(world, now):
    victim = world.victim(world.case(children="no"), childhood="adult", birth_date=date(2003, 1, 1))
    victims.correct(victim, childhood="child", birth_date=date(2010, 1, 1), by=world.rina, at=now)
    assert world.anew(victim.case).has_children
    assert world.anew(victim.person).birth_year == 2010


def test_another_agency_is_not_told_an_age_that_makes_the_child_an_adult(world, now):
    victim = world.victim(world.case(), birth_date=date(2008, 12, 30))
    referral = referrals.send(
        world.service(victim), to=world.dinsos, need="x", fields=["age"], basis="vital_interests", basis_reason="x",
        by=world.rina, at=now,
    )  # fmt: skip
    assert "17" in referral.shared.opened()["age"]
