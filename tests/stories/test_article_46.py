"""Article 46: an integrated service centre answers for the whole way of a victim.

PP 9/2008 Art. 6 makes it a duty of every regency and city; a need that is handed on always has an owner.
"""

import pytest

from simpul.agencies import people
from simpul.agencies.roles import Role
from simpul.cases import files, referrals, victims
from simpul.obligations.models import Obligation
from simpul.obligations.queries import overdue_by_others, owed_now

RIGHTS = ("service_centre",)


def refer(service, world, *, to=None, at=None):
    return referrals.send(
        service, to=to or world.dinsos, need="Pendampingan", fields=["sex"], basis="vital_interests",
        basis_reason="Mendesak.", by=world.rina, at=at or world.at,
    )  # fmt: skip


def owners(service):
    """The agencies that owe something for a service now, or an answer to a referral of it."""
    subjects = [f"cases.service:{service.pk}", *(f"cases.referral:{r.pk}" for r in service.referrals.all())]
    return {o.owed_by for o in Obligation.objects.standing().filter(subject__in=subjects)}


@pytest.fixture
def service(world, law):
    case = world.case()
    law.reported(case)
    return world.service(world.victim(case))


def test_a_case_at_a_service_centre_has_its_centre(world, law):
    victim = world.victim(world.case())
    line = law.line(victim, "service_centre")
    assert (line.state, line.since, line.article.code) == ("met", victim.case.opened_at, "uu21_2007_46")


def test_a_case_that_another_office_keeps_misses_its_centre_until_one_gives_a_service(world, law):
    ngo = law.agency("Yayasan Pelita", "ngo", "61.07")
    sari = people.record("sari", full_name="Sari", agency=ngo, role=Role.CASE_MANAGER, password="x" * 12, by=None,
                         at=world.at)  # fmt: skip
    people.acknowledge_secrecy(sari, at=world.at)
    case = files.open_(place=None, by=sari, at=world.at)
    victim = victims.add(case, part="victim", name="Melati", by=sari, at=world.at)
    assert law.state(victim, "service_centre") == "open"
    world.service(victim, kind="accompaniment", provider=world.uptd, by=sari)
    assert law.state(victim, "service_centre") == "met"


def test_a_centre_that_receives_a_victim_owes_the_report_to_the_police_and_the_board_shows_its_clock(world, law):
    """PP 9/2008 Art. 14(5)."""
    victim = world.victim(world.case())
    assert law.line(victim, "service_centre").clock.rule == "report_to_police"
    assert law.state(victim, "service_centre", hours=25) == "overdue"
    law.reported(victim.case)
    assert law.state(victim, "service_centre", hours=25) == "met"


def test_a_need_that_was_handed_on_has_an_owner_at_every_moment(world, service):
    """From the request over every answer to the first day of the service."""
    assert owners(service) == {world.uptd}
    first = refer(service, world)
    assert owners(service) == {world.uptd, world.dinsos}
    referrals.decline(first, reason="no_capacity", by=world.budi, at=world.later(hours=2))
    assert owners(service) == {world.uptd}
    second = refer(service, world, at=world.later(hours=3))
    referrals.accept(second, by=world.budi, at=world.later(hours=4))
    assert owners(world.anew(service)) == {world.dinsos}


def test_a_declined_need_comes_back_to_the_centre(world, service):
    referrals.decline(refer(service, world), reason="no_capacity", by=world.budi, at=world.later(hours=2))
    owed = world.owed("refer_again", on=service)
    assert (owed.owed_by, owed.target_at) == (world.uptd, world.later(hours=26))


def test_what_another_agency_took_over_it_owes_on_the_same_clock(world, service):
    before = world.owed("services_on_request", on=service).limit_at
    referrals.accept(refer(service, world), by=world.budi, at=world.later(days=2))
    after = world.owed("services_on_request", on=service)
    assert (after.owed_by, after.limit_at) == (world.dinsos, before)


def test_what_another_agency_lets_run_out_the_centre_sees(world, law, service):
    referrals.accept(refer(service, world), by=world.budi, at=world.later(hours=2))
    assert not overdue_by_others(world.rina, at=world.later(days=1)).exists()
    late = overdue_by_others(world.rina, at=world.later(days=9))
    assert [(o.rule, o.owed_by) for o in late] == [("services_on_request", world.dinsos)]
    assert "services_on_request" not in {o.rule for o in owed_now(world.rina)}
    assert not overdue_by_others(world.siti, at=world.later(days=9)).exists()
