"""The verdict: what makes a number fit to be published, a range, or neither."""

import math

import pytest

from simpul.insight.methods.capture_verdict import Opinion, judged


def opinion(estimate=1000.0, low=800.0, high=1300.0, **more):
    return Opinion("bic", estimate, low, high, **more)


def verdict(*opinions, lists=4, **without):
    return judged(opinions, lists=lists, without=without)


def test_methods_that_agree_may_be_published():
    found = verdict(opinion(), opinion(1100.0), A=1.1, B=1.2)
    assert (found.code, found.reasons) == ("publish", ())
    assert (found.low, found.high) == (800, 1300)


@pytest.mark.parametrize(
    ("given", "code", "reason"),
    [
        ((opinion(), opinion(2000.0, 900, 2000)), "range", "methods_differ"),
        ((opinion(), opinion(3500.0, 900, 1900)), "withhold", "methods_differ"),
        ((opinion(), opinion(low=300.0)), "range", "wide"),
        ((opinion(), opinion(high=10_000.0)), "withhold", "wide"),
        ((opinion(), opinion(failed=0.05)), "range", "draws_fail"),
        ((opinion(), opinion(failed=0.3)), "withhold", "draws_fail"),
        ((opinion(), opinion(linkage=0.5)), "range", "linkage"),
        ((opinion(), opinion(linkage=0.9)), "withhold", "linkage"),
        ((opinion(),), "range", "few_methods"),
    ],
)
def test_each_reason_has_its_verdict(given, code, reason):
    found = verdict(*given)
    assert found.code == code
    assert [each.code for each in found.reasons] == [reason]


def test_a_list_that_moves_the_estimate_is_named():
    found = verdict(opinion(), opinion(), A=1.1, B=2.0)
    assert (found.code, found.reasons[0].values["list"]) == ("range", "B")
    found = verdict(opinion(), opinion(), A=1.1, B=math.inf)
    assert (found.code, found.reasons[0].code) == ("withhold", "a_list_is_all")


def test_two_lists_are_never_enough():
    assert verdict(opinion(), opinion(), lists=2).code == "withhold"


def test_the_gravest_reason_stands_first():
    found = verdict(opinion(), opinion(2000.0, 100.0, 3000.0), A=2.0)
    assert found.reasons[0].verdict == "withhold"
    assert found.code == "withhold"
