"""Indices: the chain of the handbook, what each indicator adds, and tables of which no index is made."""

import numpy as np
import pytest

from simpul.insight.methods import indices
from simpul.insight.methods.indices import Aggregate, Indicator, Recipe, build, ranks, tree_of
from simpul.insight.methods.refusal import Refused

PLAIN = Recipe(treatment="none")
POVERTY, SCHOOL, BORDER = (
    Indicator("poverty", 1, 1, "need"),
    Indicator("school", -1, 1, "need"),
    Indicator("border", -1),
)
VALUES = np.array([[4.0, 9.0, 150.0], [12.0, 6.0, 0.0], [8.0, 7.0, 60.0], [6.0, 8.0, 30.0]])


@pytest.fixture
def tree():
    return tree_of([POVERTY, SCHOOL, BORDER])


def test_direction_says_what_raises_the_index(tree):
    built = build(VALUES, tree, PLAIN)
    assert built.score == pytest.approx(
        [0, 100, (100 * (0.5 + 2 / 3) / 2 + 60) / 2, (100 * (0.25 + 1 / 3) / 2 + 80) / 2]
    )
    assert built.rank.tolist() == [4, 1, 2, 3]


def test_groups_that_are_not_described_stand_under_the_index(tree):
    assert tree.codes == ("poverty", "school", "border", "need", "index")
    assert tree.height == 2
    assert indices.leaf_weights(tree.weights[:, None], tree)[:, 0].tolist() == [0.25, 0.25, 0.5]


def test_levels_may_be_described_with_weights():
    tree = tree_of([POVERTY, SCHOOL, Indicator("border", -1, 1, "place")],
                   [Aggregate("need", 3, "all"), Aggregate("place", 1, "all"), Aggregate("all")])  # fmt: skip
    assert indices.leaf_weights(tree.weights[:, None], tree)[:, 0].tolist() == [0.375, 0.375, 0.25]
    assert tree.codes[-1] == "all"


@pytest.mark.parametrize(
    ("indicators", "aggregates", "reason"),
    [
        ([], [], "no_indicators"),
        ([Indicator("a"), Indicator("a")], [], "twice"),
        ([Indicator("a", 0)], [], "direction"),
        ([Indicator("a", 1, -1)], [], "weight"),
        ([Indicator("a", 1, 0)], [], "weight"),
        ([Indicator("a", 1, 1, "p")], [Aggregate("p", 1, "q"), Aggregate("q", 1, "p")], "circle"),
    ],
)
def test_a_tree_that_is_none_is_refused(indicators, aggregates, reason):
    with pytest.raises(Refused, match=reason):
        tree_of(indicators, aggregates)


def test_what_an_indicator_adds_sums_to_the_distance_from_the_mean(tree):
    built = build(VALUES, tree, PLAIN)
    assert built.contributions.sum(axis=1) == pytest.approx(built.score - built.score.mean())
    assert built.contributions[1, 2] == pytest.approx(0.5 * (100 - 60))


def test_what_drives_a_rank_is_how_far_it_would_fall():
    tree = tree_of([Indicator("a"), Indicator("b")])
    built = build([[100.0, 0.0], [50.0, 45.0], [0.0, 100.0], [60.0, 30.0]], tree, PLAIN)
    assert built.rank.tolist() == [1, 3, 1, 4]
    # With the mean of a, 52.5, instead of 100 the first place would have 26.25 and stand behind all others.
    assert built.places_moved[0].tolist()[0] == 3
    assert built.places_moved[0].tolist()[1] == 0


@pytest.mark.parametrize("how", ["geometric", "harmonic", "copeland"])
def test_a_weakness_is_less_made_up_for_without_arithmetic(how):
    tree = tree_of([Indicator("a"), Indicator("b"), Indicator("c")])
    values = [[100.0, 100, 0], [62, 62, 62], [0, 0, 100], [50, 90, 30]]
    arithmetic = build(values, tree, PLAIN).score
    other = build(values, tree, Recipe(treatment="none", aggregation=how)).score
    assert arithmetic[0] > arithmetic[1]
    if how != "copeland":
        assert other[0] < other[1]
    assert np.all((other >= 0) & (other <= 100))


def test_copeland_counts_who_beats_whom():
    tree = tree_of([Indicator("a", 1, 2), Indicator("b", 1, 1)])
    built = build([[3.0, 1.0], [2.0, 2.0], [1.0, 3.0]], tree, Recipe(treatment="none", aggregation="copeland"))
    assert built.score.tolist() == [100.0, 50.0, 0.0]


