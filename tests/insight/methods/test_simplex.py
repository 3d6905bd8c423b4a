"""Simplex: a bounded, an endless and an impossible question."""

import math

import numpy as np
import pytest

from simpul.insight.methods.simplex import Contradiction, Simplex


def test_the_simplex_knows_a_bounded_an_endless_and_an_impossible_question():
    equal = np.array([[1.0, -1.0, 0.0], [2.0, -2.0, 0.0]])
    simplex = Simplex(equal, np.array([2.0, 4.0]), np.array([math.inf, math.inf, 5.0]))
    assert simplex.minimise(np.array([1.0, 1.0, -1.0]))[0] == pytest.approx(-3)
    assert simplex.minimise(np.array([-1.0, 0.0, 0.0]))[0] == -math.inf
    assert simplex.minimise(np.array([1.0, 0.0, 0.0]))[0] == pytest.approx(2)
    with pytest.raises(Contradiction):
        Simplex(equal, np.array([2.0, 5.0]), np.array([math.inf] * 3))
