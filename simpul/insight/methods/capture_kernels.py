"""Kernels of the hidden number: log-linear Poisson models of a capture table, fitted without a design matrix.

A combination of lists is a number whose bits are the lists: 0b011 is "on the first and the second, on no other". A
table of t lists holds 2^t counts under these numbers; the count of 0, the unseen, is kept at 0. A term of a model is
such a number too: its effect holds in every cell that includes it. Hence the fitted values are sums over subsets, and
the score and the information are sums over supersets (entry (a, b) of the information is the fitted total of all cells
that include a and b), both in t 2^t steps.

Where a term of the model has the total 0, its effect is minus infinity: its cells are left out, and the term with them
(Chan, Silverman and Vincent, JASA 116, 2021, section 3.1). Whether the others have finite estimates is read off
Newton's own step d at the end: fitted (1 + X d) has the sufficient statistics of the data, so where it is positive the
estimates exist (Fienberg and Rinaldo, Annals of Statistics 40, 2012, theorem 4); where X d is 0 on the observed cells,
nowhere positive and somewhere negative, d is a direction in which the likelihood never falls, and they do not. What is
neither is DOUBTFUL and goes to the linear programme of `capture_existence`.
"""

import math

import numpy as np
from numba import njit

FINE, ABSENT, UNIDENTIFIED, DOUBTFUL = 0, 1, 2, 4
STEPS, NEAR = 60, 1e-9
# A term whose share of its own information is below this is a sum of the others.
SINGULAR = 1e-10


@njit(cache=True, nogil=True)
def superset_totals(values):
    """In place: what each combination and all that include it add up to."""
    bit, size = 1, len(values)
    while bit < size:
        for cell in range(size):
            if not cell & bit:
                values[cell] += values[cell | bit]
        bit <<= 1


@njit(cache=True, nogil=True)
def subset_totals(values):
    """In place: what each combination and all it includes add up to."""
    bit, size = 1, len(values)
    while bit < size:
        for cell in range(size):
            if cell & bit:
                values[cell] += values[cell ^ bit]
        bit <<= 1


@njit(cache=True, nogil=True)
def decomposed(matrix, count):
    """Cholesky in place in the lower half; False where a row is a sum of those before it."""
    for row in range(count):
        least = SINGULAR * matrix[row, row]
        for column in range(row + 1):
            value = matrix[row, column]
            for each in range(column):
                value -= matrix[row, each] * matrix[column, each]
            if row != column:
                matrix[row, column] = value / matrix[column, column]
            elif value <= least:
                return False
            else:
                matrix[row, row] = math.sqrt(value)
    return True


@njit(cache=True, nogil=True)
def solve(matrix, count, vector):
    """In place, by the decomposition in the lower half of `matrix`."""
    for row in range(count):
        value = vector[row]
        for each in range(row):
            value -= matrix[row, each] * vector[each]
        vector[row] = value / matrix[row, row]
    for row in range(count - 1, -1, -1):
        value = vector[row]
        for each in range(row + 1, count):
            value -= matrix[each, row] * vector[each]
        vector[row] = value / matrix[row, row]


@njit(cache=True, nogil=True)
def kept(totals, terms, places, is_cell):
    """Which terms have people (their number is returned, their places lie in `places`), and which cells they leave."""
    is_cell[:] = True
    is_cell[0] = False
    count, size = 0, len(is_cell)
    for place in range(len(terms)):
        if totals[terms[place]] > 0:
            places[count] = place
            count += 1
        else:
            for cell in range(size):
                if cell & terms[place] == terms[place]:
                    is_cell[cell] = False
    return count


@njit(cache=True, nogil=True)
def information(sums, terms, places, count, matrix):
    for row in range(count):
        one = terms[places[row]]
        for column in range(row + 1):
            matrix[row, column] = sums[one | terms[places[column]]]


@njit(cache=True, nogil=True)
def fitted_cells(effects, terms, places, count, is_cell, logs, cells):
    """Fill `logs` and `cells` (2^t) with the fitted logarithms and values; the sum of the cells."""
    logs[:] = 0.0
    for each in range(count):
        logs[terms[places[each]]] = effects[places[each]]
    subset_totals(logs)
    total = 0.0
    for cell in range(len(cells)):
        cells[cell] = math.exp(min(logs[cell], 700.0)) if is_cell[cell] else 0.0
        total += cells[cell]
    return total


@njit(cache=True, nogil=True)
def beginning(counts, terms, places, count, is_cell, logs, cells, matrix, effects):
    """Effects by weighted least squares of the logarithms of the counts; False where they cannot be told apart."""
    for cell in range(len(cells)):
        cells[cell] = counts[cell] + 0.5 if is_cell[cell] else 0.0
        logs[cell] = cells[cell] * (math.log(cells[cell]) + counts[cell] / cells[cell] - 1) if is_cell[cell] else 0.0
    superset_totals(cells)
    superset_totals(logs)
    information(cells, terms, places, count, matrix)
    if not decomposed(matrix, count):
        return False
    step = np.empty(count)
    for each in range(count):
        step[each] = logs[terms[places[each]]]
    solve(matrix, count, step)
    for each in range(count):
        effects[places[each]] = step[each]
    return True


