"""Land: coasts, the neighbours' land and the state border, and how outlines are kept in little room.

What `data/coast.json.gz` holds was derived from Natural Earth (see `scripts/coast.py`). An outline is kept as whole
numbers, each the step from the point before, longitude first: half the room of degrees written out.
"""

import gzip
import json
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import shapely
from django.conf import settings

FILE = "coast.json.gz"
KM_PER_DEGREE = 111.32


class Land(NamedTuple):
    """Shapes in degrees: Indonesia's land, the land of its neighbours, and the lines where they meet."""

    own: shapely.Geometry
    abroad: shapely.Geometry
    frontier: shapely.Geometry


def land():
    """The land of the installed data file, read once."""
    return _read(settings.DATA / FILE)


def on_the_border(latitude, longitude, *, precision_km):
    """Where to draw a border post: on the border, if that is as near as its position is known; else where it is."""
    spot, reach = shapely.Point(longitude, latitude), precision_km / KM_PER_DEGREE
    nearest = shapely.shortest_line(spot, land().frontier)
    if shapely.length(nearest) > reach:
        return latitude, longitude
    x, y = shapely.get_coordinates(nearest)[1]
    return float(y), float(x)


def packed(geometry, *, units):
    """A polygon or several as JSON: polygons of rings of steps, in parts of a degree (`units` of them)."""
    parts = shapely.get_parts(geometry)
    return json.dumps([[_steps(ring, units) for ring in _rings(part)] for part in parts], separators=(",", ":"))


def unpacked(polygons, *, units):
    """The shape that `packed` made, from the lists in its JSON."""
    return shapely.multipolygons(
        [shapely.Polygon(rings[0], rings[1:]) for rings in ([_points(r, units) for r in each] for each in polygons)]
    )


def sound(geometry):
    """The same area without crossings, as polygons only; lines and points that the repair leaves are dropped."""
    if not geometry.is_valid:
        geometry = shapely.make_valid(geometry)
    return only_areas(geometry)


def only_areas(geometry):
    """The polygons of a shape as one shape; empty if it has none."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def _steps(ring, units):
    whole = np.rint(shapely.get_coordinates(ring) * units).astype(int)
    return np.diff(whole, axis=0, prepend=[[0, 0]]).ravel().tolist()


def _rings(polygon):
    return [polygon.exterior, *polygon.interiors]


def _points(steps, units):
    return np.cumsum(np.array(steps).reshape(-1, 2), axis=0) / units


@lru_cache(maxsize=1)
def _read(file):
    kept = json.loads(gzip.decompress(file.read_bytes()))
    units = kept["units"]
    # Rounding to a thousandth of a degree may fold an islet upon itself.
    own = shapely.union_all(shapely.make_valid([unpacked([rings], units=units) for rings in kept["land"]]))
    abroad = shapely.union_all(shapely.make_valid([unpacked([[ring]], units=units) for ring in kept["abroad"]]))
    frontier = shapely.multilinestrings([shapely.linestrings(_points(line, units)) for line in kept["frontier"]])
    return Land(only_areas(own), only_areas(abroad), frontier)
