"""Complaints: taken in, given to somebody who has nothing to do with it, answered once."""

import pytest

from simpul.agencies import exclusions, people
from simpul.agencies.roles import Role
from simpul.confidentiality import data_keys
from simpul.intake import complaints, receipts
from simpul.intake.complaints import Told, hearing_agency, named_in
from simpul.intake.models import Complaint, hears_complaints
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound
from tests.lasting import at_once, lasting, transactional_db  # noqa: F401

WORDS = "Petugas meminta uang supaya berkas saya dilanjutkan."


def complain(world, statement=WORDS, *, token=None, at=None, **told):
    """A complaint, as somebody would send it; with `receipt` noted on it."""
    complaint, receipt = complaints.receive(
        Told(statement, **told), token=token or receipts.new_token(), at=at or world.at
    )
    complaint.receipt = receipt
    return complaint


def auditor(world, agency, name="Ratna Juita"):
    officer = people.record(
        name.split()[0].lower(), full_name=name, agency=agency, role=Role.AUDITOR, password="", by=None, at=world.at
    )
    people.acknowledge_secrecy(officer, at=world.at)
    return officer


def test_a_complaint_is_sealed_numbered_and_given_to_the_data_protection_officer(world):
    complaint = complain(world, against=world.dinsos, about="Pak Budi", contact="0812 5555 0101")
    assert complaint.number == "A-2026-000001"
    assert complaint.heard_by == world.wulan.agency
    stored = world.anew(complaint)
    assert WORDS.encode() not in b"".join(bytes(v) for v in stored.__dict__.values() if isinstance(v, bytes))
    assert stored.statement.opened() == WORDS
    owed = world.owed("answer_complaint", on=complaint)
    assert (owed.owed_by, owed.number) == (world.office, complaint.number)
    entry = Entry.objects.get(act="complaint.received")
    assert (entry.officer_id, entry.facts) == (None, {})


def test_the_receipt_opens_the_complaint_without_the_opening_key(world, settings):
    complaint = complain(world)
    settings.KEYS = {name: key for name, key in settings.KEYS.items() if name not in {"seeds", "blind_key"}}
    assert complaints.complaint_of(complaint.receipt).statement.opened() == WORDS
    with pytest.raises(NotFound):
        complaints.complaint_of(receipts.of_token(receipts.new_token()))


def test_an_erased_complaint_is_not_found_any_more(world, now):
    complaint = complain(world)
    data_keys.destroy(complaint.data_key, of=complaint, by=None, at=now)
    with pytest.raises(NotFound):
        complaints.complaint_of(complaint.receipt)


def test_the_same_form_twice_is_one_complaint_and_new_words_are_added(world, now, settings):
    token = receipts.new_token()
    first = complain(world, token=token)
    settings.KEYS = {name: key for name, key in settings.KEYS.items() if name not in {"seeds", "blind_key"}}
    assert complain(world, token=token).receipt == first.receipt
    assert complain(world, f"{WORDS} Dua kali.", token=token).receipt == first.receipt
    assert Complaint.objects.count() == 1
    assert complaints.complaint_of(first.receipt).statement.opened() == f"{WORDS}\n\n{WORDS} Dua kali."


def test_new_words_after_the_answer_are_a_complaint_of_their_own(world, now):
    token = receipts.new_token()
    first = complain(world, token=token)
    complaints.answer(first, answer="Sudah diperiksa.", by=world.wulan, at=now)
    second = complain(world, "Petugas itu datang lagi.", token=token)
    assert second.number == "A-2026-000002"
    assert second.receipt != first.receipt


def test_a_form_sent_twice_at_the_same_moment_is_one_complaint(lasting):  # noqa: F811
    token = receipts.new_token()
    results = at_once(*[lambda: complain(lasting, token=token)] * 2)
    assert {result.number for result in results} == {"A-2026-000001"}


def test_a_receipt_is_never_kept_and_its_number_stands_for_it(world):
    report, complaint = world.report(), complain(world)
    assert complaints.referred_to(receipts.shown(report.receipt)) == report.number
    assert complaints.referred_to(complaint.receipt) == complaint.number
    assert complaints.referred_to(" K-2026-000003 ") == "K-2026-000003"
    with pytest.raises(NotFound):
        complaints.referred_to(receipts.of_token(receipts.new_token()))
    with pytest.raises(receipts.ReceiptError):
        complaints.referred_to(report.receipt[:-1])


def test_it_is_heard_by_the_nearest_data_protection_officer_outside_the_office(world):
    near = auditor(world, world.secretariat)
    assert hearing_agency(world.dinsos) == world.secretariat
    assert hearing_agency(world.dinsos, without=[near]) == world.office
    assert hearing_agency(world.secretariat) == world.office
    assert hearing_agency(world.uptd_sambas) == world.office
    assert hearing_agency(None) == world.office


