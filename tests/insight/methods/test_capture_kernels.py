"""Kernels: sums over subsets and supersets, a decomposition, Poisson tails, and the fit itself."""

import math

import numpy as np
import pytest

from simpul.insight.methods import capture_kernels as kernels
from simpul.insight.methods.capture_existence import design
from simpul.insight.methods.capture_models import read
from tests.insight.methods.captures import australia, netherlands, uk


def test_superset_and_subset_totals_are_what_they_say():
    values = np.arange(8, dtype=float)
    above, below = values.copy(), values.copy()
    kernels.superset_totals(above)
    kernels.subset_totals(below)
    for cell in range(8):
        assert above[cell] == sum(values[other] for other in range(8) if other & cell == cell)
        assert below[cell] == sum(values[other] for other in range(8) if other & cell == other)


def test_a_system_is_solved_and_a_singular_one_is_seen():
    matrix = np.array([[4.0, 2.0, 0.6], [2.0, 5.0, 1.0], [0.6, 1.0, 3.0]])
    vector = np.array([1.0, 2.0, 3.0])
    half, found = matrix.copy(), vector.copy()
    assert kernels.decomposed(half, 3)
    kernels.solve(half, 3, found)
    assert matrix @ found == pytest.approx(vector)
    assert kernels.variance(half, 3) == pytest.approx(np.linalg.inv(matrix)[0, 0])
    assert not kernels.decomposed(np.ones((2, 2)), 2)


@pytest.mark.parametrize(("observed", "mean"), [(0, 0.3), (3, 7.5), (20, 8.0), (1, 1.0), (700, 650.0)])
def test_a_poisson_tail_is_the_smaller_of_the_two(observed, mean):
    chances = [math.exp(count * math.log(mean) - mean - math.lgamma(count + 1)) for count in range(2000)]
    tail = sum(chances[: observed + 1]) if observed <= mean else sum(chances[observed:])
    assert kernels.log_tail(float(observed), mean) == pytest.approx(math.log(tail), abs=1e-9)


def test_tails_far_out_do_not_fall_to_nothing():
    assert kernels.log_tail(5000.0, 10.0) < -20_000
    assert kernels.log_tail(0.0, 0.0) == 0.0
    assert kernels.log_tail(1.0, 0.0) == -math.inf


def fit(table, model, *, effects=None):
    totals, cells = table.counts.copy(), np.empty_like(table.counts)
    kernels.superset_totals(totals)
    start = np.zeros(len(model)) if effects is None else effects.copy()
    code, likelihood, variance = kernels.fit(
        table.counts, totals, np.array(model), start, effects is not None, kernels.NEAR, cells
    )
    return code, likelihood, variance, start, cells, totals


@pytest.mark.parametrize("make", [uk, netherlands, australia])
def test_the_fit_has_the_sufficient_statistics_of_the_data(make):
    """The likelihood equations: of every term, as many are expected as were seen."""
    table = make()
    a, b, c = table.lists[:3]
    model = read(f"{a}:{b} {b}:{c}", table.lists)
    code, _likelihood, variance, effects, cells, totals = fit(table, model)
    assert code == kernels.FINE
    sums = cells.copy()
    kernels.superset_totals(sums)
    for term in model:
        assert sums[term] == pytest.approx(totals[term], rel=1e-9)
    terms, rows = model, tuple(range(1, len(table.counts)))
    matrix = design(terms, rows)
    weighted = np.linalg.inv(matrix.T @ (cells[1:, None] * matrix))
    assert variance == pytest.approx(weighted[0, 0], rel=1e-4)
    assert np.log(cells[1:]) == pytest.approx(matrix @ effects)


def test_a_warm_beginning_ends_where_a_cold_one_does():
    table = uk()
    model = read("LA:NG PFNCA:GP", table.lists)
    cold = fit(table, model)
    warm = fit(table, model, effects=cold[3] + 0.3)
    assert warm[3] == pytest.approx(cold[3], abs=1e-7)


def test_a_term_nobody_is_on_is_minus_infinite_and_its_cells_are_empty():
    table = uk()
    code, _likelihood, _variance, effects, cells, _totals = fit(table, model := read("LA:GP", table.lists))
    assert code == kernels.FINE
    assert effects[model.index(0b10001)] == -math.inf
    assert all(cells[cell] == 0 for cell in range(32) if cell & 0b10001 == 0b10001)
