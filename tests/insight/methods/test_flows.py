"""Legs become journeys, and journeys corridors: what is counted is people's ways, never steps."""

import math

import pytest

from simpul.insight.methods import flows
from simpul.insight.methods.flows import Leg
from simpul.insight.methods.refusal import Refused


def way(key, *nodes, on="", means=""):
    return [
        Leg(key, number, *pair, means=means, on=on)
        for number, pair in enumerate(zip(nodes, nodes[1:], strict=False), 1)
    ]


def journeys(*ways, **how):
    return flows.journeys([leg for legs in ways for leg in legs], **how)


def test_legs_are_put_in_order():
    (journey,) = journeys([Leg("1", 2, "b", "c"), Leg("1", 1, "a", "b")])
    assert journey.nodes == ("a", "b", "c")
    assert journey.breaks == ()


def test_a_gap_between_two_legs_is_kept_in_mind():
    (journey,) = journeys([Leg("1", 1, "a", "b"), Leg("1", 5, "x", "c", certainty=0.4)])
    assert journey.nodes == ("a", "b", "x", "c")
    assert journey.breaks == (1,)
    assert journey.certainty == 0.4


def test_a_step_within_one_place_is_no_step():
    (journey,) = journeys(way("1", "61.01.01", "61.01.09", "my"), place=lambda node: node[:5])
    assert journey.nodes == ("61.01", "my")


def test_who_goes_back_and_forth_makes_no_corridor():
    found = journeys(way("1", "a", "b", "a", "b", "a", "b"), way("2", "a", "b"))
    assert [(segment.origin, segment.destination, segment.journeys) for segment in flows.segments(found)] == [
        ("a", "b", 2),
        ("b", "a", 1),
    ]


def test_corridors_are_ways_shared_from_begin_to_end():
    found = journeys(
        way("1", "a", "b", "c", on="2026-03-01", means="bus"), way("2", "a", "b", "c", on="2026-01"), way("3", "a", "c")
    )
    first, second = flows.corridors(found)
    assert first.nodes == ("a", "b", "c")
    assert (first.journeys, first.share) == (2, pytest.approx(2 / 3))
    assert (first.first, first.last, first.means) == ("2026-01", "2026-03-01", ("bus",))
    assert second.journeys == 1
    assert flows.corridors(found, least=2) == [first]


def test_a_chokepoint_tells_whether_a_way_around_is_known():
    found = journeys(way("1", "a", "b", "c"), way("2", "a", "b", "c"), way("3", "a", "x", "c"), way("4", "d", "b", "c"))
    told = {point.node: (point.journeys, point.avoidable) for point in flows.chokepoints(found)}
    assert told == {"b": (3, 2), "x": (1, 1)}


def test_a_shift_is_called_only_where_chance_does_not_explain_it():
    before = journeys(*(way(f"b{n}", "a", "m") for n in range(40)), *(way(f"c{n}", "a", "n") for n in range(10)))
    after = journeys(*(way(f"d{n}", "a", "m") for n in range(10)), *(way(f"e{n}", "a", "n") for n in range(12)))
    told = {shift.destination: shift for shift in flows.shifts(before, after)}
    assert told["m"].is_change
    assert told["m"].ratio == 0.25
    assert told["m"].low < 0.25 < told["m"].high < 1
    assert not told["n"].is_change
    assert told["n"].low < 1 < told["n"].high


def test_periods_of_different_length_are_compared_by_their_rates():
    before = journeys(*(way(f"b{n}", "a", "m") for n in range(40)))
    after = journeys(*(way(f"d{n}", "a", "m") for n in range(10)))
    (shift,) = flows.shifts(before, after, times=(12, 3))
    assert shift.ratio == 1
    assert shift.p == pytest.approx(1)


def test_a_new_segment_and_one_that_is_gone_have_no_ratio():
    before, after = journeys(way("1", "a", "b")), journeys(way("2", "c", "d"))
    told = {shift.origin: shift for shift in flows.shifts(before, after)}
    assert told["c"].ratio == math.inf
    assert told["a"].ratio == 0


@pytest.mark.parametrize(("one", "two", "p"), [(5, 5, 1.0), (10, 0, 2 / 1024), (1, 9, 22 / 1024)])
def test_the_p_of_two_counts_is_exact(one, two, p):
    before = journeys(*(way(f"b{n}", "a", "m") for n in range(one))) if one else []
    after = journeys(*(way(f"d{n}", "a", "m") for n in range(two))) if two else []
    (shift,) = flows.shifts(before, after)
    assert shift.p == pytest.approx(p)


@pytest.mark.parametrize(
    ("legs", "reason"),
    [
        ([Leg("1", 1, "a", "")], "leg_without_end"),
        ([Leg("1", 1, "a", "b"), Leg("1", 1, "b", "c")], "position_twice"),
        ([Leg("1", 1, "a", "b", certainty=2.0)], "not_a_share"),
    ],
)
def test_a_leg_that_says_nothing_is_refused(legs, reason):
    with pytest.raises(Refused) as refusal:
        flows.journeys(legs)
    assert refusal.value.reason == reason


def test_a_journey_that_several_people_made_counts_as_often():
    way = flows.Journey("a", ("home", "post", "abroad"), (), (), 1.0, "", people=7)
    other = flows.Journey("b", ("home", "abroad"), (), (), 1.0, "")
    assert [(each.nodes, each.journeys) for each in flows.corridors([way, other])] == [
        (("home", "post", "abroad"), 7), (("home", "abroad"), 1)]  # fmt: skip
    assert {(s.origin, s.destination): s.journeys for s in flows.segments([way, other])}["home", "post"] == 7
    (point,) = flows.chokepoints([way, other])
    assert (point.journeys, point.avoidable, point.share) == (7, 7, 7 / 8)
    assert flows.number_of([way, other]) == 8


@pytest.mark.parametrize(("one", "two"), [(0, 5), (3, 3), (12, 60), (700, 810), (0, 0), (40, 0)])
@pytest.mark.parametrize("share", [0.5, 0.25, 0.9])
def test_the_chance_of_a_change_adds_up_all_outcomes_that_are_no_likelier(one, two, share):
    n = one + two
    logs = [flows._log_binomial(n, k, share) for k in range(n + 1)]
    expected = min(1.0, sum(math.exp(each) for each in logs if each <= logs[two] + 1e-9))
    assert flows._binomial_p(one, two, share) == pytest.approx(expected, rel=1e-9)
