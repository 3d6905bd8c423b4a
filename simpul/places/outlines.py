"""Outlines: where a region ends on a map, drawn from points because no free boundaries are to be had.

Every spot belongs to the nearest village point; the cells (Voronoi) of the villages make up districts and regencies,
and end at the coast and at the state border. Where a district has no village points its own point stands for it. A
village without a point is drawn as part of its neighbours and named in `missing`. What an operator loaded instead
(`simpul load-boundaries`) is drawn as it is. Measured on West Kalimantan, 97 % of the area is in the right regency.

Neighbours fit: shared edges come from one diagram, are simplified together, and every point is rounded to the same
grid. An outline is made once for each edition of the places, kept in the home folder under `maps`, and in memory.
"""

import csv
import hashlib
import json
import logging
import os
import tempfile
import threading
from functools import cached_property, lru_cache
from math import cos, radians
from typing import NamedTuple

import numpy as np
import shapely
from django.conf import settings
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from simpul.places.land import FILE, KM_PER_DEGREE, land, only_areas, unpacked
from simpul.places.models import Boundary, Edition, Place
from simpul.places.regions import LEVELS, is_within, level_of, within

log = logging.getLogger(__name__)

# Raise this when the way of drawing changes, so that kept outlines are made anew.
RULES = 1

# Units of the longer side of a map. In a province a unit is less than 0.1 km: villages of a city stay apart.
SIZE = 8000

# Degrees around the own points from which neighbours are taken.
AROUND = 1.5

# How far towards a neighbour's point its next one is assumed, where it has only a point for each district: half way
# to that lies the border. 0.7 fits the province of West Kalimantan best (149,000 km2 and 97 % in common).
REACH = 0.7

# Kilometres of a disc drawn for a point that lies in the sea: an island the coast does not show, or a coarse coast.
ISLET = 0.9

# Hundredths of the longer side: how far a line may be drawn from where it is.
LINE = 0.0006
COAST = 0.0004

MARGIN = 0.03


class Outline(NamedTuple):
    """A map without figures: SVG paths in whole units, north up, by code.

    `lines` are the borders of the level right below the region, where that is not the level drawn, and `regions` its
    names; `labels` are spots for names of both. `blank` is land of districts of whose villages no point is known.
    """

    prefix: str
    level: str
    width: int
    height: int
    shapes: dict
    labels: dict
    backdrop: str
    abroad: str
    frontier: str
    lines: str
    blank: str
    bounds: tuple
    km: float
    is_approximate: bool
    source: str
    missing: dict
    regions: dict

    def at(self, latitude, longitude):
        """The spot of a position on this map, which may lie outside of it."""
        west, south, east, north = self.bounds
        return (
            (longitude - west) / (east - west) * self.width,
            (north - latitude) / (north - south) * self.height,
        )


class NoOutline(Exception):
    """Nothing can be drawn of a region; the text says why."""


def outline(prefix, level):
    """The outline of the places of one level in a region; from memory or the disk when it was made before."""
    edition = _edition(level)
    if not edition:
        # Without an edition the rows were put in by hand, and may change at any time.
        return _made(prefix, level)
    with _making:
        return _kept(prefix, str(level), edition, str(settings.HOME / "maps"))


def forget():
    """Leave nothing in the memory of this process."""
    _kept.cache_clear()


_making = threading.Lock()


def _edition(level):
    """What an outline depends on: codes and points, coast, official boundaries, and the way of drawing."""
    editions = list(Edition.objects.order_by("scope").values_list("scope", "fingerprint"))
    if not editions:
        return ""
    loaded = Boundary.objects.filter(level=level).aggregate(Count("pk"), Max("pk"))
    coast = (settings.DATA / FILE).stat()
    told = [RULES, SIZE, editions, sorted(loaded.items()), coast.st_size, coast.st_mtime_ns]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:20]


@lru_cache(maxsize=12)
def _kept(prefix, level, edition, folder):
    file = os.path.join(folder, f"{prefix}-{level}-{edition}.json")
    found = _from_disk(file)
    if found is None:
        found = _made(prefix, level)
        _to_disk(found, file)
    return found


