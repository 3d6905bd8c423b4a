"""Latent classes: people are of a few kinds, and within a kind the lists are independent.

What makes lists depend on each other is often that some people are hard to find for everybody. A model of kinds says so
with few parameters (Goodman, Biometrika 61, 1974; for hidden populations Manrique-Vallier, Biometrics 72, 2016, and the
coverage of such models in Binette and Steorts, JRSS-A 185, 2022, which is poor: hence it is one opinion among others).
The number of kinds is chosen by BIC; the fit is by maximum likelihood, by Fisher scoring from several beginnings. A
kind that hides from every list has no size that the data could tell: then there is no estimate.
"""

import math
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from simpul.insight.methods.capture_kernels import decomposed, solve
from simpul.insight.methods.capture_table import NO_ESTIMATE, Counts, Table
from simpul.insight.methods.refusal import Refused

Vector = NDArray[np.float64]

LEAST_LISTS, MOST_CLASSES = 4, 3
BEGINNINGS = 24
# An estimate of more than this many times the people seen has run away.
RUNAWAY = 1000.0
# Logits are kept within this: a list that has everybody of a kind, or nobody.
_EDGE = 12.0


@dataclass(frozen=True, eq=False)
class LatentFit:
    """`parameters` are log(all), classes - 1 logits of shares against the first kind, and classes x t logits."""

    classes: int
    seen: int
    parameters: Vector
    likelihood: float

    @property
    def estimate(self) -> float:
        return float(math.exp(self.parameters[0]))

    @property
    def bic(self) -> float:
        return len(self.parameters) * math.log(self.seen) - 2 * self.likelihood

    @property
    def shares(self) -> Vector:
        weights = np.exp(np.concatenate([[0.0], self.parameters[1 : self.classes]]))
        return np.asarray(weights / weights.sum())


def latent(table: Table, *, seed: int = 1) -> LatentFit:
    """The latent class model with the lowest BIC.

    Refused with fewer than `LEAST_LISTS` lists, for then two kinds cannot be told from each other, and where the
    estimate runs away.
    """
    if table.size < LEAST_LISTS:
        raise Refused(NO_ESTIMATE, lists=table.size, least=LEAST_LISTS)
    found = [
        fit
        for classes in range(1, MOST_CLASSES + 1)
        if classes * (table.size + 1) <= len(table.counts) - 1
        for fit in [fitted(table, classes, seed=seed)]
    ]
    best = min(found, key=lambda fit: fit.bic)
    if not best.estimate < RUNAWAY * table.total:
        raise Refused(NO_ESTIMATE)
    return best


def fitted(table: Table, classes: int, *, seed: int = 1) -> LatentFit:
    """So many kinds, from the best of several beginnings."""
    chance, best = np.random.default_rng([seed, classes]), None
    for _beginning in range(BEGINNINGS if classes > 1 else 1):
        parameters = _beginning_at(table, classes, chance)
        likelihood = _climb(table.counts, parameters, classes, table.size, 400, 1e-9)
        if best is None or likelihood > best.likelihood + 1e-9:
            best = LatentFit(classes, table.total, parameters, float(likelihood))
    assert best is not None
    return best


def _beginning_at(table: Table, classes: int, chance: np.random.Generator) -> Vector:
    on = np.array(list(table.on_lists().values())) / (2.0 * table.total)
    logits = np.log(on / (1 - on)) + (chance.normal(0, 1.5, (classes, table.size)) if classes > 1 else 0.0)
    shares = chance.normal(0, 1, classes - 1)
    return np.concatenate(
        [[math.log(3.0 * table.total)], shares, np.broadcast_to(logits, (classes, table.size)).ravel()]
    )


def each(tables: Counts, fit: LatentFit) -> Vector:
    """The estimate on each table (draws x 2^t), beginning from the fit; nan where it ran away."""
    sizes = np.empty(len(tables))
    _climb_each(tables, fit.parameters, fit.classes, int(tables.shape[1]).bit_length() - 1, sizes)
    return np.where(sizes < RUNAWAY * fit.seen, sizes, np.nan)


