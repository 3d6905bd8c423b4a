"""Hotspots: do high values lie next to each other more than chance would have it, and where?

A place is called a hotspot after its figure was compared with what the same values dealt out at random would give, and
after allowing for the many places that were looked at: among hundreds of places some look special by chance alone.

Sources: global statistics and their moments, A. Cliff and J. Ord, Spatial Processes (1981), for Moran's I and Geary's
c; A. Getis and J. Ord, Geographical Analysis 24 (1992), for G; R. Assuncao and E. Reis, Statistics in Medicine 18
(1999), for Moran's I of rates. Local ones: L. Anselin, Geographical Analysis 27 (1995), Moran; J. Ord and A. Getis,
Geographical Analysis 27 (1995), G and G*. Many tests at once: Y. Benjamini and Y. Hochberg, JRSS-B 57 (1995); Y.
Benjamini and D. Yekutieli, Annals of Statistics 29 (2001). Shares of draws count the observed value among the draws
(B. Phipson and G. Smyth, 2010), so that none is 0.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from simpul.insight.methods import rates
from simpul.insight.methods.discoveries import benjamini_hochberg, benjamini_yekutieli
from simpul.insight.methods.gamma import Array, both_sides
from simpul.insight.methods.neighbours import Neighbours, Numbers
from simpul.insight.methods.refusal import Refused

LEAST = 5
HIGH, LOW, HIGH_LOW, LOW_HIGH, NONE = "high-high", "low-low", "high-low", "low-high", ""


@dataclass(frozen=True)
class Association:
    """One figure for the whole map, what chance would give, and how far it is off.

    z and p (both sides) where the values are taken as normal, or as dealt out at random among the places;
    `p_permutation` by dealing them out, with the 95 % of draws between `low` and `high`. `islands` were left out.
    """

    statistic: float
    expected: float
    variance_normal: float
    variance_random: float
    p_permutation: float = float("nan")
    low: float = float("nan")
    high: float = float("nan")
    islands: list[str] = field(default_factory=list)

    @property
    def z_normal(self) -> float:
        return float((self.statistic - self.expected) / np.sqrt(self.variance_normal))

    @property
    def z_random(self) -> float:
        return float((self.statistic - self.expected) / np.sqrt(self.variance_random))

    @property
    def p_normal(self) -> float:
        return float(both_sides(self.z_normal))

    @property
    def p_random(self) -> float:
        return float(both_sides(self.z_random))


@dataclass(frozen=True)
class Local:
    """One figure per place (n); nan for islands, which are named.

    `z`: by the moments of Ord and Getis, or of the draws (Moran). `p`: share of draws at least as far out, both sides.
    `q`: p after allowing for all places. `low`, `high`: between them lie 95 % of the draws, so a figure outside stands
    out by itself. `kind`: high-high, low-low, high-low or low-high where q is at most `alpha`, else empty.
    """

    statistic: Array
    z: Array
    p: Array
    q: Array
    low: Array
    high: Array
    kind: list[str]
    quadrant: list[str]
    islands: list[str]
    alpha: float


@dataclass(frozen=True)
class _Sums:
    """What the moments are made of: pairs' weights summed in three ways (Cliff and Ord 1981)."""

    n: int
    s0: float
    s1: float
    s2: float


def _sums(around: Neighbours) -> _Sums:
    n, rows, other, weight = around.size, around.rows, around.other, around.weight
    forth = rows * n + other
    back = other * n + rows
    place = np.minimum(np.searchsorted(forth, back), max(len(forth) - 1, 0))
    opposite = np.where(forth[place] == back, weight[place], 0.0)
    # A pair that is given in one direction only stands once here and counts for both.
    once = forth[place] != back
    s1 = 0.5 * ((weight + opposite) ** 2).sum() + 0.5 * (weight[once] ** 2).sum()
    out = np.bincount(rows, weights=weight, minlength=n)
    into = np.bincount(other, weights=weight, minlength=n)
    return _Sums(n, float(weight.sum()), float(s1), float(((out + into) ** 2).sum()))


