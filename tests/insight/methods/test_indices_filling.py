"""Filling and treatment: outliers are drawn in only where there are some, gaps are filled from what is like them."""

import numpy as np
import pytest

from simpul.insight.methods import indices_filling as filling
from simpul.insight.methods.refusal import Refused

GAP = np.nan


def test_moments_are_those_of_a_spreadsheet():
    """SKEW and KURT of 3, 4, 5, 2, 3, 4, 5, 6, 4, 7 as spreadsheet programs give them."""
    values = np.array([3, 4, 5, 2, 3, 4, 5, 6, 4, 7], dtype=float)
    assert filling.skewness(values) == pytest.approx(0.359543, abs=1e-6)
    assert filling.kurtosis(values) == pytest.approx(-0.151800, abs=1e-6)


def test_one_far_value_is_drawn_in_to_the_next():
    column = np.array([*range(10, 30), 500.0])
    done, notes = filling.treated(column[:, None], "winsorise")
    assert notes == ("winsorised 1",)
    assert done[-1, 0] == 29
    assert done[:-1, 0].tolist() == column[:-1].tolist()


def test_a_far_low_value_is_drawn_in_too():
    column = np.array([*range(10, 30), -500.0])
    done, notes = filling.treated(column[:, None], "winsorise")
    assert notes == ("winsorised 1",)
    assert done[-1, 0] == 10


def test_what_drawing_in_does_not_tame_is_taken_in_logarithms():
    column = np.exp(np.linspace(0, 60, 60))
    done, notes = filling.treated(column[:, None], "winsorise")
    assert notes == ("log",)
    assert np.all(np.diff(done[:, 0]) >= 0)
    falling, _notes = filling.treated(-column[:, None], "log")
    assert np.all(np.diff(falling[:, 0]) <= 0)


def test_tame_values_are_left_as_they_are():
    column = np.arange(20.0)[:, None]
    for how in filling.TREATMENTS:
        done, notes = filling.treated(column, how)
        assert done.tolist() == column.tolist()
        assert notes == ("",)


def test_gaps_are_filled_by_mean_median_and_group():
    values = np.array([[1.0, 5.0], [3.0, GAP], [8.0, 9.0], [GAP, 1.0]])
    assert filling.filled(values, "mean")[1, 1] == 5.0
    assert filling.filled(values, "median")[3, 0] == 3.0
    assert filling.filled(values, "group", groups=["a", "a", "b", "b"])[1, 1] == 5.0
    assert filling.filled(values, "group", groups=["a", "a", "b", "b"])[3, 0] == 8.0
    # A group that knows nothing takes the mean of all.
    assert filling.filled(values, "group", groups=["a", "c", "b", "b"])[1, 1] == 5.0
    assert np.isnan(filling.filled(values, "available")[1, 1])


def test_gaps_are_filled_from_the_places_that_are_most_alike():
    values = np.array([[1.0, 1.0, 10.0], [1.1, 1.0, 12.0], [0.9, 1.1, 14.0], [9.0, 9.0, 90.0], [1.0, 1.0, GAP]])
    assert filling.filled(values, "nearest")[4, 2] == pytest.approx(12.0)


def test_unknown_ways_are_refused():
    with pytest.raises(Refused, match="unknown"):
        filling.filled(np.array([[GAP], [1.0]]), "guess")
    with pytest.raises(Refused, match="unknown"):
        filling.treated(np.ones((3, 1)), "guess")
    with pytest.raises(Refused, match="no_groups"):
        filling.filled(np.array([[GAP], [1.0]]), "group")
