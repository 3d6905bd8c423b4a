"""Article 54: a victim abroad is protected by the mission and brought home at the cost of the state."""

import pytest

from simpul.cases import services, victims

RIGHTS = ("mission_protection",)


@pytest.fixture
def victim(world):
    return world.victim(world.case())


def mark(victim, world, *, is_abroad):
    victims.mark(victim, is_abroad=is_abroad, by=world.rina, at=world.at)


def test_the_right_stands_on_the_board_as_long_as_the_victim_is_abroad(world, law, victim):
    assert law.line(victim, "mission_protection") is None
    mark(victim, world, is_abroad=True)
    line = law.line(victim, "mission_protection")
    assert (line.state, line.right.extra["duty_bearer"], line.article.code) == ("open", "mission", "uu21_2007_54")
    mark(world.anew(victim), world, is_abroad=False)
    assert law.line(victim, "mission_protection") is None


def test_to_be_abroad_takes_no_other_right_away(world, law, victim):
    mark(victim, world, is_abroad=True)
    for right in ("return", "restitution", "health", "secrecy"):
        assert law.line(victim, right), right


def test_the_mission_protects_and_its_way_home_is_followed(world, law, victim):
    """PP 9/2008 Art. 17: the mission tells the minister, and the way home begins."""
    mark(victim, world, is_abroad=True)
    kjri = law.agency("KJRI Kuching", "mission", "61")
    service = world.service(victim, kind="mission_protection", provider=kjri)
    assert law.state(victim, "mission_protection") == "requested"
    services.move(service, to="running", by=world.rina, at=world.at)
    assert services.steps_of("mission_protection") == ["minister_told", "left_for_home"]
    for kind in ("minister_told", "left_for_home"):
        services.note_step(service, kind=kind, on=world.at.date(), by=world.rina, at=world.at)
    assert law.state(victim, "mission_protection") == "running"
    services.move(service, to="done", by=world.rina, at=world.later(days=9))
    assert law.state(victim, "mission_protection") == "met"


def test_what_the_mission_did_stays_on_the_board_when_the_victim_is_home(world, law, victim):
    mark(victim, world, is_abroad=True)
    service = world.service(victim, kind="mission_protection", provider=law.agency("KJRI Kuching", "mission", "61"))
    services.move(service, to="done", by=world.rina, at=world.at)
    mark(world.anew(victim), world, is_abroad=False)
    assert law.state(victim, "mission_protection") == "met"
