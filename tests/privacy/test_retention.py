"""What has run out, rule by rule (the two people and what goes: tests/stories/test_retention.py)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from simpul.agencies import exclusions
from simpul.agencies.models import Agency
from simpul.cases.models import Case
from simpul.intake import complaints, receipts, triage
from simpul.intake.models import Complaint
from simpul.lib.rules import NotAllowed
from simpul.migrants import screening
from simpul.migrants.models import Returnee, Worker
from simpul.persons import identities
from simpul.persons.models import Person
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


def in_register(world, *, changed, **told):
    """A worker of Jagoi whose entry was last changed on a day."""
    worker = world.homecoming.worker(**told)
    Worker.objects.filter(pk=worker.pk).update(noted_at=datetime(*changed, 12, tzinfo=ZoneInfo("Asia/Pontianak")))
    return worker


def reported(home, returnee):
    """The report that a screening made."""
    at = home.world.at
    return screening.note(returnee, answers={"debt": "yes"}, finding="indications", by=home.hadi, at=at).report


@pytest.fixture
def home(homecoming, world):
    world.homecoming = homecoming
    return homecoming


def test_who_was_sent_home_is_kept_five_years_after_the_last_arrival(home, world):
    returnee = home.returnee(arrived_on=date(2021, 8, 3))
    person = f"persons.person:{returnee.person_id}"
    assert due() == {("person_sent_home", person)}
    assert due(date(2026, 8, 2)) == set()
    again = home.returnee(name="x", arrived_on=date(2022, 1, 1))
    alone = again.person_id
    Returnee.objects.filter(pk=again.pk).update(person=returnee.person)
    Worker.objects.filter(person=alone).update(person=returnee.person)
    Person.objects.filter(pk=alone).delete()
    assert due(date(2026, 12, 31)) == set()
    assert due(date(2027, 1, 1)) == {("person_sent_home", person)}


def test_who_stands_in_the_register_is_kept_two_years_after_the_last_change(home, world):
    worker = in_register(world, changed=(2024, 8, 3))
    assert due() == {("person_in_register", f"persons.person:{worker.person_id}")}
    assert due(date(2026, 8, 2)) == set()


@pytest.mark.parametrize("status", ["candidate", "abroad"])
def test_who_is_away_is_what_the_register_is_for(home, world, status):
    in_register(world, changed=(2001, 1, 1), status=status)
    left = home.returnee(arrived_on=date(2001, 1, 1))
    Worker.objects.filter(person=left.person).update(status=status)
    assert due() == set()
    Worker.objects.update(status="returned")
    assert len(due()) == 2


def test_a_change_in_the_register_keeps_who_was_sent_home_and_the_entry_of_the_manifest_is_none(home, world):
    returnee = home.returnee(arrived_on=date(2021, 8, 3))
    now = Worker.objects.get(person=returnee.person)
    assert now.noted_at == world.at
    assert due()
    home.worker(earlier=now, status="returned")
    assert due() == set()
    assert due(date(2031, 8, 2)) == set()
    found = retention.due(on=date(2031, 8, 3), agencies=Agency.objects.all())
    assert [(one.rule, one.since) for one in found] == [("person_sent_home", date(2026, 8, 3))]


def test_while_a_case_that_grew_from_a_screening_is_open_the_person_is_kept(home, world):
    returnee = home.returnee(arrived_on=date(2021, 8, 3))
    report = reported(home, returnee)
    case = triage.accept(report, by=world.rina, at=world.at)
    assert due() == set()
    with pytest.raises(NotAllowed):
        retention.check_may_be_erased(returnee.person, on=TODAY)
    Case.objects.filter(pk=case.pk).update(stage="closed", closed_at=world.at)
    assert due()


@pytest.mark.parametrize("of", ["person", "report", "case"])
def test_a_hold_covers_whoever_was_sent_home(home, world, of):
    returnee = home.returnee(arrived_on=date(2021, 8, 3))
    report = reported(home, returnee)
    case = triage.accept(report, by=world.rina, at=world.at)
    Case.objects.filter(pk=case.pk).update(stage="closed", closed_at=world.at)
    assert due()
    thing = {"person": returnee.person, "report": world.anew(report), "case": case}[of]
    held = retention.hold(thing, reason="audit", words="", by=world.wulan, at=world.at)
    assert due() == set()
    with pytest.raises(NotAllowed, match="penangguhan"):
        retention.check_may_be_erased(returnee.person, on=TODAY)
    retention.lift(held, by=world.wulan, at=world.at)
    assert retention.check_may_be_erased(returnee.person, on=TODAY) == "person_sent_home"


def test_two_people_erase_who_was_sent_home(home, world):
    returnee = home.returnee(arrived_on=date(2021, 8, 3))
    erasure = retention.propose(returnee.person, by=home.nia, at=world.at)
    with pytest.raises(NotAllowed):
        retention.confirm(erasure, notice="unreachable", by=home.nia, at=world.at)
    retention.confirm(erasure, notice="unreachable", by=world.wulan, at=world.at)
    assert world.anew(returnee.person.data_key).destroyed_at
    assert due() == set()


def test_who_is_kept_out_of_a_return_does_not_find_it_among_what_has_run_out(home, world):
    returnee = home.returnee(arrived_on=date(2021, 8, 3))
    assert retention.due_for(world.wulan, on=TODAY)
    exclusions.keep_out(returnee, officer=world.wulan, by=None, at=world.at)
    assert retention.due_for(world.wulan, on=TODAY) == []
    assert retention.due_for(home.nia, on=TODAY)
    with pytest.raises(NotAllowed):
        retention.propose(returnee.person, by=world.wulan, at=world.at)


def test_who_was_kept_for_a_return_is_due_once_the_case_is_gone(home, privacy, world):
    returnee = home.returnee(arrived_on=date(2021, 8, 3))
    Returnee.objects.filter(pk=returnee.pk).update(person=privacy.person)
    Worker.objects.update(person=privacy.person)
    Person.objects.filter(pk=returnee.person_id).delete()
    privacy.closed(years=11)
    file = f"persons.person:{privacy.person.pk}"
    assert ("person_sent_home", file) not in due()
    one = retention.propose(privacy.case, by=world.yanti, at=world.at)
    retention.confirm(one, notice="told", by=world.wulan, at=world.at)
    assert due() == {("person_sent_home", file)}


def test_of_many_the_oldest_are_shown_and_what_is_held_takes_no_place(home, world, monkeypatch):
    monkeypatch.setattr(retention, "AT_MOST", 2)
    workers = [in_register(world, changed=(2020, month, 1)) for month in (4, 3, 2, 1)]
    retention.hold(workers[3].person, reason="audit", words="", by=world.wulan, at=world.at)
    found = retention.due(on=TODAY, agencies=Agency.objects.all())
    assert [one.file for one in found] == [f"persons.person:{worker.person_id}" for worker in (workers[2], workers[1])]


def test_a_hold_on_a_report_that_became_no_case_covers_whoever_it_is_about(home, world):
    returnee = home.returnee(arrived_on=date(2021, 8, 3))
    report = reported(home, returnee)
    triage.set_aside(report, because="not_a_report", by=world.rina, at=world.at)
    assert due()
    retention.hold(world.anew(report), reason="audit", words="", by=world.wulan, at=world.at)
    assert due() == set()
    with pytest.raises(NotAllowed, match="penangguhan"):
        retention.check_may_be_erased(returnee.person, on=TODAY)
