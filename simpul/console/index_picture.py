"""The picture of an index: each place's rank, the interval it lay in, and what drives it."""

import re

from simpul.lib.plot import Plot
from simpul.lib.speech import _, number

LONGEST, SHOWN, ROOM = 30, 3, 0.8


def drawn(result):
    """The SVG: one row for each place, a dot at its rank, a line over the ranks it had in 90 % of the indices."""
    rows = [_short(each["name"] or each["place"]) for each in result["ranks"]]
    count = len(rows)
    plot = Plot(
        # To the right of the last rank there is room for what drives it.
        x=(0.5, count * (1 + ROOM) + 0.5),
        title=_("Rank of each place, and how sure it is"),
        x_label=_("rank (1 is the highest score); points by which the strongest indicators move the score"),
        rows=rows,
        width=1000,
        note=_("Line: 90 %% of the ranks over %(count)s indices. Between dashes: cannot be told apart.")
        % {"count": number(result["rebuilds"])}
        if result["rebuilds"]
        else "",
        x_names={rank: str(rank) for rank in _ticks(count)},
    )
    for place, each in enumerate(result["ranks"]):
        told = _told(each)
        if place and each.get("group") != result["ranks"][place - 1].get("group"):
            plot.line([(0.5, place - 0.5), (count + 0.5, place - 0.5)], kind="pale", is_dashed=True)
        if "low" in each:
            plot.interval(each["low"], each["high"], place, kind="pale", told=told)
        plot.point(each["rank"], place, told=told)
        plot.text(count + 0.5, place, _drivers(each), dx=14)
    return plot.svg()


def _ticks(count):
    step = 1 if count <= 20 else 5 if count <= 60 else 10 ** len(str(count // 20))
    return sorted({1, *range(step, count + 1, step)} - ({2} if step > 1 else set()))


def _short(name):
    return re.sub(r"^Kabupaten ", "Kab. ", name)[:LONGEST]


def _drivers(each):
    return "; ".join(
        f"{driver['indicator'].replace('_', ' ')[:18]} {'+' if driver['points'] >= 0 else '-'}"
        f"{number(abs(driver['points']), 1)}"
        for driver in each["drivers"][:SHOWN]
    )


def _told(each):
    name = each["name"] or each["place"]
    if "low" not in each:
        return _("%(place)s: rank %(rank)d (%(drivers)s)") % {
            "place": name,
            "rank": each["rank"],
            "drivers": _drivers(each),
        }
    return _("%(place)s: rank %(rank)d, between %(low)d and %(high)d (%(drivers)s)") % {
        "place": name,
        "rank": each["rank"],
        "low": each["low"],
        "high": each["high"],
        "drivers": _drivers(each),
    }
