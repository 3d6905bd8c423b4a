"""The coordinating secretariat sees clocks and facts of every case of its region, and no identity."""

import pytest

from simpul.cases import access, rights, victims
from simpul.cases.models import Referral
from simpul.cases.queries import case_list, involving
from simpul.intake import access as report_access
from simpul.intake.models import Report
from simpul.journal.queries import readings_of
from simpul.lib.rules import NotAllowed, NotFound
from simpul.obligations.queries import owed_now


def test_the_secretariat_sees_clocks_and_facts(world, now):
    case = world.case(children="yes", kinds=["sexual"])
    world.victim(case)
    (row,) = case_list(world.dewi, at=now)
    assert (row.number, row.victims, row.has_children, row.kinds) == (case.number, 1, True, ["sexual"])
    assert {"report_to_police", "report_to_police_sexual"} <= {owed.rule for owed in owed_now(world.dewi)}
    assert access.facts_for(world.dewi, case.number, at=now)
    assert readings_of(case).get().officer_id == world.dewi.pk


def test_the_secretariat_sees_no_identity_by_any_way(world, now):
    victim = world.victim(world.case(), name="Melati Kusuma")
    case, report = victim.case, victim.case.reports.get()
    assert access.case_for(world.rina, case.number, at=now)
    for look in (
        lambda: access.case_for(world.dewi, case.number, at=now),
        lambda: access.case_to_change(world.dewi, case.number, at=now),
        lambda: victims.read_identity(victim, fields=["name"], by=world.dewi, at=now),
        lambda: report_access.report_for(world.dewi, report.number),
        lambda: report_access.read(report, by=world.dewi, at=now),
    ):
        with pytest.raises(NotFound):
            look()
    assert involving(world.rina, "melati", at=now).exists()
    assert not involving(world.dewi, "melati", at=now).exists()
    assert not Report.objects.visible_to(world.dewi).exists()
    assert not Referral.objects.visible_to(world.dewi).exists()


def test_the_secretariat_changes_nothing(world, now):
    case = world.case()
    with pytest.raises(NotAllowed):
        rights.note_police_report(case, number="x", unit=None, reported_at=now, by=world.dewi, at=now)


def test_the_secretariat_of_another_region_sees_nothing_of_it(world, now):
    world.case()
    assert case_list(world.dewi, at=now).exists()
    world.dewi.agency = world.uptd_sambas
    assert not case_list(world.dewi, at=now).exists()
    assert not owed_now(world.dewi).exists()
