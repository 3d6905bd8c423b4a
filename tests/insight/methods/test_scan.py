"""The scan statistic on invented maps: what is found, how often by chance, and what is refused."""

import math

import numpy as np
import pytest

from simpul.insight.methods import scan
from simpul.insight.methods.refusal import Refused
from simpul.insight.methods.scan import Draws, Spans
from simpul.insight.methods.scan_zones import zones

FEW = Draws(replicas=99)


@pytest.fixture(scope="module")
def land():
    """Forty places with people: coordinates and populations."""
    chance = np.random.default_rng(7)
    return chance.random((40, 2)) * 100, chance.integers(500, 5000, 40).astype(float)


def drawn(people, total, *, seed, intervals=1):
    chance = np.random.default_rng(seed)
    table = np.repeat(people[:, None], intervals, axis=1)
    return chance.multinomial(total, (table / table.sum()).ravel()).reshape(table.shape).astype(float), table


def test_a_planted_cluster_is_found_with_its_places_and_time(land):
    spots, people = land
    cases, table = drawn(people, 400, seed=1, intervals=12)
    near = np.argsort(np.hypot(*(spots - spots[3]).T))[:4]
    cases[near, 8:11] += 6
    found = scan.poisson(cases, table, zones(spots, people), draws=FEW)
    first = found.clusters[0]
    assert set(near) <= set(first.places)
    assert (first.first, first.last) == (8, 10)
    assert first.p == 0.01
    assert first.p_gumbel < 1e-6
    assert first.relative_risk > 3


def test_secondary_clusters_share_no_place(land):
    spots, people = land
    cases, table = drawn(people, 500, seed=2)
    found = scan.poisson(cases, table, zones(spots, people), draws=FEW)
    places = [place for each in found.clusters for place in each.places]
    assert len(found.clusters) > 2
    assert len(places) == len(set(places))
    assert [each.llr for each in found.clusters] == sorted((each.llr for each in found.clusters), reverse=True)


def test_the_same_seed_gives_the_same_replicas_whatever_is_asked_at_once(land):
    spots, people = land
    cases, table = drawn(people, 300, seed=3)
    windows = zones(spots, people)
    one = scan.poisson(cases, table, windows, draws=Draws(replicas=120, seed=5))
    other = scan.poisson(cases, table, windows, draws=Draws(replicas=60, seed=5))
    another = scan.poisson(cases, table, windows, draws=Draws(replicas=60, seed=6))
    assert (one.maxima[:60] == other.maxima).all()
    assert (other.maxima != another.maxima).any()


def test_where_nothing_is_one_map_in_ten_looks_unusual_at_a_level_of_ten_percent(land):
    spots, people = land
    windows = zones(spots, people)
    alarms = 0
    for seed in range(120):
        cases, table = drawn(people, 200, seed=seed)
        found = scan.poisson(cases, table, windows, draws=Draws(replicas=39, seed=seed))
        alarms += bool(found.clusters) and found.clusters[0].p <= 0.1
    # Binomial with 120 and 0.1: the limits are passed once in ten thousand times.
    assert 2 <= alarms <= 26


def test_chance_by_permutation_gives_even_p_values(land):
    spots, people = land
    windows = zones(spots, people)
    values = []
    for seed in range(60):
        cases, _table = drawn(people, 150, seed=seed, intervals=10)
        found = scan.permutation(cases, windows, spans=Spans(to_the_end=True), draws=Draws(replicas=39, seed=seed))
        values.append(found.clusters[0].p if found.clusters else 1.0)
    assert 0.3 < np.mean(values) < 0.7


def test_a_prospective_scan_only_tells_what_lasts_until_the_end(land):
    spots, people = land
    cases, table = drawn(people, 300, seed=4, intervals=10)
    cases[5, 2:5] += 20
    cases[9, 8:] += 8
    found = scan.poisson(cases, table, zones(spots, people), spans=Spans(to_the_end=True), draws=FEW)
    assert all(each.last == 9 for each in found.clusters)
    assert 9 in found.clusters[0].places
    assert scan.recurrence(found.clusters[0], days=1) == pytest.approx(100)


def test_a_permutation_allows_for_places_and_for_times(land):
    """Twice the cases in a place at all times, and twice in all places at a time, are nothing new."""
    spots, _people = land
    even = np.full((40, 6), 4.0)
    even[7] *= 2
    even[:, 3] *= 2
    assert scan.permutation(even, zones(spots, even.sum(1)), draws=FEW).clusters == ()


