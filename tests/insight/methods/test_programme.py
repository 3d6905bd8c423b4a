"""Programmes put together row by row have the answers that one can see."""

import pytest

from simpul.insight.methods.programme import Linear
from simpul.insight.methods.refusal import Refused


def test_the_least_cost_within_the_rows():
    programme = Linear()
    x, y = programme.variables(2, cost=[1.0, 2.0])
    programme.at_least(3.0, [x, y])
    programme.at_most(2.0, [x])
    found = programme.least()
    assert found.values.tolist() == [2, 1]
    assert found.value == found.bound == 4


def test_whole_variables_stay_whole():
    programme = Linear()
    found = programme.variables(2, cost=-1.0, high=1.0, is_whole=True)
    programme.at_most(1.5, found)
    assert sorted(programme.least().values.round(9).tolist()) == [0, 1]


def test_a_fixed_variable_is_nothing_else():
    programme = Linear()
    programme.variables(1)
    x, y = programme.variables(2, cost=[1.0, 5.0], high=1.0)
    programme.exactly(1.0, [x, y])
    programme.fix(x, 0.0)
    assert programme.least().value == 5


def test_what_contradicts_itself_is_refused():
    programme = Linear()
    (x,) = programme.variables(1, high=1.0)
    programme.at_least(2.0, [x])
    with pytest.raises(Refused, match="no_solution"):
        programme.least()
