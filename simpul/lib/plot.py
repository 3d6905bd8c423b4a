"""Plots: one picture of numbers as SVG that stands alone, prints, and needs no script.

A `Plot` has a frame with scales, linear or logarithmic; marks are laid into it in its own units, and `svg()` writes
it. Every mark can say what it is (`told`, shown where the pointer rests and read aloud). Colours hold for eyes that do
not tell red from green.
"""

import math
import textwrap
from dataclasses import dataclass, field
from html import escape

from simpul.lib.speech import number

INK, SOFT, GRID, BLUE, ORANGE, PALE = "#1b2430", "#4a5563", "#ccd3db", "#0b5394", "#c14a08", "#b9d3ea"
KINDS = {"main": BLUE, "other": ORANGE, "pale": PALE, "ink": INK}

_STYLE = (
    f"text{{font:13px system-ui,sans-serif;fill:{INK}}} .title{{font-weight:600;font-size:15px}} .soft{{fill:{SOFT}}}"
    f" .grid{{stroke:{GRID};stroke-width:1}} .axis{{stroke:{SOFT};stroke-width:1}}"
)


Line = list[tuple[float, float]]


@dataclass(frozen=True)
class Scale:
    """From values to a line of pixels from `start` to `end`; logarithmic where `is_log`, then values are above 0."""

    low: float
    high: float
    start: float
    end: float
    is_log: bool = False

    def at(self, value: float) -> float:
        low, high = self._in(self.low), self._in(self.high)
        share = (self._in(min(max(value, self.low), self.high)) - low) / ((high - low) or 1.0)
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self, wanted: int = 5) -> list[float]:
        """Round values inside the scale, about so many."""
        if self.is_log and self.high / self.low >= 30:
            exponents = range(math.ceil(math.log10(self.low) - 1e-9), math.floor(math.log10(self.high) + 1e-9) + 1)
            return [10.0**exponent for exponent in exponents]
        step = _round_step((self.high - self.low) / max(wanted, 1))
        first = math.ceil(self.low / step - 1e-9)
        return [place * step for place in range(first, math.floor(self.high / step + 1e-9) + 1)]

    def _in(self, value: float) -> float:
        return math.log10(value) if self.is_log else value


def _round_step(rough: float) -> float:
    if rough <= 0 or not math.isfinite(rough):
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(step for step in (1, 2, 2.5, 5, 10) if step * power >= rough * 0.999)


