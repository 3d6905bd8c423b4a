"""Loops of the hidden number: many models on one table, and many drawn tables through a whole choice of model.

Each loop is plain and keeps no state, so that threads may share the drawn tables among them: what comes out does not
depend on how many there are. The models of a list of models lie in the rows of a table of terms, `lengths` long.
"""

import math

import numpy as np
from numba import njit

from simpul.insight.methods.capture_kernels import (
    FINE,
    NEAR,
    decomposed,
    fit,
    fitted_cells,
    information,
    kept,
    log_tail,
    superset_totals,
)

# While models are compared, this much of a log-likelihood does not matter; the one chosen is fitted to NEAR.
ROUGH = 1e-5
# A drawn table moves the likelihood a little further than one step of Newton's says: by less than this, nearly always.
SLACK = 6.0
CLEAR, UNCLEAR = 0, 1
LEFT_OUT = -1


@njit(cache=True, nogil=True)
def score(counts, models, lengths, near):
    """Fit every model to one table: codes, log-likelihoods, effects (a row a model), variances of the intercept."""
    number, totals, cells = len(models), counts.copy(), np.empty(len(counts))
    superset_totals(totals)
    codes, likelihoods, variances = np.empty(number, np.int64), np.empty(number), np.empty(number)
    effects = np.zeros(models.shape)
    for place in range(number):
        length = lengths[place]
        codes[place], likelihoods[place], variances[place] = fit(
            counts, totals, models[place, :length], effects[place, :length], False, near, cells
        )
    return codes, likelihoods, effects, variances


@njit(cache=True, nogil=True)
def stepwise(counts, terms, length, candidates, threshold):
    """Add to the first `length` terms, as long as any has a p-value below `threshold`, the one with the lowest.

    A candidate counts once all its parts are in the model, and only if the estimates exist with it. `terms` has room
    for all candidates and is filled; returns how many there are, the intercept, the variance of the intercept, the code
    of the model, and UNCLEAR if some candidate was passed over whose estimates were DOUBTFUL.
    """
    totals, cells = counts.copy(), np.empty(len(counts))
    superset_totals(totals)
    effects, trial = np.zeros(len(terms)), np.zeros(len(terms))
    code, _likelihood, spread = fit(counts, totals, terms[:length], effects[:length], False, NEAR, cells)
    clarity = UNCLEAR if code > 2 else CLEAR
    sums, waits, tails = np.empty(len(counts)), np.empty(len(candidates), np.bool_), np.empty(len(candidates))
    while code == FINE:
        sums[:] = cells
        superset_totals(sums)
        for place in range(len(candidates)):
            waits[place] = is_next(terms, length, candidates[place])
            tails[place] = log_tail(totals[candidates[place]], sums[candidates[place]]) if waits[place] else 0.0
        grown = False
        while not grown:
            best = -1
            for place in range(len(candidates)):
                if waits[place] and tails[place] < threshold and (best < 0 or tails[place] < tails[best]):
                    best = place
            if best < 0:
                break
            waits[best] = False
            terms[length] = candidates[best]
            trial[:length] = effects[:length]
            trial[length] = 0.0
            found, _likelihood, width = fit(counts, totals, terms[: length + 1], trial[: length + 1], True, NEAR, cells)
            grown = found == FINE
            if found > 2:
                clarity = UNCLEAR
        if not grown:
            break
        length, spread = length + 1, width
        effects[:length] = trial[:length]
    return length, effects[0], spread, code, clarity


@njit(cache=True, nogil=True)
def is_next(terms, length, candidate):
    """It is not in the model, and all its parts are."""
    for place in range(length):
        if terms[place] == candidate:
            return False
    bit = 1
    while bit <= candidate:
        if candidate & bit:
            is_there = False
            for place in range(length):
                if terms[place] == candidate ^ bit:
                    is_there = True
            if not is_there:
                return False
        bit <<= 1
    return True


@njit(cache=True, nogil=True)
def stepwise_each(tables, start, candidates, threshold, sizes, clarity):
    """The whole stepwise choice for each table: fills `sizes` (seen and unseen; nan where there is no estimate)."""
    terms = np.empty(len(start) + len(candidates), np.int64)
    for place in range(len(tables)):
        terms[: len(start)] = start
        _length, intercept, _spread, code, clear = stepwise(tables[place], terms, len(start), candidates, threshold)
        sizes[place] = tables[place].sum() + math.exp(intercept) if code == FINE else math.nan
        clarity[place] = clear


