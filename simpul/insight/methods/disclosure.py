"""Disclosure: what a table of counts may show without showing a person.

A count below the threshold is hidden (primary suppression). That alone protects nothing: a margin less the shown cells
gives the hidden one. So further cells are hidden too (complementary suppression) until whoever knows every shown cell,
every sum and the rule itself can narrow no hidden cell down to fewer than `width` values; and `audit` tries exactly
that on what is about to be published, knowing nothing else.

All hidden cells carry the same mark. A mark that told "fewer than 11" from "hidden to protect another" would help to
compute: ten cells marked "fewer than 11" under a total so marked, with zeros shown, are ten ones.

A cell is named by its codes, `cell(place="61.07", sex="P")`; a margin leaves a direction out and `cell()` is the grand
total, so tables that share a margin share its name, and `linked` protects them as one.

What is not looked at here: what an attacker knows from elsewhere (give it as `known`), that the rule prefers small
cells for hiding, and differences between two releases of the same cells at different dates.

Sources: Cox, JASA 75:377 (1980) on complementary suppression; Gusfield, SIAM J. Comput. 17:552 (1988) on what follows
from the margins of a two-way table; Willenborg and de Waal, Elements of Statistical Disclosure Control (2001);
threshold 11 as the Counter-Trafficking Data Collaborative publishes.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

from simpul.insight.methods.bounding import Contradiction, Network, Programme, ends_of

Cell = tuple[tuple[str, str], ...]
Sums = tuple[tuple[Cell, tuple[Cell, ...]], ...]
Engine = Network | Programme

# Networks of up to so many cells that are not zero get the least loss exactly.
SMALL = 48
# Among how many linked tables a set of sums is sought that forms a network.
MANY = 6
# How much work (nodes visited) is spent on showing cells again.
WORK = 150_000
# When the exact search gives up and the heuristic's answer stands.
ROUNDS, BRANCHES = 150, 20_000


class DisclosureError(ValueError):
    """A table that cannot be read as counts with their margins, or figures that contradict each other."""


class CannotProtect(DisclosureError):
    """A cell stays computable whatever else is hidden, because of cells that are known already."""


class BudgetSpent(DisclosureError):
    """A release would spend more of the privacy budget than is left."""


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
            raise DisclosureError("A threshold or a width below 2 protects nobody. Give 2 or more.")

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
class Table:
    """Counts of all cells with their margins, and which cell is the sum of which others (each margin once).

    otherwise: other sets of sums from which the same follows.
    """

    counts: Mapping[Cell, int]
    sums: Sums
    otherwise: tuple[Sums, ...] = ()


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


def cell(**codes: str) -> Cell:
    """The name of a cell: cell(place="61.07", sex="P"). Directions left out are summed over."""
    return tuple(sorted(codes.items()))


# Tables


def tabulated(
    counts: Mapping[tuple[str, ...], int],
    *,
    dimensions: Sequence[str],
    parents: Mapping[str, Mapping[str, str]] | None = None,
) -> Table:
    """Counts of the innermost cells with all their margins.

    counts: one code per dimension, for example {("61.07.07.2001", "P"): 3}; combinations left out are 0.
    parents: for a dimension that is a tree, the code above each code, {"place": {"61.07.07.2001": "61.07.07", …}};
    a code without one stands right below the total. DisclosureError for a count that is none, or stands at a code
    that has others below it (name what is unknown there with a code of its own).
    """
    for key, count in counts.items():
        if len(key) != len(dimensions) or isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise DisclosureError("A table holds whole counts of 0 or more, with one code for each dimension.")
    trees = [dict((parents or {}).get(name, {})) for name in dimensions]
    chains = [_chains({key[at] for key in counts}, tree, name)
              for at, (name, tree) in enumerate(zip(dimensions, trees, strict=True))]  # fmt: skip
    found: Counter[Cell] = Counter()
    for key, count in counts.items():
        for codes in product(*(chain[code] for chain, code in zip(chains, key, strict=True))):
            found[_named(dimensions, codes)] += count
    below = [_below(chain) for chain in chains]
    levels = [sorted({code for chain in each.values() for code in chain} | {""}) for each in chains]
    # The direction that goes deepest is summed over first: the sums then form a network (see bounding).
    depths = [max((len(chain) for chain in each.values()), default=0) for each in chains]
    order = sorted(range(len(dimensions)), key=lambda at: -depths[at])
    orders = [order, order[::-1]] if len(order) == 2 and len(set(depths)) == 1 else [order]
    sums = [tuple(_summed(dimensions, levels, below, each)) for each in orders]
    named = [_named(dimensions, each) for each in product(*levels)]
    return Table({each: found[each] for each in named}, sums[0], tuple(sums[1:]))


def _summed(
    dimensions: Sequence[str],
    levels: Sequence[Sequence[str]],
    below: Sequence[Mapping[str, set[str]]],
    order: list[int],
) -> Iterable[tuple[Cell, tuple[Cell, ...]]]:
    """Each margin as the sum over the first direction, in this order, in which it has parts."""
    for total in product(*levels):
        at = next((at for at in order if total[at] in below[at]), None)
        if at is not None:
            parts = (total[:at] + (part,) + total[at + 1 :] for part in sorted(below[at][total[at]]))
            yield _named(dimensions, total), tuple(_named(dimensions, part) for part in parts)


def _named(dimensions: Sequence[str], codes: Iterable[str]) -> Cell:
    return tuple(sorted((name, code) for name, code in zip(dimensions, codes, strict=True) if code))


def _chains(codes: Collection[str], tree: Mapping[str, str], name: str) -> dict[str, list[str]]:
    """For each counted code itself, what stands above it, and "" for the total."""
    chains = {}
    for code in codes:
        chain = [code]
        while chain[-1] in tree:
            if tree[chain[-1]] in chain:
                raise DisclosureError(f"In {name} the code {code} stands above itself. Correct the parents.")
            chain.append(tree[chain[-1]])
        chains[code] = [*chain, ""]
    inner = {above for chain in chains.values() for above in chain[1:]} & chains.keys()
    if inner:
        raise DisclosureError(f"In {name} {min(inner)} is counted and has counted codes below it. Count at one level.")
    return chains


def _below(chains: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    below = defaultdict(set)
    for chain in chains.values():
        for code, above in zip(chain, chain[1:], strict=False):
            below[above].add(code)
    return dict(below)


def linked(*tables: Table) -> Table:
    """Several tables as one, because whoever reads one reads the others: cells of the same name are the same cell.

    Flat tables that share one direction form a network when each is summed over the other direction first.
    """
    counts: dict[Cell, int] = {}
    for table in tables:
        for each, count in table.counts.items():
            if counts.setdefault(each, count) != count:
                raise DisclosureError(f"Two tables count {_words(each)} differently. Make them from the same records.")
    ways = product(*((table.sums, *table.otherwise) for table in tables[:MANY]))
    rest = tuple(each for table in tables[MANY:] for each in table.sums)
    found = [tuple(dict.fromkeys(each for sums in (*way, rest) for each in sums)) for way in ways]
    fits = (each for each in found if ends_of(_signed(counts, each), len(counts)) is not None)
    return Table(counts, next(fits, found[0]))


def _words(each: Cell) -> str:
    return ", ".join(f"{name} {code}" for name, code in each) or "the grand total"


# Hiding


def suppressed(table: Table, *, rule: Rule | None = None) -> Published:
    """Primary suppression alone, for counts that are shown without any margin (points on a map).

    With margins it protects nothing: use `protected`.
    """
    rule = rule or Rule()
    mark = Hidden(fewer_than=rule.threshold)
    return Published({each: mark if rule.hides(count) else count for each, count in table.counts.items()},
                     table.sums, rule)  # fmt: skip


def protected(table: Table, *, rule: Rule | None = None, known: Collection[Cell] = ()) -> Protection:
    """Hide small counts, and as few others as will keep them hidden.

    known: cells that are public already and are shown whatever they hold. The loss is the number of complementary
    cells, then the sum of their counts: least of all for small tables of two directions (implicit hitting sets over the
    cells left narrow), and otherwise such that none of them can be shown again, as far as `WORK` goes. CannotProtect
    where known cells give one away.
    """
    rule = rule or Rule()
    cells = list(table.counts)
    primary = {at for at, each in enumerate(cells) if rule.hides(table.counts[each]) and each not in set(known)}
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
    signed = _signed(counts, sums)
    low, high = [float(rule.least)] * len(counts), [math.inf] * len(counts)
    ends = ends_of(signed, len(counts))
    values = list(counts.values())
    if ends is None:
        return Programme(signed, values=values, low=low, high=high, hidden=hidden)
    return Network(ends, values=values, low=low, high=high, hidden=hidden)


def _signed(cells: Iterable[Cell], sums: Sums) -> list[dict[int, int]]:
    """The sums by places of cells: the parts less the total is nothing."""
    place = {each: at for at, each in enumerate(cells)}
    return [{place[total]: -1, **{place[part]: 1 for part in parts}} for total, parts in sums]


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
                raise CannotProtect(f"Known cells give {_words(cells[at])} away. Publish fewer tables or one in all.")
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
                    raise DisclosureError(f"Two releases show {_words(each)} differently. Correct one of them.")
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
            raise DisclosureError(f"Two releases mark {_words(cells[at])} differently. Correct one of them.")
    try:
        engine.settle()
    except Contradiction as problem:
        raise DisclosureError(str(problem)) from problem
    return engine, cells, sorted(hidden)


def _narrowed(low: float, high: float, mark: Hidden, rule: Rule, told: bool) -> tuple[float, float]:
    """What a mark says by itself. Where small counts have a mark of their own, every other mark hides a larger one."""
    if mark.fewer_than is not None:
        return max(low, rule.least), min(high, mark.fewer_than - 1)
    return max(low, rule.threshold if told else rule.least), high


# People in a list


def rare(rows: Iterable[Mapping[str, object]], *, keys: Sequence[str], k: int = 11) -> dict[tuple[object, ...], int]:
    """The combinations of the keys' values that fewer than k rows share, with how many do, rarest first."""
    found = Counter(tuple(row[key] for key in keys) for row in rows)
    return {values: count for values, count in reversed(found.most_common()) if count < k}


