"""What is in common by chance: pairs that are drawn stand for all there are, and below a number all are taken."""

from itertools import combinations

import numpy as np
import pytest

from simpul.linkage.matching import chance, score
from simpul.linkage.matching.compare import FIELDS
from tests.linkage.registers import register, rows_of


def there(values, source):
    """How many pairs share a value."""
    return sum(
        bool(set(values[one].tolist()) & set(values[other].tolist()) - {0})
        for one, other in combinations(range(len(values)), 2)
        if source is None or source[one] != source[other]
    )


@pytest.mark.parametrize("source", [None, np.arange(300) % 3])
def test_pairs_drawn_from_groups_stand_for_as_many_as_there_are(source):
    values = np.random.default_rng(4).integers(0, 25, (300, 2))
    left, right, weight = chance.pairs_within(values, 40_000, source, np.random.default_rng(5))
    assert (left != right).all()
    assert source is None or (source[left] != source[right]).all()
    assert weight.sum() == pytest.approx(there(values, source), rel=0.03)


@pytest.mark.parametrize("source", [None, np.arange(300) % 3])
def test_a_few_relatives_are_all_taken_and_of_many_some_are_drawn(source, monkeypatch):
    values = np.random.default_rng(4).integers(0, 25, (300, 2))
    left, right, weight = chance.related(values, source, np.random.default_rng(5))
    assert (weight == 1).all()
    assert len(left) == len(set(zip(left.tolist(), right.tolist(), strict=True))) == there(values, source)
    monkeypatch.setattr(chance, "RELATED", 1000)
    left, right, weight = chance.related(values, source, np.random.default_rng(5))
    assert (weight > 0).all()
    assert len(left) <= chance.RELATED_DRAWN
    assert weight.sum() == pytest.approx(there(values, source), rel=0.03)


@pytest.mark.parametrize("most", [0, 10**9], ids=["drawn", "all"])
def test_what_a_crowd_shares_is_no_family(most, monkeypatch):
    monkeypatch.setattr(chance, "RELATED", most)
    crowd = np.full((chance.FAMILY + 1, 1), 7)
    family = np.full((chance.FAMILY, 1), 8)
    assert not len(chance.related(crowd, None, np.random.default_rng(1))[0])
    _left, _right, weight = chance.related(np.concatenate([crowd, family]), None, np.random.default_rng(1))
    assert weight.sum() == pytest.approx(chance.FAMILY * (chance.FAMILY - 1) / 2)


@pytest.mark.parametrize(("source", "pairs"), [(None, 45), (np.array([0] * 4 + [1] * 6), 24)])
def test_random_pairs_stand_for_all_there_are(source, pairs):
    assert chance.universe(10, source) == pairs
    left, right, weight = chance.random_pairs(10, source, np.random.default_rng(2))
    assert weight.sum() == pytest.approx(pairs)
    assert (left != right).all()
    assert source is None or (source[left] != source[right]).all()


def test_nobody_shares_nothing():
    for values in (np.zeros((5, 2), np.int64), np.zeros((0, 2), np.int64), np.arange(1, 6)[:, None]):
        left, right, weight = chance.pairs_within(values, 10, None, np.random.default_rng(1))
        assert len(left) == len(right) == len(weight) == 0


def test_u_is_a_share_of_each_stratum_and_all_pairs_are_counted():
    made = register(400, seed=12)
    found = chance.Chance(made.table(), None, 1)
    n = len(made.rows)
    assert found.universe.sum() == pytest.approx(n * (n - 1) / 2, rel=0.05)
    for name in FIELDS:
        assert found.u[name] == pytest.approx(found.u[name]), name
        assert found.u[name].sum(1) == pytest.approx(np.ones(score.STRATA)), name


def test_the_pairs_of_a_stratum_are_counted_alike_when_drawn(monkeypatch):
    table = register(400, seed=12).table()
    every = chance.Chance(table, None, 1).universe
    monkeypatch.setattr(chance, "RELATED", 100)
    drawn = chance.Chance(table, None, 1).universe
    assert drawn[score.SAME_PARENT] == pytest.approx(every[score.SAME_PARENT], rel=0.05)
    assert drawn[score.SAME_PHONE] == pytest.approx(every[score.SAME_PHONE], rel=0.05)


def test_half_a_pair_stands_for_what_was_never_drawn():
    table = rows_of({"name": "Siti", "passport": "C1234567"}, {"name": "Ahmad", "passport": "C7654321"})
    assert (chance.Chance(table, None, 1).u["passport"][:, 1:] > 0).all()
