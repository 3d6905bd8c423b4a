"""Whether an estimated number may be published, and why not.

Intervals of single methods cover the truth less often than they say (Binette and Steorts, JRSS-A 185, 2022: 0.60 to
0.90 instead of 0.95), so what is judged is how far methods, intervals and tables with a list left out lie apart. The
thresholds are this system's own conventions, in one place: `PUBLISH` and `RANGE`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

PUBLISHABLE, AS_RANGE, WITHHELD = "publish", "range", "withhold"

METHODS_DIFFER, WIDE = "methods_differ", "wide"
A_LIST_DECIDES, A_LIST_IS_ALL = "a_list_decides", "a_list_is_all"
TWO_LISTS, DRAWS_FAIL, FEW_METHODS, LINKAGE = "two_lists", "draws_fail", "few_methods", "linkage"


@dataclass(frozen=True)
class Limits:
    """The most that is borne: ratios of largest to smallest, and shares."""

    methods: float
    interval: float
    drop: float
    failed: float
    linkage: float


PUBLISH = Limits(methods=1.5, interval=2.5, drop=1.5, failed=0.02, linkage=0.3)
RANGE = Limits(methods=3.0, interval=8.0, drop=3.0, failed=0.15, linkage=0.7)


@dataclass(frozen=True)
class Reason:
    """Why a verdict is not better: what was found and what would have been borne."""

    code: str
    verdict: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """`low` and `high` span the intervals of all methods that count."""

    code: str
    reasons: tuple[Reason, ...]
    low: float
    high: float
    spread: float
    drop: float


@dataclass(frozen=True)
class Opinion:
    """What one method says; `failed` is the share of draws without an estimate, `linkage` that of the uncertainty."""

    method: str
    estimate: float
    low: float
    high: float
    failed: float = 0.0
    linkage: float = 0.0


def judged(opinions: Sequence[Opinion], *, lists: int, without: Mapping[str, float]) -> Verdict:
    """The verdict on what methods say. `without` gives for each list the factor by which the estimate moves without it.

    Opinions are those that count: a method whose model the data plainly contradict is left out by the caller.
    """
    low, high = min(each.low for each in opinions), max(each.high for each in opinions)
    spread = max(each.estimate for each in opinions) / min(each.estimate for each in opinions)
    drop = max(without.values(), default=1.0)
    decisive = max(without, key=lambda name: without[name], default="")
    worst = max(opinions, key=lambda each: each.failed)
    linkage = max(each.linkage for each in opinions)
    measured: list[tuple[str, float, str, Mapping[str, object]]] = [
        (METHODS_DIFFER, spread, "methods", {"ratio": spread}),
        (WIDE, high / low, "interval", {"ratio": high / low, "low": low, "high": high}),
        (A_LIST_DECIDES if math.isfinite(drop) else A_LIST_IS_ALL, drop, "drop", {"ratio": drop, "list": decisive}),
        (DRAWS_FAIL, worst.failed, "failed", {"share": worst.failed, "method": worst.method}),
        (LINKAGE, linkage, "linkage", {"share": linkage}),
    ]
    reasons = []
    if lists < 3:
        reasons.append(Reason(TWO_LISTS, WITHHELD))
    elif len(opinions) < 2:
        reasons.append(Reason(FEW_METHODS, AS_RANGE, {"method": opinions[0].method}))
    for code, found, limit, values in measured:
        if found > getattr(RANGE, limit):
            reasons.append(Reason(code, WITHHELD, values))
        elif found > getattr(PUBLISH, limit):
            reasons.append(Reason(code, AS_RANGE, values))
    reached = {reason.verdict for reason in reasons}
    code = WITHHELD if WITHHELD in reached else AS_RANGE if reached else PUBLISHABLE
    reasons.sort(key=lambda reason: reason.verdict != WITHHELD)
    return Verdict(code, tuple(reasons), low, high, spread, drop)