def _prepared(values: npt.ArrayLike, neighbours: Neighbours) -> tuple[Array, Neighbours, list[str], Numbers]:
    """Values and neighbours without islands, the islands' names, and which places are kept; raises `Refused`."""
    table = np.asarray(values, dtype=float)
    if table.shape != (neighbours.size,):
        raise Refused("lengths", values=table.shape, places=neighbours.size)
    if not np.isfinite(table).all():
        raise Refused("values_missing", places=rates.named(~np.isfinite(table), neighbours.names))
    kept = np.setdiff1d(np.arange(neighbours.size), neighbours.islands)
    if len(kept) < LEAST:
        raise Refused("too_few_neighbours", places=len(kept), least=LEAST, islands=neighbours.islands_named)
    if np.ptp(table[kept]) <= 1e-12 * np.abs(table[kept]).max():
        raise Refused("all_equal")
    around = neighbours.among(kept) if len(kept) < neighbours.size else neighbours
    return table[kept], around, neighbours.islands_named, kept


# --- the whole map


def moran(values: npt.ArrayLike, neighbours: Neighbours, *, permutations: int = 999, seed: int = 1) -> Association:
    """Moran's I of values (n): above its expectation where like lies by like. Weights as given.

    Raises `Refused`: `lengths`, `values_missing`, `all_equal`, `too_few_neighbours` (places, islands).
    """
    table, around, islands, _ = _prepared(values, neighbours)
    return _moran(table, around, islands, permutations, seed)


def _moran(table: Array, around: Neighbours, islands: list[str], permutations: int, seed: int) -> Association:
    z, s = table - table.mean(), _sums(around)
    n, squares = s.n, float((z * z).sum())
    scale = n / s.s0 / squares
    expected = -1 / (n - 1)
    normal = (n * n * s.s1 - n * s.s2 + 3 * s.s0**2) / (s.s0**2 * (n * n - 1)) - expected**2
    k = float((z**4).mean() / (z * z).mean() ** 2)
    top = n * ((n * n - 3 * n + 3) * s.s1 - n * s.s2 + 3 * s.s0**2)
    less = k * ((n * n - n) * s.s1 - 2 * n * s.s2 + 6 * s.s0**2)
    random = (top - less) / ((n - 1) * (n - 2) * (n - 3) * s.s0**2) - expected**2
    statistic = scale * float((z * around.lag(z)).sum())
    drawn = _dealt(z, around, permutations, seed, "cross") * scale
    return _associated(statistic, expected, normal, random, drawn, islands)


def moran_rate(
    events: npt.ArrayLike,
    population: npt.ArrayLike,
    neighbours: Neighbours,
    *,
    permutations: int = 999,
    seed: int = 1,
) -> Association:
    """Moran's I of rates, each taken in units of its own standard deviation (Assuncao and Reis 1999): places where few
    live no longer look clustered because their rates jump. Raises `Refused` as `rates.checked` and `moran` do."""
    return moran(standardised_rates(events, population, names=neighbours.names), neighbours,
                 permutations=permutations, seed=seed)  # fmt: skip


def standardised_rates(events: npt.ArrayLike, population: npt.ArrayLike, *, names: Sequence[str] = ()) -> Array:
    """(r - b) / sqrt(a + b/P), with b and a of Marshall (1991); where a would be negative, a is 0."""
    counts, people = rates.checked(events, population, names=names)
    if not counts.sum():
        raise Refused("no_events")
    common = counts.sum() / people.sum()
    seen = (people * (counts / people - common) ** 2).sum() / people.sum()
    variance = seen - common / people.mean() + common / people
    if np.any(variance <= 0):
        variance = common / people
    return np.asarray((counts / people - common) / np.sqrt(variance), dtype=float)


def geary(values: npt.ArrayLike, neighbours: Neighbours, *, permutations: int = 999, seed: int = 1) -> Association:
    """Geary's c: below 1 where neighbours differ less than others do. Raises `Refused` as `moran` does."""
    table, around, islands, _ = _prepared(values, neighbours)
    z, s = table - table.mean(), _sums(around)
    n, squares = s.n, float((z * z).sum())
    scale = (n - 1) / (2 * s.s0 * squares)
    normal = ((2 * s.s1 + s.s2) * (n - 1) - 4 * s.s0**2) / (2 * (n + 1) * s.s0**2)
    k = float((z**4).mean() / (z * z).mean() ** 2)
    first = (n - 1) * s.s1 * (n * n - 3 * n + 3 - (n - 1) * k)
    second = 0.25 * (n - 1) * s.s2 * (n * n + 3 * n - 6 - (n * n - n + 2) * k)
    third = s.s0**2 * (n * n - 3 - (n - 1) ** 2 * k)
    random = (first - second + third) / (n * (n - 2) * (n - 3) * s.s0**2)
    apart = (z[around.rows] - z[around.other]) ** 2
    drawn = _dealt(z, around, permutations, seed, "difference") * scale
    return _associated(scale * float((around.weight * apart).sum()), 1.0, normal, random, drawn, islands)