def k_anonymous(rows: Iterable[Mapping[str, object]], *, keys: Sequence[str], k: int = 11) -> bool:
    """Whether each row shares its values of the keys with at least k - 1 others (Sweeney 2002)."""
    return not rare(rows, keys=keys, k=k)


def individual_risk(
    rows: Sequence[Mapping[str, object]], *, keys: Sequence[str], weights: Sequence[float]
) -> list[float]:
    """For each row of a sample the chance that it is linked to the right person by the keys alone.

    With f rows of the sample and F people (the sum of their weights) of the same keys, the mean of 1/F given f
    (Benedetti and Franconi 1998): the integral over u from 0 to 1 of u^(f-1) p / (p + (1 - p) u), p = f / F.
    """
    combinations = [tuple(row[key] for key in keys) for row in rows]
    sample = Counter(combinations)
    people: defaultdict[tuple[object, ...], float] = defaultdict(float)
    for combination, weight in zip(combinations, weights, strict=True):
        people[combination] += weight
    risks = {each: _risk(count, count / max(people[each], count)) for each, count in sample.items()}
    return [risks[each] for each in combinations]


def _risk(count: int, p: float) -> float:
    if p > 0.5:
        return _risk_in_terms(count, p)
    # I(1) = p/q ln(1/p), I(f + 1) = p/q (1/f - I(f)): stable while p < q.
    ratio = p / (1 - p)
    risk = ratio * -math.log(p)
    for each in range(1, count):
        risk = ratio * (1 / each - risk)
    return risk


