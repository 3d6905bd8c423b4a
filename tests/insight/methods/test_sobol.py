"""Sobol's indices: a function whose indices are known, and outputs that never vary."""

import numpy as np
import pytest

from simpul.insight.methods import sobol


def test_the_function_of_ishigami():
    """T. Ishigami and T. Homma (1990): with a = 7 and b = 0.1 the first-order indices are 0.3139, 0.4424 and 0, the
    total ones 0.5576, 0.4424 and 0.2437."""
    x = (2 * sobol.design(8192, 3, seed=4) - 1) * np.pi
    y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    found = sobol.shares(y[:, None], 3)
    assert found.first[:, 0] == pytest.approx([0.3139, 0.4424, 0], abs=0.03)
    assert found.total[:, 0] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.03)
    assert np.all((found.first_low <= found.first) & (found.first <= found.first_high))
    assert np.all((found.total_low <= found.total) & (found.total <= found.total_high))


def test_intervals_hold_the_truth_about_as_often_as_said():
    held = 0
    for seed in range(40):
        points = sobol.design(300, 2, seed=seed)
        found = sobol.shares((points @ [2.0, 1.0])[:, None], 2, level=0.9, draws=200, seed=seed)
        held += found.first_low[0, 0] <= 0.8 <= found.first_high[0, 0]
        held += found.total_low[1, 0] <= 0.2 <= found.total_high[1, 0]
    assert held / 80 >= 0.78


def test_an_output_that_never_varies_has_no_indices():
    points = sobol.design(50, 2, seed=1)
    found = sobol.shares(np.column_stack([np.ones(len(points)), points[:, 0]]), 2)
    assert np.isnan(found.first[:, 0]).all()
    assert np.isfinite(found.first[:, 1]).all()


def test_the_design_changes_one_column_at_a_time():
    points = sobol.design(5, 3, seed=2).reshape(5, 5, 3)
    a, b, mixed = points[0], points[1], points[2:]
    for factor in range(3):
        assert mixed[factor][:, factor].tolist() == b[:, factor].tolist()
        others = [each for each in range(3) if each != factor]
        assert mixed[factor][:, others].tolist() == a[:, others].tolist()
