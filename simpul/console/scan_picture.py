"""The map of a scan: places as points, larger with more cases, and around them the clusters with their numbers."""

import math
from html import escape

from simpul.console.scan_telling import expectation, place_told
from simpul.lib.plot import GRID, INK, ORANGE, PALE, SOFT
from simpul.lib.speech import _, number

_WIDTH, _MARGIN, _HEAD, _TALLEST = 760, 36, 58, 900
_SMALLEST, _LARGEST = 2.0, 13.0
_MOST_DRAWN = 5
_KM_A_DEGREE = 111.195
# Around the outermost places of a cluster, in pixels.
_ROOM = 6
_FILLED = "#eda06f"
_STYLE = (
    f"text{{font:13px system-ui,sans-serif;fill:{INK}}} .title{{font-weight:600;font-size:15px}} .soft{{fill:{SOFT}}}"
    f" .number{{font-weight:700;font-size:14px;fill:#fff;text-anchor:middle}}"
)


def picture(study, found):
    """The map as SVG that stands alone. Clusters that chance explains are dashed."""
    sheet = _Sheet(study)
    drawn = found["clusters"][:_MOST_DRAWN]
    marks = [
        *_points(sheet, study, drawn),
        *(_ring(sheet, study, rank, each) for rank, each in enumerate(drawn, start=1)),
    ]
    marks += [_badge(sheet, study, rank, each) for rank, each in enumerate(drawn, start=1)]
    lines = [_line(rank, each, found) for rank, each in enumerate(drawn, start=1)]
    height = sheet.bottom + 26 + 22 * len(lines) + 30
    title, about = _title(found), _about(found)
    clip = (
        f'<clipPath id="map"><rect x="1" y="{_HEAD}" width="{_WIDTH - 2}" height="{sheet.bottom - _HEAD}"/></clipPath>'
    )
    frame = (
        f'<rect x="1" y="{_HEAD}" width="{_WIDTH - 2}" height="{sheet.bottom - _HEAD}" fill="#fff" stroke="{GRID}"/>'
    )
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:g}" width="{_WIDTH}" '
            f'height="{height:g}" role="img"><style>{_STYLE}</style><title>{escape(title)}</title>',
            f'<rect width="{_WIDTH}" height="{height:g}" fill="#fff"/><defs>{clip}</defs>',
            _text(12, 22, title, "title"),
            _text(12, 44, about, "soft"),
            frame,
            f'<g clip-path="url(#map)">{"".join(marks)}</g>',
            *(
                _key(sheet.bottom + 26 + 22 * place, place + 1, each, line)
                for place, (each, line) in enumerate(zip(drawn, lines, strict=True))
            ),
            _text(
                12,
                height - 12,
                _("Points are larger with more cases. Dashed: chance alone often does as much."),
                "soft",
            ),
            "</svg>\n",
        ]
    )


class _Sheet:
    """From coordinates to pixels, the same scale both ways."""

    def __init__(self, study):
        spots = study.places.coordinates
        self.is_geographic = study.places.is_geographic
        middle = (min(spot[0] for spot in spots) + max(spot[0] for spot in spots)) / 2
        self.narrow = math.cos(math.radians(middle)) if self.is_geographic else 1.0
        flat = [self._flat(spot) for spot in spots]
        self.left, self.low = (min(each[axis] for each in flat) for axis in (0, 1))
        wide, tall = (max(each[axis] for each in flat) - low for axis, low in ((0, self.left), (1, self.low)))
        across, down = _WIDTH - 2 * _MARGIN, _TALLEST - _HEAD - 2 * _MARGIN
        self.scale = min(across / wide if wide else math.inf, down / tall if tall else math.inf)
        self.indent = _MARGIN + (across - wide * self.scale) / 2
        self.bottom = round(_HEAD + 2 * _MARGIN + max(tall * self.scale, 60))

    def _flat(self, spot):
        return (spot[1] * self.narrow, spot[0]) if self.is_geographic else spot

    def at(self, spot):
        x, y = self._flat(spot)
        return round(self.indent + (x - self.left) * self.scale, 1), round(
            self.bottom - _MARGIN - (y - self.low) * self.scale, 1
        )

    def length(self, distance):
        return distance * self.scale / (_KM_A_DEGREE if self.is_geographic else 1.0)


