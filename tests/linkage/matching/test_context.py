"""What other records say of a pair: acquaintances, rivals, and how much is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.linkage.matching import cluster, compare, context, index, learning
from simpul.linkage.matching.context import ACQUAINTED, AGAIN, BESIDE, FEATURES
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


# --- told again, by what was said of every pair


@pytest.fixture(scope="module")
def again(found):
    """{name: column} of what is told again, and the odds by which it is told."""
    _table, _left, _right, levels, model, _persons = found
    said = model.score(levels)
    rows = np.concatenate([*context.parts(*found, said=said)])
    assert rows.shape == (len(said), len(FEATURES) + len(AGAIN))
    assert np.array_equal(rows[:, : len(FEATURES)], context.features(*found))
    assert np.isfinite(rows).all()
    return dict(zip(AGAIN, rows[:, len(FEATURES) :].T, strict=True)) | {"said": said}


def test_whose_rival_is_likelier_is_told_by_how_much(found, again):
    _table, left, right, *_rest = found
    pairs, best = list(zip(left.tolist(), right.tolist(), again["said"].tolist(), strict=True)), {}
    for one, other, odds in pairs:
        best[one], best[other] = max(best.get(one, -99), odds), max(best.get(other, -99), odds)
    behind = [sorted((best[one] - odds, best[other] - odds)) for one, other, odds in pairs]
    assert again["rival again"] == pytest.approx([pair[0] for pair in behind], abs=1e-4)
    assert again["worse rival again"] == pytest.approx([pair[1] for pair in behind], abs=1e-4)


def test_a_pair_is_none_of_its_own_others(found, again):
    _table, left, right, *_rest = found
    p = 1 / (1 + np.exp(-again["said"]))
    others = np.zeros(left.max() + right.max() + 2)
    np.add.at(others, left, p)
    np.add.at(others, right, p)
    ours, theirs = others[left] - p, others[right] - p
    assert again["others"] == pytest.approx(np.minimum(ours, theirs), abs=1e-4)
    assert again["more others"] == pytest.approx(np.maximum(ours, theirs), abs=1e-4)
    shared = again["acquaintances again"]
    assert again["strangers"] == pytest.approx(ours + theirs - 2 * shared, abs=1e-3)


def test_names_are_looked_at_closer_as_they_are_written(found, again):
    table, left, right, *_rest = found
    same = table.joined[left] == table.joined[right]
    assert same.any()
    assert (again["written alike"][same] == 1).all()
    assert (again["written alike"][~same] < 1).all()
    assert (again["left over"] <= again["more left over"]).all()
    whole = table.own[left, 0] == 0
    assert (again["surprise"][whole] == 0).all()


def test_a_telephone_tells_how_many_are_on_it_where_both_are(found, again):
    table, left, right, *_rest = found
    both = (table.phone[left] == table.phone[right]) & (table.phone[left] > 0)
    assert both.any()
    assert (again["on this phone"][both] >= 2).all()
    assert (again["on this phone"][~both] == 0).all()


def test_how_much_of_the_list_is_in_doubt_is_told_with_every_pair(again):
    p = 1 / (1 + np.exp(-again["said"]))
    assert again["doubt"] == pytest.approx(np.full(len(p), (p * (1 - p)).sum() / p.sum()), abs=1e-5)
