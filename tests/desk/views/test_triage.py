"""The queue, and decisions on a report as officers make them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.intake.models import Report
from simpul.journal.models import Entry
from simpul.obligations.models import Obligation

QUEUE = "/desk/laporan/"


def at(report, act=""):
    return f"/desk/laporan/{report.number}/{act}"


def test_the_most_urgent_report_stands_first_and_says_why(today_world, desk):
    calm = today_world.report()
    urgent = today_world.report(danger="yes_now", children="yes")
    page = desk(today_world.rina).get(QUEUE)
    assert page.content.index(urgent.number.encode()) < page.content.index(calm.number.encode())
    first = page.context["rows"][0]
    assert len(first.reasons) == 2
    assert first.place == "Jagoi, Kec. Jagoi Babang, Kab. Bengkayang"
    assert first.clock.rule == "triage_danger"


def test_the_queue_opens_no_seal_and_writes_no_entry(today_world, desk):
    report = today_world.report("Gudang biru di Jagoi.")
    before = Entry.objects.count()
    page = desk(today_world.rina).get(QUEUE)
    assert report.number in page.content.decode()
    assert "Gudang biru" not in page.content.decode()
    assert Entry.objects.count() == before


def test_the_queue_costs_the_same_for_one_report_and_for_thirty(today_world, desk):
    client = desk(today_world.rina)
    today_world.report()
    client.get(QUEUE)
    with CaptureQueriesContext(connection) as one:
        client.get(QUEUE)
    for _i in range(29):
        today_world.report()
    with CaptureQueriesContext(connection) as thirty:
        assert len(client.get(QUEUE).context["rows"]) == 30
    assert len(thirty) == len(one)


def test_an_empty_queue_says_so(today_world, desk):
    assert b'class="empty"' in desk(today_world.rina).get(QUEUE).content


def test_siti_finds_neither_the_report_nor_its_decisions(today_world, desk):
    report = today_world.report()
    assert desk(today_world.rina).get(at(report)).status_code == 200
    siti = desk(today_world.siti)
    assert report.number not in siti.get(QUEUE).content.decode()
    for act in ("", "tanya/", "terima/", "teruskan/", "gabung/", "sisihkan/", "buka-lagi/", "tulis/", "kontak/"):
        answer = siti.post(at(report, act), {"text": "Halo"}) if act else siti.get(at(report))
        assert answer.status_code == 404, act
    assert today_world.anew(report).is_undecided


def test_a_partner_has_no_triage(today_world, desk):
    assert desk(today_world.budi).get(QUEUE).status_code == 404


@pytest.mark.parametrize("act", ["tanya/", "terima/", "teruskan/", "gabung/", "sisihkan/", "buka-lagi/"])
def test_the_address_of_a_decision_only_opens_the_report(today_world, desk, act):
    report = today_world.report()
    answer = desk(today_world.rina).get(at(report, act))
    assert answer.status_code == 302
    assert answer.url == at(report)
    assert today_world.anew(report).status == Report.Status.RECEIVED


def test_asking_leaves_the_report_in_the_queue_and_meets_its_clock(today_world, desk):
    report = today_world.report()
    client = desk(today_world.rina)
    assert client.post(at(report, "tanya/"), {"text": "Di mana dia sekarang?"}).url == at(report)
    assert today_world.anew(report).status == Report.Status.QUESTION
    assert Obligation.objects.get(rule="triage").state == "met"
    assert "Di mana dia sekarang?" in client.get(at(report)).content.decode()


def test_a_report_is_accepted_into_a_new_case_and_the_reporter_told(today_world, desk):
    report = today_world.report()
    client = desk(today_world.rina)
    client.post(at(report, "terima/"), {"case": "new", "message": "Laporan Anda kami tangani."})
    report = today_world.anew(report)
    assert report.status == Report.Status.ACCEPTED
    assert report.case.agency == today_world.uptd
    page = client.get(at(report)).content.decode()
    assert report.case.number in page
    assert "Laporan Anda kami tangani." in page


def test_a_report_is_accepted_into_an_existing_case(today_world, desk):
    case = today_world.case()
    report = today_world.report()
    client = desk(today_world.rina)
    assert case.number in client.get(at(report)).content.decode()
    client.post(at(report, "terima/"), {"case": "existing", "into": case.number.lower()})
    assert today_world.anew(report).case == case


def test_a_case_of_others_is_not_found_and_nothing_typed_is_lost(today_world, desk):
    theirs = today_world.case(by=today_world.siti, place="61.01.01")
    report = today_world.report()
    typed = {"case": "existing", "into": theirs.number, "message": "Terima kasih atas laporannya."}
    page = desk(today_world.rina).post(at(report, "terima/"), typed)
    assert page.status_code == 422
    assert "Terima kasih atas laporannya." in page.content.decode()
    assert theirs.number in page.content.decode()
    assert today_world.anew(report).is_undecided


def test_a_report_passed_to_another_region_leaves_the_officer(today_world, desk):
    report = today_world.report()
    answer = desk(today_world.rina).post(at(report, "teruskan/"), {"to": today_world.uptd_sambas.pk})
    assert today_world.anew(report).agency == today_world.uptd_sambas
    assert answer.url in {at(report), QUEUE}
    assert desk(today_world.siti).get(at(report)).status_code == 200


def test_passing_on_to_nobody_is_refused_in_the_form(today_world, desk):
    report = today_world.report()
    page = desk(today_world.rina).post(at(report, "teruskan/"), {"message": "Sudah kami teruskan."})
    assert page.status_code == 422
    assert "Sudah kami teruskan." in page.content.decode()


def test_two_reports_of_one_event_are_merged_and_parted_again(today_world, desk):
    first = today_world.report(kinds=["unpaid_work"])
    second = today_world.report(kinds=["unpaid_work"])
    client = desk(today_world.rina)
    assert first.number in client.get(at(second)).content.decode()
    client.post(at(second, "gabung/"), {"into": first.number})
    assert today_world.anew(second).merged_into == first
    assert second.number in client.get(at(first)).content.decode()
    client.post(at(second, "buka-lagi/"))
    assert today_world.anew(second).merged_into is None


def test_a_report_is_not_merged_into_one_that_stays_unknown(today_world, desk):
    theirs = today_world.report(place="61.01.01")
    report = today_world.report()
    page = desk(today_world.rina).post(at(report, "gabung/"), {"into": theirs.number})
    assert page.status_code == 422
    assert today_world.anew(report).is_undecided


def test_a_report_set_aside_says_why_and_can_be_taken_up_again(today_world, desk):
    report = today_world.report()
    client = desk(today_world.rina)
    client.post(at(report, "sisihkan/"), {"because": "not_trafficking", "note": "Sengketa upah biasa."})
    page = client.get(at(report)).content.decode()
    assert "Sengketa upah biasa." in page
    assert "buka-lagi/" in page
    client.post(at(report, "buka-lagi/"))
    assert today_world.anew(report).status == Report.Status.READING
    assert Obligation.objects.standing().filter(rule="triage").count() == 1


def test_setting_aside_needs_a_reason(today_world, desk):
    report = today_world.report()
    assert desk(today_world.rina).post(at(report, "sisihkan/"), {"note": "tanpa alasan"}).status_code == 422


def test_a_second_decision_is_refused_with_a_sentence_and_what_was_typed(today_world, desk):
    report = today_world.report()
    desk(today_world.rina).post(at(report, "terima/"), {"case": "new"})
    page = desk(today_world.yanti).post(at(report, "tanya/"), {"text": "Apakah masih di sana?"})
    assert page.status_code == 422
    assert "Apakah masih di sana?" in page.content.decode()


def test_an_accepted_report_cannot_be_taken_up_again(today_world, desk):
    report = today_world.report()
    client = desk(today_world.rina)
    client.post(at(report, "terima/"), {"case": "new"})
    assert "buka-lagi/" not in client.get(at(report)).content.decode()
    client.post(at(report, "buka-lagi/"))
    assert today_world.anew(report).status == Report.Status.ACCEPTED
