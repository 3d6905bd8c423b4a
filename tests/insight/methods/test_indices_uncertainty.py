"""How sure a rank is: intervals, what cannot be told apart, what moves the ranks."""

import numpy as np
import pytest

from simpul.insight.methods import indices, sobol
from simpul.insight.methods.indices import Indicator, Recipe, tree_of
from simpul.insight.methods.indices_uncertainty import Alternatives, apart, rebuilt, uncertainty, varied, with_gaps
from simpul.insight.methods.refusal import Refused

CODES = ("a", "b", "c", "d", "e")
TREE = tree_of([Indicator(code, 1, 1, "p" if code in "ab" else "q") for code in CODES])


@pytest.fixture(scope="module")
def values():
    """Twelve places: the first is high in all, the last low in all, the others are much alike."""
    table = np.random.default_rng(8).normal(50, 3, (12, 5))
    table[0] += 60
    table[11] -= 40
    return table


@pytest.fixture(scope="module")
def unsure(values):
    return uncertainty(values, TREE, Recipe(), rebuilds=1400)


def test_what_is_sure_has_a_narrow_interval_and_what_is_not_a_wide_one(unsure):
    assert (unsure.low[0], unsure.high[0]) == (1, 1)
    assert (unsure.low[11], unsure.high[11]) == (12, 12)
    assert np.mean(unsure.high[1:11] - unsure.low[1:11]) > 3


def test_places_that_are_alike_stand_in_one_group(unsure):
    assert unsure.groups[0] == [0]
    assert unsure.groups[-1] == [11]
    assert len(unsure.groups) < 8
    assert sorted(place for group in unsure.groups for place in group) == list(range(12))


def test_shares_are_shares(unsure):
    assert unsure.counts.sum(axis=1).tolist() == [unsure.rebuilds] * 12
    assert unsure.share_among_first(12).tolist() == [1.0] * 12
    assert unsure.share_among_first(1)[0] == 1
    assert np.all(unsure.above + unsure.above.T <= 1 + 1e-12)


def test_there_are_at_least_as_many_indices_as_asked_for(unsure):
    assert unsure.rebuilds >= 1400
    assert unsure.factors == ("treatment", "normalisation", "weights", "aggregation", "left_out")


def test_one_seed_gives_one_result(values, unsure):
    again = uncertainty(values, TREE, Recipe(), rebuilds=1400)
    assert again.ranks.tolist() == unsure.ranks.tolist()
    assert uncertainty(values, TREE, Recipe(), rebuilds=1400, seed=2).ranks.tolist() != unsure.ranks.tolist()


def test_each_rebuilt_index_is_the_one_its_choices_would_build(values):
    """Everything at once gives what one after the other gives."""
    steps = ("normalisation", "aggregation", "left_out")
    others = Alternatives(treatment=("none",), weights_within=0.0)
    points = sobol.design(40, 3, seed=3)
    found = rebuilt(values, TREE, Recipe(treatment="none"), others, points, steps)
    for point, got in zip(points, found, strict=True):
        normal = others.normalisation[int(point[0] * 3)]
        how = others.aggregation[int(point[1] * 3)]
        weights = TREE.weights.copy()
        if point[2] >= 0.5:
            weights[int((2 * point[2] - 1) * 5)] = 0
        ready, _gaps, _notes = indices.prepared(values, TREE, Recipe("none", "refuse", normal))
        names = indices.height_names(Recipe(aggregation=how), TREE)
        score = indices.aggregated(ready, weights[:, None], TREE, names)
        assert got.tolist() == indices.ranks(score)[:, 0].tolist()


def test_only_what_has_a_choice_is_varied(values):
    one = Alternatives(("none",), (), ("min_max",), ("arithmetic",), 0.0, is_leaving_out=False)
    assert varied(values, TREE, Recipe(), one) == ()
    with pytest.raises(Refused, match="nothing_varied"):
        uncertainty(values, TREE, Recipe(), one)
    with pytest.raises(Refused, match="too_few_rebuilds"):
        uncertainty(values, TREE, Recipe(), rebuilds=30)


def test_weights_alone_move_only_what_lies_close(values):
    only = Alternatives(("none",), (), ("min_max",), ("arithmetic",), 0.25, is_leaving_out=False)
    found = uncertainty(values, TREE, Recipe(treatment="none"), only, rebuilds=600)
    assert found.factors == ("weights",)
    assert found.moves.first[0, -1] == pytest.approx(1, abs=0.3)
    assert found.shift < 2


def test_gaps_widen_the_interval_of_the_place_that_has_them(values):
    chance = np.random.default_rng(3)
    table = np.column_stack([chance.permutation(np.linspace(0, 100, 12)) for _ in CODES])
    recipe = Recipe(imputation="mean")
    only = Alternatives(("none",), (), ("min_max",), ("arithmetic",), 0.0, is_leaving_out=False)
    table[4, 2] = np.nan
    found = uncertainty(table, TREE, recipe, with_gaps(only, recipe, has_groups=False), rebuilds=300)
    assert found.factors == ("imputation",)
    assert found.high[4] - found.low[4] == max(found.high - found.low)


def test_groups_are_cut_where_the_order_is_sure():
    above = np.array([[0, 0.6, 0.99], [0.4, 0, 0.9], [0.01, 0.1, 0]])
    assert apart([0, 1, 2], above) == [[0, 1], [2]]
    assert apart([0, 1, 2], above, level=0.999) == [[0, 1, 2]]
