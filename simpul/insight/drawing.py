"""Drawing: maps and small charts as SVG, made on the server, which need no script and print.

A picture is never alone: the page that shows it has the same figures in a table beside it. Colours are classes of
`map.css`, light to dark, so that they hold for eyes that do not tell red from green, and on a grey printer.
"""

import json
from bisect import bisect_right
from functools import cache
from html import escape
from itertools import count
from math import floor, log10
from typing import NamedTuple

from django.utils.translation import gettext as _

from simpul.insight.telling import in_figures

# Of any map; what is drawn inside is scaled to it.
WIDTH = 1000
STRIP = 64

# Names are written on a map of at most so many shapes.
MOST_NAMES = 30

# Height of letters in parts of the width: on a telephone, and where there is room. `map.css` has the same.
SMALL_SCREEN, WIDE_SCREEN = 33, 17
LETTER = 0.56

CLASSES = 5

_numbers = count(1)


class Class(NamedTuple):
    """One shade: from the smallest to the largest number that has it."""

    css: str
    low: float
    high: float


def classes_of(values, *, classes=CLASSES):
    """The shades for numbers, light to dark: none for no numbers, one of its own for zero.

    `classes` is how many, each with about as many different numbers, or the lowest numbers of all but the zeros.
    """
    distinct = sorted({value for value in values if value is not None})
    found = [Class("c0", 0, 0)] if distinct[:1] == [0] else []
    above = [value for value in distinct if value > 0]
    if not above:
        return found
    lows = list(classes) if not isinstance(classes, int) else _quantiles(above, classes)
    for number, low in enumerate(lows):
        inside = [v for v in above if v >= low and (number + 1 == len(lows) or v < lows[number + 1])]
        if inside:
            found.append(Class(_shade(number, len(lows)), inside[0], inside[-1]))
    return found


def class_of(value, shades):
    """The css class of a number among shades, or that of no figure at all."""
    if value is None or not shades:
        return "cn"
    return shades[max(0, bisect_right([shade.low for shade in shades], value) - 1)].css


def choropleth(
    outline,
    *,
    values,
    labels,
    title,
    description="",
    legend_title="",
    unit="",
    classes=CLASSES,
    hidden=frozenset(),
    below=None,
    href=None,
    names=None,
    posts=(),
    shades=None,
):
    """A map as `<figure class="map">`: shapes shaded by number, a legend with the bounds, a scale; north is up.

    `values` and `labels` are by code; a code without a number is "no data", one of `hidden` is hatched, and its
    number is told to nobody. `below` is the number under which figures are hidden. `href(code)` makes shapes links.
    `names` are written on the map, by code ({} for none; without it, those of the shapes, or of the level above when
    there are many shapes); `posts` are (name, latitude, longitude). `shades` are those of
    several pictures that are to be compared.
    """
    told = {code: value for code, value in values.items() if code not in hidden}
    shades = classes_of(told.values(), classes=classes) if shades is None else shades
    say = cache(_words)
    shapes = "".join(
        _shape(code, path, _what(code, told, shades, hidden), labels.get(code, code), say, unit, href)
        for code, path in outline.shapes.items()
    )
    if names is None:
        few = {code: labels[code] for code in outline.shapes if code in labels}
        names = few if len(few) <= MOST_NAMES else outline.regions
    number = next(_numbers)
    scale = WIDTH / outline.width
    height = round(outline.height * scale)
    return (
        f'<figure class="map" data-map="{_controls()}">'
        f"{_opening(number, WIDTH, height + STRIP, title, description, role='group' if href else 'img')}"
        f"{_patterns(number, scale)}"
        f'<rect class="sea" width="{WIDTH}" height="{height}"/>'
        f'<g class="zoomed" style="--hatch:url(#hatch{number});--none:url(#none{number})">'
        f'<g transform="scale({scale:.6f})">{_ground(outline)}'
        f'<g class="shapes">{shapes}</g>{_on_top(outline)}</g>'
        f"{_posts(outline, posts, scale)}{_names(outline, names, scale)}</g>"
        f"{_strip(outline, height)}</svg>"
        f"{_legend(shades, legend_title, unit, has_none=set(outline.shapes) - set(values), hidden=hidden, below=below)}"
        f"{_caption(outline)}</figure>"
    )


