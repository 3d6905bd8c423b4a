"""The book: opened, paused, resumed, met, waived, handed over; missed and escalated by itself."""

from datetime import timedelta

import pytest

from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.obligations import book
from simpul.obligations.models import Obligation

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def acts(obligation):
    subject = f"obligations.obligation:{obligation.pk}"
    return list(Entry.objects.filter(subject=subject).order_by("number").values_list("act", flat=True))


def last(obligation):
    return Entry.objects.filter(subject=f"obligations.obligation:{obligation.pk}").latest("number")


def test_opening_starts_the_clock_and_stands_in_the_journal(world, owe, now):
    made = owe("first_aid")
    assert made.target_at == now + 6 * HOUR
    assert made.limit_at.date() == (now + 7 * DAY).date()
    assert made.due_at == made.target_at
    assert acts(made) == ["obligation.opened"]
    assert last(made).file == "cases.case:7"
    assert last(made).facts == {"rule": "first_aid"}


def test_opening_twice_is_opening_once(owe, now):
    first = owe("first_aid")
    assert owe("first_aid", at=now + DAY) == first
    assert Obligation.objects.count() == 1
    assert acts(first) == ["obligation.opened"]


def test_a_limit_runs_from_the_event_not_from_the_typing(owe, now):
    made = owe("triage", since=now - 5 * HOUR)
    assert made.opened_at == now - 5 * HOUR
    assert made.due_at == now + 19 * HOUR


def test_a_rule_nobody_wrote_opens_nothing(owe):
    with pytest.raises(LookupError):
        owe("be_nice")
    assert not Obligation.objects.exists()


def test_meeting_tells_who_when_and_what_shows_it(world, owe, now):
    made = owe("triage", on="intake.report:3")
    book.meet("triage", on="intake.report:3", by=world.rina, at=now + HOUR, evidence="intake.message:9")
    met = world.anew(made)
    assert (met.state, met.settled_at, met.settled_by) == ("met", now + HOUR, world.rina)
    assert (met.evidence, met.due_at) == ("intake.message:9", None)
    assert last(made).facts == {"rule": "triage", "in_time": True}


def test_a_late_meeting_is_met_and_says_so(world, owe, now):
    made = owe("triage")
    book.settle(made, by=world.rina, at=now + 2 * DAY)
    assert world.anew(made).state == "met"
    assert last(made).facts["in_time"] is False


def test_meeting_what_is_not_owed_does_nothing(world, owe, now):
    other = owe("triage", on="intake.report:3")
    before = Entry.objects.count()
    book.meet("triage", on="intake.report:4", by=world.rina, at=now)
    book.meet("first_aid", on="intake.report:3", by=world.rina, at=now)
    assert world.anew(other).state == "open"
    assert Entry.objects.count() == before


