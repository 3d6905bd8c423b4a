"""Today: what is owed, and the way from there to the file."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.obligations.models import Obligation

TODAY = "/desk/hari-ini/"


def test_the_first_page_is_the_first_line_of_the_role(today_world, desk):
    assert desk(today_world.rina).get("/desk/").url == TODAY
    assert desk(today_world.tono).get("/desk/").url == "/desk/petugas/"


def test_what_runs_out_first_stands_first(today_world, desk):
    slow, fast = today_world.report(), today_world.report(danger="yes_now")
    page = desk(today_world.rina).get(TODAY).content.decode()
    assert page.index(fast.number) < page.index(slow.number)


def test_an_obligation_leads_to_its_report(today_world, desk):
    report = today_world.report()
    owed = Obligation.objects.get(rule="triage")
    address = f"/desk/kewajiban/{owed.pk}/berkas/"
    assert desk(today_world.rina).get(address).url == f"/desk/laporan/{report.number}/"
    assert desk(today_world.siti).get(address).status_code == 404


def test_an_obligation_leads_to_its_case(today_world, desk):
    case = today_world.case()
    owed = Obligation.objects.get(rule="first_contact")
    assert desk(today_world.rina).get(f"/desk/kewajiban/{owed.pk}/berkas/").url == f"/desk/kasus/{case.number}/"
    assert desk(today_world.dewi).get(f"/desk/kewajiban/{owed.pk}/berkas/").url == f"/desk/kasus/{case.number}/fakta/"


def test_siti_sees_nothing_of_what_others_owe(today_world, desk):
    report = today_world.report()
    assert report.number in desk(today_world.rina).get(TODAY).content.decode()
    assert report.number not in desk(today_world.siti).get(TODAY).content.decode()


def test_today_costs_the_same_for_one_duty_and_for_thirty(today_world, desk):
    client = desk(today_world.rina)
    today_world.report()
    client.get(TODAY)
    with CaptureQueriesContext(connection) as one:
        client.get(TODAY)
    for _i in range(29):
        today_world.report()
    with CaptureQueriesContext(connection) as thirty:
        client.get(TODAY)
    assert len(thirty) == len(one)
