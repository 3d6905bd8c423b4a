"""Clocks in the file of a case: met by hand, paused, resumed, waived."""

import pytest

from simpul.obligations.models import Obligation


@pytest.fixture
def case(today_world):
    return today_world.case()


def clock(rule):
    return Obligation.objects.get(rule=rule)


def at(case, rule):
    return f"/desk/kasus/{case.number}/kewajiban/{clock(rule).pk}/"


def test_a_clock_says_what_begins_it_and_on_which_basis(today_world, desk, case):
    today_world.victim(case)
    page = desk(today_world.rina).get(at(case, "report_to_police")).content.decode()
    assert "PP 9/2008" in page
    assert f"/desk/kasus/{case.number}/polisi/" in page


def test_what_was_done_in_another_way_is_met_by_hand(today_world, desk, case):
    desk(today_world.rina).post(at(case, "first_contact"), {"lakukan": "penuhi"})
    assert clock("first_contact").state == "met"
    assert clock("first_contact").evidence


def test_the_report_to_the_police_is_not_ticked_off_by_hand(today_world, desk, case):
    today_world.victim(case)
    answer = desk(today_world.rina).post(at(case, "report_to_police"), {"lakukan": "penuhi"})
    assert answer.status_code == 422
    assert clock("report_to_police").state == "open"


def a_clock_that_can_stand_still():
    """The first clock of the case that the catalogue lets be paused: which ones those are, it decides."""
    return next(owed.rule for owed in Obligation.objects.order_by("pk") if owed.rule_as_written.pausable)


def test_a_clock_is_paused_with_a_reason_and_runs_on(today_world, desk, case):
    today_world.service(today_world.victim(case), kind="first_aid")
    rule, rina = a_clock_that_can_stand_still(), desk(today_world.rina)
    assert rina.post(at(case, rule), {"lakukan": "jeda"}).status_code == 422
    rina.post(at(case, rule), {"lakukan": "jeda", "reason": "victim_not_ready"})
    assert clock(rule).state == "paused"
    rina.post(at(case, rule), {"lakukan": "lanjut"})
    assert clock(rule).state == "open"


def test_an_obligation_is_waived_with_a_reason(today_world, desk, case):
    rina = desk(today_world.rina)
    assert rina.post(at(case, "first_contact"), {"lakukan": "lepas"}).status_code == 422
    rina.post(at(case, "first_contact"), {"lakukan": "lepas", "reason": "not_a_victim"})
    assert clock("first_contact").state == "waived"


def test_a_button_that_does_not_exist_does_nothing(today_world, desk, case):
    assert desk(today_world.rina).post(at(case, "first_contact"), {"lakukan": "hapus"}).status_code == 200
    assert clock("first_contact").state == "open"


def test_an_obligation_of_another_file_is_not_found(today_world, desk, case):
    mine, other = clock("first_contact"), today_world.case()
    rina = desk(today_world.rina)
    assert rina.get(f"/desk/kasus/{case.number}/kewajiban/{mine.pk}/").status_code == 200
    assert rina.get(f"/desk/kasus/{other.number}/kewajiban/{mine.pk}/").status_code == 404
