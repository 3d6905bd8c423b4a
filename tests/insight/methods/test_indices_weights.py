"""Weights: from pairs of judgements, from components, from entropy."""

import numpy as np
import pytest

from simpul.insight.methods import indices_weights as weights
from simpul.insight.methods.refusal import Refused

GROUP = [(0, 1, 2)]


def test_judgements_of_pairs_become_weights():
    """The customary example of the method: 0.6370, 0.2583, 0.1047, largest root 3.0385, ratio 0.033."""
    found, ratio = weights.pairs([[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]])
    assert found == pytest.approx([0.6370, 0.2583, 0.1047], abs=1e-4)
    assert ratio == pytest.approx(0.0332, abs=1e-4)


def test_judgements_that_contradict_each_other_are_refused():
    with pytest.raises(Refused, match="inconsistent"):
        weights.pairs([[1, 5, 1 / 5], [1 / 5, 1, 5], [5, 1 / 5, 1]])
    with pytest.raises(Refused, match="not_reciprocal"):
        weights.pairs([[1, 3], [3, 1]])
    with pytest.raises(Refused, match="too_many"):
        weights.pairs(np.ones((11, 11)))


def test_an_indicator_that_tells_nothing_apart_gets_least():
    values = np.array([[50.0, 0.0, 10.0], [50.1, 100.0, 20.0], [50.0, 1.0, 30.0], [50.1, 0.0, 40.0]])
    found = weights.entropy(values, np.ones(4), GROUP)
    assert found[0] < found[2] < found[1]
    assert found[:3].sum() == pytest.approx(3)


def test_two_indicators_that_say_the_same_share_their_weight():
    chance = np.random.default_rng(1)
    same, other = chance.normal(size=200), chance.normal(size=200)
    values = np.column_stack([same + 0.1 * chance.normal(size=200), same, other])
    found = weights.pca(values, np.ones(4), GROUP)
    assert found[0] == pytest.approx(found[1], rel=0.1)
    assert np.all(found > 0)


def test_what_has_no_weight_stays_out():
    for way in weights.WAYS.values():
        assert way(np.random.default_rng(2).random((9, 3)), np.array([1.0, 0.0, 2.0, 1.0]), GROUP)[1] == 0


def test_components_need_more_places_than_indicators():
    with pytest.raises(Refused, match="too_few_places"):
        weights.pca(np.eye(3), np.ones(4), GROUP)
