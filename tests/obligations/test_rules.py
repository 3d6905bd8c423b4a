"""Rules, as the catalogue has them."""

import pytest

from simpul.agencies.roles import Role
from simpul.obligations.holidays import office_calendar
from simpul.obligations.limits import Limit, falls_due
from simpul.obligations.rules import rule
from simpul.reference import catalogues

pytestmark = pytest.mark.django_db


def codes():
    return [term.code for term in catalogues.terms("obligations")]


def test_target_and_limit_stand_apart():
    first_aid = rule("first_aid")
    assert first_aid.target == Limit(6, "hours")
    assert first_aid.limit == Limit(7, "calendar_days")


def test_what_only_the_house_promises_has_no_limit_by_law():
    triage = rule("triage")
    assert triage.target == Limit(24, "hours")
    assert triage.limit is None
    assert not triage.binds_by_law


def test_what_a_law_demands_names_its_article():
    police = rule("report_to_police")
    assert police.limit == Limit(24, "hours")
    assert police.binds_by_law
    assert "PP 9/2008" in police.legal_basis


def test_an_unknown_rule_is_an_error():
    with pytest.raises(LookupError):
        rule("be_nice")


def test_a_rule_has_a_name_in_the_language_of_the_reader():
    assert rule("triage").name not in {"", "triage"}


def test_every_rule_of_the_catalogue_can_be_read():
    assert len(codes()) > 20
    for code in codes():
        found = rule(code)
        assert found.target or found.limit, code
        assert found.escalate_to, code
        assert set(found.escalate_to) <= set(Role), code


def test_a_target_is_never_later_than_its_limit(now):
    both = [found for found in map(rule, codes()) if found.target and found.limit]
    assert len(both) > 5
    for found in both:
        assert falls_due(now, found.target, office_calendar()) < falls_due(now, found.limit, office_calendar()), found


def test_what_protects_life_cannot_be_paused():
    for code in ("triage_danger", "report_to_police", "report_to_police_sexual", "temporary_protection"):
        assert not rule(code).pausable, code
    assert rule("services_on_request").pausable


def test_a_rule_may_wait_for_something():
    assert rule("services_on_request").needs == "police_report"
    assert rule("first_aid").needs == ""


def test_an_unpaid_restitution_is_a_chain():
    assert rule("restitution_paid").then_missed == ("tell_court_unpaid",)
    assert rule("tell_court_unpaid").then_met == ("court_warns",)
    assert rule("court_warns").then_met == ("restitution_paid_after_warning",)
    assert rule("restitution_paid_after_warning").then_missed == ("seize_assets",)


def test_every_chain_leads_to_rules_that_exist_and_comes_to_an_end():
    def followers(code):
        return (*rule(code).then_met, *rule(code).then_missed)

    def walk(code, way):
        assert code not in way, way
        for follower in followers(code):
            walk(follower, (*way, code))

    assert sum(bool(followers(code)) for code in codes()) > 3
    for code in codes():
        walk(code, ())


def test_what_follows_a_miss_follows_a_limit():
    for code in codes():
        assert rule(code).limit or not rule(code).then_missed, code


def test_an_offender_and_a_victim_owe_from_outside():
    assert rule("restitution_paid").owed_from_outside
    assert rule("tell_court_unpaid").owed_from_outside
    assert not rule("court_warns").owed_from_outside
