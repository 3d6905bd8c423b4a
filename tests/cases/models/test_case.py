"""Who sees which case, and what the database refuses."""

import pytest
from django.db import IntegrityError, transaction

from simpul.cases import emergency, files
from simpul.cases.models import Assignment, Case
from tests.cases.tracks import an_officer


def test_an_agency_sees_its_own_cases_and_no_other(world, now):
    case = world.case()
    assert list(Case.objects.visible_to(world.rina, at=now)) == [case]
    for officer in (world.siti, world.lina, world.budi, world.dewi, world.tono, world.wulan):
        assert not Case.objects.visible_to(officer, at=now).exists()


def test_a_companion_sees_only_what_is_assigned(world, now):
    case, other = world.case(), world.case()
    world.rina.role = "companion"
    assert not Case.objects.visible_to(world.rina, at=now).exists()
    files.assign(case, officer=world.rina, by=world.yanti, at=now)
    assert list(Case.objects.visible_to(world.rina, at=now)) == [case]
    assert other != case


def test_facts_are_seen_in_the_own_region(world, now):
    case = world.case()
    assert list(Case.objects.facts_visible_to(world.dewi)) == [case]
    Case.objects.filter(pk=case.pk).update(place=None)
    assert list(Case.objects.facts_visible_to(world.dewi)) == [case]
    Case.objects.filter(pk=case.pk).update(place="61.01")
    assert not Case.objects.facts_visible_to(world.dewi).exists()
    assert not Case.objects.facts_visible_to(world.rina).exists()


def test_a_case_that_ended_is_not_open(world):
    case = world.case()
    for stage in Case.Stage:
        Case.objects.filter(pk=case.pk).update(stage=stage)
        assert Case.objects.open().exists() is (stage not in Case.ENDED)
        assert world.anew(case).has_ended is (stage in Case.ENDED)


def test_an_officer_is_assigned_once_at_a_time_also_for_the_database(world, now):
    case = world.case()
    files.assign(case, officer=world.agus, by=world.rina, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(case=case, officer=world.agus, since_at=now, made_by=world.rina)


def test_no_row_of_a_case_tells_more_than_numbers(world, now):
    case = world.case()
    files.summarise(case, summary="Melati dibawa", by=world.rina, at=now)
    case = world.anew(case)
    assert case.summary.opened() == "Melati dibawa"
    assert "Melati" not in f"{case} {case!r} {case.summary} {case.summary!r}"


def test_a_file_with_closed_access_is_seen_by_its_head_and_who_is_assigned(world, now):
    case = world.case()
    nina = an_officer(world, "nina", world.uptd, "case_manager")
    assert Case.objects.visible_to(nina, at=now).exists()
    files.close_access(case, by=world.rina, at=now)
    assert not Case.objects.visible_to(nina, at=now).exists()
    for officer in (world.rina, world.yanti):
        assert list(Case.objects.visible_to(officer, at=now)) == [case]
    assert list(Case.objects.facts_visible_to(world.dewi)) == [case]


def test_in_an_emergency_a_closed_file_opens_for_three_hours(world, now):
    case = world.case()
    files.close_access(case, by=world.rina, at=now)
    emergency.break_glass(case.number, reason="Korban pingsan di rumah sakit.", by=world.budi, at=now)
    assert Case.objects.visible_to(world.budi, at=world.later(hours=2)).exists()
    assert not Case.objects.visible_to(world.budi, at=world.later(hours=3)).exists()


def test_every_stage_leads_on_or_is_the_end():
    assert set(Case.NEXT) == set(Case.Stage)
    assert {stage for stage, then in Case.NEXT.items() if not then} == {Case.Stage.CANCELLED}
