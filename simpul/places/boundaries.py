"""Boundaries: the official outlines of places, as an operator's office has them, in place of approximate ones.

A file of GeoJSON is understood as a whole or not taken in at all: every shape must have its place, and every place of
the region its shape. What was taken in stands on the maps from the next page on, with the words about its source.
"""

import json
import re
from typing import NamedTuple

import shapely
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.lib.texts import folded, one_line
from simpul.places.land import packed, sound
from simpul.places.models import Boundary, Place
from simpul.places.regions import LEVELS, is_code, is_within, within
from simpul.places.spelling import KIND_OF_WORD, key_of

LARGEST_FILE = 100 * 1024 * 1024

# Degrees by which a line may be drawn from where the file has it: about 50 m.
TOLERANCE = 0.0005

# How many faults are named; the rest is counted.
MOST_NAMED = 5

DIGITS = {Place.Level.PROVINCE: 2, Place.Level.REGENCY: 4, Place.Level.DISTRICT: 6, Place.Level.VILLAGE: 10}

# Names of the one system of coordinates that GeoJSON knows, as older programs write them.
WGS84 = re.compile(r"(CRS84|EPSG:{1,2}(\d*:)?4326)$", re.IGNORECASE)


class BoundaryError(Exception):
    """The file cannot be taken in; the text says what is wrong and what to do."""


class Taken(NamedTuple):
    """What was taken in: how many shapes, how many were repaired or lie elsewhere, and which places have none."""

    shapes: int
    repaired: int
    elsewhere: int
    missing: tuple


class Reading(NamedTuple):
    """How a file names its places: by a property with the code, or by one with the name."""

    level: str
    code_property: str = ""
    name_property: str = ""


@transaction.atomic
def load(file, *, reading, source, on, region=None, allow_missing=False):
    """Take the outlines of one level in from a file of GeoJSON; those loaded before for that level are replaced.

    Shapes of places outside the region (that of the installation) are passed over when they are named by code.
    """
    region = settings.REGION if region is None else region
    source = one_line(source)
    if not source or len(source) > 200:
        raise BoundaryError(_("Say in at most 200 characters where the boundaries come from; maps show it."))
    features = _features(file)
    places = _places(reading.level, region)
    named, elsewhere = _named(features, places, reading=reading, region=region)
    missing = tuple(code for code in places if code not in named)
    if missing and not allow_missing:
        raise BoundaryError(_missing_words([places[code] for code in missing]))
    shapes, repaired = _shapes(named)
    simpler = shapely.coverage_simplify(list(shapes.values()), TOLERANCE)
    Boundary.objects.filter(within(region), level=reading.level).delete()
    same = {"level": reading.level, "source": source, "loaded_on": on}
    Boundary.objects.bulk_create(
        Boundary(place_id=code, geometry=packed(shape, units=Boundary.UNITS), **same)
        for code, shape in zip(shapes, simpler, strict=True)
    )
    return Taken(len(shapes), repaired, elsewhere, missing)


def remove(*, level):
    """Take official outlines back; the maps draw approximate ones again. Tells how many there were."""
    removed, _by_model = Boundary.objects.filter(level=level).delete()
    return removed


def _features(file):
    if file.stat().st_size > LARGEST_FILE:
        raise BoundaryError(_("The file is larger than 100 MB. Simplify the boundaries to about 50 m before loading."))
    try:
        told = json.loads(file.read_bytes())
    except (ValueError, RecursionError) as problem:
        raise BoundaryError(
            _("This is not a file of GeoJSON. Export the boundaries as GeoJSON (RFC 7946).")
        ) from problem
    if not isinstance(told, dict) or told.get("type") != "FeatureCollection" or not told.get("features"):
        raise BoundaryError(_("The file holds no FeatureCollection with shapes. Export the whole layer as GeoJSON."))
    if not isinstance(told["features"], list) or not all(isinstance(each, dict) for each in told["features"]):
        raise BoundaryError(_("The file holds no FeatureCollection with shapes. Export the whole layer as GeoJSON."))
    _check_projection(told.get("crs"))
    return told["features"]


def _check_projection(crs):
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if name and not WGS84.search(name):
        raise BoundaryError(
            _("The coordinates are in %(system)s. Export the boundaries in WGS 84 (EPSG:4326).") % {"system": name[:60]}
        )


def _places(level, region):
    places = Place.objects.filter(within(region, "code"), level=level, retired_on=None).order_by("code")
    found = {place.code: place for place in places}
    if not found:
        raise BoundaryError(_("No place of this level is known in the region. Run `simpul load-places` first."))
    return found


def _named(features, places, *, reading, region):
    """{code: (number, shape as the file has it)} of the region, and how many shapes lie elsewhere."""
    code_of = _by_code if reading.code_property else _by_name(places, reading.name_property)
    found, faults, elsewhere = {}, [], 0
    for number, feature in enumerate(features, 1):
        code, fault = code_of(number, feature.get("properties") or {}, reading)
        if not fault and not is_within(code, region):
            elsewhere += 1
            continue
        if not fault and code not in places:
            fault = _("shape %(number)d: %(code)s is not the code of a place") % {"number": number, "code": code}
        if not fault and code in found:
            fault = _("shapes %(first)d and %(second)d are both %(name)s (%(code)s)") % {
                "first": found[code][0], "second": number, "name": places[code].name, "code": code,
            }  # fmt: skip
        if fault:
            faults.append(fault)
            continue
        found[code] = (number, feature.get("geometry"))
    _complain(faults)
    return found, elsewhere


