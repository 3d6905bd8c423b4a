"""Quantiles: of the gamma and the normal distribution, against tables and against each other."""

import numpy as np
import pytest

from simpul.insight.methods.gamma import both_sides, lower_tail, normal_quantile, quantile


def test_half_of_a_chi_squared_quantile_is_that_of_a_gamma():
    """Chi-squared with 1, 2, 10 and 100 degrees at 95 %, from any table: 3.841459, 5.991465, 18.307038, 124.342113."""
    assert 2 * quantile(0.95, [0.5, 1, 5, 50]) == pytest.approx([3.841459, 5.991465, 18.307038, 124.342113], abs=1e-6)


@pytest.mark.parametrize("share", [1e-6, 0.025, 0.5, 0.975, 1 - 1e-9])
def test_below_a_quantile_lies_its_share(share):
    shapes = np.array([0.3, 1.0, 2.5, 40.0, 999.0, 80_000.0])
    assert lower_tail(shapes, quantile(share, shapes)) == pytest.approx(share, rel=1e-7)


def test_a_shape_of_one_is_the_exponential_distribution():
    values = np.array([0.0, 0.1, 1.0, 30.0])
    assert lower_tail(1.0, values) == pytest.approx(1 - np.exp(-values), abs=1e-14)


def test_large_shapes_go_on_where_small_ones_end():
    assert quantile(0.975, 100_000.0) == pytest.approx(float(quantile(0.975, 99_999.999)) + 0.001, rel=1e-7)


def test_a_shape_of_nothing_has_quantiles_of_nothing():
    assert quantile([0.025, 0.975], 0.0).tolist() == [0.0, 0.0]


def test_both_sides_of_a_normal_variable():
    assert both_sides([0.0, 1.959963984540054, -1.959963984540054]) == pytest.approx([1.0, 0.05, 0.05])
    assert normal_quantile(0.975) == pytest.approx(1.959963984540054)