def _risk_in_terms(count: int, p: float) -> float:
    """The same integral as p times the sum over j of q^j j! (f-1)! / (f+j)!, which is short for small q = 1 - p."""
    term = risk = 1 / count
    for each in range(1, 200):
        term *= (1 - p) * each / (count + each)
        risk += term
    return p * risk


# Noise and rounding


@dataclass
class Budget:
    """How much privacy may be lost in all, in epsilon, over every release from the same records.

    What each release spends adds up (sequential composition: Dwork, McSherry, Nissim and Smith 2006).
    """

    limit: Fraction
    spent: list[tuple[str, Fraction]] = field(default_factory=list)

    @property
    def left(self) -> Fraction:
        return self.limit - sum((epsilon for _what, epsilon in self.spent), Fraction(0))

    def spend(self, epsilon: Fraction, *, on: str) -> None:
        if epsilon <= 0:
            raise DisclosureError("Epsilon is a number above 0.")
        if epsilon > self.left:
            raise BudgetSpent(f"This release would spend {float(epsilon):g} and {float(self.left):g} is left "
                              f"of {float(self.limit):g}. Nothing was released.")  # fmt: skip
        self.spent.append((on, epsilon))


def noisy(table: Table, *, epsilon: Fraction, budget: Budget, on: str, seed: int | None = None) -> Table:
    """The table with noise that hides whether any one person is in it (epsilon-differential privacy).

    Two-sided geometric noise of scale 1/epsilon on the innermost cells, of which a person stands in one; margins are
    added up anew, so all sums come out. Negative counts become 0, which lifts small ones a little. Drawn exactly in
    whole numbers (Canonne, Kamath and Steinke 2020, algorithms 1 and 2), from the system's randomness
    unless a seed is given (for tests only: who knows it can take the noise off).
    """
    parted = {total for total, _parts in table.sums}
    if not _once(table):
        raise DisclosureError("A person stands in several cells of linked tables. Add noise to one table at a time.")
    budget.spend(epsilon, on=on)
    chance = random.SystemRandom() if seed is None else random.Random(seed)
    counts = {each: 0 if each in parted else max(0, count + _geometric(epsilon, chance))
              for each, count in table.counts.items()}  # fmt: skip
    done = counts.keys() - parted
    parts_of = dict(table.sums)

    def added(each: Cell) -> int:
        if each not in done:
            counts[each] = sum(added(part) for part in parts_of[each])
            done.add(each)
        return counts[each]

    for each in parted:
        added(each)
    return Table(counts, table.sums)