def _by_code(number, properties, reading):
    """A code with dots or without, as text or as a number: "61.07", "6107", 6107, 6107.0."""
    if reading.code_property not in properties:
        return "", _no_property(number, reading.code_property, properties)
    written = properties[reading.code_property]
    if isinstance(written, float) and written.is_integer():
        written = int(written)
    code = one_line(str(written))
    if code.isascii() and code.isdecimal() and len(code) == DIGITS[reading.level]:
        code = ".".join(part for part in (code[:2], code[2:4], code[4:6], code[6:]) if part)
    if not is_code(code) or LEVELS[code.count(".")] != reading.level:
        told = {"number": number, "text": code[:30], "level": Place.Level(reading.level).label}
        return "", _("shape %(number)d: “%(text)s” is no code of this level (%(level)s)") % told
    return code, ""


def _by_name(places, name_property):
    """A way to find codes by name: "Kabupaten Sambas", "Kab. Sambas", "SAMBAS"; for districts "Kec. Sambas" too."""
    by_name = {}
    for code, place in places.items():
        for key in {folded(place.name), place.key}:
            by_name.setdefault(key, []).append(code)

    def code_of(number, properties, reading):
        if name_property not in properties:
            return "", _no_property(number, name_property, properties)
        name = one_line(str(properties[name_property]))
        codes = next(filter(None, map(by_name.get, _readings(name, reading.level))), [])
        told = {"number": number, "name": name[:60]}
        if len(codes) > 1:
            return "", _("shape %(number)d: several places are called “%(name)s”; name the property with codes") % told
        if not codes:
            return "", _("shape %(number)d: no place of the region is called “%(name)s”") % told
        return codes[0], ""

    return code_of


def _readings(name, level):
    """The keys under which a name may be found, best first.

    "Kab. Pontianak" is an older name of another regency and never the city, so the word for its kind stays with it.
    """
    written = folded(name)
    first, _blank, rest = written.partition(" ")
    kind = KIND_OF_WORD.get(first)
    if not kind or not rest:
        return [written, key_of(name)]
    if level == Place.Level.REGENCY:
        return [f"{kind} {rest}"]
    return [written, key_of(name), rest, key_of(rest)]


def _no_property(number, name, properties):
    told = {"number": number, "name": name[:60], "there": ", ".join(map(str, list(properties)[:8]))[:200]}
    return _("shape %(number)d has no property “%(name)s”; it has: %(there)s") % told


def _shapes(named):
    """{code: shape in degrees} of what the file holds, and how many had to be repaired."""
    found, faults, repaired = {}, [], 0
    for code, (number, told) in named.items():
        shape, fault = _shape(told)
        if fault:
            faults.append(
                _("shape %(number)d (%(code)s): %(fault)s") % {"number": number, "code": code, "fault": fault}
            )
            continue
        repaired += not shape.is_valid
        found[code] = sound(shape)
        if found[code].is_empty:
            faults.append(_("shape %(number)d (%(code)s) covers no area") % {"number": number, "code": code})
    _complain(faults)
    return found, repaired


def _shape(told):
    """(shape, "") or (None, what is wrong with it)."""
    if not isinstance(told, dict) or told.get("type") not in {"Polygon", "MultiPolygon"}:
        return None, _("it is not a Polygon or MultiPolygon")
    try:
        shape = shapely.force_2d(
            shapely.from_geojson(json.dumps({"type": told["type"], "coordinates": told["coordinates"]}))
        )
    except (shapely.errors.GEOSException, KeyError, ValueError):
        return None, _("its coordinates cannot be read")
    if shape.is_empty:
        return None, _("it is empty")
    west, south, east, north = shape.bounds
    if not (-180 <= west <= east <= 180):
        return None, _("its coordinates are not degrees; export the boundaries in WGS 84 (EPSG:4326)")
    if not (-90 <= south <= north <= 90):
        return None, _("its latitudes lie beyond 90 degrees; longitude comes first in GeoJSON")
    return shape, ""


def _complain(faults):
    if not faults:
        return
    more = len(faults) - MOST_NAMED
    lines = faults[:MOST_NAMED] + ([_("and %(count)d more") % {"count": more}] if more > 0 else [])
    raise BoundaryError(_("Nothing was taken in: %(faults)s.") % {"faults": "; ".join(lines)})


def _missing_words(places):
    names = ", ".join(f"{place.name} ({place.code})" for place in places[:MOST_NAMED])
    words = ngettext(
        "Nothing was taken in: %(count)d place has no shape in the file: %(names)s. "
        "With --allow-missing it stays approximate.",
        "Nothing was taken in: %(count)d places have no shape in the file, among them %(names)s. "
        "With --allow-missing they stay approximate.",
        len(places),
    )
    return words % {"count": len(places), "names": names}