@njit(cache=True, nogil=True)
def _climb_each(tables, start, classes, lists, sizes):
    for place in range(len(tables)):
        parameters = start.copy()
        _climb(tables[place], parameters, classes, lists, 150, 1e-6)
        sizes[place] = math.exp(parameters[0])


@njit(cache=True, nogil=True)
def _cells(parameters, classes, lists, cells, slopes):
    """Fill the expected counts (2^t) and their slopes by each parameter (2^t x parameters); the unseen stay at 0."""
    size = 1 << lists
    shares = np.ones(classes)
    for kind in range(1, classes):
        shares[kind] = math.exp(parameters[kind])
    shares /= shares.sum()
    chances = np.empty((classes, lists))
    for kind in range(classes):
        for place in range(lists):
            chances[kind, place] = 1 / (1 + math.exp(-parameters[classes + kind * lists + place]))
    everybody = math.exp(parameters[0])
    total = 0.0
    slopes[:] = 0.0
    cells[0] = 0.0
    for cell in range(1, size):
        cells[cell] = 0.0
        for kind in range(classes):
            value = everybody * shares[kind]
            for place in range(lists):
                value *= chances[kind, place] if cell >> place & 1 else 1 - chances[kind, place]
            cells[cell] += value
            if kind:
                slopes[cell, kind] += value
            for place in range(lists):
                slopes[cell, classes + kind * lists + place] += value * ((cell >> place & 1) - chances[kind, place])
        for kind in range(1, classes):
            slopes[cell, kind] -= shares[kind] * cells[cell]
        slopes[cell, 0] = cells[cell]
        total += cells[cell]
    return total


@njit(cache=True, nogil=True)
def _gain(counts, cells, total):
    value = -total
    for cell in range(1, len(counts)):
        if counts[cell] > 0:
            value += counts[cell] * math.log(max(cells[cell], 1e-300))
    return value


@njit(cache=True, nogil=True)
def _climb(counts, parameters, classes, lists, rounds, near):
    """Fisher scoring, damped (Levenberg and Marquardt), in place; the log-likelihood."""
    size, number = 1 << lists, len(parameters)
    cells, slopes, matrix = np.empty(size), np.empty((size, number)), np.empty((number, number))
    score, trial, damping = np.empty(number), np.empty(number), 1e-2
    best = _gain(counts, cells, _cells(parameters, classes, lists, cells, slopes))
    for _round in range(rounds):
        _information(counts, cells, slopes, matrix, score)
        grown = 0.0
        for _attempt in range(12):
            if _tried(parameters, classes, matrix, score, damping, trial):
                reached = _gain(counts, cells, _cells(trial, classes, lists, cells, slopes))
                grown = reached - best
                if grown > 0:
                    break
            damping *= 6
        if not grown > 0:
            break
        best += grown
        parameters[:] = trial
        damping = max(damping * 0.2, 1e-7)
        if grown < near:
            break
    return best


@njit(cache=True, nogil=True)
def _information(counts, cells, slopes, matrix, score):
    number = len(score)
    matrix[:] = 0.0
    score[:] = 0.0
    for cell in range(1, len(cells)):
        weight = 1 / max(cells[cell], 1e-12)
        away = (counts[cell] - cells[cell]) * weight
        for row in range(number):
            score[row] += slopes[cell, row] * away
            for column in range(row + 1):
                matrix[row, column] += slopes[cell, row] * slopes[cell, column] * weight


@njit(cache=True, nogil=True)
def _tried(parameters, classes, matrix, score, damping, trial):
    """Fill `trial` with the parameters after a damped step; False where there is none."""
    number, held, step = len(score), matrix.copy(), score.copy()
    for row in range(number):
        held[row, row] += damping * (matrix[row, row] + 1e-6)
    if not decomposed(held, number):
        return False
    solve(held, number, step)
    for row in range(number):
        trial[row] = parameters[row] + min(max(step[row], -3.0), 3.0)
        if row >= classes:
            trial[row] = min(max(trial[row], -_EDGE), _EDGE)
    trial[0] = min(trial[0], 40.0)
    return True
