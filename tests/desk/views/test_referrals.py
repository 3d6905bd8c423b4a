"""Referrals: sent with only what the service needs, received, answered, taken back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.agencies import exclusions
from simpul.cases import consents as case_consents
from simpul.cases import referrals
from simpul.cases.models import Referral, Service
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.obligations.models import Obligation
from simpul.persons import consents

LIST = "/desk/rujukan/"
TYPED = {"need": "Pendampingan keluarga", "shared": ["name", "sex"], "basis": "consent"}


@pytest.fixture
def service(today_world):
    return today_world.service(today_world.victim(today_world.case(), sex="P"))


@pytest.fixture
def referral(today_world, service):
    return send(today_world, service)


def send(world, service, to=None):
    return referrals.send(
        service, to=to or world.dinsos, need="Pendampingan keluarga", fields=["name"], basis="vital_interests",
        basis_reason="Anak tanpa pendamping.", by=world.rina, at=world.at,
    )  # fmt: skip


def new(service):
    return f"/desk/kasus/{service.case.number}/rujukan/baru/?layanan={service.pk}"


def test_the_form_offers_only_fields_that_the_service_needs(today_world, desk, service):
    page = desk(today_world.rina).get(new(service)).content.decode()
    assert 'value="name"' in page
    assert 'value="nik"' not in page


def test_an_agency_that_is_kept_out_is_not_offered(today_world, desk, service):
    rina = desk(today_world.rina)
    assert today_world.hospital.name in rina.get(new(service)).content.decode()
    exclusions.keep_out(service.case, agency=today_world.hospital, by=today_world.yanti, at=today_world.at)
    assert today_world.hospital.name not in rina.get(new(service)).content.decode()


def test_without_consent_a_name_is_not_shared_and_nothing_typed_is_lost(today_world, desk, service):
    answer = desk(today_world.rina).post(new(service), TYPED | {"to": today_world.dinsos.pk})
    assert answer.status_code == 422
    assert "Pendampingan keluarga" in answer.content.decode()
    assert not Referral.objects.exists()


def test_with_consent_only_what_was_ticked_or_written_goes_along(today_world, desk, service):
    consents.give(
        service.victim.person, purpose="referral", recipient=today_world.dinsos, fields=["name"], given_by="self",
        by=today_world.rina, at=today_world.at,
    )  # fmt: skip
    typed = TYPED | {"to": today_world.dinsos.pk, "words_wishes": "Ingin pulang."}
    answer = desk(today_world.rina).post(new(service), typed)
    assert answer.status_code == 302
    shared = Referral.objects.get().shared.opened()
    assert set(shared) == {"name", "sex", "wishes"}
    assert shared["wishes"] == "Ingin pulang."


def test_a_second_referral_of_the_same_service_waits_for_the_first_answer(today_world, desk, service, referral):
    answer = desk(today_world.rina).post(
        new(service), TYPED | {"to": today_world.dinsos.pk, "basis": "public_task", "basis_reason": "Tugas."}
    )
    assert answer.status_code == 422
    assert Referral.objects.count() == 1


def test_what_waits_for_an_answer_stands_in_the_inbox_of_the_receiver_only(today_world, desk, referral):
    assert f"{LIST}{referral.pk}/" in desk(today_world.budi).get(LIST).content.decode()
    assert f"{LIST}{referral.pk}/" not in desk(today_world.dr_maya).get(LIST).content.decode()
    assert f"{LIST}{referral.pk}/" in desk(today_world.rina).get(LIST, {"lihat": "keluar"}).content.decode()
    assert "Melati" not in desk(today_world.budi).get(LIST).content.decode()


def test_the_inbox_costs_the_same_for_one_referral_and_for_many(today_world, desk, referral):
    budi = desk(today_world.budi)
    budi.get(LIST)
    with CaptureQueriesContext(connection) as one:
        budi.get(LIST)
    for _number in range(8):
        send(today_world, today_world.service(today_world.victim(today_world.case())))
    with CaptureQueriesContext(connection) as many:
        budi.get(LIST)
    assert len(many) == len(one)


def test_reading_what_was_shared_is_written_down(today_world, desk, referral):
    page = desk(today_world.budi).get(f"{LIST}{referral.pk}/").content.decode()
    assert "Melati Kusuma" in page
    assert "Anak tanpa pendamping." not in page
    assert Entry.objects.get(act=Act.REFERRAL_READ).officer_id == today_world.budi.pk


def test_a_referral_is_accepted_and_its_service_moved_on_by_the_receiver(today_world, desk, referral):
    budi = desk(today_world.budi)
    budi.post(f"{LIST}{referral.pk}/terima/", {"answer": "Petugas datang besok."})
    budi.post(f"{LIST}{referral.pk}/layanan/", {"to": "running"})
    referral, service = Referral.objects.get(), Service.objects.get()
    assert referral.answer.opened() == "Petugas datang besok."
    assert service.provider == today_world.dinsos
    assert service.state == "running"
    assert Obligation.objects.get(rule="answer_referral").state == "met"


def test_declining_asks_for_a_reason(today_world, desk, referral):
    budi = desk(today_world.budi)
    asked = budi.post(f"{LIST}{referral.pk}/tolak/", {"answer": "Maaf, penuh."})
    assert asked.status_code == 422
    assert "Maaf, penuh." in asked.content.decode()
    budi.post(f"{LIST}{referral.pk}/tolak/", {"reason": "no_capacity", "answer": "Maaf, penuh."})
    assert Referral.objects.get().status == "declined"
    assert Obligation.objects.standing().filter(rule="refer_again", owed_by=today_world.uptd).exists()


def test_a_referral_is_answered_once(today_world, desk, referral):
    budi = desk(today_world.budi)
    budi.post(f"{LIST}{referral.pk}/terima/", {})
    again = budi.post(f"{LIST}{referral.pk}/tolak/", {"reason": "no_capacity"})
    assert again.status_code == 422
    assert Referral.objects.get().status == "accepted"


def test_the_sender_takes_a_referral_back_and_the_receiver_finds_nothing_more(today_world, desk, referral):
    budi = desk(today_world.budi)
    assert budi.get(f"{LIST}{referral.pk}/").status_code == 200
    desk(today_world.rina).post(f"{LIST}{referral.pk}/tarik/")
    assert Referral.objects.get().status == "withdrawn"
    assert budi.get(f"{LIST}{referral.pk}/").status_code == 404


def test_a_stranger_finds_nothing_and_leaves_no_entry(today_world, desk, referral):
    assert desk(today_world.siti).get(f"{LIST}{referral.pk}/").status_code == 404
    assert not Entry.objects.filter(act=Act.REFERRAL_READ).exists()


def test_the_receiver_pauses_the_clock_of_the_answer_with_a_reason_and_lets_it_run_on(today_world, desk, referral):
    budi = desk(today_world.budi)
    assert f"{LIST}{referral.pk}/jeda/" in budi.get(f"{LIST}{referral.pk}/").content.decode()
    assert budi.post(f"{LIST}{referral.pk}/jeda/", {"reason": ""}).status_code == 422
    assert budi.post(f"{LIST}{referral.pk}/jeda/", {"reason": "waiting_for_documents"}).status_code == 302
    clock = Obligation.objects.get(rule="answer_referral")
    assert (clock.state, clock.pause_reason) == ("paused", "waiting_for_documents")
    page = budi.get(f"{LIST}{referral.pk}/").content.decode()
    assert f"{LIST}{referral.pk}/lanjut/" in page
    assert f"{LIST}{referral.pk}/terima/" in page
    budi.post(f"{LIST}{referral.pk}/lanjut/")
    assert Obligation.objects.get(rule="answer_referral").state == "open"


def test_the_sender_does_not_pause_the_clock_of_the_receiver(today_world, desk, referral):
    rina = desk(today_world.rina)
    assert f"{LIST}{referral.pk}/jeda/" not in rina.get(f"{LIST}{referral.pk}/").content.decode()
    assert rina.post(f"{LIST}{referral.pk}/jeda/", {"reason": "waiting_for_documents"}).status_code == 403
    assert rina.post(f"{LIST}{referral.pk}/lanjut/").status_code == 403
    assert Obligation.objects.get(rule="answer_referral").state == "open"


def test_an_answered_referral_has_no_clock_to_pause(today_world, desk, referral):
    budi = desk(today_world.budi)
    budi.post(f"{LIST}{referral.pk}/terima/", {})
    assert budi.post(f"{LIST}{referral.pk}/jeda/", {"reason": "waiting_for_documents"}).status_code == 404


def test_when_the_consent_ends_the_receiver_says_that_it_has_stopped_and_reads_no_more(today_world, desk, service):
    consent = consents.give(
        service.victim.person, purpose="referral", recipient=None, fields=["name"], given_by="self",
        by=today_world.rina, at=today_world.at,
    )  # fmt: skip
    sent = referrals.send(
        service, to=today_world.dinsos, need="Pendampingan", fields=["name"], basis="consent", by=today_world.rina,
        at=today_world.at,
    )  # fmt: skip
    referrals.accept(sent, by=today_world.budi, at=today_world.at)
    budi = desk(today_world.budi)
    where = f"{LIST}{sent.pk}/"
    assert f"{where}berhenti/" not in budi.get(where).content.decode()
    case_consents.withdraw(service.victim, consent, by=today_world.rina, at=today_world.at)
    assert f"{where}berhenti/" in budi.get(where).content.decode()
    budi.post(f"{where}berhenti/")
    assert Obligation.objects.get(rule="stop_after_withdrawal").state == "met"
    assert budi.get(where).status_code == 404
