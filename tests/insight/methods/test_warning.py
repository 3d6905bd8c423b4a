"""Early warning: rises are seen, seasons and trends are not alarms, and chance raises as few as it should."""

import math

import numpy as np
import pytest

from simpul.insight.methods import warning
from simpul.insight.methods.refusal import Refused


def series(years=6, *, mean=10.0, seed=1, season=0.5, trend=0.0):
    chance = np.random.default_rng(seed)
    weeks = np.arange(round(years * 52.1775))
    means = mean * np.exp(season * np.sin(2 * np.pi * weeks / 52.1775) + trend * weeks / 52.1775)
    return chance.poisson(means).astype(float)


def test_a_rise_is_an_alarm_and_says_how_unusual():
    counts = series()
    counts[-1] = 40
    told = warning.seasonal(counts)
    assert told.is_alarm
    assert (told.count, told.at) == (40, len(counts) - 1)
    assert told.low < told.expected < told.high < 40
    assert told.p < 1e-4
    assert told.score > 1


def test_the_height_of_a_season_is_no_alarm_when_it_comes_every_year():
    counts = series(6.25, season=0.9, seed=3)
    high = warning.seasonal(counts)
    assert not high.is_alarm
    assert high.expected > 17


def test_a_trend_is_followed():
    counts = series(6, trend=0.25, season=0.0, seed=4)
    assert warning.seasonal(counts).expected == pytest.approx(10 * math.exp(1.5), rel=0.25)


def test_a_past_outbreak_does_not_hide_the_next():
    counts = series(6, season=0.0, seed=5)
    quiet = warning.seasonal(counts)
    counts[-57:-51] = 60
    after = warning.seasonal(counts)
    assert after.high <= quiet.high + 12
    assert after.expected == pytest.approx(quiet.expected, rel=0.35)


def test_the_newest_weeks_are_not_learnt_from():
    counts = series(6, seed=6)
    rising = counts.copy()
    rising[-10:-1] += 30
    assert warning.seasonal(rising).expected == warning.seasonal(counts).expected


def test_chance_raises_no_more_alarms_than_stated():
    """800 series at 2 %: more than 30 alarms come by chance once in some thousand times."""
    for unit, mean, dispersion in (("week", 8.0, 1.0), ("month", 12.0, 2.0)):
        rate = warning.false_alarms(unit=unit, mean=mean, dispersion=dispersion, runs=800, level=0.02, seed=2)
        assert rate <= 30 / 800


def test_missing_weeks_are_no_zeros():
    counts = series(seed=7)
    holes = counts.copy()
    holes[40:60] = np.nan
    zeros = counts.copy()
    zeros[40:60] = 0
    whole, without = warning.seasonal(counts), warning.seasonal(holes)
    assert without.expected == pytest.approx(whole.expected, rel=0.15)
    assert warning.seasonal(zeros).high > without.high
    holes[-1] = np.nan
    silent = warning.seasonal(holes)
    assert silent.count is None
    assert not silent.is_alarm
    assert math.isnan(silent.p)


def test_a_history_too_short_is_refused_with_what_is_needed():
    with pytest.raises(Refused) as refused:
        warning.seasonal(series(2))
    assert refused.value.reason == "history_too_short"
    assert refused.value.details["need"] == 105
    assert refused.value.details["have"] < 105
    with pytest.raises(Refused, match="nothing_counted"):
        warning.seasonal(np.zeros(300))
    with pytest.raises(Refused, match="history_too_short"):
        warning.recent(np.ones(6))


@pytest.mark.parametrize("wrong", [-1.0, 2.5, math.inf])
def test_what_is_no_count_is_refused(wrong):
    counts = series()
    counts[5] = wrong
    with pytest.raises(Refused) as refused:
        warning.seasonal(counts)
    assert (refused.value.reason, refused.value.details["at"]) == ("not_a_count", 5)


def test_months_have_years_of_twelve():
    chance = np.random.default_rng(8)
    counts = chance.poisson(np.resize([4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 20], 60)).astype(float)
    december = warning.seasonal(counts, unit="month")
    assert not december.is_alarm
    november = warning.seasonal(np.append(counts[:-2], 20.0), unit="month")
    assert november.at == 58
    with pytest.raises(Refused, match="unit"):
        warning.seasonal(counts, unit="hour")


def test_few_cases_are_no_alarm_however_rare():
    counts = np.zeros(300)
    counts[::40] = 1
    counts[-1] = 3
    assert not warning.seasonal(counts).is_alarm
    assert warning.seasonal(counts, least=3).is_alarm


def test_without_a_year_the_weeks_before_are_compared():
    assert warning.recent(np.array([4, 5, 3, 6, 4, 5, 4, 5, 6, 22])).is_alarm
    assert not warning.recent(np.array([4, 5, 3, 6, 4, 5, 4, 5, 6, 9])).is_alarm
    chance = np.random.default_rng(9)
    raised = [warning.recent(chance.poisson(6, 12), level=0.01).is_alarm for _run in range(1500)]
    assert np.mean(raised) <= 0.02


def test_a_small_rise_that_lasts_is_added_up():
    chance = np.random.default_rng(10)
    counts = chance.poisson(np.concatenate([np.full(60, 8.0), np.full(12, 14.0)])).astype(float)
    told = warning.cumulated(counts, np.full(72, 8.0), rise=1.6)
    assert any(60 <= at <= 66 for at in told.alarms)
    assert max(told.sums[:60]) < max(told.sums[60:])


@pytest.mark.parametrize("dispersion", [1.0, 2.0])
def test_the_sum_raises_a_false_alarm_as_seldom_as_asked(dispersion):
    chance = np.random.default_rng(11)
    rates = np.full(20_000, 6.0)
    if dispersion > 1:
        rates = chance.gamma(rates / (dispersion - 1), dispersion - 1)
    told = warning.cumulated(chance.poisson(rates), np.full(20_000, 6.0), dispersion=dispersion, between_false=100)
    assert 70 < 20_000 / len(told.alarms) < 145


def test_a_missing_week_leaves_the_sum_as_it_is():
    told = warning.cumulated(np.array([9.0, np.nan, 9.0]), np.full(3, 6.0), rise=1.5, draws=50)
    assert told.sums[1] == told.sums[0] > 0
    with pytest.raises(Refused):
        warning.cumulated(np.ones(3), np.zeros(3))


def test_tails_of_the_negative_binomial_add_up():
    for mean, spread in ((4.0, 1.0), (4.0, 3.0), (90.0, 2.0)):
        limit = warning.quantile(0.99, mean, spread)
        assert warning.reaching(limit + 1, mean, spread) <= 0.01 < warning.reaching(limit, mean, spread)
        assert warning.reaching(0, mean, spread) == 1
    # Poisson(4): P(X >= 10) = 0.00813 (Pearson and Hartley, Biometrika Tables for Statisticians, table 7).
    assert warning.reaching(10, 4.0, 1.0) == pytest.approx(0.00813, abs=5e-6)
