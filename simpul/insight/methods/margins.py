"""Margins: counts of cells with all their sums, and several tables that share some of them.

A cell is named by its codes, `cell(place="61.07", sex="P")`; a margin leaves a direction out and `cell()` is the grand
total, so tables that share a margin share its name, and `linked` makes one of them.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from simpul.insight.methods.bounding import ends_of
from simpul.lib.speech import gettext_noop

Cell = tuple[tuple[str, str], ...]
Sums = tuple[tuple[Cell, tuple[Cell, ...]], ...]

# Among how many linked tables a set of sums is sought that forms a network.
MANY = 6


class DisclosureError(ValueError):
    """A table that cannot be read as counts with their margins, or figures that contradict each other.

    `sentence` is English with named places for `details`, so that whoever speaks can say it in another language.
    """

    def __init__(self, sentence: str, **details: object) -> None:
        super().__init__(sentence % details)
        self.sentence, self.details = sentence, details


@dataclass(frozen=True)
class Table:
    """Counts of all cells with their margins, and which cell is the sum of which others (each margin once).

    otherwise: other sets of sums from which the same follows.
    """

    counts: Mapping[Cell, int]
    sums: Sums
    otherwise: tuple[Sums, ...] = ()


def cell(**codes: str) -> Cell:
    """The name of a cell: cell(place="61.07", sex="P"). Directions left out are summed over."""
    return tuple(sorted(codes.items()))


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
            raise DisclosureError(
                gettext_noop("A table holds whole counts of 0 or more, with one code for each dimension.")
            )
    trees = [dict((parents or {}).get(name, {})) for name in dimensions]
    chains = [_chains({key[at] for key in counts}, tree, name)
              for at, (name, tree) in enumerate(zip(dimensions, trees, strict=True))]  # fmt: skip
    found: Counter[tuple[str, ...]] = Counter()
    for key, count in counts.items():
        for codes in product(*(chain[code] for chain, code in zip(chains, key, strict=True))):
            found[codes] += count
    below = [_below(chain) for chain in chains]
    levels = [sorted({code for chain in each.values() for code in chain} | {""}) for each in chains]
    # The direction that goes deepest is summed over first: the sums then form a network (see bounding).
    depths = [max((len(chain) for chain in each.values()), default=0) for each in chains]
    order = sorted(range(len(dimensions)), key=lambda at: -depths[at])
    orders = [order, order[::-1]] if len(order) == 2 and len(set(depths)) == 1 else [order]
    names = {codes: _named(dimensions, codes) for codes in product(*levels)}
    sums = [tuple(_summed(names, below, each)) for each in orders]
    return Table({name: found[codes] for codes, name in names.items()}, sums[0], tuple(sums[1:]))


def linked(*tables: Table) -> Table:
    """Several tables as one, because whoever reads one reads the others: cells of the same name are the same cell.

    Flat tables that share one direction form a network when each is summed over the other direction first.
    """
    counts: dict[Cell, int] = {}
    for table in tables:
        for each, count in table.counts.items():
            if counts.setdefault(each, count) != count:
                raise DisclosureError(
                    gettext_noop("Two tables count %(cell)s differently. Make them from the same records."),
                    cell=in_words(each),
                )
    ways = product(*((table.sums, *table.otherwise) for table in tables[:MANY]))
    rest = tuple(each for table in tables[MANY:] for each in table.sums)
    found = [tuple(dict.fromkeys(each for sums in (*way, rest) for each in sums)) for way in ways]
    fits = (each for each in found if ends_of(equations(counts, each), len(counts)) is not None)
    return Table(counts, next(fits, found[0]))


def equations(cells: Iterable[Cell], sums: Sums) -> list[dict[int, int]]:
    """The sums by places of cells: the parts less the total is nothing."""
    place = {each: at for at, each in enumerate(cells)}
    return [{place[total]: -1, **{place[part]: 1 for part in parts}} for total, parts in sums]


def in_words(each: Cell) -> str:
    return ", ".join(f"{name} {code}" for name, code in each) or "the grand total"


def _summed(
    names: Mapping[tuple[str, ...], Cell], below: Sequence[Mapping[str, set[str]]], order: list[int]
) -> Iterable[tuple[Cell, tuple[Cell, ...]]]:
    """Each margin as the sum over the first direction, in this order, in which it has parts.

    names: the cell of each combination of codes, one code for each direction, "" where it is summed over.
    """
    for total, name in names.items():
        at = next((at for at in order if total[at] in below[at]), None)
        if at is not None:
            parts = (total[:at] + (part,) + total[at + 1 :] for part in sorted(below[at][total[at]]))
            yield name, tuple(names[part] for part in parts)


def _named(dimensions: Sequence[str], codes: Iterable[str]) -> Cell:
    return tuple(sorted((name, code) for name, code in zip(dimensions, codes, strict=True) if code))


def _chains(codes: Collection[str], tree: Mapping[str, str], name: str) -> dict[str, list[str]]:
    """For each counted code itself, what stands above it, and "" for the total."""
    chains = {}
    for code in codes:
        chain = [code]
        while chain[-1] in tree:
            if tree[chain[-1]] in chain:
                raise DisclosureError(
                    gettext_noop("In %(column)s the code %(code)s stands above itself. Correct the parents."),
                    column=name,
                    code=code,
                )
            chain.append(tree[chain[-1]])
        chains[code] = [*chain, ""]
    inner = {above for chain in chains.values() for above in chain[1:]} & chains.keys()
    if inner:
        raise DisclosureError(
            gettext_noop("In %(column)s %(code)s is counted and has counted codes below it. Count at one level."),
            column=name,
            code=min(inner),
        )
    return chains


def _below(chains: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    below = defaultdict(set)
    for chain in chains.values():
        for code, above in zip(chain, chain[1:], strict=False):
            below[above].add(code)
    return dict(below)
