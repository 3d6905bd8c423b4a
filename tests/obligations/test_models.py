"""Obligations as rows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from simpul.obligations import book
from simpul.obligations.models import Obligation
from tests.world import JAGOI


def test_an_obligation_stands_until_it_is_met_or_waived(world, owe, now):
    first, second, third = (owe("triage", on=f"intake.report:{n}") for n in (1, 2, 3))
    book.settle(first, by=world.rina, at=now)
    book.waive(second, reason="no_longer_applies", by=world.rina, at=now)
    assert list(Obligation.objects.standing()) == [third]
    assert (first.is_standing, third.is_standing) == (False, True)


def test_a_paused_obligation_stands_and_does_not_run(world, owe, now):
    paused = owe("services_on_request", has={"police_report"})
    book.pause(paused, reason="victim_not_ready", by=world.rina, at=now)
    assert list(Obligation.objects.standing()) == [paused]
    assert not Obligation.objects.running().exists()


def test_one_thing_is_owed_once_on_one_subject(owe):
    again = owe("triage")
    again.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


def test_what_was_settled_may_be_owed_again(world, owe, now):
    first = owe("triage")
    book.settle(first, by=world.rina, at=now)
    assert owe("triage").pk != first.pk


def test_obligations_are_found_by_debtor_subject_file_and_region(world, owe):
    mine = owe("triage", on="intake.report:1", file="intake.report:1")
    other = owe("triage", on="intake.report:2", file="intake.report:2", owed_by=world.dinsos, place="61.01")
    assert list(Obligation.objects.owed_by(world.uptd)) == [mine]
    assert list(Obligation.objects.about("intake.report:2")) == [other]
    assert list(Obligation.objects.in_file("intake.report:1")) == [mine]
    assert list(Obligation.objects.within("61.07")) == [mine]
    assert set(Obligation.objects.within("61")) == {mine, other}
    assert not Obligation.objects.within("").exists()


def test_an_obligation_without_a_place_lies_where_its_debtor_is(world, owe):
    unplaced = owe("triage", place=None)
    assert list(Obligation.objects.within("61.07")) == [unplaced]
    assert list(Obligation.objects.within("61")) == [unplaced]
    assert not Obligation.objects.within("61.01").exists()


def test_what_runs_out_first_stands_first_and_what_is_paused_last(world, owe, now):
    late = owe("triage", on="intake.report:1", at=now)
    soon = owe("triage_danger", on="intake.report:2", at=now)
    paused = owe("answer_referral", on="cases.referral:3", at=now - timedelta(days=1))
    book.pause(paused, reason="unsafe_to_act", by=world.rina, at=now)
    assert list(Obligation.objects.first_out_first()) == [soon, late, paused]


def test_met_in_time_is_measured_by_the_limit_and_without_one_by_the_target(world, owe, now):
    def met(code, **after):
        made = owe(code, on=f"cases.case:{Obligation.objects.count() + 100}")
        book.settle(made, by=world.rina, at=now + timedelta(**after))
        return made.was_met_in_time

    assert met("triage", hours=24)
    assert not met("triage", hours=24, seconds=1)
    assert met("first_aid", days=7)
    assert not met("first_aid", days=8)


def test_what_is_not_met_was_not_met_in_time(world, owe, now):
    waived = owe("triage")
    assert not waived.was_met_in_time
    book.waive(waived, reason="no_longer_applies", by=world.rina, at=now)
    assert not waived.was_met_in_time


def test_overdue_is_what_runs_and_has_run_out(world, owe, now):
    triage = owe("triage")
    assert not triage.is_overdue(now + timedelta(hours=24))
    assert triage.is_overdue(now + timedelta(hours=24, seconds=1))
    book.settle(triage, by=world.rina, at=now)
    assert not triage.is_overdue(now + timedelta(days=9))


def test_an_obligation_is_named_by_rule_and_file(owe):
    assert str(owe("triage", place=JAGOI)) == "triage K-2026-0007"


def test_what_is_waived_has_no_way_back_and_what_was_met_by_mistake_only_the_one_to_stand_again():
    assert Obligation.NEXT[Obligation.State.WAIVED] == set()
    assert Obligation.NEXT[Obligation.State.MET] == {Obligation.State.OPEN}
    assert set(Obligation.NEXT) == set(Obligation.State)


def test_what_waits_stands_and_does_not_run(owe, now):
    waiting = owe("services_on_request")
    assert list(Obligation.objects.standing()) == [waiting]
    assert not Obligation.objects.running().exists()
    assert waiting.is_standing
    assert not waiting.is_overdue(now + timedelta(days=99))


def test_what_waits_is_owed_once_on_one_subject(owe):
    again = owe("services_on_request")
    again.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


def test_what_an_agency_watches_is_found(world, owe):
    watched = owe("first_aid", owed_by=world.hospital, watched_by=world.uptd)
    owe("first_aid", on="a:2", owed_by=world.hospital, watched_by=world.uptd_sambas)
    assert list(Obligation.objects.watched_by(world.uptd)) == [watched]
