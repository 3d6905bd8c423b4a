"""Indices: many indicators of a place drawn together into one score, and what each of them adds to it.

The steps of the handbook: each indicator is given a direction (does more of it raise the index?), outliers are treated,
gaps filled, units removed, weights set, and the indicators aggregated, level by level. Each step is a choice that could
have been made otherwise, so a rank from here is to be read with its interval (`indices_uncertainty`). An index ranks
places; it says nothing of any person who lives there.

Sources: OECD and JRC, Handbook on Constructing Composite Indicators (2008); quasi-arithmetic means as in its chapter 6;
Copeland's rule as in chapter 6.5 (G. Munda and M. Nardo): a place's score is how many others it beats, less how many
beat it, where indicators vote with their weights, so that no strength makes up for a weakness.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from simpul.insight.methods import indices_filling as filling
from simpul.insight.methods import indices_weights as weighing
from simpul.insight.methods.gamma import Array
from simpul.insight.methods.refusal import Refused

Flags = npt.NDArray[np.bool_]
ROOT = "index"
NORMALISATIONS = ("min_max", "z_score", "rank", "distance", "goalposts")
AGGREGATIONS = ("arithmetic", "geometric", "harmonic", "copeland")
WEIGHTINGS = ("given", "equal", "pca", "entropy")
LEAST_PLACES = 3
# Below this it is quicker not to load compiled code.
FEW_PLACES = 100
# A place or an indicator with a larger share of gaps is not filled: it would mostly be invented.
MOST_GAPS = 1 / 3


@dataclass(frozen=True)
class Indicator:
    """`direction` 1: more of it raises the index; -1: lowers. `goalposts`: (worst, best) for that normalisation."""

    code: str
    direction: int = 1
    weight: float = 1.0
    parent: str = ROOT
    goalposts: tuple[float, float] | None = None


@dataclass(frozen=True)
class Aggregate:
    """What indicators or other aggregates are drawn together into; the one without a parent is the index."""

    code: str
    weight: float = 1.0
    parent: str = ""


@dataclass(frozen=True)
class Tree:
    """Nodes are numbers: indicators 0 to k - 1 in the order of the columns, then aggregates from the bottom up.

    `steps`: for each aggregate its number, its children's and its height (1 stands on indicators only).
    """

    indicators: tuple[Indicator, ...]
    codes: tuple[str, ...]
    weights: Array
    steps: tuple[tuple[int, tuple[int, ...], int], ...]

    @property
    def size(self) -> int:
        return len(self.indicators)

    @property
    def height(self) -> int:
        return max(height for _node, _children, height in self.steps)


@dataclass(frozen=True)
class Recipe:
    """The choice made at each step. `aggregation`: one name, or one for each height from the bottom up."""

    treatment: str = "winsorise"
    imputation: str = "refuse"
    normalisation: str = "min_max"
    weighting: str = "given"
    aggregation: str | tuple[str, ...] = "arithmetic"


@dataclass(frozen=True)
class Built:
    """An index of n places: scores (n), ranks (n, 1 is the highest score), and how they came about.

    `parts`: (n, nodes) scores of indicators and aggregates. `contributions`: (n, k) how many points the score would
    fall if the place had the mean of all places in that indicator and everything else stayed; for arithmetic
    aggregation they sum to the score's distance from the mean score. `places_moved`: (n, k) by how many ranks.
    """

    score: Array
    rank: npt.NDArray[np.int64]
    parts: Array
    contributions: Array
    places_moved: npt.NDArray[np.int64]
    filled: Flags
    treated: tuple[str, ...]
    tree: Tree


# --- structure


def tree_of(indicators: Sequence[Indicator], aggregates: Sequence[Aggregate] = ()) -> Tree:
    """The tree of the index. Parents that are not described get weight 1 and stand under the index.

    Raises `Refused`: `no_indicators`; `twice` (codes); `direction`, `weight` (indicators); `circle` (codes).
    """
    if not indicators:
        raise Refused("no_indicators")
    known = {each.code: each for each in aggregates}
    for each in indicators:
        known.setdefault(each.parent or ROOT, Aggregate(each.parent or ROOT))
    for upper in list(aggregates):
        if upper.parent:
            known.setdefault(upper.parent, Aggregate(upper.parent))
    _check_nodes(indicators, aggregates, known)
    tops = [each for each in known.values() if not each.parent]
    if len(tops) > 1:
        # Several tops: those that are not the index itself come to stand under it.
        known |= {each.code: replace(each, parent=ROOT) for each in tops if each.code != ROOT}
        known.setdefault(ROOT, Aggregate(ROOT))
    return _ordered(indicators, known)


def _check_nodes(indicators: Sequence[Indicator], aggregates: Sequence[Aggregate], known: dict[str, Aggregate]) -> None:
    codes = [each.code for each in indicators] + [each.code for each in aggregates]
    twice = {code for code in codes if codes.count(code) > 1} | {each.code for each in indicators if each.code in known}
    if twice:
        raise Refused("twice", codes=sorted(twice))
    wrong = [each.code for each in indicators if each.direction not in (-1, 1)]
    if wrong:
        raise Refused("direction", indicators=wrong)
    weights = {each.code: each.weight for each in indicators} | {each.code: each.weight for each in aggregates}
    wrong = [code for code, weight in weights.items() if not (np.isfinite(weight) and weight >= 0)]
    if wrong or not any(each.weight > 0 for each in indicators):
        raise Refused("weight", indicators=wrong or [each.code for each in indicators])


def _ordered(indicators: Sequence[Indicator], known: dict[str, Aggregate]) -> Tree:
    children: dict[str, list[str]] = {code: [] for code in known}
    for each in indicators:
        children[each.parent or ROOT].append(each.code)
    for upper in known.values():
        if upper.parent:
            children[upper.parent].append(upper.code)
    heights = {each.code: 0 for each in indicators}
    waiting = {code for code in known if children[code]}
    empty = set(known) - waiting
    while waiting:
        ready = [code for code in known if code in waiting and all(c in heights or c in empty for c in children[code])]
        if not ready:
            raise Refused("circle", codes=sorted(waiting))
        for code in ready:
            heights[code] = 1 + max((heights[each] for each in children[code] if each in heights), default=0)
            waiting.discard(code)
    uppers = sorted((code for code in known if code in heights), key=lambda code: heights[code])
    codes = [each.code for each in indicators] + uppers
    number = {code: place for place, code in enumerate(codes)}
    weights = np.array([each.weight for each in indicators] + [known[code].weight for code in uppers])
    steps = tuple(
        (number[code], tuple(number[each] for each in children[code] if each in number), heights[code])
        for code in uppers
    )
    return Tree(tuple(indicators), tuple(codes), weights, steps)


# --- values


def checked(
    values: npt.ArrayLike, tree: Tree, *, places: Sequence[str] = (), shares: Sequence[str] = (), may_gap: bool = False
) -> Array:
    """Values (n, k), gaps as nan; raises `Refused`.

    Reasons: `too_few_places`; `lengths`; `over_hundred`, `below_zero` (cells: (place, indicator, value)) for the
    indicators whose codes are in `shares`; `constant` (indicators); `gaps` (cells: (place, indicator)) unless they may
    be filled; `mostly_gaps` (places, indicators).
    """
    table = np.asarray(values, dtype=float)
    if table.ndim != 2 or table.shape[1] != tree.size:
        raise Refused("lengths", values=table.shape, indicators=tree.size)
    if len(table) < LEAST_PLACES:
        raise Refused("too_few_places", places=len(table), least=LEAST_PLACES)
    names = list(places) or [str(each) for each in range(len(table))]
    codes = tree.codes[: tree.size]
    is_share = np.array([code in shares for code in codes])
    for reason, is_wrong in (("over_hundred", table > 100), ("below_zero", table < 0)):
        found = np.argwhere(is_wrong & is_share)
        if len(found):
            cells = [(names[row], codes[column], float(table[row, column])) for row, column in found.tolist()]
            raise Refused(reason, cells=cells)
    gaps = ~np.isfinite(table)
    _check_gaps(gaps, names, codes, may_gap)
    span = np.nanmax(table, axis=0) - np.nanmin(table, axis=0)
    flat = span <= 1e-12 * np.nanmax(np.abs(table), axis=0)
    if flat.any():
        raise Refused("constant", indicators=[codes[each] for each in np.flatnonzero(flat).tolist()])
    return np.where(gaps, np.nan, table)


def _check_gaps(gaps: Flags, names: Sequence[str], codes: Sequence[str], may_gap: bool) -> None:
    if not gaps.any():
        return
    if not may_gap:
        cells = [(names[row], codes[column]) for row, column in np.argwhere(gaps).tolist()]
        raise Refused("gaps", cells=cells)
    places = [names[each] for each in np.flatnonzero(gaps.mean(axis=1) > MOST_GAPS).tolist()]
    indicators = [codes[each] for each in np.flatnonzero(gaps.mean(axis=0) > MOST_GAPS).tolist()]
    if places or indicators:
        raise Refused("mostly_gaps", places=places, indicators=indicators, most=MOST_GAPS)


def prepared(
    values: Array, tree: Tree, recipe: Recipe, *, groups: Sequence[str] = ()
) -> tuple[Array, Flags, tuple[str, ...]]:
    """Normalised values (n, k; higher raises the index), where they were gaps before, and what the treatment did.

    Gaps are filled before outliers are treated, as COINr's example does; "available" leaves them gaps.
    """
    gaps = ~np.isfinite(values)
    full = filling.filled(values, recipe.imputation, groups=groups) if gaps.any() else values
    treated, notes = filling.treated(full, recipe.treatment)
    return normalised(treated, tree, recipe.normalisation), gaps, notes


def normalised(values: Array, tree: Tree, how: str) -> Array:
    """Values (n, k) on a scale where more raises the index.

    `min_max`: 0 to 100; `z_score`: mean 50, standard deviation 10; `rank`: 0 to 100 by rank; `distance`: percent of the
    best; `goalposts`: 0 to 100 between the indicator's own ends, cut off there. Raises `Refused`: `no_goalposts`,
    `not_positive` (indicators), `unknown` (name).
    """
    direction = np.array([each.direction for each in tree.indicators], dtype=float)
    if how == "distance":
        return _distance(values, direction, tree)
    if how == "goalposts":
        return _between_goalposts(values, tree)
    turned = values * direction
    if how == "min_max":
        low, high = np.nanmin(turned, axis=0), np.nanmax(turned, axis=0)
        return np.asarray(100 * (turned - low) / (high - low), dtype=float)
    if how == "z_score":
        return np.asarray(
            50 + 10 * (turned - np.nanmean(turned, axis=0)) / np.nanstd(turned, axis=0, ddof=1), dtype=float
        )
    if how == "rank":
        return np.column_stack([_ranked(column) for column in turned.T])
    raise Refused("unknown", name=how)


def _ranked(column: Array) -> Array:
    """0 for the lowest, 100 for the highest, the mean for equals; gaps stay."""
    known = np.isfinite(column)
    values, back, counts = np.unique(column[known], return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts + 1) / 2
    ranked = np.full(column.shape, np.nan)
    ranked[known] = 100 * middle[back] / max(known.sum() - 1, 1)
    return ranked


def _distance(values: Array, direction: Array, tree: Tree) -> Array:
    if np.nanmin(values) <= 0:
        wrong = [tree.codes[each] for each in np.flatnonzero(np.nanmin(values, axis=0) <= 0).tolist()]
        raise Refused("not_positive", indicators=wrong, step="distance")
    rising = 100 * values / np.nanmax(values, axis=0)
    falling = 100 * np.nanmin(values, axis=0) / values
    return np.asarray(np.where(direction > 0, rising, falling), dtype=float)


def _between_goalposts(values: Array, tree: Tree) -> Array:
    without = [each.code for each in tree.indicators if each.goalposts is None]
    if without:
        raise Refused("no_goalposts", indicators=without)
    ends = np.array([each.goalposts for each in tree.indicators], dtype=float)
    share = (values - ends[:, 0]) / (ends[:, 1] - ends[:, 0])
    return np.asarray(100 * np.clip(share, 0, 1), dtype=float)


# --- aggregation


def height_names(recipe: Recipe, tree: Tree) -> tuple[str, ...]:
    """The aggregation at each height from 1 on; raises `Refused` (`unknown`, `copeland_alone`)."""
    names = recipe.aggregation if isinstance(recipe.aggregation, tuple) else (recipe.aggregation,)
    wrong = set(names) - set(AGGREGATIONS)
    if wrong:
        raise Refused("unknown", name=sorted(wrong)[0])
    if "copeland" in names and set(names) != {"copeland"}:
        raise Refused("copeland_alone")
    return tuple(names[min(each, len(names) - 1)] for each in range(tree.height))


def aggregated(values: Array, weights: Array, tree: Tree, names: tuple[str, ...]) -> Array:
    """Scores (n, draws) of the index from normalised values (n, k; gaps nan) and weights (nodes, draws).

    Where a value is a gap, the weights of the others of its group are raised in proportion; nan where nothing is known.
    """
    if names[0] == "copeland":
        return _copeland(values, leaf_weights(weights, tree))
    return _climbed(values, weights, tree, names)[-1]


def _climbed(values: Array, weights: Array, tree: Tree, names: tuple[str, ...]) -> list[Array]:
    known = np.isfinite(values)
    lifted = _lifted(values, names)
    leaves = {name: np.where(known, _forth(lifted, name), 0.0) for name in set(names)}
    whole = known.all()
    shares = known.astype(float)
    found: dict[int, Array] = {}
    for node, children, height in tree.steps:
        name = names[height - 1]
        low = [each for each in children if each < tree.size]
        top = leaves[name][:, low] @ weights[low]
        base = np.broadcast_to(weights[low].sum(axis=0), top.shape) if whole else shares[:, low] @ weights[low]
        for each in children:
            if each >= tree.size:
                is_known = np.isfinite(found[each])
                top = top + np.where(is_known, _forth(found[each], name) * weights[each], 0.0)
                base = base + is_known * weights[each]
        with np.errstate(divide="ignore", invalid="ignore"):
            found[node] = np.where(base > 1e-12, _back(top / base, name), np.nan)
    return list(found.values())


def _lifted(values: Array, names: tuple[str, ...]) -> Array:
    """Geometric and harmonic means know no 0: the scale from 0 to 100 becomes one from 1 to 100 (handbook, 6.7)."""
    if set(names) == {"arithmetic"} or np.nanmin(values) > 0:
        return values
    return np.asarray(np.maximum(1 + 0.99 * values, 1.0), dtype=float)


def _forth(values: Array, name: str) -> Array:
    with np.errstate(invalid="ignore", divide="ignore"):
        if name == "geometric":
            return np.asarray(np.log(values), dtype=float)
        return np.asarray(1 / values, dtype=float) if name == "harmonic" else values


def _back(values: Array, name: str) -> Array:
    if name == "geometric":
        return np.asarray(np.exp(values), dtype=float)
    return np.asarray(1 / values, dtype=float) if name == "harmonic" else values


def leaf_weights(weights: Array, tree: Tree) -> Array:
    """Weights (k, draws) of the indicators in the whole index, sum 1: products of their shares down the tree."""
    shares = np.zeros(weights.shape)
    shares[tree.steps[-1][0]] = 1.0
    for node, children, _height in reversed(tree.steps):
        below = list(children)
        # A group whose weights are all 0, as after leaving out its only indicator, hands nothing down.
        total = weights[below].sum(axis=0)
        shares[below] = np.divide(weights[below], total, out=np.zeros(weights[below].shape), where=total > 0)
        shares[below] *= shares[node]
    leaves = shares[: tree.size]
    return np.asarray(leaves / leaves.sum(axis=0), dtype=float)


def _copeland(values: Array, weights: Array) -> Array:
    """0 to 100: 50 and half a percent of the others it beats less those that beat it, for each percent."""
    count = len(values)
    rounded = np.round(values, 9)
    return 50 + 50 * (_net_wins if count <= FEW_PLACES else _many_net_wins)(rounded, weights) / (count - 1)


def _net_wins(values: Array, weights: Array) -> Array:
    wins = np.empty((len(values), weights.shape[1]))
    for place in range(len(values)):
        with np.errstate(invalid="ignore"):
            votes = np.nan_to_num(np.sign(values[place] - values))
        margin = votes @ weights
        wins[place] = (margin > 1e-9).sum(axis=0, dtype=float) - (margin < -1e-9).sum(axis=0)
    return wins


def _many_net_wins(values: Array, weights: Array) -> Array:
    from simpul.insight.methods import indices_kernels

    wins: Array = indices_kernels.net_wins(np.ascontiguousarray(values), np.ascontiguousarray(weights))
    return wins


def ranks(scores: Array) -> npt.NDArray[np.int64]:
    """Ranks of scores (n, draws) in each draw, 1 for the highest; equals share the better one; unknown stands last."""
    turned = -np.round(np.nan_to_num(scores, nan=-1e12), 9)
    order = np.argsort(turned, axis=0, kind="stable")
    ordered = np.take_along_axis(turned, order, axis=0)
    place = np.arange(len(scores))[:, None]
    is_new = np.vstack([np.ones((1, scores.shape[1]), dtype=bool), ordered[1:] > ordered[:-1]])
    first = np.maximum.accumulate(np.where(is_new, place, 0), axis=0) + 1
    found = np.empty(scores.shape, dtype=np.int64)
    np.put_along_axis(found, order, first, axis=0)
    return found


# --- the index


def weights_of(values: Array, tree: Tree, weighting: str) -> Array:
    """Weights (nodes) by the chosen way, from normalised values; raises `Refused` (`unknown`)."""
    if weighting == "given":
        return tree.weights
    if weighting not in WEIGHTINGS:
        raise Refused("unknown", name=weighting)
    return weighing.WAYS[weighting](values, tree.weights, [step[1] for step in tree.steps])


def build(values: npt.ArrayLike, tree: Tree, recipe: Recipe = Recipe(), *, groups: Sequence[str] = (),
          places: Sequence[str] = (), shares: Sequence[str] = ()) -> Built:  # fmt: skip
    """The index of values (n, k). Raises `Refused` as `checked`, `normalised` and `height_names` do."""
    table = checked(values, tree, places=places, shares=shares, may_gap=recipe.imputation != "refuse")
    names = height_names(recipe, tree)
    ready, gaps, notes = prepared(table, tree, recipe, groups=groups)
    weights = weights_of(ready, tree, recipe.weighting)[:, None]
    score = aggregated(ready, weights, tree, names)[:, 0]
    parts = ready
    if names[0] != "copeland":
        parts = np.column_stack([ready, *_climbed(ready, weights, tree, names)])
    contributions, moved = _drivers(ready, weights, tree, names, score)
    filled = gaps & (recipe.imputation != "available")
    return Built(score, ranks(score[:, None])[:, 0], parts, contributions, moved, filled, notes, tree)


def _drivers(
    values: Array, weights: Array, tree: Tree, names: tuple[str, ...], score: Array
) -> tuple[Array, npt.NDArray[np.int64]]:
    contributions, moved = np.zeros(values.shape), np.zeros(values.shape, dtype=np.int64)
    rank = ranks(score[:, None])[:, 0]
    lifted = _lifted(values, names)
    middle = np.nanmean(lifted, axis=0)
    for column in range(tree.size):
        levelled = lifted.copy()
        levelled[:, column] = np.where(np.isfinite(values[:, column]), middle[column], np.nan)
        without = aggregated(levelled, weights, tree, names)[:, 0]
        contributions[:, column] = score - without
        above = np.round(score[None, :] - without[:, None], 9) > 0
        np.fill_diagonal(above, False)
        moved[:, column] = 1 + above.sum(axis=1) - rank
    return contributions, moved
