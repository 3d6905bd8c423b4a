"""Intervals side by side on a logarithmic scale: what several methods say of the same number.

Beside the picture stands a table with the same numbers, so the picture itself is one image with its words.
"""

from html import escape
from math import floor, log, log10

WIDTH, LEFT, RIGHT, TOP, ROW = 1000, 330, 40, 70, 76


def intervals(rows, *, seen, seen_words, title, words):
    """The picture. `rows` are (name, estimate, low, high, counts); without limits an estimate stands alone.

    `seen` is the number that was counted, a dashed line with its words, or None where it is not told; `words` writes a
    number. A row that does not count is drawn in the other colour, dashed.
    """
    ends = [value for _name, *numbers, _counts in rows for value in numbers if value] + ([seen] if seen else [])
    low, high = 0.9 * max(min(ends), 1), 1.1 * max(ends)
    long, height = WIDTH - LEFT - RIGHT, TOP + ROW * len(rows)

    def at(value):
        return LEFT + long * log(max(value, low) / low) / log(high / low)

    parts = [_tick(at(value), height, words(value)) for value in _ticks(low, high)]
    if seen:
        parts.append(
            f'<path class="seen" d="M{at(seen):.1f} {TOP - 34}V{height}"/>'
            f'<text class="start" x="{at(seen) + 8:.1f}" y="{TOP - 40}">{escape(str(seen_words))}</text>'
        )
    parts += [_row(TOP + ROW * number + ROW / 2, row, at, words) for number, row in enumerate(rows)]
    return (
        f'<figure class="chart ranges"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height + 50}"'
        f' role="img" aria-label="{escape(str(title))}">{"".join(parts)}</svg></figure>'
    )


def _row(y, row, at, words):
    name, estimate, low, high, counts = row
    css = "l0" if counts else "l1"
    told = f"{name}: {words(estimate)}" + (f" ({words(low)}–{words(high)})" if low and high else "")
    bar = f'<path class="line {css}" d="M{at(low):.1f} {y}H{at(high):.1f}"/>' if low and high else ""
    return (
        f'<g><title>{escape(told)}</title><text class="end" x="{LEFT - 24}" y="{y + 10}">{escape(str(name))}</text>'
        f'{bar}<circle class="{css}" cx="{at(estimate):.1f}" cy="{y}" r="11"/>'
        f'<text x="{at(estimate):.1f}" y="{y - 20}">{escape(words(estimate))}</text></g>'
    )


def _tick(x, height, words):
    line = f'<path class="grid" d="M{x:.1f} {TOP - 20}V{height}"/>'
    return f'{line}<text x="{x:.1f}" y="{height + 38}">{escape(words)}</text>'


def _ticks(low, high):
    """1, 2, 5, 10, … within the scale, at most six of them; of a short scale finer ones."""
    powers = range(floor(log10(low)), floor(log10(high)) + 1)
    for steps in ((1, 2, 5), (1, 1.5, 2, 3, 4, 5, 6, 8)):
        found = [step * 10**power for power in powers for step in steps if low <= step * 10**power <= high]
        if len(found) > 2:
            break
    return found[:: 1 + len(found) // 7]