def test_what_is_settled_is_settled_once(world, owe, now):
    made = owe("triage")
    book.settle(made, by=world.rina, at=now)
    for act in (
        lambda: book.settle(made, by=world.budi, at=now),
        lambda: book.waive(made, reason="withdrawn", by=world.budi, at=now),
        lambda: book.resume(made, by=world.budi, at=now),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert world.anew(made).settled_by == world.rina


def test_of_two_who_saw_it_open_only_one_settles_it(world, owe, now):
    made = owe("triage")
    seen_by_budi = world.anew(made)
    book.settle(made, by=world.rina, at=now)
    with pytest.raises(NotAllowed):
        book.waive(seen_by_budi, reason="withdrawn", by=world.budi, at=now + HOUR)
    assert world.anew(made).state == "met"


def test_what_the_clock_noted_meanwhile_is_not_lost(world, owe, now):
    made = owe("first_aid")
    seen_before = world.anew(made)
    book.let_time_pass(at=now + 7 * HOUR)
    book.settle(seen_before, by=world.rina, at=now + 8 * HOUR)
    met = world.anew(made)
    assert met.target_missed_at == now + 6 * HOUR
    assert met.escalated_to == "supervisor"


def test_a_pause_stops_the_clock_and_resuming_moves_it_by_the_time_it_stood(world, owe, now):
    made = owe("services_on_request")
    target, limit = made.target_at, made.limit_at
    book.pause(made, reason="victim_not_ready", by=world.rina, at=now + DAY)
    assert (made.state, made.due_at, made.pause_reason) == ("paused", None, "victim_not_ready")
    assert book.let_time_pass(at=now + 30 * DAY) == 0
    book.resume(made, by=world.rina, at=now + 11 * DAY)
    resumed = world.anew(made)
    assert (resumed.target_at, resumed.limit_at) == (target + 10 * DAY, limit + 10 * DAY)
    assert (resumed.due_at, resumed.paused_at, resumed.pause_reason) == (target + 10 * DAY, None, "")
    assert last(made).facts == {"stood_s": 10 * 24 * 3600}
    assert acts(made) == ["obligation.opened", "obligation.paused", "obligation.resumed"]


def test_a_clock_set_for_an_emergency_is_not_paused(world, owe, now):
    made = owe("report_to_police")
    with pytest.raises(NotAllowed):
        book.pause(made, reason="victim_not_ready", by=world.rina, at=now)
    assert world.anew(made).state == "open"


def test_a_paused_obligation_can_be_met(world, owe, now):
    made = owe("services_on_request")
    book.pause(made, reason="victim_not_ready", by=world.rina, at=now)
    book.settle(made, by=world.rina, at=now + DAY)
    assert world.anew(made).state == "met"


def test_a_paused_clock_is_not_paused_again(world, owe, now):
    made = owe("services_on_request")
    book.pause(made, reason="victim_not_ready", by=world.rina, at=now)
    with pytest.raises(NotAllowed):
        book.pause(made, reason="unsafe_to_act", by=world.rina, at=now + DAY)
    assert world.anew(made).pause_reason == "victim_not_ready"


def test_waiving_needs_a_reason_and_keeps_it(world, owe, now):
    made = owe("services_on_request")
    book.waive(made, reason="refused_by_victim", by=world.rina, at=now)
    waived = world.anew(made)
    assert (waived.state, waived.waive_reason, waived.settled_by) == ("waived", "refused_by_victim", world.rina)
    assert last(made).facts == {"reason": "refused_by_victim"}


def test_a_reason_is_a_code_of_the_list_and_never_words(world, owe, now):
    made = owe("services_on_request")
    for act in (book.pause, book.waive):
        with pytest.raises(NotAllowed):
            act(made, reason="Melati tidak mau", by=world.rina, at=now)
    assert world.anew(made).state == "open"


def test_everything_on_a_subject_is_waived_and_nothing_else(world, owe, now):
    first, second = owe("services_on_request"), owe("first_aid")
    other = owe("first_aid", on="cases.case:8")
    book.waive_all(on="cases.case:7", reason="case_ended", by=world.rina, at=now)
    assert {world.anew(first).state, world.anew(second).state} == {"waived"}
    assert world.anew(other).state == "open"


def test_another_agency_owes_it_on_the_same_clock(world, owe, now):
    made = owe("triage")
    due = made.due_at
    book.hand_over(made, to=world.uptd_province, by=world.rina, at=now + HOUR)
    handed = world.anew(made)
    assert (handed.owed_by, handed.due_at) == (world.uptd_province, due)
    assert last(made).facts == {"rule": "triage", "to": world.uptd_province.pk}


def test_nothing_is_noted_before_its_time(owe, now):
    made = owe("first_aid")
    assert book.let_time_pass(at=now + 6 * HOUR - timedelta(seconds=1)) == 0
    assert acts(made) == ["obligation.opened"]


def test_a_missed_target_is_noted_once_and_told_to_the_first_role(world, owe, now):
    made = owe("first_aid")
    assert book.let_time_pass(at=now + 7 * HOUR) == 1
    noted = world.anew(made)
    assert (noted.target_missed_at, noted.missed_at) == (now + 6 * HOUR, None)
    assert (noted.escalated_to, noted.escalated_at) == ("supervisor", now + 7 * HOUR)
    assert noted.due_at == noted.limit_at
    assert book.let_time_pass(at=now + 8 * HOUR) == 0
    assert acts(made) == ["obligation.opened", "obligation.escalated"]


def test_a_missed_limit_is_a_miss_and_told_to_every_role_of_the_rule(world, owe, now):
    made = owe("first_aid")
    book.let_time_pass(at=now + 7 * HOUR)
    assert book.let_time_pass(at=now + 8 * DAY) == 1
    noted = world.anew(made)
    assert noted.missed_at == noted.limit_at
    assert noted.escalated_to == "supervisor secretariat head_of_region"
    assert noted.state == "open"
    assert acts(made)[2:] == ["obligation.missed", "obligation.escalated", "obligation.escalated"]
    assert book.let_time_pass(at=now + 9 * DAY) == 0


def test_a_clock_that_nobody_watched_notes_both_steps_at_once(world, owe, now):
    made = owe("first_aid")
    assert book.let_time_pass(at=now + 30 * DAY) == 1
    noted = world.anew(made)
    assert (noted.target_missed_at, noted.missed_at) == (noted.target_at, noted.limit_at)
    assert acts(made)[1:] == ["obligation.escalated", "obligation.missed", *["obligation.escalated"] * 2]


def test_a_target_without_a_limit_is_never_a_miss(world, owe, now):
    made = owe("triage")
    book.let_time_pass(at=now + 90 * DAY)
    noted = world.anew(made)
    assert noted.target_missed_at
    assert noted.missed_at is None
    assert noted.is_overdue(now + 90 * DAY)
    assert "obligation.missed" not in acts(made)


def test_time_passes_in_a_fixed_number_of_queries_where_nothing_is_late(owe, now, django_assert_num_queries):
    for number in range(8):
        owe("first_aid", on=f"cases.case:{number}")
    with django_assert_num_queries(3):
        book.let_time_pass(at=now)
