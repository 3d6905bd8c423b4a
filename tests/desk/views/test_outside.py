"""Referrals to an agency without an account: a link that opens once, letters, and the answer by telephone."""

import re

import pytest
from django.test import Client

from simpul.agencies.models import Officer
from simpul.cases import jobs, referrals
from simpul.cases.models import Referral
from simpul.confidentiality.models import Parcel
from simpul.journal.acts import Act
from simpul.journal.models import Entry


@pytest.fixture
def referral(today_world):
    service = today_world.service(today_world.victim(today_world.case()))
    return referrals.send(
        service, to=today_world.dinsos, need="Pendampingan keluarga", fields=["name"], basis="vital_interests",
        basis_reason="Anak tanpa pendamping.", by=today_world.rina, at=today_world.at,
    )  # fmt: skip


def at(referral, act=""):
    return f"/desk/rujukan/{referral.pk}/{act}"


def made(client, referral):
    """A link: the page that shows it, its token and its code."""
    page = client.post(at(referral, "tautan/"))
    return page, page.context["token"], page.context["code"]


def leave(agency):
    Officer.objects.filter(agency=agency).update(is_active=False)


def test_an_agency_without_officers_is_marked_where_a_receiver_is_chosen(today_world, desk, referral):
    leave(today_world.hospital)
    service = today_world.service(referral.service.victim, kind="health")
    where = f"/desk/kasus/{referral.case.number}/rujukan/baru/?layanan={service.pk}"
    page = desk(today_world.rina).get(where).content.decode()
    label = re.search(rf'<option value="{today_world.hospital.pk}">([^<]*)<', page)[1]
    assert label != today_world.hospital.name
    assert f'<option value="{today_world.dinsos.pk}">{today_world.dinsos.name}<' in page


def test_the_ways_outside_stand_open_where_nobody_there_has_an_account(today_world, desk, referral):
    rina = desk(today_world.rina)
    assert 'id="tautan">' in rina.get(at(referral)).content.decode()
    leave(today_world.dinsos)
    assert 'id="tautan" open' in rina.get(at(referral)).content.decode()


def test_address_and_code_are_shown_once_and_kept_by_nobody(today_world, desk, referral):
    rina = desk(today_world.rina)
    page, token, code = made(rina, referral)
    text = page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert f"/rujukan/{token}/" in text
    assert code in text
    assert "data:image/svg+xml;base64," in text
    assert "Melati" not in text
    later = rina.get(at(referral)).content.decode()
    assert token not in later
    assert code not in later


def test_looking_at_the_address_of_the_link_makes_none(today_world, desk, referral):
    assert desk(today_world.rina).get(at(referral, "tautan/")).status_code == 405
    assert not Parcel.objects.exists()


def test_what_was_shared_is_read_with_the_link_and_the_code_and_answered(today_world, desk, referral):
    rina = desk(today_world.rina)
    _page, token, code = made(rina, referral)
    opened = Client().post(f"/rujukan/{token}/", {"code": code})
    assert "Melati Kusuma" in opened.content.decode()
    ticket = opened.context["form"].ticket
    status = rina.get(at(referral)).content.decode()
    assert Parcel.objects.get().get_status_display() in status
    Client().post(f"/rujukan/{token}/", {
        "ticket": ticket, "decision": "accept", "words": "Datang besok.", "name": "Bu Ratna",
        "telephone": "0562 555 010",
    })  # fmt: skip
    assert jobs.take_in_answers(at=today_world.later(minutes=5)) == 1
    assert today_world.anew(referral).status == "accepted"
    page = rina.get(at(referral)).content.decode()
    assert "Bu Ratna" in page
    assert 'id="tautan"' not in page


def test_a_new_link_ends_the_one_before_it(today_world, desk, referral):
    rina = desk(today_world.rina)
    made(rina, referral)
    made(rina, referral)
    assert sorted(Parcel.objects.values_list("status", flat=True)) == ["ended", "made"]


