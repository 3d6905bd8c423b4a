"""Bounding: what sums tell about a number that was left out.

A table of counts is a set of numbers tied by sums: a margin is the sum of its parts. Who reads it knows the shown
numbers, the sums and that no count is negative, and can work out between which limits each hidden number lies.
Two ways of doing so, with the same questions:

`Network` answers exactly in whole numbers where each number stands in at most two sums and the sums can be given signs
so that it adds to one and takes from the other. Tables of two directions are of this kind (also when one direction is a
tree: regency, district, village), and two flat tables that share one. A number is then an arc, a sum a node,
and a limit a flow (Gusfield, SIAM J. Comput. 17:552, 1988; Castro, Computers & Operations Research 34, 2007).

`Programme` answers for every other table by linear programming with a search for whole numbers.
"""

import heapq
import math
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from simpul.insight.methods.simplex import NEAR, Array, Contradiction, Simplex

Sum = Mapping[int, int]
Step = tuple[int, int]

# How many branches the search for whole numbers may open before it contents itself with the programme's limit.
BRANCHES = 20
# How far along an endless direction a second point is taken.
FAR = 100


def ends_of(sums: Sequence[Sum], cells: int) -> list[tuple[int, int]] | None:
    """For each number the node it leaves and the node it enters, or None where the sums are no network.

    Nodes are the sums 0..n-1; node n stands for everything outside, and keeps the balance because all others do.
    """
    standing: list[list[tuple[int, int]]] = [[] for _ in range(cells)]
    for node, each in enumerate(sums):
        for number, sign in each.items():
            standing[number].append((node, sign))
    if any(len(places) > 2 for places in standing):
        return None
    signs = _signs(standing, len(sums))
    if signs is None:
        return None
    ends = []
    for places in standing:
        found = {sign * signs[node]: node for node, sign in places}
        ends.append((found.get(-1, len(sums)), found.get(1, len(sums))))
    return ends


def _signs(standing: list[list[tuple[int, int]]], nodes: int) -> list[int] | None:
    """A sign for each sum so that each number adds to one sum and takes from the other; None where there is none."""
    ties: list[list[tuple[int, int]]] = [[] for _ in range(nodes)]
    for places in standing:
        if len(places) == 2:
            (one, a), (other, b) = places
            ties[one].append((other, -a * b))
            ties[other].append((one, -a * b))
    signs = [0] * nodes
    for first in range(nodes):
        if signs[first]:
            continue
        signs[first], waiting = 1, [first]
        while waiting:
            node = waiting.pop()
            for other, relation in ties[node]:
                if signs[other] == 0:
                    signs[other] = signs[node] * relation
                    waiting.append(other)
                elif signs[other] != signs[node] * relation:
                    return None
    return signs


