"""Intervals by drawing again: same seed, same interval, whatever the threads."""

import numpy as np
import pytest

from simpul.insight.methods import capture
from simpul.insight.methods.capture_bootstrap import GRID, Spread, acceleration, drawn, shared, spread
from simpul.insight.methods.capture_search import stepwise
from tests.insight.methods.captures import australia, drawn_from, uk


def test_drawn_tables_have_as_many_people_on_the_same_combinations():
    table = uk()
    tables = drawn(table, draws=50, seed=1)
    assert (tables.sum(axis=1) == 2744).all()
    assert not tables[:, table.counts == 0].any()
    assert (tables == drawn(table, draws=50, seed=1)).all()
    assert (tables != drawn(table, draws=50, seed=2)).any()


def test_without_bias_and_acceleration_limits_are_quantiles():
    draws = np.arange(1.0, 1001.0)
    found = Spread(500.5, draws, 0, 0.0)
    assert found.bias == pytest.approx(0)
    assert found.quantile(0.025) == pytest.approx(np.quantile(draws, 0.025, method="median_unbiased"))


def test_an_estimate_above_most_draws_moves_the_limits_up():
    draws = np.arange(1.0, 1001.0)
    assert Spread(700.0, draws, 0, 0.0).quantile(0.025) > Spread(500.5, draws, 0, 0.0).quantile(0.025)
    assert Spread(500.5, draws, 0, 0.1).quantile(0.975) > Spread(500.5, draws, 0, 0.0).quantile(0.975)


def test_no_draws_no_limits():
    found = Spread(10.0, np.array([]), 100, 0.0)
    assert np.isnan(found.quantile(0.5))
    assert np.isnan(found.errors(np.array([0.025]), seed=1)).all()


def test_monte_carlo_errors_shrink_with_draws():
    chance, shares = np.random.default_rng(1), np.array([0.025, 0.975])
    few, many = (Spread(0.0, np.sort(chance.normal(size=size)), 0, 0.0) for size in (400, 10_000))
    assert (many.errors(shares, seed=1) < few.errors(shares, seed=1)).all()
    # The bias is estimated too: above the 2.67 / sqrt(n) of a plain quantile.
    assert 0.02 < many.errors(shares, seed=1).mean() < 0.06


def test_threads_change_nothing(monkeypatch):
    table = uk()
    tables = drawn(table, draws=1200, seed=1)
    alone = capture.stepwise_of_each(tables, 5)
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    assert (shared(lambda each: capture.stepwise_of_each(each, 5), tables) == alone).all()


def test_draws_without_an_estimate_are_counted():
    table = australia()
    found = spread(table, 800.0, lambda each: np.where(each[:, 1] > 34, np.nan, each.sum(axis=1)), draws=200, seed=1)
    assert 0 < found.failed < 200
    assert len(found.draws) + found.failed == 200


def test_an_estimator_that_never_moves_has_no_acceleration():
    assert acceleration(uk(), lambda each: np.full(len(each), 7.0)) == 0.0


def test_the_grid_is_even():
    assert len(GRID) == 199
    assert GRID[99] == 0.5


def test_the_stepwise_interval_covers_the_truth_about_as_often_as_it_says():
    """40 populations of 2,000 with two lists that depend on each other."""
    inside = 0
    for seed in range(40):
        table = drawn_from(2000, (0.2, 0.2, 0.25, 0.15), seed=seed, tied=(0, 1, 0.4))
        found = capture.steps_spread(table, stepwise(table), capture.Settings(draws=300, seed=seed))
        inside += found.quantile(0.025) <= 2000 <= found.quantile(0.975)
    assert inside / 40 >= 0.85
