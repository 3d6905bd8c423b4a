"""Coverage: where the next k posts, patrols or outreach teams reach most of what is to be reached.

Four questions with an exact answer, each solved as an integer programme by HiGHS, and the answer of a greedy hand
beside it, which is often as good and can be followed on paper:

* `fewest`: the smallest number of sites that reach everybody (set covering; Toregas et al., Oper. Res. 19:1363, 1971);
* `most`: the sites that reach the most with k of them (maximal covering; Church and ReVelle, Pap. Reg. Sci. 32:101,
  1974);
* `median`: the sites with the least total way for everybody (p-median; Hakimi 1964; ReVelle and Swain, Geogr. Anal.
  2:30, 1970);
* `centre`: the sites with the shortest longest way (p-centre; Hakimi 1964), found as the least radius whose set
  covering needs no more than k sites (Minieka, SIAM Rev. 12:138, 1970).

`watch` places posts on ways that people take (flow capturing; Hodgson, Geogr. Anal. 22:270, 1990), where a post sees
only a share of who passes, and a share of the traffic goes another way once it knows.

Demand is numbered 0 .. n-1 in the rows, candidate sites 0 .. s-1 in the columns of every matrix.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simpul.insight.methods.programme import Linear, Solution
from simpul.insight.methods.refusal import Refused

Array = np.ndarray
Numbers = Sequence[float] | np.ndarray

# A second and a third post on the same way still see somebody; a fourth adds next to nothing.
POSTS_ON_A_WAY = 3


@dataclass(frozen=True)
class Plan:
    """Chosen `sites`, in order of their number; what they reach, and how far the optimum can still be away.

    `value` is in the units of what was asked (weight reached, weighted way, longest way); `bound` is what no plan can
    better; `gap` their relative distance, 0 for a proven optimum. `share` is the share of all weight that is reached,
    where that was asked. `place` (n,) is which site serves each demand, or -1.
    """

    sites: list[int]
    value: float
    bound: float
    gap: float
    share: float | None = None
    place: Array | None = None


def fewest(reach: Array, *, costs: Numbers | None = None) -> Plan:
    """The cheapest sites that reach everybody. `reach` (n, s) of truth. Raises `Refused` naming who is out of reach."""
    reach = _reach(reach)
    lonely = np.flatnonzero(~reach.any(1))
    if len(lonely):
        raise Refused("out_of_reach", demands=lonely.tolist())
    programme = Linear()
    sites = programme.variables(reach.shape[1], cost=_costs(costs, reach.shape[1]), is_whole=True, high=1.0)
    for row in reach:
        programme.at_least(1.0, sites[row])
    found = programme.least()
    return _plan(found, sites, reach, np.ones(len(reach)))


def most(reach: Array, weights: Numbers, k: int, *, standing: Sequence[int] = ()) -> Plan:
    """The k sites that reach the most weight, beside those `standing` already. `weights` (n,), none below 0."""
    reach, every = _reach(reach), _weights(weights, len(reach))
    _check_k(k, reach.shape[1])
    free = ~reach[:, list(standing)].any(1) if len(standing) else np.ones(len(reach), bool)
    pattern, weight = _merged(reach[free], every[free])
    programme = Linear()
    sites = programme.variables(reach.shape[1], is_whole=True, high=1.0)
    reached = programme.variables(len(weight), cost=-weight, high=1.0)
    programme.at_most(float(k), sites)
    for row, one in zip(pattern, reached, strict=True):
        programme.at_least(0.0, [*sites[row], one], [*np.ones(row.sum()), -1.0])
    for site in standing:
        programme.fix(sites[site], 0.0)
    found = programme.least()
    chosen = [int(site) for site in np.flatnonzero(found.values[sites] > 0.5)]
    value = float(every[reach[:, [*standing, *chosen]].any(1)].sum())
    bound = float(every[~free].sum() - found.bound)
    return Plan(chosen, value, max(bound, value), _gap(value, bound), value / (every.sum() or 1.0), None)


def greedy(reach: Array, weights: Numbers, k: int, *, standing: Sequence[int] = ()) -> list[tuple[int, float]]:
    """(site, weight it adds) for one site after the other, always the one that adds most; at most k, none for nothing.

    What it reaches is at least 1 - 1/e of the optimum (Nemhauser, Wolsey and Fisher, Math. Program. 14:265, 1978).
    """
    reach, every = _reach(reach), _weights(weights, len(reach))
    _check_k(k, reach.shape[1])
    left = np.where(reach[:, list(standing)].any(1), 0.0, every) if len(standing) else every.copy()
    steps: list[tuple[int, float]] = []
    while len(steps) < k:
        adds = left @ reach
        best = int(np.argmax(adds))
        if adds[best] <= 0:
            break
        steps.append((best, float(adds[best])))
        left[reach[:, best]] = 0.0
    return steps


def curve(reach: Array, weights: Numbers, most_sites: int, *, standing: Sequence[int] = ()) -> list[Plan]:
    """What one more post brings: the exact plans for 1, 2, ... sites, until everybody within reach is reached."""
    reach, every = _reach(reach), _weights(weights, len(reach))
    reachable = float(every[reach.any(1)].sum())
    plans: list[Plan] = []
    for k in range(1, min(most_sites, reach.shape[1]) + 1):
        plans.append(most(reach, every, k, standing=standing))
        if plans[-1].value >= reachable * (1 - 1e-12):
            break
    return plans


def median(distance: Array, weights: Numbers, k: int) -> Plan:
    """The k sites with the least sum of weight times way to the nearest. `distance` (n, s), in any unit."""
    distance = _distance(distance)
    weight = _weights(weights, len(distance))
    n, s = distance.shape
    _check_k(k, s)
    programme = Linear()
    sites = programme.variables(s, is_whole=True, high=1.0)
    served = programme.variables(n * s, cost=(distance * weight[:, None]).ravel(), high=1.0).reshape(n, s)
    programme.at_most(float(k), sites)
    for row in served:
        programme.exactly(1.0, row)
    for demand in range(n):
        for site in range(s):
            programme.at_least(0.0, [sites[site], served[demand, site]], [1.0, -1.0])
    found = programme.least()
    chosen = [int(site) for site in np.flatnonzero(found.values[sites] > 0.5)]
    place = np.array(chosen)[distance[:, chosen].argmin(1)]
    value = float((distance[np.arange(n), place] * weight).sum())
    return Plan(chosen, value, min(found.bound, value), _gap(value, found.bound), None, place)


def centre(distance: Array, k: int) -> Plan:
    """The k sites with the shortest longest way to the nearest. `distance` (n, s), in any unit."""
    distance = _distance(distance)
    _check_k(k, distance.shape[1])
    radii = np.unique(distance)
    low, high = 0, len(radii) - 1
    chosen = fewest(distance <= radii[high]).sites
    while low < high:
        middle = (low + high) // 2
        reach = distance <= radii[middle]
        plan = fewest(reach) if reach.any(1).all() else None
        if plan and len(plan.sites) <= k:
            high, chosen = middle, plan.sites
        else:
            low = middle + 1
    if len(chosen) > k:
        raise Refused("too_few_sites", k=k)
    place = np.array(chosen)[distance[:, chosen].argmin(1)]
    value = float(distance[:, chosen].min(1).max())
    return Plan(chosen, value, value, 0.0, None, place)


@dataclass(frozen=True)
class Way:
    """One way from an origin to a destination, by the posts that stand on it or could, and who takes it today."""

    journey: str
    posts: tuple[int, ...]
    flow: float


def watch(
    ways: Sequence[Way], sites: int, k: int, *, seen: float, evading: float = 0.0, standing: Sequence[int] = ()
) -> Plan:
    """The k posts that are passed by, and see, the most traffic.

    A post sees the share `seen` of who passes it, each independently of the others. The share `evading` of the traffic
    of a journey knows every post and takes whichever way of the same journey is watched least; the rest keeps to its
    ways. `value` is how much traffic is seen in all; `share` its share.
    """
    _check_share(seen, "seen")
    _check_share(evading, "evading")
    _check_k(k, sites)
    programme = Linear()
    chosen = programme.variables(sites, is_whole=True, high=1.0)
    for site in standing:
        programme.fix(chosen[site], 1.0)
    programme.at_most(float(k + len(set(standing))), chosen)
    seen_on: list[tuple[Array, list[float]]] = []
    for way in ways:
        steps = [seen * (1 - seen) ** number for number in range(min(POSTS_ON_A_WAY, len(way.posts)))]
        # A way with posts sees them in their number: the first adds most, so the sum fills from the first.
        filled = programme.variables(len(steps), cost=[-(1 - evading) * way.flow * step for step in steps], high=1.0)
        if len(steps):
            here = chosen[list(way.posts)]
            signs = np.repeat([1.0, -1.0], [len(here), len(filled)])
            programme.at_least(0.0, np.concatenate([here, filled]), signs)
        seen_on.append((filled, steps))
    _evaders(programme, ways, seen_on, evading)
    found = programme.least()
    picked = [int(site) for site in np.flatnonzero(found.values[chosen] > 0.5)]
    value = traffic_seen(ways, picked, seen=seen, evading=evading)
    total = sum(way.flow for way in ways)
    new = [site for site in picked if site not in set(standing)]
    return Plan(new, value, max(-found.bound, value), _gap(value, -found.bound), value / (total or 1.0))


def traffic_seen(ways: Sequence[Way], posts: Sequence[int], *, seen: float, evading: float = 0.0) -> float:
    """How much traffic the given posts see, counted way by way: what `watch` maximises."""
    standing = set(posts)
    chance = [1 - (1 - seen) ** min(len(standing & set(way.posts)), POSTS_ON_A_WAY) for way in ways]
    least: dict[str, float] = {}
    flow: dict[str, float] = {}
    for way, share in zip(ways, chance, strict=True):
        least[way.journey] = min(least.get(way.journey, 1.0), share)
        flow[way.journey] = flow.get(way.journey, 0.0) + way.flow
    keeping = sum(way.flow * share for way, share in zip(ways, chance, strict=True))
    return (1 - evading) * keeping + evading * sum(flow[journey] * least[journey] for journey in flow)


def _evaders(programme: Linear, ways: Sequence[Way], seen_on: list[tuple[Array, list[float]]], evading: float) -> None:
    """Who evades is seen on a journey only as much as on its least watched way."""
    if evading <= 0:
        return
    by_journey: dict[str, list[int]] = {}
    for number, way in enumerate(ways):
        by_journey.setdefault(way.journey, []).append(number)
    for numbers in by_journey.values():
        flow = sum(ways[number].flow for number in numbers)
        (share,) = programme.variables(1, cost=-evading * flow, high=1.0)
        for number in numbers:
            filled, steps = seen_on[number]
            programme.at_least(0.0, np.append(filled, share), [*steps, -1.0])


def _merged(reach: Array, weights: Array) -> tuple[Array, Array]:
    """Demands that the same sites reach, as one: far fewer rows where places lie close together."""
    kept = reach.any(1)
    if not kept.any():
        return reach[:0], weights[:0]
    packed, inverse = np.unique(np.packbits(reach[kept], axis=1), axis=0, return_inverse=True)
    pattern = np.unpackbits(packed, axis=1, count=reach.shape[1]).astype(bool)
    return pattern, np.bincount(inverse.ravel(), weights=weights[kept], minlength=len(pattern))


def _plan(found: Solution, sites: Array, reach: Array, weights: Array) -> Plan:
    chosen = [int(site) for site in np.flatnonzero(found.values[sites] > 0.5)]
    share = float(weights[reach[:, chosen].any(1)].sum() / (weights.sum() or 1.0))
    return Plan(chosen, found.value, found.bound, _gap(found.value, found.bound), share)


def _gap(value: float, bound: float) -> float:
    gap = abs(value - bound) / max(abs(value), 1e-12)
    return 0.0 if gap < 1e-9 else gap


def _reach(reach: Array) -> Array:
    reach = np.asarray(reach, dtype=bool)
    if reach.ndim != 2 or not reach.size:
        raise Refused("nothing_to_reach")
    return reach


def _distance(distance: Array) -> Array:
    distance = np.asarray(distance, dtype=float)
    if distance.ndim != 2 or not distance.size:
        raise Refused("nothing_to_reach")
    if not np.isfinite(distance).all() or (distance < 0).any():
        demand, site = np.argwhere(~np.isfinite(distance) | (distance < 0))[0].tolist()
        raise Refused("no_distance", demand=demand, site=site)
    return distance


def _weights(weights: Numbers, n: int) -> Array:
    found = np.asarray(weights, dtype=float)
    if found.shape != (n,):
        raise Refused("weights_do_not_match", weights=len(found), demands=n)
    if not np.isfinite(found).all() or (found < 0).any():
        raise Refused("weight_below_zero", demand=int(np.flatnonzero(~(found >= 0))[0]))
    return found


def _costs(costs: Numbers | None, s: int) -> Array:
    return np.ones(s) if costs is None else np.asarray(costs, dtype=float)


def _check_k(k: int, sites: int) -> None:
    if not 1 <= k <= sites:
        raise Refused("sites_wanted", k=k, sites=sites)


def _check_share(share: float, name: str) -> None:
    if not 0 <= share <= 1:
        raise Refused("not_a_share", name=name, value=share)
