"""Capture tables: how many people are on which combination of lists, and what must hold before anything is estimated.

The lists are numbered; a combination is the number whose bits are its lists, and its count stands in the array at that
number. The place 0 (on no list) is the unseen and stays 0.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from simpul.insight.methods.refusal import Refused

Counts = NDArray[np.float64]

MOST_LISTS = 12
# With fewer people on two lists or more the estimate of two lists is biased low (Robson and Regier, Transactions of the
# American Fisheries Society 93, 1964: at least seven).
LEAST_OVERLAP = 7

TOO_FEW_LISTS, TOO_MANY_LISTS, NOBODY = "too_few_lists", "too_many_lists", "nobody"
NO_OVERLAP, LITTLE_OVERLAP, NO_ESTIMATE = "no_overlap", "little_overlap", "no_estimate"
UNSEEN_COUNTED, NOT_A_COUNT, OTHER_LISTS = "unseen_counted", "not_a_count", "other_lists"


@dataclass(frozen=True, eq=False)
class Table:
    """`counts` has 2^t entries for t `lists`; `empty` are lists that were left out because nobody is on them."""

    lists: tuple[str, ...]
    counts: Counts
    empty: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        return len(self.lists)

    @property
    def total(self) -> int:
        """How many people are on the lists."""
        return int(self.counts.sum())

    @property
    def observed(self) -> NDArray[np.int64]:
        """The combinations somebody is on."""
        return np.flatnonzero(self.counts)

    def on(self, term: int) -> int:
        """How many are on all lists of the term, and perhaps on others."""
        return int(sum(self.counts[cell] for cell in self.observed if cell & term == term))

    def on_lists(self) -> dict[str, int]:
        return {name: self.on(1 << place) for place, name in enumerate(self.lists)}

    def on_pairs(self) -> dict[tuple[str, str], int]:
        return {
            (self.lists[one], self.lists[other]): self.on(1 << one | 1 << other)
            for one, other in combinations(range(self.size), 2)
        }

    @property
    def on_several(self) -> int:
        """How many are on two lists or more."""
        return int(sum(self.counts[cell] for cell in self.observed if int(cell).bit_count() > 1))

    def without(self, place: int) -> "Table":
        """The table as if this list had never been kept: who was on it alone is not seen."""
        counts = np.zeros(len(self.counts) // 2)
        for cell in self.observed:
            below, above = int(cell) & ((1 << place) - 1), int(cell) >> (place + 1)
            counts[above << place | below] += self.counts[cell]
        counts[0] = 0
        return Table(self.lists[:place] + self.lists[place + 1 :], counts)

    def reordered(self, lists: Sequence[str]) -> "Table":
        """The same table with its lists in this order."""
        if set(lists) != set(self.lists):
            raise Refused(OTHER_LISTS, lists=self.lists, expected=tuple(lists))
        places = [lists.index(name) for name in self.lists]
        counts = np.zeros_like(self.counts)
        for cell in self.observed:
            counts[sum(1 << place for bit, place in enumerate(places) if cell >> bit & 1)] = self.counts[cell]
        return Table(tuple(lists), counts, self.empty)


def tabulated(lists: Sequence[str], rows: Iterable[tuple[Sequence[int], float]]) -> Table:
    """The table of rows (0 or 1 for each list, count). Equal rows are added up, rows that are missing count 0.

    Refused: fewer than two lists with anybody on them, more than `MOST_LISTS`, a count that is no whole number from 0
    on, people who are counted on no list.
    """
    if len(lists) > MOST_LISTS:
        raise Refused(TOO_MANY_LISTS, lists=len(lists), most=MOST_LISTS)
    counts = np.zeros(1 << len(lists))
    for marks, count in rows:
        if count < 0 or count != int(count):
            raise Refused(NOT_A_COUNT, count=count)
        cell = sum(1 << place for place, mark in enumerate(marks) if mark)
        if cell == 0 and count:
            raise Refused(UNSEEN_COUNTED, count=int(count))
        counts[cell] += count
    return _without_empty(Table(tuple(lists), counts))


def _without_empty(table: Table) -> Table:
    empty = [place for place in range(table.size) if table.on(1 << place) == 0]
    names = tuple(table.lists[place] for place in empty)
    for place in reversed(empty):
        table = table.without(place)
    return Table(table.lists, table.counts, names)


def check(table: Table, *, least_overlap: int = LEAST_OVERLAP) -> None:
    """Raise `Refused` where lists are missing, or too few people are on two of them to compare them at all."""
    if table.size < 2:
        raise Refused(TOO_FEW_LISTS if table.total else NOBODY, lists=table.lists, empty=table.empty)
    if table.on_several == 0:
        raise Refused(NO_OVERLAP, lists=table.lists)
    if table.on_several < least_overlap:
        raise Refused(LITTLE_OVERLAP, overlap=table.on_several, least=least_overlap)


def smaller(table: Table) -> Iterator[tuple[str, Table]]:
    """The table with each of its lists left out in turn, where two remain."""
    if table.size > 2:
        for place, name in enumerate(table.lists):
            yield name, table.without(place)
