"""Who may do what with requests, erasures and breaches."""

import pytest

from simpul.agencies import exclusions
from simpul.lib.rules import NotAllowed, allows
from simpul.privacy import policy


def test_a_request_is_recorded_for_somebody_in_the_case(privacy, world):
    elsewhere = world.victim(world.case()).person
    assert allows(policy.check_may_record, privacy.case, privacy.person, by=world.rina)
    assert not allows(policy.check_may_record, privacy.case, elsewhere, by=world.rina)
    assert not allows(policy.check_may_record, privacy.case, privacy.person, by=world.siti)


def test_whoever_is_kept_out_of_the_case_refuses_and_erases_nothing(privacy, world):
    asked = privacy.asked()
    assert allows(policy.check_may_refuse, asked, by=world.yanti)
    assert allows(policy.check_may_erase, privacy.case, by=world.yanti)
    assert allows(policy.check_may_erase, privacy.person, by=world.yanti)
    exclusions.keep_out(privacy.case, officer=world.yanti, by=None, at=world.at)
    assert not allows(policy.check_may_refuse, asked, by=world.yanti)
    assert not allows(policy.check_may_erase, privacy.case, by=world.yanti)
    assert not allows(policy.check_may_erase, privacy.person, by=world.yanti)


def test_the_data_protection_officer_reaches_the_region_and_a_head_the_own_agency(world):
    assert set(policy.reach_of(world.yanti)) == {world.uptd}
    assert {world.uptd, world.uptd_sambas, world.dinsos} <= set(policy.reach_of(world.wulan))


def test_a_person_in_no_case_is_kept_by_whoever_recorded_it(privacy, world):
    assert policy.keepers_of(privacy.person) == {world.uptd.pk}
    privacy.case.involvements.all().delete()
    assert policy.keepers_of(privacy.person) == {world.uptd.pk}


def test_a_request_is_settled_once(privacy, world):
    asked = privacy.asked()
    asked.state = "answered"
    for check, officer in ((policy.check_may_answer, world.rina), (policy.check_may_refuse, world.yanti)):
        with pytest.raises(NotAllowed):
            check(asked, by=officer)


def test_what_a_person_in_no_case_asks_is_noted_where_the_person_is_known(homecoming, world):
    returnee, worker = homecoming.returnee(), homecoming.worker()
    for officer, knows in ((homecoming.hadi, True), (homecoming.sekar, True), (world.siti, False), (world.rina, False)):
        assert allows(policy.check_may_restrict, returnee, by=officer) is knows
        assert allows(policy.check_may_restrict, worker, by=officer) is knows


def test_whoever_is_kept_out_of_a_return_or_an_entry_erases_nothing_of_it(homecoming, world):
    for thing in (homecoming.returnee(), homecoming.worker()):
        assert allows(policy.check_may_erase, thing.person, by=world.wulan)
        exclusions.keep_out(thing, officer=world.wulan, by=None, at=world.at)
        assert not allows(policy.check_may_erase, thing.person, by=world.wulan)
