"""Rates: intervals that hold, small places drawn towards the others, and refusals by name."""

import numpy as np
import pytest

from simpul.insight.methods import neighbours, rates
from simpul.insight.methods.refusal import Refused


def test_limits_of_a_count_are_those_of_the_tables():
    """Exact 95 % limits of a Poisson count (Garwood 1936; the tables of the International Agency for Research on
    Cancer, Breslow and Day 1987, appendix): 0, 1, 5, 10, 100."""
    low, high = rates.limits([0, 1, 5, 10, 100])
    assert low == pytest.approx([0, 0.025318, 1.623486, 4.795389, 81.363991], abs=1e-5)
    assert high == pytest.approx([3.688879, 5.571643, 11.668332, 18.390356, 121.626794], abs=1e-5)


def test_the_example_of_the_region():
    """237 people sent home to Bengkayang, where 295,966 live: 80 per 100,000."""
    rate = rates.crude([237, 3], [295_966, 249_954])
    assert rate.rate.round(1).tolist() == [80.1, 1.2]
    assert rate.is_unstable.tolist() == [False, True]
    assert rate.low[0] < 80.1 < rate.high[0]
    assert rate.low[1] == pytest.approx(100_000 * 0.618672 / 249_954, rel=1e-5)


def test_exact_limits_cover_at_least_what_they_say():
    chance = np.random.default_rng(7)
    for mean in (0.5, 3.0, 17.0):
        low, high = rates.limits(chance.poisson(mean, 4000))
        assert ((low <= mean) & (mean <= high)).mean() >= 0.94


@pytest.mark.parametrize(
    ("events", "people", "reason", "places"),
    [
        ([1, 2, 3], [100, 0, 50], "population_zero", ["B"]),
        ([1, -2, 3], [100, 10, 50], "events_negative", ["B"]),
        ([1, 2, 3], [100, 10, np.nan], "population_missing", ["C"]),
        ([np.nan, 2, 3], [100, 10, 5], "events_missing", ["A"]),
    ],
)
def test_what_has_no_rate_is_refused_by_name(events, people, reason, places):
    with pytest.raises(Refused) as refusal:
        rates.crude(events, people, names=["A", "B", "C"])
    assert (refusal.value.reason, refusal.value.details["places"]) == (reason, places)


def test_tables_of_different_length_are_refused():
    with pytest.raises(Refused, match="lengths"):
        rates.crude([1, 2], [100])
    with pytest.raises(Refused, match="no_places"):
        rates.crude([], [])


def test_the_fewer_people_the_more_a_rate_is_drawn_in():
    events, people = np.array([2, 200, 5, 90, 400]), np.array([400, 100_000, 9_000, 90_000, 120_000])
    smoothed = rates.marshall(events, people)
    assert np.all(np.diff(smoothed.weight[np.argsort(people)]) > 0)
    raw = rates.crude(events, people).rate
    assert abs(smoothed.rate - smoothed.towards).max() < abs(raw - smoothed.towards).max()
    assert np.all((smoothed.low < smoothed.rate) & (smoothed.rate < smoothed.high))


def test_places_that_differ_by_chance_alone_have_the_common_rate():
    smoothed = rates.marshall([10, 11, 9, 10], [1000, 1000, 1000, 1000])
    assert smoothed.rate == pytest.approx([1000.0] * 4)
    assert not smoothed.spread.any()
    assert smoothed.low[0] < 1000 < smoothed.high[0]


def test_intervals_of_smoothed_rates_cover_the_truth():
    """Invented truths; nominal 95 %. Where places differ little, limits with the prior as known miss more often."""
    chance = np.random.default_rng(3)
    people = chance.integers(100_000, 700_000, 14)
    hits, naive = [], []
    for round_ in range(60):
        truth = chance.gamma(20.0, 2e-4 / 20, 14)
        events = chance.poisson(truth * people)
        full = rates.marshall(events, people, per=1, draws=300, seed=round_)
        known = rates.marshall(events, people, per=1, draws=0)
        hits.append(((full.low <= truth) & (truth <= full.high)).mean())
        naive.append(((known.low <= truth) & (truth <= known.high)).mean())
    assert 0.92 <= np.mean(hits) <= 0.98
    assert np.mean(naive) <= np.mean(hits)


def test_draws_with_one_seed_give_one_result():
    first, second = (rates.marshall([3, 9, 1, 30], [900, 2000, 800, 4000], seed=5) for _ in range(2))
    assert first.low.tolist() == second.low.tolist()


def test_a_neighbourhood_draws_in_and_an_island_keeps_its_own_rate():
    around = neighbours.of_lists([[1], [0, 2], [1], []])
    smoothed = rates.marshall_local([5, 60, 4, 7], [1000, 2000, 900, 700], around)
    assert smoothed.weight[3] == 1
    assert smoothed.rate[3] == pytest.approx(1000.0)
    exact = rates.crude([7], [700])
    assert (smoothed.low[3], smoothed.high[3]) == pytest.approx((exact.low[0], exact.high[0]))
    assert 500 < smoothed.rate[0] < 3000
    assert np.all(smoothed.low < smoothed.high)


def test_there_is_nothing_to_learn_from_two_places_or_from_no_event():
    with pytest.raises(Refused, match="too_few_places"):
        rates.marshall([1, 2], [100, 100])
    with pytest.raises(Refused, match="no_events"):
        rates.marshall([0, 0, 0], [100, 100, 100])
    with pytest.raises(Refused, match="no_events"):
        rates.excess_risk([0, 0], [100, 100])


def test_excess_risk_is_one_on_average():
    risk = rates.excess_risk([10, 30], [1000, 1000])
    assert risk.tolist() == [0.5, 1.5]


def test_standard_ages_make_places_comparable():
    """The documented example of esda: adjusted rates 0.0237 and 0.0267, limits after Fay and Feuer (1997)."""
    events = [[30, 25, 25, 15], [33, 21, 30, 20]]
    people = [[1000, 1000, 1100, 900], [1000, 900, 1100, 900]]
    rate = rates.direct(events, people, [1000, 900, 1000, 900], per=1)
    assert rate.rate.round(4).tolist() == [0.0237, 0.0267]
    assert rate.low == pytest.approx([0.01920491, 0.02177143], abs=1e-8)
    assert rate.high == pytest.approx([0.02904848, 0.03230508], abs=1e-8)


def test_a_standard_without_people_is_refused():
    with pytest.raises(Refused, match="population_zero"):
        rates.direct([[1, 2]], [[10, 0]], [5, 5])
    with pytest.raises(Refused, match="standard_zero"):
        rates.direct([[1, 2]], [[10, 5]], [0, 0])
    with pytest.raises(Refused, match="standard_zero"):
        rates.indirect([3], [[10, 5]], [1, 1], [100, 0])


def test_observed_against_expected():
    found = rates.indirect([95, 104], [[1000, 1000, 1100, 900], [1000, 900, 1100, 900]], [30, 25, 25, 15],
                           [1000, 1000, 1100, 900])  # fmt: skip
    assert found.expected.tolist() == [95.0, 92.5]
    assert found.ratio == pytest.approx([1.0, 104 / 92.5])
    assert found.low[1] < 1 < found.high[1]
    assert found.rate[0] == pytest.approx(100_000 * 95 / 4000)
