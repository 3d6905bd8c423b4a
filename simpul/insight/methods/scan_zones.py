"""Windows on the map: circles, and ellipses where wanted, around every place, by the places they hold.

A circle grows around a place until it holds a share of the population or reaches a distance. Places at the same
distance come in together: no circle holds one without the other. Ellipses have a shape (the longer axis over the
shorter) and an angle; a factor below 1 keeps long ones from winning by chance alone (Kulldorff, Huang, Pickle and
Duczmal, Statistics in Medicine 25:3929, 2006).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from simpul.insight.methods.neighbours import EARTH_KM
from simpul.insight.methods.refusal import Refused

# Shapes of ellipses and into how many angles half a turn is cut for each.
ELLIPSES = ((1.5, 4), (2.0, 6), (3.0, 9), (4.0, 12), (5.0, 15))
_MODERATE = 0.5
_SHARE_TOLERANCE = 1e-9
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Zones:
    """Orderings of places, laid end to end.

    members: (positions,) place at each position; starts: (orderings + 1,); closes: (positions,) may a window end here;
    factors: (orderings,) by which the statistic is multiplied; centres, shapes, angles: (orderings,), angles in degrees
    from the first coordinate; reach: (positions,) distance from the centre (along the longer axis), km or map units.
    """

    members: Array
    starts: Array
    closes: Array
    factors: Array
    centres: Array
    shapes: Array
    angles: Array
    reach: Array

    @property
    def number(self) -> int:
        """How many zones there are, the same places counted again from another centre."""
        return int(self.closes.sum())


def great_circle(one: Array, others: Array) -> Array:
    """Kilometres from one (latitude, longitude) to (n, 2) others, in degrees, on a sphere (haversine)."""
    start, ends = np.radians(one), np.radians(others)
    rise, turn = np.sin((ends[:, 0] - start[0]) / 2), np.sin((ends[:, 1] - start[1]) / 2)
    half = rise**2 + np.cos(start[0]) * np.cos(ends[:, 0]) * turn**2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


def zones(
    coordinates: Array,
    weight: Array,
    *,
    is_geographic: bool = False,
    share: float = 0.5,
    distance: float | None = None,
    nearest: int | None = None,
    with_ellipses: bool = False,
) -> Zones:
    """The windows of (n, 2) coordinates, in km where they are (latitude, longitude), else in their own unit.

    weight: (n,) what the share is of, usually the expected cases. A window holds at most that share of it, reaches at
    most `distance` from its centre and holds at most `nearest` places. Raises `Refused`.
    """
    _check(coordinates, is_geographic, share, distance)
    limit = share * float(weight.sum()) * (1 + _SHARE_TOLERANCE)
    kinds = [(1.0, 0.0)]
    if with_ellipses:
        kinds += [(shape, 180.0 * turn / turns) for shape, turns in ELLIPSES for turn in range(turns)]
    members, closes, reach, about, lengths = [], [], [], [], []
    for centre in range(len(coordinates)):
        plane = None if not with_ellipses else _plane(coordinates, centre, is_geographic)
        for shape, angle in kinds:
            away = (
                _away(coordinates, centre, is_geographic)
                if shape == 1 or plane is None
                else _stretched(plane, shape, angle)
            )
            chosen = _outwards(away, weight, limit, distance, nearest)
            members.append(chosen)
            closes.append(_closing(away, chosen))
            reach.append(away[chosen])
            about.append((centre, shape, angle))
            lengths.append(len(chosen))
    if not sum(lengths):
        raise Refused("no_windows")
    centres, shapes, angles = (np.array(each) for each in zip(*about, strict=True))
    return Zones(
        members=np.concatenate(members).astype(np.int32),
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        closes=np.concatenate(closes),
        factors=(4 * shapes / (shapes + 1) ** 2) ** _MODERATE,
        centres=centres,
        shapes=shapes,
        angles=angles,
        reach=np.concatenate(reach),
    )


def _check(coordinates: Array, is_geographic: bool, share: float, distance: float | None) -> None:
    if len(coordinates) < 2:
        raise Refused("one_place")
    if not 0 < share <= 0.5:
        raise Refused("share", share=share)
    if distance is not None and distance < 0:
        raise Refused("distance", distance=distance)
    if is_geographic and (np.abs(coordinates) > np.array([90.0, 360.0])).any():
        place = int(np.argmax((np.abs(coordinates) > np.array([90.0, 360.0])).any(1)))
        raise Refused("not_on_earth", place=place)
    if len(np.unique(coordinates, axis=0)) < 2:
        raise Refused("one_point")


def _away(coordinates: Array, centre: int, is_geographic: bool) -> Array:
    if is_geographic:
        return great_circle(coordinates[centre], coordinates)
    return np.asarray(np.hypot(*(coordinates - coordinates[centre]).T))


def _plane(coordinates: Array, centre: int, is_geographic: bool) -> Array:
    """Coordinates as seen from a centre, on a plane: km east and north where they are degrees."""
    offset = coordinates - coordinates[centre]
    if not is_geographic:
        return np.asarray(offset)
    north, east = np.radians(offset).T * EARTH_KM
    return np.stack([east * np.cos(np.radians(coordinates[centre, 0])), north], axis=1)


def _stretched(plane: Array, shape: float, angle: float) -> Array:
    """Half the longer axis of the ellipse of this shape and angle on whose edge each place lies."""
    turn = np.radians(angle)
    along = plane[:, 0] * np.cos(turn) + plane[:, 1] * np.sin(turn)
    across = plane[:, 1] * np.cos(turn) - plane[:, 0] * np.sin(turn)
    return np.asarray(np.hypot(along, across * shape))


def _outwards(away: Array, weight: Array, limit: float, distance: float | None, nearest: int | None) -> Array:
    order = np.argsort(away, kind="stable")
    fits = np.cumsum(weight[order]) <= limit
    if distance is not None:
        fits &= away[order] <= distance * (1 + _SHARE_TOLERANCE)
    if nearest is not None:
        fits[nearest:] = False
    # The limits bind from the first place on that breaks them.
    return np.asarray(order[: len(fits) if fits.all() else int(np.argmin(fits))])


def _closing(away: Array, chosen: Array) -> Array:
    """Whether a window may end at each: not between places at the same distance, of which one may be left out."""
    closes = np.ones(len(chosen), np.bool_)
    if not len(chosen):
        return closes
    reached = away[chosen]
    tolerance = 1e-9 * (reached[-1] + 1e-300)
    closes[:-1] = reached[1:] - reached[:-1] > tolerance
    beyond = np.ones(len(away), np.bool_)
    beyond[chosen] = False
    closes[-1] = not (beyond & (np.abs(away - reached[-1]) <= tolerance)).any()
    return closes
