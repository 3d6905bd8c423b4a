"""People in a case: recorded, read field by field, corrected, decided on; their consents."""

import pytest

from simpul.cases import emergency
from simpul.cases.models import Involvement
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.persons.models import Consent

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
    desk(today_world.rina).post(
        at(victim, "ubah/"),
        {"name": "Melati K.", "nik": NIK, "phone": "0812 5555 0101", "birth_year": "2009", "childhood": "disputed"},
    )
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


def test_a_consent_is_recorded_and_withdrawn(today_world, desk, victim):
    rina = desk(today_world.rina)
    typed = {"purpose": "referral", "recipient": today_world.dinsos.pk, "given_by": "self"}
    assert rina.post(at(victim, "persetujuan/"), typed).status_code == 422
    over = rina.post(at(victim, "persetujuan/"), typed | {"shared": ["name"], "until_on": "2020-01-01"})
    assert over.status_code == 422
    rina.post(at(victim, "persetujuan/"), typed | {"shared": ["name"]})
    consent = Consent.objects.get()
    assert consent.fields == ["name"]
    rina.post(at(victim, f"persetujuan/{consent.pk}/cabut/"))
    assert Consent.objects.get().withdrawn_at


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
