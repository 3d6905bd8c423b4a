"""Neighbours: which places lie next to each other, by distance or by a shared border, and with what weight.

Distances between points in degrees are great-circle kilometres; for a plane say `is_geographic=False`. Points that
surround each other are found by the triangles of Delaunay; of their edges Gabriel's graph keeps those on whose circle
no other point lies (Gabriel and Sokal, Systematic Zoology 18, 1969). A place without neighbours is an island: it is
named, never given a neighbour it does not have.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely  # type: ignore[import-untyped]

from simpul.insight.methods.refusal import Refused

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
EARTH_KM = 6371.0088
_PART = 4_000_000


@dataclass(frozen=True)
class Neighbours:
    """For the i-th place the places `other[start[i]:start[i + 1]]`, in rising order, each with its `weight`."""

    start: Numbers
    other: Numbers
    weight: Array
    names: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        return len(self.start) - 1

    @property
    def counts(self) -> Numbers:
        return np.diff(self.start)

    @property
    def rows(self) -> Numbers:
        """For each pair its first place; `other` is its second."""
        return np.repeat(np.arange(self.size), self.counts)

    @property
    def islands(self) -> Numbers:
        """Places without neighbours, by number."""
        others = np.bincount(self.rows[self.rows != self.other], minlength=self.size)
        return np.flatnonzero(others == 0)

    @property
    def islands_named(self) -> list[str]:
        return [self.names[each] if self.names else str(each) for each in self.islands]

    @property
    def is_symmetric(self) -> bool:
        forth, back = self.rows * self.size + self.other, self.other * self.size + self.rows
        return bool(np.array_equal(np.sort(forth), np.sort(back)))

    def lag(self, values: npt.ArrayLike) -> Array:
        """For each place the weighted sum of its neighbours' values; 0 for an island."""
        each = self.weight * np.asarray(values, dtype=float)[self.other]
        found: Array = np.bincount(self.rows, weights=each, minlength=self.size).astype(float)
        return found

    def lists(self) -> list[list[int]]:
        return [self.other[a:b].tolist() for a, b in zip(self.start[:-1], self.start[1:], strict=True)]

    def binary(self) -> "Neighbours":
        return replace(self, weight=np.ones(len(self.other)))

    def standardised(self) -> "Neighbours":
        """Weights of each place sum to 1: the lag is a mean of the neighbours."""
        sums = np.bincount(self.rows, weights=self.weight, minlength=self.size)
        return replace(self, weight=self.weight / sums[self.rows])

    def with_self(self) -> "Neighbours":
        """Each place counts among its neighbours with weight 1."""
        whole = np.arange(self.size)
        keeps = self.rows != self.other
        return of_pairs(
            np.column_stack([np.concatenate([self.rows[keeps], whole]), np.concatenate([self.other[keeps], whole])]),
            self.size,
            weights=np.concatenate([self.weight[keeps], np.ones(self.size)]),
            names=self.names,
        )

    def symmetric(self) -> "Neighbours":
        """Neighbours in either direction are neighbours; weights 1."""
        both = np.concatenate([np.column_stack([self.rows, self.other]), np.column_stack([self.other, self.rows])])
        return of_pairs(np.unique(both, axis=0), self.size, names=self.names)

    def among(self, places: npt.ArrayLike) -> "Neighbours":
        """Only these places (numbers, rising), renumbered from 0, and only the pairs within."""
        kept = np.asarray(places, dtype=np.int64)
        new = np.full(self.size, -1)
        new[kept] = np.arange(len(kept))
        inside = (new[self.rows] >= 0) & (new[self.other] >= 0)
        pairs = np.column_stack([new[self.rows[inside]], new[self.other[inside]]])
        names = tuple(self.names[each] for each in kept) if self.names else ()
        return of_pairs(pairs, len(kept), weights=self.weight[inside], names=names)


# --- from what is known


def of_pairs(
    pairs: npt.ArrayLike, size: int, *, weights: npt.ArrayLike | None = None, names: Sequence[str] = ()
) -> Neighbours:
    """From pairs (m, 2) of numbers below `size`, first the place, then its neighbour; weights (m) are 1 unless given.

    Raises `Refused` (`no_such_place`) for a number outside.
    """
    table = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    if table.size and (table.min() < 0 or table.max() >= size):
        raise Refused("no_such_place", number=int(table.max()), places=size)
    weight = np.ones(len(table)) if weights is None else np.asarray(weights, dtype=float)
    order = np.lexsort((table[:, 1], table[:, 0]))
    start = np.concatenate([[0], np.cumsum(np.bincount(table[:, 0], minlength=size))]).astype(np.int64)
    return Neighbours(start, table[order, 1], weight[order], tuple(names))


def of_lists(lists: Sequence[Iterable[int]], *, names: Sequence[str] = ()) -> Neighbours:
    """From one list of numbers of neighbours for each place."""
    return of_pairs([(place, other) for place, others in enumerate(lists) for other in others], len(lists), names=names)


# --- from points


def nearest(points: npt.ArrayLike, k: int, *, is_geographic: bool = True, names: Sequence[str] = ()) -> Neighbours:
    """The k nearest others of each point (n, 2): latitude and longitude, or x and y. Not always mutual.

    Raises `Refused`: `too_few_places` where there are not more than k; `points_missing` (places).
    """
    table = _table(points, names)
    if not 0 < k < len(table):
        raise Refused("too_few_places", places=len(table), least=k + 1)
    pairs = []
    for first, distances in _distances(table, is_geographic):
        own = np.arange(len(distances))
        distances[own, own + first] = np.inf
        near = np.argpartition(distances, k - 1, axis=1)[:, :k]
        pairs.append(np.column_stack([np.repeat(own + first, k), near.ravel()]))
    return of_pairs(np.concatenate(pairs), len(table), names=names)


