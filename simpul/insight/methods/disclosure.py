"""Disclosure: what a table of counts may show without showing a person.

A count below the threshold is hidden (primary suppression). That alone protects nothing: a margin less the shown cells
gives the hidden one. So further cells are hidden too (complementary suppression) until whoever knows every shown cell,
every sum and the rule itself can narrow no hidden cell down to fewer than `width` values; and `audit` tries exactly
that on what is about to be published, knowing nothing else.

All hidden cells carry the same mark. A mark that told "fewer than 11" from "hidden to protect another" would help to
compute: ten cells marked "fewer than 11" under a total so marked, with zeros shown, are ten ones.

Tables come from `margins`; those that share a margin are linked there and protected as one.

What is not looked at here: what an attacker knows from elsewhere (give it as `known`), that the rule prefers small
cells for hiding, and differences between two releases of the same cells at different dates (`differences`).

Sources: Cox, JASA 75:377 (1980) on complementary suppression; Gusfield, SIAM J. Comput. 17:552 (1988) on what follows
from the margins of a two-way table; Willenborg and de Waal, Elements of Statistical Disclosure Control (2001);
threshold 11 as the Counter-Trafficking Data Collaborative publishes.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from simpul.insight.methods.bounding import Network, Programme, ends_of
from simpul.insight.methods.margins import Cell, DisclosureError, Sums, Table, equations, in_words
from simpul.insight.methods.simplex import Contradiction
from simpul.lib.speech import gettext_noop

Engine = Network | Programme

# Networks of up to so many cells that are not zero get the least loss exactly.
SMALL = 48
# How much work (nodes visited) is spent on showing cells again.
WORK = 150_000
# When the exact search gives up and the heuristic's answer stands.
ROUNDS, BRANCHES = 150, 20_000


class CannotProtect(DisclosureError):
    """A cell stays computable whatever else is hidden, because of cells that are known already."""


@dataclass(frozen=True)
class Hidden:
    """In the place of a number that is not shown.

    Written "…", or "<11" where it stands for a count that is hidden by itself. It sorts after every number,
    is never written as one, and cannot be added to one.
    """

    fewer_than: int | None = None

    def __str__(self) -> str:
        return "…" if self.fewer_than is None else f"<{self.fewer_than}"

    def __format__(self, _specification: str) -> str:
        return str(self)

    def __lt__(self, _other: object) -> bool:
        return False

    def __gt__(self, other: object) -> bool:
        return not isinstance(other, Hidden)


@dataclass(frozen=True)
class Rule:
    """What is hidden and how well.

    threshold: counts of 1 to threshold - 1 are hidden. width: so many values of each hidden cell must stay possible;
    threshold - 1 unless told otherwise. zeros_shown: "nobody" is a figure like any other; if not, zeros are hidden too.
    """

    threshold: int = 11
    width: int | None = None
    zeros_shown: bool = True

    def __post_init__(self) -> None:
        if self.threshold < 2 or self.values < 2:
            raise DisclosureError(gettext_noop("A threshold or a width below 2 protects nobody. Give 2 or more."))

    @property
    def values(self) -> int:
        """How many values of a hidden cell must stay possible."""
        return max(2, self.threshold - 1) if self.width is None else self.width

    @property
    def least(self) -> int:
        """The least value that a hidden cell may have."""
        return 1 if self.zeros_shown else 0

    def hides(self, count: int) -> bool:
        return self.least <= count < self.threshold


@dataclass(frozen=True)
class Published:
    """What everybody sees: a number or a mark in each cell, which cell sums up which, and the rule."""

    values: Mapping[Cell, int | Hidden]
    sums: Sums
    rule: Rule = field(default_factory=Rule)

    @property
    def hidden(self) -> frozenset[Cell]:
        return frozenset(each for each, value in self.values.items() if isinstance(value, Hidden))


@dataclass(frozen=True)
class Protection:
    """A table made fit to be published, and for its maker which cells were hidden for which reason.

    least: whether no smaller set of complementary cells would do (fewest cells, then smallest counts), or only none
    that leaves one of these out.
    """

    published: Published
    primary: frozenset[Cell]
    complementary: frozenset[Cell]
    least: bool


@dataclass(frozen=True)
class Finding:
    """A hidden cell that the published figures narrow down to low..high (both possible)."""

    cell: Cell
    low: float
    high: float

    @property
    def exact(self) -> bool:
        return self.low == self.high


# Hiding


def suppressed(table: Table, *, rule: Rule | None = None) -> Published:
    """Primary suppression alone, for counts that are shown without any margin (points on a map).

    With margins it protects nothing: use `protected`.
    """
    rule = rule or Rule()
    mark = Hidden(fewer_than=rule.threshold)
    return Published({each: mark if rule.hides(count) else count for each, count in table.counts.items()},
                     table.sums, rule)  # fmt: skip


def protected(
    table: Table, *, rule: Rule | None = None, known: Collection[Cell] = (), hold: Collection[Cell] = ()
) -> Protection:
    """Hide small counts, and as few others as will keep them hidden.

    known: cells that are public already and are shown whatever they hold. hold: cells that are hidden whatever they
    hold, because an earlier release hid them; none of them may be 0 where zeros are shown. The loss is the number of
    complementary cells, then the sum of their counts: least of all for small tables of two directions (implicit hitting
    sets over the cells left narrow), and otherwise such that none of them can be shown again, as far as `WORK` goes.
    CannotProtect where known cells give one away.
    """
    rule = rule or Rule()
    cells = list(table.counts)
    shown, held = set(known), set(hold)
    primary = {at for at, each in enumerate(cells)
               if (rule.hides(table.counts[each]) or each in held) and each not in shown}  # fmt: skip
    engine = _engine(table.counts, table.sums, rule, primary)
    weights = _weights(table, rule, known)
    complementary, leaning = _enough(engine, primary, weights, rule.values - 1, cells)
    _show_again(engine, complementary, leaning, weights, rule.values - 1)
    chosen, least = set(complementary), not complementary
    small = isinstance(engine, Network) and sum(weight is not None for weight in weights) <= SMALL
    if complementary and small:
        chosen, least = _least(engine, primary, chosen, weights, rule.values - 1)
    hidden = primary | chosen
    values = {each: Hidden() if at in hidden else table.counts[each] for at, each in enumerate(cells)}
    named = [frozenset(cells[at] for at in each) for each in (primary, chosen)]
    return Protection(Published(values, table.sums, rule), named[0], named[1], least)


def _engine(counts: Mapping[Cell, int], sums: Sums, rule: Rule, hidden: Collection[int]) -> Engine:
    signed = equations(counts, sums)
    low, high = [float(rule.least)] * len(counts), [math.inf] * len(counts)
    ends = ends_of(signed, len(counts))
    values = list(counts.values())
    if ends is None:
        return Programme(signed, values=values, low=low, high=high, hidden=hidden)
    return Network(ends, values=values, low=low, high=high, hidden=hidden)


def _weights(table: Table, rule: Rule, known: Collection[Cell]) -> list[int | None]:
    """What hiding each cell costs: one cell more counts more than any count. None: shown whatever happens."""
    more = 1 + sum(table.counts.values())
    shown = set(known)
    return [None if each in shown or count < rule.least else more + count for each, count in table.counts.items()]


def _enough(
    engine: Engine, primary: set[int], weights: Sequence[int | None], need: int, cells: Sequence[Cell]
) -> tuple[dict[int, int], dict[int, set[int]]]:
    """Hide further cells until each hidden one is wide enough.

    For each further cell the one that asked for it, and for each hidden cell those it leans on.
    """
    values = engine.values
    waiting = sorted(primary, key=lambda at: (-values[at], at))
    complementary: dict[int, int] = {}
    leaning: dict[int, set[int]] = {}
    for at in waiting:
        while (used := engine.spread(at, need)) is None:
            more = engine.cheapest(at, need, weights)
            if not more:
                raise CannotProtect(
                    gettext_noop("Known cells give %(cell)s away. Publish fewer tables or one in all."),
                    cell=in_words(cells[at]),
                )
            engine.hidden |= more
            complementary.update(dict.fromkeys(more, at))
            waiting.extend(sorted(more))
        leaning[at] = used
    return complementary, leaning


def _show_again(
    engine: Engine,
    complementary: dict[int, int],
    leaning: dict[int, set[int]],
    weights: Sequence[int | None],
    need: int,
) -> None:
    """Show each complementary cell again that is not needed, those that cost most first.

    Only those that lean on it are looked at again, first the one that asked for it: it most likely says no.
    """
    enough = engine.work + WORK
    for at in sorted(complementary, key=lambda at: (-(weights[at] or 0), at)):
        engine.hidden.discard(at)
        again = {}
        others = [other for other, used in leaning.items() if at in used and other != at]
        for other in sorted(others, key=lambda other: other != complementary[at]):
            found = engine.spread(other, need) if engine.work < enough else None
            if found is None:
                engine.hidden.add(at)
                break
            again[other] = found
        else:
            leaning.update(again)
            del leaning[at], complementary[at]


def _least(
    engine: Engine, primary: set[int], best: set[int], weights: Sequence[int | None], need: int
) -> tuple[set[int], bool]:
    """The complementary cells of least weight, and whether that is proven.

    A hidden cell that is too narrow although all cells but a few are hidden needs one of those few: a clause. The
    lightest set that meets all clauses is tried; where it fails, it gives new clauses; where it does not, it is least.
    """
    clauses: list[tuple[int | None, frozenset[int]]] = []
    free = [at for at, weight in enumerate(weights) if weight is not None and at not in primary]
    for _round in range(ROUNDS):
        chosen, proven = _lightest(clauses, weights, best)
        if not proven or chosen is None:
            return best, proven
        engine.hidden = primary | chosen
        narrow = [at for at in sorted(engine.hidden) if engine.spread(at, need) is None]
        if not narrow:
            return chosen, True
        for at in narrow:
            engine.hidden = primary | chosen
            clauses.append((None if at in primary else at, _few(engine, at, free, need)))
    return best, False


def _few(engine: Engine, at: int, free: Sequence[int], need: int) -> frozenset[int]:
    """Cells of which one must be hidden, or this one stays too narrow: all others are hidden and it does not help."""
    few = set()
    for other in free:
        if other in engine.hidden:
            continue
        engine.hidden.add(other)
        if engine.spread(at, need) is not None:
            engine.hidden.discard(other)
            few.add(other)
    return frozenset(few)


def _lightest(
    clauses: Sequence[tuple[int | None, frozenset[int]]], weights: Sequence[int | None], best: Collection[int]
) -> tuple[set[int] | None, bool]:
    """The lightest set lighter than `best` that meets all clauses (None: there is none), and whether that is proven.

    A clause (cell, few) asks for one of the few where the cell itself is in the set, (None, few) always.
    """
    limit = sum(weights[at] or 0 for at in best)
    found: set[int] | None = None
    waiting: list[tuple[frozenset[int], frozenset[int], int]] = [(frozenset(), frozenset(), 0)]
    for _branch in range(BRANCHES):
        if not waiting:
            return found, True
        chosen, banned, cost = waiting.pop()
        if cost >= limit:
            continue
        unmet = [few - banned for at, few in clauses if (at is None or at in chosen) and not few & chosen]
        if not unmet:
            found, limit = set(chosen), cost
            continue
        branches = []
        shortest = min(unmet, key=len)
        for at in sorted(shortest, key=lambda at: (weights[at] or 0, at)):
            branches.append((chosen | {at}, banned, cost + (weights[at] or 0)))
            banned = banned | {at}
        waiting.extend(reversed(branches))
    return found, False


# The attacker's check


def audit(*published: Published) -> list[Finding]:
    """The hidden cells that the published figures give away: those with fewer possible values than the rule asks for.

    It knows what everybody knows: shown cells, sums, the marks, and the rules; several releases are read together. An
    empty list lets the release pass. DisclosureError where the figures contradict each other.
    """
    engine, cells, hidden = _attacker(published)
    need = max((each.rule.values for each in published), default=2) - 1
    found = []
    for at in hidden:
        if engine.spread(at, need) is None:
            found.append(Finding(cells[at], *engine.limits(at)))
    return found


def bounds(*published: Published) -> dict[Cell, tuple[float, float]]:
    """For each hidden cell its smallest and largest possible value (math.inf where there is no largest).

    Exact in whole numbers for two-way tables, trees crossed with one more direction, and flat ones linked by one
    margin; for others as `bounding.Programme` says.
    """
    engine, cells, hidden = _attacker(published)
    return {cells[at]: engine.limits(at) for at in hidden}


def _attacker(published: Sequence[Published]) -> tuple[Engine, list[Cell], list[int]]:
    shown: dict[Cell, int] = {}
    limits: dict[Cell, tuple[float, float]] = {}
    for release in published:
        told = any(isinstance(value, Hidden) and value.fewer_than for value in release.values.values())
        for each, value in release.values.items():
            if not isinstance(value, Hidden):
                if shown.setdefault(each, value) != value:
                    raise DisclosureError(
                        gettext_noop("Two releases show %(cell)s differently. Correct one of them."),
                        cell=in_words(each),
                    )
                continue
            low, high = limits.get(each, (0, math.inf))
            limits[each] = _narrowed(low, high, value, release.rule, told)
    cells = list(dict.fromkeys([*shown, *limits]))
    hidden = {at for at, each in enumerate(cells) if each not in shown}
    sums = tuple(dict.fromkeys(each for release in published for each in release.sums))
    engine = _engine({each: shown.get(each, 0) for each in cells}, sums, Rule(), hidden)
    for at in hidden:
        engine.low[at], engine.high[at] = limits[cells[at]]
        if engine.low[at] > engine.high[at]:
            raise DisclosureError(
                gettext_noop("Two releases mark %(cell)s differently. Correct one of them."), cell=in_words(cells[at])
            )
    try:
        engine.settle()
    except Contradiction as problem:
        raise DisclosureError(problem.sentence) from problem
    return engine, cells, sorted(hidden)


def _narrowed(low: float, high: float, mark: Hidden, rule: Rule, told: bool) -> tuple[float, float]:
    """What a mark says by itself. Where small counts have a mark of their own, every other mark hides a larger one."""
    if mark.fewer_than is not None:
        return max(low, rule.least), min(high, mark.fewer_than - 1)
    return max(low, rule.threshold if told else rule.least), high
