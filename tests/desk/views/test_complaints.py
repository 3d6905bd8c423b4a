"""Complaints at the desk: who hears them sees the list, reads one and answers it."""

import pytest

from simpul.intake import complaints, receipts
from simpul.journal.models import Entry

WORDS = "Petugas meminta uang."


@pytest.fixture
def complain(today_world):
    def sending(**told):
        told = {"against": today_world.dinsos} | told
        return complaints.receive(complaints.Told(WORDS, **told), token=receipts.new_token(), at=today_world.at)[0]

    return sending


def test_the_list_opens_no_seal_and_costs_the_same_for_many(today_world, desk, complain, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    wulan = desk(today_world.wulan)
    assert 'class="empty"' in wulan.get("/desk/keluhan/").content.decode()
    number = complain().number
    with CaptureQueriesContext(connection) as few:
        page = wulan.get("/desk/keluhan/").content.decode()
    assert f"/desk/keluhan/{number}/" in page
    assert WORDS not in page
    for _i in range(12):
        complain()
    with django_assert_max_num_queries(len(few)):
        wulan.get("/desk/keluhan/")
    assert not Entry.objects.filter(act="complaint.read").exists()


def test_one_complaint_shows_everything_and_each_opening_is_written_down(today_world, desk, complain):
    complaint = complain(about="Pak Budi", contact="0812 5555", reference="K-2026-000001")
    for times in (1, 2):
        page = desk(today_world.wulan).get(f"/desk/keluhan/{complaint.number}/").content.decode()
        for value in (WORDS, "Pak Budi", "0812 5555", "K-2026-000001", today_world.dinsos.name):
            assert value in page
        assert Entry.objects.filter(act="complaint.read").count() == times


def test_an_answer_needs_words_and_is_given_once(today_world, desk, complain):
    complaint = complain()
    address, wulan = f"/desk/keluhan/{complaint.number}/", desk(today_world.wulan)
    assert wulan.post(address, {"answer": " "}).status_code == 422
    assert wulan.post(address, {"answer": "Sudah diperiksa."}).status_code == 302
    page = wulan.get(address).content.decode()
    assert "Sudah diperiksa." in page
    assert "<textarea" not in page
    again = wulan.post(address, {"answer": "Jawaban kedua."})
    assert again.status_code == 422
    assert "Jawaban kedua." in again.content.decode()
    assert complaints.complaint_for(today_world.wulan, complaint.number).answer.opened() == "Sudah diperiksa."


def test_heads_of_other_units_find_no_list_and_no_line_in_the_menu(today_world, desk, complain):
    complain()
    yanti = desk(today_world.yanti)
    assert yanti.get("/desk/keluhan/").status_code == 404
    assert "/desk/keluhan/" not in yanti.get("/desk/hari-ini/").content.decode()
    lead = desk(today_world.lead_of_province())
    assert lead.get("/desk/keluhan/").status_code == 200
    assert "/desk/keluhan/" in lead.get("/desk/hari-ini/").content.decode()


def test_a_number_of_nothing_finds_nothing(today_world, desk):
    assert desk(today_world.wulan).get("/desk/keluhan/A-2026-999999/").status_code == 404
