"""Kernels of indices: compiled or not, the same places beat the same."""

import numpy as np
import pytest

from simpul.insight.methods import indices, indices_kernels


def test_hundreds_of_places_are_compared_as_a_few_are():
    chance = np.random.default_rng(2)
    values = chance.integers(0, 4, (30, 6)).astype(float)
    values[chance.random(values.shape) < 0.1] = np.nan
    weights = chance.random((6, 25))
    weights /= weights.sum(axis=0)
    wins = indices_kernels.net_wins(values, weights)
    assert wins == pytest.approx(indices._net_wins(values, weights))
    assert wins.sum() == pytest.approx(0)
    assert np.abs(wins).max() > 0


def test_an_index_of_many_places_is_that_of_few():
    chance = np.random.default_rng(3)
    tree = indices.tree_of([indices.Indicator(code) for code in "abc"])
    recipe = indices.Recipe("none", "refuse", "min_max", "given", "copeland")
    many = indices.build(chance.random((indices.FEW_PLACES + 5, 3)), tree, recipe)
    assert many.rank.min() == 1
    assert many.score.mean() == pytest.approx(50)
