"""Kernels of indices: who beats whom among hundreds of places, in thousands of indices."""

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def net_wins(values, weights):
    """Per place and draw: how many others it beats less those that beat it (n, draws).

    `values`: (n, k) rounded, gaps nan, which do not vote; `weights`: (k, draws).
    """
    count, indicators = values.shape
    draws = weights.shape[1]
    wins = np.zeros((count, draws))
    margin = np.empty(draws)
    for first in range(count):
        for last in range(first + 1, count):
            margin[:] = 0.0
            for column in range(indicators):
                if values[first, column] > values[last, column]:
                    for draw in range(draws):
                        margin[draw] += weights[column, draw]
                elif values[first, column] < values[last, column]:
                    for draw in range(draws):
                        margin[draw] -= weights[column, draw]
            for draw in range(draws):
                won = (margin[draw] > 1e-9) * 1.0 - (margin[draw] < -1e-9) * 1.0
                wins[first, draw] += won
                wins[last, draw] -= won
    return wins
