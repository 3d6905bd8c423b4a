"""Windows on the map: what a circle holds, and where it ends."""

import numpy as np
import pytest

from simpul.insight.methods.refusal import Refused
from simpul.insight.methods.scan_zones import great_circle, zones

LINE = np.array([[0.0, 0.0], [1.0, 0.0], [2.5, 0.0], [6.0, 0.0]])
EVEN = np.ones(4)


def held(windows):
    """{centre: the sets of places of its windows}, of circles."""
    sets = {}
    for centre, first, end in zip(windows.centres, windows.starts[:-1], windows.starts[1:], strict=True):
        closing = [position for position in range(first, end) if windows.closes[position]]
        sets.setdefault(int(centre), []).extend(
            [set(windows.members[first : position + 1].tolist()) for position in closing]
        )
    return sets


def test_a_circle_grows_until_it_holds_half():
    assert held(zones(LINE, EVEN))[0] == [{0}, {0, 1}]
    assert held(zones(LINE, np.array([1, 1, 1, 7])))[3] == []


def test_a_circle_reaches_no_farther_than_allowed_and_holds_no_more_places():
    assert held(zones(LINE, EVEN, distance=1.2))[1] == [{1}, {1, 0}]
    assert held(zones(LINE, EVEN, distance=0))[1] == [{1}]
    assert held(zones(LINE, EVEN, nearest=1))[2] == [{2}]


def test_places_at_the_same_distance_come_in_together_or_not_at_all():
    cross = np.array([[0, 0], [1, 0], [-1, 0], [0, 1], [5, 5], [6, 6], [7, 7], [8, 8], [9, 8]], float)
    assert held(zones(cross, np.ones(9)))[0] == [{0}, {0, 1, 2, 3}]
    assert held(zones(cross, np.ones(9), nearest=3))[0] == [{0}]
    same = np.array([[0, 0], [0, 0], [1, 0], [4, 0], [5, 0], [9, 0]], float)
    assert held(zones(same, np.ones(6)))[0] == [{0, 1}, {0, 1, 2}]


def test_ellipses_hold_what_lies_on_a_line_and_are_weighed_down():
    chance = np.random.default_rng(2)
    line = np.stack([np.arange(10.0), np.zeros(10)], axis=1)
    around = np.stack([chance.uniform(0, 9, 12), np.where(np.arange(12) % 2, 1.2, -1.2)], axis=1)
    spots = np.concatenate([line, around])
    plain, long = zones(spots, np.ones(22)), zones(spots, np.ones(22), with_ellipses=True)
    wanted = set(range(10))
    assert not any(wanted == each for each in held(plain)[5])
    assert any(wanted == each for each in held(long)[5])
    assert long.factors.max() == 1
    assert 0.7 < long.factors.min() < 0.8
    assert long.number > 5 * plain.number


def test_degrees_are_measured_on_the_globe():
    jakarta, pontianak = np.array([-6.2, 106.8]), np.array([[-0.02, 109.33]])
    assert great_circle(jakarta, pontianak)[0] == pytest.approx(742, abs=2)
    degrees = np.array([[60.0, 0.0], [60.0, 1.0], [60.7, 0.0], [10.0, 50.0]])
    assert held(zones(degrees, EVEN, is_geographic=True))[0][1] == {0, 1}
    assert held(zones(degrees[:, ::-1], EVEN))[0][1] == {0, 2}
    reach = zones(degrees, EVEN, is_geographic=True).reach
    assert reach[1] == pytest.approx(55.6, abs=0.1)


@pytest.mark.parametrize(
    ("reason", "given"),
    [
        ("one_place", {"coordinates": LINE[:1], "weight": EVEN[:1]}),
        ("one_point", {"coordinates": np.zeros((3, 2)), "weight": EVEN[:3]}),
        ("share", {"coordinates": LINE, "weight": EVEN, "share": 0.6}),
        ("distance", {"coordinates": LINE, "weight": EVEN, "distance": -1.0}),
        ("no_windows", {"coordinates": LINE[:2], "weight": EVEN[:2], "share": 0.4}),
        ("not_on_earth", {"coordinates": LINE * 20, "weight": EVEN, "is_geographic": True}),
    ],
)
def test_windows_that_cannot_be_are_refused(reason, given):
    with pytest.raises(Refused) as refused:
        zones(**given)
    assert refused.value.reason == reason
