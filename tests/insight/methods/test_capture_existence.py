"""Existence: the linear programme, and that Newton's last step says the same."""

import numpy as np
import pytest

from simpul.insight.methods import capture_kernels as kernels
from simpul.insight.methods.capture_existence import FINE, existence, remaining
from simpul.insight.methods.capture_fit import fitted, superset_totals
from simpul.insight.methods.capture_models import hierarchical, main_effects, read
from simpul.insight.methods.capture_table import Table, tabulated
from tests.insight.methods.captures import artificial, uk


def test_terms_nobody_is_on_leave_with_their_cells():
    table = artificial()
    left = remaining(table, read("A:C", table.lists))
    assert left.minus_infinite == (0b101,)
    assert left.cells == (0b001, 0b010, 0b011, 0b100, 0b110)


def test_a_list_that_has_everybody_gives_no_estimate():
    table = tabulated(("A", "B", "C"), [((1, 0, 0), 9), ((1, 1, 0), 5), ((1, 0, 1), 4), ((1, 1, 1), 2)])
    assert existence(table, main_effects(3)) == 1
    assert np.isnan(fitted(table, main_effects(3)).estimate)


def test_full_tables_have_estimates_of_every_model():
    table = Table(("A", "B", "C", "D"), np.array([0.0, *range(1, 16)]))
    assert {existence(table, model) for model in hierarchical(4, order=4)} == {FINE}


@pytest.mark.parametrize("seed", range(6))
def test_newtons_step_and_the_linear_programme_agree(seed):
    """On sparse tables, where many models fail."""
    chance = np.random.default_rng(seed)
    counts = chance.poisson(chance.gamma(0.5, 2.0, 16)).astype(float)
    counts[[0, 1, 2, 4, 8]] = 0, 3, 2, 4, 1
    table, totals = Table(("A", "B", "C", "D"), counts), superset_totals(counts)
    codes = []
    for model in hierarchical(4, order=4):
        effects, cells = np.zeros(len(model)), np.empty(16)
        code = kernels.fit(counts, totals, np.array(model), effects, False, kernels.NEAR, cells)[0]
        codes.append(code)
        assert code == kernels.DOUBTFUL or (code == FINE) == (existence(table, model) == FINE)
    assert FINE in codes


def test_models_that_fail_fail_with_more_terms_too():
    table = uk()
    assert existence(table, read("LA:NG", table.lists)) == FINE
    failing = [model for model in list(hierarchical(5, order=5))[::40] if existence(table, model)]
    assert failing
