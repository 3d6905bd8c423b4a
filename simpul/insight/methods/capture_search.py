"""Which model: step by step by p-values, the best of all by the Bayesian information criterion, or an average of all.

Step by step: Chan, Silverman and Vincent (JASA 116, 2021, section 3.2). From independent lists on, the pair with the
lowest one-sided Poisson p-value of its total is added while one is below the threshold, if the estimates then exist.
All: Silverman, Chan and Vincent (Statistics and Computing 34:44, 2024); the hierarchical models are ranked by BIC and
the first whose estimates exist is taken. Average: Draper (JRSS-B 57, 1995) and Buckland, Burnham and Augustin
(Biometrics 53, 1997): every model counts with the weight exp(-BIC / 2).
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simpul.insight.methods import capture_loops as loops
from simpul.insight.methods.capture_existence import FINE, existence
from simpul.insight.methods.capture_fit import Fit, fitted, superset_totals
from simpul.insight.methods.capture_kernels import NEAR, fit, log_tail
from simpul.insight.methods.capture_models import (
    Terms,
    hierarchical,
    interactions,
    is_few,
    main_effects,
    neighbours,
    ordered,
    packed,
)
from simpul.insight.methods.capture_table import NO_ESTIMATE, Table
from simpul.insight.methods.refusal import Refused

THRESHOLD = 0.02
# Where not all models can be gone through, the search looks at no more than this many.
MOST_VISITED = 20_000


def stepwise(table: Table, *, threshold: float = THRESHOLD, order: int = 2) -> Fit:
    """The model found step by step; the interactions stand in the order in which they came in.

    Raises `Refused` where not even independent lists have estimates.
    """
    candidates = np.array(interactions(table.size, order=order), np.int64)
    start = main_effects(table.size)
    terms = np.zeros(len(start) + len(candidates), np.int64)
    terms[: len(start)] = start
    length, _intercept, _spread, code, clarity = loops.stepwise(
        table.counts, terms, len(start), candidates, math.log(threshold)
    )
    model = tuple(int(term) for term in terms[:length])
    if clarity == loops.UNCLEAR:
        model = _stepwise_with_care(table, threshold, tuple(int(each) for each in candidates))
    elif code != FINE:
        raise Refused(NO_ESTIMATE)
    return fitted(table, model)


def _stepwise_with_care(table: Table, threshold: float, candidates: Terms) -> Terms:
    """The same, with the linear programme asked about every model."""
    model = main_effects(table.size)
    if existence(table, model):
        raise Refused(NO_ESTIMATE)
    while True:
        sums = _fitted_totals(table, model)
        free = [term for term in candidates if loops.is_next(np.array(model), len(model), term)]
        tails = {term: float(log_tail(float(table.on(term)), sums[term])) for term in free}
        for term in sorted(free, key=lambda term: tails[term]):
            if tails[term] < math.log(threshold) and existence(table, (*model, term)) == FINE:
                model = (*model, term)
                break
        else:
            return model


def _fitted_totals(table: Table, model: Terms) -> NDArray[np.float64]:
    cells, effects = np.empty_like(table.counts), np.zeros(len(model))
    fit(table.counts, superset_totals(table.counts), np.array(model, np.int64), effects, False, NEAR, cells)
    return superset_totals(cells)


@dataclass(frozen=True, eq=False)
class Ranking:
    """Models by BIC, the lowest first. `is_whole` says that all models up to `order` were looked at."""

    seen: int
    order: int
    models: list[Terms]
    criteria: NDArray[np.float64]
    effects: NDArray[np.float64]
    variances: NDArray[np.float64]
    codes: NDArray[np.int64]
    is_whole: bool

    @property
    def fine(self) -> NDArray[np.int64]:
        """Places of the models whose estimates exist."""
        return np.flatnonzero(self.codes == FINE)

    def estimate(self, place: int) -> float:
        return float(self.seen + math.exp(self.effects[place, 0]))

    def best(self) -> int:
        if not len(self.fine):
            raise Refused(NO_ESTIMATE)
        return int(self.fine[0])

    def best_of_order(self, order: int) -> int | None:
        """The place of the best model with terms of at most so many lists."""
        for place in self.fine:
            if all(term.bit_count() <= order for term in self.models[place]):
                return int(place)
        return None

    def within(self, reach: float, *, least: int, most: int) -> NDArray[np.int64]:
        """Places of the models whose BIC is at most `reach` above the best, `least` to `most` of them."""
        near = int((self.criteria[self.fine] <= self.criteria[self.best()] + reach).sum())
        return self.fine[: min(max(near, least), most)]


def ranked(table: Table, *, order: int | None = None) -> Ranking:
    """All hierarchical models with terms of at most `order` lists, by BIC.

    Without an order: of five lists and fewer all models, of more those of pairs. Where they are more than can be gone
    through, the best are sought by steps of one interaction more or less from independent lists and from the stepwise
    model on.
    """
    order = order or (table.size if table.size <= 5 else 2)
    if is_few(table.size, order=order):
        return _sorted(table, order, _all(table.size, order), is_whole=True)
    return _sorted(table, order, _found(table, order), is_whole=False)


@lru_cache(maxsize=16)
def _all(size: int, order: int) -> tuple[Terms, ...]:
    return tuple(hierarchical(size, order=order))


def _sorted(table: Table, order: int, models: tuple[Terms, ...], *, is_whole: bool) -> Ranking:
    codes, likelihoods, effects, variances = _scored(table, models)
    criteria = np.array([len(model) for model in models]) * math.log(table.total) - 2 * likelihoods
    places = np.argsort(criteria, kind="stable")
    # Models that cannot be told apart from smaller ones have no likelihood of their own and stand last.
    codes = codes[places]
    for place in np.flatnonzero(codes > 2):
        codes[place] = existence(table, models[places[place]])
    return Ranking(
        table.total,
        order,
        [models[place] for place in places],
        criteria[places],
        effects[places],
        variances[places],
        codes,
        is_whole,
    )


def _scored(table: Table, models: tuple[Terms, ...]) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    terms, lengths = packed(models)
    found: tuple[NDArray, NDArray, NDArray, NDArray] = loops.score(table.counts, terms, lengths, NEAR)
    return found


def _found(table: Table, order: int) -> tuple[Terms, ...]:
    """Models on the ways downhill from independent lists and from the stepwise model, with all their neighbours."""
    possible = interactions(table.size, order=order)
    penalty, criteria = math.log(table.total), dict[Terms, float]()
    for start in (main_effects(table.size), ordered(stepwise(table).model)):
        here = start
        while len(criteria) < MOST_VISITED:
            about = [model for model in (here, *neighbours(here, possible)) if model not in criteria]
            if about:
                likelihoods = _scored(table, tuple(about))[1]
                criteria |= {
                    model: penalty * len(model) - 2 * float(each)
                    for model, each in zip(about, likelihoods, strict=True)
                }
            lowest = min((here, *neighbours(here, possible)), key=lambda model: criteria[model])
            if lowest == here:
                break
            here = lowest
    return tuple(criteria)


@dataclass(frozen=True, eq=False)
class Average:
    """Models whose estimates exist, each a lognormal distribution of the unseen with a weight."""

    seen: int
    weights: NDArray[np.float64]
    logs: NDArray[np.float64]
    spreads: NDArray[np.float64]

    def quantile(self, share: float) -> float:
        """All, seen and unseen, below which this share of the mixture lies."""
        low, high = float((self.logs - 9 * self.spreads).min()), float((self.logs + 9 * self.spreads).max())
        for _halving in range(60):
            middle = (low + high) / 2
            is_below = loops.mixture_below(middle, self.weights, self.logs, self.spreads) < share
            low, high = (middle, high) if is_below else (low, middle)
        return self.seen + math.exp(low)


def averaged(ranking: Ranking) -> Average:
    """The models of a ranking, less those too far from the best to weigh anything."""
    near = ranking.within(25.0, least=1, most=len(ranking.models))
    distances = ranking.criteria[near] - ranking.criteria[ranking.best()]
    weights = np.exp(-distances / 2)
    logs = ranking.effects[near, 0]
    return Average(ranking.seen, weights / weights.sum(), logs, np.sqrt(ranking.variances[near] + np.exp(-logs)))
