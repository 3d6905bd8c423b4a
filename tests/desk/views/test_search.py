"""The one box: what it finds, for whom, and what it leaves no trace of."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from simpul.intake.jobs import index_contacts
from simpul.journal.acts import Act
from simpul.journal.models import Entry

SEARCH = "/desk/cari/"


def found(client, text):
    answer = client.post(SEARCH, {"q": text})
    assert answer.status_code == 200
    return answer


def test_a_name_leads_to_the_case_and_shows_no_name(today_world, desk):
    case = today_world.case()
    today_world.victim(case, name="Melati Kusuma")
    page = found(desk(today_world.rina), "kusuma melati").content.decode()
    assert case.number in page
    assert "Melati Kusuma" not in page


def test_a_stranger_finds_no_name(today_world, desk):
    case = today_world.case()
    today_world.victim(case, name="Melati Kusuma")
    assert found(desk(today_world.rina), "Melati Kusuma").context["people"]
    page = found(desk(today_world.siti), "Melati Kusuma")
    assert not page.context["people"]
    assert case.number not in page.content.decode()


def test_a_nik_leads_to_the_case(today_world, desk):
    case = today_world.case()
    today_world.victim(case, nik="6107014404990002")
    assert case.number in found(desk(today_world.rina), "6107 0144 0499 0002").content.decode()


def test_a_telephone_leads_to_the_report_of_its_owner(today_world, desk):
    report = today_world.report(contact="0812 5555 0101")
    index_contacts(at=timezone.now())
    page = found(desk(today_world.rina), "+62 812-5555-0101").content.decode()
    assert report.number in page


def test_a_number_leads_to_its_report_or_case(today_world, desk):
    case = today_world.case()
    client = desk(today_world.rina)
    assert case.number in found(client, case.number.lower()).content.decode()
    report = case.reports.get()
    assert report.number in found(client, f" {report.number} ").content.decode()
    assert not found(desk(today_world.siti), report.number).context["reports"]


def test_a_village_leads_to_its_reports(today_world, desk):
    report = today_world.report()
    page = found(desk(today_world.rina), "jagoi babang")
    assert report.number in page.content.decode()
    assert "/desk/laporan/semua/?tempat=61.07" in page.content.decode()


def test_what_was_searched_for_stands_nowhere(today_world, desk):
    client = desk(today_world.rina)
    answer = found(client, "Melati Kusuma")
    entry = Entry.objects.get(act=Act.PERSONS_SEARCHED)
    assert entry.officer_id == today_world.rina.pk
    assert entry.facts == {"kind": "name"}
    assert 'value="Melati Kusuma"' in answer.content.decode()
    assert "Melati" not in client.get(SEARCH, {"q": "Melati Kusuma"}).content.decode()


def test_nothing_found_is_said(today_world, desk):
    assert b'class="empty"' in found(desk(today_world.rina), "Qwzx Vbnmq").content


def test_an_empty_box_is_said(today_world, desk):
    assert desk(today_world.rina).post(SEARCH, {"q": "  "}).status_code == 422


def test_the_secretariat_does_not_search(today_world, desk):
    assert desk(today_world.rina).get(SEARCH).status_code == 200
    assert desk(today_world.dewi).get(SEARCH).status_code == 404


@pytest.mark.parametrize("text", ["Melati", "jagoi babang"])
def test_a_search_costs_the_same_for_one_find_and_for_more(today_world, desk, text):
    client = desk(today_world.rina)
    today_world.victim(today_world.case(), name="Melati Satu")
    found(client, text)
    with CaptureQueriesContext(connection) as one:
        found(client, text)
    for _i in range(4):
        today_world.victim(today_world.case(), name="Melati Banyak")
    with CaptureQueriesContext(connection) as five:
        found(client, text)
    assert len(five) == len(one)
