"""People in a case: recorded, read field by field, corrected, decided on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.cases import emergency, victims
from simpul.cases.models import Involvement
from simpul.journal.acts import Act
from simpul.journal.models import Entry

NIK = "6107071234567890"


@pytest.fixture
def case(today_world):
    return today_world.case()


@pytest.fixture
def victim(today_world, case):
    return today_world.victim(case, nik=NIK, phone="0812 5555 0101", birth_year=2009, childhood="child")


def at(part, act=""):
    return f"/desk/kasus/{part.case.number}/orang/{part.pk}/{act}"


def last_reading():
    return Entry.objects.filter(act=Act.IDENTITY_READ).latest("number")


def test_a_victim_is_recorded_from_little(today_world, desk, case):
    desk(today_world.rina).post(f"/desk/kasus/{case.number}/orang/", {"part": "victim", "name": "Melati"})
    part = Involvement.objects.get()
    assert part.person.name.opened() == "Melati"
    assert part.status == "presumed"


def test_a_nik_with_too_few_digits_is_said_and_nothing_typed_is_lost(today_world, desk, case):
    typed = {"part": "witness", "name": "Melati", "nik": "61070712", "address": "Jalan Raya 5"}
    answer = desk(today_world.rina).post(f"/desk/kasus/{case.number}/orang/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert not Involvement.objects.exists()
    for text in ("61070712", "Jalan Raya 5", "Melati"):
        assert text in page


def test_a_home_is_looked_up_without_a_script(today_world, desk, case):
    typed = {"part": "victim", "name": "Melati", "home": "seluas", "cari": "home"}
    page = desk(today_world.rina).post(f"/desk/kasus/{case.number}/orang/", typed).content.decode()
    assert 'name="home_kode"' in page
    assert "Melati" in page
    assert not Involvement.objects.exists()


def test_the_page_of_a_person_shows_the_name_and_keeps_the_rest_closed(today_world, desk, victim):
    page = desk(today_world.rina).get(at(victim)).content.decode()
    assert "Melati Kusuma" in page
    assert NIK not in page
    assert last_reading().facts["fields"] == ["name"]


def test_a_field_is_shown_on_request_and_the_reading_is_written_down(today_world, desk, victim):
    page = desk(today_world.rina).post(at(victim, "tampilkan/"), {"tampilkan": "nik"}).content.decode()
    assert NIK in page
    assert "5555" not in page
    assert last_reading().facts["fields"] == ["name", "nik"]
    assert last_reading().officer_id == today_world.rina.pk


def test_only_what_was_changed_is_corrected(today_world, desk, victim):
    rina = desk(today_world.rina)
    shown = rina.get(at(victim, "ubah/")).context["form"].versions.shown
    rina.post(
        at(victim, "ubah/"),
        {"name": "Melati K.", "nik": NIK, "phone": "0812 5555 0101", "birth_year": "2009", "childhood": "disputed",
         "versi": shown},
    )  # fmt: skip
    victim = Involvement.objects.get()
    assert victim.person.name.opened() == "Melati K."
    assert victim.person.nik.opened() == NIK
    assert victim.childhood == "disputed"
    assert Entry.objects.get(act=Act.PERSON_CORRECTED).facts["fields"] == ["name"]


def test_the_status_is_decided_by_an_officer(today_world, desk, victim):
    desk(today_world.rina).post(at(victim, "status/"), {"status": "victim"})
    victim = Involvement.objects.get()
    assert victim.status == "victim"
    assert victim.status_by == today_world.rina


def test_what_was_forced_is_noted(today_world, desk, victim):
    desk(today_world.rina).post(at(victim, "tidak-dipidana/"))
    assert Involvement.objects.get().is_not_punished


def test_a_person_of_another_case_is_not_reached_through_this_one(today_world, desk, victim):
    other = today_world.case()
    rina = desk(today_world.rina)
    assert rina.get(at(victim)).status_code == 200
    assert rina.get(f"/desk/kasus/{other.number}/orang/{victim.pk}/").status_code == 404


def test_whoever_has_emergency_access_reads_a_person_and_corrects_nothing(today_world, desk, victim):
    emergency.break_glass(
        victim.case.number, reason="Korban terancam malam ini, tidak ada jawaban.", by=today_world.lina,
        at=today_world.at,
    )  # fmt: skip
    lina = desk(today_world.lina)
    assert "Melati Kusuma" in lina.get(at(victim)).content.decode()
    assert lina.get(at(victim, "ubah/")).status_code == 403


def test_a_suspicion_is_taken_back_and_the_journal_keeps_it(today_world, desk, case):
    suspect = victims.add(case, part="suspect", name="Bos Besar", by=today_world.rina, at=today_world.at)
    rina = desk(today_world.rina)
    assert at(suspect, "bukan-tersangka/") in rina.get(at(suspect)).content.decode()
    assert rina.post(at(suspect, "bukan-tersangka/"))["Location"] == f"/desk/kasus/{case.number}/"
    assert not Involvement.objects.exists()
    assert Entry.objects.filter(act=Act.INVOLVEMENT_NOTED).latest("number").facts["taken_back"]


def test_no_victim_is_taken_out_of_a_case_as_if_a_suspicion_were(today_world, desk, victim):
    rina = desk(today_world.rina)
    assert at(victim, "bukan-tersangka/") not in rina.get(at(victim)).content.decode()
    rina.post(at(victim, "bukan-tersangka/"))
    assert Involvement.objects.exists()


def known(case):
    return f"/desk/kasus/{case.number}/orang/dikenal/"


def test_somebody_known_from_another_file_comes_into_this_one(today_world, desk, victim):
    case, rina = today_world.case(), desk(today_world.rina)
    assert known(case) in rina.get(f"/desk/kasus/{case.number}/orang/").content.decode()
    found = rina.post(known(case), {"q": "melati kusuma"}).content.decode()
    assert victim.case.number in found
    assert NIK not in found
    typed = {"q": "melati kusuma", "known": victim.person_id, "part": "witness", "tambah": "1"}
    assert rina.post(known(case), typed).status_code == 302
    part = case.involvements.get()
    assert (part.person_id, part.part) == (victim.person_id, "witness")


def test_looking_for_somebody_is_written_down_and_reads_no_name(today_world, desk, victim):
    case = today_world.case()
    desk(today_world.rina).post(known(case), {"q": "melati"})
    assert Entry.objects.get(act=Act.PERSONS_SEARCHED).facts == {"kind": "name"}
    assert not Entry.objects.filter(act=Act.IDENTITY_READ).exists()
    assert "elati" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_nobody_is_found_in_a_file_that_is_not_open_and_nobody_is_added_from_it(today_world, desk, victim):
    there = today_world.case(place="61.01.01.2001", by=today_world.siti)
    siti = desk(today_world.siti)
    assert desk(today_world.rina).post(known(today_world.case()), {"q": "melati"}).context["found"]
    answer = siti.post(known(there), {"q": "melati"})
    assert answer.context["found"] == []
    typed = {"q": "melati", "known": victim.person_id, "part": "witness", "tambah": "1"}
    assert siti.post(known(there), typed).status_code == 422
    assert not there.involvements.exists()


def test_an_empty_search_and_a_missing_choice_are_said_and_nothing_typed_is_lost(today_world, desk, victim):
    case, rina = today_world.case(), desk(today_world.rina)
    assert rina.post(known(case), {"q": " "}).status_code == 422
    answer = rina.post(known(case), {"q": "melati", "note": "Datang sendiri.", "tambah": "1"})
    assert answer.status_code == 422
    assert "Datang sendiri." in answer.content.decode()
    assert not case.involvements.exists()


def test_the_search_for_a_known_person_costs_the_same_for_one_and_for_many(today_world, desk, victim):
    case, rina = today_world.case(), desk(today_world.rina)
    rina.post(known(case), {"q": "melati"})
    with CaptureQueriesContext(connection) as one:
        rina.post(known(case), {"q": "melati"})
    for _number in range(5):
        today_world.victim(today_world.case(), home=victim.case.place)
    with CaptureQueriesContext(connection) as many:
        assert len(rina.post(known(case), {"q": "melati"}).context["found"]) == 6
    assert len(many) == len(one)
