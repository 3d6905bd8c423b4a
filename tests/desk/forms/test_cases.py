"""Forms of a case."""

import pytest

from simpul.cases.models import Case
from simpul.desk.forms.cases import Assignment, Exclusion, Narrowed, PoliceReport, Stage


def test_only_stages_that_may_follow_are_offered():
    offered = [value for value, _name in Stage(case=Case(stage="monitoring")).fields["to"].choices]
    assert offered == ["handling", "on_hold"]


def test_only_officers_of_the_region_whose_role_works_on_cases_are_offered(world):
    offered = set(Assignment(case=world.case(), by=world.rina).fields["officer"].queryset)
    assert {world.agus, world.budi} <= offered
    assert not {world.siti, world.dewi, world.tono} & offered


@pytest.mark.parametrize("both", [True, False])
def test_an_exclusion_names_one(world, both):
    told = {"officer": world.budi.pk, "agency": world.dinsos.pk} if both else {}
    form = Exclusion(told, by=world.yanti)
    assert not form.is_valid()
    assert form.non_field_errors()


def test_a_police_report_does_not_lie_in_the_future(world, now):
    form = PoliceReport({"number": "LP/B/1", "reported_at": "2026-08-04T10:00"}, at=now)
    assert not form.is_valid()
    assert set(form.errors) == {"reported_at"}


def test_a_filter_that_cannot_be_read_asks_nothing(world):
    world.case()
    assert Narrowed({"tahap": "tidak ada", "q": "K" * 50}).narrow(Case.objects.all()).count() == 1
    assert Narrowed({"tahap": "closed"}).narrow(Case.objects.all()).count() == 0
