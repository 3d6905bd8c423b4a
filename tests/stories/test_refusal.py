"""Refusal is a normal state: it has a day on which to offer again, closes nothing and takes nothing else away."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from simpul.cases import board, entitlements, services
from simpul.lib.rules import NotAllowed
from simpul.obligations.models import Obligation
from simpul.obligations.queries import escalated_to, owed_now


def end_of(day):
    return datetime.fromisoformat(f"{day} 23:59:59").replace(tzinfo=ZoneInfo("Asia/Pontianak"))


@pytest.fixture
def victim(world, law):
    case = world.case()
    law.reported(case)
    return world.victim(case)


@pytest.fixture
def service(world, victim):
    return world.service(victim, kind="psychological")


def refuse(service, world, **told):
    services.move(service, to="refused", by=world.rina, at=world.at, **told)
    return world.owed("offer_again", on=service)


def states(victim, world, *, on=None):
    at = world.at
    return {line.right.code: str(line.state) for line in board.board(victim, at=at, on=on or at.date())}


def test_a_refusal_has_a_day_on_which_the_service_is_offered_again(world, law, service):
    refuse(service, world)
    assert world.anew(service).offer_again_on == date(2026, 9, 2)
    line = law.line(service.victim, "health")
    assert (line.state, line.offer_again_on) == ("refused", date(2026, 9, 2))


def test_the_day_agreed_with_the_victim_takes_its_place(world, service):
    owed = refuse(service, world, offer_again_on=date(2026, 8, 20))
    assert world.anew(service).offer_again_on == date(2026, 8, 20)
    assert (owed.target_at, owed.limit_at) == (end_of("2026-08-20"), None)


def test_on_that_day_it_is_somebodys_obligation(world, law, service):
    owed = refuse(service, world)
    assert (owed.owed_by, owed.due_at) == (world.uptd, end_of("2026-09-02"))
    assert owed in owed_now(world.rina)
    law.pass_(days=30)
    assert not escalated_to(world.yanti).filter(rule="offer_again").exists()
    law.pass_(days=31)
    assert escalated_to(world.yanti).filter(rule="offer_again").get() == owed


def test_to_ask_again_meets_it_and_the_clock_of_the_law_begins_anew(world, service):
    refuse(service, world)
    services.move(service, to="requested", by=world.rina, at=world.later(days=30))
    assert world.owed("offer_again", on=service) is None
    assert world.owed("services_on_request", on=service).limit_at == end_of("2026-09-09")
    assert world.anew(service).offer_again_on is None


def test_a_refusal_takes_nothing_else_away(world, victim, service):
    kept = [world.service(victim, kind=kind) for kind in ("social_rehabilitation", "legal_aid", "first_aid")]
    own = world.owed("services_on_request", on=service).pk
    before, rights = set(Obligation.objects.standing().values_list("pk", flat=True)), states(victim, world)
    offer = refuse(service, world)
    after = set(Obligation.objects.standing().values_list("pk", flat=True))
    assert after == before - {own} | {offer.pk}
    assert {world.anew(each).state for each in kept} == {"requested"}
    assert states(victim, world) == rights | {"health": "refused"}


def test_a_refusal_closes_no_case(world, victim, service):
    before = world.anew(victim.case).stage
    refuse(service, world)
    entitlements.refuse(victim, "restitution", by=world.rina, at=world.at)
    case = world.anew(victim.case)
    assert (case.stage, case.has_ended) == (before, False)


def test_who_stops_what_had_begun_is_treated_alike(world, law, service):
    services.move(service, to="running", by=world.rina, at=world.at)
    services.move(service, to="stopped", by=world.rina, at=world.at)
    assert world.owed("offer_again", on=service).due_at == end_of("2026-09-02")
    assert law.state(service.victim, "health") == "refused"


def test_a_right_that_no_service_gives_is_refused_alike(world, law, victim):
    entitlement = entitlements.refuse(victim, "case_information", by=world.rina, at=world.at)
    line = law.line(victim, "case_information")
    assert (line.state, line.offer_again_on) == ("refused", date(2026, 9, 2))
    assert world.owed("offer_again", on=entitlement).due_at == end_of("2026-09-02")
    law.pass_(days=31)
    assert law.state(victim, "case_information", days=31) == "overdue"


def test_to_tell_of_it_again_is_to_offer_it_again(world, law, victim):
    entitlement = entitlements.refuse(victim, "case_information", by=world.rina, at=world.at)
    entitlements.inform(victim, "case_information", by=world.rina, at=world.later(days=20))
    assert world.owed("offer_again", on=entitlement) is None
    assert law.line(victim, "case_information").offer_again_on is None
    assert law.state(victim, "case_information") == "informed"


def test_to_tell_of_all_rights_overrules_no_refusal(world, law, victim):
    entitlements.refuse(victim, "case_information", by=world.rina, at=world.at)
    entitlements.inform_of_all(victim, ["case_information", "restitution"], by=world.rina, at=world.at)
    assert law.state(victim, "case_information") == "refused"
    assert law.state(victim, "restitution") == "informed"


@pytest.mark.parametrize("day", [date(2026, 8, 3), date(2026, 8, 2), date(2020, 1, 1)])
def test_the_day_to_offer_again_lies_ahead(world, victim, service, day):
    with pytest.raises(NotAllowed):
        refuse(service, world, offer_again_on=day)
    with pytest.raises(NotAllowed):
        entitlements.refuse(victim, "case_information", offer_again_on=day, by=world.rina, at=world.at)
    assert world.anew(service).state == "requested"
    assert world.owed("services_on_request", on=service)
    assert not Obligation.objects.filter(rule="offer_again").exists()
    assert not victim.entitlements.exists()