def _points(sheet, study, drawn):
    inside = {name for cluster in drawn if _is_unusual(cluster) for name in cluster["places"]}
    cases = study.cases.sum((1, 2))
    most = max(float(cases.max()), 1.0)
    for place in sorted(range(len(cases)), key=lambda each: -cases[each]):
        x, y = sheet.at(study.places.coordinates[place])
        size = _SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(cases[place] / most) if cases[place] else _SMALLEST
        told = escape(f"{study.places.called[place]}: {number(cases[place])}")
        fill = _FILLED if study.places.names[place] in inside else PALE if cases[place] else "#fff"
        yield (
            f'<circle cx="{x}" cy="{y}" r="{size:.1f}" fill="{fill}" stroke="{SOFT}" stroke-width="0.8">'
            f"<title>{told}</title></circle>"
        )


def _is_unusual(cluster):
    return cluster["p"] is not None and cluster["p"] <= 0.05


def _centre(study, cluster):
    return study.places.coordinates[study.places.names.index(cluster["centre"])]


def _ring(sheet, study, rank, cluster):
    x, y = sheet.at(_centre(study, cluster))
    long = max(sheet.length(cluster["radius"]) + _ROOM, 14)
    short = max(sheet.length(cluster["radius"]) / cluster["shape"] + _ROOM, 14)
    look = (
        f'stroke="{ORANGE}" stroke-width="2.5"' if _is_unusual(cluster) else f'stroke="{SOFT}" stroke-dasharray="6 5"'
    )
    told = escape(", ".join(cluster["places"]))
    turn = f'transform="rotate({-cluster["angle"]:g} {x} {y})"'
    return (
        f'<ellipse cx="{x}" cy="{y}" rx="{long:.1f}" ry="{short:.1f}" {turn} fill="{ORANGE}" '
        f'fill-opacity="{0.10 if _is_unusual(cluster) else 0}" {look}><title>{rank}: {told}</title></ellipse>'
    )


def _badge(sheet, study, rank, cluster):
    """The number, at the upper edge of the ring where the map has room, else at the lower."""
    x, y = sheet.at(_centre(study, cluster))
    reach = max(sheet.length(cluster["radius"]) / cluster["shape"] + _ROOM, 14)
    top = y - reach if y - reach > _HEAD + 12 else y + reach
    return _numbered(x, min(max(top, _HEAD + 12), sheet.bottom - 12), rank, cluster)


def _numbered(x, y, rank, cluster):
    fill = ORANGE if _is_unusual(cluster) else SOFT
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="10" fill="{fill}"/>'
        f'<text class="number" x="{x:g}" y="{y + 5:g}">{rank}</text>'
    )


def _key(y, rank, cluster, line):
    return _numbered(23, y - 4, rank, cluster) + _text(42, y, line)


def _line(rank, cluster, found):
    parts = [place_told([found["_called"][each] for each in cluster["places"]])]
    if found["from"] and found["time"] != "none":
        first, last = cluster["from"], cluster["to"]
        parts.append(first if first == last else _("%(begin)s to %(end)s") % {"begin": first, "end": last})
    parts.append(
        _("%(cases)s cases, %(expected)s expected")
        % {"cases": number(cluster["cases"]), "expected": expectation(cluster)}
    )
    if cluster["p"] is not None:
        parts.append(f"p = {number(cluster['p'], 3)}")
    return " · ".join(parts)


def _title(found):
    if not found["clusters"]:
        return _("No cluster")
    if not any(map(_is_unusual, found["clusters"])):
        return _("No cluster stands out")
    return _("Where there are more cases than expected") if found["direction"] == "high" else _("Where cases differ")


def _about(found):
    values = {"cases": number(found["total_cases"]), "places": number(found["places"])}
    if not found["from"]:
        return _("%(cases)s cases in %(places)s places.") % values
    values |= {"begin": found["from"], "end": found["to"]}
    return _("%(cases)s cases in %(places)s places, %(begin)s to %(end)s.") % values


def _text(x, y, words, css=""):
    kind = f' class="{css}"' if css else ""
    return f'<text{kind} x="{x:g}" y="{y:g}">{escape(words)}</text>'