@njit(cache=True, nogil=True)
def verdict(counts, is_cell, change):
    """Whether Newton's last change of the logarithms of the cells shows that the estimates exist."""
    lowest, highest, observed = 0.0, 0.0, 0.0
    for cell in range(len(counts)):
        if is_cell[cell]:
            lowest = min(lowest, change[cell])
            highest = max(highest, change[cell])
            if counts[cell] > 0:
                observed = max(observed, abs(change[cell]))
    if max(-lowest, highest) < 0.5:
        return FINE
    if observed < 1e-4 and highest < 1e-4:
        return ABSENT
    return DOUBTFUL


@njit(cache=True, nogil=True)
def fit(counts, totals, terms, effects, is_warm, near, cells):
    """Fit one model. Fills `effects` (one a term, minus infinity where its total is 0) and `cells` (2^t fitted values).

    `counts` and `totals` (their superset totals) have 2^t entries; `terms` begin with 0, the intercept, and contain
    every part of each of theirs. With `is_warm` it starts from `effects`. It ends when the gain still to be had is
    below `near`. Returns the code (FINE, ABSENT, UNIDENTIFIED, DOUBTFUL), the log-likelihood less what depends on the
    data alone, and the variance of the intercept.
    """
    size, number = len(counts), len(terms)
    places, is_cell = np.empty(number, np.int64), np.empty(size, np.bool_)
    count = kept(totals, terms, places, is_cell)
    matrix, logs, sums = np.empty((count, count)), np.empty(size), np.empty(size)
    if count < number and not is_told_apart(terms, places, count, is_cell, sums, matrix):
        return UNIDENTIFIED, -math.inf, math.inf
    for place in range(number):
        if totals[terms[place]] <= 0:
            effects[place] = -math.inf
        elif math.isinf(effects[place]):
            is_warm = False
    if not is_warm and not beginning(counts, terms, places, count, is_cell, logs, sums, matrix, effects):
        return UNIDENTIFIED, -math.inf, math.inf
    return newton(counts, totals, terms, effects, places, count, is_cell, matrix, logs, sums, near, cells)


@njit(cache=True, nogil=True)
def is_told_apart(terms, places, count, is_cell, sums, matrix):
    """Whether the terms that are left do not add up to each other on the cells that are left."""
    for cell in range(len(sums)):
        sums[cell] = 1.0 if is_cell[cell] else 0.0
    superset_totals(sums)
    information(sums, terms, places, count, matrix)
    return decomposed(matrix, count)


@njit(cache=True, nogil=True)
def gain(totals, terms, effects, places, count, total):
    value = -total
    for each in range(count):
        value += effects[places[each]] * totals[terms[places[each]]]
    return value


@njit(cache=True, nogil=True)
def newton(counts, totals, terms, effects, places, count, is_cell, matrix, logs, sums, near, cells):
    step, code = np.empty(count), DOUBTFUL
    total = fitted_cells(effects, terms, places, count, is_cell, logs, cells)
    likelihood = gain(totals, terms, effects, places, count, total)
    for _round in range(STEPS):
        sums[:] = cells
        superset_totals(sums)
        information(sums, terms, places, count, matrix)
        for each in range(count):
            step[each] = totals[terms[places[each]]] - sums[terms[places[each]]]
        if not decomposed(matrix, count):
            # Cells that fell to nothing carry too little to go on: which, was seen in the round before.
            break
        score = step.copy()
        solve(matrix, count, step)
        logs[:] = 0.0
        for each in range(count):
            logs[terms[places[each]]] = step[each]
        subset_totals(logs)
        code = verdict(counts, is_cell, logs)
        likelihood = moved(totals, terms, effects, places, count, is_cell, step, logs, cells, likelihood)
        if (score * step).sum() < near:
            break
    return code, likelihood, variance(matrix, count)


@njit(cache=True, nogil=True)
def moved(totals, terms, effects, places, count, is_cell, step, logs, cells, likelihood):
    """Move by the step, or by as many halves of it as the likelihood bears; the likelihood that is reached."""
    share, reached = 1.0, likelihood
    for _halving in range(30):
        for each in range(count):
            effects[places[each]] += share * step[each]
        total = fitted_cells(effects, terms, places, count, is_cell, logs, cells)
        reached = gain(totals, terms, effects, places, count, total)
        if reached >= likelihood - 1e-9 * (1.0 + abs(likelihood)):
            break
        for each in range(count):
            effects[places[each]] -= share * step[each]
        share *= 0.5
    return reached


@njit(cache=True, nogil=True)
def variance(matrix, count):
    """The first entry of the inverse, by the decomposition in the lower half."""
    unit = np.zeros(count)
    unit[0] = 1.0
    solve(matrix, count, unit)
    return unit[0]


@njit(cache=True, nogil=True)
def log_tail(observed, mean):
    """Logarithm of the smaller one-sided Poisson p-value of a count."""
    if mean <= 0:
        return 0.0 if observed <= 0 else -math.inf
    term, series, place = 1.0, 1.0, observed
    if observed <= mean:
        while place > 0 and term > 1e-17 * series:
            term *= place / mean
            series += term
            place -= 1
    else:
        while term > 1e-17 * series:
            place += 1
            term *= mean / place
            series += term
    return min(observed * math.log(mean) - mean - math.lgamma(observed + 1) + math.log(series), 0.0)
