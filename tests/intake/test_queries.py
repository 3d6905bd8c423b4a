"""Lists of reports: who sees which, in which order, for the same number of queries whatever their length."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.agencies import exclusions
from simpul.intake import jobs, queries, reports, triage
from simpul.journal.acts import Act
from simpul.journal.entries import enter


def lists(officer):
    return {
        "queue": queries.queue(officer),
        "all": queries.report_list(officer),
        "by kind": queries.report_list(officer, kind="sexual"),
        "new messages": queries.with_new_messages(officer),
    }


def shown(reports_):
    """A list as a page shows it."""
    return [(r.number, r.place and r.place.name, r.agency and r.agency.name, r.kinds, r.urgency) for r in reports_]


@pytest.mark.parametrize("name", ["queue", "all", "by kind", "new messages"])
def test_a_list_costs_one_query_for_one_row_and_for_thirty(world, now, name):
    for count in (1, 29):
        for _i in range(count):
            reports.add_message(world.report(kinds=["sexual"]), text="Halo", at=now)
        with CaptureQueriesContext(connection) as taken:
            rows = shown(lists(world.rina)[name])
        assert rows
        assert len(taken) == 1
        assert "statement" not in taken[0]["sql"]
    assert len(rows) == 30


@pytest.mark.parametrize("who", ["siti", "budi", "dewi", "tono", "wulan"])
def test_a_stranger_has_empty_lists(world, now, who):
    reports.add_message(world.report(kinds=["sexual"]), text="Halo", at=now)
    assert all(rows.exists() for rows in lists(world.rina).values())
    assert not any(rows.exists() for rows in lists(getattr(world, who)).values())


def test_who_is_kept_out_finds_the_report_in_no_list(world, now):
    report = world.report(kinds=["sexual"], contact="0812 5555 0101")
    reports.add_message(report, text="Halo", at=now)
    jobs.index_contacts(at=now)
    assert queries.report_list(world.rina, text="081255550101").exists()
    exclusions.keep_out(report, officer=world.rina, by=world.yanti, at=now)
    assert not any(rows.exists() for rows in lists(world.rina).values())
    assert not queries.report_list(world.rina, text=report.number).exists()
    assert not queries.report_list(world.rina, text="081255550101").exists()


def test_the_queue_holds_what_waits_most_urgent_first(world, now):
    quiet, danger, decided = world.report(), world.report(danger="yes_now"), world.report()
    triage.set_aside(decided, because="not_a_report", by=world.rina, at=now)
    assert list(queries.queue(world.rina)) == [danger, quiet]


def test_the_list_is_narrowed_by_status_place_and_kind(world, now):
    one = world.report(kinds=["sexual"], place="61.07.01")
    other = world.report(kinds=["locked_up", "unpaid_work"])
    triage.set_aside(other, because="not_a_report", by=world.rina, at=now)
    assert list(queries.report_list(world.rina)) == [other, one]
    assert list(queries.report_list(world.rina, status="set_aside")) == [other]
    assert list(queries.report_list(world.rina, place="61.07.01")) == [one]
    assert list(queries.report_list(world.rina, kind="unpaid_work")) == [other]
    assert not queries.report_list(world.rina, kind="unpaid").exists()


def test_a_report_is_found_by_its_number_and_by_the_telephone_of_its_reporter(world, now):
    report = world.report(contact="0812-5555-0101")
    world.report(contact="0812-5555-0202")
    jobs.index_contacts(at=now)
    for text in (report.number.lower(), f" {report.number} ", "+62 812 5555 0101", "081255550101"):
        assert list(queries.report_list(world.rina, text=text)) == [report]
    assert not queries.report_list(world.rina, text="0812").exists()
    assert not queries.report_list(world.rina, text="Melati").exists()


def test_the_reports_of_a_case_are_in_the_order_they_came(world, now):
    case = world.case()
    later = world.report(at=world.later(hours=1))
    triage.accept(later, into=case, by=world.rina, at=world.later(hours=2))
    assert list(queries.of_case(case))[1] == later


def test_the_alarm_stands_until_a_check_has_passed(world, now):
    assert queries.intake_is_down() is None
    enter(Act.INTAKE_ALARM, on="intake.check", by=None, at=now)
    assert queries.intake_is_down()
    enter(Act.INTAKE_CHECKED, on="intake.check", by=None, at=now)
    assert queries.intake_is_down() is None
