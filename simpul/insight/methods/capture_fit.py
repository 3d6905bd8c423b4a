"""One model fitted to a capture table: its estimate of all, seen and unseen, and the profile of its likelihood.

The counts are Poisson (Cormack, Biometrics 45, 1989); the unseen are the exponential of the intercept. Effects of
combinations nobody is on are minus infinity (Chan, Silverman and Vincent, JASA 116, 2021). The interval of one model is
that of its profile likelihood: all intercepts whose deviance is less than 3.84 above the least.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from simpul.insight.methods import capture_kernels as kernels
from simpul.insight.methods.capture_existence import FINE, design, existence, remaining
from simpul.insight.methods.capture_models import Terms
from simpul.insight.methods.capture_table import Counts, Table

Vector = NDArray[np.float64]

# The profile is laid through points so many to the normal quantile of 1 - 0.05 / 8, ten at most on each side.
_POINTS, _FURTHEST, _MOST = 5, 2.497705474412, 10


@dataclass(frozen=True)
class Fit:
    """`effects` has one entry a term; `bic` is -2 log-likelihood + terms log(people), less what all models share.

    `variance` is that of the logarithm of the unseen, the estimate's own and a Poisson count's about it (Rivest and
    Lévesque, Canadian Journal of Statistics 29, 2001).
    """

    model: Terms
    code: int
    seen: int
    effects: Vector
    likelihood: float
    intercept_variance: float

    @property
    def unseen(self) -> float:
        return math.exp(self.effects[0]) if self.code == FINE else math.nan

    @property
    def estimate(self) -> float:
        return self.seen + self.unseen

    @property
    def variance(self) -> float:
        return self.intercept_variance + 1 / self.unseen

    @property
    def bic(self) -> float:
        return len(self.model) * math.log(self.seen) - 2 * self.likelihood


def fitted(table: Table, model: Terms) -> Fit:
    """Fit a hierarchical model. Where the estimates do not exist or are not the only ones, `code` says so."""
    totals, cells, effects = superset_totals(table.counts), np.empty_like(table.counts), np.zeros(len(model))
    found, likelihood, variance = kernels.fit(
        table.counts, totals, np.array(model, np.int64), effects, False, kernels.NEAR, cells
    )
    code = int(found) if found == FINE else existence(table, model)
    return Fit(model, code, table.total, effects, float(likelihood), float(variance))


def superset_totals(counts: Counts) -> Counts:
    """How many are on all lists of each combination, and perhaps on others."""
    totals = counts.copy()
    kernels.superset_totals(totals)
    return totals


@dataclass(frozen=True)
class Profile:
    """The signed root of the deviance (`roots`) at some intercepts, of one model on one table."""

    seen: int
    intercepts: Vector
    roots: Vector

    def quantile(self, share: float) -> float:
        """All, seen and unseen, at this share of the profile's confidence distribution (0.025 is a lower limit)."""
        return float(self.seen + math.exp(np.interp(NormalDist().inv_cdf(share), *self._read())))

    def _read(self) -> tuple[Vector, Vector]:
        """Roots and intercepts close together, by a cubic spline through the points.

        The published limits were read off like this; the crossing itself lies within three millionths of them.
        """
        places = np.linspace(self.intercepts[0], self.intercepts[-1], 3 * len(self.intercepts))
        return spline(self.intercepts, self.roots, places), places


def profile(table: Table, fit: Fit) -> Profile:
    """The profile of the intercept of a model that fits."""
    left = remaining(table, fit.model)
    rest = design(left.terms[1:], left.cells)
    counts = table.counts[list(left.cells)]
    effects = np.array([value for value in fit.effects[1:] if math.isfinite(value)])
    step = _FURTHEST / _POINTS * math.sqrt(fit.intercept_variance)
    points = {float(fit.effects[0]): 0.0}
    for side in (-1, 1):
        start = effects
        for place in range(1, _MOST + 1):
            intercept = float(fit.effects[0]) + side * place * step
            start, likelihood = _with_intercept(rest, counts, intercept, start)
            root = math.sqrt(max(2 * (fit.likelihood - likelihood), 0.0))
            points[intercept] = side * root
            if root > _FURTHEST:
                break
    intercepts = np.array(sorted(points))
    return Profile(fit.seen, intercepts, np.array([points[each] for each in intercepts]))


def _with_intercept(rest: Vector, counts: Vector, intercept: float, start: Vector) -> tuple[Vector, float]:
    """The other effects by Newton's method with the intercept held, and their log-likelihood."""
    effects, best = start, _likelihood(rest, counts, intercept, start)
    for _round in range(50):
        cells = np.exp(intercept + rest @ effects)
        score = rest.T @ (counts - cells)
        step = np.linalg.solve(rest.T @ (cells[:, None] * rest), score)
        reached = _likelihood(rest, counts, intercept, effects + step)
        while reached < best - 1e-9 * abs(best) and np.abs(step).max() > 1e-12:
            step = step / 2
            reached = _likelihood(rest, counts, intercept, effects + step)
        effects, best = effects + step, reached
        if score @ step < 1e-12:
            break
    return effects, best


def _likelihood(rest: Vector, counts: Vector, intercept: float, effects: Vector) -> float:
    logs = intercept + rest @ effects
    return float(counts @ logs - np.exp(np.minimum(logs, 700)).sum())


def spline(x: Vector, y: Vector, at: Vector) -> Vector:
    """The cubic spline through the points, whose ends bend as the cubic through the last four points does.

    Forsythe, Malcolm and Moler, Computer Methods for Mathematical Computations, 1977, chapter 4.
    """
    width, count = np.diff(x), len(x)
    slope = np.diff(y) / width
    matrix, right = np.zeros((count, count)), np.zeros(count)
    for row in range(1, count - 1):
        matrix[row, row - 1 : row + 2] = width[row - 1], 2 * (width[row - 1] + width[row]), width[row]
        right[row] = 6 * (slope[row] - slope[row - 1])
    matrix[0, :2] = -1 / width[0], 1 / width[0]
    matrix[-1, -2:] = -1 / width[-1], 1 / width[-1]
    right[0], right[-1] = _third(x[:4], y[:4]), _third(x[-4:], y[-4:])
    bend = np.linalg.solve(matrix, right)
    place = np.clip(np.searchsorted(x, at, side="right") - 1, 0, count - 2)
    share = (at - x[place]) / width[place]
    rest = 1 - share
    curve = (rest**3 - rest) * bend[place] + (share**3 - share) * bend[place + 1]
    return np.asarray(rest * y[place] + share * y[place + 1] + curve * width[place] ** 2 / 6)


def _third(x: Vector, y: Vector) -> float:
    """The third derivative of the cubic through four points."""
    for step in (1, 2, 3):
        y = np.diff(y) / (x[step:] - x[:-step])
    return float(6 * y[0])
