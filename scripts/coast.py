"""Derive data/coast.json.gz, the land on which the maps are drawn, from the package world-atlas (Natural Earth).

    python scripts/coast.py PATH/TO/world-atlas/countries-10m.json

A developer's tool: run it once for a new edition of world-atlas 2. The file it writes has whole numbers of a
thousandth of a degree, each point as the step from the one before, longitude first:

    land      polygons of Indonesia, each a list of rings, the first of them the outer one
    abroad    rings of the neighbours' land, coarse except where they meet Indonesia
    frontier  lines of the land border
"""

import gzip
import json
import sys
from itertools import accumulate
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "data" / "coast.json.gz"
UNITS = 1000
HOME = "Indonesia"
NEIGHBOURS = {
    "Malaysia",
    "Brunei",
    "Singapore",
    "Timor-Leste",
    "Papua New Guinea",
    "Philippines",
    "Thailand",
    "Australia",
}

# What may be seen beside Indonesia: west, south, east, north.
FRAME = (94.0, -12.0, 142.5, 8.0)
# Degrees by which the coast of others may be wrong.
COARSE = 0.004
# An island of others smaller than this many square degrees is left out.
SMALL = 0.0005


def main(arguments):
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        print(__doc__, file=sys.stderr)
        return 2
    atlas = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    found = derived(atlas)
    packed = gzip.compress(json.dumps(found, separators=(",", ":")).encode(), compresslevel=9, mtime=0)
    TARGET.write_bytes(packed)
    print(f"{TARGET.name}: {len(found['land'])} islands, {len(found['abroad'])} rings abroad, {len(packed):,} bytes")
    return 0


def derived(atlas):
    """The contents of the file from a topology (TopoJSON) with countries by name."""
    arcs = [points_of(arc, atlas["transform"]) for arc in atlas["arcs"]]
    countries = {g["properties"]["name"]: polygons_of(g) for g in atlas["objects"]["countries"]["geometries"]}
    own = numbers_in(countries[HOME])
    theirs = set().union(*(numbers_in(countries[name]) for name in NEIGHBOURS))
    coarse = {number: coarser(arcs[number]) for number in theirs - own}
    abroad = [
        joined(ring, coarse | {number: arcs[number] for number in own})
        for name in sorted(NEIGHBOURS)
        for rings in countries[name]
        for ring in rings[:1]
    ]
    return {
        "units": UNITS,
        "land": [[steps(joined(ring, arcs)) for ring in rings] for rings in countries[HOME]],
        "abroad": [steps(ring) for ring in abroad if is_seen(ring) and abs(area(ring)) > SMALL],
        "frontier": [steps(arcs[number]) for number in sorted(own & theirs)],
    }


def points_of(arc, transform):
    """An arc in degrees: TopoJSON keeps whole numbers, each the step from the one before."""
    (wide, high), (west, south) = transform["scale"], transform["translate"]
    xs, ys = accumulate(x for x, _y in arc), accumulate(y for _x, y in arc)
    return [(x * wide + west, y * high + south) for x, y in zip(xs, ys, strict=True)]


def polygons_of(geometry):
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]


def numbers_in(polygons):
    """The arcs of polygons. A negative number means an arc read backwards: -1 is arc 0."""
    return {number if number >= 0 else ~number for rings in polygons for ring in rings for number in ring}


def joined(ring, arcs):
    """The points of a ring of arcs, closed."""
    found = []
    for number in ring:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        found += points if not found else points[1:]
    return found


def coarser(points, tolerance=COARSE):
    """Douglas and Peucker's line: a point stays only if the line without it would be wrong by more."""
    if points[0] == points[-1] and len(points) > 3:
        middle = len(points) // 2
        return coarser(points[: middle + 1], tolerance)[:-1] + coarser(points[middle:], tolerance)
    kept, parts = {0, len(points) - 1}, [(0, len(points) - 1)]
    while parts:
        first, last = parts.pop()
        far, wrong = farthest(points, first, last)
        if wrong > tolerance:
            kept.add(far)
            parts += [(first, far), (far, last)]
    return [points[i] for i in sorted(kept)]


def farthest(points, first, last):
    """The point between two others that lies farthest from the line through them, and how far."""
    (x0, y0), (x1, y1) = points[first], points[last]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1e-12
    offs = [
        (abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length, i)
        for i, (x, y) in enumerate(points[first + 1 : last], first + 1)
    ]
    wrong, far = max(offs, default=(0.0, first))
    return far, wrong


def is_seen(ring):
    west, south, east, north = FRAME
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    return min(xs) < east and max(xs) > west and min(ys) < north and max(ys) > south


def area(ring):
    """Square degrees, by the shoelace formula."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:], strict=False)) / 2


def steps(points):
    """Whole units, each as the step from the point before, in one flat list; repeated points are left out."""
    found, before = [], (0, 0)
    for x, y in points:
        here = (round(x * UNITS), round(y * UNITS))
        if found and here == before:
            continue
        found += [here[0] - before[0], here[1] - before[1]]
        before = here
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
