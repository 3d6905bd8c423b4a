"""What the law owes a victim, and from when: a test for each paragraph."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from simpul.cases import rights, services, victims
from simpul.cases.models import Service
from simpul.lib.rules import NotAllowed
from simpul.obligations.models import Obligation
from simpul.obligations.rules import rule

PONTIANAK = ZoneInfo("Asia/Pontianak")
SEVENTH_DAY = datetime(2026, 8, 10, 23, 59, 59, tzinfo=PONTIANAK)


def note_police_report(case, world, **span):
    at = world.later(**span) if span else world.at
    return rights.note_police_report(case, number="LP/B/1", unit=world.police, reported_at=at, by=world.rina, at=at)


def test_the_service_centre_reports_to_the_police_within_24_hours(world):
    """PP 9/2008 Art. 14(5)."""
    victim = world.victim(world.case())
    owed = world.owed("report_to_police", on=victim.case)
    assert (owed.owed_by, owed.limit_at) == (world.uptd, world.later(hours=24))
    assert owed.rule_as_written.legal_basis == "PP 9/2008 Art. 14(5)"


def test_sexual_violence_is_reported_within_72_hours(world):
    """UU 12/2022 Art. 41(3)."""
    victim = world.victim(world.case(kinds=["sexual"]))
    owed = world.owed("report_to_police_sexual", on=victim.case)
    assert (owed.owed_by, owed.limit_at) == (world.uptd, world.later(hours=72))


def test_first_aid_comes_within_seven_days_and_needs_no_police_report(world):
    """UU 21/2007 Art. 53."""
    victim = world.victim(world.case())
    assert not victim.case.police_reports.exists()
    service = world.service(victim, kind="first_aid")
    assert world.owed("first_aid", on=service).limit_at == SEVENTH_DAY


def test_rehabilitation_is_owed_within_seven_days_of_the_request_and_only_after_the_police_report(world):
    """UU 21/2007 Art. 52(1)."""
    victim = world.victim(world.case())
    service = world.service(victim)
    assert world.owed("services_on_request", on=service).state == "waiting"
    note_police_report(victim.case, world)
    assert world.owed("services_on_request", on=service).limit_at == SEVENTH_DAY


def test_refusing_a_service_settles_its_own_clock_and_nothing_else(world):
    victim = world.victim(world.case(kinds=["sexual"]))
    refused, kept = world.service(victim, kind="first_aid"), world.service(victim, kind="health", is_urgent=True)
    before = set(Obligation.objects.standing().values_list("pk", flat=True))
    own = world.owed("first_aid", on=refused).pk
    services.move(refused, to="refused", by=world.rina, at=world.at)
    offer = world.owed("offer_again", on=refused).pk
    assert set(Obligation.objects.standing().values_list("pk", flat=True)) == before - {own} | {offer}
    assert world.anew(refused).offer_again_on == datetime(2026, 9, 2).date()
    assert world.anew(kept).state == "requested"
    assert not world.anew(victim.case).has_ended
    services.move(refused, to="requested", by=world.rina, at=world.later(days=30))
    assert world.owed("first_aid", on=refused)


def test_not_being_a_victim_ends_no_service_by_itself(world, now):
    victim = world.victim(world.case())
    service = world.service(victim, kind="first_aid")
    victims.decide_status(victim, status="not_victim", by=world.rina, at=now)
    assert world.owed("first_aid", on=service)
    assert Service.objects.get().state == "requested"


def test_a_victim_who_was_forced_is_never_a_suspect_in_any_case(world, now):
    """UU 21/2007 Art. 18."""
    victim = world.victim(world.case(), nik="6107064505080001")
    victims.protect_from_punishment(victim, by=world.rina, at=now)
    for known in ({"person": victim.person}, {"name": "Melati", "nik": "6107064505080001"}):
        for case in (victim.case, world.case()):
            with pytest.raises(NotAllowed):
                victims.add(case, part="suspect", by=world.rina, at=now, **known)


def test_every_law_stands_in_the_catalogue_with_its_article_and_its_mark(db):
    for code, basis in {
        "report_to_police": "PP 9/2008 Art. 14(5)",
        "report_to_police_sexual": "UU 12/2022 Art. 41(3)",
        "first_aid": "UU 21/2007 Art. 53",
        "services_on_request": "UU 21/2007 Art. 52(1)",
    }.items():
        assert (rule(code).legal_basis, rule(code).mark) == (basis, "V")
        assert rule(code).binds_by_law