@njit(cache=True, nogil=True)
def factors(counts, models, lengths, effects):
    """The information of every model at its fit to one table, decomposed: models x terms x terms, lower halves.

    Only of the terms with finite effects, in their order.
    """
    number, width = models.shape
    size = len(counts)
    halves, totals = np.zeros((number, width, width)), counts.copy()
    is_cell, logs, cells = np.empty(size, np.bool_), np.empty(size), np.empty(size)
    places = np.empty(width, np.int64)
    superset_totals(totals)
    for place in range(number):
        terms = models[place, : lengths[place]]
        count = kept(totals, terms, places, is_cell)
        fitted_cells(effects[place], terms, places, count, is_cell, logs, cells)
        superset_totals(cells)
        information(cells, terms, places, count, halves[place])
        decomposed(halves[place], count)
    return halves


@njit(cache=True, nogil=True)
def screen(totals, observed, models, lengths, effects, halves, criteria):
    """Fill in about which BIC each model would have on a table whose totals are `totals`.

    The log-likelihood at the effects of the observed table, and what one step of Newton's would gain on it: the score
    there is the difference of the totals.
    """
    penalty, step = math.log(totals[0]), np.empty(models.shape[1])
    for place in range(len(models)):
        likelihood, gained, count = -observed[0], 0.0, 0
        for each in range(lengths[place]):
            term = models[place, each]
            if observed[term] <= 0:
                continue
            likelihood += effects[place, each] * totals[term]
            value = totals[term] - observed[term]
            for other in range(count):
                value -= halves[place, count, other] * step[other]
            step[count] = value / halves[place, count, count]
            gained += step[count] ** 2
            count += 1
        criteria[place] = penalty * lengths[place] - 2 * likelihood - gained


@njit(cache=True, nogil=True)
def choose_each(tables, counts, models, lengths, effects, halves, sizes, chosen, clarity):
    """The model with the lowest BIC whose estimates exist, for each table: fills `sizes` and `chosen` (-1 for none).

    `effects` and `halves` are those of the models on the table that was observed (`counts`): by them all models are
    screened, and fitted are those that come within SLACK of the best; where none of them has estimates, all.
    """
    number, width = models.shape
    about, criteria, warm = np.empty(number), np.empty(number), np.empty((number, width))
    codes, cells, observed = np.empty(number, np.int64), np.empty(tables.shape[1]), counts.copy()
    superset_totals(observed)
    for place in range(len(tables)):
        totals = tables[place].copy()
        superset_totals(totals)
        screen(totals, observed, models, lengths, effects, halves, about)
        sizes[place], chosen[place], clarity[place] = math.nan, -1, CLEAR
        for slack in (SLACK, math.inf):
            compare(tables[place], totals, models, lengths, about, slack, effects, warm, codes, criteria, cells)
            best = take(codes, criteria)
            if best >= 0:
                length = lengths[best]
                fit(tables[place], totals, models[best, :length], warm[best, :length], True, NEAR, cells)
                sizes[place], chosen[place] = totals[0] + math.exp(warm[best, 0]), best
                break
        for each in range(number):
            if codes[each] > 2 and (best < 0 or criteria[each] <= criteria[best]):
                clarity[place] = UNCLEAR


@njit(cache=True, nogil=True)
def compare(counts, totals, models, lengths, about, slack, effects, warm, codes, criteria, cells):
    """Fit the models that are about as good as the best, by `slack`: fills `warm`, `codes` and `criteria`."""
    limit, penalty = np.min(about) + slack, math.log(totals[0])
    for each in range(len(models)):
        codes[each], criteria[each] = LEFT_OUT, math.inf
        if about[each] <= limit:
            length = lengths[each]
            warm[each] = effects[each]
            codes[each], likelihood, _spread = fit(
                counts, totals, models[each, :length], warm[each, :length], True, ROUGH, cells
            )
            criteria[each] = penalty * length - 2 * likelihood


@njit(cache=True, nogil=True)
def take(codes, criteria):
    """The place of the lowest criterion of a model whose estimates exist; -1 where there is none."""
    best = -1
    for each in range(len(codes)):
        if codes[each] == FINE and (best < 0 or criteria[each] < criteria[best]):
            best = each
    return best


@njit(cache=True, nogil=True)
def mixture_below(point, weights, centres, spreads):
    """The share of a mixture of normal distributions that lies below a point."""
    below = 0.0
    for place in range(len(weights)):
        below += weights[place] * 0.5 * math.erfc((centres[place] - point) / (spreads[place] * math.sqrt(2.0)))
    return below
