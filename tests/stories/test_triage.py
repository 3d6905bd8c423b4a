"""Decisions on reports: by name, undone where that is possible, and merged reports stay whole."""

from simpul.intake import access, tracking, triage
from simpul.intake.models import Report
from simpul.journal.queries import readings_of
from simpul.obligations import book
from simpul.obligations.queries import escalated_to


def test_danger_is_read_within_the_hour_or_the_head_of_the_unit_hears_of_it(world):
    report = world.report(danger="yes_now")
    book.let_time_pass(at=world.later(minutes=59))
    assert not escalated_to(world.yanti).exists()
    book.let_time_pass(at=world.later(minutes=61))
    assert escalated_to(world.yanti).get().number == report.number


def test_two_reports_of_one_event_keep_both_originals_and_the_reporter_follows(world, now):
    first, second = world.report("Yang pertama."), world.report("Yang kedua.")
    triage.merge(first, into=second, by=world.rina, at=now)
    triage.accept(world.anew(second), by=world.rina, at=world.later(hours=1))
    mine = tracking.report_of(first.receipt)
    assert mine.statement.opened() == "Yang pertama."
    assert tracking.report_of(second.receipt).statement.opened() == "Yang kedua."
    assert tracking.status_code(mine) == Report.Status.ACCEPTED
    assert world.anew(second).case.reports.count() == 2


def test_a_decision_can_be_undone_by_another_officer_and_nothing_is_lost(world, now):
    report = world.report("Bukan lelucon.")
    triage.set_aside(report, because="not_a_report", note="Diduga lelucon", by=world.rina, at=now)
    assert not Report.objects.visible_to(world.rina).waiting().exists()
    triage.take_up_again(report, by=world.yanti, at=world.later(hours=1))
    assert world.owed("triage", on=report).opened_at == world.later(hours=1)
    case = triage.accept(world.anew(report), by=world.yanti, at=world.later(hours=2))
    assert case.reports.get().statement.opened() == "Bukan lelucon."


def test_every_reading_of_a_report_is_written_down(world, now):
    report = world.report(contact="0812 5555 0101")
    triage.write(report, text="Halo.", by=world.rina, at=now)
    assert not readings_of(report).exists()
    for officer in (world.rina, world.lina):
        access.read(report, by=officer, at=now)
        access.read_contact(report, by=officer, at=now)
        access.read_messages(report, by=officer, at=now)
    assert [(entry.act, entry.officer_id) for entry in readings_of(report).order_by("number")] == [
        (act, officer.pk)
        for officer in (world.rina, world.lina)
        for act in ("report.read", "report.contact_read", "messages.read")
    ]
