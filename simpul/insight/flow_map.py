"""A map of flows: lines from place to place, as wide as many journeys went there, over the outline of a region.

A line bends to the right of its direction, so that the way there and the way back stand side by side. What lies
outside of the map is drawn at its edge, where it would be left. A crossing that is no post stands in the middle of its
district, as an open ring: nobody learns from the map where it is.
"""

from collections import Counter
from html import escape
from math import atan2, cos, hypot, sin, sqrt
from typing import NamedTuple

from django.db.models import Avg
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.insight import drawing
from simpul.insight.routes import ABROAD, POST, UNOFFICIAL
from simpul.places.land import on_the_border
from simpul.places.models import BorderPost, Place
from simpul.places.regions import within
from simpul.reference import catalogues

THINNEST, WIDEST = 2.5, 24.0
BEND = 0.16
# So far from the edge stands what lies outside, and so far apart names there stand.
EDGE, APART = 26, 30
# More lines than these hide each other; the table beside the map has them all.
MOST_LINES = 60
GAP = 9
# Height of letters in parts of the width; `map.css` has the same.
SMALL_SCREEN, WIDE_SCREEN = 28, 16


class Spot(NamedTuple):
    """Where a node stands on the drawn map, and whether it lies there or beyond the edge."""

    x: float
    y: float
    is_inside: bool


def flow_map(outline, segments, *, words, title, description=""):
    """The map for segments as `insight.routes` gives them; `words` are the names of nodes."""
    height = outline.height * drawing.WIDTH / outline.width
    nodes = sorted({node for segment in segments for node in (segment.origin, segment.destination)})
    spots = _at_the_edge(_spots(outline, nodes), height)
    drawn = [s for s in segments if s.origin in spots and s.destination in spots][:MOST_LINES]
    most = max((segment.journeys for segment in drawn), default=1)
    # The widest first, so that thin lines lie above them.
    lines = "".join(_line(segment, spots, most, words) for segment in drawn)
    ranked = _ranked(drawn)
    marks = "".join(_mark(node, spots[node], words.get(node, node)) for node in ranked)
    names = _labels(ranked, spots, words, height)
    over = f'<g class="flows">{lines}</g><g class="nodes">{marks}{names}</g>'
    return drawing.ground(outline, title=title, description=description, over=over, legend=_legend(most, drawn, spots))


def _ranked(drawn):
    """Nodes of the lines drawn, the busiest first."""
    busy = Counter()
    for segment in drawn:
        busy[segment.origin] += segment.journeys
        busy[segment.destination] += segment.journeys
    return [node for node, _number in sorted(busy.items(), key=lambda each: (-each[1], each[0]))]


def _spots(outline, nodes):
    """{node: spot} of every node whose position is known."""
    scale = drawing.WIDTH / outline.width
    places = {node: node.removeprefix(UNOFFICIAL) for node in nodes if not node.startswith((POST, ABROAD))}
    rows = Place.objects.filter(code__in=places.values(), latitude__isnull=False)
    points = {code: (lat, lon) for code, lat, lon in rows.values_list("code", "latitude", "longitude")}
    missing = {code for code in places.values() if code and code not in points and code not in outline.labels}
    points |= _middles(missing)
    posts = _posts([node for node in nodes if node.startswith(POST)])
    found = {}
    for node in nodes:
        code = places.get(node)
        if code in outline.labels:
            x, y = outline.labels[code]
            found[node] = Spot(x * scale, y * scale, True)
            continue
        position = posts.get(node) or points.get(code) or _abroad(node)
        if position:
            found[node] = Spot(*drawing.spot(outline, *position))
    return found


def _middles(codes):
    """The middle of the points below places that have none of their own, such as regencies and provinces."""
    found = {}
    for code in codes:
        middle = Place.objects.filter(within(code, "code")).aggregate(Avg("latitude"), Avg("longitude"))
        if middle["latitude__avg"] is not None:
            found[code] = tuple(middle.values())
    return found


