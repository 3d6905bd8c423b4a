"""Where to place posts: small instances whose answer can be seen, and every plan against all others."""

from itertools import combinations

import numpy as np
import pytest

from simpul.insight.methods import coverage
from simpul.insight.methods.coverage import Way
from simpul.insight.methods.refusal import Refused


def instance(seed, demands=12, sites=7):
    rng = np.random.default_rng(seed)
    reach = rng.random((demands, sites)) < 0.3
    reach[np.arange(demands), rng.integers(0, sites, demands)] = True
    return reach, rng.integers(1, 50, demands).astype(float), rng.random((demands, sites)) * 100


@pytest.mark.parametrize("seed", range(4))
def test_no_other_choice_reaches_more(seed):
    reach, weights, distance = instance(seed)
    for k in (1, 2, 3):
        every = list(combinations(range(7), k))
        plan = coverage.most(reach, weights, k)
        assert plan.value == max(weights[reach[:, list(sites)].any(1)].sum() for sites in every)
        assert plan.gap == 0
        assert plan.share == pytest.approx(plan.value / weights.sum())
        middle = coverage.median(distance, weights, k)
        assert middle.value == pytest.approx(min((distance[:, list(s)].min(1) * weights).sum() for s in every))
        furthest = coverage.centre(distance, k)
        assert furthest.value == pytest.approx(min(distance[:, list(s)].min(1).max() for s in every))


@pytest.mark.parametrize("seed", range(4))
def test_no_fewer_sites_reach_everybody(seed):
    reach, _weights, _distance = instance(seed)
    plan = coverage.fewest(reach)
    assert reach[:, plan.sites].any(1).all()
    fewer = combinations(range(7), len(plan.sites) - 1)
    assert not any(reach[:, list(sites)].any(1).all() for sites in fewer)


def test_the_greedy_hand_reaches_most_of_the_optimum():
    reach, weights, _distance = instance(9, 60, 20)
    steps = coverage.greedy(reach, weights, 5)
    assert len({site for site, _adds in steps}) == 5
    assert [adds for _site, adds in steps] == sorted((adds for _site, adds in steps), reverse=True)
    best = coverage.most(reach, weights, 5).value
    assert best * (1 - 1 / np.e) <= sum(adds for _site, adds in steps) <= best


def test_what_stands_already_is_not_placed_again():
    reach = np.eye(3, dtype=bool)
    weights = [10, 5, 1]
    assert coverage.most(reach, weights, 1).sites == [0]
    beside = coverage.most(reach, weights, 1, standing=[0])
    assert beside.sites == [1]
    assert beside.value == 15
    assert coverage.greedy(reach, weights, 2, standing=[0]) == [(1, 5.0), (2, 1.0)]


def test_the_curve_ends_when_everybody_within_reach_is_reached():
    reach = np.array([[True, False, False], [True, True, False], [False, True, False], [False, False, False]])
    plans = coverage.curve(reach, [1, 1, 1, 7], 3)
    assert [plan.value for plan in plans] == [2, 3]


def test_everybody_is_served_by_the_nearest_site():
    distance = np.array([[1.0, 9, 5], [9, 1, 5], [8, 2, 5]])
    plan = coverage.median(distance, [1, 1, 1], 2)
    assert plan.sites == [0, 1]
    assert plan.place.tolist() == [0, 1, 1]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (lambda: coverage.fewest(np.array([[True, True], [False, False]])), "out_of_reach"),
        (lambda: coverage.fewest(np.zeros((0, 2))), "nothing_to_reach"),
        (lambda: coverage.most(np.eye(2), [1, 1], 3), "sites_wanted"),
        (lambda: coverage.most(np.eye(2), [1], 1), "weights_do_not_match"),
        (lambda: coverage.most(np.eye(2), [1, -1], 1), "weight_below_zero"),
        (lambda: coverage.median(np.array([[1, np.inf]]), [1], 1), "no_distance"),
        (lambda: coverage.watch([], 2, 1, seen=1.5), "not_a_share"),
    ],
)
def test_what_cannot_be_answered_is_refused(asked, reason):
    with pytest.raises(Refused) as refusal:
        asked()
    assert refusal.value.reason == reason


def test_who_is_out_of_reach_is_named():
    with pytest.raises(Refused) as refusal:
        coverage.fewest(np.array([[True], [False], [False]]))
    assert refusal.value.details == {"demands": [1, 2]}


WAYS = [
    Way("a", (0, 1), 10),
    Way("a", (2,), 6),
    Way("b", (1, 3), 8),
    Way("c", (), 5),
]


@pytest.mark.parametrize("evading", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("seen", [0.3, 1.0])
@pytest.mark.parametrize("k", [1, 2, 3])
def test_no_other_posts_see_more(k, seen, evading):
    plan = coverage.watch(WAYS, 4, k, seen=seen, evading=evading)
    best = max(
        coverage.traffic_seen(WAYS, posts, seen=seen, evading=evading)
        for number in range(k + 1)
        for posts in combinations(range(4), number)
    )
    assert plan.value == pytest.approx(best)
    assert plan.share == pytest.approx(best / 29)


def test_a_post_that_can_be_gone_around_sees_nobody_who_knows_it():
    assert coverage.traffic_seen(WAYS, [1], seen=1.0, evading=0.0) == 18
    # Journey a has a way without a post; journey b has none.
    assert coverage.traffic_seen(WAYS, [1], seen=1.0, evading=1.0) == 8
    assert coverage.traffic_seen(WAYS, [1, 2], seen=1.0, evading=1.0) == 24


def test_a_second_post_on_a_way_sees_a_share_of_who_is_left():
    assert coverage.traffic_seen([Way("a", (0, 1), 100)], [0, 1], seen=0.5) == 75


def test_five_hundred_posts_are_chosen_from_exactly():
    rng = np.random.default_rng(4)
    homes, posts = rng.random((2000, 2)), rng.random((500, 2))
    reach = ((homes[:, None] - posts) ** 2).sum(2) < 0.08**2
    plan = coverage.most(reach, rng.integers(0, 20, 2000), 12)
    assert plan.gap == 0
    assert plan.value == plan.bound