def test_means_may_differ_between_levels():
    tree = tree_of([Indicator("a", 1, 1, "p"), Indicator("b", 1, 1, "p"), Indicator("c")])
    values = [[20.0, 40.0, 90.0], [100.0, 100.0, 100.0], [1.0, 1.0, 1.0]]
    posts = [Indicator(each.code, 1, 1, each.parent, (0.0, 100.0)) for each in tree.indicators]
    built = build(values, tree_of(posts), Recipe("none", "refuse", "goalposts", "given", ("arithmetic", "geometric")))
    assert built.score[0] == pytest.approx(np.sqrt(30 * 90))


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("rank", [0, 100, 200 / 3, 100 / 3]),
        ("distance", [100 * 4 / 12, 100, 100 * 8 / 12, 50]),
        ("z_score", (50 + 10 * (VALUES[:, 0] - 7.5) / VALUES[:, 0].std(ddof=1)).tolist()),
    ],
)
def test_units_are_removed(tree, how, expected):
    values = VALUES + [0, 0, 1]
    assert indices.normalised(values, tree, how)[:, 0] == pytest.approx(expected)
    assert indices.normalised(values, tree, how)[1].argmax() == indices.normalised(values, tree, how)[1].argmax()


def test_equals_have_the_same_rank():
    assert ranks(np.array([[5.0], [7.0], [5.0], [1.0], [np.nan]]))[:, 0].tolist() == [2, 1, 2, 4, 5]


def test_a_gap_raises_the_weights_of_the_others():
    tree = tree_of([Indicator("a"), Indicator("b"), Indicator("c"), Indicator("d")])
    values = np.array([[0.0, 0, 0, 0], [100, 100, 100, 100], [50, np.nan, 20, 80]])
    built = build(values, tree, Recipe("none", "available"))
    assert built.score[2] == pytest.approx(50)
    assert not built.filled.any()


def test_gaps_are_refused_unless_they_may_be_filled(tree):
    values = VALUES.copy()
    values[2, 0] = np.nan
    with pytest.raises(Refused, match="gaps") as refusal:
        build(values, tree, PLAIN, places=["A", "B", "C", "D"])
    assert refusal.value.details["cells"] == [("C", "poverty")]
    built = build(values, tree, Recipe("none", "mean"))
    assert built.filled.sum() == 1


def test_what_is_mostly_gaps_is_not_filled(tree):
    values = VALUES.copy()
    values[2, :2] = np.nan
    with pytest.raises(Refused, match="mostly_gaps") as refusal:
        build(values, tree, Recipe("none", "mean"), places=["A", "B", "C", "D"])
    assert refusal.value.details["places"] == ["C"]


def test_impossible_shares_are_named(tree):
    values = VALUES.copy()
    values[3, 0] = 112.0
    with pytest.raises(Refused, match="over_hundred") as refusal:
        build(values, tree, PLAIN, places=["A", "B", "C", "D"], shares=["poverty"])
    assert refusal.value.details["cells"] == [("D", "poverty", 112.0)]
    values[3, 0] = -1.0
    with pytest.raises(Refused, match="below_zero"):
        build(values, tree, PLAIN, shares=["poverty"])
    assert build(VALUES, tree, PLAIN, shares=["poverty"]).score[1] == 100


def test_an_indicator_that_is_the_same_everywhere_is_named(tree):
    values = VALUES.copy()
    values[:, 1] = 7.0
    with pytest.raises(Refused, match="constant") as refusal:
        build(values, tree, PLAIN)
    assert refusal.value.details["indicators"] == ["school"]


@pytest.mark.parametrize(
    ("recipe", "reason"),
    [
        (Recipe(normalisation="goalposts"), "no_goalposts"),
        (Recipe(normalisation="guess"), "unknown"),
        (Recipe(aggregation="guess"), "unknown"),
        (Recipe(weighting="guess"), "unknown"),
        (Recipe(aggregation=("arithmetic", "copeland")), "copeland_alone"),
        (Recipe(normalisation="distance"), "not_positive"),
    ],
)
def test_choices_that_do_not_fit_are_refused(tree, recipe, reason):
    with pytest.raises(Refused, match=reason):
        build(VALUES, tree, recipe)


def test_tables_of_the_wrong_shape_are_refused(tree):
    with pytest.raises(Refused, match="lengths"):
        build(VALUES[:, :2], tree, PLAIN)
    with pytest.raises(Refused, match="too_few_places"):
        build(VALUES[:2], tree, PLAIN)