def _posts(nodes):
    """{node: position} of posts; of one whose location is not known, that of its district."""
    rows = BorderPost.objects.filter(pk__in=[node.removeprefix(POST) for node in nodes]).select_related("place")
    found = {}
    for post in rows:
        if post.latitude is not None:
            found[f"{POST}{post.pk}"] = on_the_border(post.latitude, post.longitude, precision_km=post.precision_km)
        elif post.place.latitude is not None:
            found[f"{POST}{post.pk}"] = (post.place.latitude, post.place.longitude)
    return found


def _abroad(node):
    if not node.startswith(ABROAD):
        return None
    code = node.removeprefix(ABROAD)
    if catalogues.is_code("foreign_places", code):
        town = catalogues.term("foreign_places", code).extra
        return town["latitude"], town["longitude"]
    # A country stands where the first of its towns in the catalogue does.
    towns = (term.extra for term in catalogues.terms("foreign_places"))
    return next(((town["latitude"], town["longitude"]) for town in towns if town["country"] == code), None)


def _at_the_edge(spots, height):
    """Spots outside of the map brought to its edge, on the line from the middle, and apart from each other."""
    middle = (drawing.WIDTH / 2, height / 2)
    found, taken = {}, []
    for node, spot in sorted(spots.items(), key=lambda each: (not each[1].is_inside, each[0])):
        if spot.is_inside:
            found[node] = spot
            continue
        far = (spot.x - middle[0], spot.y - middle[1])
        room = (drawing.WIDTH / 2 - EDGE, height / 2 - EDGE)
        share = min(room[i] / abs(far[i]) if far[i] else 1e9 for i in (0, 1))
        x, y = (middle[i] + far[i] * min(share, 1) for i in (0, 1))
        x, y = _free(x, y, taken, height)
        taken.append((x, y))
        found[node] = Spot(x, y, False)
    return found


