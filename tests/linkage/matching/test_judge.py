"""The trees: they are there, they answer as walking them does, and they refuse what they did not learn."""

import numpy as np
import pytest

from simpul.linkage.matching import judge

pytestmark = pytest.mark.parametrize("name", [judge.FIRST, judge.AGAIN])


def forget():
    judge._trees.cache_clear()
    judge._ruled_out.cache_clear()


@pytest.fixture
def fresh():
    """Trees are read anew before and after."""
    forget()
    yield
    forget()


@pytest.fixture
def rows(name):
    """Made-up features, half of them small whole numbers, and as many of each as a threshold and just beyond it."""
    rng = np.random.default_rng(6)
    drawn = rng.normal(0, 6, (300, len(judge.SEES[name])))
    drawn[:150] = np.round(drawn[:150])
    trees = judge._trees(name)
    inner = np.flatnonzero(trees["left"] != np.arange(len(trees["left"])))
    for row, node in enumerate(rng.choice(inner, 60)):
        drawn[row, trees["feature"][node]] = trees["threshold"][node]
    return drawn.astype(np.float32)


def walked(trees, row):
    """The slow way."""
    total = float(trees["base"])
    for node in trees["roots"]:
        while trees["left"][node] != node:
            below = row[trees["feature"][node]] <= trees["threshold"][node]
            node = trees["left"][node] if below else trees["right"][node]
        total += float(trees["value"][node])
    return total


def test_the_trees_answer_as_walking_them_does(name, rows):
    trees = judge._trees(name)
    assert judge.odds(rows, name) == pytest.approx([walked(trees, row) for row in rows])


def test_the_answer_does_not_depend_on_how_rows_lie_in_memory(name, rows):
    assert np.array_equal(judge.odds(np.asfortranarray(rows), name), judge.odds(rows, name))
    assert np.array_equal(judge.odds(rows[::-1], name), judge.odds(rows, name)[::-1])


def test_no_rows_have_no_answer(name):
    assert judge.odds(np.zeros((0, len(judge.SEES[name])), np.float32), name).shape == (0,)


def test_every_tree_ends_in_a_leaf_within_its_depth(name):
    trees = judge._trees(name)
    node, leaf = trees["roots"].copy(), trees["left"] == np.arange(len(trees["left"]))
    seen = set(node.tolist())
    for _ in range(int(trees["depth"])):
        seen |= set(trees["left"][list(seen)].tolist()) | set(trees["right"][list(seen)].tolist())
    assert seen == set(range(len(leaf)))
    assert (trees["left"][leaf] == trees["right"][leaf]).all()
    assert trees["feature"].max() < len(judge.SEES[name])
    assert np.isfinite(trees["value"]).all()


def test_a_surer_pair_is_judged_likelier(name):
    """A pair whose weights and company say one person, and one of which they say two."""

    def told(**known):
        return np.array([[known.get(each.replace(" ", "_"), 0) for each in judge.SEES[name]]], np.float32)

    sure = told(
        score=15, joint_score=15, together=1, name=8, identity=12, name_known=1, identity_known=1, odds=8, surprise=20,
        written_alike=1,
    )  # fmt: skip
    doubtful = told(
        score=-6, joint_score=-6, rival=15, worse_rival=20, name=2, identity=-5, name_known=1, identity_known=1,
        odds=-6, rival_again=12, worse_rival_again=14, more_left_over=12,
    )  # fmt: skip
    assert judge.odds(sure, name)[0] > 2 > -2 > judge.odds(doubtful, name)[0]


def test_what_is_said_in_the_end_is_careful_and_keeps_the_order(name):
    odds = np.linspace(-20, 20, 801)
    for is_blind in (False, True):
        said = judge.careful(odds, is_blind=is_blind)
        assert (np.diff(said) > 0).all()
        assert (said <= odds + 1e-9).all()
        assert said[odds < 1] == pytest.approx(odds[odds < 1])


def test_trees_of_other_features_are_refused(name, tmp_path, monkeypatch, fresh):
    trees = dict(judge._trees(name))
    trees["names"] = np.array([*judge.SEES[name][:-1], "something else"])
    np.savez(tmp_path / "other.npz", **trees)
    monkeypatch.setitem(judge.SEES, str(tmp_path / "other.npz"), judge.SEES[name])
    with pytest.raises(ValueError, match=r"bench.linkage.train"):
        judge.odds(np.zeros((1, len(judge.SEES[name])), np.float32), str(tmp_path / "other.npz"))
