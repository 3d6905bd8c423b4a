"""The rights board: every right of a victim and how it stands, read from what happened."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from simpul.cases import board, children, entitlements, proceedings, referrals, rights, services, victims
from simpul.cases.models import Case, Service
from simpul.obligations import jobs
from simpul.reference import catalogues
from tests.cases.tracks import MILLION, a_claim, a_return, pay, today

State = board.State


def lines(world, victim, *, at=None):
    at = at or world.at
    return {line.right.code: line for line in board.board(world.anew(victim), at=at, on=localdate(at))}


def state(world, victim, right, *, at=None):
    return lines(world, victim, at=at)[right].state


def reported(world, case):
    rights.note_police_report(case, number="LP", unit=None, reported_at=world.at, by=world.rina, at=world.at)


@pytest.fixture
def victim(world):
    return world.victim(world.case(kinds=["unpaid_work"]))


def test_every_right_of_the_catalogue_that_holds_has_its_line_in_order(world, victim):
    found = list(lines(world, victim))
    held = [t.code for t in catalogues.terms("rights") if t.extra["holds_when"] not in board.HOLDS]
    assert found == held
    assert len(found) > 12


def test_each_line_names_its_articles_with_the_law_of_the_day(world, victim):
    for line in lines(world, victim).values():
        assert line.article.code == line.right.extra["article"]
        assert {term.code for term in line.also} <= set(line.right.extra["also"])


def test_some_rights_hold_for_some_victims_only(world, now):
    adult = world.victim(world.case(kinds=["unpaid_work"]), childhood="adult")
    child = world.victim(world.case(kinds=["sexual"]), childhood="disputed")
    special = {"police_protection", "mission_protection", "sexual_violence", "best_interest"}
    assert not special & set(lines(world, adult))
    assert special & set(lines(world, child)) == {"sexual_violence", "best_interest"}
    victims.mark(adult, is_threatened=True, is_abroad=True, by=world.rina, at=now)
    assert special & set(lines(world, adult)) == {"police_protection", "mission_protection"}


def test_protection_that_was_asked_for_stays_on_the_board_after_the_threat(world, victim, now):
    victims.mark(victim, is_threatened=True, by=world.rina, at=now)
    world.service(victim, kind="police_protection")
    victims.mark(victim, is_threatened=False, by=world.rina, at=now)
    assert lines(world, victim)["police_protection"].clock.rule == "police_protection"


def test_a_right_nobody_spoke_of_is_open_and_then_what_was_said(world, victim, now):
    assert state(world, victim, "shelter") == State.OPEN
    for act, then in ((entitlements.inform, State.INFORMED), (entitlements.request, State.REQUESTED)):
        act(victim, "shelter", by=world.rina, at=now)
        assert state(world, victim, "shelter") == then
    entitlements.refuse(victim, "shelter", by=world.rina, at=now)
    line = lines(world, victim)["shelter"]
    assert (line.state, line.offer_again_on, line.clock.rule) == (State.REFUSED, today(world, 30), "offer_again")
    entitlements.meet(victim, "shelter", evidence="other", by=world.rina, at=now)
    assert lines(world, victim)["shelter"].evidence == "other"


@pytest.mark.parametrize(
    ("path", "then"),
    [
        ((), State.REQUESTED), (("agreed",), State.REQUESTED), (("running",), State.RUNNING), (("done",), State.MET),
        (("refused",), State.REFUSED), (("agreed", "stopped"), State.REFUSED), (("declined",), State.REQUESTED),
    ],
)  # fmt: skip
def test_a_service_tells_how_its_right_stands(world, victim, now, path, then):
    service = world.service(victim, kind="legal_aid")
    for step in path:
        services.move(service, to=step, by=world.rina, at=now)
    line = lines(world, victim)["legal_aid"]
    assert (line.state, line.services, line.may_be_spoken_of) == (then, [service], False)
    assert line.offer_again_on == service.offer_again_on


def test_of_several_services_the_best_tells(world, victim, now):
    first, _second = (world.service(victim, kind="legal_aid") for _i in range(2))
    services.move(first, to="refused", by=world.rina, at=now)
    assert state(world, victim, "legal_aid") == State.REQUESTED
    services.move(world.service(victim, kind="accompaniment"), to="running", by=world.rina, at=now)
    assert state(world, victim, "legal_aid") == State.RUNNING


def test_rehabilitation_is_not_yet_due_before_the_police_report_and_overdue_after_its_target(world, victim):
    world.service(victim, kind="health")
    assert state(world, victim, "health") == State.NOT_YET
    reported(world, victim.case)
    assert state(world, victim, "health") == State.REQUESTED
    assert state(world, victim, "health", at=world.later(days=8)) == State.OVERDUE


def test_the_clock_of_a_return_stands_on_its_line(world, victim):
    a_return(world, "safe", victim=victim)
    reported(world, victim.case)
    rules = {clock.rule for clock in lines(world, victim)["return"].clocks}
    assert {"services_on_request", "tell_home_region"} <= rules


def test_restitution_is_told_claimed_paid_proven(world, victim, now):
    assert state(world, victim, "restitution_told") == State.NOT_YET
    claim = a_claim(world, victim=victim)
    for step, right, then in (
        (("informed",), "restitution_told", State.MET),
        (("claimed",), "restitution", State.REQUESTED),
        (("awarded", 4 * MILLION), "restitution", State.RUNNING),
        (("verdict_final",), "enforcement", State.OPEN),
        (("paid", MILLION), "payment_proof", State.RUNNING),
        (("proof_given",), "payment_proof", State.MET),
        (("paid", 3 * MILLION), "restitution", State.MET),
    ):
        pay(world, claim, *step)
        assert state(world, victim, right) == then, step
    assert state(world, victim, "enforcement") == State.NOT_YET


def test_an_award_that_is_not_paid_in_time_is_overdue(world, victim):
    claim = a_claim(world, "claimed", ("awarded", MILLION), "verdict_final", victim=victim)
    at = world.later(days=20)
    jobs.tick(at=at)
    assert state(world, victim, "restitution", at=at) == State.OVERDUE
    pay(world, claim, "court_told", at=at)
    assert state(world, victim, "enforcement", at=at) == State.RUNNING


@pytest.mark.parametrize(
    ("childhood", "place", "companion", "then"),
    [
        ("adult", "special_room", False, State.MET), ("adult", "police_room", True, State.OVERDUE),
        ("child", "special_room", True, State.MET), ("child", "special_room", False, State.OVERDUE),
    ],
)  # fmt: skip
def test_an_examination_elsewhere_shows_and_so_does_a_child_alone(world, now, childhood, place, companion, then):
    victim = world.victim(world.case(), childhood=childhood)
    assert state(world, victim, "special_room") == State.NOT_YET
    proceedings.note_examination(
        victim, on=date(2026, 7, 1), place=place, has_companion=companion, by=world.rina, at=now
    )
    assert state(world, victim, "special_room") == then


def test_a_child_is_met_with_its_check(world, now):
    victim = world.victim(world.case(), childhood="child")
    assert state(world, victim, "best_interest") == State.REQUESTED
    assert state(world, victim, "best_interest", at=world.later(days=10)) == State.OVERDUE
    children.check_best_interest(victim, answers={"wish": "x"}, decision="x", by=world.rina, at=now)
    assert state(world, victim, "best_interest") == State.MET


def test_secrecy_runs_from_the_first_moment_and_the_centre_answers(world, victim):
    assert state(world, victim, "secrecy") == State.RUNNING
    assert state(world, victim, "service_centre") == State.MET


def test_the_states_are_counted(world, victim):
    found = board.board(victim, at=world.at, on=today(world))
    assert sum(board.counts(found).values()) == len(found)


def grown(world, victim, count):
    """Services with everything a board reads of them: referrals, clocks, one return, a claim, entitlements."""
    for number in range(count):
        service = world.service(victim, kind=("health", "legal_aid", "repatriation", "shelter")[number % 4])
        if service.kind != "repatriation":
            referral = referrals.send(
                service, to=world.dinsos, need="x", fields=[], basis="vital_interests", basis_reason="x",
                by=world.rina, at=world.at,
            )  # fmt: skip
            referrals.accept(referral, by=world.budi, at=world.at)


def test_a_board_costs_the_same_for_one_service_and_for_ten(world):
    costs = []
    for count in (1, 10):
        victim = world.victim(world.case())
        grown(world, victim, count)
        a_claim(world, "informed", victim=victim)
        entitlements.inform(victim, "secrecy", by=world.rina, at=world.at)
        if count > 1:
            a_return(world, "told", victim=victim)
            for right in ("shelter", "first_aid", "civil_documents"):
                entitlements.refuse(victim, right, by=world.rina, at=world.at)
        with CaptureQueriesContext(connection) as taken:
            found = board.board(world.anew(victim), at=world.at, on=today(world))
            assert all(str(line.clock and line.clock.owed_by) for line in found)
            assert all(str(service.provider) for line in found for service in line.services)
        costs.append(len(taken))
    assert costs[0] == costs[1] < 15


def test_the_boards_of_ten_victims_cost_what_one_costs(world):
    case, costs = world.case(), []
    for count in (1, 9):
        for number in range(count):
            grown(world, world.victim(case, name=f"Melati {number}"), 2)
        people = list(case.involvements.select_related("case__agency"))
        with CaptureQueriesContext(connection) as taken:
            assert len(board.boards(people, at=world.at, on=today(world))) == len(people)
        costs.append(len(taken))
    assert costs[0] == costs[1]


def test_the_board_of_nobody_is_empty(world):
    assert board.boards([], at=world.at, on=today(world)) == {}


def test_where_no_service_centre_keeps_the_case_one_that_gives_a_service_answers(world, victim, now):
    Case.objects.filter(pk=victim.case_id).update(agency=world.dinsos)
    assert state(world, victim, "service_centre") == State.OPEN
    Service.objects.create(
        case=victim.case, victim=victim, kind="outreach", provider=world.uptd_province, requested_at=now,
        requested_by=world.rina, moved_at=now,
    )  # fmt: skip
    assert state(world, victim, "service_centre") == State.MET


def test_who_does_not_want_restitution_has_refused_it(world, victim, now):
    entitlements.refuse(victim, "restitution", by=world.rina, at=now)
    assert state(world, victim, "restitution") == State.REFUSED


def test_a_claim_that_was_rejected_or_could_not_be_collected_has_ended(world):
    for steps in (("claimed", "rejected"), ("claimed", ("awarded", MILLION), "failed")):
        claim = a_claim(world, *steps)
        lines = {line.right.code: line for line in board.board(claim.victim, at=world.at, on=today(world))}
        assert lines["restitution"].state == board.State.ENDED


def test_what_is_paid_is_paid_also_where_the_court_is_late_with_the_copy(world, victim):
    claim = a_claim(world, "claimed", ("awarded", MILLION), victim=victim)
    at = world.later(days=200)
    assert world.owed("verdict_copy_to_lpsk", on=claim).is_overdue(at)
    assert state(world, victim, "restitution", at=at) == State.OVERDUE
    pay(world, claim, "paid", MILLION, at=at)
    assert world.owed("verdict_copy_to_lpsk", on=claim).is_overdue(at)
    assert state(world, victim, "restitution", at=at) == State.MET
