"""Learning: u as it is between strangers, m as it is within persons, whether all candidates are seen or a part."""

from itertools import combinations
from random import Random

import numpy as np
import pytest

from simpul.linkage.matching import compare, index, learning, score
from simpul.linkage.matching.compare import FIELDS
from tests.linkage.registers import MEN, MORE, register, rows_of


@pytest.fixture(scope="module")
def lists():
    return register(600, seed=11)


@pytest.fixture(scope="module")
def table(lists):
    return lists.table()


@pytest.fixture(scope="module")
def asked(table):
    left, right = index.candidates(table)
    return left, right, compare.levels(table, left, right)


@pytest.fixture(scope="module")
def model(table, asked):
    return learning.learn(table, *asked)


def pairs_of_persons(truth):
    """(left, right) of every two records of one person."""
    found = [pair for who in set(truth.tolist()) for pair in combinations(np.flatnonzero(truth == who).tolist(), 2)]
    return np.array(found).T


def learned(table):
    left, right = index.candidates(table)
    return learning.learn(table, left, right, compare.levels(table, left, right))


def test_u_is_how_often_strangers_agree():
    chance = Random(3)

    def stranger():
        born = f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.choice((1990, 2000))}"
        name = f"{chance.choice(MEN)} {chance.choice(MORE)} {chance.choice(MORE)}"
        return {"name": name, "passport": f"C{chance.randrange(10):06}", "birth_date": born}

    table = rows_of(*(stranger() for _ in range(1500)))
    u = learned(table).u
    assert u["passport"][score.ANYWHERE, 2] == pytest.approx(0.1, abs=0.01)
    assert u["passport"][score.ANYWHERE, 1] == pytest.approx(0.9, abs=0.01)
    assert u["identity"][score.ANYWHERE, compare.DATE_SAME] == pytest.approx(1 / 28 / 12 / 2, rel=0.2)


def test_m_is_how_often_records_of_one_person_agree(lists, table, model):
    levels = compare.levels(table, *pairs_of_persons(lists.truth))
    for name in ("father", "mother"):
        known = levels[name] > 0
        true = np.bincount(levels[name][known], minlength=FIELDS[name]) / known.sum()
        assert np.abs(model.m[name] - true).sum() / 2 < 0.08, name
    same_sex = (levels["sex"] == 4).sum() / np.isin(levels["sex"], (3, 4)).sum()
    assert model.m["sex"][4] == pytest.approx(same_sex, abs=0.03)
    dated = (levels["identity"] // 20 == 0) & (levels["identity"] % 20 > 0)
    true = np.bincount(levels["identity"][dated], minlength=20)[:20] / dated.sum()
    assert model.m["identity"][compare.DATE_SAME] == pytest.approx(true[compare.DATE_SAME], abs=0.08)


def test_the_odds_of_all_candidates_add_up_to_the_pairs_there_are(lists, asked, model):
    left, right, levels = asked
    p = score.probability(model.score(levels))
    same = lists.truth[left] == lists.truth[right]
    assert p.sum() == pytest.approx(same.sum(), rel=0.08)
    assert p[same].mean() > 0.9
    assert p[~same].mean() < 0.01


def test_every_weight_and_prior_is_a_number(model):
    assert np.isfinite(model.prior).all()
    for name, width in FIELDS.items():
        assert model.weights[name].shape == model.u[name].shape == (score.STRATA, width), name
        assert np.isfinite(model.weights[name]).all(), name
        assert np.isfinite(model.u[name]).all(), name
        assert (model.weights[name][:, 0] == 0).all(), f"{name}: what is not given says nothing"


def test_what_agrees_speaks_for_and_what_differs_against(model):
    at = score.ELSEWHERE
    identity = model.weights["identity"][at]
    assert identity[4 * 20 + compare.DATE_SAME] > identity[2 * 20 + compare.DATE_SAME] > 0
    assert identity[1 * 20 + compare._SAME_DAY + 1] < 0
    assert identity[compare.DATE_SAME] > 5
    assert identity[1] < 0
    assert model.weights["father"][at, 1] < 0 < model.weights["father"][at, 18:].max()


def test_living_in_one_village_and_sharing_a_parent_make_one_person_likelier(model):
    prior = model.prior
    assert prior[score.ELSEWHERE] < prior[score.SAME_REGENCY] < prior[score.SAME_VILLAGE] < prior[score.SAME_PARENT]


def test_the_same_lists_and_seed_give_the_same_model(table, asked, model):
    again = learning.learn(table, *asked)
    assert all(np.array_equal(model.weights[name], again.weights[name]) for name in FIELDS)
    other = learning.learn(table, *asked, seed=2)
    assert not all(np.array_equal(model.weights[name], other.weights[name]) for name in FIELDS)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"name": "Siti"}],
        [{"name": "Siti"}, {"name": "Siti"}],
        [{}, {}, {}],
        [{"name": f"Siti {more}", "village": "Tebas"} for more in MORE[:6]],
        [{"name": "Siti", "phone": "081234567891"}] * 4,
        [{"name": "Siti", "father": "Ahmad", "village": "Tebas"}] * 4,
    ],
    ids=["nobody", "one", "two", "nothing known", "one village", "one telephone", "one family"],
)
def test_a_model_is_learned_from_however_little_there_is(rows):
    model = learned(rows_of(*rows))
    assert np.isfinite(model.prior).all()
    assert all(np.isfinite(weight).all() for weight in model.weights.values())


def test_a_part_of_the_candidates_teaches_nearly_the_same(lists, table, asked, model):
    left, right, levels = asked
    part = slice(1, None, 2)
    some = {name: level[part] for name, level in levels.items()}
    half = learning.learn(table, left[part], right[part], some, share=0.5)
    assert half.prior == pytest.approx(model.prior, abs=0.5)
    p = score.probability(half.score(levels))
    same = lists.truth[left] == lists.truth[right]
    assert p.sum() == pytest.approx(same.sum(), rel=0.1)
    assert (p[same] > 0.5).mean() > 0.85