def rounded(table: Table, *, base: int = 5, seed: int | None = None) -> Table:
    """Every cell at one of the two multiples of the base next to it, all sums still coming out.

    Controlled random rounding (Cox, JASA 82:520, 1987): the mean over all seeds is the count itself, and a multiple of
    the base stays. For tables that are networks (see bounding); DisclosureError for others.
    """
    cells = list(table.counts)
    ends = ends_of(_signed(cells, table.sums), len(cells))
    if ends is None:
        raise DisclosureError(
            "Only tables of two directions can be rounded with their sums kept. Round a smaller table."
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


def _once(table: Table) -> bool:
    """Whether each margin is summed up one way only, as in a single table."""
    return len({total for total, _parts in table.sums}) == len(table.sums)


def _geometric(epsilon: Fraction, chance: random.Random) -> int:
    """A whole number z with probability proportional to exp(-epsilon |z|)."""
    above, below = epsilon.numerator, epsilon.denominator
    while True:
        part = chance.randrange(below)
        if not _happens(Fraction(part, below), chance):
            continue
        turns = 0
        while _happens(Fraction(1), chance):
            turns += 1
        size = (part + below * turns) // above
        negative = chance.randrange(2) == 1
        if size or not negative:
            return -size if negative else size


def _happens(exponent: Fraction, chance: random.Random) -> bool:
    """True with probability exp(-exponent), for an exponent of 0 to 1, without rounding."""
    times = 1
    while chance.randrange(exponent.denominator * times) < exponent.numerator:
        times += 1
    return times % 2 == 1
