"""What the scan statistic repeats: going over all windows, and drawing counts as they come where nothing is going on.

Windows are prefixes of orderings of places (a centre and its neighbours outwards) times spans of intervals. With C
cases in all, of which c lie in a window where m are expected, the logarithm of the likelihood ratio is (Kulldorff,
Communications in Statistics - Theory and Methods 26:1481, 1997, equation 6)

    c log(c / m) + (C - c) log((C - c) / (C - m)),

and where each case stands beside r controls (the Bernoulli model, equation 4) the same two terms of the controls come
to it. Logarithms are taken seldom: x log x - x + 1 lies below (x - 1)^2 / 2 for x above 1 and below (x - 1)^2 under it,
so a window can only surpass `bound` where

    (c - m)^2 (A (C - m) + B m) > bound m (C - m),   A = 1/2 + 1/r, B = 1 + 1/(2 r) for c above m, exchanged below it.

And a place that brings no case only adds to what is expected: windows that end with it are passed over where high
numbers are looked for.

Draws: Walker's alias method; binomial numbers by inversion, and where many are expected by transformed rejection
(Hörmann, Journal of Statistical Computation and Simulation 46:101, 1993, algorithm BTRS). Each replica has its own
generator (SplitMix64, Steele, Lea and Flood, OOPSLA 2014), started from the seed and the number of the replica.
"""

import math

import numpy as np
from numba import njit

HIGH, LOW, BOTH = 1, 2, 3
MULTINOMIAL, HYPERGEOMETRIC, PERMUTED = 0, 1, 2
# From so many cases a cell on, a binomial number for each cell costs less than a draw for each case.
_CROWDED = 12.0
# Two sums of the same numbers in another order are not another statistic.
_SAME = 1e-11


@njit(cache=True)
def ratio(c, m, total, r):
    """Logarithm of the likelihood ratio of c cases where m are expected, of `total`; r controls a case, or infinity."""
    value = _term(c, m) + _term(total - c, total - m)
    if r < np.inf:
        value += _term(m * (1.0 + r) - c, m * r) + _term((total - m) * (1.0 + r) - (total - c), (total - m) * r)
    return value


@njit(cache=True)
def _term(count, expected):
    return count * math.log(count / expected) if count > 0.0 and expected > 0.0 else 0.0


@njit(cache=True)
def strongest(counts, expected, zones, spans, rules, taken, window):
    """The highest statistic of all windows, 0 where none stands out; `window` becomes (ordering, position, from, to).

    counts:   (places, intervals + 1) cases before each interval
    expected: (positions, intervals + 1) what is expected in all places up to a position, before each interval
    zones:    members, starts of the orderings, whether a window may close at a position, factor of each ordering
    spans:    (ends of windows, shortest, longest)
    rules:    (total, r, direction, least cases)
    taken:    places that are in no window any more
    """
    slopes = _slopes(rules[0], rules[1], rules[2])
    if counts.shape[1] == 2:
        return _still(counts[:, 1], expected[:, 1], zones, slopes, rules, taken, window)
    members, starts, closes, factors = zones
    only_high = rules[2] == HIGH
    best = 0.0
    width = counts.shape[1]
    inside = np.zeros(width)
    for ordering in range(starts.shape[0] - 1):
        inside[:] = 0.0
        fresh = False
        bound = best / factors[ordering]
        for position in range(starts[ordering], starts[ordering + 1]):
            place = members[position]
            if taken[place]:
                break
            if counts[place, width - 1] > 0.0:
                fresh = True
                inside += counts[place]
            if not (closes[position] and (fresh or not only_high)):
                continue
            fresh = False
            value = _best_span(inside, expected[position], spans, slopes, bound, rules, window)
            if value > bound:
                bound = value
                best = value * factors[ordering]
                window[0], window[1] = ordering, position
    return best


@njit(cache=True)
def _best_span(inside, here, spans, slopes, bound, rules, window):
    """The highest statistic above `bound` of the spans of one zone, or `bound`; its span goes into `window`."""
    ends, shortest, longest = spans
    for each in range(ends.shape[0]):
        end = ends[each]
        first, last = max(end - longest, 0), end - shortest + 1
        if not _surpassing(inside[first:last], here[first:last], inside[end], here[end], slopes, bound):
            continue
        for start in range(last - 1, first - 1, -1):
            value = tried(inside[end] - inside[start], here[end] - here[start], rules)
            if value > bound + _SAME * (1.0 + bound):
                bound = value
                window[2], window[3] = start, end
    return bound