def test_strata_of_a_permutation_keep_their_own_times(land):
    """Two groups with other places and other times: together they look like clusters, apart they are none."""
    spots, people = land
    cases = np.zeros((40, 6, 2))
    west = spots[:, 0] < 45
    cases[west, :3, 0] = 2
    cases[~west, 3:, 1] = 2
    windows = zones(spots, people)
    assert scan.permutation(cases.sum(2), windows, draws=FEW).clusters[0].p == 0.01
    assert scan.permutation(cases, windows, draws=FEW).clusters == ()


def test_too_few_cases_are_found_too(land):
    spots, people = land
    cases, table = drawn(people, 900, seed=6)
    near = np.argsort(np.hypot(*(spots - spots[11]).T))[:5]
    cases[near] = 0
    windows = zones(spots, people)
    low = scan.poisson(cases, table, windows, draws=Draws(replicas=99, direction="low")).clusters[0]
    both = scan.poisson(cases, table, windows, draws=Draws(replicas=99, direction="both")).clusters[0]
    assert low.relative_risk < 1
    assert set(near) & set(low.places)
    assert both.statistic >= low.statistic


def test_with_rare_cases_bernoulli_comes_close_to_poisson(land):
    spots, people = land
    cases, table = drawn(people, 60, seed=8)
    windows = zones(spots, people)
    one = scan.bernoulli(cases, table * 1000, windows, draws=FEW).clusters[0]
    other = scan.poisson(cases, table, windows, draws=FEW).clusters[0]
    assert one.places == other.places
    assert one.llr == pytest.approx(other.llr, rel=1e-4)


def test_fractions_of_cases_are_taken_as_they_are(land):
    spots, people = land
    cases, table = drawn(people, 300, seed=9)
    halves = cases + 0.25
    assert scan.poisson(halves, table, zones(spots, people), draws=FEW).total == pytest.approx(310)
    with pytest.raises(Refused, match="fractional_cases"):
        scan.bernoulli(halves, table, zones(spots, people), draws=FEW)


def test_equal_statistics_have_equal_p_values_and_count_against_the_data():
    maxima = np.array([1.0, 2.0, 3.0, 3.0 + 1e-12])
    assert scan.p_of(3.0, maxima) == 3 / 5
    assert scan.p_of(3.0 + 1e-12, maxima) == 3 / 5
    assert scan.p_of(9.0, maxima) == 1 / 5


def test_gumbel_follows_the_replicas_and_reaches_beyond_them():
    chance = np.random.default_rng(1)
    maxima = chance.gumbel(5, 1.2, 5000)
    assert scan.p_gumbel(float(np.quantile(maxima, 0.95)), maxima) == pytest.approx(0.05, abs=0.01)
    assert 0 < scan.p_gumbel(40.0, maxima) < 1e-9
    assert math.isnan(scan.p_gumbel(3.0, np.zeros(0)))


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("zero_population", lambda cases, people: people.__setitem__((2, 0), 0)),
        ("no_cases", lambda cases, people: cases.fill(0)),
        ("not_finite", lambda cases, people: cases.__setitem__((1, 0), -1)),
    ],
)
def test_what_cannot_be_defended_is_refused(land, reason, change):
    spots, people = land
    cases, table = drawn(people, 300, seed=1)
    cases[2] += 1
    change(cases, table)
    with pytest.raises(Refused) as refused:
        scan.poisson(cases, table, zones(spots, people), draws=FEW)
    assert refused.value.reason == reason


def test_bernoulli_refuses_more_cases_than_people_and_nobody_else(land):
    spots, people = land
    with pytest.raises(Refused, match="population_below_cases"):
        scan.bernoulli(people + 1, people, zones(spots, people), draws=FEW)
    with pytest.raises(Refused, match="no_controls"):
        scan.bernoulli(people, people, zones(spots, people), draws=FEW)


def test_permutation_needs_two_intervals_and_a_span_that_fits(land):
    spots, people = land
    with pytest.raises(Refused, match="one_interval"):
        scan.permutation(np.ones((40, 1)), zones(spots, people), draws=FEW)
    with pytest.raises(Refused, match="no_spans"):
        scan.permutation(np.ones((40, 4)), zones(spots, people), spans=Spans(shortest=3), draws=FEW)


def test_critical_values_are_reached_as_often_as_they_say(land):
    spots, people = land
    cases, table = drawn(people, 300, seed=1)
    found = scan.poisson(cases, table, zones(spots, people), draws=Draws(replicas=199))
    assert (found.maxima >= found.critical(0.05)).mean() == pytest.approx(0.05, abs=0.01)
