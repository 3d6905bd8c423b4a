"""How a case ends or goes on elsewhere: closed for a reason, begun again, handed over; and who opens its file."""

import pytest

from simpul.agencies import exclusions
from simpul.cases import files
from simpul.cases.models import Case
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.obligations.models import Obligation


@pytest.fixture
def case(today_world):
    return today_world.case(children="no")


@pytest.fixture
def ended(today_world, case):
    """A case with two victims that was closed."""
    case.victims = [today_world.victim(case), today_world.victim(case, name="Mawar Lestari")]
    end(today_world, case)
    return case


def end(world, case):
    files.move(case, to="assessment", by=world.rina, at=world.at)
    Obligation.objects.in_file(f"cases.case:{case.pk}").update(state="waived", waive_reason="no_longer_applies",
                                                               settled_at=world.at)  # fmt: skip
    files.close(case, reason="recovered", by=world.rina, at=world.at)


def at(case, act=""):
    return f"/desk/kasus/{case.number}/{act}"


def test_a_case_is_closed_for_a_reason_and_tells_it(today_world, desk, case):
    files.move(case, to="assessment", by=today_world.rina, at=today_world.at)
    rina = desk(today_world.rina)
    assert rina.post(at(case, "tutup/"), {"reason": "", "note": "Sudah bekerja lagi."}).status_code == 422
    rina.post(at(case, "tutup/"), {"reason": "recovered", "note": "Sudah bekerja lagi."})
    case = today_world.anew(case)
    assert (case.stage, case.closing_reason, case.closing_note.opened()) == (
        "closed", "recovered", "Sudah bekerja lagi.",
    )  # fmt: skip
    assert "Sudah bekerja lagi." in rina.get(at(case)).content.decode()


def test_what_is_still_owed_stands_beside_the_form_and_refuses_with_everything_typed(today_world, desk, case):
    files.move(case, to="assessment", by=today_world.rina, at=today_world.at)
    today_world.victim(case)
    rina = desk(today_world.rina)
    owed = Obligation.objects.standing().get(rule="report_to_police")
    assert f"/kewajiban/{owed.pk}/" in rina.get(at(case, "tutup/")).content.decode()
    answer = rina.post(at(case, "tutup/"), {"reason": "recovered", "note": "Ditulis tangan"})
    assert answer.status_code == 422
    assert "Ditulis tangan" in answer.content.decode()
    assert today_world.anew(case).stage == "assessment"


def test_no_case_is_closed_without_a_reason(today_world, desk, case):
    files.move(case, to="assessment", by=today_world.rina, at=today_world.at)
    assert desk(today_world.rina).post(at(case, "tahap/"), {"to": "closed"}).status_code == 422
    assert today_world.anew(case).stage == "assessment"


def test_somebody_trafficked_again_has_a_new_case_with_the_same_person(today_world, desk, ended):
    again = ended.victims[0]
    exclusions.keep_out(ended, agency=today_world.police, by=today_world.yanti, at=today_world.at)
    rina = desk(today_world.rina)
    page = rina.get(at(ended, "terulang/")).content.decode()
    assert "Mawar Lestari" in page
    rina.post(at(ended, "terulang/"), {"who": [again.pk], "summary": "Dijemput lagi."})
    new = Case.objects.get(earlier=ended)
    assert [part.person for part in new.involvements.all()] == [again.person]
    assert exclusions.keeps_out(new, today_world.police)
    assert Obligation.objects.standing().in_file(f"cases.case:{new.pk}").filter(rule="report_to_police").exists()
    assert ended.number in rina.get(at(new)).content.decode()


def test_a_recurrence_needs_a_victim_and_an_ended_case(today_world, desk, case, ended):
    rina = desk(today_world.rina)
    answer = rina.post(at(ended, "terulang/"), {"who": [], "summary": "Ditulis tangan"})
    assert answer.status_code == 422
    assert "Ditulis tangan" in answer.content.decode()
    running = today_world.case()
    part = today_world.victim(running)
    assert rina.post(at(running, "terulang/"), {"who": [part.pk]}).status_code == 422
    assert not Case.objects.exclude(earlier=None).exists()


def test_doubt_whether_a_child_of_then_is_one_now_is_decided_for_the_child(today_world, desk, case):
    child = today_world.victim(case, childhood="child")
    grown = today_world.victim(case, name="Dewasa", childhood="child", birth_year=1990)
    end(today_world, case)
    desk(today_world.rina).post(at(case, "terulang/"), {"who": [child.pk, grown.pk]})
    new = Case.objects.get(earlier=case)
    parts = {part.person_id: part.childhood for part in new.involvements.all()}
    assert parts == {child.person_id: "disputed", grown.person_id: ""}


def test_the_head_of_the_unit_hands_a_case_over(today_world, desk, case):
    yanti = desk(today_world.yanti)
    page = yanti.get(at(case, "serahkan/")).content.decode()
    assert today_world.uptd_sambas.name in page
    # Nobody there keeps cases.
    assert f'value="{today_world.dinsos.pk}"' not in page
    yanti.post(at(case, "serahkan/"), {"to": today_world.uptd_sambas.pk})
    assert today_world.anew(case).agency == today_world.uptd_sambas
    assert desk(today_world.siti).get(at(case)).status_code == 200
    assert yanti.get(at(case)).status_code == 404


def test_a_case_manager_hands_nothing_over(today_world, desk, case):
    assert desk(today_world.yanti).get(at(case, "serahkan/")).status_code == 200
    assert desk(today_world.rina).get(at(case, "serahkan/")).status_code == 404


def test_an_agency_that_is_kept_out_is_not_offered_a_case(today_world, desk, case):
    exclusions.keep_out(case, agency=today_world.uptd_sambas, by=today_world.yanti, at=today_world.at)
    page = desk(today_world.yanti).get(at(case, "serahkan/")).content.decode()
    assert today_world.uptd_sambas.name not in page


def test_a_file_is_closed_to_all_but_assigned_officers_and_opened_again(today_world, desk, case):
    rina = desk(today_world.rina)
    rina.post(at(case, "akses/"))
    assert today_world.anew(case).is_closed_access
    assert case.assignments.filter(officer=today_world.rina, until_at=None).exists()
    rina.post(at(case, "akses/"))
    assert not today_world.anew(case).is_closed_access
    assert Entry.objects.filter(act=Act.CASE_ACCESS_CHANGED).count() == 2


def test_a_file_with_a_child_stays_closed_and_says_why(today_world, desk, case):
    today_world.victim(case, childhood="child")
    assert today_world.anew(case).is_closed_access
    page = desk(today_world.rina).post(at(case, "akses/")).content.decode()
    assert 'class="error"' in page
    assert today_world.anew(case).is_closed_access


def test_links_of_the_file_follow_what_the_officer_may_do(today_world, desk, case):
    today_world.case()
    files.move(case, to="assessment", by=today_world.rina, at=today_world.at)
    files.assign(case, officer=today_world.agus, by=today_world.rina, at=today_world.at)
    ways = {"rina": {"tutup/", "akses/"}, "yanti": {"tutup/", "akses/", "serahkan/"}, "agus": {"akses/"}}
    for name, allowed in ways.items():
        page = desk(getattr(today_world, name)).get(at(case)).content.decode()
        assert {way for way in ("tutup/", "akses/", "serahkan/", "terulang/") if at(case, way) in page} == allowed