def within(
    points: npt.ArrayLike, distance: float, *, is_geographic: bool = True, names: Sequence[str] = ()
) -> Neighbours:
    """All others at most `distance` (kilometres, or units of the plane) away; places may remain islands."""
    table = _table(points, names)
    pairs = []
    for first, distances in _distances(table, is_geographic):
        own = np.arange(len(distances))
        distances[own, own + first] = np.inf
        rows, others = np.nonzero(distances <= distance)
        pairs.append(np.column_stack([rows + first, others]))
    return of_pairs(np.concatenate(pairs), len(table), names=names)


def delaunay(points: npt.ArrayLike, *, is_geographic: bool = True, names: Sequence[str] = ()) -> Neighbours:
    """Points that share an edge of Delaunay's triangles; mutual.

    Degrees are laid into a plane that keeps distances near the middle latitude: good for a province, rough for a
    continent. Points in one line are neighbours along it. Raises `Refused`: `too_few_places`; `same_point` (places).
    """
    table = _flat(_table(points, names), is_geographic)
    return of_pairs(_both_ways(_edges(table, names)), len(table), names=names)


def gabriel(points: npt.ArrayLike, *, is_geographic: bool = True, names: Sequence[str] = ()) -> Neighbours:
    """Edges of Delaunay's triangles on whose circle no other point lies. Raises `Refused` as `delaunay` does."""
    table = _flat(_table(points, names), is_geographic)
    edges = _edges(table, names)
    around = of_pairs(_both_ways(edges), len(table)).lists()
    kept = [edge for edge in edges if _is_clear(table, edge, around)]
    return of_pairs(_both_ways(np.array(kept)), len(table), names=names)


def _table(points: npt.ArrayLike, names: Sequence[str]) -> Array:
    table = np.asarray(points, dtype=float).reshape(-1, 2)
    is_missing = ~np.isfinite(table).all(axis=1)
    if is_missing.any():
        raise Refused("points_missing", places=_named(np.flatnonzero(is_missing), names))
    return table


def _named(places: Iterable[int], names: Sequence[str]) -> list[str]:
    return [names[each] if len(names) else str(each) for each in places]


def _distances(table: Array, is_geographic: bool) -> Iterable[tuple[int, Array]]:
    """Distances of all points from some, part by part: the number of the first, and (part, n)."""
    spots = _unit(table) if is_geographic else table
    step = max(1, _PART // max(len(table), 1))
    for first in range(0, len(table), step):
        chords = np.sqrt(((spots[first : first + step, None, :] - spots[None, :, :]) ** 2).sum(axis=2))
        yield first, 2 * EARTH_KM * np.arcsin(np.minimum(chords / 2, 1)) if is_geographic else chords


def _unit(table: Array) -> Array:
    latitude, longitude = np.radians(table[:, 0]), np.radians(table[:, 1])
    level = np.cos(latitude)
    return np.column_stack([level * np.cos(longitude), level * np.sin(longitude), np.sin(latitude)])


def _flat(table: Array, is_geographic: bool) -> Array:
    if not is_geographic or not len(table):
        return table
    middle = np.radians((table[:, 0].min() + table[:, 0].max()) / 2)
    return np.column_stack([table[:, 1] * np.cos(middle), table[:, 0]])


def _edges(table: Array, names: Sequence[str]) -> Numbers:
    if len(table) < 3:
        raise Refused("too_few_places", places=len(table), least=3)
    known: dict[tuple[float, float], int] = {}
    for place, (x, y) in enumerate(table.tolist()):
        if (x, y) in known:
            raise Refused("same_point", places=_named((known[x, y], place), names))
        known[x, y] = place
    lines = shapely.get_parts(shapely.delaunay_triangles(shapely.multipoints(table), only_edges=True))
    ends = shapely.get_coordinates(lines).reshape(-1, 2, 2)
    return np.array([[known[tuple(first)], known[tuple(last)]] for first, last in ends.tolist()], dtype=np.int64)


def _both_ways(edges: Numbers) -> Numbers:
    return np.unique(np.concatenate([edges, edges[:, ::-1]]), axis=0)


def _is_clear(table: Array, edge: Numbers, around: list[list[int]]) -> bool:
    """Only the third corners of the triangles beside an edge can lie in its circle, or none does."""
    first, last = int(edge[0]), int(edge[1])
    third = list(set(around[first]) & set(around[last]))
    if not third:
        return True
    to_first, to_last = table[third] - table[first], table[third] - table[last]
    return bool(np.all((to_first * to_last).sum(axis=1) > 0))


# --- from outlines


def touching(
    shapes: Sequence[Any], *, has_corners: bool = True, gap: float = 0.0, names: Sequence[str] = ()
) -> Neighbours:
    """Outlines (shapely) that share a border; with `has_corners` a common corner is enough (the queen of chess).

    Simplified outlines leave slits: `gap`, in units of the outlines, says how far apart still counts as touching.
    """
    outlines = np.asarray(shapes, dtype=object)
    tree = shapely.STRtree(outlines)
    if gap:
        first, last = tree.query(outlines, predicate="dwithin", distance=gap)
    else:
        first, last = tree.query(outlines, predicate="intersects")
    apart = first != last
    first, last = first[apart], last[apart]
    if not has_corners:
        edges = shapely.boundary(outlines)
        rims = shapely.buffer(edges[first], gap) if gap else edges[first]
        shared = shapely.length(shapely.intersection(rims, edges[last])) > 3 * gap
        first, last = first[shared], last[shared]
    return of_pairs(np.column_stack([first, last]), len(outlines), names=names)
