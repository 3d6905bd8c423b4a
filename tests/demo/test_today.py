"""At the end of the year something of everything waits on the desks."""

import pytest

from simpul.agencies.models import Exclusion, Officer
from simpul.cases.models import BreakGlass, Involvement, Referral, Service
from simpul.demo import today
from simpul.intake import duplicates, queries
from simpul.intake.models import EventCode, Report
from simpul.obligations import queries as owed
from simpul.obligations.models import Obligation
from tests.demo.conftest import AT

# The mark has the database made also where these tests run alone.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]


@pytest.fixture
def rina():
    return Officer.objects.get(username="rina")


def minutes_left(obligation):
    return round((obligation.due_at - AT).total_seconds() / 60)


def test_the_first_report_of_the_queue_is_the_one_of_twelve_minutes_ago(rina):
    first = queries.queue(rina)[0]
    assert first.danger == "yes_now"
    assert first.children == "yes"
    assert (AT - first.received_at).total_seconds() == 12 * 60


def test_something_is_overdue_and_something_runs_out_in_twenty_minutes(rina):
    left = [minutes_left(obligation) for obligation in owed.owed_now(rina) if obligation.due_at]
    assert 20 in left
    assert 48 in left
    assert any(minutes < 0 for minutes in left)


def test_an_overdue_danger_was_escalated_to_the_head_of_the_unit():
    yanti = Officer.objects.get(username="yanti")
    assert owed.escalated_to(yanti).filter(rule="triage_danger").exists()


def test_a_message_of_a_reporter_waits_to_be_read(rina):
    assert queries.with_new_messages(rina).filter(status=Report.Status.QUESTION).exists()


def test_two_reports_may_be_about_the_same_event(rina):
    one = queries.queue(rina).get(children="yes", kinds=["child", "marriage"])
    assert duplicates.like(one, rina)


def test_one_report_is_in_english_and_one_has_no_place():
    assert Report.objects.waiting().filter(language="en").exists()
    lina = Officer.objects.get(username="lina")
    assert queries.queue(lina).filter(place=None, relation="self").exists()


def test_the_police_and_budi_are_kept_out_of_one_case(rina):
    budi = Officer.objects.get(username="budi")
    assert Exclusion.objects.in_force().filter(file_kind="cases.case", officer=budi).exists()
    assert Exclusion.objects.in_force().filter(file_kind="cases.case", agency_kind="police").exists()


def test_an_emergency_access_waits_for_its_review():
    assert BreakGlass.objects.filter(reviewed_at=None).exists()
    assert Obligation.objects.standing().filter(rule="review_emergency_access").exists()


def test_an_age_is_disputed_and_a_shelter_was_refused():
    disputed = Involvement.objects.get(childhood="disputed")
    assert disputed.case.has_children
    assert Service.objects.filter(case=disputed.case, kind="shelter", state="refused").exists()


def test_budi_has_one_late_answer_and_one_due_in_twenty_minutes():
    budi = Officer.objects.get(username="budi")
    assert Referral.objects.unanswered().filter(receiver=budi.agency).count() == 2
    targets = owed.owed_now(budi).filter(rule="answer_referral")
    minutes = sorted(round((obligation.target_at - AT).total_seconds() / 60) for obligation in targets)
    assert minutes == [-420, 20]


def test_a_clock_stands_still_and_a_need_waits_to_be_referred_again():
    assert Obligation.objects.filter(state="paused", pause_reason="victim_not_ready").exists()
    assert Obligation.objects.running().filter(rule="refer_again").exists()


def test_an_event_code_is_in_force_and_was_used():
    event = EventCode.objects.get(until_at__gt=AT)
    assert event.reports.count() == 3
    assert len({report.case_id for report in event.reports.all()}) == 1


def test_every_story_is_told():
    assert len(today.STORIES) == len(set(today.STORIES)) >= 12