@njit(cache=True)
def _slopes(total, r, direction):
    """What `_surpassing` needs: total, A, B, and how a difference counts: with its sign, and without."""
    near, far = 0.5 + 1.0 / r, 1.0 + 0.5 / r
    if direction == HIGH:
        return total, near, far, 1.0, 0.0
    if direction == LOW:
        return total, far, near, -1.0, 0.0
    return total, 1.0 + 1.0 / r, 1.0 + 1.0 / r, 0.0, 1.0


@njit(cache=True, error_model="numpy")
def _surpassing(inside, here, cases, people, slopes, bound):
    """Whether any of the windows that begin where `inside` and `here` stand can. Without a branch, for vectors."""
    total, near, far, signed, unsigned = slopes
    hits = 0
    for start in range(inside.shape[0]):
        m = people - here[start]
        d = (cases - inside[start]) - m
        outside = total - m
        square = d * (signed * abs(d) + unsigned * d)
        hits += 1 if square * (near * outside + far * m) > bound * m * outside else 0
    return hits > 0


@njit(cache=True, error_model="numpy")
def _still(counts, expected, zones, slopes, rules, taken, window):
    """`strongest` where there is one interval: (places,) cases and (positions,) expected."""
    members, starts, closes, factors = zones
    total, near, far, signed, unsigned = slopes
    best = 0.0
    for ordering in range(starts.shape[0] - 1):
        c = 0.0
        bound = best / factors[ordering]
        for position in range(starts[ordering], starts[ordering + 1]):
            place = members[position]
            if taken[place]:
                break
            c += counts[place]
            m = expected[position]
            d, outside = c - m, total - m
            square = d * (signed * abs(d) + unsigned * d)
            if square * (near * outside + far * m) > bound * m * outside and closes[position]:
                value = tried(c, m, rules)
                if value > bound + _SAME * (1.0 + bound):
                    bound = value
                    best = value * factors[ordering]
                    window[0], window[1], window[2], window[3] = ordering, position, 0, 1
    return best


@njit(cache=True)
def tried(c, m, rules):
    """The statistic of one window, 0 where it may not count."""
    total, r, direction, least = rules
    if m <= 0.0 or total - m <= 1e-9 * total:
        return 0.0
    if c > m:
        return ratio(c, m, total, r) if direction != LOW and c >= least else 0.0
    return ratio(c, m, total, r) if direction != HIGH else 0.0


@njit(cache=True)
def replicas(maxima, first, seed, kind, cells, cases, expected, zones, spans, rules):
    """Fills `maxima` with the highest statistic of replicas number first, first + 1, ...

    cells: chances of the cells that can hold a case, their alias table (share, other), room in each, place, interval
    cases: (place, interval) of each case and where groups begin within which dates are exchanged (permutation only)
    rules: as of `strongest`, then the number of places and how many first intervals no window reaches
    """
    counts = np.zeros((rules[4], expected.shape[1]))
    drawn = np.zeros(cells[0].shape[0])
    taken = np.zeros(rules[4], np.bool_)
    window = np.zeros(4, np.int64)
    times = cases[1].copy()
    state = np.zeros(1, np.uint64)
    rule = (rules[0], rules[1], rules[2], rules[3])
    number = int(rules[0] + 0.5)
    for each in range(maxima.shape[0]):
        begin(state, seed, first + each)
        counts[:] = 0.0
        if kind == PERMUTED:
            times[:] = cases[1]
            exchange(times, cases[2], state)
            _placed(counts, cases[0], times, np.ones(times.shape[0]), rules[5])
        else:
            _drawn(drawn, number, kind, cells, state)
            _placed(counts, cells[4], cells[5], drawn, rules[5])
        for place in range(counts.shape[0]):
            for t in range(1, counts.shape[1]):
                counts[place, t] += counts[place, t - 1]
        maxima[each] = strongest(counts, expected, zones, spans, rule, taken, window)


@njit(cache=True)
def _drawn(drawn, number, kind, cells, state):
    chances, share, other, room = cells[0], cells[1], cells[2], cells[3]
    if kind == HYPERGEOMETRIC:
        without_return(drawn, number, share, other, room, state)
    elif number > _CROWDED * chances.shape[0]:
        by_cell(drawn, number, chances, state)
    else:
        by_case(drawn, number, share, other, state)


@njit(cache=True)
def _placed(counts, places, times, numbers, skipped):
    """Cases in the intervals that a window reaches, each behind the border it comes after."""
    for each in range(places.shape[0]):
        if times[each] >= skipped:
            counts[places[each], times[each] + 1 - skipped] += numbers[each]


