"""Forms of referrals."""

import pytest

from simpul.cases import referrals
from simpul.desk.forms.referrals import Decline, NewReferral


@pytest.fixture
def service(world):
    return world.service(world.victim(world.case()))


def groups(form):
    return {str(name): [str(words) for _pk, words in rows] for name, rows in form.fields["to"].choices[1:]}


def test_agencies_that_give_the_service_here_stand_first(world, service):
    first = next(iter(groups(NewReferral(service=service)).values()))
    assert first == [world.dinsos.name]


def test_the_own_agency_is_not_offered(world, service):
    offered = [name for rows in groups(NewReferral(service=service)).values() for name in rows]
    assert world.hospital.name in offered
    assert world.uptd.name not in offered


def test_every_field_the_service_needs_is_there_once_and_no_other(world, service):
    form = NewReferral(service=service)
    ticked = [code for code, _words in form.fields["shared"].choices]
    assert sorted(ticked + form.written) == sorted(referrals.fields_for(service.kind))


def test_what_was_written_goes_along_without_a_tick(world, service):
    form = NewReferral(
        {"to": world.dinsos.pk, "need": "x", "shared": ["name"], "words_wishes": "Pulang", "basis": "consent"},
        service=service,
    )
    assert form.is_valid()
    told = form.told()
    assert told["fields"] == ["name", "wishes"]
    assert told["words"] == {"wishes": "Pulang"}
    assert told["to"] == world.dinsos


def test_declining_needs_a_reason_of_the_catalogue(db):
    assert "reason" in Decline({"reason": "malas"}).errors
    assert Decline({"reason": "no_capacity"}).is_valid()