def ground(outline, *, title, description="", over, names=None, posts=(), legend=""):
    """A map without shades as `<figure class="map">`, for something drawn over it.

    `over` is SVG in a drawing `WIDTH` wide, as `spot` gives its places; `legend` the markup that explains it.
    """
    number = next(_numbers)
    scale = WIDTH / outline.width
    height = round(outline.height * scale)
    shapes = "".join(f'<path d="{path}"/>' for path in outline.shapes.values())
    return (
        f'<figure class="map" data-map="{_controls()}">'
        f"{_opening(number, WIDTH, height + STRIP, title, description)}"
        f"{_patterns(number, scale)}"
        f'<rect class="sea" width="{WIDTH}" height="{height}"/>'
        f'<g class="zoomed" style="--hatch:url(#hatch{number});--none:url(#none{number})">'
        f'<g transform="scale({scale:.6f})">{_ground(outline)}'
        f'<g class="plain">{shapes}</g>{_on_top(outline)}</g>'
        f"{_names(outline, names or {}, scale)}{over}{_posts(outline, posts, scale)}</g>"
        f"{_strip(outline, height)}</svg>{legend}{_caption(outline)}</figure>"
    )


def spot(outline, latitude, longitude):
    """The place of a position on a drawn map: (x, y, whether it lies on the map)."""
    scale = WIDTH / outline.width
    x, y = (part * scale for part in outline.at(latitude, longitude))
    return x, y, 0 <= x <= WIDTH and 0 <= y <= outline.height * scale


# Shades of a picture that stands alone, as in `map.css`.
SHEET_STYLE = (
    ".sea{fill:#eaf1f6}.land{fill:#e6e4df;stroke:#c9c6bf}.abroad{fill:#d8d8d6}.blank{fill:var(--none)}"
    ".shapes path{stroke:#8a7f70;stroke-width:.5}.within{fill:none;stroke:#3c352c}"
    ".frontier{fill:none;stroke:#444c56;stroke-dasharray:7 3 1.5 3}.under-frontier{stroke:#fff;stroke-dasharray:none}"
    "g path{vector-effect:non-scaling-stroke}.c0{fill:#fffde9}.c1{fill:#fee9a6}.c2{fill:#fec44f}.c3{fill:#f08a24}"
    ".c4{fill:#c14a08}.c5{fill:#7a2c05}.cn{fill:var(--none)}.ch{fill:var(--hatch)}.under{fill:#f7f7f5}"
    ".hatch{stroke:#5f6770;stroke-width:2}.dot{fill:#a3abb3}.scale{fill:none;stroke:#1b2430;stroke-width:1.5}"
    ".north{fill:#1b2430}text{font:22px system-ui,sans-serif;fill:#1b2430;text-anchor:middle}"
    "text.start{text-anchor:start}.place{paint-order:stroke;stroke:#fff;stroke-width:5;dominant-baseline:central}"
    ".swatch{stroke:#8a7f70}"
)
LINE = 36


def sheet(outline, *, values, labels, title, hidden=frozenset()):
    """A map as a file of its own, with its styles, its legend and its caption inside: for a page without script."""
    told = {code: value for code, value in values.items() if code not in hidden}
    shades = classes_of(told.values())
    say = cache(_words)
    scale = WIDTH / outline.width
    height = round(outline.height * scale)
    shapes = "".join(
        _shape(code, path, _what(code, told, shades, hidden), labels.get(code, code), say, "", None)
        for code, path in outline.shapes.items()
    )
    rows = [(shade.css, _span(shade)) for shade in shades]
    rows += [("ch", _("hidden, few people"))] if hidden else []
    rows += [("cn", _("no data"))] if set(outline.shapes) - set(values) - set(hidden) else []
    top = height + STRIP + 12
    legend = "".join(
        f'<rect class="swatch {css}" x="12" y="{top + at * LINE}" width="44" height="24"/>'
        f"{_text(68, top + at * LINE + 20, words, 'start')}"
        for at, (css, words) in enumerate(rows)
    )
    names = labels if len(outline.shapes) <= MOST_NAMES else {}
    number = next(_numbers)
    return (
        f"{_opening(number, WIDTH, top + len(rows) * LINE + 12, title, '')}<style>{SHEET_STYLE}</style>"
        f"{_patterns(number, scale)}"
        f'<rect class="sea" width="{WIDTH}" height="{height}"/>'
        f'<g style="--hatch:url(#hatch{number});--none:url(#none{number})">'
        f'<g transform="scale({scale:.6f})">{_ground(outline)}<g class="shapes">{shapes}</g>{_on_top(outline)}</g>'
        f"{_names(outline, names, scale)}{legend}</g>{_strip(outline, height)}</svg>"
    )


