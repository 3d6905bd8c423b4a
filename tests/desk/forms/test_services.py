"""Forms of services."""

from datetime import date

from simpul.cases.models import Service, ServiceStep
from simpul.desk.forms.services import Move, may_follow, next_states

TODAY = date(2026, 8, 3)


def test_only_states_that_may_follow_are_offered():
    assert [value for value, _name in next_states(Service(state="running"))] == ["done", "stopped"]
    assert next_states(Service(state="done")) == []


def test_a_day_to_offer_again_is_asked_only_where_a_refusal_may_follow():
    assert "offer_again_on" in Move(service=Service(state="requested"), today=TODAY).fields
    assert "offer_again_on" not in Move(service=Service(state="refused"), today=TODAY).fields


def test_a_service_is_not_offered_again_in_the_past():
    form = Move({"to": "refused", "offer_again_on": "2026-08-02"}, service=Service(state="requested"), today=TODAY)
    assert set(form.errors) == {"offer_again_on"}


def test_a_step_may_follow_what_it_needs(db):
    assert may_follow("access", [])
    assert not may_follow("approach", [])
    assert may_follow("approach", [ServiceStep(kind="access")])
