"""The hidden number: how many people there are, from how the lists they are on overlap.

Several methods on the same table, because no single one is to be trusted (Binette and Steorts, JRSS-A 185, 2022):
independent lists, the stepwise choice of Chan, Silverman and Vincent (2021), the best model by BIC of Silverman, Chan
and Vincent (2024), the average of all models, latent classes. Beside them what becomes of the estimate when a list is
left out, and whether the number may be published. All numbers count the seen with the unseen.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from statistics import geometric_mean

import numpy as np
from numpy.typing import NDArray

from simpul.insight.methods import capture_latent, capture_loops
from simpul.insight.methods.capture_bootstrap import GRID, LEVELS, Spread, spread
from simpul.insight.methods.capture_existence import FINE, existence
from simpul.insight.methods.capture_fit import Fit, fitted, profile
from simpul.insight.methods.capture_models import interactions, main_effects, names, packed
from simpul.insight.methods.capture_pooling import pooled
from simpul.insight.methods.capture_search import THRESHOLD, Ranking, averaged, ranked, stepwise
from simpul.insight.methods.capture_table import LEAST_OVERLAP, NO_ESTIMATE, Counts, Table, check, smaller
from simpul.insight.methods.capture_verdict import Opinion, Verdict, judged
from simpul.insight.methods.refusal import Refused

Vector = NDArray[np.float64]

INDEPENDENCE, STEPWISE, BIC, AVERAGED, LATENT = METHODS = ("independence", "stepwise", "bic", "averaged", "latent")
DRAWS = 10_000
# Latent classes are slower to fit and only one opinion: so many draws at most.
LATENT_DRAWS = 2_000
# On drawn tables BIC looks at models this near to the best of the observed table (Silverman, Chan and Vincent 2024,
# section 3: a shortlist by the original BIC gives the intervals of the whole search).
REACH, SHORTEST, LONGEST = 40.0, 200, 2000
# Independence counts as an opinion while its BIC is this near to the best: beyond, the evidence against it is very
# strong (Raftery, Sociological Methodology 25, 1995).
CONTRADICTED = 10.0
_LIMITS = np.array([0.025, 0.975])


@dataclass(frozen=True)
class Settings:
    """What is asked: `order` bounds the lists in one term for BIC and the average (None: all that can be searched)."""

    methods: tuple[str, ...] = METHODS
    draws: int = DRAWS
    seed: int = 1
    order: int | None = None
    threshold: float = THRESHOLD
    least_overlap: int = LEAST_OVERLAP


@dataclass(frozen=True, eq=False)
class Estimate:
    """What a method says. `quantiles` (at `GRID`) are its whole confidence distribution, `errors` the Monte Carlo
    standard errors of both limits, `interval` how they were found (profile, bca, mixture, pooled)."""

    method: str
    estimate: float
    low: float
    high: float
    model: tuple[str, ...]
    interval: str
    quantiles: Vector
    draws: int = 0
    failed: int = 0
    errors: tuple[float, float] = (0.0, 0.0)
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Result:
    """All that is said of a table, or of several linkages of the same lists. `refused` are methods without a number;
    `without` holds for each list the estimates of methods with it left out (nan where there is none)."""

    tables: tuple[Table, ...]
    estimates: dict[str, Estimate]
    refused: dict[str, str]
    without: dict[str, dict[str, float]]
    counting: tuple[str, ...]
    diagnostics: dict[str, object]
    verdict: Verdict


def estimated(
    tables: Sequence[Table], settings: Settings = Settings(), *, told: Callable[[str], None] = lambda step: None
) -> Result:
    """Estimate by every method. Several tables are linkages of the same lists, pooled into one estimate.

    Raises `Refused` where nothing can be defended: fewer than two lists, nobody on two, fewer than `least_overlap`, or
    no method with an estimate. `told` hears the name of each step.
    """
    first = tables[0]
    tables = [first, *(table.reordered(first.lists) for table in tables[1:])]
    for table in tables:
        check(table, least_overlap=settings.least_overlap)
    share = _share(settings, tables)
    each = [
        _of_one(table, replace(settings, draws=share, seed=settings.seed + place), told)
        for place, table in enumerate(tables)
    ]
    estimates = {
        method: _pooled([found.estimates[method] for found in each])
        for method in settings.methods
        if all(method in found.estimates for found in each)
    }
    if not estimates:
        raise Refused(NO_ESTIMATE)
    refused = {method: reason for found in each for method, reason in found.refused.items()}
    without = _without(tables, tuple(estimates), settings, told)
    counting = _counting(estimates, each[0].contradicted)
    return Result(
        tuple(tables),
        estimates,
        refused,
        without,
        counting,
        each[0].diagnostics,
        judged(
            [_opinion(estimates[method]) for method in counting],
            lists=first.size,
            without=_moved(estimates, without, counting),
        ),
    )


def _share(settings: Settings, tables: Sequence[Table]) -> int:
    """Draws for each of several linkages: together about as many as for one, and 1,000 at least."""
    return max(settings.draws // len(tables), min(settings.draws, 1000))


@dataclass(eq=False)
class _Found:
    estimates: dict[str, Estimate] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    diagnostics: dict[str, object] = field(default_factory=dict)
    contradicted: bool = False


def _of_one(table: Table, settings: Settings, told: Callable[[str], None]) -> _Found:
    found = _Found()
    needs_ranking = {INDEPENDENCE, BIC, AVERAGED} & set(settings.methods)
    ranking = ranked(table, order=settings.order) if needs_ranking and table.size > 2 else None
    if ranking is not None:
        found.diagnostics = described(ranking, table)
        found.contradicted = _contradicts(ranking, table)
    for method in settings.methods:
        told(method)
        try:
            found.estimates[method] = _WAYS[method](table, ranking, settings)
        except Refused as refusal:
            found.refused[method] = refusal.reason
    return found


# --- the methods


def by_independence(table: Table, ranking: Ranking | None, settings: Settings) -> Estimate:
    """Main effects only, with the interval of its profile likelihood."""
    fit = fitted(table, main_effects(table.size))
    if fit.code != FINE:
        raise Refused(NO_ESTIMATE, code=fit.code)
    found = profile(table, fit)
    return Estimate(
        INDEPENDENCE,
        fit.estimate,
        found.quantile(0.025),
        found.quantile(0.975),
        (),
        "profile",
        np.array([found.quantile(float(share)) for share in GRID]),
    )


def by_steps(table: Table, ranking: Ranking | None, settings: Settings) -> Estimate:
    """The stepwise model of pairs; drawn tables go through all steps again."""
    fit = stepwise(table, threshold=settings.threshold)
    return _spread_out(STEPWISE, tuple(names(fit.model, table.lists)), steps_spread(table, fit, settings), settings, {})


def steps_spread(table: Table, fit: Fit, settings: Settings, *, given: Counts | None = None) -> Spread:
    """The BCa distribution of the stepwise estimate, on `given` drawn tables or on new ones."""

    def estimator(drawn: Counts) -> Vector:
        return stepwise_of_each(drawn, table.size, settings.threshold)

    return spread(table, fit.estimate, estimator, draws=settings.draws, seed=settings.seed, given=given)


def stepwise_of_each(drawn: Counts, lists: int, threshold: float = THRESHOLD) -> Vector:
    """The stepwise estimate of each drawn table (draws x 2^t); nan where there is none."""
    sizes, clarity = np.empty(len(drawn)), np.empty(len(drawn), np.int64)
    start, candidates = main_effects(lists), interactions(lists, order=2)
    capture_loops.stepwise_each(
        drawn, np.array(start, np.int64), np.array(candidates, np.int64), math.log(threshold), sizes, clarity
    )
    for place in np.flatnonzero(clarity == capture_loops.UNCLEAR):
        try:
            sizes[place] = stepwise(_anonymous(drawn[place]), threshold=threshold).estimate
        except Refused:
            sizes[place] = math.nan
    return sizes


def _anonymous(counts: Counts) -> Table:
    return Table(tuple(map(str, range(len(counts).bit_length() - 1))), counts)


def by_bic(table: Table, ranking: Ranking | None, settings: Settings) -> Estimate:
    """The best of all models; on drawn tables the best of a shortlist."""
    ranking = _needed(ranking)
    best, pairs = ranking.best(), ranking.best_of_order(2)
    estimator, shortlist = best_of_each(table, ranking)
    found = spread(table, ranking.estimate(best), estimator, draws=settings.draws, seed=settings.seed)
    details: dict[str, object] = {
        "order": ranking.order,
        "models": len(ranking.models),
        "is_whole": ranking.is_whole,
        "shortlist": shortlist,
    }
    if pairs is not None:
        model = names(ranking.models[pairs], table.lists)
        details["pairs_only"] = {"estimate": ranking.estimate(pairs), "model": model}
    return _spread_out(BIC, tuple(names(ranking.models[best], table.lists)), found, settings, details)


def best_of_each(table: Table, ranking: Ranking) -> tuple[Callable[[Counts], Vector], int]:
    """What gives the estimate of the best model for each drawn table (draws x 2^t), and of how many models."""
    near = ranking.within(REACH, least=SHORTEST, most=LONGEST)
    terms, lengths = packed([ranking.models[place] for place in near])
    effects = np.ascontiguousarray(ranking.effects[near, : terms.shape[1]])
    halves = capture_loops.factors(table.counts, terms, lengths, effects)

    def estimator(drawn: Counts) -> Vector:
        sizes, chosen = np.empty(len(drawn)), np.empty(len(drawn), np.int64)
        clarity = np.empty(len(drawn), np.int64)
        capture_loops.choose_each(drawn, table.counts, terms, lengths, effects, halves, sizes, chosen, clarity)
        for place in np.flatnonzero(clarity == capture_loops.UNCLEAR):
            again = ranked(Table(table.lists, drawn[place]), order=ranking.order)
            sizes[place] = again.estimate(again.best()) if len(again.fine) else math.nan
        return sizes

    return estimator, len(near)


def by_average(table: Table, ranking: Ranking | None, settings: Settings) -> Estimate:
    """The median of the mixture of all models, weighted by BIC, and its quantiles as limits."""
    average = averaged(_needed(ranking))
    details: dict[str, object] = {"models": len(average.weights), "largest_weight": float(average.weights.max())}
    return Estimate(
        AVERAGED,
        average.quantile(0.5),
        average.quantile(0.025),
        average.quantile(0.975),
        (),
        "mixture",
        np.array([average.quantile(float(share)) for share in GRID]),
        details=details,
    )


def by_classes(table: Table, ranking: Ranking | None, settings: Settings) -> Estimate:
    """Latent classes; the number of kinds stays on drawn tables."""
    fit = capture_latent.latent(table, seed=settings.seed)
    draws = min(settings.draws, LATENT_DRAWS)
    found = spread(table, fit.estimate, lambda drawn: capture_latent.each(drawn, fit), draws=draws, seed=settings.seed)
    details = {"classes": fit.classes, "shares": fit.shares.tolist()}
    return _spread_out(LATENT, (f"{fit.classes} classes",), found, settings, details)


_WAYS = {INDEPENDENCE: by_independence, STEPWISE: by_steps, BIC: by_bic, AVERAGED: by_average, LATENT: by_classes}


def _needed(ranking: Ranking | None) -> Ranking:
    if ranking is None:
        raise Refused(NO_ESTIMATE)
    return ranking


def _spread_out(
    method: str, model: tuple[str, ...], found: Spread, settings: Settings, details: Mapping[str, object]
) -> Estimate:
    if not len(found.draws):
        raise Refused(NO_ESTIMATE)
    low, high = found.quantiles(_LIMITS)
    errors = found.errors(_LIMITS, seed=settings.seed)
    levels = dict(zip(map(str, LEVELS), found.quantiles(np.array(LEVELS)).tolist(), strict=True))
    return Estimate(
        method,
        found.estimate,
        float(low),
        float(high),
        model,
        "bca",
        found.quantiles(GRID),
        draws=len(found.draws) + found.failed,
        failed=found.failed,
        errors=(float(errors[0]), float(errors[1])),
        details={
            "quantiles": levels,
            "acceleration": found.acceleration,
            "bias": found.bias,
            **details,
        },
    )


# --- several linkages


def _pooled(each: Sequence[Estimate]) -> Estimate:
    """One estimate of several linkages; that of a single one as it is."""
    if len(each) == 1:
        return each[0]
    found = pooled([one.estimate for one in each], [one.quantiles for one in each])
    return Estimate(
        each[0].method,
        found.estimate,
        found.quantile(0.025),
        found.quantile(0.975),
        each[0].model if len({one.model for one in each}) == 1 else (),
        "pooled",
        found.quantiles,
        draws=sum(one.draws for one in each),
        failed=sum(one.failed for one in each),
        errors=(
            math.hypot(*(one.errors[0] for one in each)) / len(each),
            math.hypot(*(one.errors[1] for one in each)) / len(each),
        ),
        details={
            "between_linkages": found.between,
            "linkage_estimates": [one.estimate for one in each],
            "linkage_models": [list(one.model) for one in each],
        },
    )


# --- what is judged


def _without(
    tables: Sequence[Table], methods: tuple[str, ...], settings: Settings, told: Callable[[str], None]
) -> dict[str, dict[str, float]]:
    """Estimates with each list left out, over linkages by their geometric mean."""
    told("without")
    # Models with a list less are of the order of those with all.
    settings = replace(settings, order=settings.order or (2 if tables[0].size > 5 else None))
    found: dict[str, dict[str, list[float]]] = {}
    for table in tables:
        for name, rest in smaller(table):
            here = found.setdefault(name, {})
            for method, value in _points(rest, methods, settings).items():
                here.setdefault(method, []).append(value)
    return {
        name: {
            method: geometric_mean(values) if all(map(math.isfinite, values)) else math.nan
            for method, values in here.items()
        }
        for name, here in found.items()
    }


def _points(table: Table, methods: tuple[str, ...], settings: Settings) -> dict[str, float]:
    """The estimate of each method without an interval; nan where there is none."""
    found = dict.fromkeys(methods, math.nan)
    if table.on_several == 0:
        return found
    try:
        ranking = ranked(table, order=settings.order)
        found |= {BIC: ranking.estimate(ranking.best()), AVERAGED: averaged(ranking).quantile(0.5)}
        found[INDEPENDENCE] = fitted(table, main_effects(table.size)).estimate
        found[STEPWISE] = stepwise(table, threshold=settings.threshold).estimate
        found[LATENT] = capture_latent.latent(table, seed=settings.seed).estimate
    except Refused:
        pass
    return {method: found[method] for method in methods}


def _moved(
    estimates: Mapping[str, Estimate], without: Mapping[str, Mapping[str, float]], counting: Sequence[str]
) -> dict[str, float]:
    """For each list the factor, above 1, by which leaving it out moves the estimate: of the methods the middle one.

    Infinite where no estimate is left.
    """
    moved = {}
    for name, values in without.items():
        factors = [
            max(values[method] / estimates[method].estimate, estimates[method].estimate / values[method])
            for method in counting
            if math.isfinite(values.get(method, math.nan))
        ]
        moved[name] = float(np.median(factors)) if factors else math.inf
    return moved


def _contradicts(ranking: Ranking, table: Table) -> bool:
    """Whether the lists are plainly dependent."""
    fit = fitted(table, main_effects(table.size))
    return bool(len(ranking.fine)) and fit.bic > ranking.criteria[ranking.best()] + CONTRADICTED


def _counting(estimates: Mapping[str, Estimate], contradicted: bool) -> tuple[str, ...]:
    """The methods whose opinion counts."""
    rest = tuple(method for method in estimates if method != INDEPENDENCE)
    return rest if contradicted and rest else tuple(estimates)


def _opinion(found: Estimate) -> Opinion:
    between = found.details.get("between_linkages", 0.0)
    return Opinion(
        found.method,
        found.estimate,
        found.low,
        found.high,
        found.failed / found.draws if found.draws else 0.0,
        float(between) if isinstance(between, float) else 0.0,
    )


def described(ranking: Ranking, table: Table) -> dict[str, object]:
    """Of the models that were looked at: how many have estimates, and the five best."""
    codes = ranking.codes.tolist()
    top = ranking.fine[:5]
    return {
        "models": len(codes),
        "is_whole": ranking.is_whole,
        "fine": codes.count(0),
        "absent": codes.count(1),
        "unidentified": codes.count(2),
        "both": codes.count(3),
        "best": [
            {
                "model": names(ranking.models[place], table.lists),
                "bic_above_best": float(ranking.criteria[place] - ranking.criteria[top[0]]),
                "estimate": ranking.estimate(int(place)),
            }
            for place in top
        ],
    }


def existence_of_pairs(table: Table) -> dict[str, int]:
    """The existence code of every model of pairs ("A:B A:C"), for four lists and fewer."""
    if table.size > 4:
        return {}
    start, pairs = main_effects(table.size), interactions(table.size, order=2)
    return {
        " ".join(names(chosen, table.lists)): existence(table, start + chosen)
        for number in range(len(pairs) + 1)
        for chosen in combinations(pairs, number)
    }
