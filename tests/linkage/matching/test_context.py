"""What other records say of a pair: acquaintances, rivals, and how much is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.linkage.matching import cluster, compare, context, index, learning
from simpul.linkage.matching.context import ACQUAINTED, BESIDE, FEATURES
from tests.linkage.registers import register

ROWS = 8
GRAPH = st.dictionaries(
    st.tuples(st.integers(0, ROWS - 1), st.integers(0, ROWS - 1)).filter(lambda pair: pair[0] < pair[1]),
    st.floats(0, 1),
    max_size=20,
)


@pytest.fixture(scope="module")
def found():
    table = register(150, seed=31).table()
    left, right = index.candidates(table)
    levels = compare.levels(table, left, right)
    model = learning.learn(table, left, right, levels)
    persons = cluster.together(table, left, right, levels, model)
    return table, left, right, levels, model, persons


def column(found, name):
    return context.features(*found)[:, FEATURES.index(name)]


@given(GRAPH)
def test_acquaintances_are_those_of_the_slow_way(graph):
    pairs = sorted(graph)
    left, right = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    p = np.array([graph[pair] for pair in pairs])

    def likely(one, other):
        value = graph.get((min(one, other), max(one, other)), 0)
        return value if value > ACQUAINTED else 0

    slow = [sum(likely(a, c) * likely(b, c) for c in range(ROWS) if c not in (a, b)) for a, b in pairs]
    assert context.acquaintances(left, right, p, ROWS) == pytest.approx(np.array(slow))


def test_each_pair_has_its_features_and_each_is_a_number(found):
    features = context.features(*found)
    assert features.shape == (len(found[1]), len(FEATURES))
    assert features.dtype == np.float32
    assert np.isfinite(features).all()
    assert len(set(FEATURES)) == len(FEATURES)


def test_who_has_no_better_partner_has_no_rival(found):
    _table, left, right, levels, model, _persons = found
    odds = model.score(levels) - context.beside(levels, model)
    rival, worse = column(found, "rival"), column(found, "worse rival")
    assert (rival >= -1e-3).all()
    assert (worse >= rival).all()
    best = int(np.argmax(odds))
    assert worse[best] == pytest.approx(0, abs=1e-3)


def test_what_few_lists_hold_is_weighed_beside(found):
    _table, _left, _right, levels, model, _persons = found
    expected = sum(model.weights[name][model.strata(levels), levels[name]] for name in BESIDE)
    assert context.beside(levels, model) == pytest.approx(expected)


def test_the_better_known_of_two_comes_second(found):
    assert (column(found, "known") <= column(found, "better known")).all()
    assert column(found, "better known").max() >= 4


def test_records_of_one_person_are_together(found):
    _table, left, right, _levels, _model, persons = found
    assert np.array_equal(column(found, "together") == 1, persons.label[left] == persons.label[right])


def test_no_pairs_have_no_features(found):
    table, left, right, levels, model, persons = found
    nothing = {name: level[:0] for name, level in levels.items()}
    none = cluster.Persons(persons.label, persons.score[:0])
    assert context.features(table, left[:0], right[:0], nothing, model, none).shape == (0, len(FEATURES))
