"""Reports come in: sealed, numbered without gaps, given to an agency, and a form sent twice is one report."""

from datetime import UTC, datetime
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from simpul.agencies import exclusions
from simpul.cases import referrals
from simpul.intake import attachments, receipts, reports, tracking, triage
from simpul.intake.models import Attachment, Message, Report
from simpul.intake.urgency import urgency_of
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from tests.lasting import at_once, lasting, transactional_db  # noqa: F401
from tests.world import JAGOI


def told(statement="Tetangga saya dikurung di kebun.", **more):
    return reports.Told(statement=statement, **({"place": JAGOI} | more))


def receive(what, *, at, token=None, **more):
    return reports.receive(what, token=token or receipts.new_token(), at=at, **more)


def test_only_what_happened_is_needed(world, now):
    report, receipt = receive(reports.Told(statement="Ada yang dikurung."), at=now)
    assert tracking.report_of(receipt) == report
    assert report.agency == world.uptd_province


def test_everything_that_is_told_is_kept(world, now):
    words = {
        "where": "dekat gereja", "when": "malam Minggu", "contact_name": "Yosef", "contact": "0812 5555 0101",
        "contact_safely": "Hanya malam.\nJangan SMS.",
    }  # fmt: skip
    facts = {
        "danger": "maybe_soon", "happened": "now", "people": "one", "children": "yes", "relation": "family",
        "contact_is_safe": "yes",
    }  # fmt: skip
    report, _receipt = receive(told(kinds=["sexual", "locked_up"], involves=["police"], **words, **facts), at=now)
    report = world.anew(report)
    assert {name: getattr(report, name).opened() for name in words} == words
    assert {name: getattr(report, name) for name in facts} == facts
    assert report.kinds == ["locked_up", "sexual"]
    assert report.involves == ["police"]
    assert report.has_contact


def test_control_signs_are_taken_out_and_lines_are_kept(world, now):
    report, _receipt = receive(told("Satu\x00\x1b[31m\r\nDua\u202e"), at=now)
    assert report.statement.opened() == "Satu[31m\nDua"


def test_numbers_run_on_and_begin_anew_with_the_year_of_the_office(world):
    last = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)
    first = datetime(2026, 12, 31, 17, 1, tzinfo=UTC)
    numbers = [receive(told(), at=at)[0].number for at in (last, last, first)]
    assert numbers == ["L-2026-000001", "L-2026-000002", "L-2027-000001"]


def refused(at):
    """A report from a place that does not exist: the database refuses it at the end of the transaction."""
    with transaction.atomic():
        receive(told(place="61.99.99.9999"), at=at)
        connection.check_constraints()


def test_a_report_that_was_refused_gives_its_number_back(world, now):
    with pytest.raises(IntegrityError):
        refused(now)
    assert receive(told(), at=now)[0].number == "L-2026-000001"


def test_the_hourly_check_takes_no_number_of_a_report(world, now):
    check, _receipt = receive(told(), token=receipts.new_check_token(), at=now)
    assert check.is_check
    assert check.number == "CEK-000001"
    assert check.agency is None
    assert receive(told(), at=now)[0].number == "L-2026-000001"


@pytest.mark.parametrize(("danger", "rule"), [("yes_now", "triage_danger"), ("maybe_soon", "triage"), ("", "triage")])
def test_the_clock_of_triage_begins_with_the_report(world, danger, rule):
    report = world.report(danger=danger)
    owed = world.owed(rule, on=report)
    assert owed.owed_by == world.uptd
    assert owed.opened_at == world.at


def test_the_journal_tells_that_a_report_came_and_not_what_it_says(world, now):
    report = world.report("Namanya Melati.", contact="0812 5555 0101")
    for entry in Entry.objects.filter(file=f"intake.report:{report.pk}"):
        assert "Melati" not in str(entry.facts)
        assert "5555" not in str(entry.facts)
    assert Entry.objects.filter(act="report.received", officer_id=None).count() == 1


def test_a_form_sent_twice_is_one_report(world, now):
    token = receipts.new_token()
    one, receipt = receive(told(), token=token, at=now)
    again, same = receive(told(), token=token, at=world.later(minutes=1))
    assert (again.pk, same) == (one.pk, receipt)
    assert Report.objects.count() == 1
    assert not Message.objects.exists()
    assert world.anew(one).unread == 0


def test_what_is_new_in_the_second_form_is_added(world, now):
    token = receipts.new_token()
    pdf = attachments.prepare(b"%PDF-1 satu")
    receive(told(files=[pdf]), token=token, at=now)
    changed = told("Tetangga saya dikurung, dan adiknya juga.", files=[pdf, attachments.prepare(b"%PDF-1 dua")])
    for minutes in (1, 2):
        report, receipt = receive(changed, token=token, at=world.later(minutes=minutes))
    mine = tracking.report_of(receipt)
    assert mine.statement.opened() == "Tetangga saya dikurung di kebun."
    assert [m.text.opened() for m in mine.messages.all()] == ["Tetangga saya dikurung, dan adiknya juga."]
    assert Attachment.objects.filter(report=report).count() == 2


