"""Flows: from the legs of people's journeys to corridors, chokepoints, and what has shifted.

A leg is one step of one journey: from a node to a node, in an order. A node is whatever the legs name: a region's
code, a country, a crossing. What is counted is journeys, never legs: one person who goes back and forth makes no
corridor. Whether a change of a count is more than chance is asked exactly: given both periods together, the later
count is binomial (Przyborowski and Wilenski, Biometrika 31:313, 1940), with the false discoveries among many segments
held down as Benjamini and Hochberg (JRSS-B 57:289, 1995) do.
"""

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from simpul.insight.methods.discoveries import benjamini_hochberg
from simpul.insight.methods.refusal import Refused
from simpul.lib.shares import wilson

Node = str


@dataclass(frozen=True, order=True)
class Leg:
    """One step: `position` orders the legs of a `journey`; `on` is a day as YYYY-MM-DD or its beginning, or empty.

    `certainty` from 0 to 1 is how sure one is of it; `means` and `crossing` are codes, or empty.
    """

    journey: str
    position: int
    origin: Node
    destination: Node
    means: str = ""
    crossing: str = ""
    on: str = ""
    certainty: float = 1.0


@dataclass(frozen=True)
class Journey:
    """The way of one person or group: its `nodes` in order, each named once in a row.

    `breaks` are the positions after which it is not known how one came to the next leg; `certainty` is that of its
    least certain leg; `on` the first day that is known. `people` is how many made this journey, where several are
    known to have gone the same way.
    """

    key: str
    nodes: tuple[Node, ...]
    legs: tuple[Leg, ...]
    breaks: tuple[int, ...]
    certainty: float
    on: str
    people: int = 1

    @property
    def means(self) -> tuple[str, ...]:
        return tuple(sorted({leg.means for leg in self.legs if leg.means}))


@dataclass(frozen=True)
class Corridor:
    """A way that several journeys share: `journeys` counts them, `share` of all, `first` and `last` known day."""

    nodes: tuple[Node, ...]
    journeys: int
    share: float
    first: str
    last: str
    means: tuple[str, ...]
    least_certain: float


@dataclass(frozen=True)
class Segment:
    """Two nodes next to each other on a way, in this direction, and how many journeys pass."""

    origin: Node
    destination: Node
    journeys: int
    share: float
    means: tuple[str, ...]


@dataclass(frozen=True)
class Chokepoint:
    """A node between begin and end: `journeys` pass it; `only` of them begin and end as others do that do not."""

    node: Node
    journeys: int
    share: float
    avoidable: int


@dataclass(frozen=True)
class Shift:
    """A segment in two periods. `ratio` later to earlier per unit of time, with its 95 % interval; `p` two-sided.

    `is_change` after the control of false discoveries; a segment that is new, or gone, has a ratio of infinity or 0.
    """

    origin: Node
    destination: Node
    before: int
    after: int
    ratio: float
    low: float
    high: float
    p: float
    is_change: bool


def journeys(legs: Iterable[Leg], *, place: Callable[[Node], Node] = lambda node: node) -> list[Journey]:
    """Journeys out of their legs, by key. `place` names a node more coarsely, as a district for its villages.

    Raises `Refused` for a leg without an end and for two legs of one journey at the same position.
    """
    by_key: dict[str, list[Leg]] = defaultdict(list)
    for leg in legs:
        if not leg.origin or not leg.destination:
            raise Refused("leg_without_end", journey=leg.journey, position=leg.position)
        if not 0 <= leg.certainty <= 1:
            raise Refused("not_a_share", name="certainty", value=leg.certainty)
        by_key[leg.journey].append(leg)
    return [_journey(key, sorted(found, key=lambda leg: leg.position), place) for key, found in sorted(by_key.items())]


def _journey(key: str, legs: list[Leg], place: Callable[[Node], Node]) -> Journey:
    nodes: list[Node] = []
    breaks = []
    for earlier, leg in zip([None, *legs], legs, strict=False):
        if earlier and earlier.position == leg.position:
            raise Refused("position_twice", journey=key, position=leg.position)
        if earlier and place(earlier.destination) != place(leg.origin):
            breaks.append(earlier.position)
        for node in (place(leg.origin), place(leg.destination)):
            if not nodes or nodes[-1] != node:
                nodes.append(node)
    days = [leg.on for leg in legs if leg.on]
    return Journey(
        key, tuple(nodes), tuple(legs), tuple(breaks), min(leg.certainty for leg in legs), min(days, default="")
    )


def number_of(found: Iterable[Journey]) -> int:
    """How many journeys there are, counting those that several people made as often."""
    return sum(journey.people for journey in found)


def corridors(found: Sequence[Journey], *, least: int = 1) -> list[Corridor]:
    """Ways that at least so many journeys took from begin to end, the most travelled first."""
    by_nodes: dict[tuple[Node, ...], list[Journey]] = defaultdict(list)
    for journey in found:
        if len(journey.nodes) > 1:
            by_nodes[journey.nodes].append(journey)
    total = number_of(found) or 1
    made = [
        Corridor(
            nodes,
            number_of(shared),
            number_of(shared) / total,
            min((journey.on for journey in shared if journey.on), default=""),
            max((journey.on for journey in shared if journey.on), default=""),
            tuple(sorted({means for journey in shared for means in journey.means})),
            min(journey.certainty for journey in shared),
        )
        for nodes, shared in by_nodes.items()
        if number_of(shared) >= least
    ]
    return sorted(made, key=lambda corridor: (-corridor.journeys, corridor.nodes))