def _from_disk(file):
    try:
        with open(file, encoding="utf-8") as kept:
            told = json.load(kept)
        return Outline(**told | {"bounds": tuple(told["bounds"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _to_disk(found, file):
    """Write whole or not at all, then take away what an older edition left."""
    folder, name = os.path.split(file)
    try:
        os.makedirs(folder, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".part", delete=False, encoding="utf-8") as part:
            json.dump(found._asdict(), part, separators=(",", ":"))
        os.replace(part.name, file)
        for other in os.listdir(folder):
            if other.startswith(f"{found.prefix}-{found.level}-") and other != name:
                os.remove(os.path.join(folder, other))
    except OSError as problem:
        log.warning("The outline of %s could not be kept in %s: %s", found.prefix, folder, problem.strerror)


def _made(prefix, level):
    level = Place.Level(level)
    if LEVELS.index(level) < LEVELS.index(level_of(prefix)):
        raise NoOutline(_("A region is drawn with places of its own level or below."))
    diagram = _Diagram(prefix)
    cells = diagram.cells_of(level)
    if not cells:
        raise NoOutline(_("No point is known in the region %(code)s, so no map can be drawn.") % {"code": prefix})
    official = _official(prefix, level)
    shapes = _clipped(diagram, cells, official)
    return _Sheet(diagram, level, shapes, official).drawn(cells)


def _official(prefix, level):
    """Boundaries that an operator loaded: {code: shape in degrees}, and the words about their source."""
    rows = Boundary.objects.filter(within(prefix), level=level)
    found = {row.place_id: unpacked(json.loads(row.geometry), units=Boundary.UNITS) for row in rows}
    return _Official(found, rows[0].source if found else "")


class _Official(NamedTuple):
    shapes: dict
    source: str

    def __bool__(self):
        return bool(self.shapes)


class _Diagram:
    """The cells of all points of a region and around it, in kilometres, y to the south."""

    def __init__(self, prefix):
        self.prefix = prefix
        located = {
            code: (longitude, latitude)
            for code, latitude, longitude in _located().filter(within(prefix, "code")).values_list(*COLUMNS)
            if code.count(".") >= 2
        }
        self.is_empty = not located
        if self.is_empty:
            return
        spots = np.array(list(located.values()))
        self.window = (*(spots.min(axis=0) - AROUND), *(spots.max(axis=0) + AROUND))
        self.narrow = cos(radians((self.window[1] + self.window[3]) / 2))
        located = _generators(located | _around(self.window, without=prefix))
        self.codes = list(located)
        self.spots = self.projected(_apart(np.array(list(located.values()))))
        everything = np.vstack([self.spots, _assumed(self.codes, self.spots)])
        ground = self.project(shapely.box(*self.window))
        diagram = shapely.voronoi_polygons(shapely.multipoints(everything), extend_to=ground, ordered=True)
        self.cells = shapely.get_parts(diagram)

    def projected(self, degrees):
        return degrees * [KM_PER_DEGREE * self.narrow, -KM_PER_DEGREE]

    def project(self, geometry):
        return shapely.transform(geometry, self.projected)

    def own(self):
        """The numbers of the points of the region."""
        return [number for number, code in enumerate(self.codes) if is_within(code, self.prefix)]

    def cells_of(self, level):
        """{code: cell} of the places of a level; at the level of villages, of districts that have no village points."""
        if self.is_empty:
            return {}
        groups = {}
        for number in self.own():
            groups.setdefault(_part(self.codes[number], level), []).append(number)
        cells = {code: shapely.coverage_union_all(self.cells[numbers]) for code, numbers in groups.items()}
        return cells if level == Place.Level.VILLAGE else self._simpler(cells, groups)

    def _simpler(self, cells, groups):
        """Lines as simple as leaves each point in its own cell."""
        shapes, tolerance = np.array(list(cells.values())), LINE * self.size
        points = [shapely.multipoints(self.spots[numbers]) for numbers in groups.values()]
        for _attempt in range(4):
            simpler = shapely.coverage_simplify(shapes, tolerance)
            if shapely.contains(simpler, points).all():
                return dict(zip(cells, simpler, strict=True))
            tolerance /= 2
        return cells

    @cached_property
    def size(self):
        """The longer side in kilometres."""
        return np.ptp(self.spots[self.own()], axis=0).max() + 1

    @cached_property
    def ground(self):
        """Land to be shared out: the coast, simplified, and a disc for each point in the sea."""
        seen = shapely.clip_by_rect(land().own, *self.window)
        shore = shapely.simplify(self.project(seen), COAST * self.size)
        points = shapely.points(self.spots[self.own()])
        inland = shapely.buffer(shore, -2 * self.size / SIZE)
        shapely.prepare(inland)
        wet = points[~shapely.contains(inland, points)]
        return shapely.union_all([shore, *shapely.buffer(wet, max(ISLET, self.size / 500), quad_segs=3)])


COLUMNS = ("code", "latitude", "longitude")


def _located():
    return Place.objects.filter(latitude__isnull=False, retired_on=None)


def _around(window, *, without):
    """Points of the neighbours of a region; those of provinces that are not in the table from our file of districts."""
    west, south, east, north = window
    with open(settings.DATA / "district_points.csv", encoding="utf-8", newline="") as file:
        rows = [(row["code"], float(row["longitude"]), float(row["latitude"])) for row in csv.DictReader(file)]
    found = {code: (x, y) for code, x, y in rows if west < x < east and south < y < north}
    villages = _located().filter(
        level=Place.Level.VILLAGE, latitude__range=(south, north), longitude__range=(west, east)
    )
    found |= {code: (x, y) for code, y, x in villages.values_list(*COLUMNS)}
    return {code: spot for code, spot in found.items() if not is_within(code, without)}


def _generators(located):
    """Villages, and the districts that have none, in the order of codes."""
    settled = {code[:8] for code in located if len(code) > 8}
    return {code: located[code] for code in sorted(located) if code not in settled}


def _apart(degrees):
    """Points that were rounded to the same spot, a little apart: each needs a cell."""
    taken = set()
    for spot in degrees:
        while tuple(spot) in taken:
            spot += 0.0003
        taken.add(tuple(spot))
    return degrees


def _assumed(codes, spots):
    """Points assumed for districts that have only one, against neighbours whose villages are all known.

    A village reaches half way to the next; without this it would reach half way to the middle of a large district.
    """
    edges = shapely.get_parts(shapely.delaunay_triangles(shapely.multipoints(spots), only_edges=True))
    ends = shapely.points(shapely.get_coordinates(edges))
    pairs = shapely.STRtree(shapely.points(spots)).nearest(ends).reshape(-1, 2)
    is_village = np.array([len(code) > 8 for code in codes])
    mixed = pairs[is_village[pairs[:, 0]] != is_village[pairs[:, 1]]]
    villages = np.where(is_village[mixed[:, 0]], mixed[:, 0], mixed[:, 1])
    districts = np.where(is_village[mixed[:, 0]], mixed[:, 1], mixed[:, 0])
    found = spots[villages] + (spots[districts] - spots[villages]) * REACH
    known = {tuple(spot) for spot in spots}
    return np.array([spot for spot in dict.fromkeys(map(tuple, found)) if spot not in known]).reshape(-1, 2)


def _part(code, level):
    """The code of the place of a level in which a place lies; a district stays one among villages."""
    return ".".join(code.split(".")[: LEVELS.index(level) + 1])


def _clipped(diagram, cells, official):
    """{code: shape} in kilometres: cells that end at the coast, and in their stead what was loaded."""
    ground, shapes = diagram.ground, np.array(list(cells.values()))
    shapely.prepare(ground)
    inside = shapely.contains_properly(ground, shapes)
    shapes[~inside] = shapely.intersection(shapes[~inside], ground)
    found = dict(zip(cells, shapes, strict=True))
    if not official:
        return found
    loaded = {code: diagram.project(shape) for code, shape in official.shapes.items()}
    taken = shapely.union_all(list(loaded.values()))
    rest = {code: shapely.difference(shape, taken) for code, shape in found.items() if code not in loaded}
    return rest | loaded


class _Sheet:
    """The paper: which stretch is shown, at how many units for a kilometre."""

    def __init__(self, diagram, level, shapes, official):
        self.diagram, self.level, self.official = diagram, level, official
        self.blank = [shape for code, shape in shapes.items() if level_of(code) != level]
        self.shapes = {code: shape for code, shape in shapes.items() if level_of(code) == level}
        west, north, east, south = shapely.total_bounds(list(shapes.values()))
        margin = MARGIN * max(east - west, south - north)
        self.frame = (west - margin, north - margin, east + margin, south + margin)
        self.scale = SIZE / max(self.frame[2] - self.frame[0], self.frame[3] - self.frame[1])

    def drawn(self, cells):
        west, north, east, south = self.frame
        across, down = KM_PER_DEGREE * self.diagram.narrow, -KM_PER_DEGREE
        upper = self._upper(cells)
        kept = land()
        return Outline(
            prefix=self.diagram.prefix,
            level=str(self.level),
            width=round((east - west) * self.scale),
            height=round((south - north) * self.scale),
            shapes={code: self._path(shape) for code, shape in self.shapes.items()},
            labels=self._labels(upper) | self._labels(self.shapes),
            backdrop=self._path(self._in_frame(kept.own)),
            abroad=self._path(self._in_frame(kept.abroad)),
            frontier=self._path(self._in_frame(kept.frontier)),
            lines=self._path(self._lines(upper)),
            blank=self._path(shapely.union_all(self.blank)),
            bounds=tuple(map(float, (west / across, south / down, east / across, north / down))),
            km=float(1 / self.scale),
            is_approximate=bool(set(self.shapes) - set(self.official.shapes)) or bool(self.blank),
            source=self.official.source,
            missing=self._missing(),
            regions=self._names(upper),
        )

    def _missing(self):
        """Places of the level that have no shape of their own: {code: name}."""
        places = Place.objects.filter(within(self.diagram.prefix, "code"), level=self.level, retired_on=None)
        names = places.order_by("code").values_list("code", "name")
        return {code: name for code, name in names if code not in self.shapes}

    def _names(self, codes):
        """Names as they are written on a map: "Pontianak" both for the regency and for the city."""
        places = Place.objects.filter(code__in=codes).order_by("code").values_list("code", "name")
        return {code: name.removeprefix("Kabupaten ").removeprefix("Kota ") for code, name in places}

    def _upper(self, cells):
        """The regions right below the prefix, made of the shapes drawn, if these lie deeper."""
        below = LEVELS[min(self.diagram.prefix.count(".") + 1, len(LEVELS) - 1)]
        if LEVELS.index(below) >= LEVELS.index(self.level):
            return {}
        groups = {}
        for code, shape in cells.items():
            groups.setdefault(_part(code, below), []).append(shape)
        return {code: shapely.coverage_union_all(shapes) for code, shapes in groups.items()}

    def _lines(self, upper):
        if not upper:
            return shapely.MultiLineString()
        borders = shapely.line_merge(shapely.union_all(shapely.boundary(list(upper.values()))))
        return shapely.intersection(borders, self.diagram.ground)

    def _labels(self, shapes):
        """Spots for names: the point of a village, elsewhere the middle of the widest place of the largest part."""
        points = dict(zip(self.diagram.codes, self.diagram.spots, strict=True)) if shapes else {}
        found = {}
        for code, shape in shapes.items():
            if code in points:
                x, y = points[code]
            else:
                on_land = only_areas(shapely.intersection(shape, self.diagram.ground))
                largest = max(shapely.get_parts(on_land), key=shapely.area)
                radius = shapely.maximum_inscribed_circle(largest, tolerance=0.01 * self.diagram.size)
                x, y = shapely.get_coordinates(radius)[0]
            found[code] = self._spot(x, y)
        return found

    def _spot(self, x, y):
        return [round((x - self.frame[0]) * self.scale), round((y - self.frame[1]) * self.scale)]

    def _in_frame(self, geometry):
        near = self.diagram.project(shapely.clip_by_rect(geometry, *self._degrees()))
        coarse = shapely.simplify(near, COAST * self.diagram.size)
        return shapely.clip_by_rect(coarse, *self.frame)

    def _degrees(self):
        west, north, east, south = self.frame
        across, down = KM_PER_DEGREE * self.diagram.narrow, -KM_PER_DEGREE
        return west / across - 0.1, south / down - 0.1, east / across + 0.1, north / down + 0.1

    def _path(self, geometry):
        """SVG path data in whole units: each part begins where it is and goes on in steps."""
        return "".join(self._piece(part) for part in shapely.get_parts(geometry))

    def _piece(self, part):
        if part.geom_type == "Polygon":
            return "".join(self._line(ring, closed=True) for ring in [part.exterior, *part.interiors])
        return self._line(part) if "Line" in part.geom_type else ""

    def _line(self, line, *, closed=False):
        whole = np.rint((shapely.get_coordinates(line) - self.frame[:2]) * self.scale).astype(int)
        steps = np.diff(whole, axis=0)
        steps = steps[steps.any(axis=1)][: -1 if closed else None]
        if len(steps) < (2 if closed else 1):
            return ""
        return f"M{_pairs(whole[:1])}l{_pairs(steps)}{'z' * closed}"


def _pairs(numbers):
    """Numbers with as few signs between them as SVG needs: "5-3 2 4"."""
    return " ".join(map(str, numbers.ravel().tolist())).replace(" -", "-")
