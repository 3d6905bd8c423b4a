"""Filling gaps and taming outliers before indicators are drawn together.

Outliers by the rule of the JRC: an indicator whose skewness lies beyond 2 and whose kurtosis above 3.5 has its farthest
values drawn in to the next one, up to five times; where that is not enough, it is taken in logarithms instead
(W. Becker, G. Caperna, M. Del Sorbo and others, COINr, Journal of Open Source Software 7, 2022).
"""

from collections.abc import Callable, Sequence

import numpy as np

from simpul.insight.methods.gamma import Array
from simpul.insight.methods.refusal import Refused

MOST_SKEWED, MOST_PEAKED = 2.0, 3.5
MOST_DRAWN_IN = 5
NEAREST = 3
TREATMENTS = ("winsorise", "log", "none")
IMPUTATIONS = ("refuse", "available", "mean", "median", "group", "nearest")


def skewness(values: Array) -> float:
    """Of a sample, corrected for its size (as G1 of statistical programs); gaps are left out."""
    known = values[np.isfinite(values)]
    n, off = len(known), known - known.mean()
    return float((off**3).mean() / (off**2).mean() ** 1.5 * np.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(values: Array) -> float:
    """Excess over the normal distribution, of a sample, corrected for its size (G2)."""
    known = values[np.isfinite(values)]
    n, off = len(known), known - known.mean()
    excess = (off**4).mean() / (off**2).mean() ** 2 - 3
    return float((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excess + 6))


def is_tame(values: Array) -> bool:
    """Whether the values need no treatment; fewer than four known ones, or equal ones, are left alone."""
    known = values[np.isfinite(values)]
    if len(known) < 4 or np.ptp(known) == 0:
        return True
    return abs(skewness(values)) <= MOST_SKEWED or kurtosis(values) <= MOST_PEAKED


def treated(values: Array, how: str) -> tuple[Array, tuple[str, ...]]:
    """Values (n, k) after treatment, and for each indicator what was done: "", "winsorised 2", "log".

    Raises `Refused`: `unknown` (name).
    """
    if how not in TREATMENTS:
        raise Refused("unknown", name=how)
    columns = [_treated(column, how) for column in values.T]
    return np.column_stack([column for column, _note in columns]), tuple(note for _column, note in columns)


def _treated(column: Array, how: str) -> tuple[Array, str]:
    if how == "none" or is_tame(column):
        return column, ""
    if how == "winsorise":
        drawn_in = column.copy()
        for times in range(1, MOST_DRAWN_IN + 1):
            far = np.nanmax(drawn_in) if skewness(drawn_in) > 0 else np.nanmin(drawn_in)
            others = drawn_in[np.isfinite(drawn_in) & (drawn_in != far)]
            drawn_in[drawn_in == far] = others.max() if far > others.max() else others.min()
            if np.ptp(others) == 0:
                break
            if is_tame(drawn_in):
                return drawn_in, f"winsorised {times}"
    return _in_logarithms(column), "log"


def _in_logarithms(column: Array) -> Array:
    """Logarithms from the crowded end on, moved by a hundredth of the range so that none is of 0."""
    low, high = np.nanmin(column), np.nanmax(column)
    room = 0.01 * (high - low)
    if skewness(column) > 0:
        return np.asarray(np.log(column - low + room), dtype=float)
    return np.asarray(-np.log(high - column + room), dtype=float)


def filled(values: Array, how: str, *, groups: Sequence[str] = ()) -> Array:
    """Values (n, k) with gaps (nan) filled.

    `mean`, `median`: of all places; `group`: mean of the places of the same group, or of all where the group knows
    none; `nearest`: mean of the three places most like it in the other indicators; `available`: left open. Raises
    `Refused`: `no_groups`, `unknown` (name).
    """
    if how == "available":
        return values
    if how == "group" and not len(groups):
        raise Refused("no_groups")
    if how not in _FILLING:
        raise Refused("unknown", name=how)
    guess = _FILLING[how](values, groups)
    return np.where(np.isfinite(values), values, guess)


def _mean(values: Array, _groups: Sequence[str]) -> Array:
    return np.broadcast_to(np.nanmean(values, axis=0), values.shape)


def _median(values: Array, _groups: Sequence[str]) -> Array:
    return np.broadcast_to(np.nanmedian(values, axis=0), values.shape)


def _group_mean(values: Array, groups: Sequence[str]) -> Array:
    guess = _mean(values, ()).copy()
    of = np.asarray(groups)
    for group in set(groups):
        among = values[of == group]
        known = np.isfinite(among).any(axis=0)
        guess[np.ix_(of == group, known)] = np.nanmean(among[:, known], axis=0)
    return guess


def _nearest(values: Array, _groups: Sequence[str]) -> Array:
    spread = np.nanstd(values, axis=0)
    scaled = (values - np.nanmean(values, axis=0)) / np.where(spread > 0, spread, 1.0)
    guess = _mean(values, ()).copy()
    known = np.isfinite(values)
    for place in np.flatnonzero(~known.all(axis=1)):
        both = known & known[place]
        apart = np.where(both, scaled - scaled[place], 0.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            distance = np.where(both.any(axis=1), (apart**2).sum(axis=1) / both.sum(axis=1), np.inf)
        distance[place] = np.inf
        order = np.argsort(distance, kind="stable")
        order = order[np.isfinite(distance[order])]
        for column in np.flatnonzero(~known[place]):
            like = order[known[order, column]][:NEAREST]
            if like.size:
                guess[place, column] = values[like, column].mean()
    return guess


_FILLING: dict[str, Callable[[Array, Sequence[str]], Array]] = {
    "mean": _mean,
    "median": _median,
    "group": _group_mean,
    "nearest": _nearest,
}
