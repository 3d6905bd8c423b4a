"""The receipt, and nothing else, leads the reporter to the report."""

import pytest

from simpul.confidentiality import data_keys
from simpul.intake import receipts, reports, tracking, triage
from simpul.intake.models import Message, Report
from simpul.lib.rules import NotFound


def test_the_receipt_opens_the_report_without_the_opening_key(world, settings):
    report = world.report("Adik saya belum pulang.")
    settings.KEYS = {name: key for name, key in settings.KEYS.items() if name not in {"seeds", "blind_key"}}
    assert tracking.report_of(report.receipt).statement.opened() == "Adik saya belum pulang."


def test_another_receipt_finds_nothing(world):
    world.report()
    with pytest.raises(NotFound):
        tracking.report_of(receipts.of_token(receipts.new_token()))


def test_an_erased_report_is_not_found_any_more(world, now):
    report = world.report()
    assert tracking.report_of(report.receipt)
    data_keys.destroy(report.data_key, of=report, by=None, at=now)
    with pytest.raises(NotFound):
        tracking.report_of(report.receipt)


def test_the_receipt_is_nowhere_in_the_row(world):
    report = world.anew(world.report())
    token = receipts.new_token()
    mine, receipt = reports.receive(reports.Told(statement="Satu"), token=token, at=world.at)
    kept = b"".join(bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    for value in {**report.__dict__, **mine.__dict__}.values())  # fmt: skip
    assert receipt.encode() not in kept
    assert token.encode() not in kept


def test_the_conversation_is_in_order_and_counts_as_seen(world, now):
    report = world.report()
    triage.write(report, text="Di mana?", by=world.rina, at=world.later(hours=1))
    reports.add_message(tracking.report_of(report.receipt), text="Di Serian.", at=world.later(hours=2))
    mine = tracking.report_of(report.receipt)
    talk = tracking.conversation(mine, at=world.later(hours=3))
    assert [m.text.opened() for m in talk] == ["Di mana?", "Di Serian."]
    asked, answered = Message.objects.order_by("sent_at")
    assert asked.seen_at == world.later(hours=3)
    assert answered.seen_at is None


def test_looking_twice_keeps_the_first_moment(world):
    report = world.report()
    triage.write(report, text="Di mana?", by=world.rina, at=world.later(hours=1))
    for hours in (2, 3):
        tracking.conversation(tracking.report_of(report.receipt), at=world.later(hours=hours))
    assert Message.objects.get().seen_at == world.later(hours=2)


def test_the_conversation_costs_the_same_for_one_message_and_for_many(world, django_assert_num_queries):
    report = world.report()
    for number in range(12):
        reports.add_message(report, text=f"Pesan {number}", at=world.later(minutes=number))
    mine = tracking.report_of(report.receipt)
    with django_assert_num_queries(3):
        assert [m.text.opened() for m in tracking.conversation(mine, at=world.later(hours=1))][-1] == "Pesan 11"


def test_a_merged_report_tells_the_status_of_the_one_it_follows(world, now):
    first, second, third = (world.report() for _i in range(3))
    triage.merge(first, into=second, by=world.rina, at=now)
    triage.merge(second, into=third, by=world.rina, at=now)
    assert tracking.status_code(tracking.report_of(first.receipt)) == Report.Status.RECEIVED
    triage.accept(world.anew(third), by=world.rina, at=now)
    assert tracking.status_code(tracking.report_of(first.receipt)) == Report.Status.ACCEPTED
