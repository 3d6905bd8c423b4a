"""Emergency access: three hours, a reason in writing, and the agency that keeps the case is told."""

from datetime import timedelta

import pytest

from simpul.agencies import exclusions
from simpul.cases import access, emergency, victims
from simpul.cases.models import BreakGlass
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound

REASON = "Korban di UGD dan harus segera dikenali."


def broken(world, case, *, by=None):
    return emergency.break_glass(case.number, reason=REASON, by=by or world.siti, at=world.at)


def test_the_file_is_open_for_three_hours_and_no_longer(world):
    case = world.case()
    with pytest.raises(NotFound):
        access.case_for(world.siti, case.number, at=world.at)
    broken(world, case)
    assert access.case_for(world.siti, case.number, at=world.later(hours=2, minutes=59))
    with pytest.raises(NotFound):
        access.case_for(world.siti, case.number, at=world.later(hours=3))


def test_an_emergency_reads_names_and_changes_nothing(world, now):
    victim = world.victim(world.case())
    broken(world, victim.case)
    assert victims.read_identity(victim, fields=["name"], by=world.siti, at=now) == {"name": "Melati Kusuma"}
    with pytest.raises(NotAllowed):
        world.victim(victim.case, by=world.siti)


@pytest.mark.parametrize("reason", ["", "darurat", " " * 40, "\u200b" * 40])
def test_a_reason_is_a_sentence(world, now, reason):
    case = world.case()
    with pytest.raises(NotAllowed):
        emergency.break_glass(case.number, reason=reason, by=world.siti, at=now)
    assert not BreakGlass.objects.exists()


def test_the_reason_is_sealed_and_the_access_is_in_the_journal(world):
    taken = broken(world, world.case())
    assert world.anew(taken).reason.opened() == REASON
    entry = Entry.objects.get(act="glass.broken")
    assert (entry.officer_id, entry.file) == (world.siti.pk, f"cases.case:{taken.case_id}")
    assert entry.facts == {}


def test_the_agency_that_keeps_the_case_owes_a_review(world):
    taken = broken(world, world.case())
    owed = world.owed("review_emergency_access", on=taken)
    assert owed.owed_by == world.uptd
    emergency.review(taken, by=world.yanti, at=world.later(hours=5))
    assert world.owed("review_emergency_access", on=taken) is None
    assert world.anew(taken).reviewed_by == world.yanti


def test_a_review_is_made_once_and_by_the_agency_that_keeps_the_case(world):
    taken = broken(world, world.case())
    for officer in (world.siti, world.budi, world.tono):
        with pytest.raises(NotAllowed):
            emergency.review(taken, by=officer, at=world.at)
    emergency.review(taken, by=world.yanti, at=world.later(hours=5))
    emergency.review(taken, by=world.rina, at=world.later(hours=6))
    assert world.anew(taken).reviewed_at == world.later(hours=5)


@pytest.mark.parametrize("who", ["tono", "wulan", "dewi"])
def test_roles_that_meet_no_victim_have_no_emergency(world, who):
    with pytest.raises(NotAllowed):
        broken(world, world.case(), by=getattr(world, who))


def test_who_is_kept_out_is_told_the_same_as_of_a_case_that_does_not_exist(world, now):
    case = world.case()
    exclusions.keep_out(case, agency=world.uptd_sambas, by=world.yanti, at=now)
    with pytest.raises(NotFound):
        broken(world, case)
    with pytest.raises(NotFound):
        emergency.break_glass("K-1999-0001", reason=REASON, by=world.siti, at=now)
    assert not BreakGlass.objects.exists()


def test_who_is_kept_out_afterwards_loses_the_access_at_once(world, now):
    case = world.case()
    broken(world, case)
    assert access.case_for(world.siti, case.number, at=now)
    exclusions.keep_out(case, officer=world.siti, by=world.yanti, at=now)
    with pytest.raises(NotFound):
        access.case_for(world.siti, case.number, at=now)


def test_who_becomes_an_administrator_loses_the_access_with_the_role(world, now):
    case = world.case()
    broken(world, case)
    world.siti.role = "administrator"
    with pytest.raises(NotFound):
        access.case_for(world.siti, case.number, at=now)


def test_the_access_lasts_as_long_as_it_says(world):
    taken = broken(world, world.case())
    assert taken.until_at - taken.taken_at == emergency.LASTS == timedelta(hours=3)