def test_a_file_forgotten_the_first_time_is_not_lost(world, now):
    token = receipts.new_token()
    receive(told(), token=token, at=now)
    report, _receipt = receive(told(files=[attachments.prepare(b"%PDF-1")]), token=token, at=world.later(minutes=1))
    assert report.attachments.count() == 1


def test_later_answers_of_the_same_form_count(world, now):
    token = receipts.new_token()
    receive(told(danger="no", contact="0812 1"), token=token, at=now)
    report, _receipt = receive(
        told(danger="yes_now", contact="0812 5555 0101", children="yes"), token=token, at=world.later(minutes=1)
    )
    report = world.anew(report)
    assert (report.danger, report.children) == ("yes_now", "yes")
    assert report.contact.opened() == "0812 5555 0101"
    assert report.urgency >= 100
    assert world.owed("triage_danger", on=report)


def test_an_office_named_in_the_second_form_is_kept_out_and_its_clocks_go_elsewhere(world, now):
    token = receipts.new_token()
    report, _receipt = receive(told(), token=token, at=now)
    assert report.agency == world.uptd
    assert Report.objects.visible_to(world.rina).exists()
    receive(told(involves=["uptd_ppa"]), token=token, at=world.later(minutes=1))
    assert not Report.objects.visible_to(world.rina).exists()
    report = world.anew(report)
    assert report.agency == world.uptd_province
    assert world.owed("triage", on=report).owed_by == world.uptd_province


def test_after_a_decision_the_second_form_changes_no_fact(world, now):
    token = receipts.new_token()
    report, _receipt = receive(told(danger="no"), token=token, at=now)
    triage.accept(report, by=world.rina, at=now)
    receive(told("Dan sekarang ia dipukul.", danger="yes_now"), token=token, at=world.later(days=1))
    report = world.anew(report)
    assert report.danger == "no"
    assert report.messages.count() == 1


def test_the_reporter_adds_words_and_the_desk_owes_an_answer(world, now):
    report = world.report()
    reports.add_message(tracking.report_of(report.receipt), text=" Dia pindah. ", at=world.later(hours=1))
    assert Message.objects.get().text.opened() == "Dia pindah."
    assert world.anew(report).unread == 1
    assert world.owed("answer_reporter", on=report).owed_by == world.uptd


def test_nothing_at_all_is_no_message(world, now):
    report = world.report()
    reports.add_message(report, text=" \n ", at=now)
    assert world.anew(report).unread == 0
    assert world.owed("answer_reporter", on=report) is None


def test_two_messages_before_an_answer_owe_one_answer(world, now):
    report = world.report()
    for hours in (1, 2):
        reports.add_message(report, text="Tolong.", at=world.later(hours=hours))
    assert world.anew(report).unread == 2
    assert world.owed("answer_reporter", on=report).opened_at == world.later(hours=1)


def test_the_receipt_is_saved_once(world, now):
    report = world.report()
    reports.receipt_saved(report, at=now)
    reports.receipt_saved(report, at=world.later(hours=1))
    assert world.anew(report).receipt_saved_at == now
    assert Entry.objects.filter(act="receipt.saved").count() == 1


def test_keeping_the_reading_agency_out_gives_report_and_clocks_to_another(world, now):
    report = world.report()
    lead = world.lead_of_province()
    reports.keep_out(report, agency=world.uptd, by=lead, at=now)
    report = world.anew(report)
    assert report.agency == world.uptd_province
    assert world.owed("triage", on=report).owed_by == world.uptd_province
    assert not Report.objects.visible_to(world.rina).exists()


def test_keeping_somebody_out_of_a_report_keeps_them_out_of_its_case(world, now):
    case = world.case()
    reports.keep_out(case.reports.get(), agency=world.police, by=world.yanti, at=now)
    assert exclusions.keeps_out(case, world.police)


def test_the_agency_that_keeps_the_case_is_not_silently_kept_out_of_it(world, now):
    case = world.case()
    with pytest.raises(NotAllowed):
        reports.keep_out(case.reports.get(), agency=world.uptd, by=world.lead_of_province(), at=now)
    assert not exclusions.of(case).exists()


def test_who_may_not_read_a_report_keeps_nobody_out_of_it(world, now):
    report = world.report()
    world.siti.role = "supervisor"
    with pytest.raises(NotAllowed):
        reports.keep_out(report, agency=world.police, by=world.siti, at=now)


def test_reports_at_the_same_moment_get_numbers_without_gaps(lasting, now):  # noqa: F811
    results = at_once(*[partial(receive, told(), at=now) for _i in range(6)])
    assert sorted(report.number for report, _receipt in results) == [f"L-2026-{n:06d}" for n in range(1, 7)]


def test_the_same_form_arriving_twice_at_the_same_moment_is_one_report(lasting, now):  # noqa: F811
    token = receipts.new_token()
    results = at_once(*[partial(receive, told(), token=token, at=now) for _i in range(4)])
    assert len({report.pk for report, _receipt in results}) == 1
    assert Report.objects.count() == 1
    assert not Message.objects.exists()


