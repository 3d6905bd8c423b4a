"""Rates: events per 100,000 people, with what chance leaves open, and smoothed where few people live.

In a village of 400 one case more or less moves the rate by 250 per 100,000: the highest and the lowest rates of a raw
map are those of the smallest places. So each rate comes with its interval, is marked where it rests on few events, and
is drawn towards the rate of all places (or of its neighbours) the more, the fewer people live there.

Sources: exact limits of a count, F. Garwood, Biometrika 28 (1936); empirical Bayes by moments, R. J. Marshall, Applied
Statistics 40 (1991), global estimator and that of neighbourhoods; its intervals with the uncertainty of the prior by
the bootstrap of N. Laird and T. Louis, JASA 82 (1987), turned as basic bootstrap limits are; directly standardised
rates, M. Fay and E. Feuer, Statistics in Medicine 16 (1997); fewer than 20 events as unstable, the practice of the US
National Center for Health Statistics.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simpul.insight.methods.gamma import Array, quantile
from simpul.insight.methods.neighbours import Neighbours
from simpul.insight.methods.refusal import Refused

PER = 100_000
FEW = 20


@dataclass(frozen=True)
class Rates:
    """Per place (n): the rate per `per` people with its limits, and whether it rests on fewer than 20 events."""

    rate: Array
    low: Array
    high: Array
    is_unstable: npt.NDArray[np.bool_]
    per: float = PER
    level: float = 0.95


@dataclass(frozen=True)
class Smoothed:
    """Rates drawn towards a mean: `weight` is the share of the place's own rate, 0 to 1; `towards` what it is drawn to.

    `spread` is the variance between places beyond chance, in units of the rate squared; where it is 0 the places do
    not differ by more than chance and all have the common rate.
    """

    rate: Array
    low: Array
    high: Array
    weight: Array
    towards: Array
    spread: Array
    per: float = PER
    level: float = 0.95


def checked(events: npt.ArrayLike, population: npt.ArrayLike, *, names: Sequence[str] = ()) -> tuple[Array, Array]:
    """Counts (n) and people (n) as numbers; raises `Refused`.

    Reasons: `no_places`; `lengths` (events, population); `events_negative`, `events_missing`, `population_missing`,
    `population_zero`, each with `places`: names where there are names, else numbers from 0. Where nobody lives there
    is no rate, whatever was counted.
    """
    counts, people = np.atleast_1d(np.asarray(events, dtype=float)), np.atleast_1d(np.asarray(population, dtype=float))
    if not counts.size:
        raise Refused("no_places")
    if counts.shape != people.shape:
        raise Refused("lengths", events=counts.shape[0], population=people.shape[0])
    for reason, is_wrong in (
        ("events_missing", ~np.isfinite(counts)),
        ("events_negative", counts < 0),
        ("population_missing", ~np.isfinite(people)),
        ("population_zero", people <= 0),
    ):
        if is_wrong.any():
            raise Refused(reason, places=named(is_wrong, names))
    return counts, people


def named(is_meant: npt.NDArray[np.bool_], names: Sequence[str]) -> list[str]:
    return [names[each] if len(names) else str(each) for each in np.flatnonzero(is_meant).tolist()]


def limits(events: npt.ArrayLike, *, level: float = 0.95) -> tuple[Array, Array]:
    """Exact limits of the mean of a Poisson count (Garwood 1936); the lower one of 0 events is 0."""
    counts = np.asarray(events, dtype=float)
    unique, back = np.unique(counts, return_inverse=True)
    tail = (1 - level) / 2
    return quantile(tail, unique)[back].reshape(counts.shape), quantile(1 - tail, unique + 1)[back].reshape(
        counts.shape
    )


def crude(
    events: npt.ArrayLike,
    population: npt.ArrayLike,
    *,
    names: Sequence[str] = (),
    per: float = PER,
    level: float = 0.95,
) -> Rates:
    """Events per `per` people with exact limits. Raises `Refused` as `checked` does."""
    counts, people = checked(events, population, names=names)
    low, high = limits(counts, level=level)
    return Rates(per * counts / people, per * low / people, per * high / people, counts < FEW, per, level)


def excess_risk(events: npt.ArrayLike, population: npt.ArrayLike, *, names: Sequence[str] = ()) -> Array:
    """Observed events over those expected if all places had the common rate; raises `Refused` (`no_events`)."""
    counts, people = checked(events, population, names=names)
    if not counts.sum():
        raise Refused("no_events")
    return np.asarray(counts / (people * counts.sum() / people.sum()), dtype=float)


# --- empirical Bayes


def moments(counts: Array, people: Array) -> tuple[Array, Array]:
    """Common rate b and spread a of Marshall (1991, equations 6 and 7) over the last axis of arrays (..., n)."""
    total, everybody = counts.sum(axis=-1), people.sum(axis=-1)
    common = total / everybody
    off = counts / people - common[..., None]
    seen = (people * off * off).sum(axis=-1) / everybody
    return common, np.maximum(seen - common / people.mean(axis=-1), 0.0)


def marshall(
    events: npt.ArrayLike,
    population: npt.ArrayLike,
    *,
    names: Sequence[str] = (),
    per: float = PER,
    level: float = 0.95,
    draws: int = 1000,
    seed: int = 1,
) -> Smoothed:
    """Rates drawn towards the rate of all places together (Marshall 1991), per `per` people.

    With the prior of these moments as a gamma distribution the estimator is the mean of a gamma distribution of shape
    b^2/a + events and rate b/a + people. Its quantiles alone would treat a and b as known; with `draws` above 0 they
    are estimated again from that many invented tables (Laird and Louis 1987), and the limits are those of the mixture.
    In trials with gamma-distributed truths 95 % limits hold 94 to 95 % of them; those with a and b as known, 92 to 95.
    Raises `Refused`: as `checked`; `no_events`; `too_few_places` below three.
    """
    counts, people = checked(events, population, names=names)
    _check_enough(counts)
    common, spread = moments(counts, people)
    weight = spread / (spread + common / people)
    rate = weight * counts / people + (1 - weight) * common
    whole = np.ones(counts.shape)
    if not spread:
        low, high = (each / people.sum() for each in limits(counts.sum(), level=level))
        return Smoothed(per * rate, per * low * whole, per * high * whole, weight, per * common * whole, 0 * whole, per)
    if draws:
        low, high = _mixture_limits(counts, people, float(common), float(spread), level=level, draws=draws, seed=seed)
    else:
        low, high = _posterior_limits(counts, people, common * whole, spread * whole, level=level)
    return Smoothed(
        per * rate, per * low, per * high, weight, per * common * whole, per * per * spread * whole, per, level
    )


def marshall_local(
    events: npt.ArrayLike,
    population: npt.ArrayLike,
    neighbours: Neighbours,
    *,
    names: Sequence[str] = (),
    per: float = PER,
    level: float = 0.95,
) -> Smoothed:
    """Each rate drawn towards that of its neighbourhood, the place included (Marshall 1991, section 3), per `per`.

    The limits treat the moments of the neighbourhood as known and are too narrow where it has few places. A place
    without neighbours keeps its own rate and exact limits (`weight` 1). Raises `Refused` as `marshall` does.
    """
    counts, people = checked(events, population, names=names)
    _check_enough(counts)
    around = neighbours.binary().with_self()
    near_people = around.lag(people)
    common = around.lag(counts) / near_people
    # The sum over a neighbourhood of P (r - b)^2 with its own b, opened up, so that one lag serves all places.
    rates = counts / people
    seen = (around.lag(people * rates**2) - 2 * common * around.lag(counts) + common**2 * near_people) / near_people
    spread = np.maximum(seen - common * around.counts / near_people, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        weight = np.where(common > 0, spread / (spread + common / people), 0.0)
    rate = weight * rates + (1 - weight) * common
    low, high = _posterior_limits(counts, people, common, spread, level=level)
    pooled_low, pooled_high = (each / near_people for each in limits(around.lag(counts), level=level))
    low, high = np.where(spread > 0, low, pooled_low), np.where(spread > 0, high, pooled_high)
    alone = np.isin(np.arange(len(counts)), neighbours.islands)
    own_low, own_high = (each / people for each in limits(counts, level=level))
    return Smoothed(
        per * np.where(alone, rates, rate),
        per * np.where(alone, own_low, low),
        per * np.where(alone, own_high, high),
        np.where(alone, 1.0, weight),
        per * common,
        per * per * spread,
        per,
        level,
    )


def _check_enough(counts: Array) -> None:
    if len(counts) < 3:
        raise Refused("too_few_places", places=len(counts), least=3)
    if not counts.sum():
        raise Refused("no_events")


def _posterior_limits(
    counts: Array, people: Array, common: Array, spread: Array, *, level: float
) -> tuple[Array, Array]:
    with np.errstate(divide="ignore", invalid="ignore"):
        shape, rate = common**2 / spread + counts, common / spread + people
    is_known = np.isfinite(shape) & np.isfinite(rate)
    shape, rate = np.where(is_known, shape, 0.0), np.where(is_known, rate, 1.0)
    tail = (1 - level) / 2
    return quantile(tail, shape) / rate, quantile(1 - tail, shape) / rate


def _mixture_limits(
    counts: Array, people: Array, common: float, spread: float, *, level: float, draws: int, seed: int
) -> tuple[Array, Array]:
    """Quantiles of the posterior over moments as uncertain as invented tables show them to be.

    The moments a* of an invented table stand to a as a stands to the truth; so a^2 / a* takes its place, and b alike. A
    table without spread, of which a^2 / a* knows no end, counts as one of a quarter of the spread.
    """
    chance = np.random.default_rng(seed)
    truth = chance.gamma(common**2 / spread, spread / common, size=(draws, len(counts)))
    again = chance.poisson(truth * people).astype(float)
    commons, spreads = moments(again, np.broadcast_to(people, again.shape))
    commons = common**2 / np.maximum(commons, 0.5 / people.sum())
    spreads = spread**2 / np.maximum(spreads, spread / 4)
    shape = (commons**2 / spreads)[:, None] + counts
    found = chance.standard_gamma(shape) / ((commons / spreads)[:, None] + people)
    tail = (1 - level) / 2
    low, high = np.quantile(found, [tail, 1 - tail], axis=0)
    return low, high


# --- standardised rates


def direct(
    events: npt.ArrayLike,
    population: npt.ArrayLike,
    standard: npt.ArrayLike,
    *,
    per: float = PER,
    level: float = 0.95,
) -> Rates:
    """What the rate of each place would be with the ages (or other strata) of a standard population.

    `events`, `population`: (n, strata); `standard`: (strata). Limits by Fay and Feuer (1997). Raises `Refused`:
    `population_zero` (places as "place, stratum" numbers), `standard_zero`, `lengths`.
    """
    counts, people = np.atleast_2d(np.asarray(events, dtype=float)), np.atleast_2d(np.asarray(population, dtype=float))
    shares = np.asarray(standard, dtype=float)
    if counts.shape != people.shape or shares.shape != counts.shape[1:]:
        raise Refused("lengths", events=counts.shape, population=people.shape, standard=shares.shape)
    if np.any(people <= 0):
        raise Refused("population_zero", places=[f"{row}, {column}" for row, column in np.argwhere(people <= 0)])
    if np.any(shares < 0) or not shares.sum():
        raise Refused("standard_zero")
    weights = shares / shares.sum() / people
    rate, variance, most = (weights * counts).sum(1), (weights**2 * counts).sum(1), weights.max(1)
    tail = (1 - level) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(rate > 0, quantile(tail, np.nan_to_num(rate**2 / variance)) * variance / rate, 0.0)
    wide, above = variance + most**2, rate + most
    high = quantile(1 - tail, above**2 / wide) * wide / above
    return Rates(per * rate, per * low, per * high, counts.sum(1) < FEW, per, level)


@dataclass(frozen=True)
class Indirect:
    """Observed over expected events (`ratio`, 1 is as expected) with exact limits, and the rate that follows."""

    observed: Array
    expected: Array
    ratio: Array
    low: Array
    high: Array
    rate: Array
    per: float = PER
    level: float = 0.95


def indirect(
    events: npt.ArrayLike,
    population: npt.ArrayLike,
    standard_events: npt.ArrayLike,
    standard_population: npt.ArrayLike,
    *,
    per: float = PER,
    level: float = 0.95,
) -> Indirect:
    """Events of each place (n) against those its people (n, strata) would have at the rates of a standard (strata).

    Raises `Refused`: `standard_zero` where a stratum of the standard has no people; `expected_zero` (places).
    """
    observed, people = np.asarray(events, dtype=float), np.atleast_2d(np.asarray(population, dtype=float))
    cases, standard = np.asarray(standard_events, dtype=float), np.asarray(standard_population, dtype=float)
    if observed.shape != people.shape[:1] or cases.shape != people.shape[1:] or standard.shape != cases.shape:
        raise Refused("lengths", events=observed.shape, population=people.shape, standard=standard.shape)
    if np.any(standard <= 0):
        raise Refused("standard_zero")
    expected = people @ (cases / standard)
    if np.any(expected <= 0):
        raise Refused("expected_zero", places=named(expected <= 0, ()))
    low, high = limits(observed, level=level)
    ratio = observed / expected
    rate = per * ratio * cases.sum() / standard.sum()
    return Indirect(observed, expected, ratio, low / expected, high / expected, rate, per, level)
