"""Answers that came by one-time links are taken over, one bad one holding up no other."""

import pytest

from simpul.cases import jobs, referrals
from simpul.confidentiality import parcels
from simpul.obligations.models import Obligation
from tests.cases.test_policy import sent


def answered(world, referral, **told):
    _parcel, token, code = referrals.link(referral, by=world.rina, at=world.at)
    _content, ticket = parcels.open_(token, code, at=world.at)
    told = {"answer": "accept", "name": "Bu Tini", "phone": "0561 1", "words": "Besok."} | told
    return parcels.reply(ticket, told, at=world.at)


def test_an_answer_is_taken_over_once(world):
    referral = sent(world, world.case())
    answered(world, referral)
    assert jobs.take_in_answers(at=world.at) == 1
    referral = world.anew(referral)
    assert (referral.status, referral.answered_by) == ("accepted", None)
    assert referral.answered_outside.opened() == "Bu Tini, 0561 1"
    assert referral.answer.opened() == "Besok."
    assert world.anew(referral.service).provider == world.dinsos
    assert jobs.take_in_answers(at=world.at) == 0


@pytest.mark.parametrize(("reason", "kept"), [("no_capacity", "no_capacity"), ("", "other"), ("gone", "other")])
def test_a_refusal_is_taken_over_also_when_its_reason_is_no_longer_in_the_list(world, reason, kept):
    referral = sent(world, world.case())
    answered(world, referral, answer="decline", reason=reason)
    assert jobs.take_in_answers(at=world.at) == 1
    referral = world.anew(referral)
    assert (referral.status, referral.decline_reason) == ("declined", kept)
    assert world.owed("refer_again", on=referral.service)


def test_an_answer_about_something_else_is_left_alone(world):
    case = world.case()
    _parcel, token, code = parcels.make(case, {"x": "y"}, until_at=world.later(days=1), at=world.at)
    _content, ticket = parcels.open_(token, code, at=world.at)
    parcels.reply(ticket, {"answer": "accept"}, at=world.at)
    assert jobs.take_in_answers(at=world.at) == 0
    assert parcels.waiting().count() == 1


def test_an_answer_that_came_after_another_changes_nothing(world):
    referral = sent(world, world.case())
    answered(world, referral, answer="decline", reason="no_capacity")
    type(referral).objects.filter(pk=referral.pk).update(status="accepted")
    assert jobs.take_in_answers(at=world.at) == 0
    assert world.anew(referral).status == "accepted"
    assert not Obligation.objects.filter(rule="refer_again").exists()
