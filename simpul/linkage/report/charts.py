"""Charts as SVG, drawn from numbers: bars about a zero, the steps of one pair, a histogram. No script."""

from html import escape
from math import log10

from simpul.lib.speech import written

BAR_WIDTH, BAR_HEIGHT = 200, 14
# Below the plot stand its scale and what it counts along; above it, what it counts up.
PLOT_WIDTH, PLOT_HEIGHT, LOW, ABOVE, SIDE = 340, 150, 34, 14, 34


def bar(value, *, least, most, start=0.0):
    """A bar from `start` to `start + value` on a line from `least` to `most`, with a mark at zero."""
    span = (most - least) or 1.0

    def at(number):
        return round((min(max(number, least), most) - least) / span * BAR_WIDTH, 1)

    left, right = sorted((at(start), at(start + value)))
    kind = "for" if value >= 0 else "against"
    width = max(round(right - left, 1), 1)
    return (
        f'<svg class="bar" viewBox="0 0 {BAR_WIDTH} {BAR_HEIGHT}" preserveAspectRatio="none" aria-hidden="true">'
        f'<line class="zero" x1="{at(0)}" x2="{at(0)}" y1="0" y2="{BAR_HEIGHT}"/>'
        f'<rect class="{kind}" x="{left}" y="2" width="{width}" height="{BAR_HEIGHT - 4}"/></svg>'
    )


def histogram(counts, *, edges, cut, label, across="", up=""):
    """How many pairs lie in each interval, (len(edges) - 1) counts; high bars are drawn by their logarithm.

    `across` and `up` name the two scales.
    """
    top = max(counts, default=0)
    inner = PLOT_WIDTH - SIDE
    low, span = edges[0], (edges[-1] - edges[0]) or 1.0
    box = f"0 {-ABOVE} {PLOT_WIDTH} {PLOT_HEIGHT + ABOVE + LOW}"
    parts = [f'<svg class="plot" viewBox="{box}" role="img" aria-label="{escape(label)}">']
    for count in _ticks(top):
        y = round(PLOT_HEIGHT - _height(count, top), 1)
        parts.append(f'<line class="grid" x1="{SIDE}" x2="{PLOT_WIDTH}" y1="{y}" y2="{y}"/>')
        parts.append(f'<text x="{SIDE - 4}" y="{y + 4}" text-anchor="end">{_short(count)}</text>')
    for count, left, right in zip(counts, edges[:-1], edges[1:], strict=True):
        x = round(SIDE + (left - low) / span * inner, 1)
        width, height = round((right - left) / span * inner - 1, 1), round(_height(count, top), 1)
        kind = "for" if left >= cut - 1e-9 else "below"
        place = f'x="{x}" y="{round(PLOT_HEIGHT - height, 1)}" width="{max(width, 1)}" height="{height}"'
        told = written(f"{left:g}-{right:g}: {count:,}")
        parts.append(f'<rect class="{kind}" {place}><title>{told}</title></rect>')
    at = round(SIDE + (cut - low) / span * inner, 1)
    parts.append(f'<line class="cut" x1="{at}" x2="{at}" y1="0" y2="{PLOT_HEIGHT}"/>')
    parts.append(f'<text x="0" y="-4">{escape(up)}</text>')
    middle = round(SIDE + inner / 2, 1)
    parts.append(f'<text x="{middle}" y="{PLOT_HEIGHT + 29}" text-anchor="middle">{escape(across)}</text>')
    for number in (low, low + span / 2, edges[-1]):
        x = round(SIDE + (number - low) / span * inner, 1)
        anchor = "start" if number == low else "end" if number == edges[-1] else "middle"
        shown = written(f"{number:g}")
        parts.append(f'<text x="{x}" y="{PLOT_HEIGHT + 15}" text-anchor="{anchor}">{shown}</text>')
    return "".join([*parts, "</svg>"])


def _height(count, top):
    """Pairs far from any cut outnumber the others by so much that only logarithms show both."""
    if not count:
        return 0.0
    return max(2.0, log10(count + 1) / log10(top + 1) * (PLOT_HEIGHT - 12))


def _ticks(top):
    return [10**power for power in range(len(str(top))) if 10**power <= top] if top else []


def _short(count):
    return written(f"{count:,}") if count < 10_000 else f"{count // 1000}k"