# On paper nothing comes from outside: no variables, no width of a line that keeps itself, letters the typesetter has.
PAPER_STYLE = (
    ".sea{fill:#fff}.land,.abroad{fill:#f1f1ef;stroke:#9aa0a6}.shapes path{stroke:#4a4238}"
    ".within{fill:none;stroke:#3c352c}.frontier{fill:none;stroke:#444c56}.under-frontier{stroke:#fff}"
    ".c0{fill:#fff}.c1{fill:#fbdc85}.c2{fill:#f3ae3d}.c3{fill:#dd7a1f}.c4{fill:#b04408}.c5{fill:#6b2504}"
    ".under{fill:#fff}.hatch{stroke:#5f6770;stroke-width:2}.dot{fill:#8f979f}"
    ".scale{fill:none;stroke:#1b2430;stroke-width:1.5}.north{fill:#1b2430}.swatch{stroke:#4a4238}"
    "text{font-family:'Libertinus Serif';font-size:19px;fill:#000;text-anchor:middle}text.start{text-anchor:start}"
    ".place{paint-order:stroke;stroke:#fff;stroke-width:5px;dominant-baseline:central}"
)
SWATCH = 150


def on_paper(outline, *, values, labels):
    """A map for a sheet of paper, with its legend in a line below; a grey printer keeps its shades apart."""
    shades = classes_of(values.values())
    number = next(_numbers)
    scale = WIDTH / outline.width
    height = round(outline.height * scale)
    lines = "".join(
        f".{name}{{stroke-width:{width / scale:.1f}}}"
        for name, width in (
            ("land", 0.8),
            ("shapes path", 0.6),
            ("within", 1),
            ("frontier", 1.5),
            ("under-frontier", 3),
        )
    )
    signs = f".cn,.blank{{fill:url(#none{number})}}"
    shapes = "".join(
        f'<path class="{class_of(values.get(code), shades)}" d="{path}"/>' for code, path in outline.shapes.items()
    )
    top = height + STRIP + 8
    legend = "".join(
        f'<rect class="swatch {shade.css}" x="{12 + at * SWATCH}" y="{top}" width="40" height="22"/>'
        f"{_text(62 + at * SWATCH, top + 18, _span(shade), 'start')}"
        for at, shade in enumerate(shades)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top + LINE}"><style>{PAPER_STYLE}{lines}{signs}'
        f'</style>{_patterns(number, scale)}<rect class="sea" width="{WIDTH}" height="{height}"/>'
        f'<g transform="scale({scale:.6f})">{_ground(outline)}<g class="shapes">{shapes}</g>{_on_top(outline)}</g>'
        f"{_names(outline, labels if len(outline.shapes) <= MOST_NAMES else outline.regions, scale)}"
        f"{_strip(outline, height)}{legend}</svg>"
    )


def slider(frames, *, shades, label, unit=""):
    """Data for `map.js`, which colours the map anew for each frame: (name, {code: number}, hidden codes).

    It stands beside the map, in the same element of the page. `shades` are those of the map too: `classes_of` the
    numbers of all frames. A hidden number is not among the data.
    """
    codes = sorted({code for _name, values, hidden in frames for code in {*values, *hidden}})
    told = {
        "label": str(label),
        "codes": codes,
        "frames": [
            [str(name), ["h" if code in hidden else values.get(code) for code in codes]]
            for name, values, hidden in frames
        ],
        "shades": [[shade.css, shade.low] for shade in shades],
        "unit": str(unit),
        "none": _("no data"),
        "hidden": _("hidden, few people"),
    }
    # "</script>" inside a string would end the element.
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" data-frames>{text}</script>'


