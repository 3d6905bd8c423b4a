"""The list of cases, the file of one, its facts, and what is done with the file."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.agencies import exclusions
from simpul.cases import emergency, files, referrals
from simpul.cases.models import Case
from simpul.desk.views import cases as views
from simpul.intake import reports, tracking, triage
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.obligations.models import Obligation

LIST = "/desk/kasus/"
REASON = "Korban terancam malam ini dan lembaga tidak menjawab telepon."


def at(case, act=""):
    return f"/desk/kasus/{case.number}/{act}"


def entries(act, officer=None):
    found = Entry.objects.filter(act=act)
    return found.filter(officer_id=officer.pk).count() if officer else found.count()


def shown(client, address):
    """The fingerprints that a page carries when it is opened."""
    return {"versi": client.get(address).context["form"].versions.shown}


@pytest.fixture
def case(today_world):
    return today_world.case(danger="yes_now", children="yes")


def test_the_list_shows_cases_of_the_own_agency_and_no_others(today_world, desk, case):
    there = today_world.case(place="61.01.01.2001", by=today_world.siti)
    page = desk(today_world.rina).get(LIST).content.decode()
    assert case.number in page
    assert there.number not in page


def test_the_list_is_narrowed_by_stage_and_number(today_world, desk, case):
    other = today_world.case()
    files.move(other, to="assessment", by=today_world.rina, at=today_world.at)
    rina = desk(today_world.rina)
    by_stage = rina.get(LIST, {"tahap": "assessment"}).content.decode()
    assert other.number in by_stage
    assert case.number not in by_stage
    by_number = rina.get(LIST, {"q": case.number}).content.decode()
    assert case.number in by_number
    assert other.number not in by_number


def test_a_filter_that_makes_no_sense_shows_everything(today_world, desk, case):
    page = desk(today_world.rina).get(LIST, {"tahap": "tidak ada", "hal": "x"})
    assert page.status_code == 200
    assert case.number in page.content.decode()


def test_the_list_costs_the_same_for_one_case_and_for_thirty(today_world, desk, case):
    rina = desk(today_world.rina)
    rina.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as one:
        rina.get(LIST)
    for _number in range(12):
        today_world.victim(today_world.case())
    with CaptureQueriesContext(connection) as many:
        rina.get(LIST)
    assert len(many) == len(one)


def test_opening_the_file_is_written_down_and_so_is_each_name(today_world, desk, case):
    today_world.victim(case)
    today_world.victim(case, name="Kenanga Putri")
    page = desk(today_world.rina).get(at(case)).content.decode()
    assert "Melati Kusuma" in page
    assert "Kenanga Putri" in page
    assert entries(Act.CASE_READ, today_world.rina) == 1
    read = Entry.objects.filter(act=Act.IDENTITY_READ, officer_id=today_world.rina.pk)
    assert [entry.facts["fields"] for entry in read] == [["name"], ["name"]]


def test_no_file_opens_before_the_duty_of_secrecy_is_acknowledged(today_world, desk, case):
    today_world.rina.acknowledged_at = None
    today_world.rina.save()
    answer = desk(today_world.rina).get(at(case))
    assert answer.status_code == 302
    assert "kerahasiaan" in answer["Location"]
    assert entries(Act.CASE_READ) == 0


def test_the_clocks_of_the_case_stand_in_its_file(today_world, desk, case):
    today_world.victim(case)
    page = desk(today_world.rina).get(at(case)).content.decode()
    assert "PP 9/2008" in page


def test_the_secretariat_sees_clocks_and_no_name(today_world, desk, case):
    victim = today_world.victim(case)
    today_world.service(victim, need="Rawat luka di tangan")
    files.summarise(case, summary="Ringkasan rahasia", by=today_world.rina, at=today_world.at)
    file = desk(today_world.rina).get(at(case)).content.decode()
    assert "Melati Kusuma" in file
    assert "Ringkasan rahasia" in file

    dewi = desk(today_world.dewi)
    assert case.number in dewi.get(LIST).content.decode()
    facts = dewi.get(at(case, "fakta/")).content.decode()
    assert "PP 9/2008" in facts
    for secret in ("Melati", "Ringkasan rahasia", "Rawat luka"):
        assert secret not in facts
    assert dewi.get(at(case)).status_code == 404
    assert entries(Act.CASE_FACTS_SEEN, today_world.dewi) == 1


def test_a_case_without_a_place_stays_with_the_secretariat_of_its_agency(today_world, desk, case):
    Case.objects.filter(pk=case.pk).update(place=None)
    assert desk(today_world.dewi).get(at(case, "fakta/")).status_code == 200


def test_a_case_opens_without_a_report(today_world, desk):
    rina = desk(today_world.rina)
    typed = {"place": "jagoi", "summary": "Ditemukan petugas di pos.", "kinds": ["unpaid_work"]}
    found = rina.post("/desk/kasus/baru/", typed | {"cari": "place"})
    assert 'value="61.07.07.2001"' in found.content.decode()
    assert "Ditemukan petugas di pos." in found.content.decode()
    chosen = typed | {"place_kode": "61.07.07.2001", "place_untuk": "jagoi"}
    answer = rina.post("/desk/kasus/baru/", chosen)
    case = Case.objects.get()
    assert answer["Location"] == at(case)
    assert case.place_id == "61.07.07.2001"
    assert case.kinds == ["unpaid_work"]


def test_the_summary_and_the_facts_are_kept(today_world, desk, case):
    rina = desk(today_world.rina)
    rina.post(at(case, "ringkasan/"), {"summary": "Dibawa ke Serian."} | shown(rina, at(case, "ringkasan/")))
    typed = {"kinds": ["sexual"], "is_sexual": "on", "modus": ""}
    rina.post(at(case, "uraian/"), typed | shown(rina, at(case, "uraian/")))
    case = Case.objects.get()
    assert case.summary.opened() == "Dibawa ke Serian."
    assert case.is_sexual
    assert not case.in_danger


def test_a_case_with_open_obligations_does_not_end_and_says_why(today_world, desk, case):
    files.move(case, to="handling", by=today_world.rina, at=today_world.at)
    today_world.victim(case)
    answer = desk(today_world.rina).post(at(case, "tutup/"), {"reason": "recovered"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Case.objects.get().stage == "handling"


def test_an_officer_who_is_assigned_opens_the_file_and_who_is_released_does_not(today_world, desk, case):
    rina, agus = desk(today_world.rina), desk(today_world.agus)
    assert agus.get(at(case)).status_code == 404
    rina.post(at(case, "petugas/"), {"officer": today_world.agus.pk})
    assert agus.get(at(case)).status_code == 200
    rina.post(at(case, f"petugas/{case.assignments.get().pk}/akhiri/"))
    assert agus.get(at(case)).status_code == 404


def test_an_assigned_officer_is_shown_no_button_of_the_keeping_agency(today_world, desk, case):
    files.assign(case, officer=today_world.agus, by=today_world.rina, at=today_world.at)
    page = desk(today_world.agus).get(at(case)).content.decode()
    assert at(case, "orang/") in page
    assert at(case, "tahap/") not in page
    assert desk(today_world.agus).get(at(case, "tahap/")).status_code == 403


def test_noting_the_police_report_meets_its_clock(today_world, desk, case):
    today_world.victim(case)
    rina = desk(today_world.rina)
    when = {"reported_at": today_world.at.astimezone().strftime("%Y-%m-%dT%H:%M")}
    late = rina.post(at(case, "polisi/"), {"number": "LP/B/12", "reported_at": "2999-01-01T10:00"})
    assert late.status_code == 422
    assert "LP/B/12" in late.content.decode()
    rina.post(at(case, "polisi/"), {"number": "LP/B/12", "unit": today_world.police.pk} | when)
    assert Obligation.objects.get(rule="report_to_police").state == "met"
    assert "LP/B/12" in rina.get(at(case)).content.decode()


def test_the_reader_list_names_who_opened_the_file(today_world, desk, case):
    desk(today_world.yanti).get(at(case))
    page = desk(today_world.rina).get(at(case, "pembaca/")).content.decode()
    assert "Yanti Sari" in page


def test_the_head_of_the_unit_keeps_an_agency_out_and_lets_it_in_again(today_world, desk, case):
    files.assign(case, officer=today_world.agus, by=today_world.rina, at=today_world.at)
    agus, yanti = desk(today_world.agus), desk(today_world.yanti)
    assert agus.get(at(case)).status_code == 200
    nobody = yanti.post(at(case, "pengecualian/"), {})
    assert nobody.status_code == 422
    yanti.post(at(case, "pengecualian/"), {"agency": today_world.police.pk})
    assert agus.get(at(case)).status_code == 404
    yanti.post(at(case, f"pengecualian/{exclusions.of(case).get().pk}/cabut/"))
    assert agus.get(at(case)).status_code == 200


def test_the_reporter_is_answered_from_the_case(today_world, desk):
    report = today_world.report()
    case = triage.accept(report, by=today_world.rina, at=today_world.at)
    reports.add_message(tracking.report_of(report.receipt), text="Adakah kabar?", at=today_world.at)
    address = f"{at(case, 'pesan/')}?laporan={report.number}"
    rina = desk(today_world.rina)
    assert "Adakah kabar?" in rina.get(address).content.decode()
    assert entries(Act.MESSAGES_READ, today_world.rina) == 1
    rina.post(address, {"text": "Kami menanganinya."})
    told = tracking.conversation(tracking.report_of(report.receipt), at=today_world.at)
    assert told[-1].text.opened() == "Kami menanganinya."


def test_messages_of_a_report_of_another_case_are_not_reached(today_world, desk, case):
    other = today_world.case().reports.get()
    assert desk(today_world.rina).get(f"{at(case, 'pesan/')}?laporan={other.number}").status_code == 404


def test_a_report_of_another_region_is_known_by_number_only(today_world, desk, case):
    files.assign(case, officer=today_world.agus, by=today_world.rina, at=today_world.at)
    number = case.reports.get().number
    page = desk(today_world.agus).get(at(case)).content.decode()
    assert number in page
    assert f"/desk/laporan/{number}/" not in page


def test_emergency_access_is_reviewed_by_the_agency_that_keeps_the_case(today_world, desk, case):
    taken = emergency.break_glass(case.number, reason=REASON, by=today_world.lina, at=today_world.at)
    rina = desk(today_world.rina)
    assert REASON in rina.get(at(case)).content.decode()
    rina.post(at(case, f"darurat/{taken.pk}/"))
    assert Obligation.objects.get(rule="review_emergency_access").state == "met"
    assert REASON not in rina.get(at(case)).content.decode()


def test_whoever_took_emergency_access_reads_and_changes_nothing(today_world, desk, case):
    emergency.break_glass(case.number, reason=REASON, by=today_world.lina, at=today_world.at)
    lina = desk(today_world.lina)
    page = lina.get(at(case)).content.decode()
    assert 'role="note"' in page
    assert at(case, "orang/") + '"' not in page
    assert lina.post(at(case, "ringkasan/"), {"summary": "x"}).status_code == 403


def test_a_referral_in_the_file_shows_its_clock(today_world, desk, case):
    service = today_world.service(today_world.victim(case))
    referral = referrals.send(
        service, to=today_world.dinsos, need="Pendampingan", fields=["sex"], basis="public_task",
        basis_reason="Tugas.", by=today_world.rina, at=today_world.at,
    )  # fmt: skip
    page = desk(today_world.rina).get(at(case)).content.decode()
    assert f"/desk/rujukan/{referral.pk}/" in page


def test_the_file_costs_the_same_for_few_things_and_for_many(today_world, desk, case):
    victim = today_world.victim(case)
    rina = desk(today_world.rina)

    def add():
        service = today_world.service(victim, kind="first_aid")
        referrals.send(
            service, to=today_world.dinsos, need="Pendampingan", fields=["sex"], basis="public_task",
            basis_reason="Tugas.", by=today_world.rina, at=today_world.at,
        )  # fmt: skip

    add()
    rina.get(at(case))
    with CaptureQueriesContext(connection) as few:
        rina.get(at(case))
    for _number in range(6):
        add()
    with CaptureQueriesContext(connection) as many:
        rina.get(at(case))
    assert len(many) == len(few)


def test_what_is_owed_stands_before_people_and_the_rest_is_folded(today_world, desk, case):
    today_world.victim(case)
    page = desk(today_world.rina).get(at(case)).content.decode()
    places = [page.index(f'id="{name}"') for name in ("waktu", "orang", "riwayat", "rujukan")]
    assert places == sorted(places)
    assert '<details class="card folded" id="rujukan">' in page


def test_a_clock_that_waits_for_something_is_not_among_what_is_next(today_world, desk, case):
    today_world.service(today_world.victim(case))
    Obligation.objects.filter(rule="first_contact").update(state="waiting", waits_for="police_report", due_at=None)
    context = desk(today_world.rina).get(at(case)).context
    assert "first_contact" in [clock.rule for clock in context["waiting"]]
    assert "first_contact" not in [clock.rule for clock in context["standing"]]


def test_another_page_adds_a_section_to_the_file(today_world, desk, case, monkeypatch):
    told = []
    monkeypatch.setitem(views.SECTIONS, "restitution", lambda case, **seen: told.append((case, *sorted(seen))) or {})
    assert desk(today_world.rina).get(at(case)).status_code == 200
    assert told == [(case, "people", "request")]


def test_each_clock_says_whose_it_is(today_world, desk, case):
    for name in ("Melur", "Kamboja"):
        today_world.service(today_world.victim(case, name=name), kind="first_aid")
    page = desk(today_world.rina).get(at(case))
    whose = {clock.whose for clock in page.context["standing"] if clock.rule == "first_aid"}
    assert whose == {
        "Melur, Pertolongan pertama dan layanan darurat",
        "Kamboja, Pertolongan pertama dan layanan darurat",
    }