def segments(found: Sequence[Journey], *, least: int = 1) -> list[Segment]:
    """Pairs of nodes that follow each other, by how many journeys pass, each counted once."""
    passing: dict[tuple[Node, Node], dict[str, int]] = defaultdict(dict)
    means: dict[tuple[Node, Node], set[str]] = defaultdict(set)
    for journey in found:
        by = journey.means
        for pair in zip(journey.nodes, journey.nodes[1:], strict=False):
            passing[pair][journey.key] = journey.people
            means[pair].update(by)
    total = number_of(found) or 1
    made = [
        Segment(*pair, sum(people.values()), sum(people.values()) / total, tuple(sorted(means[pair])))
        for pair, people in passing.items()
        if sum(people.values()) >= least
    ]
    return sorted(made, key=lambda segment: (-segment.journeys, segment.origin, segment.destination))


def chokepoints(found: Sequence[Journey]) -> list[Chokepoint]:
    """Nodes between begin and end, by how many journeys pass; and how many of these have a known way around it.

    A way around is another journey from the same begin to the same end that does not pass.
    """
    between: dict[Node, list[Journey]] = defaultdict(list)
    ends: dict[tuple[Node, Node], list[Journey]] = defaultdict(list)
    for journey in found:
        if len(journey.nodes) > 1:
            ends[journey.nodes[0], journey.nodes[-1]].append(journey)
        for node in set(journey.nodes[1:-1]):
            between[node].append(journey)
    total = number_of(found) or 1
    made = []
    for node, passing in between.items():
        around = {pair for pair, known in ends.items() if any(node not in other.nodes for other in known)}
        avoidable = number_of(journey for journey in passing if (journey.nodes[0], journey.nodes[-1]) in around)
        made.append(Chokepoint(node, number_of(passing), number_of(passing) / total, avoidable))
    return sorted(made, key=lambda point: (-point.journeys, point.node))


def shifts(
    before: Sequence[Journey], after: Sequence[Journey], *, times: tuple[float, float] = (1.0, 1.0), rate: float = 0.1
) -> list[Shift]:
    """Which segments carry more or fewer journeys than before; `times` are the lengths of both periods.

    At most the share `rate` of the changes that are called so is expected to be chance. Those least likely to be chance
    stand first.
    """
    if min(times) <= 0:
        raise Refused("no_time", times=times)
    earlier = Counter({(s.origin, s.destination): s.journeys for s in segments(before)})
    later = Counter({(s.origin, s.destination): s.journeys for s in segments(after)})
    share = times[1] / sum(times)
    tested = [(pair, earlier[pair], later[pair], _binomial_p(earlier[pair], later[pair], share))
              for pair in sorted(earlier.keys() | later.keys())]  # fmt: skip
    called = (benjamini_hochberg([p for *_pair, p in tested]) <= rate).tolist()
    made = [
        Shift(*pair, one, two, *_ratio(one, two, share), p, is_change)
        for (pair, one, two, p), is_change in zip(tested, called, strict=True)
    ]
    return sorted(made, key=lambda shift: (shift.p, -shift.after, shift.origin, shift.destination))


@lru_cache(maxsize=4096)
def _binomial_p(one: int, two: int, share: float) -> float:
    """Two-sided p of `two` of `one + two` at the share: all outcomes that are no likelier than this one."""
    n = one + two
    limit = _log_binomial(n, two, share) + 1e-9
    mode = min(n, int((n + 1) * share))
    if _log_binomial(n, mode, share) <= limit:
        return 1.0
    # From the mode outwards outcomes become less likely, so each side begins where a bisection says.
    below = bisect_right(range(mode), limit, key=lambda k: _log_binomial(n, k, share)) - 1
    above = mode + bisect_left(range(mode, n + 1), -limit, key=lambda k: -_log_binomial(n, k, share))
    return min(1.0, _tail(n, range(below, -1, -1), share) + _tail(n, range(above, n + 1), share))


def _tail(n: int, outcomes: Iterable[int], share: float) -> float:
    """The chance of outcomes, from the likeliest on, until what is left adds nothing."""
    total = 0.0
    for k in outcomes:
        term = math.exp(_log_binomial(n, k, share))
        total += term
        if term <= total * 1e-17:
            break
    return total


def _log_binomial(n: int, k: int, share: float) -> float:
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return ways + k * math.log(share) + (n - k) * math.log(1 - share)


def _ratio(one: int, two: int, share: float) -> tuple[float, float, float]:
    """The ratio of rates and its interval, from that of the share of the later ones."""
    low, high = wilson(two, one + two)
    even = share / (1 - share)
    return (
        two / one / even if one else math.inf,
        low / (1 - low) / even if two else 0.0,
        high / (1 - high) / even if one else math.inf,
    )