class Network:
    """The limits of hidden numbers by flows, exact in whole numbers.

    `values` is one possible truth (see `settle`), `low` and `high` what is known of each number by itself, `hidden` the
    numbers that may move. All lists have one entry per number; `high` may be infinite.
    """

    def __init__(
        self,
        ends: list[tuple[int, int]],
        *,
        values: Sequence[int],
        low: list[float],
        high: list[float],
        hidden: Iterable[int],
    ) -> None:
        self.ends, self.low, self.high, self.hidden = ends, low, high, set(hidden)
        self.work = 0  # how many nodes were visited
        self.values: list[Any] = list(values)
        nodes = 1 + max((max(pair) for pair in ends), default=0)
        self.near: list[list[tuple[int, int, int]]] = [[] for _ in range(nodes)]
        for number, (tail, head) in enumerate(ends):
            self.near[tail].append((number, head, 1))
            self.near[head].append((number, tail, -1))

    def spread(self, number: int, need: int) -> set[int] | None:
        """The numbers that must stay hidden so that this one may take need + 1 values; None where it may not."""
        log: list[tuple[Step, Any]] = []
        up = self._push(number, 1, need, log)
        used = self._undo(log)
        if up < need:
            down = self._push(number, -1, need - up, log)
            used |= self._undo(log)
            if up + down < need:
                return None
        return used

    def limits(self, number: int) -> tuple[float, float]:
        """The smallest and the largest value that a hidden number may have."""
        log: list[tuple[Step, Any]] = []
        up = self._push(number, 1, math.inf, log)
        self._undo(log)
        down = self._push(number, -1, math.inf, log)
        self._undo(log)
        return self.values[number] - down, self.values[number] + up

    def cheapest(self, number: int, need: int, weights: Sequence[int | None]) -> set[int]:
        """The shown numbers of least weight that, hidden too, let this one move further: none where nothing helps.

        One closed trail through the number (Castro's shortest-path heuristic), in the direction that costs less;
        one that is wide enough at once before one that is not. A weight of None is never hidden.
        """
        log: list[tuple[Step, Any]] = []
        reach = {}
        for step in (1, -1):
            reach[step] = self._push(number, step, need, log)
            self._undo(log)
        missing = max(1, need - sum(reach.values()))
        for enough in dict.fromkeys((missing, 1)):
            found = [each for step in (1, -1) if (each := self._way_round(number, step, reach[step], enough, weights))]
            if found:
                return min(found, key=lambda each: sum(weights[one] or 0 for one in each))
        return set()

    def settle(self) -> None:
        """Find values of the hidden numbers that fit all sums, from the shown ones alone."""
        for number in self.hidden:
            self.values[number] = self.low[number]
        excess = [0] * len(self.near)
        for number, (tail, head) in enumerate(self.ends):
            excess[tail] -= self.values[number]
            excess[head] += self.values[number]
        for node in range(len(excess)):
            while excess[node] > 0:
                trail = self._trail(node, None, None, excess=excess)
                if trail is None:
                    raise Contradiction
                number, step = trail[0]
                last = self.ends[number][1 if step > 0 else 0]
                amount = min(excess[node], -excess[last], *(self._room(*each) for each in trail))
                self._move(trail, amount)
                excess[node] -= amount
                excess[last] += amount

    def _room(self, number: int, step: int) -> Any:
        if step > 0:
            return self.high[number] - self.values[number]
        return self.values[number] - self.low[number]

    def _move(self, trail: list[Step], amount: Any) -> None:
        for number, step in trail:
            self.values[number] += step * amount

    def _undo(self, log: list[tuple[Step, Any]]) -> set[int]:
        used = set()
        while log:
            (number, step), amount = log.pop()
            self.values[number] -= step * amount
            used.add(number)
        return used

    def _push(self, number: int, step: int, wanted: float, log: list[tuple[Step, Any]]) -> Any:
        """Move a number as far as wanted, others giving way; how far it came. The moves are written into the log."""
        start, goal = self.ends[number] if step < 0 else self.ends[number][::-1]
        moved: Any = 0
        while moved < wanted:
            room = min(wanted - moved, self._room(number, step))
            if room <= 0:
                return moved
            # One wide trail saves many narrow ones.
            trail = self._trail(start, goal, number, enough=room) if room < math.inf else None
            trail = trail or self._trail(start, goal, number)
            if trail is None:
                return moved
            trail = [*trail, (number, step)]
            amount = min(room, *(self._room(*each) for each in trail))
            if amount == math.inf:
                return math.inf
            self._move(trail, amount)
            log.extend((each, amount) for each in trail)
            moved += amount
        return moved

    def _trail(
        self, start: int, goal: int | None, without: int | None, enough: float = 1, excess: list[Any] | None = None
    ) -> list[Step] | None:
        """The shortest trail over hidden numbers that can move by enough, to the goal or to a node in need.

        Given from its end backwards.
        """
        came: dict[int, tuple[int, Step] | None] = {start: None}
        waiting = deque([start])
        values, low, high, hidden = self.values, self.low, self.high, self.hidden
        while waiting:
            node = waiting.popleft()
            self.work += 1
            if node == goal or (excess is not None and excess[node] < 0):
                return _backwards(came, node)
            for number, other, step in self.near[node]:
                if other in came or number not in hidden or number == without:
                    continue
                if (high[number] - values[number] if step > 0 else values[number] - low[number]) >= enough:
                    came[other] = (node, (number, step))
                    if other == goal:
                        # The first way that comes here is the shortest: nobody else need be asked.
                        return _backwards(came, other)
                    waiting.append(other)
        return None

    def _way_round(
        self, number: int, step: int, reach: int, enough: int, weights: Sequence[int | None]
    ) -> set[int] | None:
        log: list[tuple[Step, Any]] = []
        self._push(number, step, reach, log)
        found = None
        if self._room(number, step) >= enough:
            start, goal = self.ends[number] if step < 0 else self.ends[number][::-1]
            found = self._lightest(start, goal, number, enough, weights)
        self._undo(log)
        return None if found is None else {each for each, _step in found if each not in self.hidden}

    def _lightest(
        self, start: int, goal: int, without: int, enough: int, weights: Sequence[int | None]
    ) -> list[Step] | None:
        """Dijkstra over numbers that can move by enough; hidden ones cost nothing."""
        best: dict[int, int] = {start: 0}
        came: dict[int, tuple[int, Step] | None] = {start: None}
        waiting = [(0, start)]
        while waiting:
            cost, node = heapq.heappop(waiting)
            if node == goal:
                return _backwards(came, node)
            if cost > best[node]:
                continue
            for number, other, step in self.near[node]:
                weight = 0 if number in self.hidden else weights[number]
                if weight is None or number == without or best.get(other, math.inf) <= cost + weight:
                    continue
                if self._room(number, step) >= enough:
                    best[other] = cost + weight
                    came[other] = (node, (number, step))
                    heapq.heappush(waiting, (cost + weight, other))
        return None


