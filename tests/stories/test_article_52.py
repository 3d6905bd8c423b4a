"""Article 52: services come within seven days, and a safe place to stay has a code and no address."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from simpul.cases import services, shelters
from simpul.cases.models import Shelter, Stay
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.obligations import book
from simpul.obligations.queries import escalated_to
from simpul.obligations.rules import rule

RIGHTS = ("shelter",)


def end_of(day):
    return datetime.fromisoformat(f"{day} 23:59:59").replace(tzinfo=ZoneInfo("Asia/Pontianak"))


@pytest.fixture
def victim(world, law):
    case = world.case()
    law.reported(case)
    return world.victim(case, childhood="adult")


@pytest.fixture
def shelter(world):
    return recorded(world)


def recorded(world, code="RA-07", *, beds=1, **told):
    return shelters.record(code, kind="safe_house", beds=beds, by=world.yanti, at=world.at, **told)


def stay(world, victim, shelter):
    service = world.service(victim, kind="shelter")
    return shelters.enter_(service, shelter=shelter, on=world.at.date(), by=world.rina, at=world.at)


@pytest.mark.parametrize("kind", ["health", "psychological", "social_rehabilitation", "repatriation", "reintegration"])
def test_what_was_requested_is_given_within_seven_days(world, law, victim, kind):
    """Art. 52(1). The law does not say which days; calendar days are the shorter reading."""
    owed = world.owed("services_on_request", on=world.service(victim, kind=kind))
    assert (owed.state, owed.limit_at) == ("open", end_of("2026-08-10"))
    assert rule("services_on_request").legal_basis == "UU 21/2007 Art. 52(1)"


def test_the_eighth_day_is_too_late_and_goes_up_to_the_head_of_the_region(world, law, victim):
    service = world.service(victim)
    law.pass_(days=7)
    assert world.owed("services_on_request", on=service).missed_at is None
    law.pass_(days=8)
    late = world.owed("services_on_request", on=service)
    assert late.missed_at == late.limit_at
    assert late.escalated_to.split() == ["supervisor", "secretariat", "head_of_region"]
    assert late in escalated_to(world.dewi)
    assert law.state(victim, "social_rehabilitation", days=8) == "overdue"


def test_while_the_victim_is_not_ready_the_days_stand_still_and_are_left_afterwards(world, victim):
    service = world.service(victim)
    owed = world.owed("services_on_request", on=service)
    book.pause(owed, reason="victim_not_ready", by=world.rina, at=world.later(days=2))
    book.resume(owed, by=world.rina, at=world.later(days=12))
    assert world.anew(owed).limit_at == end_of("2026-08-20")


def test_what_was_given_while_the_clock_stood_was_given_in_time(world, law, victim):
    service = world.service(victim)
    book.pause(world.owed("services_on_request", on=service), reason="victim_not_ready", by=world.rina,
               at=world.later(days=2))  # fmt: skip
    services.move(service, to="running", by=world.rina, at=world.later(days=30))
    met = law.latest("services_on_request", on=service)
    assert (met.state, met.missed_at, met.was_met_in_time) == ("met", None, True)


def test_a_shelter_is_known_by_its_code(world, law, victim, shelter):
    """Art. 52(2): houses of social protection and trauma centres."""
    stay(world, victim, shelter)
    assert law.state(victim, "shelter") == "running"
    noted = Entry.objects.filter(act=Act.STAY_NOTED).get()
    assert noted.facts == {"shelter": "RA-07"}


def test_where_a_shelter_is_stands_nowhere(shelter):
    assert {field.name for field in Shelter._meta.get_fields()} == {
        "id", "code", "kind", "agency", "beds", "takes_children", "ended_on", "stays"}  # fmt: skip
    assert {field.name for field in Stay._meta.get_fields()} == {
        "id", "service", "shelter", "entered_on", "left_on", "noted_by"}  # fmt: skip


@pytest.mark.parametrize("code", ["Jl. Merdeka 7", "RUMAH-MERDEKA", "RA-07 Jagoi", "7", "", "61.07.07.2001"])
def test_an_address_is_no_code(world, code):
    with pytest.raises(NotAllowed):
        recorded(world, code)
    assert not Shelter.objects.exists()


def test_a_full_shelter_takes_nobody_until_somebody_has_left(world, victim, shelter):
    first = stay(world, victim, shelter)
    other = world.victim(victim.case, name="Mawar", childhood="adult")
    with pytest.raises(NotAllowed):
        stay(world, other, shelter)
    assert shelter.stays.count() == 1
    shelters.leave(first, on=world.at.date(), by=world.rina, at=world.at)
    assert stay(world, other, shelter)


def test_nobody_stays_at_two_shelters_at_once(world, victim, shelter):
    first = stay(world, victim, shelter)
    elsewhere = recorded(world, "RA-08")
    with pytest.raises(NotAllowed):
        shelters.enter_(first.service, shelter=elsewhere, on=world.at.date(), by=world.rina, at=world.at)
    assert not elsewhere.stays.exists()


@pytest.mark.parametrize("childhood", ["child", "disputed"])
def test_a_child_stays_where_children_are_taken(world, victim, childhood):
    child = world.victim(victim.case, name="Mawar", childhood=childhood)
    with pytest.raises(NotAllowed):
        stay(world, child, recorded(world, takes_children=False))
    assert stay(world, child, recorded(world, "RA-09"))


def test_a_shelter_that_is_used_no_more_takes_nobody(world, victim, shelter):
    shelters.end(shelter, by=world.yanti, at=world.at)
    with pytest.raises(NotAllowed):
        stay(world, victim, shelter)


def test_a_shelter_in_which_somebody_stays_is_not_ended(world, victim, shelter):
    stay(world, victim, shelter)
    with pytest.raises(NotAllowed):
        shelters.end(shelter, by=world.yanti, at=world.at)
    assert world.anew(shelter).ended_on is None


def test_only_the_head_of_a_unit_records_shelters(world):
    with pytest.raises(NotAllowed):
        shelters.record("RA-10", kind="safe_house", beds=4, by=world.rina, at=world.at)
