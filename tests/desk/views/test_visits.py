"""Visits after the return: those that are owed, and one more whenever it is needed."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from simpul.cases import rights
from simpul.cases.models import Visit


@pytest.fixture
def victim(today_world):
    victim = today_world.victim(today_world.case())
    for clock in ("follow_up_3_months", "follow_up_6_months", "follow_up_12_months"):
        rights.owe(clock, on=victim, case=victim.case, owed_by=today_world.uptd, by=today_world.rina, at=today_world.at)
    return victim


def at(victim):
    return f"/desk/kasus/{victim.case.number}/orang/{victim.pk}/kunjungan/"


def test_a_visit_meets_what_was_owed_and_the_next_one_is_offered(today_world, desk, victim):
    rina = desk(today_world.rina)
    assert rina.get(at(victim)).context["form"].initial["months"] == 3
    rina.post(at(victim), {"months": "3", "on": localdate(), "result": "well", "words": "Sudah bersekolah"})
    visit = Visit.objects.get()
    assert (visit.months, visit.note.opened()) == (3, "Sudah bersekolah")
    assert today_world.owed("follow_up_3_months", on=victim) is None
    page = rina.get(at(victim))
    assert page.context["form"].initial["months"] == 6
    assert "Sudah bersekolah" in page.content.decode()


def test_one_more_visit_meets_nothing(today_world, desk, victim):
    desk(today_world.rina).post(at(victim), {"months": "", "on": localdate(), "result": "needs_support"})
    assert Visit.objects.get().months is None
    assert today_world.owed("follow_up_3_months", on=victim)


def test_who_does_not_want_visits_is_visited_no_more(today_world, desk, victim):
    desk(today_world.rina).post(at(victim), {"months": "3", "on": localdate(), "result": "not_wanted"})
    assert today_world.owed("follow_up_12_months", on=victim) is None


def test_a_danger_is_shown_with_what_to_do(today_world, desk, victim):
    rina = desk(today_world.rina)
    rina.post(at(victim), {"months": "", "on": localdate(), "result": "recruited_again"})
    assert "Buka kasus keberulangan." in rina.get(at(victim)).content.decode()


@pytest.mark.parametrize("wrong", [{"result": ""}, {"on": (localdate() + timedelta(days=2)).isoformat()}])
def test_an_unfinished_visit_keeps_what_was_typed(today_world, desk, victim, wrong):
    typed = {"months": "3", "on": localdate().isoformat(), "result": "well", "words": "Perlu seragam"} | wrong
    page = desk(today_world.rina).post(at(victim), typed)
    assert page.status_code == 422
    assert "Perlu seragam" in page.content.decode()
    assert not Visit.objects.exists()


def test_siti_finds_no_visits(today_world, desk, victim):
    assert desk(today_world.rina).get(at(victim)).status_code == 200
    assert desk(today_world.siti).get(at(victim)).status_code == 404
