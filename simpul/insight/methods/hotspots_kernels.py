"""Kernels of hotspots: values dealt out anew among the places, many times, in machine code.

Each place draws from a stream of its own (splitmix64 of Steele, Lea and Flood, OOPSLA 2014, seeded by place and seed),
so figures depend neither on the order nor on the number of threads.
"""

import numpy as np
from numba import njit

CROSS, DIFFERENCE = 0, 1
_SPREAD, _MIX_A, _MIX_B = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


@njit(cache=True, nogil=True)
def next_state(state):
    return state + np.uint64(_SPREAD)


@njit(cache=True, nogil=True)
def drawn(state, below):
    """A whole number from 0 to below - 1 of the stream's state."""
    mixed = (state ^ (state >> np.uint64(30))) * np.uint64(_MIX_A)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(_MIX_B)
    return np.int64((mixed ^ (mixed >> np.uint64(31))) % np.uint64(below))


@njit(cache=True, nogil=True)
def conditional(values, start, other, weight, lags, permutations, seed, share):
    """For each place, its own value held and the others dealt out: what its weighted sum of neighbours would be.

    Returns (n, 6): mean, standard deviation, how many draws are at least the observed lag, how many at most it, and
    the quantiles that leave `share` on either side.
    """
    size = len(values)
    found = np.zeros((size, 6))
    pool = np.empty(size - 1, np.int64)
    sums = np.empty(permutations)
    scale = np.abs(values).max() + 1e-300
    for place in range(size):
        state = np.uint64(seed) * np.uint64(_MIX_A) + np.uint64(place + 1) * np.uint64(_MIX_B)
        for each in range(size - 1):
            pool[each] = each if each < place else each + 1
        fixed = 0.0
        for link in range(start[place], start[place + 1]):
            if other[link] == place:
                fixed += weight[link] * values[place]
        near = 1e-10 * scale * (1.0 + abs(lags[place]) / scale)
        for draw in range(permutations):
            total, taken = fixed, 0
            for link in range(start[place], start[place + 1]):
                if other[link] == place:
                    continue
                state = next_state(state)
                pick = taken + drawn(state, size - 1 - taken)
                pool[taken], pool[pick] = pool[pick], pool[taken]
                total += weight[link] * values[pool[taken]]
                taken += 1
            sums[draw] = total
            found[place, 2] += total >= lags[place] - near
            found[place, 3] += total <= lags[place] + near
        ordered = np.sort(sums)
        last = permutations - 1
        found[place, 0] = ordered.mean()
        found[place, 1] = ordered.std()
        found[place, 4] = ordered[int(share * last)]
        found[place, 5] = ordered[last - int(share * last)]
    return found


@njit(cache=True, nogil=True)
def dealt(values, start, other, weight, permutations, seed, kind):
    """All values dealt out anew: the sum over pairs of w y_i y_j (CROSS) or w (y_i - y_j)^2 (DIFFERENCE), per draw."""
    size = len(values)
    mixed = values.copy()
    found = np.empty(permutations)
    state = np.uint64(seed) * np.uint64(_MIX_A)
    for draw in range(permutations):
        for last in range(size - 1, 0, -1):
            state = next_state(state)
            pick = drawn(state, last + 1)
            mixed[last], mixed[pick] = mixed[pick], mixed[last]
        total = 0.0
        for place in range(size):
            for link in range(start[place], start[place + 1]):
                if kind == CROSS:
                    total += weight[link] * mixed[place] * mixed[other[link]]
                else:
                    total += weight[link] * (mixed[place] - mixed[other[link]]) ** 2
        found[draw] = total
    return found
