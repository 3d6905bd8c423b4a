"""The list of reports and the page of one."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from simpul.agencies import exclusions
from simpul.agencies.models import Exclusion
from simpul.cases import files
from simpul.intake import attachments, reports, triage
from simpul.intake.models import Finding, IndicatorNote, Message, Report
from simpul.journal.acts import Act
from simpul.journal.models import Entry

LIST = "/desk/laporan/semua/"


def at(report, act=""):
    return f"/desk/laporan/{report.number}/{act}"


def entries(act):
    return Entry.objects.filter(act=act).count()


def photo():
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "navy").save(out, "JPEG")
    return out.getvalue()


def test_the_list_is_narrowed_by_status(today_world, desk):
    waiting, accepted = today_world.report(), today_world.case().reports.get()
    page = desk(today_world.rina).get(LIST, {"status": "accepted"}).content.decode()
    assert accepted.number in page
    assert waiting.number not in page


def test_the_list_is_narrowed_by_a_place_as_people_write_it(today_world, desk):
    here, elsewhere = today_world.report(), today_world.report(place="61.07.04")
    page = desk(today_world.rina).get(LIST, {"tempat": "kec jagoi babang"}).content.decode()
    assert here.number in page
    assert elsewhere.number not in page


def test_a_place_that_does_not_exist_is_said_so(today_world, desk):
    page = desk(today_world.rina).get(LIST, {"tempat": "qqqqzzzz"}).content.decode()
    assert 'role="alert"' in page
    assert "qqqqzzzz" in page


def test_reports_with_new_messages_have_a_list_of_their_own(today_world, desk):
    quiet, talking = today_world.report(), today_world.report()
    reports.add_message(talking, text="Ada kabar baru.", at=timezone.now())
    client = desk(today_world.rina)
    page = client.get(LIST, {"baru": "1"}).content.decode()
    assert talking.number in page
    assert quiet.number not in page
    assert "Ada kabar baru." in client.get(at(talking)).content.decode()
    assert talking.number not in client.get(LIST, {"baru": "1"}).content.decode()


@pytest.mark.parametrize("query", [{}, {"baru": "1"}])
def test_the_list_costs_the_same_for_one_report_and_for_thirty(today_world, desk, query):
    client = desk(today_world.rina)
    reports.add_message(today_world.report(), text="Halo", at=timezone.now())
    client.get(LIST, query)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST, query)
    for _i in range(29):
        reports.add_message(today_world.report(), text="Halo", at=timezone.now())
    with CaptureQueriesContext(connection) as thirty:
        assert len(client.get(LIST, query).context["rows"]) == 30
    assert len(thirty) == len(one)


def test_opening_a_report_shows_the_statement_and_is_written_down(today_world, desk):
    report = today_world.report("Kakak saya ditahan di Serian.\n\nTolong.")
    page = desk(today_world.rina).get(at(report))
    assert "Kakak saya ditahan di Serian.\n\nTolong." in page.content.decode()
    assert entries(Act.REPORT_READ) == 1
    assert today_world.anew(report).status == Report.Status.READING
    assert today_world.rina.full_name in page.content.decode()


def test_who_has_not_acknowledged_the_duty_of_secrecy_reads_it_first_and_comes_back(today_world, desk):
    report, rina = today_world.report(), today_world.rina
    rina.acknowledged_at = None
    rina.save(update_fields=["acknowledged_at"])
    client = desk(rina)
    answer = client.get(at(report))
    assert answer.status_code == 302
    assert answer.url.startswith("/desk/kerahasiaan/?next=")
    assert entries(Act.REPORT_READ) == 0
    assert client.post("/desk/kerahasiaan/", {"onward": at(report)}).url == at(report)
    assert client.get(at(report)).status_code == 200


def test_a_message_is_written_in_any_state(today_world, desk):
    report = today_world.case().reports.get()
    client = desk(today_world.rina)
    assert client.post(at(report, "tulis/"), {"text": "Kami masih bekerja."}).status_code == 302
    assert Message.objects.get(report=report).officer == today_world.rina
    assert client.post(at(report, "tulis/"), {"text": "  "}).status_code == 422


def test_the_contact_is_a_reading_of_its_own(today_world, desk):
    report = today_world.report(contact="0812 5555 0101", contact_name="Ibu Nur", contact_is_safe="no")
    client = desk(today_world.rina)
    page = client.get(at(report)).content.decode()
    assert "0812 5555 0101" not in page
    assert 'class="tag danger"' in page
    page = client.post(at(report, "kontak/")).content.decode()
    assert "0812 5555 0101" in page
    assert "Ibu Nur" in page
    assert entries(Act.REPORT_CONTACT_READ) == 1


def test_a_finding_stands_with_the_words_that_support_it_until_it_is_taken_back(today_world, desk):
    report = today_world.report()
    client = desk(today_world.rina)
    client.post(at(report, "temuan/"), {"finding": "acts:transport", "support": "dibawa ke Malaysia"})
    found = Finding.objects.get(report=report)
    assert "“dibawa ke Malaysia”" in client.get(at(report)).content.decode()
    client.post(at(report, f"temuan/{found.pk}/hapus/"))
    assert not Finding.objects.exists()
    assert entries(Act.FINDING_NOTED) == 2


def test_a_finding_without_support_keeps_what_was_chosen(today_world, desk):
    report = today_world.report()
    page = desk(today_world.rina).post(at(report, "temuan/"), {"finding": "means:confinement", "support": ""})
    assert page.status_code == 422
    assert '<option value="means:confinement" selected>' in page.content.decode()


def test_a_child_needs_no_means(today_world, desk):
    adult, child = today_world.report(), today_world.report(children="yes")
    client = desk(today_world.rina)
    assert client.get(at(adult)).context["standing"].needs_means
    assert not client.get(at(child)).context["standing"].needs_means


def test_only_changed_indicators_are_noted(today_world, desk):
    report = today_world.report()
    client = desk(today_world.rina)
    typed = {"answer_deception": "present", "note_deception": "upahnya lain", "answer_violence": "unclear"}
    client.post(at(report, "indikator/"), typed)
    assert set(IndicatorNote.objects.values_list("indicator", flat=True)) == {"deception", "violence"}
    client.post(at(report, "indikator/"), typed | {"answer_violence": "absent"})
    assert entries(Act.INDICATOR_NOTED) == 3
    assert "“upahnya lain”" in client.get(at(report)).content.decode()


def test_words_beside_an_unanswered_indicator_are_not_lost(today_world, desk):
    report = today_world.report()
    page = desk(today_world.rina).post(at(report, "indikator/"), {"note_deception": "upahnya lain"})
    assert page.status_code == 422
    assert 'value="upahnya lain"' in page.content.decode()
    assert not IndicatorNote.objects.exists()


def test_a_file_is_only_ever_saved(today_world, desk):
    report = today_world.report()
    file = attachments.add(report, attachments.prepare(photo()), at=timezone.now())
    client = desk(today_world.rina)
    assert str(file.pk) in client.get(at(report)).content.decode()
    answer = client.get(at(report, f"berkas/{file.pk}/"))
    assert answer.content.startswith(b"\xff\xd8")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{attachments.name_of(file)}"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert entries(Act.FILE_TAKEN) == 1
    assert desk(today_world.siti).get(at(report, f"berkas/{file.pk}/")).status_code == 404
    assert entries(Act.FILE_TAKEN) == 1


def test_a_file_is_found_only_below_its_own_report(today_world, desk):
    report, other = today_world.report(), today_world.report()
    file = attachments.add(report, attachments.prepare(photo()), at=timezone.now())
    client = desk(today_world.rina)
    assert client.get(at(report, f"berkas/{file.pk}/")).status_code == 200
    assert client.get(at(other, f"berkas/{file.pk}/")).status_code == 404


def test_the_head_of_the_unit_keeps_an_officer_out_and_lets_her_in_again(today_world, desk):
    report = today_world.report()
    rina, yanti = desk(today_world.rina), desk(today_world.yanti)
    assert rina.get(at(report)).status_code == 200
    assert b"pengecualian/" not in rina.get(at(report)).content
    yanti.post(at(report, "pengecualian/"), {"who": f"officer:{today_world.rina.pk}"})
    assert rina.get(at(report)).status_code == 404
    assert today_world.rina.full_name in yanti.get(at(report)).content.decode()
    yanti.post(at(report, "pengecualian/"), {"lift": Exclusion.objects.get().pk})
    assert rina.get(at(report)).status_code == 200


def test_a_case_manager_keeps_nobody_out(today_world, desk):
    report = today_world.report()
    answer = desk(today_world.rina).post(at(report, "pengecualian/"), {"who": f"officer:{today_world.budi.pk}"})
    assert answer.status_code == 404
    assert not Exclusion.objects.exists()


def test_an_office_the_reporter_named_is_kept_out_and_shown(today_world, desk):
    report = today_world.report(involves=["police"])
    assert Exclusion.objects.get().agency_kind == "police"
    assert desk(today_world.yanti).get(at(report)).context["exclusions"].get().agency_kind == "police"


def test_a_file_is_not_handed_out_before_the_duty_of_secrecy_is_acknowledged(today_world, desk):
    report, rina = today_world.report(), today_world.rina
    file = attachments.add(report, attachments.prepare(photo()), at=timezone.now())
    rina.acknowledged_at = None
    rina.save(update_fields=["acknowledged_at"])
    assert desk(rina).get(at(report, f"berkas/{file.pk}/")).url.startswith("/desk/kerahasiaan/")
    assert entries(Act.FILE_TAKEN) == 0


def with_file(world, data, **told):
    """A report with one file, and the case that grew from it; Agus works on the case and takes in no reports."""
    report = world.report(**told)
    file = attachments.add(report, attachments.prepare(data), at=timezone.now())
    case = triage.accept(report, by=world.rina, at=world.at)
    files.assign(case, officer=world.agus, by=world.rina, at=world.at)
    return file, case


def in_case(case, file):
    return f"/desk/kasus/{case.number}/berkas/{file.pk}/"


def test_officers_of_the_case_take_the_files_of_its_reports(today_world, desk):
    file, case = with_file(today_world, photo(), children="no")
    agus = desk(today_world.agus)
    assert agus.get(at(file.report, f"berkas/{file.pk}/")).status_code == 404
    assert in_case(case, file) in agus.get(f"/desk/kasus/{case.number}/").content.decode()
    answer = agus.get(in_case(case, file))
    assert answer.content.startswith(b"\xff\xd8")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    entry = Entry.objects.get(act=Act.FILE_TAKEN)
    assert (entry.officer_id, entry.file) == (today_world.agus.pk, f"cases.case:{case.pk}")
    assert desk(today_world.siti).get(in_case(case, file)).status_code == 404
    assert in_case(case, file) not in str(desk(today_world.dewi).get(f"/desk/kasus/{case.number}/fakta/").content)


def test_a_file_of_another_case_is_not_reached_through_this_one(today_world, desk):
    file, case = with_file(today_world, photo())
    other = today_world.case()
    rina = desk(today_world.rina)
    assert rina.get(in_case(case, file)).status_code == 200
    assert rina.get(in_case(other, file)).status_code == 404


def test_who_is_kept_out_of_the_report_takes_no_file_of_it_through_the_case(today_world, desk):
    file, case = with_file(today_world, photo(), children="no")
    agus = desk(today_world.agus)
    assert agus.get(in_case(case, file)).status_code == 200
    exclusions.keep_out(file.report, officer=today_world.agus, by=today_world.yanti, at=today_world.at)
    assert in_case(case, file) not in agus.get(f"/desk/kasus/{case.number}/").content.decode()
    assert agus.get(in_case(case, file)).status_code == 404


def test_a_photo_in_a_case_with_children_is_opened_for_a_reason_only(today_world, desk):
    file, case = with_file(today_world, photo(), children="yes")
    assert case.has_children
    ways = (
        (desk(today_world.yanti), at(file.report, f"berkas/{file.pk}/")),
        (desk(today_world.agus), in_case(case, file)),
    )
    for client, address in ways:
        asked = client.get(address)
        assert asked.status_code == 200
        assert asked.headers["Content-Type"].startswith("text/html")
        assert client.post(address, {"because": "penasaran"}).status_code == 422
    assert entries(Act.FILE_TAKEN) == 0
    for client, address in ways:
        assert client.post(address, {"because": "evidence"}).content.startswith(b"\xff\xd8")
    assert [entry.facts for entry in Entry.objects.filter(act=Act.FILE_TAKEN)] == [{"because": "evidence"}] * 2


def test_a_letter_in_a_case_with_children_is_handed_out_at_once(today_world, desk):
    file, case = with_file(today_world, b"%PDF-1.4 surat", children="yes")
    assert desk(today_world.agus).get(in_case(case, file)).content.startswith(b"%PDF")
