"""One model: its estimate, its BIC, its profile."""

import math

import numpy as np
import pytest

from simpul.insight.methods.capture_fit import fitted, profile, spline
from simpul.insight.methods.capture_models import main_effects, read
from simpul.insight.methods.capture_table import tabulated
from tests.insight.methods.captures import artificial, australia, drawn_from, uk


def test_two_lists_give_the_estimate_of_petersen():
    table = tabulated(("A", "B"), [((1, 0), 40), ((0, 1), 60), ((1, 1), 20)])
    fit = fitted(table, main_effects(2))
    assert fit.unseen == pytest.approx(40 * 60 / 20)
    assert fit.estimate == pytest.approx(60 * 80 / 20)
    assert fit.intercept_variance == pytest.approx(1 / 40 + 1 / 60 + 1 / 20)


def test_a_model_without_estimates_has_its_code_and_no_number():
    fit = fitted(artificial(), read("A:B", "ABC"))
    assert fit.code == 1
    assert math.isnan(fit.estimate)


def test_terms_cost_the_logarithm_of_the_people_each():
    table = australia()
    small, large = fitted(table, main_effects(4)), fitted(table, read("B:C", "ABCD"))
    assert large.bic - small.bic == pytest.approx(math.log(414) - 2 * (large.likelihood - small.likelihood))
    assert large.bic < small.bic


def test_the_profile_is_nought_at_the_estimate_and_its_limits_lie_around():
    table = uk()
    fit = fitted(table, main_effects(5))
    found = profile(table, fit)
    assert found.quantile(0.5) == pytest.approx(fit.estimate)
    limits = [found.quantile(share) for share in (0.025, 0.16, 0.5, 0.84, 0.975)]
    assert limits == sorted(limits)


def test_the_profile_of_a_model_with_an_empty_pair_leaves_its_cells_out():
    table = uk()
    found = profile(table, fitted(table, read("LA:GP", table.lists)))
    assert found.quantile(0.025) < found.quantile(0.975) < 20_000


def test_the_spline_goes_through_its_points_and_is_exact_for_a_cubic():
    x = np.array([0.0, 0.5, 1.5, 2.0, 3.5])
    at = np.linspace(0, 3.5, 40)
    assert spline(x, x**3 - 2 * x, at) == pytest.approx(at**3 - 2 * at)


def test_the_interval_of_independent_lists_covers_as_often_as_it_says():
    """Of 150 populations whose lists are independent, some 95 % lie inside."""
    inside = 0
    for seed in range(150):
        table = drawn_from(1500, (0.2, 0.15, 0.25), seed=seed)
        found = profile(table, fitted(table, main_effects(3)))
        inside += found.quantile(0.025) <= 1500 <= found.quantile(0.975)
    assert 0.90 <= inside / 150 <= 0.99
