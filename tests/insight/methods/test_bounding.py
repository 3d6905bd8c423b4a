"""Bounding: limits of hidden numbers, held against all whole numbers tried one by one."""

import math
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.insight.methods.bounding import Network, Programme, ends_of
from simpul.insight.methods.simplex import Contradiction

# Four numbers in a square with its two row totals and two column totals shown.
SQUARE = [{0: 1, 1: 1, 4: -1}, {2: 1, 3: 1, 5: -1}, {0: 1, 2: 1, 6: -1}, {1: 1, 3: 1, 7: -1}]
unhurried = settings(deadline=None)


def square(inner):
    a, b, c, d = inner
    return [a, b, c, d, a + b, c + d, a + c, b + d]


def engines(sums, values, hidden, *, low=0, high=math.inf):
    count = len(values)
    known = {"values": values, "low": [float(low)] * count, "high": [float(high)] * count, "hidden": hidden}
    return Network(ends_of(sums, count), **known), Programme(sums, **known)


def tried(sums, values, hidden, *, top):
    """The limits of hidden numbers by trying everything from 0 to top."""
    fits, order = [], sorted(hidden)
    for tries in product(range(top + 1), repeat=len(order)):
        trial = {**dict(enumerate(values)), **dict(zip(order, tries, strict=True))}
        if all(sum(sign * trial[each] for each, sign in one.items()) == 0 for one in sums):
            fits.append(tries)
    columns = list(zip(*fits, strict=True))
    return {each: (min(column), max(column)) for each, column in zip(order, columns, strict=True)}


@given(st.lists(st.integers(0, 6), min_size=4, max_size=4), st.sets(st.integers(0, 3), min_size=1))
@unhurried
def test_limits_are_those_found_by_trying_everything(inner, hidden):
    values = square(inner)
    expected = tried(SQUARE, values, hidden, top=12)
    for engine in engines(SQUARE, values, hidden):
        assert {each: engine.limits(each) for each in hidden} == expected


@given(st.lists(st.integers(0, 6), min_size=4, max_size=4), st.sets(st.integers(0, 7), min_size=1), st.data())
@unhurried
def test_both_ways_agree_and_neither_needs_the_truth(inner, hidden, data):
    """Also with hidden margins, lower and upper limits."""
    values = square(inner)
    high = data.draw(st.sampled_from([math.inf, max(values)]))
    low = data.draw(st.sampled_from([0, min(values)]))
    network, programme = engines(SQUARE, values, hidden, low=low, high=high)
    expected = [network.limits(each) for each in sorted(hidden)]
    assert [programme.limits(each) for each in sorted(hidden)] == expected
    unknowing = [0 if each in hidden else value for each, value in enumerate(values)]
    network, programme = engines(SQUARE, unknowing, hidden, low=low, high=high)
    network.settle()
    programme.settle()
    assert [network.limits(each) for each in sorted(hidden)] == expected
    assert [programme.limits(each) for each in sorted(hidden)] == expected


@given(st.lists(st.integers(0, 6), min_size=4, max_size=4), st.sets(st.integers(0, 7), min_size=1), st.integers(1, 9))
@unhurried
def test_a_spread_is_what_the_limits_say_and_names_what_it_leans_on(inner, hidden, need):
    for engine in engines(SQUARE, square(inner), hidden):
        for each in sorted(hidden):
            low, high = engine.limits(each)
            leaning = engine.spread(each, need)
            assert (leaning is not None) == (high - low >= need)
            if leaning is not None:
                engine.hidden = leaning | {each}
                assert engine.spread(each, need) is not None
            engine.hidden = set(hidden)


# Eight numbers in a cube with the totals of its twelve edges shown: each number stands in three sums.
CORNERS = list(product((0, 1), repeat=3))
EDGES = [(axis, rest) for axis in range(3) for rest in product((0, 1), repeat=2)]
CUBE = [
    {
        **{CORNERS.index(tuple(rest[:axis] + (end,) + rest[axis:])): 1 for end in (0, 1)},
        8 + place: -1,
    }
    for place, (axis, rest) in enumerate(EDGES)
]


@given(st.lists(st.integers(0, 4), min_size=8, max_size=8), st.sets(st.integers(0, 7), min_size=2, max_size=5))
@settings(deadline=None, max_examples=40)
def test_limits_in_a_cube_are_those_found_by_trying_everything(corners, hidden):
    values = list(corners)
    values += [sum(corners[each] for each in one if each < 8) for one in CUBE]
    assert ends_of(CUBE, 20) is None
    expected = tried(CUBE, values, hidden, top=8)
    unknowing = [0 if each in hidden else value for each, value in enumerate(values)]
    programme = Programme(CUBE, values=unknowing, low=[0.0] * 20, high=[math.inf] * 20, hidden=hidden)
    programme.settle()
    assert {each: programme.limits(each) for each in hidden} == expected
    for each in hidden:
        low, high = expected[each]
        assert (programme.spread(each, 2) is not None) == (high - low >= 2)


def test_asking_changes_nothing():
    network, _programme = engines(SQUARE, square([3, 1, 4, 1]), {0, 1, 2, 3})
    before = list(network.values)
    network.limits(0)
    network.spread(1, 2)
    network.cheapest(0, 30, [1] * 8)
    assert network.values == before


def test_the_cheapest_way_round_closes_a_circle():
    """One hidden cell of a square can only move when the other three or its two margins may."""
    for engine in engines(SQUARE, square([3, 20, 30, 40]), {0}, low=1):
        weights = [None, 1, 1, 1, 5, 5, 5, 5]
        assert engine.cheapest(0, 2, weights) == {1, 2, 3}
        assert engine.cheapest(0, 2, [None, None, 1, 1, 5, 5, 5, 5]) == {4, 6}
        assert engine.cheapest(0, 2, [None] * 8) == set()


def test_numbers_in_three_sums_are_no_network():
    three = [{0: 1, 1: 1, 2: -1}, {0: 1, 3: -1}, {0: 1, 4: -1}]
    assert ends_of(three, 5) is None
    # Twice two numbers with the same sign in both sums cannot be turned into leaving one and entering the other.
    assert ends_of([{0: 1, 1: 1}, {0: 1, 1: -1}], 2) is None


def test_sums_that_do_not_come_out_are_said():
    values = square([3, 1, 4, 1])
    values[4] = 9
    for engine in engines(SQUARE, values, {0, 1}):
        with pytest.raises(Contradiction, match="contradict"):
            engine.settle()
    # Also where nothing hidden stands in the sum that is wrong.
    for engine in engines(SQUARE, values, {2, 3}):
        with pytest.raises(Contradiction, match="contradict"):
            engine.settle()


def test_a_whole_number_is_looked_for_where_the_programme_stops_at_a_half():
    """x+y, y+z and z+x are 3, 3 and 3 at most: the programme says x+y+z is 4.5 at most, whole numbers say 4."""
    sums = [{0: 1, 1: 1, 3: 1, 6: -1}, {1: 1, 2: 1, 4: 1, 6: -1}, {0: 1, 2: 1, 5: 1, 6: -1},
            {0: 1, 1: 1, 2: 1, 7: -1}]  # fmt: skip
    values = [1, 1, 1, 1, 1, 1, 3, 3]
    programme = Programme(sums, values=values, low=[0.0] * 8, high=[math.inf] * 8, hidden=set(range(8)) - {6})
    assert programme.limits(7) == (0, 4)
