"""The law's track as rows: the report to the police, the proceeding, the examinations."""

import pytest
from django.db import IntegrityError, transaction

from simpul.cases import rights
from simpul.cases.models import Examination, ProceedingStep
from tests.cases.tracks import a_proceeding


def test_the_number_of_a_police_report_is_sealed(world, now):
    report = rights.note_police_report(
        world.case(), number="LP/B/12", unit=world.police, reported_at=now, by=world.rina, at=now
    )
    report = world.anew(report)
    assert report.number.opened() == "LP/B/12"
    assert "LP/B" not in f"{report} {report!r} {report.number}"


def test_a_case_can_have_several(world, now):
    case = world.case()
    for number in ("LP/B/12", "LP/B/13"):
        rights.note_police_report(case, number=number, unit=None, reported_at=now, by=world.rina, at=now)
    assert case.police_reports.count() == 2


def test_a_fine_is_not_negative_also_for_the_database(world):
    step = a_proceeding(world, upto="verdict").steps.get(kind="verdict")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProceedingStep.objects.filter(pk=step.pk).update(fine=-1)


@pytest.mark.parametrize(
    ("companion", "advocate", "alone"), [(False, False, True), (True, False, False), (False, True, False)]
)
def test_who_has_neither_companion_nor_advocate_sits_alone(companion, advocate, alone):
    assert Examination(has_companion=companion, has_advocate=advocate, has_interpreter=True).is_alone is alone


def test_rows_of_a_proceeding_tell_no_word(world):
    found = world.anew(a_proceeding(world, docket="12/Pid.Sus/2026"))
    assert found.docket.opened() == "12/Pid.Sus/2026"
    assert "Pid" not in f"{found} {found!r}"
