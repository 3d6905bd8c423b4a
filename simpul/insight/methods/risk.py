"""Risk: how easily somebody in a list is told apart by what others may know."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence


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
