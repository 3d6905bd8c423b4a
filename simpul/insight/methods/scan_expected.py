"""How many cases are expected where and when, if the risk is the same everywhere.

Populations are known at a few moments (censuses) and taken to change in a straight line between them, and not at all
before the first and after the last. Each interval is given its person-days: the integral of that line, so a longer
interval expects more. Ages, sexes and other strata are allowed for by indirect standardisation: each stratum has the
risk it has in the whole region (Kulldorff, Athas, Feuer, Miller and Key, American Journal of Public Health 88:1377,
1998).
"""

from typing import Any

import numpy as np

from simpul.insight.methods.refusal import Refused

Array = np.ndarray[Any, Any]


def person_time(borders: Array, known_at: Array) -> Array:
    """(intervals, moments) how many days of each known population an interval has.

    borders: (intervals + 1,) days at which intervals begin, the last being the end of the last; known_at: (moments,)
    days, rising. The population of an interval times its days is this matrix times the known populations.
    """
    known = np.asarray(known_at, float)
    days = np.zeros((len(borders) - 1, len(known)))
    for moment in range(len(known)):
        height = np.zeros(len(known))
        height[moment] = 1.0
        days[:, moment] = np.diff(_area(np.asarray(borders, float), known, height))
    return days


def _area(until: Array, known: Array, height: Array) -> Array:
    """The integral from the first known moment to each of `until` of the line through the heights."""
    parts = np.concatenate([[0.0], np.cumsum(np.diff(known) * (height[1:] + height[:-1]) / 2)])
    at = np.clip(np.searchsorted(known, until, side="right") - 1, 0, len(known) - 1)
    into = np.clip(until, known[0], known[-1]) - known[at]
    slope = np.append(np.diff(height) / np.diff(known), 0.0)
    inner = parts[at] + into * (height[at] + slope[at] * into / 2)
    return np.asarray(
        inner + np.minimum(until - known[0], 0.0) * height[0] + np.maximum(until - known[-1], 0) * height[-1]
    )


def standardised(cases: Array, population: Array) -> Array:
    """(places, intervals) expected cases, which add up to the cases.

    cases: (strata,) cases of the whole region; population: (places, intervals, strata) person-time.
    Raises `Refused` where a stratum has cases and nobody lives in it.
    """
    if not (np.isfinite(population).all() and (population >= 0).all()):
        raise Refused("not_finite")
    people = population.sum((0, 1))
    if ((people <= 0) & (cases > 0)).any():
        raise Refused("stratum_without_population", stratum=int(np.argmax((people <= 0) & (cases > 0))))
    risk = np.divide(cases, people, out=np.zeros(len(people)), where=people > 0)
    return np.asarray(population @ risk)


def independent(cases: Array) -> Array:
    """(places, intervals) expected where place and time have nothing to do with each other, within each stratum.

    cases: (places, intervals, strata). Kulldorff, Heffernan, Hartman, Assunção and Mostashari, PLoS Medicine 2:e59,
    2005: the cases of a place times those of an interval over all.
    """
    total = cases.sum((0, 1))
    by_place, by_time = cases.sum(1), cases.sum(0)
    weight = np.divide(1.0, total, out=np.zeros(len(total)), where=total > 0)
    return np.asarray(np.einsum("ls,ts,s->lt", by_place, by_time, weight))
