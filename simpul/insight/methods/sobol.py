"""Sobol's indices: how much of what comes out varies because of each thing that could have been chosen otherwise.

The first-order index of a factor is the share of the variance that would go if the factor were known; the total index
the share that would stay if all others were known. Where they differ, choices work together.

Sources: I. Sobol, Mathematical Modelling and Computational Experiment 1 (1993); the design of rows A, B and AB, and the
first-order estimator, A. Saltelli and others, Computer Physics Communications 181 (2010); the total estimator, M.
Jansen, Computer Physics Communications 117 (1999). Intervals by drawing the rows anew (bootstrap).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simpul.insight.methods.gamma import Array


@dataclass(frozen=True)
class Shares:
    """First-order and total indices (factors, outputs) with limits; nan for an output that never varies."""

    first: Array
    first_low: Array
    first_high: Array
    total: Array
    total_low: Array
    total_high: Array


def design(rows: int, factors: int, *, seed: int) -> Array:
    """Points (rows x (factors + 2), factors) in 0 to 1: A, B, then for each factor A with that column from B."""
    chance = np.random.default_rng(seed)
    a, b = chance.random((2, rows, factors))
    mixed = np.repeat(a[None], factors, axis=0)
    for factor in range(factors):
        mixed[factor, :, factor] = b[:, factor]
    return np.concatenate([a, b, mixed.reshape(-1, factors)])


def shares(outputs: npt.ArrayLike, factors: int, *, level: float = 0.9, draws: int = 500, seed: int = 1) -> Shares:
    """Indices of outputs (rows x (factors + 2), m) that were computed at the points of `design`."""
    table = np.asarray(outputs, dtype=float)
    rows = len(table) // (factors + 2)
    parts = table.reshape(factors + 2, rows, -1)
    a, b, mixed = parts[0], parts[1], parts[2:]
    middle = (a.mean(axis=0) + b.mean(axis=0)) / 2
    a, b, mixed = a - middle, b - middle, mixed - middle
    counts = np.random.default_rng(seed).multinomial(rows, np.full(rows, 1 / rows), size=draws)
    # The first row of drawing weights is the sample itself.
    weights = np.vstack([np.ones(rows), counts]) / rows
    means = (weights @ a + weights @ b) / 2
    variance = (weights @ a**2 + weights @ b**2) / 2 - means**2
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.where(variance > 1e-12, 1 / variance, np.nan)
    first = np.stack([weights @ (b * (each - a)) * scale for each in mixed])
    total = np.stack([weights @ (a - each) ** 2 / 2 * scale for each in mixed])
    tails = [(1 - level) / 2, (1 + level) / 2]
    first_low, first_high = np.quantile(first[:, 1:], tails, axis=1)
    total_low, total_high = np.quantile(total[:, 1:], tails, axis=1)
    return Shares(first[:, 0], first_low, first_high, total[:, 0], total_low, total_high)