def test_where_the_data_protection_officers_own_office_is_meant_the_head_above_hears_it(world):
    assert hearing_agency(world.office) is None
    lead = world.lead_of_province()
    assert hearing_agency(world.office) == world.uptd_province
    complaint = complain(world, against=world.office)
    assert Complaint.objects.visible_to(lead).get() == complaint
    assert not Complaint.objects.visible_to(world.wulan).exists()
    # A complaint that came to the data protection officer is not the head's.
    complain(world, against=world.dinsos)
    assert Complaint.objects.visible_to(lead).count() == 1


def test_a_complaint_that_nobody_can_hear_waits_for_somebody_and_is_not_lost(world, now):
    complaint = complain(world, against=world.office)
    assert complaint.heard_by is None
    assert not world.owed("answer_complaint", on=complaint)
    assert not Complaint.objects.visible_to(world.wulan).exists()
    assert Complaint.objects.visible_to(auditor(world, world.secretariat)).get() == complaint


@pytest.mark.parametrize("about", ["Bu Wulan", "wulan dari diskominfo", "Wulan Dari", "ibu WULAN"])
def test_a_named_data_protection_officer_does_not_hear_it(world, about):
    complaint = complain(world, about=about)
    assert not Complaint.objects.visible_to(world.wulan).exists()
    assert exclusions.of(complaint).filter(officer=world.wulan).exists()


def test_an_everyday_word_names_nobody(world):
    complaint = complain(world, "Uang diminta dari saya.", about="petugas dari kantor itu")
    assert Complaint.objects.visible_to(world.wulan).get() == complaint


def test_in_the_story_a_name_counts_as_a_whole(world):
    officers = [world.rina, world.budi]
    assert named_in(Told("Hartono pergi, lalu Budi datang."), officers) == [world.budi]
    assert named_in(Told("Budi datang."), officers) == []
    assert named_in(Told("x", about="Budi"), officers) == [world.budi]


def test_colleagues_in_the_agency_that_hears_it_are_kept_out_when_they_are_named(world):
    world.lead_of_province()
    clerk = people.record(
        "joko", full_name="Joko Susilo", agency=world.uptd_province, role=Role.INTAKE, password="", by=None, at=world.at
    )
    complaint = complain(world, against=world.office, about="Joko yang dulu di Diskominfo")
    assert exclusions.of(complaint).filter(officer=clerk).exists()


def test_reading_it_is_written_down_and_noted(world, now):
    complaint = complain(world, about="Pak Agus", reference="L-2026-000001", contact="0812")
    told = complaints.read(complaints.complaint_for(world.wulan, complaint.number), by=world.wulan, at=now)
    assert told == {"statement": WORDS, "about": "Pak Agus", "reference": "L-2026-000001", "contact": "0812",
                    "answer": ""}  # fmt: skip
    assert world.anew(complaint).status == Complaint.Status.READING
    assert Entry.objects.get(act="complaint.read").officer_id == world.wulan.pk


def test_an_officer_who_has_not_acknowledged_the_duty_of_secrecy_reads_nothing(world, now):
    complaint = complain(world)
    world.wulan.acknowledged_at = None
    with pytest.raises(NotAllowed):
        complaints.read(complaint, by=world.wulan, at=now)


def test_the_answer_meets_the_clock_and_is_given_once(world, now):
    complaint = complain(world)
    with pytest.raises(NotAllowed):
        complaints.answer(complaint, answer="  ", by=world.wulan, at=now)
    complaints.answer(complaint, answer="Petugas itu tidak menangani berkas Anda lagi.", by=world.wulan, at=now)
    assert not world.owed("answer_complaint", on=complaint)
    assert complaints.complaint_of(complaint.receipt).answer.opened().startswith("Petugas itu")
    with pytest.raises(NotAllowed):
        complaints.answer(world.anew(complaint), answer="Lain.", by=world.wulan, at=now)
    assert Entry.objects.filter(act="complaint.answered").count() == 1


def test_whoever_it_did_not_come_to_neither_reads_nor_answers(world, now):
    complaint = complain(world, against=world.dinsos)
    for officer in (world.budi, world.rina, world.yanti, world.dewi, world.tono, world.lead_of_province()):
        assert not Complaint.objects.visible_to(officer).exists()
        with pytest.raises(NotFound):
            complaints.complaint_for(officer, complaint.number)
        with pytest.raises(NotFound):
            complaints.read(complaint, by=officer, at=now)
        with pytest.raises(NotFound):
            complaints.answer(complaint, answer="x", by=officer, at=now)


def test_who_hears_complaints(world):
    assert hears_complaints(world.wulan)
    assert not hears_complaints(world.yanti)
    assert hears_complaints(world.lead_of_province())
    world.wulan.is_active = False
    assert not hears_complaints(world.wulan)


def test_the_list_shows_what_waits_first(world, now):
    first, second, third = (complain(world, at=world.later(hours=n)) for n in range(3))
    complaints.answer(first, answer="Sudah.", by=world.wulan, at=now)
    assert list(complaints.complaint_list(world.wulan)) == [second, third, first]