def test_messages_at_the_same_moment_are_all_counted(lasting, now):  # noqa: F811
    receipt = lasting.report().receipt
    acts = [partial(reports.add_message, tracking.report_of(receipt), text=f"Pesan {n}", at=now) for n in range(4)]
    assert at_once(*acts) == [None] * 4
    assert Report.objects.get().unread == 4
    assert Message.objects.count() == 4


def test_who_is_kept_out_of_a_case_is_kept_out_of_the_reports_it_grew_from(world):
    case = world.case()
    report = case.reports.get()
    assert Report.objects.visible_to(world.lina).filter(pk=report.pk).exists()
    reports.keep_out_of_case(case, officer=world.lina, by=world.yanti, at=world.at)
    assert not Report.objects.visible_to(world.lina).filter(pk=report.pk).exists()


def test_the_agency_that_keeps_a_case_is_not_kept_out_of_it(world):
    case = world.case()
    with pytest.raises(NotAllowed):
        reports.keep_out_of_case(case, agency=world.uptd, by=world.lead_of_province(), at=world.at)
    assert not exclusions.of(case).exists()


def test_whoever_is_kept_out_of_a_case_opens_no_link_that_is_out(world, now):
    case = world.case()
    service = world.service(world.victim(case))
    referral = referrals.send(
        service, to=world.dinsos, need="Tempat", fields=[], basis="vital_interests", basis_reason="Bahaya",
        by=world.rina, at=now,
    )  # fmt: skip
    other = referrals.send(
        service, to=world.hospital, need="Tempat", fields=[], basis="vital_interests", basis_reason="Bahaya",
        by=world.rina, at=now,
    )  # fmt: skip
    shut, _token, _code = referrals.link(referral, by=world.rina, at=now)
    kept, _token, _code = referrals.link(other, by=world.rina, at=now)
    reports.keep_out_of_case(case, agency=world.dinsos, by=world.yanti, at=now)
    assert (world.anew(shut).status, world.anew(kept).status) == ("ended", "made")


def test_whoever_is_kept_out_of_a_report_opens_no_link_into_the_case_that_grew_from_it(world, now):
    case = world.case()
    referral = referrals.send(
        world.service(world.victim(case)), to=world.dinsos, need="Tempat", fields=[], basis="vital_interests",
        basis_reason="Bahaya", by=world.rina, at=now,
    )  # fmt: skip
    parcel, _token, _code = referrals.link(referral, by=world.rina, at=now)
    reports.keep_out(case.reports.get(), agency=world.dinsos, by=world.yanti, at=now)
    assert world.anew(parcel).status == "ended"


@pytest.mark.parametrize("of", ["the report", "the one merged into it"])
def test_whoever_is_kept_out_of_a_report_is_kept_out_of_those_of_the_same_event(world, now, of):
    report, other = world.report(), world.report()
    triage.merge(other, into=report, by=world.rina, at=now)
    told = report if of == "the report" else other
    assert Report.objects.visible_to(world.lina).count() == 2
    reports.keep_out(world.anew(told), officer=world.lina, by=world.yanti, at=now)
    assert not Report.objects.visible_to(world.lina).exists()


def test_a_report_merged_into_a_case_shuts_the_links_of_whom_it_keeps_out(world, now):
    case = world.case()
    referral = referrals.send(
        world.service(world.victim(case)), to=world.police, need="Perlindungan", fields=[], basis="vital_interests",
        basis_reason="Bahaya", by=world.rina, at=now,
    )  # fmt: skip
    parcel, _token, _code = referrals.link(referral, by=world.rina, at=now)
    triage.merge(world.report(involves=["police"]), into=case.reports.get(), by=world.rina, at=now)
    assert world.anew(parcel).status == "ended"


def test_an_officer_who_learned_more_adds_it_and_no_answer_is_owed(world, now):
    report = world.report()
    assert reports.tell_more(report, text="Ada dua orang lagi.", by=world.siti, at=now)
    message = report.messages.get()
    assert (message.sender, message.text.opened()) == ("reporter", "Ada dua orang lagi.")
    assert world.anew(report).unread == 1
    assert Entry.objects.get(act="report.added_to").officer_id == world.siti.pk
    assert not world.owed("answer_reporter", on=report)
    assert not world.owed("triage_danger", on=report)


def test_danger_heard_of_later_counts_as_told_at_first(world, now):
    report = world.report()
    reports.tell_more(report, text="Sekarang disekap.", danger=True, by=world.siti, at=now)
    assert world.owed("triage_danger", on=report)
    assert (world.anew(report).danger, world.anew(report).urgency) == ("yes_now", urgency_of(world.anew(report)))
    assert world.anew(report).urgency >= 100


def test_to_a_report_that_was_decided_on_nothing_is_added(world, now):
    report = world.report()
    triage.accept(report, by=world.rina, at=now)
    assert not reports.tell_more(report, text="Lagi", danger=True, by=world.siti, at=now)
    assert not report.messages.exists()
    assert world.anew(report).danger != "yes_now"
