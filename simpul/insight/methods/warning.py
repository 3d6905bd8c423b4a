"""Early warning: whether this week's or this month's count is more than the time of year and the trend explain.

Three ways, by how much is known. `seasonal` fits the past (Farrington, Andrews, Beale and Catchpole, Journal of the
Royal Statistical Society A 159:547, 1996, with the improvements of Noufaily, Enki, Farrington, Garthwaite, Andrews and
Charlett, Statistics in Medicine 32:1206, 2013): a quasi-Poisson regression on a trend and on parts of the year, past
outbreaks weighed down, the newest intervals left out, the limit a quantile of the negative binomial distribution. Two
things differ from the papers. What the fit itself is unsure of is added to the spread, which keeps false alarms near
the level asked for when the history is short. And weights are found again until they settle, measured by the median
residual: an outbreak of last year that fills its season hides behind the spread it makes itself.

`recent` compares with the few intervals before (the C2 of EARS: Hutwagner, Thompson, Seeman and Treadwell, Journal of
Urban Health 80:i89, 2003), where there is no year to learn from. `cumulated` adds up small excesses (likelihood-ratio
CUSUM; Höhle and Paul, Computational Statistics and Data Analysis 52:4357, 2008) and is quickest where a rise is small
and lasts.

Counts are whole numbers by interval, oldest first; an interval nobody reported for is NaN, not 0: it is left out of
what is learnt, and nothing is said about it. Refused with history_too_short (have, need, left_out), nothing_counted
(have), not_a_count (at), unit or level.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from simpul.insight.methods.refusal import Refused

Array = np.ndarray[Any, Any]
# Intervals of a year, half the width of the season compared with, parts of the rest of the year, newest left out.
_UNITS = {"week": (365.2425 / 7, 3, 9, 26), "month": (12.0, 1, 3, 6)}
_OUTBREAK = 2.58
# The median of what a standard normal variable differs from 0.
_MEDIAN = 0.6745
_ROUNDS = 8
_LONGEST_TAIL = 1_000_000


@dataclass(frozen=True)
class Judgement:
    """One interval against what was expected.

    at: its number; expected: mean; low, high: what is usual (with chance `level` above `high`); p: the chance of as
    many or more; is_alarm: the count lies above `high` and is not too small to act on. score: excess over the limit, 1
    at it. count is None where nobody reported.
    """

    at: int
    count: int | None
    expected: float
    low: int
    high: int
    p: float
    score: float
    is_alarm: bool
    level: float


# --- by season


def seasonal(
    counts: Array,
    *,
    unit: str = "week",
    at: int | None = None,
    level: float = 0.005,
    years: int = 5,
    least_years: float = 2.0,
    least: int = 5,
) -> Judgement:
    """Judge interval `at` (the last) by up to `years` years before it.

    level: chance of a false alarm at each interval. least: an alarm needs so many cases in this and the three intervals
    before. Raises `Refused` with fewer than `least_years` years besides the newest part that is left out.
    """
    counts, at = _checked(counts, at, level)
    if unit not in _UNITS:
        raise Refused("unit", unit=unit)
    year, half, parts, newest = _UNITS[unit]
    first, end = max(at - round(years * year) - half, 0), at - newest
    past = np.arange(first, max(end, first))
    past = past[np.isfinite(counts[past])]
    need = math.ceil(least_years * year)
    if len(past) < need:
        raise Refused("history_too_short", have=len(past), need=need, left_out=newest)
    if not counts[past].sum():
        raise Refused("nothing_counted", have=len(past))
    design = _design(past, at, year, half, parts)
    design = design[:, _present(design, counts[past])]
    mean, unsure, spread = _fitted(counts[past], design)
    recent = np.nansum(counts[max(at - 3, 0) : at + 1])
    return _judged(counts, at, mean, max(spread + unsure / mean, 1.0), level, is_enough=recent >= least)


def _design(past: Array, at: int, year: float, half: int, parts: int) -> Array:
    """(past, 2 + parts): one, years before `at`, and which part of the year, counted from the season of `at`."""
    phase = np.mod(past - at + half + 0.5, year)
    season = 2 * half + 1
    part = np.where(phase < season, 0, 1 + np.floor((phase - season) / (year - season) * parts)).astype(int)
    columns = [np.ones(len(past)), (past - at) / year]
    columns += [(part == each).astype(float) for each in range(1, parts + 1)]
    return np.stack(columns, axis=1)


def _present(design: Array, counts: Array) -> Array:
    """Columns that can be told apart: a part of the year without a single case has no finite rate of its own."""
    keep = [0]
    for column in range(1, design.shape[1]):
        inside = design[:, column] != 0
        tried = design[:, [*keep, column]]
        if inside.any() and counts[inside].sum() > 0 and np.linalg.matrix_rank(tried) == len(keep) + 1:
            keep.append(column)
    return np.array(keep)


def _fitted(counts: Array, design: Array) -> tuple[float, float, float]:
    """(mean at the interval judged, its variance, dispersion), past outbreaks weighed down."""
    weights = np.ones(len(counts))
    for _round in range(_ROUNDS):
        beta, means, covariance = _regression(counts, design, weights)
        spread = _dispersion(counts, means, weights, design.shape[1])
        new = _weights(counts, design, means, covariance, weights)
        if np.abs(new - weights).max() < 1e-3:
            break
        weights = new
    now = np.zeros(design.shape[1])
    now[0] = 1.0
    mean = float(np.exp(now @ beta))
    return mean, float(spread * mean**2 * (now @ covariance @ now)), spread


def _weights(counts: Array, design: Array, means: Array, covariance: Array, weights: Array) -> Array:
    """(past,) by standardised Anscombe residuals: those above the limit count less, all together as before."""
    lever = means * weights * np.einsum("ij,jk,ik->i", design, covariance, design)
    residual = 1.5 * (counts ** (2 / 3) * means ** (-1 / 3) - means ** (1 / 3)) / np.sqrt(np.maximum(1 - lever, 1e-6))
    residual /= max(float(np.median(np.abs(residual))) / _MEDIAN, 1.0)
    new = np.where(residual > _OUTBREAK, np.maximum(residual, _OUTBREAK) ** -2.0, 1.0)
    return np.asarray(new * len(new) / new.sum())


def _regression(counts: Array, design: Array, weights: Array) -> tuple[Array, Array, Array]:
    """(coefficients, means, unscaled covariance) of a Poisson regression, by iterated weighted least squares."""
    means = (counts + counts.mean()) / 2 + 1e-9
    beta = np.zeros(design.shape[1])
    for _round in range(100):
        working = np.log(means) + (counts - means) / means
        pull = design * (weights * means)[:, None]
        new = np.linalg.solve(pull.T @ design + 1e-10 * np.eye(len(beta)), pull.T @ working)
        means = np.exp(np.clip(design @ new, -30, 30))
        if np.abs(new - beta).max() < 1e-10:
            break
        beta = new
    information = (design * (weights * means)[:, None]).T @ design
    return new, means, np.linalg.inv(information + 1e-10 * np.eye(len(beta)))


def _dispersion(counts: Array, means: Array, weights: Array, columns: int) -> float:
    free = max(len(counts) - columns, 1)
    return max(float((weights * (counts - means) ** 2 / means).sum()) / free, 1.0)


# --- by the intervals before


def recent(
    counts: Array, *, at: int | None = None, level: float = 0.005, baseline: int = 7, lag: int = 2, least: int = 3
) -> Judgement:
    """Judge interval `at` (the last) by the `baseline` intervals that end `lag` before it.

    Where EARS calls three standard deviations above the mean an alarm, small counts make many false ones; here the
    limit is a quantile of the negative binomial distribution with the mean and variance found, no variance below the
    mean, and what seven intervals leave open is added. Raises `Refused` with fewer than seven counted intervals.
    """
    counts, at = _checked(counts, at, level)
    past = counts[max(at - lag - baseline, 0) : max(at - lag, 0)]
    past = past[np.isfinite(past)]
    if len(past) < min(baseline, 7):
        raise Refused("history_too_short", have=len(past), need=min(baseline, 7), left_out=lag)
    mean = max(float(past.mean()), 0.5 / len(past))
    spread = max(float(past.var(ddof=1)) / mean, 1.0) * (1 + 1 / len(past))
    return _judged(counts, at, mean, spread, level, is_enough=_count(counts, at) >= least)


# --- by adding up


@dataclass(frozen=True)
class Sum:
    """What had been added up at each interval, the limit, and the intervals that reached it (then it begins anew)."""

    sums: tuple[float, ...]
    limit: float
    alarms: tuple[int, ...]
    intervals_between_false_alarms: float


def cumulated(
    counts: Array,
    expected: Array,
    *,
    rise: float = 2.0,
    dispersion: float = 1.0,
    between_false: float = 100.0,
    draws: int = 400,
    seed: int = 1,
) -> Sum:
    """Add up the evidence that counts are `rise` times what is expected.

    expected: (n,) means; dispersion: variance over mean, 1 for Poisson. The limit is set by simulation so that without
    any rise the sum reaches it once in `between_false` intervals on average. A missing interval leaves the sum as it
    is.
    """
    counts, _last = _checked(counts, None, 0.5)
    expected = np.asarray(expected, float)
    if not (np.isfinite(expected).all() and (expected > 0).all() and expected.shape == counts.shape):
        raise Refused("not_a_count", at=int(np.argmin(expected)) if len(expected) else 0)
    limit = _limit(expected, rise, dispersion, between_false, draws, seed)
    sums, alarms, held = [], [], 0.0
    for at, step in enumerate(_evidence(counts, expected, rise, dispersion)):
        held = max(held + (step if math.isfinite(step) else 0.0), 0.0)
        sums.append(held)
        if held >= limit:
            alarms.append(at)
            held = 0.0
    return Sum(tuple(sums), limit, tuple(alarms), between_false)


def _evidence(counts: Array, means: Array, rise: float, dispersion: float) -> Array:
    """Logarithm of the chance of each count with the rise over that without."""
    if dispersion <= 1:
        return np.asarray(counts * math.log(rise) - (rise - 1) * means)
    size = means / (dispersion - 1)
    ratio = (means + size) / (rise * means + size)
    return np.asarray(counts * np.log(rise * ratio) + size * np.log(ratio))


def _limit(means: Array, rise: float, dispersion: float, between: float, draws: int, seed: int) -> float:
    """The limit at which chance alone takes `between` intervals on average, by bisection on the same drawn series."""
    chance = np.random.default_rng(seed)
    length = math.ceil(6 * between)
    around = np.resize(means, length)
    shape = (draws, length)
    rates = around if dispersion <= 1 else chance.gamma(around / (dispersion - 1), dispersion - 1, shape)
    steps = _evidence(chance.poisson(rates, shape), around, rise, dispersion)
    low, high = 0.01, 50.0
    for _halving in range(25):
        middle = (low + high) / 2
        low, high = (middle, high) if _run_length(steps, middle) < between else (low, middle)
    return high


def _run_length(steps: Array, limit: float) -> float:
    """Intervals until the limit is reached, on average (series that end before count as if the rate went on)."""
    held, waiting = np.zeros(len(steps)), np.ones(len(steps), bool)
    waited = 0
    for column in steps.T:
        held = np.maximum(held + column, 0.0)
        waited += int(waiting.sum())
        waiting &= held < limit
    reached = len(steps) - int(waiting.sum())
    return waited / reached if reached else math.inf


# --- what is common


def _checked(counts: Array, at: int | None, level: float) -> tuple[Array, int]:
    counts = np.asarray(counts, float)
    known = np.isfinite(counts)
    wrong = known & ((counts < 0) | (counts != np.round(counts)))
    if wrong.any() or np.isinf(counts).any():
        raise Refused("not_a_count", at=int(np.argmax(wrong | np.isinf(counts))))
    if not 0 < level < 1:
        raise Refused("level", level=level)
    if not len(counts) or (at is not None and not 0 <= at < len(counts)):
        raise Refused("history_too_short", have=len(counts), need=1, left_out=0)
    return counts, len(counts) - 1 if at is None else at


def _count(counts: Array, at: int) -> float:
    return float(counts[at]) if math.isfinite(counts[at]) else -1.0


def _judged(counts: Array, at: int, mean: float, spread: float, level: float, *, is_enough: bool) -> Judgement:
    high, low = quantile(1 - level, mean, spread), quantile(level, mean, spread)
    count = _count(counts, at)
    is_known = count >= 0
    return Judgement(
        at=at,
        count=int(count) if is_known else None,
        expected=mean,
        low=low,
        high=high,
        p=reaching(int(count), mean, spread) if is_known else math.nan,
        score=(count - mean) / max(high - mean, 1e-9) if is_known else math.nan,
        is_alarm=is_known and is_enough and count > high,
        level=level,
    )


def reaching(count: int, mean: float, spread: float) -> float:
    """The chance of `count` or more, with this mean and variance over mean (negative binomial; Poisson at 1)."""
    if count <= mean:
        return 1.0 - math.fsum(_chance(each, mean, spread) for each in range(count))
    total, at = 0.0, count
    while at < count + _LONGEST_TAIL:
        part = _chance(at, mean, spread)
        total += part
        if part <= 1e-16 * total or part == 0.0:
            break
        at += 1
    return min(total, 1.0)


def quantile(level: float, mean: float, spread: float) -> int:
    """The least count that is exceeded with a chance of at most 1 - level."""
    total, at = _chance(0, mean, spread), 0
    while total < level and at < _LONGEST_TAIL:
        at += 1
        total += _chance(at, mean, spread)
    return at


def _chance(count: int, mean: float, spread: float) -> float:
    if spread <= 1 + 1e-9:
        return math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    size = mean / (spread - 1)
    return math.exp(
        math.lgamma(count + size)
        - math.lgamma(size)
        - math.lgamma(count + 1)
        - size * math.log(spread)
        + count * math.log((spread - 1) / spread)
    )


def false_alarms(
    *,
    unit: str = "week",
    mean: float = 10.0,
    dispersion: float = 1.0,
    years: int = 6,
    runs: int = 1000,
    level: float = 0.005,
    seed: int = 1,
) -> float:
    """The share of invented intervals without any outbreak (a season, no trend) at which `seasonal` raises an alarm."""
    chance = np.random.default_rng(seed)
    year = _UNITS[unit][0]
    length = round(years * year)
    means = mean * np.exp(0.3 * np.sin(2 * np.pi * np.arange(length) / year))
    raised = 0
    for _run in range(runs):
        rates = means if dispersion <= 1 else chance.gamma(means / (dispersion - 1), dispersion - 1)
        raised += seasonal(chance.poisson(rates), unit=unit, level=level).is_alarm
    return raised / runs
