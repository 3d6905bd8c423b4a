"""Today: what is owed, and the way from there to the file."""

from datetime import timedelta

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


def test_what_other_agencies_let_run_out_stands_below_with_its_number(today_world, desk):
    before = today_world.at - timedelta(days=9)
    case = today_world.case(at=before)
    victim = today_world.victim(case, at=before)
    rina = desk(today_world.rina)
    assert rina.get(TODAY).context["late_count"] == 0
    for _i in range(12):
        today_world.service(victim, kind="first_aid", is_urgent=True, provider=today_world.dinsos, at=before)
    page = rina.get(TODAY)
    assert page.context["late_count"] == 12
    # What others owe is told apart from what the own agency owes.
    assert page.context["counts"]["standing"] == len(page.context["leaf"])
    assert len(page.context["late"]) == 10
    assert 'id="terlambat"' in page.content.decode()
    assert 'id="terlambat"' not in desk(today_world.siti).get(TODAY).content.decode()


def test_what_others_owe_costs_the_same_for_one_and_for_twelve(today_world, desk):
    before = today_world.at - timedelta(days=9)
    victim = today_world.victim(today_world.case(at=before), at=before)

    def late():
        today_world.service(victim, kind="first_aid", is_urgent=True, provider=today_world.dinsos, at=before)

    client = desk(today_world.rina)
    late()
    client.get(TODAY)
    with CaptureQueriesContext(connection) as one:
        client.get(TODAY)
    for _i in range(11):
        late()
    with CaptureQueriesContext(connection) as twelve:
        client.get(TODAY)
    assert len(twelve) == len(one)
