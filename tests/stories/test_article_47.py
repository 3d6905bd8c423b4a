"""Article 47: who is threatened is protected by the police before, during and after the case."""

import pytest

from simpul.cases import files, services, victims
from simpul.lib.rules import NotAllowed
from simpul.obligations import book
from simpul.obligations.queries import escalated_to
from simpul.obligations.rules import rule

RIGHTS = ("police_protection",)


@pytest.fixture
def victim(world):
    return world.victim(world.case())


def threaten(victim, world):
    victims.mark(victim, is_threatened=True, by=world.rina, at=world.at)


def protection(victim, world, *, day=0, **told):
    return world.service(victim, kind="police_protection", provider=world.police, at=world.later(days=day), **told)


def test_the_right_stands_on_the_board_from_the_moment_a_threat_is_noted(world, law, victim):
    assert law.line(victim, "police_protection") is None
    threaten(victim, world)
    line = law.line(victim, "police_protection")
    assert (line.state, line.right.extra["duty_bearer"], line.article.code) == ("open", "police", "uu21_2007_47")


def test_only_a_victim_has_it(world, victim):
    witness = victims.add(victim.case, part="witness", name="Tetangga", by=world.rina, at=world.at)
    with pytest.raises(NotAllowed):
        threaten(witness, world)


def test_the_police_owe_it_from_the_request_on_and_no_police_report_is_waited_for(world, victim):
    """The law names no time; six hours are the house's own target."""
    threaten(victim, world)
    assert not victim.case.police_reports.exists()
    owed = world.owed("police_protection", on=protection(victim, world))
    assert (owed.state, owed.owed_by, owed.watched_by) == ("open", world.police, world.uptd)
    assert (owed.target_at, owed.limit_at) == (world.later(hours=6), None)
    assert rule("police_protection").legal_basis == "UU 21/2007 Art. 47"


@pytest.mark.parametrize("kinds", [(), ("investigation", "file_sent", "p21", "charge"),
                                   ("investigation", "file_sent", "p21", "charge", "verdict", "final")],
                         ids=["before", "during", "after"])  # fmt: skip
def test_it_is_owed_before_during_and_after_the_proceeding(world, law, victim, kinds):
    law.follow(law.proceeding(victim.case), *kinds) if kinds else None
    threaten(victim, world)
    assert world.owed("police_protection", on=protection(victim, world, day=10)).state == "open"
    assert law.state(victim, "police_protection", days=10) == "requested"


def test_its_clock_is_not_paused(world, victim):
    owed = world.owed("police_protection", on=protection(victim, world))
    with pytest.raises(NotAllowed):
        book.pause(owed, reason="victim_unreachable", by=world.agus, at=world.at)


def test_protection_that_does_not_come_is_overdue_and_goes_to_the_head_of_the_unit(world, law, victim):
    threaten(victim, world)
    service = protection(victim, world)
    law.pass_(hours=7)
    assert law.state(victim, "police_protection", hours=7) == "overdue"
    assert world.anew(world.owed("police_protection", on=service)).target_missed_at == world.later(hours=6)
    assert escalated_to(world.yanti).filter(rule="police_protection").exists()


def test_it_is_met_by_protection_that_begins_and_not_by_a_threat_that_is_assessed(world, victim):
    service = protection(victim, world)
    services.note_step(service, kind="threat_assessed", on=world.at.date(), by=world.rina, at=world.at)
    assert world.owed("police_protection", on=service)
    services.note_step(service, kind="protected", on=world.at.date(), by=world.rina, at=world.at)
    assert world.owed("police_protection", on=service) is None


def test_a_case_in_which_protection_is_owed_cannot_be_closed(world, law, victim):
    law.may_close(victim.case)
    service = protection(victim, world)
    with pytest.raises(NotAllowed):
        files.close(victim.case, reason="recovered", by=world.rina, at=world.at)
    assert not world.anew(victim.case).has_ended
    services.move(service, to="running", by=world.rina, at=world.at)
    files.close(world.anew(victim.case), reason="recovered", by=world.rina, at=world.at)
    assert world.anew(victim.case).has_ended


def test_protection_goes_on_when_the_case_is_closed(world, law, victim):
    threaten(victim, world)
    law.may_close(victim.case)
    service = protection(victim, world)
    services.move(service, to="running", by=world.rina, at=world.at)
    files.close(world.anew(victim.case), reason="recovered", by=world.rina, at=world.at)
    assert world.anew(service).state == "running"
    assert law.state(victim, "police_protection", days=300) == "running"


def test_protection_that_began_stays_on_the_board_when_the_threat_has_passed(world, law, victim):
    threaten(victim, world)
    services.move(protection(victim, world), to="running", by=world.rina, at=world.at)
    victims.mark(world.anew(victim), is_threatened=False, by=world.rina, at=world.at)
    assert law.state(victim, "police_protection") == "running"
