"""Sparklines: the months behind a number as small bars, the last one marked; the numbers stand in a table nearby."""

from html import escape

HEIGHT, STEP, BAR = 36, 10, 8
# So tall is what is not nothing at all, and so tall what is.
LEAST, NOTHING = 3, 1


def sparkline(numbers, *, title):
    """An SVG of numbers, the oldest first; what is not a number, because it is hidden or not known, leaves a gap."""
    highest = max((number for number in numbers if isinstance(number, int)), default=0)
    bars = "".join(
        _bar(at, number, highest, is_last=at == len(numbers) - 1)
        for at, number in enumerate(numbers)
        if isinstance(number, int)
    )
    box = f'viewBox="0 0 {STEP * len(numbers)} {HEIGHT}" preserveAspectRatio="none"'
    return f'<svg class="spark" {box} role="img" aria-label="{escape(title)}">{bars}</svg>'


def _bar(at, number, highest, *, is_last):
    height = max(LEAST, round(number / highest * HEIGHT)) if number > 0 else NOTHING
    css = ' class="now"' if is_last else ""
    return f'<rect{css} x="{STEP * at + 1}" y="{HEIGHT - height}" width="{BAR}" height="{height}"/>'
