"""Care of the invented year: codes of the catalogues, steps in their order, a way home of a week."""

from random import Random

import pytest

from simpul.cases import services, shelters
from simpul.cases.models import Return, Visit
from simpul.demo import care
from simpul.obligations.models import Obligation
from simpul.reference import catalogues


@pytest.fixture
def victim(world):
    return world.victim(world.case())


def played(story):
    """Play a story of one victim to its end; returns its moments."""
    return list(story)


def test_steps_belong_to_their_services(db):
    for table in (care.AT_FIRST, care.AT_LAST):
        for kind, steps in table.items():
            assert set(steps) <= set(services.steps_of(kind)), kind
    assert all(catalogues.is_code("rights", right) for right in care.TOLD_FIRST)


@pytest.mark.parametrize("kind", sorted(care.AT_FIRST))
def test_a_service_is_given_with_its_first_and_last_steps(world, victim, kind):
    service = services.request(victim, kind=kind, by=world.rina, at=world.at)
    played(care.give(service, by=world.rina, at=world.at, until=world.at))
    assert service.state == "done"
    assert {step.kind for step in service.steps.all()} == {*care.AT_FIRST[kind], *care.AT_LAST[kind]}


def test_a_bed_is_taken_where_one_is_free_and_left_again(world, victim):
    service = services.request(victim, kind="shelter", by=world.rina, at=world.at)
    assert care.move_in(service, by=world.rina, at=world.at) is None
    shelters.record("RA-7", kind=care.SAFE_HOUSE, beds=1, by=world.yanti, at=world.at)
    shelter = shelters.record("RA-8", kind="uptd_shelter", beds=1, by=world.yanti, at=world.at)
    assert care.move_in(service, by=world.rina, at=world.at).shelter == shelter
    other = services.request(victim, kind="shelter", by=world.rina, at=world.at)
    assert care.move_in(other, by=world.rina, at=world.at) is None
    care.move_out(service, by=world.rina, at=world.at)
    assert care.move_in(other, by=world.rina, at=world.at)


def test_a_way_home_leads_from_the_wish_to_the_visits(world, victim):
    service = services.request(victim, kind="repatriation", by=world.rina, at=world.at)
    moments = played(care.bring_home(Random(1), service, by=world.rina, at=world.at))
    assert moments == sorted(moments)
    assert Return.objects.get().handed_over_on
    assert Obligation.objects.standing().filter(rule__startswith="follow_up").count() == 3
    visits = played(care.visit_at_home(Random(1), victim, by=world.rina, since=moments[-1]))
    assert set(Visit.objects.values_list("months", flat=True)) == {3, 6, 12}
    assert 350 < (visits[-1] - moments[-1]).days < 380
    assert not Obligation.objects.standing().filter(rule__startswith="follow_up").exists()
