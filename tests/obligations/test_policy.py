"""What an officer may do with an obligation by hand."""

import pytest

from simpul.lib.rules import NotAllowed, allows
from simpul.obligations import book
from simpul.obligations.policy import check_may_handle, check_may_meet, check_may_pause, check_may_waive


def test_only_the_agency_that_owes_it_handles_it(world, owe):
    obligation = owe("first_contact")
    assert allows(check_may_handle, obligation, by=world.rina)
    for name in ("siti", "budi", "dewi", "tono"):
        assert not allows(check_may_handle, obligation, by=getattr(world, name))


def test_what_is_settled_is_left_alone(world, owe, now):
    obligation = owe("first_contact")
    book.settle(obligation, by=world.rina, at=now)
    with pytest.raises(NotAllowed):
        check_may_handle(obligation, by=world.rina)


def test_an_answer_is_not_ticked_off_and_not_waived(world, owe):
    obligation = owe("answer_referral", owed_by=world.dinsos)
    assert allows(check_may_handle, obligation, by=world.budi)
    assert not allows(check_may_meet, obligation, by=world.budi)
    assert not allows(check_may_waive, obligation, by=world.budi)


def test_the_police_report_meets_its_own_clock_but_a_reason_can_end_it(world, owe):
    obligation = owe("report_to_police")
    assert not allows(check_may_meet, obligation, by=world.rina)
    assert allows(check_may_waive, obligation, by=world.rina)


def test_a_clock_that_the_catalogue_does_not_let_stand_is_not_paused(world, owe):
    obligation = owe("report_to_police")
    assert allows(check_may_pause, obligation, by=world.rina) == obligation.rule_as_written.pausable
