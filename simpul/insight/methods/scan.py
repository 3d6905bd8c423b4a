"""The scan statistic: where, and since when, there are more cases than can be expected.

A window is moved over the map, and over time where wanted; for each place it is put, the cases inside are compared with
what would be expected if the risk were the same inside and outside, and the window that is hardest to explain so is the
most likely cluster (Kulldorff, Communications in Statistics - Theory and Methods 26:1481, 1997; in space and time, and
prospectively, with only clusters that go on until the end: Journal of the Royal Statistical Society A 164:61, 2001;
with nothing known but the cases themselves: Kulldorff, Heffernan, Hartman, Assunção and Mostashari, PLoS Medicine
2:e59, 2005). How often chance alone does as much is seen from replicas; because the strongest window of each replica is
compared, the many windows that were tried are already allowed for.

p-values count a replica that equals the data against the data. The second p-value fits a Gumbel distribution to the
replicas (Abrams, Kleinman and Kulldorff, International Journal of Health Geographics 9:61, 2010), so that it can be
smaller than 1 / (replicas + 1). Secondary clusters share no place with one before them; their p-values are those of a
strongest window, hence cautious.

Refused with one_place, one_point, no_cases, no_controls, share, distance, not_on_earth (place), no_windows,
zero_population (place, interval, cases), population_below_cases (place), stratum_without_population (stratum),
fractional_cases, no_spans, too_large (windows), not_finite, one_interval.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from simpul.insight.methods import scan_kernels as kernels
from simpul.insight.methods.refusal import Refused
from simpul.insight.methods.scan_expected import independent
from simpul.insight.methods.scan_zones import Zones

Array = np.ndarray[Any, Any]
Watch = Callable[[int, int], None]
DIRECTIONS = {"high": kernels.HIGH, "low": kernels.LOW, "both": kernels.BOTH}
_EULER = 0.5772156649015329
_TIE = 1e-9
_AT_A_TIME = 50
# Numbers a run may hold: positions times intervals (eight bytes each).
_MOST_HELD = 200_000_000


@dataclass(frozen=True)
class Spans:
    """Which spans of intervals a window may take: from `shortest` to `longest` intervals; `longest` None: half of all.

    `to_the_end`: only spans that last until the end, as a watch kept from day to day asks for (prospective).
    """

    shortest: int = 1
    longest: int | None = None
    to_the_end: bool = False


@dataclass(frozen=True)
class Draws:
    """How chance is imitated: how many replicas, from which seed, and what looks unusual."""

    replicas: int = 999
    seed: int = 1
    direction: str = "high"
    least_cases: int = 2
    most_clusters: int = 20


@dataclass(frozen=True)
class Cluster:
    """A window that stands out.

    places: numbers of its places, the centre first; first, last: its intervals, both included; radius: from the centre
    to its farthest place (half the longer axis of an ellipse); statistic: `llr` times the factor of its shape.
    relative_risk: risk inside over risk outside; where no population is known, cases over expected cases.
    """

    places: tuple[int, ...]
    first: int
    last: int
    cases: float
    expected: float
    relative_risk: float
    llr: float
    statistic: float
    radius: float
    shape: float
    angle: float
    p: float = 1.0
    p_gumbel: float = 1.0


@dataclass(frozen=True)
class Found:
    """Clusters, the strongest first; the highest statistic of every replica; how many windows on the map were tried."""

    model: str
    clusters: tuple[Cluster, ...]
    maxima: Array
    total: float
    zones: int
    expected: Array = field(repr=False)

    def critical(self, level: float) -> float:
        """The statistic that is reached by chance at this level (0.05)."""
        return float(np.quantile(self.maxima, 1 - level, method="higher")) if len(self.maxima) else math.nan


def recurrence(cluster: Cluster, *, days: float) -> float:
    """Days between alarms as strong as this by chance alone, if it is looked for every so many days."""
    return days / cluster.p


def poisson(
    cases: Array,
    expected: Array,
    zones: Zones,
    *,
    spans: Spans | None = None,
    draws: Draws | None = None,
    watch: Watch | None = None,
) -> Found:
    """Cases as they come from a population: (places, intervals) cases and what is expected, up to a factor.

    Spatial alone: one interval. Fractions of cases (shared out between places) are taken as they are, and the replicas
    then have their rounded total. Raises `Refused`.
    """
    spans, draws = spans or Spans(), draws or Draws()
    cases, expected = _table(cases), _table(expected)
    total = _total(cases)
    _check_people(cases, expected)
    expected = expected * (total / expected.sum())
    run = _Run("poisson", cases, expected, zones, spans, draws, math.inf)
    cells = _cells(expected, np.zeros_like(expected))
    return run.found(kernels.MULTINOMIAL, cells, _no_cases(), watch)


def bernoulli(
    cases: Array,
    people: Array,
    zones: Zones,
    *,
    spans: Spans | None = None,
    draws: Draws | None = None,
    watch: Watch | None = None,
) -> Found:
    """People who are cases or not: (places, intervals) whole numbers of cases, and of people, cases among them.

    In replicas as many people are drawn from all, none twice. Raises `Refused`.
    """
    spans, draws = spans or Spans(), draws or Draws()
    cases, people = _table(cases), _table(people)
    total, everybody = _total(cases), float(people.sum())
    _check_whole(cases)
    _check_people(cases, people)
    if (cases > people).any():
        raise Refused("population_below_cases", place=int(np.argmax((cases > people).any(1))))
    if everybody <= total:
        raise Refused("no_controls")
    expected = people * (total / everybody)
    run = _Run("bernoulli", cases, expected, zones, spans, draws, (everybody - total) / total)
    return run.found(kernels.HYPERGEOMETRIC, _cells(people, people), _no_cases(), watch)


def permutation(
    cases: Array,
    zones: Zones,
    *,
    spans: Spans | None = None,
    draws: Draws | None = None,
    watch: Watch | None = None,
) -> Found:
    """Cases alone, where no population is known: (places, intervals) or (places, intervals, strata) whole numbers.

    What always happens in a place and what happens everywhere at a time are both allowed for: only a rise in a place at
    a time remains. In replicas the dates are exchanged between cases of the same stratum. Raises `Refused`.
    """
    spans, draws = spans or Spans(), draws or Draws()
    cases = np.asarray(cases, float)
    by_stratum = cases if cases.ndim == 3 else _table(cases)[:, :, None]
    cases = by_stratum.sum(2)
    _total(cases)
    _check_whole(by_stratum)
    if cases.shape[1] < 2:
        raise Refused("one_interval")
    run = _Run("permutation", cases, independent(by_stratum), zones, spans, draws, math.inf)
    one_by_one = [np.repeat(np.argwhere(each > 0), each[each > 0].astype(int), axis=0) for each in _strata(by_stratum)]
    listed = np.concatenate(one_by_one)
    groups = np.concatenate([[0], np.cumsum([len(each) for each in one_by_one])])
    who = (listed[:, 0].copy(), listed[:, 1].copy(), groups.astype(np.int64))
    return run.found(kernels.PERMUTED, _cells(np.ones((1, 1)), np.ones((1, 1))), who, watch)


# --- what is refused


def _table(values: Array) -> Array:
    table = np.asarray(values, float)
    table = table[:, None] if table.ndim == 1 else table
    if not (np.isfinite(table).all() and (table >= 0).all()):
        raise Refused("not_finite")
    return table


def _total(cases: Array) -> float:
    if not (np.isfinite(cases).all() and (cases >= 0).all()):
        raise Refused("not_finite")
    total = float(cases.sum())
    if total < 2:
        raise Refused("no_cases", total=total)
    return total


def _check_whole(cases: Array) -> None:
    if (cases != np.round(cases)).any():
        raise Refused("fractional_cases")


def _check_people(cases: Array, people: Array) -> None:
    """Nobody falls ill where nobody lives."""
    empty = (people <= 0) & (cases > 0)
    if empty.any():
        place, interval = np.argwhere(empty)[0]
        raise Refused("zero_population", place=int(place), interval=int(interval), cases=float(cases[place, interval]))


# --- a run


def _strata(by_stratum: Array) -> list[Array]:
    return [by_stratum[:, :, stratum] for stratum in range(by_stratum.shape[2])]


def _no_cases() -> tuple[Array, Array, Array]:
    return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(1, np.int64)


def _cells(chances: Array, room: Array) -> tuple[Array, ...]:
    """What the kernel draws from: only cells that can hold a case."""
    place, time = np.nonzero(chances > 0)
    weights = np.ascontiguousarray(chances[place, time], dtype=float)
    share, other = kernels.alias(weights)
    return weights, share, other, np.ascontiguousarray(room[place, time], dtype=float), place, time


@dataclass
class _Run:
    model: str
    cases: Array
    expected: Array
    zones: Zones
    spans: Spans
    draws: Draws
    controls: float

    def __post_init__(self) -> None:
        self.intervals = self.cases.shape[1]
        self.lengths = self._lengths()
        self.skipped = self._skipped()
        self.counts = _before(self.cases[:, self.skipped :])
        self.total = float(self.cases.sum())
        if len(self.zones.members) * self.counts.shape[1] > _MOST_HELD:
            raise Refused("too_large", windows=len(self.zones.members) * self.intervals)
        self.below = self._expected_up_to()
        self.windows = (self.zones.members, self.zones.starts, self.zones.closes, self.zones.factors)
        self.rules = (
            self.total,
            self.controls,
            DIRECTIONS[self.draws.direction],
            float(self.draws.least_cases),
            len(self.cases),
            self.skipped,
        )

    def found(self, kind: int, cells: tuple[Array, ...], who: tuple[Array, Array, Array], watch: Watch | None) -> Found:
        lengths = (self.lengths[0] - self.skipped, *self.lengths[1:])
        clusters = self._clusters(lengths)
        maxima = np.zeros(self.draws.replicas)
        rules = (float(round(self.total)), *self.rules[1:])
        for first in range(0, len(maxima), _AT_A_TIME):
            part = maxima[first : first + _AT_A_TIME]
            kernels.replicas(part, first, self.draws.seed, kind, cells, who, self.below, self.windows, lengths, rules)
            if watch:
                watch(first + len(part), len(maxima))
        return Found(
            self.model, _judged(clusters, maxima), maxima, self.total, int(self.zones.closes.sum()), self.expected
        )

    def _lengths(self) -> tuple[Array, int, int]:
        """(ends of windows, shortest, longest) in intervals."""
        shortest = self.spans.shortest
        half = max(self.intervals // 2, 1)
        longest = min(half if self.spans.longest is None else self.spans.longest, self.intervals)
        if self.intervals == 1:
            return np.array([1], np.int64), 1, 1
        if not 1 <= shortest <= longest:
            raise Refused("no_spans", shortest=shortest, longest=longest, intervals=self.intervals)
        first = self.intervals if self.spans.to_the_end else shortest
        return np.arange(first, self.intervals + 1, dtype=np.int64), shortest, longest

    def _skipped(self) -> int:
        """How many of the first intervals no window reaches: they need not be gone over."""
        ends, _shortest, longest = self.lengths
        return max(int(ends[0]) - longest, 0)

    def _expected_up_to(self) -> Array:
        """(positions, intervals reached + 1): in all places of an ordering up to a position, before each interval."""
        inside = _before(self.expected[:, self.skipped :])[self.zones.members]
        for first, end in zip(self.zones.starts[:-1], self.zones.starts[1:], strict=True):
            np.cumsum(inside[first:end], axis=0, out=inside[first:end])
        return inside

    def _clusters(self, lengths: tuple[Array, int, int]) -> list[Cluster]:
        """The strongest window, then the strongest that shares no place with one before, and so on."""
        taken = np.zeros(len(self.cases), np.bool_)
        window = np.zeros(4, np.int64)
        clusters: list[Cluster] = []
        while len(clusters) < self.draws.most_clusters:
            statistic = kernels.strongest(self.counts, self.below, self.windows, lengths, self.rules[:4], taken, window)
            if statistic <= 0:
                break
            clusters.append(self._cluster(statistic, *(int(each) for each in window)))
            taken[list(clusters[-1].places)] = True
        return clusters

    def _cluster(self, statistic: float, ordering: int, position: int, start: int, end: int) -> Cluster:
        zones = self.zones
        places = zones.members[zones.starts[ordering] : position + 1]
        cases = float(self.counts[places, end].sum() - self.counts[places, start].sum())
        expected = float(self.below[position, end] - self.below[position, start])
        outside = (self.total - cases) / (self.total - expected)
        inside = cases / expected
        return Cluster(
            places=tuple(int(each) for each in places),
            first=start + self.skipped,
            last=end - 1 + self.skipped,
            cases=cases,
            expected=expected,
            relative_risk=inside if self.model == "permutation" else (inside / outside if outside else math.inf),
            llr=statistic / float(zones.factors[ordering]),
            statistic=statistic,
            radius=float(zones.reach[position]),
            shape=float(zones.shapes[ordering]),
            angle=float(zones.angles[ordering]),
        )


def _before(table: Array) -> Array:
    """(places, intervals + 1): the sum before each interval."""
    return np.concatenate([np.zeros((len(table), 1)), np.cumsum(table, axis=1)], axis=1)


def _judged(clusters: list[Cluster], maxima: Array) -> tuple[Cluster, ...]:
    return tuple(
        replace(each, p=p_of(each.statistic, maxima), p_gumbel=p_gumbel(each.statistic, maxima)) for each in clusters
    )


def p_of(statistic: float, maxima: Array) -> float:
    """The share of all, replicas and data, that reach the statistic; equal ones count."""
    reached = int((maxima >= statistic - _TIE * (1 + abs(statistic))).sum())
    return (1 + reached) / (1 + len(maxima))


def p_gumbel(statistic: float, maxima: Array) -> float:
    """The chance of reaching the statistic by a Gumbel distribution with the mean and spread of the replicas."""
    if len(maxima) < 2 or not maxima.std():
        return math.nan
    scale = float(maxima.std(ddof=1)) * math.sqrt(6) / math.pi
    mode = float(maxima.mean()) - _EULER * scale
    return -math.expm1(-math.exp(-(statistic - mode) / scale))
