"""A complaint about an officer goes a way which that officer cannot see (rule 22; UU 27/2022)."""

import pytest

from simpul.agencies import exclusions, people
from simpul.agencies.oversight import journal_for
from simpul.agencies.roles import Role
from simpul.desk.views import journal as journal_page
from simpul.intake import complaints, receipts
from simpul.intake.models import Complaint
from simpul.journal.entries import label
from simpul.journal.models import Entry
from simpul.obligations.queries import owed_now
from tests.desk.conftest import desk, today_world  # noqa: F401

WORDS = "Petugas UPTD meminta uang supaya bantuan saya keluar."
ANSWER = "Pengaduan Anda benar. Petugas itu tidak menangani berkas Anda lagi."


@pytest.fixture
def w(today_world):  # noqa: F811
    """The small world today. Lina's unit serves the whole province, so its officers see clocks and journal of all of
    it: there is one for each way in which a complaint could be met.
    """
    for role, name in ((Role.SUPERVISOR, "head"), (Role.AUDITOR, "auditor"), (Role.SECRETARIAT, "secretary")):
        setattr(today_world, name, recorded(today_world, name, today_world.uptd_province, role))
    return today_world


def recorded(w, name, agency, role):
    """An officer who may sign in and has acknowledged the duty of secrecy."""
    officer = people.record(name, full_name=f"{name} tertentu", agency=agency, role=role, password="", by=None, at=w.at)
    people.acknowledge_secrecy(officer, at=w.at)
    return officer


def complain(w, **told):
    return complaints.receive(complaints.Told(WORDS, **told), token=receipts.new_token(), at=w.at)


def traces(browser, complaint):
    """Where in the desk a number or the journal's label of a complaint shows, by every page that could tell."""
    found = set()
    for address in ("/desk/hari-ini/", "/desk/jurnal/", "/desk/keluhan/", f"/desk/keluhan/{complaint.number}/",
                    f"/desk/jurnal/?berkas={complaint.number}", "/desk/kasus/", "/desk/laporan/semua/"):  # fmt: skip
        page = browser.get(address, follow=True)
        seen = page.content.decode().replace(f'value="{complaint.number}"', "").replace(address, "")
        if complaint.number in seen or label(complaint) in seen:
            found.add(address)
    page = browser.post("/desk/cari/", {"q": complaint.number})
    if f"/{complaint.number}/" in page.content.decode():
        found.add("/desk/cari/")
    for obligation in Entry.objects.filter(act="obligation.opened", file=label(complaint)):
        way = f"/desk/kewajiban/{obligation.subject.partition(':')[2]}/berkas/"
        if browser.get(way, follow=True).status_code != 404:
            found.add("/desk/kewajiban/")
    return found


def test_the_officer_complained_about_finds_nothing_anywhere(w, desk):  # noqa: F811
    complaint, _receipt = complain(w, against=w.uptd_province, about="Bu Lina")
    complaints.read(complaint, by=w.wulan, at=w.at)

    # There is something to hide: who hears it finds it, who reads the journal and who sees the clocks of the region
    # knows that there is one.
    assert {"/desk/keluhan/", f"/desk/keluhan/{complaint.number}/", "/desk/jurnal/"} <= traces(desk(w.wulan), complaint)
    others = [recorded(w, "hesti", w.office, Role.SECRETARIAT), recorded(w, "intan", w.office, Role.AUDITOR)]
    for officer, way in zip(others, ("/desk/hari-ini/", "/desk/jurnal/"), strict=True):
        assert way in traces(desk(officer), complaint)

    for officer in (w.lina, w.head, w.auditor, w.secretary):
        assert traces(desk(officer), complaint) == set(), officer.role


def test_an_officer_who_is_named_finds_nothing_wherever_that_officer_works(w, desk):  # noqa: F811
    hesti, intan = recorded(w, "hesti", w.office, Role.SECRETARIAT), recorded(w, "intan", w.office, Role.AUDITOR)
    complaint, _receipt = complain(w, about="Bu Hesti dan Bu Intan")
    for officer in (hesti, intan):
        assert traces(desk(officer), complaint) == set()
    assert traces(desk(w.wulan), complaint)


def test_the_data_protection_officer_reads_answers_and_the_complainant_reads_the_answer(w, desk, client):  # noqa: F811
    complaint, receipt = complain(w, against=w.uptd_province, about="Bu Lina")
    address = f"/desk/keluhan/{complaint.number}/"
    wulan = desk(w.wulan)
    assert WORDS in wulan.get(address).content.decode()
    assert Entry.objects.filter(act="complaint.read", officer_id=w.wulan.pk, file=label(complaint)).exists()

    assert ANSWER not in client.post("/lacak/", {"receipt": receipt}).content.decode()
    assert wulan.post(address, {"answer": ANSWER}).status_code == 302
    assert Entry.objects.filter(act="complaint.answered", officer_id=w.wulan.pk).count() == 1
    assert not w.owed("answer_complaint", on=complaint)

    page = client.post("/lacak/", {"receipt": receipt})
    assert ANSWER in page.content.decode()
    assert w.wulan.full_name not in page.content.decode()
    # Also now nothing has come to the office it is about.
    assert traces(desk(w.auditor), complaint) == set()
    assert not journal_for(w.auditor).filter(file=label(complaint)).exists()


def test_it_is_answered_within_three_working_days(w):
    complaint, _receipt = complain(w, against=w.uptd_province)
    owed = w.owed("answer_complaint", on=complaint)
    assert (owed.rule_as_written.target.amount, owed.rule_as_written.target.unit) == (3, "working_days")
    assert not owed_now(w.head).filter(number=complaint.number).exists()


def test_a_complaint_about_the_data_protection_officers_own_office_goes_to_the_head_above(w, desk):  # noqa: F811
    lead = w.lead_of_province()
    complaint, _receipt = complain(w, against=w.office)
    assert complaint.heard_by == w.uptd_province
    assert traces(desk(w.wulan), complaint) == set()
    assert WORDS in desk(lead).get(f"/desk/keluhan/{complaint.number}/").content.decode()
    # The clock on the head's first page leads there.
    owed = w.owed("answer_complaint", on=complaint)
    assert desk(lead).get(f"/desk/kewajiban/{owed.pk}/berkas/")["Location"] == f"/desk/keluhan/{complaint.number}/"


def test_the_office_is_kept_out_from_the_first_moment(w):
    complaint, _receipt = complain(w, against=w.uptd_province)
    assert exclusions.keeps_out(complaint, w.uptd_province)
    assert not Complaint.objects.visible_to(w.auditor).exists()
    assert complaint._meta.model in journal_page.FILES