@dataclass
class Plot:
    """A frame of `width` x `height` pixels; `x` and `y` are (low, high) in units of the data.

    `rows` are names instead of a scale of y: the first stands at the top, and marks take its place (0, 1, ...) as y.
    """

    x: tuple[float, float]
    y: tuple[float, float] = (0.0, 1.0)
    title: str = ""
    x_label: str = ""
    y_label: str = ""
    rows: list[str] = field(default_factory=list)
    is_log_x: bool = False
    is_log_y: bool = False
    width: int = 640
    height: int = 0
    note: str = ""
    x_names: dict[float, str] = field(default_factory=dict)
    _marks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.height = self.height or (90 + 30 * len(self.rows) if self.rows else 380)
        longest = max((len(name) for name in self.rows), default=0)
        self._left = min(16 + 7.2 * longest, 0.45 * self.width) if self.rows else 70
        self._top = (34 if self.title else 12) + (18 if self.y_label and not self.rows else 0)
        # Of these letters one is about 6.6 pixels wide.
        self._notes = textwrap.wrap(self.note, int((self.width - 24) / 6.6))
        self.height += max(len(self._notes) - 1, 0) * 18
        self._bottom = self.height - (50 if self.x_label else 32) - len(self._notes) * 18
        self.across = Scale(*self.x, self._left, self.width - 18, self.is_log_x)
        low, high = (-0.5, len(self.rows) - 0.5) if self.rows else self.y
        ends = (self._top, self._bottom) if self.rows else (self._bottom, self._top)
        self.down = Scale(low, high, *ends, self.is_log_y and not self.rows)

    def point(self, x: float, y: float, *, kind: str = "main", size: float = 4.5, told: str = "") -> None:
        place = f'cx="{self.across.at(x)}" cy="{self.down.at(y)}" r="{size:g}"'
        self._mark(f'circle {place} fill="{KINDS[kind]}"', told)

    def interval(self, low: float, high: float, y: float, *, kind: str = "main", told: str = "") -> None:
        """A line from `low` to `high` at the height `y`; an end that is not finite runs to the edge of the frame."""
        place = f'x1="{self.across.at(low)}" x2="{self.across.at(high)}" y1="{self.down.at(y)}" y2="{self.down.at(y)}"'
        self._mark(f'line {place} stroke="{KINDS[kind]}" stroke-width="3" stroke-linecap="round"', told)

    def column(
        self, left: float, right: float, top: float, *, kind: str = "main", base: float = 0.0, told: str = ""
    ) -> None:
        """A bar that stands on `base`, from `left` to `right`."""
        x, end, y, foot = self.across.at(left), self.across.at(right), self.down.at(top), self.down.at(base)
        place = f'x="{x}" width="{max(end - x - 1, 1):g}" y="{min(y, foot)}" height="{abs(foot - y):g}"'
        self._mark(f'rect {place} fill="{KINDS[kind]}"', told)

    def bar(self, start: float, end: float, row: float, *, kind: str = "main", told: str = "") -> None:
        """A bar that lies in a row, from `start` to `end`."""
        x, right = sorted((self.across.at(start), self.across.at(end)))
        y = self.down.at(row)
        place = f'x="{x}" width="{max(right - x, 1):g}" y="{y - 8:g}" height="16"'
        self._mark(f'rect {place} fill="{KINDS[kind]}"', told)

    def line(self, points: Line, *, kind: str = "main", is_dashed: bool = False, told: str = "") -> None:
        path = " ".join(f"{self.across.at(x)},{self.down.at(y)}" for x, y in points)
        dash = ' stroke-dasharray="6 4"' if is_dashed else ""
        self._mark(f'polyline points="{path}" fill="none" stroke="{KINDS[kind]}" stroke-width="2"{dash}', told)

    def upright(self, x: float, *, kind: str = "ink", told: str = "") -> None:
        """A dashed line across the whole frame at `x`."""
        place = f'x1="{self.across.at(x)}" x2="{self.across.at(x)}" y1="{self._top}" y2="{self._bottom}"'
        self._mark(f'line {place} stroke="{KINDS[kind]}" stroke-width="1.5" stroke-dasharray="4 4"', told)

    def text(self, x: float, y: float, words: str, *, anchor: str = "start", dx: float = 0.0, dy: float = 4.0) -> None:
        place = f'x="{self.across.at(x) + dx:g}" y="{self.down.at(y) + dy:g}" text-anchor="{anchor}"'
        self._marks.append(f"<text {place}>{escape(words)}</text>")

    def svg(self) -> str:
        box = f'viewBox="0 0 {self.width} {self.height}" width="{self.width}" height="{self.height}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img"><style>{_STYLE}</style>'
        title = f"<title>{escape(self.title)}</title>" if self.title else ""
        ground = f'<rect width="{self.width}" height="{self.height}" fill="#fff"/>'
        return "".join([head, title, ground, *self._frame(), *self._marks, "</svg>"]) + "\n"

    def _mark(self, shape: str, told: str) -> None:
        name = shape.split(" ", 1)[0]
        self._marks.append(f"<{shape}><title>{escape(told)}</title></{name}>" if told else f"<{shape}/>")

    def _frame(self) -> list[str]:
        parts = []
        if self.title:
            parts.append(f'<text class="title" x="12" y="22">{escape(self.title)}</text>')
        parts += self._lines_of_x()
        parts += self._names_of_rows() if self.rows else self._lines_of_y()
        if self.x_label:
            x = (self._left + self.width - 18) / 2
            parts.append(_label(x, self._bottom + 38, self.x_label, "middle", "soft"))
        for line, words in enumerate(reversed(self._notes)):
            parts.append(_label(12, self.height - 8 - 18 * line, words, "start", "soft"))
        return parts

    def _lines_of_x(self) -> list[str]:
        shown = self.x_names or {tick: _short(tick) for tick in self.across.ticks()}
        parts = []
        for value, words in shown.items():
            x = self.across.at(value)
            parts.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{self._top}" y2="{self._bottom}"/>')
            parts.append(_label(x, self._bottom + 18, words, "middle"))
        parts.append(
            f'<line class="axis" x1="{self._left:g}" x2="{self.width - 18}" y1="{self._bottom}" y2="{self._bottom}"/>'
        )
        return parts

    def _lines_of_y(self) -> list[str]:
        parts = [_label(12, self._top - 8, self.y_label, "start", "soft")] if self.y_label else []
        for tick in self.down.ticks():
            y = self.down.at(tick)
            parts.append(f'<line class="grid" x1="{self._left:g}" x2="{self.width - 18}" y1="{y}" y2="{y}"/>')
            parts.append(_label(self._left - 6, y + 4, _short(tick), "end"))
        return parts

    def _names_of_rows(self) -> list[str]:
        return [_label(self._left - 10, self.down.at(place) + 4, name, "end") for place, name in enumerate(self.rows)]


def _label(x: float, y: float, words: str, anchor: str, css: str = "") -> str:
    kind = f' class="{css}"' if css else ""
    return f'<text{kind} x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(words)}</text>'


def _short(value: float) -> str:
    """A tick in as few figures as it needs."""
    for decimals in range(4):
        if abs(value - round(value, decimals)) < 1e-9 * max(1.0, abs(value)):
            return number(value, decimals)
    return number(value, 4)
