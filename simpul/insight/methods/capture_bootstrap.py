"""Intervals that know the model was chosen: the whole estimation is done again on tables drawn from the one observed.

The people are drawn anew among the combinations (multinomial), and each drawn table goes through the same choice of
model. The interval is Efron's BCa (DiCiccio and Efron, Statistical Science 11, 1996): quantiles of the drawn estimates,
moved by a bias (how many lie below the estimate) and an acceleration (from leaving one person out at a time, as Chan,
Silverman and Vincent 2021, section 3.3, do). How far a limit would move with other draws is its Monte Carlo error, from
drawing the drawn estimates again.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from simpul.insight.methods.capture_table import Counts, Table

Vector = NDArray[np.float64]

# Where limits are wanted; the published tables print the same.
LEVELS = (0.025, 0.05, 0.1, 0.16, 0.84, 0.9, 0.95, 0.975)
# A confidence distribution is kept as this many of its quantiles.
GRID = (np.arange(199) + 1) / 200
_AGAIN = 100
_SMALLEST = 250


@dataclass(frozen=True, eq=False)
class Spread:
    """Drawn estimates (those that exist, in order) of an `estimate`, with the number of draws that had none."""

    estimate: float
    draws: Vector
    failed: int
    acceleration: float

    @property
    def bias(self) -> float:
        """z0: the normal quantile of the share of draws below the estimate."""
        return _bias(self.draws, self.estimate)

    def quantile(self, share: float) -> float:
        return float(self.quantiles(np.array([share]))[0])

    def quantiles(self, shares: Vector) -> Vector:
        """BCa quantiles; nan where no draw has an estimate."""
        return _bca(self.draws, self.estimate, self.acceleration, shares)

    def errors(self, shares: Vector, *, seed: int) -> Vector:
        """Monte Carlo standard errors of the quantiles."""
        if not len(self.draws):
            return np.full(len(shares), np.nan)
        chance = np.random.default_rng([seed, 1])
        found = [
            _bca(np.sort(chance.choice(self.draws, len(self.draws))), self.estimate, self.acceleration, shares)
            for _again in range(_AGAIN)
        ]
        return np.asarray(np.std(found, axis=0))


def _bias(draws: Vector, estimate: float) -> float:
    below = np.searchsorted(draws, estimate - 1e-9 * abs(estimate)) / len(draws)
    return NormalDist().inv_cdf(min(max(below, 0.5 / len(draws)), 1 - 0.5 / len(draws)))


def _bca(draws: Vector, estimate: float, acceleration: float, shares: Vector) -> Vector:
    if not len(draws):
        return np.full(len(shares), np.nan)
    normal, bias = NormalDist(), _bias(draws, estimate)
    moved = []
    for share in shares:
        away = bias + normal.inv_cdf(float(share))
        moved.append(normal.cdf(bias + away / max(1 - acceleration * away, 1e-9)))
    # Median-unbiased quantiles (Hyndman and Fan's eighth), as the published limits.
    return np.asarray(np.quantile(draws, moved, method="median_unbiased"))


def spread(
    table: Table,
    estimate: float,
    estimator: Callable[[Counts], Vector],
    *,
    draws: int,
    seed: int,
    given: Counts | None = None,
) -> Spread:
    """Draw tables and estimate each.

    `estimator` takes drawn tables (draws x 2^t) and gives an estimate for each, nan where there is none; it is called
    from several threads. `given` are tables drawn elsewhere, instead of `draws` of them by `seed`.
    """
    tables = drawn(table, draws=draws, seed=seed) if given is None else given
    found = shared(estimator, tables)
    usable = np.sort(found[np.isfinite(found)])
    return Spread(float(estimate), usable, len(found) - len(usable), acceleration(table, estimator))


def drawn(table: Table, *, draws: int, seed: int) -> Counts:
    """Tables of as many people, drawn with replacement: draws x 2^t."""
    chance, observed = np.random.default_rng([seed, 0]), table.observed
    tables = np.zeros((draws, len(table.counts)))
    tables[:, observed] = chance.multinomial(table.total, table.counts[observed] / table.total, size=draws)
    return tables


def shared(estimator: Callable[[Counts], Vector], tables: Counts) -> Vector:
    """The estimates of all tables, in their order, by as many threads as there are processors."""
    workers = min(os.cpu_count() or 1, max(len(tables) // _SMALLEST, 1))
    if workers == 1:
        return estimator(tables)
    pieces = np.array_split(tables, min(4 * workers, len(tables)))
    with ThreadPoolExecutor(workers) as threads:
        return np.concatenate(list(threads.map(estimator, pieces)))


def acceleration(table: Table, estimator: Callable[[Counts], Vector]) -> float:
    """From the estimates with one person left out; a combination counts as often as it has people."""
    observed = table.observed
    tables = np.repeat(table.counts[None], len(observed), axis=0)
    tables[np.arange(len(observed)), observed] -= 1
    found = estimator(tables)
    usable = np.isfinite(found)
    weights, found = table.counts[observed][usable], found[usable]
    if not len(found):
        return 0.0
    away = np.average(found, weights=weights) - found
    squares = float((weights * away**2).sum())
    return float((weights * away**3).sum() / (6 * squares**1.5)) if squares > 0 else 0.0
