"""How sure a rank is: the index built thousands of times, each time with other choices that were as good.

What is varied: the treatment of outliers, the filling of gaps, the normalisation, the weights, the aggregation, and
whether one indicator is left out. Each place's rank gets an interval; places whose order is not the same in almost all
of these indices cannot be told apart; and Sobol's indices say which choice moves the ranks.

Source: M. Saisana, A. Saltelli and S. Tarantola, JRSS-A 168 (2005), for the factors, their triggers and the average
shift in rank (equation 4).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from simpul.insight.methods import sobol
from simpul.insight.methods.gamma import Array
from simpul.insight.methods.indices import (
    Recipe,
    Tree,
    aggregated,
    checked,
    height_names,
    prepared,
    ranks,
    weights_of,
)
from simpul.insight.methods.refusal import Refused

REBUILDS = 6000
LEVEL = 0.9
# Weights are drawn this often; the trigger picks one of them.
WEIGHT_SETS = 1000


@dataclass(frozen=True)
class Alternatives:
    """What could have been chosen instead, all equally likely. A step with one choice is not varied.

    `weights_within`: each weight is multiplied by a number between 1 - and 1 + this. `is_leaving_out`: in half of the
    indices one indicator, drawn at random, is left out.
    """

    treatment: tuple[str, ...] = ("winsorise", "none")
    imputation: tuple[str, ...] = ()
    normalisation: tuple[str, ...] = ("min_max", "z_score", "rank")
    aggregation: tuple[str, ...] = ("arithmetic", "geometric", "copeland")
    weights_within: float = 0.25
    is_leaving_out: bool = True


@dataclass(frozen=True)
class Uncertainty:
    """Ranks of n places over many indices.

    `low`, `high`, `median`: (n) of the ranks at the level; `above`: (n, n) share of the indices in which the row stands
    above the column; `groups`: places in the order of the reference, cut where the order is sure; `counts`: (n, n) how
    often the place (row) had the rank (column + 1). `moves`: Sobol's indices with one output per place, and last the
    average shift in rank of all places; `shift` its mean.
    """

    rebuilds: int
    level: float
    low: npt.NDArray[np.int64]
    high: npt.NDArray[np.int64]
    median: Array
    above: Array
    groups: list[list[int]]
    counts: npt.NDArray[np.int64]
    factors: tuple[str, ...]
    moves: sobol.Shares
    shift: float
    ranks: npt.NDArray[np.int64] = field(repr=False)

    def share_among_first(self, k: int) -> Array:
        """In which share of the indices each place is among the first k."""
        return np.asarray(self.counts[:, :k].sum(axis=1) / self.rebuilds, dtype=float)


def uncertainty(
    values: npt.ArrayLike,
    tree: Tree,
    recipe: Recipe,
    alternatives: Alternatives = Alternatives(),
    *,
    groups: Sequence[str] = (),
    rebuilds: int = REBUILDS,
    level: float = LEVEL,
    seed: int = 1,
) -> Uncertainty:
    """Build the index at least `rebuilds` times. Raises `Refused`: `nothing_varied`; `too_few_rebuilds` (least)."""
    table = checked(values, tree, may_gap=recipe.imputation != "refuse")
    steps = varied(table, tree, recipe, alternatives)
    if not steps:
        raise Refused("nothing_varied")
    rows = -(-rebuilds // (len(steps) + 2))
    if rows < 20:
        raise Refused("too_few_rebuilds", rebuilds=rebuilds, least=20 * (len(steps) + 2))
    points = sobol.design(rows, len(steps), seed=seed)
    found = rebuilt(table, tree, recipe, alternatives, points, steps, groups=groups, seed=seed)
    reference = _scores(table, tree, recipe, groups)
    shifts = np.abs(found - ranks(reference)[:, 0]).mean(axis=1)
    moves = sobol.shares(np.column_stack([found, shifts]), len(steps), level=level, seed=seed)
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2], axis=0, method="inverted_cdf")
    by_place = np.ascontiguousarray(found.T.astype(np.int32))
    above = np.stack([np.count_nonzero(each < by_place, axis=1) for each in by_place]) / len(found)
    counts = np.stack([np.bincount(each - 1, minlength=len(table)) for each in found.T])
    order = np.argsort(-reference[:, 0], kind="stable")
    return Uncertainty(
        len(found), level, low.astype(int), high.astype(int), np.median(found, axis=0), above,
        apart(order.tolist(), above, level=0.95), counts, steps, moves, float(shifts.mean()), found,
    )  # fmt: skip


def varied(values: Array, tree: Tree, recipe: Recipe, alternatives: Alternatives) -> tuple[str, ...]:
    """The steps that have more than one choice here."""
    has_gaps = bool((~np.isfinite(values)).any())
    count = {
        "treatment": len(alternatives.treatment),
        "imputation": len(alternatives.imputation) if has_gaps else 0,
        "normalisation": len(alternatives.normalisation),
        "weights": 2 if alternatives.weights_within and recipe.weighting in {"given", "equal"} else 0,
        "aggregation": len(alternatives.aggregation),
        "left_out": 2 if alternatives.is_leaving_out and (tree.weights[: tree.size] > 0).sum() > 2 else 0,
    }
    return tuple(name for name, choices in count.items() if choices > 1)


def rebuilt(
    values: Array,
    tree: Tree,
    recipe: Recipe,
    alternatives: Alternatives,
    points: Array,
    steps: tuple[str, ...],
    *,
    groups: Sequence[str] = (),
    seed: int = 1,
) -> npt.NDArray[np.int64]:
    """Ranks (points, n) of the indices that the points (m, steps; 0 to 1) stand for.

    Points that share everything but weights are one product of matrices.
    """
    trigger = {name: points[:, place] for place, name in enumerate(steps)}
    named = {
        name: getattr(alternatives, name) if name in trigger else (getattr(recipe, name),)
        for name in ("treatment", "imputation", "normalisation", "aggregation")
    }
    chosen = np.zeros((len(points), 4), dtype=np.int64)
    for place, (name, choices) in enumerate(named.items()):
        if name in trigger:
            chosen[:, place] = _picked(trigger[name], len(choices))
    weights = _drawn_weights(tree, recipe, alternatives, trigger, len(points), seed)
    found = np.empty((len(points), len(values)), dtype=np.int64)
    kinds, of = np.unique(chosen, axis=0, return_inverse=True)
    ready: dict[tuple[int, ...], tuple[Array, Array]] = {}
    for number, kind in enumerate(kinds.tolist()):
        treatment, imputation, normalisation, aggregation = (
            choices[each] for choices, each in zip(named.values(), kind, strict=True)
        )
        now = Recipe(treatment, imputation, normalisation, recipe.weighting, aggregation)
        key = tuple(kind[:3])
        if key not in ready:
            normal = prepared(values, tree, now, groups=groups)[0]
            ready[key] = normal, weights_of(normal, tree, recipe.weighting)
        normal, base = ready[key]
        places = np.flatnonzero(of.ravel() == number)
        drawn = weights[:, places] * base[:, None]
        found[places] = ranks(aggregated(normal, drawn, tree, height_names(now, tree))).T
    return found


def _picked(triggers: Array, choices: int) -> npt.NDArray[np.int64]:
    return np.minimum((triggers * choices).astype(np.int64), choices - 1)


def _drawn_weights(
    tree: Tree, recipe: Recipe, alternatives: Alternatives, trigger: dict[str, Array], count: int, seed: int
) -> Array:
    """What weights (nodes, count) are multiplied by in each index."""
    factors = np.ones((len(tree.codes), count))
    if "weights" in trigger:
        chance = np.random.default_rng([seed, 1])
        sets = 1 + alternatives.weights_within * (2 * chance.random((WEIGHT_SETS, len(tree.codes))) - 1)
        factors = sets[_picked(trigger["weights"], WEIGHT_SETS)].T.copy()
    if "left_out" in trigger:
        present = np.flatnonzero(tree.weights[: tree.size] > 0)
        which = _picked(2 * trigger["left_out"] - 1, len(present))
        leaves = np.flatnonzero(trigger["left_out"] >= 0.5)
        factors[present[which[leaves]], leaves] = 0.0
    return factors


def _scores(values: Array, tree: Tree, recipe: Recipe, groups: Sequence[str]) -> Array:
    ready, _gaps, _notes = prepared(values, tree, recipe, groups=groups)
    weights = weights_of(ready, tree, recipe.weighting)[:, None]
    return aggregated(ready, weights, tree, height_names(recipe, tree))


def apart(order: Sequence[int], above: Array, *, level: float = 0.95) -> list[list[int]]:
    """Groups of places that cannot be told apart, in this order of all places.

    A place joins the group before it as long as no member of the group stands above it in at least `level` of the
    indices; otherwise it opens the next one.
    """
    found: list[list[int]] = []
    for place in order:
        if found and all(above[member, place] < level for member in found[-1]):
            found[-1].append(place)
        else:
            found.append([place])
    return found


def with_gaps(alternatives: Alternatives, recipe: Recipe, *, has_groups: bool) -> Alternatives:
    """The same alternatives, with the ways to fill gaps that are open here."""
    ways = dict.fromkeys([recipe.imputation, "mean", "nearest", *(["group"] if has_groups else [])])
    return replace(alternatives, imputation=tuple(ways))
