"""A report comes in: nothing but what happened is needed, the receipt is all it takes, and nothing sent is lost."""

import pytest

from simpul.confidentiality import data_keys
from simpul.intake import attachments, receipts, reports, tracking, triage
from simpul.intake.models import Report
from simpul.journal import chain


def test_somebody_without_a_name_reports_and_is_answered(world, now):
    report, receipt = reports.receive(
        reports.Told(statement="Ada anak dikurung di kebun."), token=receipts.new_token(), at=now
    )
    triage.write(report, text="Kami ke sana hari ini.", by=world.lina, at=world.later(hours=1))
    spoken = receipts.shown(receipt).replace(" ", " - ")
    mine = tracking.report_of(receipts.typed(spoken))
    assert [m.text.opened() for m in tracking.conversation(mine, at=world.later(hours=2))] == ["Kami ke sana hari ini."]


def test_a_report_from_elsewhere_is_taken_and_handed_over_and_never_sent_away(world, now):
    report = world.report(place="", where="Kabupaten Bandung")
    assert report.agency == world.uptd_province
    triage.pass_on(report, note="UPTD PPA Kabupaten Bandung", by=world.lina, at=world.later(hours=1))
    assert tracking.status_code(tracking.report_of(report.receipt)) == Report.Status.PASSED_ON


def test_a_form_sent_again_and_again_is_one_report_and_loses_nothing(world, now):
    token = receipts.new_token()
    photo = attachments.prepare(b"%PDF-1.7 foto")
    for minutes, told in enumerate((
        reports.Told(statement="Adik saya belum pulang."),
        reports.Told(statement="Adik saya belum pulang.", files=[photo]),
        reports.Told(statement="Adik saya belum pulang.", files=[photo], contact="0812 5555 0101"),
        reports.Told(statement="Adik saya belum pulang. Ia menelepon.", files=[photo]),
    )):  # fmt: skip
        reports.receive(told, token=token, at=world.later(minutes=minutes))
    report = Report.objects.get()
    assert report.contact.opened() == "0812 5555 0101"
    assert report.attachments.count() == 1
    assert [m.text.opened() for m in report.messages.all()] == ["Adik saya belum pulang. Ia menelepon."]


def test_the_public_process_takes_in_and_answers_and_opens_nothing_of_others(world, now, settings):
    theirs = world.report("Rahasia orang lain.")
    settings.KEYS = {name: key for name, key in settings.KEYS.items() if name not in {"seeds", "blind_key"}}
    mine = world.report("Milik saya.")
    assert tracking.report_of(mine.receipt).statement.opened() == "Milik saya."
    reports.add_message(tracking.report_of(mine.receipt), text="Lagi.", at=now)
    with pytest.raises(Exception, match="opening key"):
        world.anew(theirs).statement.opened()


def test_an_erased_report_is_gone_for_everybody_and_the_journal_still_holds(world, now):
    report = world.report("Melati ada di sana.")
    assert tracking.report_of(report.receipt).statement.opened()
    data_keys.destroy(report.data_key, of=report, by=None, at=now)
    with pytest.raises(data_keys.Erased):
        world.anew(report).statement.opened()
    assert chain.verify() == []
