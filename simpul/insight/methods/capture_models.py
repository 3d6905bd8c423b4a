"""Models of a capture table: which lists depend on each other, and how such a model is written down.

A model is a set of terms, each a number whose bits are lists (`capture_kernels`). All models here are hierarchical:
with a term they contain all its parts, down to the intercept (0) and the main effects. The term of all lists together
is in none, since it cannot be told from the unseen. With five lists there are 6,893 such models (the antichain covers
of five things, sequence A006126, less the one of all lists together), with four 113.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Terms = tuple[int, ...]

# More models than this are not gone through one by one.
MOST = 40_000


def main_effects(lists: int) -> Terms:
    """The intercept and one term for each list: the lists are independent."""
    return (0, *(1 << place for place in range(lists)))


def interactions(lists: int, *, order: int) -> Terms:
    """All terms of two up to `order` lists (never all of them), by their size, then by the order of the lists."""
    found = [term for term in range(1 << lists) if 2 <= term.bit_count() <= min(order, lists - 1)]
    return tuple(sorted(found, key=lambda term: (term.bit_count(), [-(term >> place & 1) for place in range(lists)])))


def hierarchical(lists: int, *, order: int) -> Iterator[Terms]:
    """Every hierarchical model with all main effects and terms of at most `order` lists, the smallest first."""
    levels = [
        tuple(term for term in interactions(lists, order=order) if term.bit_count() == size)
        for size in range(2, min(order, lists - 1) + 1)
    ]
    yield from _grown(main_effects(lists), levels)


def _grown(model: Terms, levels: Sequence[Terms]) -> Iterator[Terms]:
    """The model with every choice of the first level, and each with what the levels above then allow."""
    if not levels:
        yield model
        return
    here = set(model)
    allowed = [term for term in levels[0] if all(part in here for part in parts(term))]
    if not allowed:
        yield model
        return
    for chosen in range(1 << len(allowed)):
        more = tuple(term for place, term in enumerate(allowed) if chosen >> place & 1)
        yield from _grown(model + more, levels[1:] if more else ())


def count_of_pairs(lists: int) -> int:
    return lists * (lists - 1) // 2


def is_few(lists: int, *, order: int) -> bool:
    """Whether all models up to this order can be gone through."""
    if lists <= 5:
        return True
    return order == 2 and 1 << count_of_pairs(lists) <= MOST


def parts(term: int) -> Terms:
    """The terms of one list fewer."""
    return tuple(term & ~(1 << place) for place in range(term.bit_length()) if term >> place & 1)


def is_hierarchical(terms: Iterable[int]) -> bool:
    there = set(terms)
    return all(part in there for term in there for part in parts(term))


def neighbours(model: Terms, possible: Terms) -> Iterator[Terms]:
    """Models that have one interaction more or less."""
    there = set(model)
    for term in possible:
        if term in there:
            fewer = tuple(each for each in model if each != term)
            if is_hierarchical(fewer):
                yield fewer
        elif all(part in there for part in parts(term)):
            yield ordered([*model, term])


def ordered(terms: Iterable[int]) -> Terms:
    return tuple(sorted(set(terms), key=lambda term: (term.bit_count(), term)))


def packed(models: Sequence[Terms]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The models as rows of a table, filled up with 0, and their lengths."""
    lengths = np.array([len(model) for model in models], np.int64)
    table = np.zeros((len(models), int(lengths.max(initial=1))), np.int64)
    for row, model in zip(table, models, strict=True):
        row[: len(model)] = model
    return table, lengths


def name(term: int, lists: Sequence[str]) -> str:
    """A term as its lists: "LA:NG"."""
    return ":".join(each for place, each in enumerate(lists) if term >> place & 1)


def names(model: Iterable[int], lists: Sequence[str]) -> list[str]:
    """The interactions of a model in the order of the model; none where the lists are independent."""
    return [name(term, lists) for term in model if term.bit_count() > 1]


def read(text: str, lists: Sequence[str]) -> Terms:
    """The hierarchical model of interactions such as "LA:NG NG:GP"; ValueError names a list that is not there."""
    terms = set(main_effects(len(lists)))
    for written in text.split():
        term = 0
        for each in written.split(":"):
            if each not in lists:
                raise ValueError(each)
            term |= 1 << lists.index(each)
        terms |= {part for part in range(1 << len(lists)) if part & term == part}
    return ordered(terms)
