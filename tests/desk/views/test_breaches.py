"""Breaches on the desk: noted, listed without a name, told, taken along, closed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from simpul.cases import access
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.privacy.models import Affected, Breach
from tests.privacy.conftest import Homecoming, Privacy

PAGE = "/desk/kebocoran/"


@pytest.fixture
def privacy(today_world):
    return Privacy(today_world)


def moment(**span):
    return (timezone.localtime() + timezone.timedelta(**span)).strftime("%Y-%m-%dT%H:%M")


def typed(**more):
    return {"discovered_at": moment(hours=-2), "kinds": ["identity"], "how": "Telepon petugas hilang."} | more


@pytest.fixture
def breach(privacy, desk):
    desk(privacy.world.yanti).post(f"{PAGE}baru/", typed())
    return Breach.objects.get()


def at(breach, *parts):
    return "/".join([f"{PAGE}{breach.number}", *map(str, parts), ""])


def listed(privacy, desk, breach):
    desk(privacy.world.yanti).post(at(breach, "daftar"), {"numbers": f"{privacy.case.number.lower()}, "})
    return Affected.objects.get()


def test_it_is_noted_with_its_clock(privacy, desk, breach):
    assert privacy.world.owed("notify_breach", on=breach)
    page = desk(privacy.world.yanti).get(at(breach)).content.decode()
    assert "Telepon petugas hilang." in page
    assert Entry.objects.filter(act=Act.BREACH_READ).count() == 1


def test_nothing_typed_is_lost(privacy, desk):
    page = desk(privacy.world.yanti).post(f"{PAGE}baru/", typed(kinds=[]))
    assert page.status_code == 422
    assert "Telepon petugas hilang." in page.content.decode()
    assert not Breach.objects.exists()


def test_an_empty_list_says_what_to_do(privacy, desk, breach):
    assert 'class="empty"' in desk(privacy.world.yanti).get(at(breach)).content.decode()
    Breach.objects.filter(pk=breach.pk).update(agency=privacy.world.uptd_sambas)
    assert 'class="empty"' in desk(privacy.world.yanti).get(PAGE).content.decode()


def test_a_number_that_is_not_there_is_named(privacy, desk, breach):
    page = desk(privacy.world.yanti).post(at(breach, "daftar"), {"numbers": "K-2020-9999"})
    assert page.status_code == 422
    assert "K-2020-9999" in page.content.decode()


def test_the_list_has_numbers_and_the_way_to_the_person_for_those_who_may_go_it(privacy, desk, breach):
    listed(privacy, desk, breach)
    head, auditor = (desk(o).get(at(breach)).content.decode() for o in (privacy.world.yanti, privacy.world.wulan))
    way = f"/desk/kasus/{privacy.case.number}/orang/{privacy.part.pk}/"
    assert way in head
    assert way not in auditor
    assert privacy.case.number in auditor
    assert "Melati" not in head + auditor


def test_what_an_access_opened_is_listed(privacy, desk, breach):
    access.case_for(privacy.world.rina, privacy.case.number, at=timezone.now())
    form = {"officer": privacy.world.rina.pk, "since": moment(hours=-1), "until": moment(hours=1)}
    desk(privacy.world.yanti).post(at(breach, "pembukaan"), form)
    assert Affected.objects.get().person == privacy.person
    turned = desk(privacy.world.yanti).post(at(breach, "pembukaan"), form | {"until": moment(hours=-3)})
    assert turned.status_code == 422


def test_the_table_names_nobody_and_taking_it_is_written_down(privacy, desk, breach):
    listed(privacy, desk, breach)
    answer = desk(privacy.world.yanti).post(f"{PAGE}{breach.number}/daftar.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert privacy.case.number in answer.content.decode()
    assert "Yanti Sari" in answer.content.decode()
    assert "Melati" not in answer.content.decode()
    assert Entry.objects.filter(act=Act.BREACH_LIST_READ).count() == 1
    assert desk(privacy.world.yanti).get(f"{PAGE}{breach.number}/daftar.csv").status_code == 405


def test_everybody_is_told_and_it_is_closed(privacy, desk, breach):
    one, client = listed(privacy, desk, breach), desk(privacy.world.yanti)
    early = client.post(at(breach, "terdampak", one.pk), {"notice": "told", "how": "Surat", "told_at": ""})
    assert early.status_code == 422
    client.post(at(breach, "terdampak", one.pk), {"notice": "told", "how": "Surat", "told_at": moment(minutes=-1)})
    client.post(at(breach, "instansi"), {"authority": "Surat 5/2026", "told_at": moment(minutes=-1)})
    assert privacy.world.anew(breach).state == "notified"
    client.post(at(breach, "tutup"))
    assert privacy.world.anew(breach).state == "notified"
    client.post(at(breach, "hentikan"), {"measures": "Kata sandi diganti."})
    client.post(at(breach, "tutup"))
    assert privacy.world.anew(breach).state == "closed"
    page = client.get(at(breach)).content.decode()
    assert "Kata sandi diganti." in page
    assert at(breach, "daftar") not in page


def test_the_notices_can_be_printed(privacy, desk, breach):
    for way in ("", "?untuk=instansi"):
        page = desk(privacy.world.yanti).get(at(breach, "surat") + way).content.decode()
        assert "Telepon petugas hilang." in page


def test_only_who_handles_breaches_comes_here(privacy, desk, breach):
    for officer in (privacy.world.rina, privacy.world.budi, privacy.world.tono, privacy.world.dewi):
        assert desk(officer).get(PAGE).status_code == 404
        assert desk(officer).get(at(breach)).status_code == 404


def test_the_pages_cost_the_same_for_few_and_many(privacy, desk, breach):
    client, costs = desk(privacy.world.yanti), []
    listed(privacy, desk, breach)
    for _round in range(2):
        for way in (PAGE, at(breach)):
            client.get(way)
            with CaptureQueriesContext(connection) as spent:
                client.get(way)
            costs.append(len(spent))
        for _each in range(4):
            other = privacy.world.victim(privacy.world.case())
            client.post(at(breach, "daftar"), {"numbers": other.case.number})
            client.post(f"{PAGE}baru/", typed())
    assert costs[:2] == costs[2:]


def test_the_clock_on_the_first_page_leads_to_the_breach_for_those_who_handle_it(privacy, desk, breach):
    clock = privacy.world.owed("notify_breach", on=breach)
    assert desk(privacy.world.yanti).get(f"/desk/kewajiban/{clock.pk}/berkas/").url == at(breach)
    assert desk(privacy.world.rina).get(f"/desk/kewajiban/{clock.pk}/berkas/").status_code == 404


def test_the_notices_lead_to_their_letters(privacy, desk, breach):
    client = desk(privacy.world.yanti)
    for way in ("", "?untuk=instansi"):
        letter = at(breach, "surat", "cetak") + way
        assert letter in client.get(at(breach, "surat") + way).content.decode()
        assert client.get(letter)["Content-Type"] == "application/pdf"


def test_who_was_sent_home_stands_on_the_list_by_number_and_never_by_name(privacy, desk, breach):
    home = Homecoming(privacy.world)
    returnee, worker = home.returnee(), home.worker()
    desk(privacy.world.wulan).post(at(breach, "daftar"), {"numbers": returnee.manifest.number})
    Affected.objects.create(breach=breach, person=worker.person)
    pages = [desk(privacy.world.wulan).get(at(breach)), desk(privacy.world.wulan).post(f"{at(breach)}daftar.csv")]
    for page in pages:
        told = page.content.decode()
        assert page.status_code == 200
        assert returnee.number in told
        assert "BP3MI Kalimantan Barat" in told
        assert "Pemerintah Desa Jagoi" in told
        assert "Melati" not in told
        assert "Kenanga" not in told
    one = Affected.objects.get(person=returnee.person)
    form = desk(privacy.world.wulan).get(at(breach, "terdampak", one.pk))
    assert form.status_code == 200
