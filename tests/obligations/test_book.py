"""The book: opened, paused, resumed, met, waived, handed over; missed and escalated by itself."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from simpul.agencies import exclusions, offices
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.obligations import book
from simpul.obligations.models import Obligation
from simpul.places.models import Place

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# What the clock of UU 21/2007 Art. 52(1) waits for is there.
REPORTED = {"police_report"}


def end_of(day):
    return datetime.fromisoformat(f"{day} 23:59:59").replace(tzinfo=ZoneInfo("Asia/Pontianak"))


def standing(rule):
    return Obligation.objects.standing().filter(rule=rule).first()


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
    made = owe("services_on_request", has=REPORTED)
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
    made = owe("services_on_request", has=REPORTED)
    book.pause(made, reason="victim_not_ready", by=world.rina, at=now)
    book.settle(made, by=world.rina, at=now + DAY)
    assert world.anew(made).state == "met"


def test_a_paused_clock_is_not_paused_again(world, owe, now):
    made = owe("services_on_request", has=REPORTED)
    book.pause(made, reason="victim_not_ready", by=world.rina, at=now)
    with pytest.raises(NotAllowed):
        book.pause(made, reason="unsafe_to_act", by=world.rina, at=now + DAY)
    assert world.anew(made).pause_reason == "victim_not_ready"


def test_waiving_needs_a_reason_and_keeps_it(world, owe, now):
    made = owe("services_on_request", has=REPORTED)
    book.waive(made, reason="refused_by_victim", by=world.rina, at=now)
    waived = world.anew(made)
    assert (waived.state, waived.waive_reason, waived.settled_by) == ("waived", "refused_by_victim", world.rina)
    assert last(made).facts == {"reason": "refused_by_victim"}


def test_a_reason_is_a_code_of_the_list_and_never_words(world, owe, now):
    made = owe("services_on_request", has=REPORTED)
    for act in (book.pause, book.waive):
        with pytest.raises(NotAllowed):
            act(made, reason="Melati tidak mau", by=world.rina, at=now)
    assert world.anew(made).state == "open"


def test_everything_on_a_subject_is_waived_and_nothing_else(world, owe, now):
    first, second = owe("services_on_request", has=REPORTED), owe("first_aid")
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


def test_a_clock_that_waits_for_something_counts_to_nothing(owe, now):
    made = owe("services_on_request")
    assert (made.state, made.waits_for) == ("waiting", "police_report")
    assert (made.target_at, made.limit_at, made.due_at) == (None, None, None)
    assert made.is_standing
    assert not made.is_overdue(now + 90 * DAY)
    assert book.let_time_pass(at=now + 90 * DAY) == 0


def test_what_is_there_already_is_not_waited_for(owe, now):
    made = owe("services_on_request", has=REPORTED)
    assert (made.state, made.waits_for) == ("open", "")
    assert made.limit_at == end_of("2026-08-10")


def test_when_it_has_come_the_clock_runs_from_then_on(world, owe, now):
    made = owe("services_on_request")
    book.has_come("police_report", file="cases.case:7", by=world.rina, at=now + 5 * DAY)
    runs = world.anew(made)
    assert (runs.state, runs.waits_for, runs.opened_at) == ("open", "", now + 5 * DAY)
    assert (runs.target_at, runs.limit_at) == (end_of("2026-08-11"), end_of("2026-08-15"))
    assert runs.due_at == runs.target_at
    assert last(made).facts == {"came": "police_report"}


def test_what_came_before_it_was_owed_begins_nothing_earlier(world, owe, now):
    made = owe("services_on_request", at=now + 3 * DAY)
    book.has_come("police_report", file="cases.case:7", by=world.rina, at=now + 6 * DAY, since=now + DAY)
    assert world.anew(made).opened_at == now + 3 * DAY


def test_what_has_come_moves_no_other_file_and_nothing_that_waits_for_something_else(world, owe, now):
    other_file = owe("services_on_request", on="cases.service:2", file="cases.case:8")
    mine = owe("services_on_request", on="cases.service:1")
    book.has_come("verdict", file="cases.case:7", by=world.rina, at=now)
    assert world.anew(mine).state == "waiting"
    book.has_come("police_report", file="cases.case:7", by=world.rina, at=now)
    assert (world.anew(mine).state, world.anew(other_file).state) == ("open", "waiting")


def test_what_waits_is_neither_paused_nor_resumed_but_can_be_met_and_waived(world, owe, now):
    first, second = owe("services_on_request", on="a:1"), owe("services_on_request", on="a:2")
    for act in (
        lambda: book.pause(first, reason="victim_not_ready", by=world.rina, at=now),
        lambda: book.resume(first, by=world.rina, at=now),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert world.anew(first).state == "waiting"
    book.settle(first, by=world.rina, at=now + DAY)
    book.waive(second, reason="refused_by_victim", by=world.rina, at=now)
    assert (world.anew(first).state, world.anew(first).missed_at) == ("met", None)
    assert world.anew(second).state == "waived"


def test_a_moment_agreed_upon_takes_the_place_of_the_target(owe, now):
    made = owe("offer_again", target_at=now + 5 * DAY)
    assert (made.target_at, made.due_at) == (now + 5 * DAY, now + 5 * DAY)
    assert owe("offer_again", on="a:2").target_at == end_of("2026-09-02")


def test_working_days_that_were_left_are_left(world, owe, now):
    """Three working days from Monday are Thursday; one is used, so two are left from the Friday on."""
    made = owe("answer_referral")
    assert made.limit_at == end_of("2026-08-06")
    book.pause(made, reason="waiting_for_documents", by=world.rina, at=now + DAY)
    book.resume(made, by=world.rina, at=now + 4 * DAY)
    assert world.anew(made).limit_at == end_of("2026-08-11")


def test_what_had_run_out_is_not_given_back_by_a_pause(world, owe, now):
    made = owe("answer_referral")
    book.pause(made, reason="waiting_for_documents", by=world.rina, at=now + 8 * DAY)
    book.resume(made, by=world.rina, at=now + 20 * DAY)
    resumed = world.anew(made)
    assert resumed.limit_at == end_of("2026-08-06")
    assert resumed.is_overdue(now + 20 * DAY)
    assert book.let_time_pass(at=now + 20 * DAY) == 1


def test_what_is_met_while_the_clock_stands_is_measured_without_the_time_it_stood(world, owe, now):
    early, late = (owe("services_on_request", on=f"a:{n}", has=REPORTED) for n in (1, 2))
    for made in (early, late):
        book.pause(made, reason="victim_not_ready", by=world.rina, at=now + DAY)
    book.settle(early, by=world.rina, at=now + 30 * DAY)
    met = world.anew(early)
    assert (met.was_met_in_time, met.missed_at, met.paused_at) == (True, None, None)
    # Noted as done before the pause: nothing had stood by then.
    book.settle(late, by=world.rina, at=now + 30 * DAY, done_at=now + HOUR)
    assert world.anew(late).limit_at == end_of("2026-08-10")


def test_a_settled_clock_does_not_run_on(world, owe, now):
    made = owe("services_on_request", has=REPORTED)
    book.pause(made, reason="victim_not_ready", by=world.rina, at=now)
    book.settle(made, by=world.rina, at=now)
    with pytest.raises(NotAllowed):
        book.resume(made, by=world.rina, at=now)
    assert world.anew(made).state == "met"


def test_what_follows_is_owed_from_the_moment_the_first_was_met(world, owe, now):
    first = owe("temporary_protection", owed_by=world.police, watched_by=world.uptd)
    assert standing("ask_lpsk_protection") is None
    book.settle(first, by=world.agus, at=now + 9 * HOUR, done_at=now + 5 * HOUR)
    asked, ends = standing("ask_lpsk_protection"), standing("temporary_protection_ends")
    assert (asked.subject, asked.file, asked.number) == (first.subject, first.file, first.number)
    assert (asked.owed_by, asked.watched_by, asked.limit_at) == (world.police, world.uptd, now + 29 * HOUR)
    assert ends.limit_at == end_of("2026-08-17")


def test_what_is_waived_is_followed_by_nothing(world, owe, now):
    book.waive(owe("temporary_protection"), reason="refused_by_victim", by=world.rina, at=now)
    assert not Obligation.objects.standing().exists()


def test_what_is_missed_is_followed_from_the_moment_it_was_missed(world, owe, now):
    """However late the clock was looked at."""
    first = owe("restitution_paid")
    book.let_time_pass(at=now + 60 * DAY)
    told = standing("tell_court_unpaid")
    assert told.opened_at == first.limit_at == end_of("2026-08-17")
    assert told.target_at == end_of("2026-08-24")
    assert book.let_time_pass(at=now + 61 * DAY) == 1
    assert Obligation.objects.filter(rule="tell_court_unpaid").count() == 1


def test_what_follows_is_owed_by_the_agency_of_its_kind_nearest_to_the_place(world, owe, now):
    owe("tell_court_unpaid")
    court = offices.record("PN Bengkayang", kind="court", place=Place.objects.get(pk="61.07"), by=None, at=now)
    book.meet("tell_court_unpaid", on="cases.case:7", by=world.rina, at=now)
    assert (standing("court_warns").owed_by, standing("court_warns").watched_by) == (court, world.uptd)


def test_what_follows_goes_to_nobody_who_is_kept_out_of_the_file(world, now):
    case = world.case()
    court = offices.record("PN Bengkayang", kind="court", place=Place.objects.get(pk="61.07"), by=None, at=now)
    exclusions.keep_out(case, agency=court, by=world.yanti, at=now)
    book.open_("tell_court_unpaid", on=case, file=case, number=case.number, owed_by=world.uptd, place=case.place_id,
               by=world.rina, at=now)  # fmt: skip
    book.meet("tell_court_unpaid", on=case, by=world.rina, at=now)
    assert standing("court_warns").owed_by == world.uptd


def test_evidence_that_was_a_mistake_lets_the_clock_stand_as_before(world, owe, now):
    made = owe("first_aid")
    before = Obligation.objects.values().get()
    book.meet("first_aid", on="cases.case:7", by=world.rina, at=now + 8 * DAY, evidence="cases.servicestep:3")
    assert world.anew(made).missed_at
    book.take_back(evidence="cases.servicestep:3", by=world.rina, at=now + 9 * DAY)
    assert Obligation.objects.values().get() == before
    assert last(made).facts == {"taken_back": True}


def test_only_what_that_evidence_met_stands_again(world, owe, now):
    mine, other = owe("first_aid", on="a:1"), owe("first_aid", on="a:2")
    book.meet("first_aid", on="a:1", by=world.rina, at=now, evidence="cases.servicestep:3")
    book.meet("first_aid", on="a:2", by=world.rina, at=now, evidence="cases.servicestep:4")
    book.take_back(evidence="cases.servicestep:3", by=world.rina, at=now)
    assert (world.anew(mine).state, world.anew(other).state) == ("open", "met")


def test_what_followed_from_a_mistake_is_waived(world, owe, now):
    owe("temporary_protection", owed_by=world.police)
    book.meet("temporary_protection", on="cases.case:7", by=world.agus, at=now, evidence="cases.servicestep:3")
    follower = standing("ask_lpsk_protection")
    book.take_back(evidence="cases.servicestep:3", by=world.agus, at=now + HOUR)
    assert standing("ask_lpsk_protection") is None
    assert world.anew(follower).waive_reason == "opened_by_mistake"


def test_the_keeper_of_the_file_watches_what_others_owe_and_not_what_it_owes_itself(world, owe):
    assert owe("first_aid", owed_by=world.hospital, watched_by=world.uptd).watched_by == world.uptd
    assert owe("first_aid", on="a:2", watched_by=world.uptd).watched_by is None


def test_whoever_hands_an_obligation_on_watches_it(world, owe, now):
    made = owe("first_aid")
    book.hand_over(made, to=world.hospital, by=world.rina, at=now)
    assert (world.anew(made).owed_by, world.anew(made).watched_by) == (world.hospital, world.uptd)
    book.hand_over(made, to=world.uptd, by=world.rina, at=now)
    assert (world.anew(made).owed_by, world.anew(made).watched_by) == (world.uptd, None)


def test_a_file_that_is_handed_over_takes_its_clocks_along(world, owe, now):
    mine = owe("first_aid", on="a:1")
    watched = owe("first_aid", on="a:2", owed_by=world.hospital, watched_by=world.uptd)
    theirs = owe("first_aid", on="a:3", owed_by=world.uptd_province, watched_by=world.uptd)
    done = owe("first_aid", on="a:4")
    book.settle(done, by=world.rina, at=now)
    elsewhere = owe("first_aid", on="a:5", file="cases.case:8")
    dues = [each.due_at for each in (mine, watched, theirs)]
    book.file_handed_over("cases.case:7", before=world.uptd, to=world.uptd_province, by=world.yanti, at=now)
    mine, watched, theirs, done, elsewhere = map(world.anew, (mine, watched, theirs, done, elsewhere))
    assert [(each.owed_by, each.watched_by) for each in (mine, watched, theirs)] == [
        (world.uptd_province, None), (world.hospital, world.uptd_province), (world.uptd_province, None)]  # fmt: skip
    assert [each.due_at for each in (mine, watched, theirs)] == dues
    assert (done.owed_by, elsewhere.owed_by) == (world.uptd, world.uptd)
    assert last(mine).facts == {"rule": "first_aid", "to": world.uptd_province.pk}


def test_one_rule_is_waived_and_the_others_on_the_subject_stand(world, owe, now):
    gone, kept = owe("first_aid"), owe("best_interest")
    book.waive_one("first_aid", on="cases.case:7", reason="no_longer_applies", by=world.rina, at=now)
    assert (world.anew(gone).state, world.anew(kept).state) == ("waived", "open")
