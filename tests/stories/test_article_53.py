"""Article 53: first aid within seven days of the request.

It is for trauma and dangerous illness, and waits for no police report. The house's own target is six hours.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from simpul.cases import referrals, services
from simpul.obligations.queries import escalated_to
from simpul.obligations.rules import rule

RIGHTS = ("first_aid",)

SEVENTH_DAY = datetime(2026, 8, 10, 23, 59, 59, tzinfo=ZoneInfo("Asia/Pontianak"))


@pytest.fixture
def victim(world):
    return world.victim(world.case())


def test_first_aid_comes_within_seven_days_and_waits_for_no_police_report(world, law, victim):
    assert not victim.case.police_reports.exists()
    service = world.service(victim, kind="first_aid", provider=world.hospital)
    owed = world.owed("first_aid", on=service)
    assert (owed.state, owed.owed_by, owed.limit_at) == ("open", world.hospital, SEVENTH_DAY)
    assert rule("first_aid").legal_basis == "UU 21/2007 Art. 53"
    assert law.state(victim, "first_aid") == "requested"


def test_seven_days_are_the_limit_and_no_goal(world, victim):
    owed = world.owed("first_aid", on=world.service(victim, kind="first_aid"))
    assert (owed.target_at, owed.due_at) == (world.later(hours=6), world.later(hours=6))


@pytest.mark.parametrize("kind", ["health", "psychological", "social_rehabilitation"])
def test_any_service_that_is_needed_at_once_is_first_aid(world, victim, kind):
    urgent, other = world.service(victim, kind=kind, is_urgent=True), world.service(victim, kind=kind)
    assert world.owed("first_aid", on=urgent).limit_at == SEVENTH_DAY
    assert world.owed("services_on_request", on=urgent) is None
    assert world.owed("first_aid", on=other) is None


def test_help_that_begins_meets_it(world, law, victim):
    service = world.service(victim, kind="first_aid")
    services.move(service, to="running", by=world.rina, at=world.later(hours=2))
    assert world.owed("first_aid", on=service) is None
    assert law.latest("first_aid", on=service).was_met_in_time
    assert law.state(victim, "first_aid") == "running"


def test_the_hospital_that_takes_it_over_owes_it_on_the_same_clock(world, victim):
    service = world.service(victim, kind="first_aid")
    referral = referrals.send(
        service, to=world.hospital, need="Luka bakar", fields=["sex"], basis="vital_interests",
        basis_reason="Nyawa terancam.", by=world.rina, at=world.at,
    )  # fmt: skip
    referrals.accept(referral, by=world.dr_maya, at=world.later(hours=1))
    owed = world.owed("first_aid", on=service)
    assert (owed.owed_by, owed.watched_by, owed.limit_at) == (world.hospital, world.uptd, SEVENTH_DAY)


def test_help_that_does_not_come_goes_up_step_by_step(world, law, victim):
    service = world.service(victim, kind="first_aid")
    law.pass_(hours=7)
    assert world.owed("first_aid", on=service).escalated_to == "supervisor"
    law.pass_(days=8)
    assert law.state(victim, "first_aid", days=8) == "overdue"
    late = world.owed("first_aid", on=service)
    assert late.missed_at == SEVENTH_DAY
    assert late.escalated_to.split() == ["supervisor", "secretariat", "head_of_region"]
    assert late in escalated_to(world.dewi)