def general_g(values: npt.ArrayLike, neighbours: Neighbours, *, permutations: int = 999, seed: int = 1) -> Association:
    """Getis and Ord's G: above its expectation where high values, and below where low values lie together.

    Neighbours count 1 each. Raises `Refused`: as `moran`; `values_negative`, for which G has no meaning. Only the
    moments under randomisation are known, and stand for both.
    """
    table, around, islands, _ = _prepared(values, neighbours)
    if np.any(table < 0):
        raise Refused("values_negative")
    around = around.binary()
    s = _sums(around)
    n, s0, s1, s2 = s.n, s.s0, s.s1, s.s2
    one, two, three, four = (float((table**power).sum()) for power in (1, 2, 3, 4))
    scale = 1 / (one**2 - two)
    b0 = (n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0**2
    b1 = -((n * n - n) * s1 - 2 * n * s2 + 6 * s0**2)
    b2 = -(2 * n * s1 - (n + 3) * s2 + 6 * s0**2)
    b3 = 4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0**2
    b4 = s1 - s2 + s0**2
    raised = b0 * two**2 + b1 * four + b2 * one**2 * two + b3 * one * three + b4 * one**4
    expected = s0 / (n * (n - 1))
    variance = raised * scale**2 / (n * (n - 1) * (n - 2) * (n - 3)) - expected**2
    statistic = scale * float((table * around.lag(table)).sum())
    drawn = _dealt(table, around, permutations, seed, "cross") * scale
    return _associated(statistic, expected, variance, variance, drawn, islands)


def _dealt(values: Array, around: Neighbours, permutations: int, seed: int, kind: str) -> Array:
    if not permutations:
        return np.empty(0)
    from simpul.insight.methods import hotspots_kernels as kernels

    which = kernels.CROSS if kind == "cross" else kernels.DIFFERENCE
    found: Array = kernels.dealt(values, around.start, around.other, around.weight, permutations, seed, which)
    return found


def _associated(
    statistic: float, expected: float, normal: float, random: float, drawn: Array, islands: list[str]
) -> Association:
    if not len(drawn):
        return Association(statistic, expected, normal, random, islands=islands)
    near = 1e-10 * (1 + abs(statistic))
    above, below = int((drawn >= statistic - near).sum()), int((drawn <= statistic + near).sum())
    p = min(1.0, 2 * (min(above, below) + 1) / (len(drawn) + 1))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Association(statistic, expected, normal, random, p, float(low), float(high), islands)


# --- place by place


def local_moran(
    values: npt.ArrayLike,
    neighbours: Neighbours,
    *,
    permutations: int = 9999,
    seed: int = 1,
    alpha: float = 0.05,
    control: str = "bh",
) -> Local:
    """Local Moran: z_i times the mean of its neighbours' z, over the sum of squares / (n - 1); weights sum to 1.

    Its own value held, the others are dealt out anew. `control`: "bh", "by" or "none". Raises `Refused` as `moran`.
    """
    table, around, islands, kept = _prepared(values, neighbours)
    around = around.standardised()
    z = table - table.mean()
    scale = (len(z) - 1) / float((z * z).sum())
    lag = around.lag(z)
    drawn = _conditional(z, around, lag, permutations, seed)
    ends = np.sort(np.column_stack([scale * z * drawn[:, 4], scale * z * drawn[:, 5]]), axis=1)
    spread = np.where(drawn[:, 1] > 0, drawn[:, 1], np.nan)
    apart = np.sign(z) * (lag - drawn[:, 0]) / spread
    found = _Found(scale * z * lag, apart, ends[:, 0], ends[:, 1], _p_of(drawn, permutations), _quadrants(z, lag))
    return _spread_out(found, neighbours.size, kept, islands, alpha, control)


def getis_ord(
    values: npt.ArrayLike,
    neighbours: Neighbours,
    *,
    has_self: bool = True,
    permutations: int = 9999,
    seed: int = 1,
    alpha: float = 0.05,
    control: str = "bh",
) -> Local:
    """G* (with `has_self`: the place counts among its neighbours) or G of each place; `z` by Ord and Getis (1995).

    `statistic` is the share of all values (G: of all others) that lies around the place; nan where they sum to 0.
    Neighbours count 1 each, or as `neighbours` weighs them. Raises `Refused` as `moran` does.
    """
    table, around, islands, kept = _prepared(values, neighbours)
    around = around.with_self() if has_self else around
    lag = around.lag(table)
    z = _z_star(table, around, lag) if has_self else _z_without_self(table, around, lag)
    drawn = _conditional(table, around, lag, permutations, seed)
    whole = table.sum() - (0.0 if has_self else 1.0) * table
    with np.errstate(divide="ignore", invalid="ignore"):
        share, low, high = (np.where(whole != 0, each / whole, np.nan) for each in (lag, drawn[:, 4], drawn[:, 5]))
    kinds = np.where(z > 0, HIGH, LOW).tolist()
    found = _Found(share, z, low, high, _p_of(drawn, permutations), kinds)
    return _spread_out(found, neighbours.size, kept, islands, alpha, control)


def _z_star(table: Array, around: Neighbours, lag: Array) -> Array:
    n, sums, squares = _weights_of(around)
    mean, sd = table.mean(), table.std()
    return np.asarray((lag - sums * mean) / (sd * np.sqrt((n * squares - sums**2) / (n - 1))), dtype=float)


def _z_without_self(table: Array, around: Neighbours, lag: Array) -> Array:
    n, sums, squares = _weights_of(around)
    mean = (table.sum() - table) / (n - 1)
    sd = np.sqrt(((table**2).sum() - table**2) / (n - 1) - mean**2)
    return np.asarray((lag - sums * mean) / (sd * np.sqrt(((n - 1) * squares - sums**2) / (n - 2))), dtype=float)


def _weights_of(around: Neighbours) -> tuple[int, Array, Array]:
    ones = np.ones(around.size)
    return around.size, around.lag(ones), replace(around, weight=around.weight**2).lag(ones)


def _conditional(values: Array, around: Neighbours, lag: Array, permutations: int, seed: int) -> Array:
    from simpul.insight.methods import hotspots_kernels as kernels

    found: Array = kernels.conditional(
        values, around.start, around.other, around.weight, lag, max(permutations, 99), seed, 0.025
    )
    return found


def _p_of(drawn: Array, permutations: int) -> Array:
    least = np.minimum(drawn[:, 2], drawn[:, 3])
    return np.asarray(np.minimum(1.0, 2 * (least + 1) / (max(permutations, 99) + 1)), dtype=float)


def _quadrants(z: Array, lag: Array) -> list[str]:
    table = {(True, True): HIGH, (False, False): LOW, (True, False): HIGH_LOW, (False, True): LOW_HIGH}
    return [table[bool(own), bool(near)] for own, near in zip(z > 0, lag > 0, strict=True)]


@dataclass(frozen=True)
class _Found:
    statistic: Array
    z: Array
    low: Array
    high: Array
    p: Array
    quadrant: list[str]


def _spread_out(found: _Found, size: int, kept: Numbers, islands: list[str], alpha: float, control: str) -> Local:
    """Figures of the kept places at the places' own numbers, islands empty."""
    places = kept

    def full(values: Array) -> Array:
        whole = np.full(size, np.nan)
        whole[places] = values
        return whole

    q = CONTROLS[control](found.p)
    quadrant = [NONE] * size
    for place, kind in zip(places, found.quadrant, strict=True):
        quadrant[place] = kind
    adjusted = full(q)
    kinds = [kind if value <= alpha else NONE for kind, value in zip(quadrant, adjusted, strict=True)]
    return Local(
        full(found.statistic), full(found.z), full(found.p), adjusted, full(found.low), full(found.high), kinds,
        quadrant, islands, alpha,
    )  # fmt: skip


# --- many places at once


CONTROLS: dict[str, Callable[[Array], Array]] = {
    "bh": benjamini_hochberg,
    "by": benjamini_yekutieli,
    "none": lambda p: p,
}
