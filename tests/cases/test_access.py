"""The door of a case: who finds it, and that whoever comes in is written down."""

import pytest
from django.db import transaction

from simpul.agencies import exclusions
from simpul.cases import access, files, referrals
from simpul.journal.models import Entry
from simpul.journal.queries import readings_of
from simpul.lib.rules import NotAllowed, NotFound
from tests.cases.test_policy import OUTSIDE, sent


@pytest.mark.parametrize("who", OUTSIDE)
def test_a_stranger_finds_no_case_and_leaves_no_entry(world, now, who):
    case = world.case()
    assert access.case_for(world.rina, case.number, at=now) == case
    entries = Entry.objects.count()
    for door in (access.case_for, access.case_to_change):
        with pytest.raises(NotFound):
            door(getattr(world, who), case.number, at=now)
    with pytest.raises(NotFound):
        access.check_file_is_open_to(getattr(world, who), case, at=now)
    assert Entry.objects.count() == entries


def test_opening_a_file_is_written_down(world, now):
    case = world.case()
    access.case_for(world.yanti, case.number, at=now)
    entry = readings_of(case).get()
    assert (entry.act, entry.officer_id) == ("case.read", world.yanti.pk)


def test_nobody_opens_a_file_before_acknowledging_the_duty_of_secrecy(world, now):
    case = world.case()
    world.rina.acknowledged_at = None
    with pytest.raises(NotAllowed, match="24"):
        access.case_for(world.rina, case.number, at=now)
    assert not readings_of(case).exists()


def test_an_assigned_officer_finds_the_case_until_released(world, now):
    case = world.case()
    assignment = files.assign(case, officer=world.agus, by=world.rina, at=now)
    assert access.case_for(world.agus, case.number, at=now)
    files.release(assignment, by=world.rina, at=now)
    with pytest.raises(NotFound):
        access.case_for(world.agus, case.number, at=now)


def test_who_is_kept_out_does_not_find_the_case_of_the_own_agency(world, now):
    case = world.case()
    assert access.case_for(world.rina, case.number, at=now)
    exclusions.keep_out(case, officer=world.rina, by=world.yanti, at=now)
    with pytest.raises(NotFound):
        access.case_for(world.rina, case.number, at=now)


def test_the_secretariat_sees_facts_and_that_is_written_down(world, now):
    case = world.case()
    assert access.facts_for(world.dewi, case.number, at=now) == case
    assert [entry.act for entry in readings_of(case)] == ["case.facts_seen"]


@pytest.mark.parametrize("who", ["rina", "siti", "budi", "tono", "wulan"])
def test_facts_are_a_door_of_their_own(world, now, who):
    case = world.case()
    with pytest.raises(NotFound):
        access.facts_for(getattr(world, who), case.number, at=now)


def test_the_secretariat_of_another_region_sees_no_facts(world, now):
    case = world.case()
    world.dewi.agency = world.uptd_sambas
    with pytest.raises(NotFound):
        access.facts_for(world.dewi, case.number, at=now)


def test_a_referral_is_read_by_its_two_agencies_and_by_nobody_else(world, now):
    referral = sent(world, world.case())
    for officer in (world.rina, world.budi):
        assert access.referral_for(officer, referral.pk, at=now) == referral
        assert access.referral_to_answer(officer, referral.pk) == referral
    assert {entry.officer_id for entry in readings_of(referral.case) if entry.act == "referral.read"} == {
        world.rina.pk, world.budi.pk}  # fmt: skip
    for officer in (world.agus, world.siti, world.dewi, world.tono, world.dr_maya):
        with pytest.raises(NotFound):
            access.referral_for(officer, referral.pk, at=now)
        with pytest.raises(NotFound):
            access.referral_to_answer(officer, referral.pk)


def test_a_referral_that_was_taken_back_is_the_senders_alone(world, now):
    referral = sent(world, world.case())
    assert access.referral_for(world.budi, referral.pk, at=now)
    referrals.withdraw(referral, by=world.rina, at=now)
    assert access.referral_for(world.rina, referral.pk, at=now)
    with pytest.raises(NotFound):
        access.referral_for(world.budi, referral.pk, at=now)


def test_an_agency_kept_out_after_a_referral_reads_it_no_more(world, now):
    referral = sent(world, world.case())
    assert access.referral_for(world.budi, referral.pk, at=now)
    exclusions.keep_out(referral.case, agency=world.dinsos, by=world.yanti, at=now)
    with pytest.raises(NotFound):
        access.referral_for(world.budi, referral.pk, at=now)


def test_nobody_reads_a_referral_before_acknowledging_the_duty_of_secrecy(world, now):
    referral = sent(world, world.case())
    world.budi.acknowledged_at = None
    with pytest.raises(NotAllowed):
        access.referral_for(world.budi, referral.pk, at=now)


def test_a_held_row_is_read_anew(world, now):
    case = world.case()
    stale = world.anew(case)
    files.move(case, to="assessment", by=world.rina, at=now)
    with transaction.atomic():
        access.hold(stale, "stage")
    assert stale.stage == "assessment"


def test_a_case_to_change_is_found_without_an_entry_of_its_own(world, now):
    case = world.case()
    entries = Entry.objects.count()
    assert access.case_to_change(world.rina, case.number, at=now) == case
    assert Entry.objects.count() == entries