def _free(x, y, taken, height):
    """The nearest spot along the edge where no other name stands: to the side at the top and bottom, else downwards."""
    is_level = y <= EDGE + 1 or y >= height - EDGE - 1
    step = 0
    while step < 40 and any(abs(x - a) < (150 if is_level else 1) and abs(y - b) < APART for a, b in taken):
        step += 1
        away = APART * ((step + 1) // 2) * (1 if step % 2 else -1)
        y = min(max(y + away, EDGE), height - EDGE)
    return x, y


def _line(segment, spots, most, words):
    """One bent line with its head; the numbers stand in words for whoever points at it."""
    begin, end = spots[segment.origin], spots[segment.destination]
    wide = THINNEST + (WIDEST - THINNEST) * sqrt(segment.journeys / most)
    long = hypot(end.x - begin.x, end.y - begin.y) or 1.0
    # In a drawing whose y points down, this is to the right of whoever goes.
    bend_x = (begin.x + end.x) / 2 - (end.y - begin.y) * BEND
    bend_y = (begin.y + end.y) / 2 + (end.x - begin.x) * BEND
    angle = atan2(end.y - bend_y, end.x - bend_x)
    head = min(max(9.0, wide * 1.1), long / 2)
    tip = (end.x - cos(angle) * GAP, end.y - sin(angle) * GAP)
    neck = (tip[0] - cos(angle) * head, tip[1] - sin(angle) * head)
    side = (-sin(angle) * head * 0.6, cos(angle) * head * 0.6)
    told = _("%(origin)s to %(destination)s: %(count)s") % {
        "origin": words.get(segment.origin, segment.origin),
        "destination": words.get(segment.destination, segment.destination),
        "count": _journeys(segment.journeys),
    }
    css = "home" if _leads_home(segment) else "out"
    return (
        f'<g class="flow {css}" data-flow="{escape(segment.origin)} {escape(segment.destination)}">'
        f"<title>{escape(told)}</title>"
        f'<path class="way" stroke-width="{wide:.1f}" d="M{begin.x:.1f} {begin.y:.1f}'
        f'Q{bend_x:.1f} {bend_y:.1f} {neck[0]:.1f} {neck[1]:.1f}"/>'
        f'<path class="tip-of" d="M{tip[0]:.1f} {tip[1]:.1f}L{neck[0] + side[0]:.1f} {neck[1] + side[1]:.1f}'
        f'L{neck[0] - side[0]:.1f} {neck[1] - side[1]:.1f}Z"/></g>'
    )


def _leads_home(segment):
    """Whether a line comes from abroad, or over a post into the country."""
    from_abroad = segment.origin.startswith(ABROAD)
    from_post = segment.origin.startswith((POST, UNOFFICIAL))
    return not segment.destination.startswith(ABROAD) and (from_abroad or from_post)


def _mark(node, spot, words):
    """A dot for a place, a square for a post, an open ring for a crossing that is none."""
    kind = "crossing" if node.startswith(UNOFFICIAL) else "border" if node.startswith(POST) else "spot"
    if kind == "border":
        shape = f'<rect class="border" x="{spot.x - 7:.0f}" y="{spot.y - 7:.0f}" width="14" height="14"/>'
    else:
        shape = f'<circle class="{kind}" cx="{spot.x:.0f}" cy="{spot.y:.0f}" r="{12 if kind == "crossing" else 6}"/>'
    beyond = "" if spot.is_inside else " beyond"
    return f'<g class="node{beyond}"><title>{escape(str(words))}</title>{shape}</g>'


def _labels(ranked, spots, words, height):
    """Names where there is room for them, the busiest first: some on every screen, more where letters are small."""
    taken = [(spot.x - 8, spot.y - 8, spot.x + 8, spot.y + 8) for spot in (spots[node] for node in ranked)]
    found = {}
    for css, size in (("", SMALL_SCREEN), ("wide", WIDE_SCREEN)):
        for node in ranked:
            name = str(words.get(node, node))
            fitting = (
                (anchor, x, y, box) for anchor, x, y, box in _around(spots[node], name, size)
                if _is_inside(box, height) and not any(_meet(box, other) for other in taken)
            )  # fmt: skip
            if node in found or (place := next(fitting, None)) is None:
                continue
            anchor, x, y, box = place
            taken.append(box)
            beyond = "" if spots[node].is_inside else "away"
            classes = " ".join(filter(None, ("name-of", anchor, css, beyond)))
            found[node] = f'<text class="{classes}" x="{x:.0f}" y="{y:.0f}">{escape(name)}</text>'
    return "".join(found.values())


def _around(spot, name, size):
    """(anchor, x, y, box) to the right, to the left, above and below of a spot."""
    wide, tall = len(name) * size * drawing.LETTER, size
    middle = spot.y + tall * 0.35
    yield "start", spot.x + 12, middle, (spot.x + 10, spot.y - tall / 2, spot.x + 12 + wide, spot.y + tall / 2)
    yield "end", spot.x - 12, middle, (spot.x - 12 - wide, spot.y - tall / 2, spot.x - 10, spot.y + tall / 2)
    for y in (spot.y - 14, spot.y + 14 + tall * 0.8):
        yield "", spot.x, y, (spot.x - wide / 2, y - tall * 0.85, spot.x + wide / 2, y + tall * 0.2)


def _is_inside(box, height):
    return box[0] >= 0 and box[2] <= drawing.WIDTH and box[1] >= 0 and box[3] <= height


def _meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _legend(most, drawn, spots):
    if not drawn:
        return ""
    least = min(segment.journeys for segment in drawn)
    shown = sorted({least, round((least + most) / 2), most})
    rows = "".join(
        f'<li><i class="thick" style="height:{(THINNEST + (WIDEST - THINNEST) * sqrt(number / most)) / 2.2:.0f}px"></i>'
        f"{escape(_journeys(number))}</li>"
        for number in shown
    )
    nodes = {node for segment in drawn for node in (segment.origin, segment.destination)}
    signs = [("out", _("on the way out")), ("home", _("on the way home"))]
    if any(node.startswith(UNOFFICIAL) for node in nodes):
        signs.append(("ring", _("unofficial crossing, somewhere in this district")))
    rows += "".join(f'<li><i class="{sign}"></i>{escape(words)}</li>' for sign, words in signs)
    if any(not spots[node].is_inside for node in nodes):
        beyond = _("At the edge of the map: what lies beyond it.")
        rows += f"<li>{escape(beyond)}</li>"
    title = _("Journeys")
    return f'<div class="legend"><p>{escape(title)}</p><ul>{rows}</ul></div>'


def _journeys(number):
    return ngettext("%(n)d journey", "%(n)d journeys", number) % {"n": number}
