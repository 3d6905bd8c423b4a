"""Emergency access: a written reason, three hours, and the agency that keeps the case is told."""

import pytest

from simpul.agencies import exclusions
from simpul.cases.models import BreakGlass
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.obligations.models import Obligation

ADDRESS = "/desk/darurat/"
REASON = "Korban terancam malam ini dan lembaga tidak menjawab telepon."


@pytest.fixture
def case(today_world):
    return today_world.case()


def test_the_file_opens_for_three_hours_and_the_agency_is_told(today_world, desk, case):
    today_world.victim(case)
    lina = desk(today_world.lina)
    assert lina.get(f"/desk/kasus/{case.number}/").status_code == 404
    answer = lina.post(ADDRESS, {"number": f" {case.number.lower()} ", "reason": REASON})
    assert answer["Location"] == f"/desk/kasus/{case.number}/"
    assert "Melati Kusuma" in lina.get(answer["Location"]).content.decode()
    assert Obligation.objects.standing().filter(rule="review_emergency_access", owed_by=today_world.uptd).exists()
    BreakGlass.objects.update(until_at=today_world.at)
    assert lina.get(f"/desk/kasus/{case.number}/").status_code == 404


def test_a_short_reason_is_not_enough_and_stays_in_the_form(today_world, desk, case):
    answer = desk(today_world.lina).post(ADDRESS, {"number": case.number, "reason": "perlu"})
    assert answer.status_code == 422
    assert "perlu" in answer.content.decode()
    assert not BreakGlass.objects.exists()


def test_an_unknown_number_and_a_case_one_is_kept_out_of_get_the_same_answer(today_world, desk, case):
    exclusions.keep_out(case, officer=today_world.lina, by=today_world.yanti, at=today_world.at)
    lina = desk(today_world.lina)
    hidden = lina.post(ADDRESS, {"number": case.number, "reason": REASON})
    unknown = lina.post(ADDRESS, {"number": "K-1999-0001", "reason": REASON})
    assert hidden.status_code == unknown.status_code == 422
    assert hidden.context["form"].errors == unknown.context["form"].errors
    assert not Entry.objects.filter(act=Act.GLASS_BROKEN).exists()


@pytest.mark.parametrize("name", ["tono", "wulan", "dewi"])
def test_administrators_and_those_who_coordinate_have_none(today_world, desk, case, name):
    officer = desk(getattr(today_world, name))
    assert officer.get(ADDRESS).status_code == 404
    assert officer.post(ADDRESS, {"number": case.number, "reason": REASON}).status_code == 404
    assert not BreakGlass.objects.exists()
