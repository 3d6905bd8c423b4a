"""Rounding: every count at a multiple of a base, with all sums still coming out."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence

from simpul.insight.methods.bounding import ends_of
from simpul.insight.methods.margins import DisclosureError, Table, equations
from simpul.lib.speech import gettext_noop


def rounded(table: Table, *, base: int = 5, seed: int | None = None) -> Table:
    """Every cell at one of the two multiples of the base next to it, all sums still coming out.

    Controlled random rounding (Cox, JASA 82:520, 1987): the mean over all seeds is the count itself, and a multiple of
    the base stays. For tables that are networks (see bounding); DisclosureError for others.
    """
    cells = list(table.counts)
    ends = ends_of(equations(cells, table.sums), len(cells))
    if ends is None:
        raise DisclosureError(
            gettext_noop("Only tables of two directions can be rounded with their sums kept. Round a smaller table.")
        )
    chance = random.SystemRandom() if seed is None else random.Random(seed)
    values = list(table.counts.values())
    near = defaultdict(set)
    for at, pair in enumerate(ends):
        if values[at] % base:
            for node in pair:
                near[node].add(at)
    for first in range(len(cells)):
        while values[first] % base:
            circle = _circle(first, ends, near)
            # Up to the next multiple on some cell, in either direction, so that nothing moves on the whole.
            up = min(base - values[at] % base if step > 0 else values[at] % base for at, step in circle)
            down = min(values[at] % base if step > 0 else base - values[at] % base for at, step in circle)
            by = up if chance.randrange(up + down) < down else -down
            for at, step in circle:
                values[at] += step * by
                if values[at] % base == 0:
                    for node in ends[at]:
                        near[node].discard(at)
    return Table(dict(zip(cells, values, strict=True)), table.sums)


def _circle(first: int, ends: Sequence[tuple[int, int]], near: Mapping[int, set[int]]) -> list[tuple[int, int]]:
    """Some closed walk over cells that are no multiples yet: each sum has none of them or at least two."""
    tail, node = ends[first]
    walk, visited = [(first, 1)], {tail: 0}
    while node not in visited:
        visited[node] = len(walk)
        at = next(each for each in near[node] if each != walk[-1][0])
        step = 1 if ends[at][0] == node else -1
        walk.append((at, step))
        node = ends[at][1] if step > 0 else ends[at][0]
    return walk[visited[node] :]