def bars(rows, *, title, description="", unit=""):
    """Bars from left to right: rows are (label, number), number None where it is hidden."""
    width, left, top, height = WIDTH, 20, 40, 340
    most = max((value or 0 for _label, value in rows), default=0) or 1
    step = (width - 2 * left) / max(1, len(rows))
    every = -(-len(rows) // 12)
    parts = []
    for i, (label, value) in enumerate(rows):
        x, tall = left + i * step, (value or 0) / most * height
        text = _words("cn" if value is None else "", value, unit, is_hidden=value is None)
        css = "column hidden" if value is None else "column"
        tall = height / 5 if value is None else tall
        parts.append(
            f'<rect class="{css}" x="{x + step * 0.1:.1f}" y="{top + height - tall:.1f}" width="{step * 0.8:.1f}"'
            f' height="{tall:.1f}"><title>{_escaped(label)}: {_escaped(text)}</title></rect>'
        )
        if value is not None and len(rows) <= 12:
            parts.append(_text(x + step / 2, top + height - tall - 10, in_figures(value), "figure"))
        if i % every == 0:
            parts.append(_text(x + step / 2, top + height + 40, label, "tick"))
    parts.append(f'<path class="axis" d="M{left} {top + height}H{width - left}"/>')
    return _chart("bars", parts, height=top + height + 64, title=title, description=description)


def lines(series, *, over, title, description="", unit=""):
    """Lines over the same labels: {name: numbers}, None where nothing is known; each line ends in its name."""
    left, top, height = 90, 30, 360
    right = 40 + 21 * max(map(len, map(str, series)), default=0)
    most = _round_above(max((v for numbers in series.values() for v in numbers if v is not None), default=0) or 1)
    step = (WIDTH - left - right) / max(1, len(over) - 1)
    parts = [
        f'<path class="grid" d="M{left} {top + height * (1 - part):.1f}H{WIDTH - right}"/>'
        + _text(left - 12, top + height * (1 - part) + 10, in_figures(most * part), "tick end")
        for part in (0, 0.5, 1)
    ]
    every = -(-len(over) // 8)
    parts += [_text(left + i * step, top + height + 40, name, "tick") for i, name in enumerate(over) if i % every == 0]
    taken = []
    for number, (name, numbers) in enumerate(series.items()):
        spots = [
            (left + i * step, top + height * (1 - v / most)) if v is not None else None for i, v in enumerate(numbers)
        ]
        parts.append(f'<path class="line l{number % 4}" d="{_through(spots)}"><title>{_escaped(name)}</title></path>')
        for spot, label, value in zip(spots, over, numbers, strict=True):
            if spot:
                told = f"{name}, {label}: {_words('', value, unit)}"
                parts.append(f'<circle class="l{number % 4}" cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="7">'
                             f"<title>{_escaped(told)}</title></circle>")  # fmt: skip
        last = next((spot for spot in reversed(spots) if spot), None)
        if last:
            taken.append(_free(last[1], taken))
            parts.append(_text(last[0] + 16, taken[-1] + 10, name, f"name l{number % 4}"))
    return _chart("lines", parts, height=top + height + 64, title=title, description=description)


def pyramid(rows, *, left, right, title, description="", unit=""):
    """Two sides by band: rows are (band, number left, number right), youngest first; the youngest stand below."""
    middle, half, row = WIDTH / 2, 450, 52
    most = max((value or 0 for _band, *both in rows for value in both), default=0) or 1
    parts = [_text(middle - 90, 36, left, "name end"), _text(middle + 90, 36, right, "name start")]
    for i, (band, *both) in enumerate(reversed(rows)):
        y = 60 + i * row
        parts.append(_text(middle, y + row * 0.62, band, "tick"))
        for side, value, name in zip((-1, 1), both, (left, right), strict=True):
            wide = (half - 130) * (value or 0) / most if value is not None else 60
            x = middle + side * 84 - (wide if side < 0 else 0)
            text = _words("", value, unit, is_hidden=value is None)
            css = "hidden" if value is None else f"l{int(side > 0)}"
            parts.append(
                f'<rect class="column {css}" x="{x:.1f}" y="{y + 5}" width="{wide:.1f}" height="{row - 10}">'
                f"<title>{_escaped(name)}, {_escaped(band)}: {_escaped(text)}</title></rect>"
            )
            if value is not None:
                at = middle + side * (84 + wide + 10)
                parts.append(_text(at, y + row * 0.64, in_figures(value), "figure " + ("end" if side < 0 else "start")))
    return _chart("pyramid", parts, height=80 + row * len(rows), title=title, description=description)


def span(low, at, high, *, of):
    """A bar of ranks from 1 to `of`: from `low` to `high`, and where `at` lies. The words stand beside it."""
    low, at, high = (10 + 180 * (rank - 1) / max(1, of - 1) for rank in (low, at, high))
    return (
        '<svg class="span" viewBox="0 0 200 24" aria-hidden="true" focusable="false">'
        '<path class="track" d="M10 12H190"/>'
        f'<path class="reach" d="M{low:.0f} 12H{high:.0f}"/><circle cx="{at:.0f}" cy="12" r="8"/></svg>'
    )


def _escaped(text):
    """Words as they may stand in a picture: Django's own way takes twice as long, for thousands of names."""
    return escape(str(text))


def _quantiles(above, classes):
    """The lowest number of each class, so that classes have about as many different numbers."""
    classes = min(classes, len(above))
    return [above[round(i * len(above) / classes)] for i in range(classes)]


def _shade(number, of):
    """Few classes are spread over all shades."""
    return f"c{1 + round(number * (CLASSES - 1) / max(1, of - 1)) if of > 1 else 3}"


def _what(code, told, shades, hidden):
    """(css class, number or None) of a shape."""
    if code in hidden:
        return "ch", None
    return class_of(told.get(code), shades), told.get(code)


def _words(css, value, unit, *, is_hidden=False):
    if css == "ch" or is_hidden:
        return _("hidden, few people")
    if value is None:
        return _("no data")
    return f"{in_figures(value)} {unit}".rstrip()


def _shape(code, path, what, label, say, unit, href):
    css, value = what
    title = f"<title>{_escaped(label)}: {_escaped(say(css, value, unit))}</title>"
    drawn = f'<path class="{css}" d="{path}" data-c="{code}">{title}</path>'
    return f'<a href="{_escaped(href(code))}">{drawn}</a>' if href else drawn


def _opening(number, width, height, title, description, *, role="img"):
    told = f'<desc id="d{number}">{_escaped(description)}</desc>' if description else ""
    both = f"t{number} d{number}" if description else f"t{number}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="{role}"'
        f' aria-labelledby="{both}"><title id="t{number}">{_escaped(title)}</title>{told}'
    )


def _patterns(number, scale=1):
    """Signs for what has no shade: hatching for what is hidden, dots for what is not known."""
    size = f"scale({1 / scale:.3f})"
    return (
        f'<defs><pattern id="hatch{number}" width="10" height="10" patternUnits="userSpaceOnUse"'
        f' patternTransform="{size} rotate(45)"><rect class="under" width="10" height="10"/>'
        f'<path class="hatch" d="M5 0V10"/></pattern><pattern id="none{number}" width="12" height="12"'
        f' patternUnits="userSpaceOnUse" patternTransform="{size}"><rect class="under" width="12" height="12"/>'
        f'<circle class="dot" cx="6" cy="6" r="1.5"/></pattern></defs>'
    )


def _controls():
    """Words for the buttons that `map.js` adds."""
    return _escaped(json.dumps({"in": _("Zoom in"), "out": _("Zoom out"), "whole": _("Whole map")}, ensure_ascii=False))


def _ground(outline):
    blank = f'<path class="blank" d="{outline.blank}"/>' if outline.blank else ""
    return f'<path class="abroad" d="{outline.abroad}"/><path class="land" d="{outline.backdrop}"/>{blank}'


def _on_top(outline):
    lines = f'<path class="within" d="{outline.lines}"/>' if outline.lines else ""
    if not outline.frontier:
        return lines
    under = f'<path class="frontier under-frontier" d="{outline.frontier}"/>'
    return f'{lines}{under}<path class="frontier" d="{outline.frontier}"/>'


def _posts(outline, posts, scale):
    found = []
    for name, latitude, longitude in posts:
        x, y = outline.at(latitude, longitude)
        if 0 <= x <= outline.width and 0 <= y <= outline.height:
            # A line without length has ends: a dot of the same size on every screen.
            spot = f"M{x * scale:.1f} {y * scale:.1f}h0"
            found.append(
                f'<g><title>{_escaped(name)}</title><path class="post rim" d="{spot}"/>'
                f'<path class="post" d="{spot}"/></g>'
            )
    return "".join(found)


def _names(outline, names, scale):
    """Names where there is room for them: some on every screen, more where letters are small beside the map."""
    taken, found = [], []
    height = outline.height * scale
    areas = {code: len(path) for code, path in outline.shapes.items()}
    for css, size in (("", SMALL_SCREEN), ("wide", WIDE_SCREEN)):
        done = {code for code, _text in found}
        for code in sorted(set(names) & set(outline.labels) - done, key=lambda c: (-areas.get(c, 0), c)):
            x, y = (part * scale for part in outline.labels[code])
            half, tall = len(names[code]) * size * LETTER / 2, size * 0.6
            box = (x - half, y - tall, x + half, y + tall)
            inside = box[0] > 0 and box[2] < WIDTH and box[1] > 0 and box[3] < height
            if inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                found.append((code, _text(x, y, names[code], f"place {css}".rstrip())))
    return "".join(text for _code, text in found)


def _meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _strip(outline, height):
    """A scale under the map, and where north is."""
    km = _round_below(outline.km * outline.width / 4)
    long = km / (outline.km * outline.width) * WIDTH
    # Translators: the letter for north on a map.
    words, north = f"{in_figures(km)} km", _("N")
    y = height + 34
    return (
        f'<g class="strip" data-km="{outline.km * outline.width / WIDTH:.6f}">'
        f'<path class="scale" d="M12 {y - 10}v10h{long:.1f}v-10"/>'
        f"{_text(long + 28, y + 4, words, 'start km')}"
        f'<path class="north" d="M{WIDTH - 60} {y - 22}l14 34l-14-9l-14 9z"/>{_text(WIDTH - 30, y + 10, north, "")}</g>'
    )


def _legend(shades, title, unit, *, has_none, hidden, below):
    rows = [(shade.css, _span(shade)) for shade in shades]
    if hidden:
        rows.append(
            ("ch", _("hidden: fewer than %(number)s") % {"number": below} if below else _("hidden, few people"))
        )
    if has_none:
        rows.append(("cn", _("no data")))
    head = _escaped(f"{title} ({unit})" if title and unit else title or unit)
    items = "".join(f'<li><i class="{css}"></i>{_escaped(words)}</li>' for css, words in rows)
    return (
        f'<div class="legend"><p>{head}</p><ul>{items}</ul></div>'
        if head
        else f'<div class="legend"><ul>{items}</ul></div>'
    )


def _span(shade):
    return in_figures(shade.low) if shade.low == shade.high else f"{in_figures(shade.low)}–{in_figures(shade.high)}"


def _caption(outline):
    words = _("Approximate boundaries, drawn from the points of villages and districts.")
    if outline.source:
        words = _("Boundaries: %(source)s.")
        if outline.is_approximate:
            words = _("Boundaries: %(source)s. Where these are missing, they are approximate.")
        words %= {"source": outline.source}
    return f"<figcaption>{_escaped(words)}</figcaption>"


def _text(x, y, words, css):
    return f'<text{f" class={chr(34)}{css}{chr(34)}" if css else ""} x="{x:.0f}" y="{y:.0f}">{_escaped(words)}</text>'


def _chart(css, parts, *, height, title, description):
    number = next(_numbers)
    opening = _opening(number, WIDTH, height, title, description)
    drawn = f"{opening}{_patterns(number)}{''.join(parts)}</svg>"
    return f'<figure class="chart {css}" style="--hatch:url(#hatch{number})">{drawn}</figure>'


def _through(spots):
    """A path through spots that stops where one is missing."""
    found, pen = [], "M"
    for spot in spots:
        if spot is None:
            pen = "M"
            continue
        found.append(f"{pen}{spot[0]:.1f} {spot[1]:.1f}")
        pen = "L"
    return "".join(found)


def _free(y, taken, apart=36):
    """The nearest height below at which a name meets no other."""
    while any(abs(y - other) < apart for other in taken):
        y += 4
    return y


def _round_below(number):
    """1, 2 or 5 with noughts, at most the number."""
    tens = 10 ** floor(log10(number))
    found = max(part * tens for part in (1, 2, 5) if part * tens <= number)
    return int(found) if found >= 1 else found


def _round_above(number):
    tens = 10 ** floor(log10(number))
    found = min(part * tens for part in (1, 2, 4, 5, 6, 8, 10) if part * tens >= number)
    return int(found) if found >= 1 else found
