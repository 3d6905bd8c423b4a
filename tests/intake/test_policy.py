"""What an officer may do with a report."""

import pytest

from simpul.agencies import exclusions
from simpul.cases import files
from simpul.intake import policy
from simpul.intake.models import Report
from simpul.lib.rules import NotAllowed, allows


@pytest.mark.parametrize(
    ("who", "may"),
    [("rina", True), ("yanti", True), ("lina", True), ("siti", False), ("budi", False), ("dewi", False),
     ("tono", False), ("wulan", False), ("agus", False)],
)  # fmt: skip
def test_who_reads_a_report_decides_on_it_and_nobody_else(world, who, may):
    assert allows(policy.check_may_decide, world.report(), by=getattr(world, who)) is may


def test_who_is_kept_out_decides_nothing(world, now):
    report = world.report()
    assert allows(policy.check_may_decide, report, by=world.rina)
    exclusions.keep_out(report, officer=world.rina, by=world.yanti, at=now)
    assert not allows(policy.check_may_decide, report, by=world.rina)
    assert allows(policy.check_may_decide, report, by=world.yanti)


def test_who_works_on_the_case_writes_to_the_reporter_and_decides_nothing(world, now):
    case = world.case()
    report = case.reports.get()
    assert not allows(policy.check_may_write, report, by=world.agus)
    files.assign(case, officer=world.agus, by=world.rina, at=now)
    assert allows(policy.check_may_write, report, by=world.agus)
    assert not allows(policy.check_may_decide, report, by=world.agus)
    exclusions.keep_out(report, officer=world.agus, by=world.yanti, at=now)
    assert not allows(policy.check_may_write, report, by=world.agus)


@pytest.mark.parametrize("status", Report.Status)
def test_a_decision_follows_only_where_it_may(status):
    report = Report(status=status)
    for following in Report.Status:
        may = allows(policy.check_status_may_follow, report, following)
        assert may is (following in Report.NEXT[status])


def test_the_refusal_says_what_became_of_the_report():
    with pytest.raises(NotAllowed) as refused:
        policy.check_status_may_follow(Report(status="accepted"), "merged")
    assert str(Report.Status.ACCEPTED.label) in str(refused.value)


@pytest.mark.parametrize(("who", "may"), [("rina", True), ("budi", True), ("dewi", False), ("tono", False)])
def test_event_codes_are_made_by_who_meets_people(world, who, may):
    assert allows(policy.check_may_make_event_codes, getattr(world, who)) is may
