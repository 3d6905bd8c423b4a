"""Reports and what hangs on them: who may see them, what the database refuses, what is sealed."""

import pytest
from django.db import IntegrityError, transaction

from simpul.confidentiality.sealing import SealBroken
from simpul.intake import reports
from simpul.intake.models import NO_TAG, Attachment, Finding, IndicatorNote, Message, Report


def seen_by(officer):
    return Report.objects.visible_to(officer)


def test_the_agency_of_the_place_and_the_province_see_a_report(world):
    report = world.report()
    assert report in seen_by(world.rina)
    assert report in seen_by(world.yanti)
    assert report in seen_by(world.lina)


@pytest.mark.parametrize("who", ["siti", "budi", "agus", "dewi", "tono", "wulan", "dr_maya"])
def test_nobody_else_sees_a_report(world, who):
    assert world.report() in seen_by(world.rina)
    assert not seen_by(getattr(world, who)).exists()


def test_a_report_without_a_place_is_seen_where_those_are_taken(world):
    report = world.report(place="")
    assert list(seen_by(world.lina)) == [report]
    assert not seen_by(world.rina).exists()


def test_an_officer_who_left_sees_nothing(world):
    world.report()
    assert seen_by(world.rina).exists()
    world.rina.is_active = False
    assert not seen_by(world.rina).exists()


def test_the_hourly_check_is_no_report_for_anybody(world):
    report = world.report()
    Report.objects.filter(pk=report.pk).update(is_check=True)
    assert not seen_by(world.rina).exists()
    assert not Report.objects.real().exists()


def test_the_queue_has_the_most_urgent_first_and_then_the_oldest(world):
    quiet = world.report(at=world.at)
    danger = world.report(danger="yes_now", at=world.later(hours=2))
    quiet_later = world.report(at=world.later(hours=1))
    assert list(seen_by(world.rina).waiting().most_urgent_first()) == [danger, quiet, quiet_later]


def test_a_sealed_word_is_neither_shown_nor_searched(world):
    report = world.report("Namanya Melati Kusuma.", contact="0812 5555 0101")
    assert report.statement.opened() == "Namanya Melati Kusuma."
    for word in (str(report.statement), repr(report.statement), str(report), repr(report), f"{report.contact}"):
        assert "Melati" not in word
        assert "5555" not in word
    with pytest.raises(TypeError, match="sealed"):
        Report.objects.filter(statement="Namanya Melati Kusuma.").exists()


def test_a_sealed_word_moved_to_another_report_does_not_open(world):
    one, other = world.report("Satu."), world.report("Dua.")
    Report.objects.filter(pk=other.pk).update(statement=one.__dict__["statement"])
    with pytest.raises(SealBroken):
        world.anew(other).statement.opened()


def test_a_report_is_not_merged_into_itself_not_even_by_the_database(world):
    report = world.report()
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(merged_into=report)


def test_an_accepted_report_has_a_case_also_for_the_database(world):
    report = world.report()
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(status=Report.Status.ACCEPTED)


def test_a_receipt_belongs_to_one_report(world):
    one, other = world.report(), world.report()
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=other.pk).update(receipt_tag=bytes(one.receipt_tag))


def test_no_report_leaves_the_queue_by_a_way_that_is_not_written_down():
    assert set(Report.NEXT) == set(Report.Status)
    for status, following in Report.NEXT.items():
        assert status not in following or status == Report.Status.QUESTION
    assert Report.NEXT[Report.Status.ACCEPTED] == set()


def test_a_contact_that_is_no_telephone_has_no_telephone_tag():
    assert Report(contact_tag=NO_TAG).telephone_tag == b""
    assert Report(contact_tag=b"").telephone_tag == b""
    assert Report(contact_tag=b"1" * 16).telephone_tag == b"1" * 16


def test_what_hangs_on_a_report_tells_no_words_of_its_own(world, now):
    report = world.report()
    reports.add_message(report, text="Namanya Melati.", at=now)
    message = Message.objects.get()
    assert message.text.opened() == "Namanya Melati."
    finding = Finding(report=report, element="acts", term="transport", support="Melati dibawa")
    note = IndicatorNote(report=report, indicator="locked_in", answer="present", note="Melati dikunci")
    file = Attachment(report=report, kind="photo")
    assert not any("Melati" in f"{thing} {thing!r}" for thing in (message, finding, note, file))
