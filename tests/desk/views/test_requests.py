"""Requests about data on the desk: recorded, answered, refused, and the sheet of readers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from simpul.cases import access
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.privacy import requests
from simpul.privacy.models import DataRequest
from tests.privacy.conftest import Privacy


@pytest.fixture
def privacy(today_world):
    return Privacy(today_world)


def url(privacy, *parts):
    return "/".join(["/desk/kasus", privacy.case.number, "permintaan", *map(str, parts), ""])


def new(privacy):
    return f"{url(privacy, 'baru')}?orang={privacy.part.pk}"


def typed(**more):
    return {
        "kind": "access", "words": "Siapa yang membuka berkas saya?", "asked_by": "person",
        "received_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
    } | more  # fmt: skip


def recorded(privacy, desk, **more):
    answer = desk(privacy.world.rina).post(new(privacy), typed(**more))
    assert answer.status_code == 302, answer.context["form"].errors
    return DataRequest.objects.latest("pk")


def test_a_request_is_recorded_from_the_page_of_the_person_and_its_clock_runs(privacy, desk):
    asked = recorded(privacy, desk)
    assert privacy.world.owed("give_access_to_data", on=asked)
    page = desk(privacy.world.rina).get(url(privacy, asked.pk)).content.decode()
    assert "Siapa yang membuka berkas saya?" in page
    assert "Melati Kusuma" in page


def test_what_was_typed_is_not_lost_when_something_is_wrong(privacy, desk):
    page = desk(privacy.world.rina).post(new(privacy), typed(received_at="2099-01-01T10:00"))
    assert page.status_code == 422
    assert "Siapa yang membuka berkas saya?" in page.content.decode()
    assert not DataRequest.objects.exists()


@pytest.mark.parametrize("key", ["", "abc", "999999"])
def test_a_request_is_for_somebody_in_the_case(privacy, desk, key):
    assert desk(privacy.world.rina).get(f"{url(privacy, 'baru')}?orang={key}").status_code == 404


def test_opening_a_request_opens_the_file_and_is_written_down(privacy, desk):
    asked = recorded(privacy, desk)
    before = Entry.objects.filter(act=Act.CASE_READ).count()
    desk(privacy.world.yanti).get(url(privacy, asked.pk))
    assert Entry.objects.filter(act=Act.CASE_READ).count() == before + 1


def test_it_is_answered_once(privacy, desk):
    asked = recorded(privacy, desk)
    client = desk(privacy.world.rina)
    assert client.post(url(privacy, asked.pk, "jawab"), {"words": ""}).status_code == 422
    client.post(url(privacy, asked.pk, "jawab"), {"words": "Daftarnya sudah diserahkan."})
    assert privacy.world.anew(asked).state == "answered"
    again = client.post(url(privacy, asked.pk, "jawab"), {"words": "Lagi"})
    assert again.status_code == 422
    assert "Daftarnya sudah diserahkan." in again.content.decode()


def test_the_button_to_refuse_is_the_heads_alone(privacy, desk):
    asked = recorded(privacy, desk)
    way = url(privacy, asked.pk, "tolak")
    assert way not in desk(privacy.world.rina).get(url(privacy, asked.pk)).content.decode()
    assert way in desk(privacy.world.yanti).get(url(privacy, asked.pk)).content.decode()
    assert desk(privacy.world.rina).post(way, {"reason": "Berbahaya bagi pendamping."}).status_code == 404
    short = desk(privacy.world.yanti).post(way, {"reason": "bahaya"})
    assert short.status_code == 422
    desk(privacy.world.yanti).post(way, {"reason": "Daftar ini membahayakan pendampingnya."})
    assert privacy.world.anew(asked).state == "refused"


def test_the_sheet_names_who_opened_the_file(privacy, desk):
    access.case_for(privacy.world.yanti, privacy.case.number, at=privacy.world.at)
    asked = recorded(privacy, desk)
    page = desk(privacy.world.rina).get(url(privacy, asked.pk, "pembaca")).content.decode()
    assert "Yanti Sari" in page
    assert "UPTD PPA Bengkayang" in page


def test_a_sheet_that_was_refused_is_not_shown(privacy, desk):
    asked = recorded(privacy, desk)
    requests.refuse(asked, reason="Membahayakan pendamping korban.", by=privacy.world.yanti, at=timezone.now())
    assert desk(privacy.world.yanti).get(url(privacy, asked.pk, "pembaca")).status_code == 403


def test_a_restriction_is_set_and_lifted(privacy, desk):
    asked = recorded(privacy, desk, kind="restrict")
    client = desk(privacy.world.rina)
    client.post(url(privacy, asked.pk, "jawab"), {"words": "Dibatasi mulai sekarang."})
    assert privacy.world.anew(privacy.person).restricted_at
    assert "cabut-pembatasan" in client.get(url(privacy, asked.pk)).content.decode()
    client.post(url(privacy, asked.pk, "cabut-pembatasan"))
    assert privacy.world.anew(privacy.person).restricted_at is None


def test_the_lists_tell_what_waits_and_cost_the_same_for_few_and_many(privacy, desk):
    client = desk(privacy.world.rina)
    assert 'class="empty"' in client.get("/desk/permintaan/").content.decode()
    recorded(privacy, desk)
    costs = []
    for _round in range(2):
        for way in ("/desk/permintaan/", url(privacy)):
            client.get(way)
            with CaptureQueriesContext(
                connection,
            ) as spent:
                page = client.get(way)
            assert page.context["leaf"].object_list
            costs.append(len(spent))
        for _each in range(5):
            recorded(privacy, desk)
    assert costs[:2] == costs[2:]


def test_another_agency_sees_no_request(privacy, desk):
    asked = recorded(privacy, desk)
    siti = desk(privacy.world.siti)
    assert privacy.case.number not in siti.get("/desk/permintaan/").content.decode()
    assert siti.get(url(privacy, asked.pk)).status_code == 404


def test_the_file_and_the_page_of_the_person_lead_to_the_requests(privacy, desk):
    client = desk(privacy.world.rina)
    person = f"/desk/kasus/{privacy.case.number}/orang/{privacy.part.pk}/"
    assert new(privacy) in client.get(person).content.decode()
    asked = recorded(privacy, desk)
    assert url(privacy, asked.pk) in client.get(f"/desk/kasus/{privacy.case.number}/").content.decode()


def test_the_clock_on_the_first_page_leads_to_the_request(privacy, desk):
    asked = recorded(privacy, desk)
    clock = privacy.world.owed("give_access_to_data", on=asked)
    assert desk(privacy.world.rina).get(f"/desk/kewajiban/{clock.pk}/berkas/").url == url(privacy, asked.pk)


def test_the_sheet_leads_to_its_letter(privacy, desk):
    asked, client = recorded(privacy, desk), desk(privacy.world.rina)
    letter = url(privacy, asked.pk, "pembaca", "surat")
    assert letter in client.get(url(privacy, asked.pk, "pembaca")).content.decode()
    assert client.get(letter)["Content-Type"] == "application/pdf"
