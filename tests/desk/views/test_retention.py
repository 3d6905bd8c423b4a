"""Retention on the desk: what has run out, two people, holds, tombstones; and pages of an erased case."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.privacy.models import Erasure, Hold
from tests.privacy.conftest import Privacy

PAGE = "/desk/retensi/"


@pytest.fixture
def privacy(today_world):
    privacy = Privacy(today_world)
    privacy.closed(years=11)
    return privacy


def of_file(privacy, *parts):
    return "/".join([f"{PAGE}berkas", f"cases.case:{privacy.case.pk}", *parts, ""])


def proposed(privacy, desk):
    desk(privacy.world.yanti).post(of_file(privacy))
    return Erasure.objects.get()


def erased(privacy, desk):
    one = proposed(privacy, desk)
    sent = desk(privacy.world.wulan).post(f"{PAGE}{one.pk}/", {"notice": "told", "sure": "on"})
    assert sent.status_code == 302
    return one


def test_what_has_run_out_is_listed_by_number_and_names_nobody(privacy, desk):
    for officer in (privacy.world.yanti, privacy.world.wulan):
        page = desk(officer).get(PAGE).content.decode()
        assert privacy.case.number in page
        assert "Melati" not in page


def test_nothing_due_is_told(today_world, desk):
    for leaf in ("", "?lihat=ditahan", "?lihat=terhapus"):
        assert 'class="empty"' in desk(today_world.yanti).get(PAGE + leaf).content.decode()


def test_one_proposes_and_another_confirms(privacy, desk):
    one = proposed(privacy, desk)
    assert 'name="sure"' not in desk(privacy.world.yanti).get(f"{PAGE}{one.pk}/").content.decode()
    alone = desk(privacy.world.yanti).post(f"{PAGE}{one.pk}/", {"notice": "told", "sure": "on"})
    assert alone.status_code == 422
    assert 'name="sure"' in desk(privacy.world.wulan).get(f"{PAGE}{one.pk}/").content.decode()
    assert desk(privacy.world.wulan).post(f"{PAGE}{one.pk}/", {"notice": "told"}).status_code == 422
    erased_ = desk(privacy.world.wulan).post(f"{PAGE}{one.pk}/", {"notice": "told", "sure": "on"}, follow=True)
    assert erased_.status_code == 200
    assert privacy.world.anew(one).done_at
    assert privacy.case.number in desk(privacy.world.wulan).get(f"{PAGE}?lihat=terhapus").content.decode()


def test_a_proposal_is_taken_back(privacy, desk):
    one = proposed(privacy, desk)
    desk(privacy.world.wulan).post(f"{PAGE}{one.pk}/tarik/")
    assert privacy.world.anew(one).taken_back_at
    assert of_file(privacy) in desk(privacy.world.yanti).get(PAGE).content.decode()


def test_what_is_not_due_says_why(privacy, desk):
    living = privacy.world.case()
    page = desk(privacy.world.yanti).get(f"{PAGE}berkas/cases.case:{living.pk}/")
    assert page.context["why_not"]
    assert "<button>" not in page.content.decode()
    assert desk(privacy.world.yanti).post(f"{PAGE}berkas/cases.case:{living.pk}/").status_code == 422


@pytest.mark.parametrize("file", ["cases.case:999999", "agencies.officer:1", "nonsense", "cases.case:abc"])
def test_there_is_nothing_behind_a_wrong_label(privacy, desk, file):
    assert desk(privacy.world.yanti).get(f"{PAGE}berkas/{file}/").status_code == 404


def test_a_hold_is_set_read_and_lifted(privacy, desk):
    client = desk(privacy.world.yanti)
    client.post(of_file(privacy, "tahan"), {"reason": "proceeding", "words": "Perkara 12/Pid.Sus/2026"})
    held = Hold.objects.get()
    listed = client.get(f"{PAGE}?lihat=ditahan").content.decode()
    assert privacy.case.number in listed
    assert "12/Pid.Sus/2026" not in listed
    assert privacy.case.number not in client.get(PAGE).content.decode()
    assert "12/Pid.Sus/2026" in client.get(f"{PAGE}penahanan/{held.pk}/").content.decode()
    assert Entry.objects.filter(act=Act.HOLD_READ).count() == 1
    client.post(f"{PAGE}penahanan/{held.pk}/")
    assert privacy.world.anew(held).lifted_at


def test_the_rules_are_shown_with_how_sure_they_are(today_world, desk):
    page = desk(today_world.wulan).get(f"{PAGE}aturan/").content.decode()
    assert "Kasus yang ditutup" in page


def test_pages_of_an_erased_case_say_so_and_do_not_fail(privacy, desk):
    world, report = privacy.world, privacy.case.reports.get()
    ways = [f"/desk/kasus/{privacy.case.number}/", f"/desk/kasus/{privacy.case.number}/orang/{privacy.part.pk}/",
            f"/desk/kasus/{privacy.case.number}/pembaca/", f"/desk/kasus/{privacy.case.number}/permintaan/",
            f"/desk/laporan/{report.number}/", "/desk/kasus/", "/desk/laporan/semua/"]  # fmt: skip
    client = desk(world.rina)
    assert [client.get(way).status_code for way in ways] == [200] * len(ways)
    assert "Melati" in client.get(ways[0]).content.decode()
    erased(privacy, desk)
    pages = [client.get(way) for way in ways]
    assert [page.status_code for page in pages] == [200] * len(ways)
    assert not any("Melati" in page.content.decode() for page in pages)


@pytest.mark.parametrize("name", ["ringkasan", "orang", "tahap", "uraian"])
def test_nothing_is_written_into_an_erased_case(privacy, desk, name):
    erased(privacy, desk)
    answer = desk(privacy.world.rina).post(f"/desk/kasus/{privacy.case.number}/{name}/", {
        "summary": "Lagi", "part": "victim", "name": "Kenanga", "to": "handling"})  # fmt: skip
    assert answer.status_code in {403, 422}


def test_the_list_costs_the_same_for_few_and_many(privacy, desk):
    client, costs = desk(privacy.world.wulan), []
    for _round in range(2):
        client.get(PAGE)
        with CaptureQueriesContext(connection) as spent:
            client.get(PAGE)
        costs.append(len(spent))
        for _each in range(4):
            privacy.closed(privacy.world.case(), years=11)
    assert costs[0] == costs[1]


def test_an_agency_elsewhere_sees_nothing(privacy, desk):
    siti = privacy.world.siti
    siti.role = "supervisor"
    siti.save(update_fields=["role"])
    one = proposed(privacy, desk)
    assert privacy.case.number not in desk(siti).get(PAGE).content.decode()
    assert desk(siti).get(of_file(privacy)).status_code == 404
    assert desk(siti).get(f"{PAGE}{one.pk}/").status_code == 404
