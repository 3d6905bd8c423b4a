"""The door of a report: who finds it, who reads it, and that every reading is written down."""

import pytest

from simpul.agencies import exclusions
from simpul.cases import files
from simpul.intake import access, attachments, reports, tracking, triage
from simpul.intake.models import Message, Report
from simpul.journal.models import Entry
from simpul.journal.queries import readings_of
from simpul.lib.rules import NotAllowed, NotFound

STRANGERS = ["siti", "budi", "agus", "dewi", "tono", "wulan"]
READINGS = [access.read, access.read_contact, access.read_messages]


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_finds_nothing_and_leaves_no_entry(world, who):
    report = world.report()
    assert access.report_for(world.rina, report.number) == report
    entries = Entry.objects.count()
    with pytest.raises(NotFound):
        access.report_for(getattr(world, who), report.number)
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_reads_nothing_even_with_the_report_in_hand(world, now, reading, who):
    report = world.report(contact="0812 5555 0101")
    reports.add_message(report, text="Tolong.", at=now)
    entries = Entry.objects.count()
    with pytest.raises(NotFound):
        reading(report, by=getattr(world, who), at=now)
    assert Entry.objects.count() == entries
    assert reading(report, by=world.rina, at=now)


@pytest.mark.parametrize("reading", READINGS)
def test_nobody_reads_before_acknowledging_the_duty_of_secrecy(world, now, reading):
    report = world.report()
    world.rina.acknowledged_at = None
    with pytest.raises(NotAllowed, match="24"):
        reading(report, by=world.rina, at=now)
    assert not readings_of(report).exists()


def test_reading_opens_the_words_and_is_written_down(world, now):
    report = world.report("Dia dikurung.", where="dekat pasar", when="kemarin")
    told = access.read(access.report_for(world.rina, report.number), by=world.rina, at=now)
    assert told == {"statement": "Dia dikurung.", "where": "dekat pasar", "when": "kemarin", "note": ""}
    entry = readings_of(report).get()
    assert (entry.act, entry.officer_id, entry.agency_id) == ("report.read", world.rina.pk, world.uptd.pk)


def test_the_first_reading_is_kept_and_a_second_changes_no_decision(world, now):
    report = world.report()
    access.read(report, by=world.rina, at=world.later(hours=1))
    assert report.status == Report.Status.READING
    access.read(world.anew(report), by=world.lina, at=world.later(hours=2))
    assert world.anew(report).first_read_at == world.later(hours=1)
    old = world.anew(report)
    triage.set_aside(report, because="not_a_report", by=world.rina, at=now)
    old.status = Report.Status.RECEIVED
    access.read(old, by=world.lina, at=world.later(hours=3))
    assert world.anew(report).status == Report.Status.SET_ASIDE


def test_the_contact_is_a_reading_of_its_own(world, now):
    report = world.report(contact="0812 5555 0101", contact_name="Yosef", contact_safely="Malam")
    assert access.read_contact(report, by=world.rina, at=now)["contact"] == "0812 5555 0101"
    assert [entry.act for entry in readings_of(report)] == ["report.contact_read"]


def test_messages_that_were_read_are_no_longer_new(world, now):
    report = world.report()
    reports.add_message(report, text="Satu.", at=now)
    assert [m.text.opened() for m in access.read_messages(report, by=world.rina, at=now)] == ["Satu."]
    assert world.anew(report).unread == 0
    assert Message.objects.get().seen_at == now


def test_a_message_that_came_meanwhile_stays_new(world, now):
    report = world.report()
    reports.add_message(report, text="Satu.", at=now)
    seen = world.anew(report)
    reports.add_message(tracking.report_of(report.receipt), text="Dua.", at=now)
    access.read_messages(seen, by=world.rina, at=now)
    assert world.anew(report).unread == 1


def test_reading_no_message_is_no_reading(world, now):
    report = world.report()
    assert access.read_messages(report, by=world.rina, at=now) == []
    assert not readings_of(report).exists()


def test_who_works_on_the_case_reads_the_report_it_grew_from(world, now):
    case = world.case()
    report = case.reports.get()
    with pytest.raises(NotFound):
        access.read(report, by=world.agus, at=now)
    files.assign(case, officer=world.agus, by=world.rina, at=now)
    assert access.read(report, by=world.agus, at=now)["statement"]


def test_who_is_kept_out_of_the_report_does_not_read_it_through_the_case(world, now):
    case = world.case()
    report = case.reports.get()
    files.assign(case, officer=world.agus, by=world.rina, at=now)
    assert access.read(report, by=world.agus, at=now)
    exclusions.keep_out(report, officer=world.agus, by=world.yanti, at=now)
    with pytest.raises(NotFound):
        access.read(report, by=world.agus, at=now)


def test_a_file_is_found_by_who_reads_the_report_and_by_nobody_else(world, now):
    attachment = attachments.add(world.report(), attachments.prepare(b"%PDF-1"), at=now)
    assert access.attachment_for(world.rina, attachment.pk) == attachment
    for who in STRANGERS:
        with pytest.raises(NotFound):
            access.attachment_for(getattr(world, who), attachment.pk)


def test_a_file_is_found_in_the_case_that_grew_from_its_report_and_in_no_other(world):
    report = world.report(files=[attachments.prepare(b"%PDF-1")])
    case = triage.accept(report, by=world.rina, at=world.at)
    file = report.attachments.get()
    assert access.attachment_in(case, file.pk, by=world.rina) == file
    with pytest.raises(NotFound):
        access.attachment_in(world.case(), file.pk, by=world.rina)
    exclusions.keep_out(report, officer=world.rina, by=world.yanti, at=world.at)
    with pytest.raises(NotFound):
        access.attachment_in(case, file.pk, by=world.rina)


def test_statements_are_compared_by_who_may_read_them_and_each_is_a_reading(world, now):
    mine, other = world.report("Gaji tidak dibayar."), world.report("Paspor ditahan.")
    elsewhere = world.report("Di Sambas.", place="61.01.01")
    exclusions.keep_out(other, officer=world.rina, by=world.yanti, at=now)
    told = access.read_statements([mine, other, elsewhere], by=world.rina, at=now)
    assert told == {mine.pk: "Gaji tidak dibayar."}
    (reading,) = readings_of(mine)
    assert (reading.act, reading.officer_id, reading.facts) == ("report.read", world.rina.pk, {"compared": True})
    mine.refresh_from_db()
    assert mine.status == Report.Status.RECEIVED
    for who in STRANGERS:
        assert access.read_statements([mine, other], by=getattr(world, who), at=now) == {}