# --- draws


@njit(cache=True)
def begin(state, seed, number):
    state[0] = np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(number) * np.uint64(0xD1B54A32D192ED03)
    state[0] = next_bits(state)


@njit(cache=True)
def next_bits(state):
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    bits = state[0]
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


@njit(cache=True)
def uniform(state):
    """In [0, 1), with 53 bits."""
    return float(next_bits(state) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@njit(cache=True)
def alias(chances):
    """(share, other): a cell drawn evenly is kept with the chance share[cell], else other[cell] is taken."""
    n = chances.shape[0]
    share = chances * (n / chances.sum())
    other = np.arange(n)
    small, large = np.empty(n, np.int64), np.empty(n, np.int64)
    smalls = larges = 0
    for cell in range(n):
        if share[cell] < 1.0:
            small[smalls] = cell
            smalls += 1
        else:
            large[larges] = cell
            larges += 1
    while smalls and larges:
        smalls -= 1
        low, high = small[smalls], large[larges - 1]
        other[low] = high
        share[high] -= 1.0 - share[low]
        if share[high] < 1.0:
            larges -= 1
            small[smalls] = high
            smalls += 1
    for rest in range(smalls):
        share[small[rest]] = 1.0
    for rest in range(larges):
        share[large[rest]] = 1.0
    return share, other


@njit(cache=True)
def one(share, other, state):
    at = uniform(state) * share.shape[0]
    cell = int(at)
    return cell if at - cell < share[cell] else other[cell]


@njit(cache=True)
def by_case(drawn, number, share, other, state):
    drawn[:] = 0.0
    for _case in range(number):
        drawn[one(share, other, state)] += 1.0


@njit(cache=True)
def by_cell(drawn, number, chances, state):
    left, chance_left = number, chances.sum()
    last = chances.shape[0] - 1
    for cell in range(last):
        p = min(chances[cell] / chance_left, 1.0) if chance_left > 0.0 else 0.0
        got = binomial(left, p, state)
        drawn[cell] = got
        left -= got
        chance_left -= chances[cell]
    drawn[last] = left


@njit(cache=True)
def without_return(drawn, number, share, other, room, state):
    """As many different people drawn from all as there are cases; whoever was drawn already is not drawn again."""
    drawn[:] = 0.0
    for _case in range(number):
        while True:
            cell = one(share, other, state)
            if uniform(state) * room[cell] >= drawn[cell]:
                drawn[cell] += 1.0
                break


@njit(cache=True)
def exchange(times, groups, state):
    for group in range(groups.shape[0] - 1):
        first = groups[group]
        for last in range(groups[group + 1] - 1, first, -1):
            chosen = first + int(uniform(state) * (last - first + 1))
            times[last], times[chosen] = times[chosen], times[last]


@njit(cache=True)
def binomial(n, p, state):
    if p > 0.5:
        return n - _binomial(n, 1.0 - p, state)
    return _binomial(n, p, state)


@njit(cache=True)
def _binomial(n, p, state):
    if n <= 0 or p <= 0.0:
        return 0
    return _by_inversion(n, p, state) if n * p < 10.0 else _by_rejection(n, p, state)


@njit(cache=True)
def _by_inversion(n, p, state):
    odds, chance, at = p / (1.0 - p), math.exp(n * math.log1p(-p)), 0
    left = uniform(state)
    while left > chance and at < n:
        left -= chance
        at += 1
        chance *= odds * (n - at + 1) / at
    return at


@njit(cache=True)
def _by_rejection(n, p, state):
    spread = math.sqrt(n * p * (1.0 - p))
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * p
    c = n * p + 0.5
    quick = 0.92 - 4.2 / b
    alpha = (2.83 + 5.1 / b) * spread
    odds = math.log(p / (1.0 - p))
    mode = math.floor((n + 1) * p)
    top = math.lgamma(mode + 1.0) + math.lgamma(n - mode + 1.0)
    while True:
        u, v = uniform(state) - 0.5, uniform(state)
        near = 0.5 - abs(u)
        at = math.floor((2.0 * a / near + b) * u + c) if near > 0.0 else -1.0
        if near >= 0.07 and v <= quick:
            return int(at)
        if at < 0.0 or at > n or v <= 0.0:
            continue
        height = math.log(v * alpha / (a / (near * near) + b))
        if height <= top - math.lgamma(at + 1.0) - math.lgamma(n - at + 1.0) + (at - mode) * odds:
            return int(at)