def _backwards(came: Mapping[int, tuple[int, Step] | None], node: int) -> list[Step]:
    trail = []
    while (link := came[node]) is not None:
        node, each = link
        trail.append(each)
    return trail


def _narrow(one: Sum, low: dict[int, float], high: dict[int, float]) -> list[int]:
    """Narrow the limits of the numbers in one sum; those that became narrower."""
    narrower = []
    for each, sign in one.items():
        others = [(other, -sign * its) for other, its in one.items() if other != each]
        least = sum(low[other] if its > 0 else -high[other] for other, its in others)
        most = sum(high[other] if its > 0 else -low[other] for other, its in others)
        if least > high[each] or most < low[each]:
            raise Contradiction
        if least > low[each] or most < high[each]:
            low[each], high[each] = max(low[each], least), min(high[each], most)
            narrower.append(each)
    return narrower


class Programme:
    """The limits of hidden numbers by linear programming, for sums that are no network.

    Arguments as those of `Network`. A limit is that of whole numbers where the search finds it within `BRANCHES`
    branches, and otherwise that of the programme, which lies further out: what an attacker with a linear programme
    would find.
    """

    def __init__(
        self,
        sums: Sequence[Sum],
        *,
        values: Sequence[float],
        low: list[float],
        high: list[float],
        hidden: Iterable[int],
    ) -> None:
        self.sums, self.low, self.high, self.hidden = sums, low, high, set(hidden)
        self.values: list[Any] = list(values)
        self.standing: list[list[int]] = [[] for _ in values]
        for place, each in enumerate(sums):
            for number in each:
                self.standing[number].append(place)
        self._known: tuple[frozenset[int], Simplex] | None = None
        self._limits: dict[tuple[int, frozenset[int]], tuple[float, float]] = {}
        # Possible truths in whole numbers that were met on the way: most questions are answered by two of them.
        self._points: list[Array] = []
        # Numbers for which no such truth was met.
        self._unsettled: set[int] = set()
        self.work = 0  # how large the tableaus were that were gone through, in tens

    def settle(self) -> None:
        """Find values of the hidden numbers that fit all sums, from the shown ones alone."""
        self._subtract()
        waiting = set(self.hidden)
        while waiting:
            tied = self._tied(number := min(waiting))
            waiting -= tied
            self._points = []
            self._extreme(number, 1)
            if not self._points:
                self._unsettled |= tied
                continue
            for each in tied:
                self.values[each] = self._points[-1][each]
        self._points = []
        for one in self.sums:
            if self.hidden.isdisjoint(one) and sum(sign * self.values[number] for number, sign in one.items()) != 0:
                raise Contradiction

    def _subtract(self) -> None:
        """Numbers that follow from one sum after the other are no longer hidden; the programme gets the others.

        Within each sum a number is at most what the least of the others leaves, and at least what the most of them do.
        """
        low = {each: self.low[each] if each in self.hidden else value for each, value in enumerate(self.values)}
        high = {each: self.high[each] if each in self.hidden else value for each, value in enumerate(self.values)}
        waiting = deque(range(len(self.sums)))
        # Limits may creep towards each other without end; what takes longer is left to the programme.
        for _turn in range(20 * len(self.sums)):
            if not waiting:
                break
            for each in _narrow(self.sums[waiting.popleft()], low, high):
                waiting.extend(at for at in self.standing[each] if at not in waiting)
        for each in [each for each in self.hidden if low[each] == high[each]]:
            self.values[each] = low[each]
            self.hidden.discard(each)

    def spread(self, number: int, need: int) -> set[int] | None:
        """The numbers that must stay hidden so that this one may take need + 1 values; None where it may not."""
        used = self._met(number, need)
        if used is None:
            low, high = self.limits(number)
            if high - low < need:
                return None
            used = self._met(number, need)
        return self._tied(number) if used is None else used

    def _met(self, number: int, need: int) -> set[int] | None:
        """The same from two points that were met already; None where no two lie so far apart."""
        if not self._points or number in self._unsettled or number not in self.hidden:
            return None
        points, values = np.array(self._points), np.array(self.values, dtype=float)
        shown = np.ones(len(values), dtype=bool)
        shown[list(self.hidden)] = False
        points = np.vstack([values, points[(points[:, shown] == values[shown]).all(axis=1)]])
        least, most = points[points[:, number].argmin()], points[points[:, number].argmax()]
        if most[number] - least[number] < need:
            return None
        return set(np.flatnonzero((least != values) | (most != values)).tolist())

    def limits(self, number: int) -> tuple[float, float]:
        """The smallest and the largest value that a hidden number may have."""
        if number not in self.hidden:
            return self.values[number], self.values[number]
        tied = frozenset(self._tied(number))
        if (number, tied) not in self._limits:
            self._limits[number, tied] = self._extreme(number, 1), self._extreme(number, -1)
        return self._limits[number, tied]

    def cheapest(self, number: int, need: int, weights: Sequence[int | None]) -> set[int]:
        """The shown numbers of small weight that, hidden too, let this one move: none where nothing helps.

        The move of least weighted length that fits all sums (Kelly, Golden and Assad, Networks 22, 1992).
        """
        free = [each for each, weight in enumerate(weights) if each in self.hidden or weight is not None]
        place = {each: index for index, each in enumerate(free)}
        cost = np.array([0 if each in self.hidden else weights[each] for each in free] * 2, dtype=float)
        # Most limits lie too far away to matter; they are looked at where the answer without them does not help.
        for by, near in ((need, 2 * need), (need, math.inf), (-(-need // 2), math.inf), (1, math.inf)):
            found = [move for step in (1, -1) if (move := self._lightest_move(place, cost, number, step * by, near))]
            if found:
                return min(found, key=lambda move: sum(weights[each] or 0 for each in move))
        return set()

    def _lightest_move(
        self, place: Mapping[int, int], cost: Array, number: int, by: int, near: float
    ) -> set[int] | None:
        """The shown numbers in the lightest move of all that moves this one `by`, limits further than near let be."""
        count = len(place)
        rows, right = [], []
        for each in self.sums:
            row = np.zeros(2 * count)
            for one in place.keys() & each.keys():
                row[place[one]], row[count + place[one]] = each[one], -each[one]
            if row.any():
                rows.append(row)
                right.append(0.0)
        rows.append(np.zeros(2 * count))
        rows[-1][place[number]], rows[-1][count + place[number]] = 1, -1
        right.append(by)
        above = [self.high[one] - self.values[one] for one in place]
        below = [self.values[one] - self.low[one] for one in place]
        room = np.array([*above, *below], dtype=float)
        room[room > near] = math.inf
        try:
            simplex = Simplex(np.array(rows), np.array(right), room)
        except Contradiction:
            return None
        move = simplex.minimise(cost)[1]
        return {one for one, at in place.items() if one not in self.hidden and move[at] + move[count + at] > NEAR}

    def _tied(self, number: int) -> set[int]:
        """The hidden numbers that any chain of sums ties to this one."""
        tied, waiting = {number}, [number]
        while waiting:
            for place in self.standing[waiting.pop()]:
                new = (self.sums[place].keys() & self.hidden) - tied
                tied |= new
                waiting.extend(new)
        return tied

    def _simplex(self, number: int, narrowed: Mapping[int, tuple[float, float]]) -> tuple[list[int], "Simplex"]:
        """The programme of all numbers tied to this one, each counted from its lower limit."""
        numbers = sorted(self._tied(number))
        if not narrowed and self._known and self._known[0] == frozenset(numbers):
            return numbers, self._known[1]
        place = {each: index for index, each in enumerate(numbers)}
        low = {each: narrowed.get(each, (self.low[each], 0))[0] for each in numbers}
        high = [narrowed.get(each, (0, self.high[each]))[1] - low[each] for each in numbers]
        rows, right = [], []
        for at in sorted({at for each in numbers for at in self.standing[each]}):
            row, known = np.zeros(len(numbers)), 0.0
            for each, sign in self.sums[at].items():
                if each in place:
                    row[place[each]] = sign
                known -= sign * (low[each] if each in place else self.values[each])
            rows.append(row)
            right.append(known)
        matrix = np.array(rows) if rows else np.zeros((0, len(numbers)))
        simplex = Simplex(matrix, np.array(right), np.array(high, dtype=float))
        if not narrowed:
            self._known = (frozenset(numbers), simplex)
        return numbers, simplex

    def _extreme(self, number: int, sense: int) -> float:
        """The smallest (sense 1) or largest (sense -1) value: the best branch first, until its numbers are whole."""
        waiting: list[tuple[float, int, dict[int, tuple[float, float]], int, float]] = []
        opened = 0
        self._open(waiting, opened, number, sense, {})
        if not waiting:
            raise Contradiction
        while waiting:
            value, _order, narrowed, broken, at = waiting[0]
            if broken < 0 or math.isinf(value) or opened >= BRANCHES:
                return sense * (value if math.isinf(value) else math.ceil(value - NEAR))
            heapq.heappop(waiting)
            low, high = narrowed.get(broken, (self.low[broken], self.high[broken]))
            for limits in ((low, math.floor(at)), (math.ceil(at), high)):
                opened += 1
                self._open(waiting, opened, number, sense, {**narrowed, broken: limits})
        raise Contradiction

    def _open(
        self,
        waiting: list[tuple[float, int, dict[int, tuple[float, float]], int, float]],
        order: int,
        number: int,
        sense: int,
        narrowed: dict[int, tuple[float, float]],
    ) -> None:
        """Put one branch among those that wait: its limit, and a number that is not yet whole (or -1)."""
        try:
            numbers, simplex = self._simplex(number, narrowed)
        except Contradiction:
            return
        cost = np.zeros(len(numbers))
        cost[numbers.index(number)] = sense
        value, moved, ray = simplex.minimise(cost)
        self.work += 1 + simplex.tableau.size // 10
        start = narrowed.get(number, (self.low[number], 0))[0]
        broken, at = -1, 0.0
        for each, above in zip(numbers, moved, strict=True):
            if abs(above - round(above)) > NEAR:
                broken, at = each, narrowed.get(each, (self.low[each], 0))[0] + above
                break
        else:
            shift = np.array([narrowed.get(each, (self.low[each], 0))[0] for each in numbers])
            self._meet(numbers, np.round(moved) + shift, ray)
        heapq.heappush(waiting, (value + sense * start, order, narrowed, broken, at))

    def _meet(self, numbers: list[int], found: Array, ray: Array | None) -> None:
        point = np.array(self.values, dtype=float)
        point[numbers] = found
        self._points.append(point)
        if ray is not None and (ray == np.round(ray)).all():
            further = point.copy()
            further[numbers] += FAR * ray
            self._points.append(further)
