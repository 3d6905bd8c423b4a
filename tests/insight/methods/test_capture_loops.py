"""Loops: what is done to many models or many tables is what is done to one."""

import math

import numpy as np
import pytest

from simpul.insight.methods import capture_loops as loops
from simpul.insight.methods.capture_fit import fitted
from simpul.insight.methods.capture_kernels import NEAR
from simpul.insight.methods.capture_models import hierarchical, interactions, main_effects, packed
from simpul.insight.methods.capture_search import ranked, stepwise
from simpul.insight.methods.capture_table import Table
from tests.insight.methods.captures import australia, drawn_from


def test_scores_are_those_of_single_fits():
    table, models = australia(), list(hierarchical(4, order=4))[::12]
    codes, likelihoods, effects, variances = loops.score(table.counts, *packed(models), NEAR)
    for place, model in enumerate(models):
        fit = fitted(table, model)
        assert (codes[place] == 0) == (fit.code == 0)
        if fit.code == 0:
            assert likelihoods[place] == pytest.approx(fit.likelihood)
            assert effects[place, 0] == pytest.approx(fit.effects[0], abs=1e-6)
            assert variances[place] == pytest.approx(fit.intercept_variance, rel=1e-3)


def test_each_drawn_table_goes_through_all_steps():
    tables = [drawn_from(800, (0.2, 0.3, 0.25, 0.15), seed=seed, tied=(0, 1, 0.4)) for seed in range(8)]
    sizes, clarity = np.empty(8), np.empty(8, np.int64)
    start, candidates = np.array(main_effects(4)), np.array(interactions(4, order=2))
    counts = np.array([table.counts for table in tables])
    loops.stepwise_each(counts, start, candidates, math.log(0.02), sizes, clarity)
    assert sizes == pytest.approx([stepwise(table).estimate for table in tables])
    assert not clarity.any()


def test_the_best_of_a_whole_list_of_models_is_the_first_of_the_ranking():
    observed = australia()
    models = list(hierarchical(4, order=4))
    terms, lengths = packed(models)
    effects = loops.score(observed.counts, terms, lengths, NEAR)[2]
    draws = np.random.default_rng(2).multinomial(414, observed.counts / 414, size=12).astype(float)
    sizes, chosen, clarity = np.empty(12), np.empty(12, np.int64), np.empty(12, np.int64)
    halves = loops.factors(observed.counts, terms, lengths, effects)
    loops.choose_each(draws, observed.counts, terms, lengths, effects, halves, sizes, chosen, clarity)
    for place, counts in enumerate(draws):
        found = ranked(Table(observed.lists, counts))
        assert sizes[place] == pytest.approx(found.estimate(found.best()), rel=1e-6)


def test_a_triple_waits_for_its_pairs():
    assert not loops.is_next(np.array([0, 1, 2, 4, 3]), 5, 7)
    assert loops.is_next(np.array([0, 1, 2, 4, 3, 5, 6]), 7, 7)
    assert not loops.is_next(np.array([0, 1, 2, 4, 3]), 5, 3)


def test_a_mixture_of_one_is_a_normal_distribution():
    one = np.array([1.0])
    assert loops.mixture_below(1.96, one, np.array([0.0]), one) == pytest.approx(0.975, abs=1e-4)
