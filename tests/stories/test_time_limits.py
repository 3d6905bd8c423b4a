"""The law's time limits run by themselves, in the open, and end with somebody who must act."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from simpul.cases import rights, services
from simpul.intake import triage
from simpul.journal.queries import entries_of
from simpul.lib.rules import NotAllowed
from simpul.obligations import book
from simpul.obligations.models import Obligation
from simpul.obligations.queries import escalated_to, owed_now
from simpul.obligations.rules import rule

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PONTIANAK = ZoneInfo("Asia/Pontianak")


def clock(code):
    return Obligation.objects.get(rule=code)


def reported(world, case, at):
    return rights.note_police_report(
        case, number="LP/B/12", unit=world.police, reported_at=at, by=world.rina, at=at
    )  # fmt: skip


def test_a_service_centre_that_receives_a_victim_reports_to_the_police_within_a_day(world, now):
    """PP 9/2008 Art. 14(5). The day is 24 hours, over a Saturday night and a holiday too."""
    friday = datetime(2026, 8, 14, 16, 0, tzinfo=PONTIANAK)
    world.victim(world.case(at=friday), at=friday)
    owed = clock("report_to_police")
    assert owed.limit_at == friday + 24 * HOUR
    assert owed.owed_by == world.uptd
    assert rule("report_to_police").binds_by_law


def test_the_houses_own_target_comes_before_the_laws_limit_and_is_not_confused_with_it(world, now):
    case = world.case()
    world.victim(case)
    owed = clock("report_to_police")
    assert owed.target_at == now + 12 * HOUR
    assert owed.limit_at == now + 24 * HOUR

    book.let_time_pass(at=now + 13 * HOUR)
    owed = clock("report_to_police")
    assert owed.target_missed_at
    assert owed.missed_at is None

    reported(world, case, now + 20 * HOUR)
    owed = clock("report_to_police")
    # The target was missed; the law was kept, and that is what is measured.
    assert owed.was_met_in_time


def test_a_missed_law_stays_missed_even_if_it_is_done_later(world, now):
    case = world.case()
    world.victim(case)
    book.let_time_pass(at=now + 25 * HOUR)
    reported(world, case, now + 30 * HOUR)
    owed = clock("report_to_police")
    assert owed.state == "met"
    assert owed.missed_at == now + 24 * HOUR
    assert not owed.was_met_in_time


def test_what_is_late_goes_to_the_head_of_the_unit_and_past_its_limit_to_the_secretariat_and_the_head_of_the_region(
    world, now
):
    world.victim(world.case())
    assert rule("report_to_police").escalate_to == ("supervisor", "secretariat", "head_of_region")
    bupati = world.dewi
    type(bupati).objects.filter(pk=bupati.pk).update(role="head_of_region")
    bupati = world.anew(bupati)

    book.let_time_pass(at=now + 13 * HOUR)
    assert clock("report_to_police") in escalated_to(world.yanti)
    assert not escalated_to(bupati).exists()

    book.let_time_pass(at=now + 25 * HOUR)
    late = clock("report_to_police")
    assert late in escalated_to(bupati)
    told = [entry.facts["to"] for entry in entries_of(late.file).filter(subject=f"obligations.obligation:{late.pk}")
            if entry.act == "obligation.escalated"]  # fmt: skip
    assert told == ["head_of_region", "secretariat", "supervisor"]


def test_a_report_nobody_reads_goes_to_the_head_of_the_unit(world, now):
    report = world.report(danger="yes_now")
    assert clock("triage_danger").due_at == now + HOUR
    assert not escalated_to(world.yanti).exists()
    book.let_time_pass(at=now + HOUR)
    assert [o.number for o in escalated_to(world.yanti)] == [report.number]


def test_seven_days_for_services_pause_while_the_victim_is_not_ready(world, now):
    """UU 21/2007 Art. 52(1): the clock is the victim's and stops for the victim only, in the open."""
    case = world.case()
    victim = world.victim(case)
    reported(world, case, now)
    service = services.request(victim, kind="social_rehabilitation", by=world.rina, at=now)
    owed = clock("services_on_request")
    assert owed.subject == f"cases.service:{service.pk}"
    limit = owed.limit_at
    assert limit.astimezone(PONTIANAK).date() == (now + 7 * DAY).date()

    book.pause(owed, reason="victim_not_ready", by=world.rina, at=now + DAY)
    book.let_time_pass(at=now + 20 * DAY)
    assert clock("services_on_request").missed_at is None
    book.resume(owed, by=world.rina, at=now + 20 * DAY)
    assert clock("services_on_request").limit_at == limit + 19 * DAY
    assert {"obligation.paused", "obligation.resumed"} <= {entry.act for entry in entries_of(case)}


@pytest.mark.parametrize("code", ["report_to_police", "triage_danger"])
def test_a_clock_that_protects_life_is_not_paused(world, now, code):
    world.report(danger="yes_now")
    world.victim(world.case())
    owed = clock(code)
    with pytest.raises(NotAllowed):
        book.pause(owed, reason="victim_unreachable", by=world.rina, at=now)
    assert clock(code).state == "open"
    assert book.let_time_pass(at=now + 2 * DAY) > 0


def test_what_was_done_leaves_the_list_and_stays_in_the_record(world, now):
    report = world.report()
    assert [o.rule for o in owed_now(world.rina)] == ["triage"]
    triage.set_aside(report, because="not_a_report", by=world.rina, at=now + HOUR)
    assert not owed_now(world.rina).exists()
    assert clock("triage").was_met_in_time


def test_a_day_counted_in_working_days_steps_over_idulfitri(world, now):
    """The answer to a referral: three working days, asked for on the Friday before the holidays of 2026."""
    friday = datetime(2026, 3, 13, 10, 0, tzinfo=PONTIANAK)
    owed = book.open_(
        "answer_referral", on="cases.referral:1", file="cases.case:1", number="K-1", owed_by=world.dinsos, place=None,
        by=world.rina, at=friday,
    )  # fmt: skip
    assert owed.limit_at.astimezone(PONTIANAK) == datetime(2026, 3, 25, 23, 59, 59, tzinfo=PONTIANAK)
