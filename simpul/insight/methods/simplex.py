"""Simplex: the least value of a linear function of numbers that must add up and keep within limits.

A plain two-phase method on a dense tableau, for the small programmes of `bounding`.
"""

import math

import numpy as np
from numpy.typing import NDArray

from simpul.lib.speech import gettext_noop

Array = NDArray[np.float64]

# How far from a whole number a result may lie and still be one.
NEAR = 1e-6


class Contradiction(ValueError):
    """The numbers shown cannot all be true."""

    sentence = gettext_noop("The numbers shown contradict each other: some sum does not come out.")

    def __init__(self) -> None:
        super().__init__(self.sentence)


class Simplex:
    """min cost x with A x = b and 0 <= x <= high, on a dense tableau that is kept from one question to the next.

    A is m x n, b has m entries, high n (infinite where there is no limit). Contradiction where nothing fits.
    """

    def __init__(self, matrix: Array, right: Array, high: Array) -> None:
        self.count = matrix.shape[1]
        capped = np.flatnonzero(np.isfinite(high))
        if (high < 0).any():
            raise Contradiction
        rows, slack = matrix.shape[0], len(capped)
        whole = np.zeros((rows + slack, self.count + slack))
        whole[:rows, : self.count] = matrix
        whole[rows + np.arange(slack), capped] = 1
        whole[rows + np.arange(slack), self.count + np.arange(slack)] = 1
        right = np.concatenate([right, high[capped]])
        whole[right < 0] *= -1
        height, self.width = whole.shape
        self.tableau = np.hstack([whole, np.eye(height), np.abs(right)[:, None]])
        self.basis = np.arange(self.width, self.width + height)
        first = np.zeros(self.tableau.shape[1])
        first[self.width : -1] = 1
        self._descend(first, self.tableau.shape[1] - 1)
        if self.tableau[self.basis >= self.width, -1].sum() > NEAR:
            raise Contradiction
        self._leave_artificial()

    def minimise(self, cost: Array) -> tuple[float, Array, Array | None]:
        """The least value and an x that has it; or minus infinity, some x, and the direction of its endless fall."""
        whole = np.zeros(self.tableau.shape[1])
        whole[: self.count] = cost
        falls = self._descend(whole, self.width)
        solution = np.zeros(self.width)
        solution[self.basis] = self.tableau[:, -1]
        found = solution[: self.count]
        if falls is None:
            return float(cost @ found), found, None
        ray = np.zeros(self.width)
        ray[self.basis] = -self.tableau[:, falls]
        ray[falls] = 1
        return -math.inf, found, ray[: self.count]

    def _descend(self, cost: Array, columns: int) -> int | None:
        """Pivot until none of the first columns lowers the cost; the column along which it falls without end."""
        reduced = cost - cost[self.basis] @ self.tableau
        patience = 20 * sum(self.tableau.shape)
        while True:
            falling = np.flatnonzero(reduced[:columns] < -NEAR / 10)
            if not falling.size:
                return None
            # The steepest column is quick; the first one (Bland's rule) never goes round in a circle.
            column = int(falling[np.argmin(reduced[falling])]) if patience > 0 else int(falling[0])
            patience -= 1
            rising = np.flatnonzero(self.tableau[:, column] > NEAR / 10)
            if not rising.size:
                return column
            ratios = self.tableau[rising, -1] / self.tableau[rising, column]
            least = rising[ratios <= ratios.min() + 1e-12]
            row = int(least[np.argmin(self.basis[least])])
            self._pivot(row, column)
            reduced -= reduced[column] * self.tableau[row]

    def _pivot(self, row: int, column: int) -> None:
        self.tableau[row] /= self.tableau[row, column]
        factors = self.tableau[:, column].copy()
        factors[row] = 0
        touched = np.flatnonzero(factors)
        self.tableau[touched] -= np.outer(factors[touched], self.tableau[row])
        self.basis[row] = column

    def _leave_artificial(self) -> None:
        """A sum that says nothing new is dropped; every other one gets a number of its own."""
        keep = []
        for row in range(len(self.basis)):
            if self.basis[row] >= self.width:
                usable = np.flatnonzero(np.abs(self.tableau[row, : self.width]) > NEAR)
                if not usable.size:
                    continue
                self._pivot(row, int(usable[0]))
            keep.append(row)
        self.tableau = np.hstack([self.tableau[keep, : self.width], self.tableau[keep, -1:]])
        self.basis = self.basis[keep]
