"""Children: recorded with what the age is known from, decided on, and first of all asked what is best for them."""

from datetime import date

import pytest

from simpul.cases import victims
from simpul.cases.models import AgeDecision, BestInterest, Involvement

CHILD = {"name": "Melur Putri", "childhood": "child", "ground": "school_record", "note": "Bibi tidak boleh tahu"}


@pytest.fixture
def case(today_world):
    return today_world.case()


@pytest.fixture
def rina(today_world, desk):
    return desk(today_world.rina)


def at(case, act, part=None):
    return f"/desk/kasus/{case.number}/orang/" + (f"{part.pk}/{act}" if part else act)


def test_a_child_is_recorded_with_what_the_age_is_known_from(today_world, rina, case):
    answer = rina.post(at(case, "anak/"), CHILD)
    child = Involvement.objects.get()
    assert answer.url == at(case, "kepentingan-terbaik/", child)
    assert (child.part, child.childhood, child.note.opened()) == ("victim", "child", "Bibi tidak boleh tahu")
    assert AgeDecision.objects.get().ground == "school_record"
    assert today_world.anew(case).is_closed_access
    assert today_world.owed("best_interest", on=child)


def test_a_refused_decision_records_nobody_and_loses_nothing(rina, case):
    page = rina.post(at(case, "anak/"), CHILD | {"ground": "papers_disagree"})
    assert page.status_code == 422
    assert "Bibi tidak boleh tahu" in page.content.decode()
    assert not Involvement.objects.exists()
    rina.post(at(case, "anak/"), CHILD | {"ground": "papers_disagree", "childhood": "disputed"})
    assert Involvement.objects.get().counts_as_child


def test_no_number_of_a_paper_is_asked_of_a_child(rina, case):
    fields = rina.get(at(case, "anak/")).context["form"].fields
    assert "name" in fields
    assert not {"nik", "passport", "phone"} & set(fields)


def test_the_file_of_a_child_says_who_it_is_open_to(today_world, desk, rina, case):
    page = f"/desk/kasus/{case.number}/"
    assert 'id="anak"' not in rina.get(page).content.decode()
    child = today_world.victim(case, childhood="child")
    told = rina.get(page).content.decode()
    assert 'id="anak"' in told
    assert at(case, "kepentingan-terbaik/", child) in told
    colleague = today_world.lead_of_province()
    assert desk(colleague).get(page).status_code == 404


def test_the_age_is_decided_and_earlier_decisions_stay(today_world, rina, case):
    victim = today_world.victim(case, birth_year=2009)
    rina.post(at(case, "umur/", victim), {"childhood": "disputed", "ground": "papers_disagree", "note": "Paspor 2003"})
    assert today_world.anew(victim).childhood == "disputed"
    page = rina.get(at(case, "umur/", victim)).content.decode()
    assert "Paspor 2003" in page
    rina.post(at(case, "umur/", victim), {"childhood": "child", "ground": "medical"})
    assert AgeDecision.objects.count() == 2


def test_a_decision_against_the_date_of_birth_is_refused_with_both(today_world, rina, case):
    victim = today_world.victim(case, birth_date=date(2000, 1, 1))
    typed = {"childhood": "child", "ground": "ktp", "act_on": "2026-01-01", "note": "Lihat KTP"}
    page = rina.post(at(case, "umur/", victim), typed)
    assert page.status_code == 422
    assert "Lihat KTP" in page.content.decode()
    assert not AgeDecision.objects.exists()


def test_what_is_best_is_asked_question_by_question(today_world, rina, case):
    child = today_world.victim(case, childhood="child")
    where = at(case, "kepentingan-terbaik/", child)
    page = rina.post(where, {"tanya_safety": "Di rumah nenek", "decision": "Tinggal di nenek"})
    assert page.status_code == 422
    assert "Di rumah nenek" in page.content.decode()
    rina.post(where, {"tanya_wish": "Mau sekolah", "tanya_safety": "Di rumah nenek", "decision": "Tinggal di nenek"})
    check = BestInterest.objects.get()
    assert check.answers.opened()["wish"] == "Mau sekolah"
    assert today_world.owed("best_interest", on=child) is None
    told = rina.get(where).content.decode()
    assert "Tinggal di nenek" in told
    assert "Mau sekolah" in told


def test_the_check_is_for_children(today_world, rina, case):
    adult = today_world.victim(case, childhood="adult")
    witness = victims.add(case, part="witness", name="Tetangga", by=today_world.rina, at=today_world.at)
    where = at(case, "kepentingan-terbaik/", adult)
    assert not rina.get(where).context["may_check"]
    assert rina.post(where, {"tanya_wish": "Mau sekolah", "decision": "Sekolah"}).status_code == 422
    assert rina.get(at(case, "kepentingan-terbaik/", witness)).status_code == 404
    assert not BestInterest.objects.exists()