def test_a_link_is_ended_and_the_referral_still_waits(today_world, desk, referral):
    rina = desk(today_world.rina)
    _page, token, code = made(rina, referral)
    rina.post(at(referral, "tautan/akhiri/"))
    assert Parcel.objects.get().status == "ended"
    assert today_world.anew(referral).status == "sent"
    assert Client().post(f"/rujukan/{token}/", {"code": code}).status_code == 410


def test_the_cover_letter_is_printed_from_the_page_of_the_link(today_world, desk, referral):
    rina = desk(today_world.rina)
    _page, token, _code = made(rina, referral)
    answer = rina.post(at(referral, "tautan/surat/"), {"token": token})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"].startswith("inline")
    for wrong in ("", "../x", "A" * 32):
        assert rina.post(at(referral, "tautan/surat/"), {"token": wrong}).status_code == 403


def test_the_sheet_for_the_envelope_is_printed_and_that_is_a_reading(today_world, desk, referral):
    answer = desk(today_world.rina).get(at(referral, "lembar/"))
    assert answer["Content-Type"] == "application/pdf"
    acts = list(Entry.objects.filter(file=f"cases.case:{referral.case_id}").order_by("-number")[:2])
    assert [entry.act for entry in acts] == [Act.DOCUMENT_MADE, Act.REFERRAL_READ]


def test_an_answer_by_telephone_is_noted_with_who_gave_it(today_world, desk, referral):
    rina = desk(today_world.rina)
    _page, token, code = made(rina, referral)
    typed = {"accepted": "ya", "words": "Bu Ratna, kepala bidang, telepon pukul 10", "answer": "Datang besok."}
    rina.post(at(referral, "jawaban/"), typed)
    referral = today_world.anew(referral)
    assert referral.status == "accepted"
    assert referral.answered_outside.opened() == typed["words"]
    assert Client().post(f"/rujukan/{token}/", {"code": code}).status_code == 410
    assert "Bu Ratna" in rina.get(at(referral)).content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"accepted": "", "words": "Bu Ratna"},
        {"accepted": "ya", "words": " "},
        {"accepted": "tidak", "words": "Bu Ratna", "reason": ""},
    ],
)
def test_an_answer_that_is_not_whole_is_refused_and_nothing_typed_is_lost(today_world, desk, referral, typed):
    answer = desk(today_world.rina).post(at(referral, "jawaban/"), typed | {"answer": "Ditulis tangan"})
    assert answer.status_code == 422
    assert "Ditulis tangan" in answer.content.decode()
    assert Referral.objects.get().status == "sent"


def test_a_refusal_by_telephone_goes_back_to_the_sender(today_world, desk, referral):
    typed = {"accepted": "tidak", "words": "Bu Ratna, telepon", "reason": "no_capacity", "answer": ""}
    desk(today_world.rina).post(at(referral, "jawaban/"), typed)
    assert today_world.anew(referral).status == "declined"
    assert today_world.owed("refer_again", on=referral.service)


def test_the_receiver_and_strangers_find_no_way_outside(today_world, desk, referral):
    assert desk(today_world.rina).get(at(referral, "lembar/")).status_code == 200
    budi, siti = desk(today_world.budi), desk(today_world.siti)
    assert 'id="tautan"' not in budi.get(at(referral)).content.decode()
    for act in ("tautan/", "tautan/surat/", "tautan/akhiri/", "jawaban/"):
        assert budi.post(at(referral, act)).status_code in {403, 404}
        assert siti.post(at(referral, act)).status_code == 404
    assert siti.get(at(referral, "lembar/")).status_code == 404
    assert not Parcel.objects.exists()


def test_an_answered_referral_has_no_link_any_more(today_world, desk, referral):
    referrals.accept(referral, by=today_world.budi, at=today_world.at)
    rina = desk(today_world.rina)
    assert 'id="tautan"' not in rina.get(at(referral)).content.decode()
    page = rina.post(at(referral, "tautan/"), follow=True).content.decode()
    assert 'class="error"' in page
    assert not Parcel.objects.exists()
