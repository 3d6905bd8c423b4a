"""Whether the estimates of a model exist on a table, and whether they are the only ones.

Terms whose total is 0 have the effect minus infinity; they leave, with their cells (Chan, Silverman and Vincent 2021,
section 3.1). What remains has finite estimates if some table with the same sufficient statistics is positive in every
cell: the linear programme max s, X' x = X' counts, x >= s is above 0 (Fienberg and Rinaldo 2012). That depends on the
counts only through which cells somebody is in: the programme is solved once for a model and a set of cells. Estimates
are the only ones where the remaining terms do not add up to each other.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simpul.insight.methods.capture_models import Terms
from simpul.insight.methods.capture_table import Table
from simpul.insight.methods.programme import Linear

FINE, ABSENT, UNIDENTIFIED, BOTH = 0, 1, 2, 3
# Least value of the programme, with counts of one, that is told from 0.
ABOVE_ZERO = 1e-9


@dataclass(frozen=True)
class Remaining:
    """The terms and cells that are left: `minus_infinite` are the terms that left."""

    terms: Terms
    cells: tuple[int, ...]
    minus_infinite: Terms


def remaining(table: Table, model: Terms) -> Remaining:
    """What is left once terms without people have gone, and the cells that include one."""
    gone = tuple(term for term in model if table.on(term) == 0)
    cells = tuple(cell for cell in range(1, len(table.counts)) if not any(cell & term == term for term in gone))
    return Remaining(tuple(term for term in model if term not in gone), cells, gone)


def existence(table: Table, model: Terms) -> int:
    """0 fine, 1 the estimates do not exist, 2 they cannot be told apart, 3 both."""
    left = remaining(table, model)
    observed = frozenset(int(cell) for cell in table.observed)
    return (0 if _exists(left.terms, left.cells, observed) else ABSENT) + (
        0 if _is_identified(left.terms, left.cells) else UNIDENTIFIED
    )


def design(terms: Terms, cells: tuple[int, ...]) -> NDArray[np.float64]:
    """One row a cell, one column a term: 1 where the cell includes the term."""
    return np.asarray(np.array(cells)[:, None] & np.array(terms) == np.array(terms), float)


@lru_cache(maxsize=100_000)
def _is_identified(terms: Terms, cells: tuple[int, ...]) -> bool:
    return bool(len(cells) >= len(terms) and np.linalg.matrix_rank(design(terms, cells)) == len(terms))


@lru_cache(maxsize=100_000)
def _exists(terms: Terms, cells: tuple[int, ...], observed: frozenset[int]) -> bool:
    matrix = design(terms, cells)
    right = matrix.T @ np.array([cell in observed for cell in cells], float)
    return _highest_floor(matrix, right) > ABOVE_ZERO


def _highest_floor(matrix: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """The greatest s for which some x >= s has X' x = right.

    With y = x - s >= 0: X' y + s X' 1 = right.
    """
    programme = Linear()
    cells = programme.variables(len(matrix))
    (floor,) = programme.variables(1, cost=-1.0)
    for column, total in zip(matrix.T, right, strict=True):
        filled = np.flatnonzero(column)
        programme.exactly(total, [*cells[filled], floor], [*column[filled], column.sum()])
    return -programme.least().value
