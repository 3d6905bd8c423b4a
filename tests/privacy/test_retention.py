"""What has run out, rule by rule (the two people and what goes: tests/stories/test_retention.py)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from simpul.agencies.models import Agency
from simpul.cases.models import Case
from simpul.intake import complaints, receipts, triage
from simpul.intake.models import Complaint
from simpul.lib.rules import NotAllowed
from simpul.persons import identities
from simpul.privacy import retention

TODAY = date(2026, 8, 3)


def due(on=TODAY):
    return {(one.rule, one.file) for one in retention.due(on=on, agencies=Agency.objects.all())}


@pytest.mark.parametrize(
    ("stage", "rule"),
    [("closed", "case_closed"), ("referred_out", "case_handed_over"), ("cancelled", "case_opened_by_mistake")],
)
def test_each_end_of_a_case_has_its_years(privacy, stage, rule):
    years = retention.years_of(rule)
    privacy.closed(years=years, stage=stage)
    assert due() == {(rule, f"cases.case:{privacy.case.pk}")}
    assert due(date(2026, 8, 2)) == set()


def test_what_ended_late_in_the_day_runs_out_on_the_day_itself(privacy):
    privacy.closed()
    late = datetime(2016, 8, 3, 23, 59, tzinfo=ZoneInfo("Asia/Pontianak"))
    Case.objects.filter(pk=privacy.case.pk).update(closed_at=late)
    assert due()


def test_a_leap_day_is_never_counted_short(privacy):
    privacy.closed()
    ended = datetime(2018, 2, 28, 12, tzinfo=ZoneInfo("Asia/Pontianak"))
    Case.objects.filter(pk=privacy.case.pk).update(closed_at=ended)
    assert due(date(2028, 2, 27)) == set()
    assert due(date(2028, 2, 29))


def test_a_report_of_a_case_goes_with_the_case(privacy, world):
    alone = world.report()
    triage.set_aside(alone, because="not_a_report", by=world.rina, at=world.at)
    assert due(date(2027, 8, 3)) == {("report_set_aside", f"intake.report:{alone.pk}")}


def test_a_report_passed_outside_and_a_complaint_have_their_years(world):
    passed = world.report()
    triage.pass_on(passed, note="Kantor Imigrasi", by=world.rina, at=world.at)
    complaint, _receipt = complaints.receive(complaints.Told("Petugas kasar"), token=receipts.new_token(), at=world.at)
    Complaint.objects.filter(pk=complaint.pk).update(status="answered", answered_at=world.at)
    assert due(date(2031, 8, 2)) == {("report_passed_on", f"intake.report:{passed.pk}")}
    assert ("complaint", f"intake.complaint:{complaint.pk}") in due(date(2031, 8, 3))


def test_a_person_in_no_case_is_erased_after_a_year(world):
    person = identities.record(name="Kenanga", by=world.rina, at=world.at)
    assert due() == set()
    assert due(date(2027, 8, 3)) == {("person_without_case", f"persons.person:{person.pk}")}
    one = retention.propose(person, by=world.yanti, at=world.later(days=400))
    retention.confirm(one, notice="unreachable", by=world.wulan, at=world.later(days=400))
    assert world.anew(one).what == {"persons": 1}


def test_agencies_see_their_own(privacy, world):
    privacy.closed(years=11)
    assert retention.due(on=TODAY, agencies=Agency.objects.filter(pk=world.uptd_sambas.pk)) == []
    assert len(retention.due_for(world.yanti, on=TODAY)) == 1


def test_a_hold_has_a_reason_of_the_list_and_stands_once(privacy, world):
    with pytest.raises(NotAllowed):
        retention.hold(privacy.case, reason="because", words="", by=world.yanti, at=world.at)
    held = retention.hold(privacy.case, reason="audit", words="", by=world.yanti, at=world.at)
    with pytest.raises(NotAllowed):
        retention.hold(privacy.case, reason="audit", words="", by=world.wulan, at=world.at)
    retention.lift(held, by=world.wulan, at=world.at)
    assert retention.hold(privacy.case, reason="audit", words="", by=world.yanti, at=world.at)


def test_what_was_erased_is_not_erased_held_or_proposed_again(privacy, world):
    privacy.closed(years=11)
    one = retention.propose(privacy.case, by=world.yanti, at=world.at)
    with pytest.raises(NotAllowed):
        retention.propose(privacy.case, by=world.wulan, at=world.at)
    retention.confirm(one, notice="told", by=world.wulan, at=world.at)
    assert due() == set()
    case = world.anew(privacy.case)
    for act in (lambda: retention.propose(case, by=world.yanti, at=world.at),
                lambda: retention.hold(case, reason="audit", words="", by=world.yanti, at=world.at),
                lambda: retention.take_back(one, by=world.yanti, at=world.at)):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()
