"""Urgency orders the reading and gives its reasons; it decides nothing."""

import pytest

from simpul.intake.models import Report
from simpul.intake.urgency import REASONS, is_danger, reasons_for, urgency_of


def report(**facts):
    return Report(**facts)


def test_a_report_that_says_nothing_more_has_no_urgency_and_no_reason():
    assert urgency_of(report()) == 0
    assert reasons_for(report()) == []


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"danger": "yes_now"}, "danger_now"),
        ({"danger": "maybe_soon"}, "danger_soon"),
        ({"children": "yes"}, "children"),
        ({"kinds": ["locked_up"]}, "held"),
        ({"happened": "about_to_happen"}, "about_to_leave"),
        ({"happened": "now"}, "going_on"),
        ({"people": "six_to_twenty"}, "many"),
        ({"people": "more_than_twenty"}, "many"),
    ],
)
def test_each_fact_gives_its_own_reason(facts, code):
    weight, words = next((weight, words) for name, weight, words, _holds in REASONS if name == code)
    assert reasons_for(report(**facts)) == [words]
    assert urgency_of(report(**facts)) == weight


def test_danger_outweighs_everything_else_together():
    everything_else = report(
        danger="no", children="yes", kinds=["locked_up"], happened="about_to_happen", people="more_than_twenty"
    )
    assert urgency_of(everything_else) < urgency_of(report(danger="yes_now"))


def test_only_danger_now_brings_the_target_of_one_hour():
    assert is_danger(report(danger="yes_now"))
    assert not any(is_danger(report(danger=code)) for code in ("", "maybe_soon", "no", "dont_know"))
