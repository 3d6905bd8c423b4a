"""What an officer reads where there is nothing to see or nothing to do."""

from django.test import Client

from simpul.confidentiality.data_keys import Erased
from simpul.desk.views import errors
from simpul.lib.rules import NotAllowed


def test_what_is_not_there_and_what_is_not_open_read_the_same(today_world, desk):
    report = today_world.report()
    assert desk(today_world.rina).get(f"/desk/laporan/{report.number}/").status_code == 200
    siti = desk(today_world.siti)
    hidden, absent = siti.get(f"/desk/laporan/{report.number}/"), siti.get("/desk/laporan/L-1999-000001/")
    assert hidden.status_code == absent.status_code == 404
    csrf = [answer.content.partition(b"csrfmiddlewaretoken")[0] for answer in (hidden, absent)]
    assert csrf[0] == csrf[1]
    assert report.number.encode() not in hidden.content


def test_a_finding_is_taken_back_only_below_its_own_report(today_world, desk):
    report, other = today_world.report(), today_world.report()
    rina = desk(today_world.rina)
    rina.post(f"/desk/laporan/{report.number}/temuan/", {"finding": "acts:transport", "support": "dibawa"})
    finding = report.findings.get()
    assert rina.post(f"/desk/laporan/{other.number}/temuan/{finding.pk}/hapus/").status_code == 404
    assert report.findings.exists()


def test_a_refusal_is_a_page_with_its_sentence(world, rf):
    request = rf.get("/desk/hari-ini/")
    request.user = world.rina
    answer = errors.answer_to(request, NotAllowed("Kasus ini sudah ditutup."))
    assert answer.status_code == 403
    assert "Kasus ini sudah ditutup." in answer.content.decode()


def test_what_was_erased_is_a_page_and_no_error(world, rf):
    request = rf.get("/desk/hari-ini/")
    request.user = world.rina
    assert errors.answer_to(request, Erased("x")).status_code == 410


def test_an_error_of_ours_stays_an_error(rf):
    assert errors.answer_to(rf.get("/desk/hari-ini/"), ZeroDivisionError()) is None


def test_a_forged_form_is_refused_with_a_sentence(today_world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(today_world.rina)
    answer = client.post("/desk/cari/", {"q": "apa"})
    assert answer.status_code == 403
    assert b"desk.css" in answer.content
