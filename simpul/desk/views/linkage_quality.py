"""How right the machine is that compares records: shares with their intervals, by group, with what is missing said.

Everything is counts. Of a group of which too little was decided no share is shown, and of a small one no number.
"""

from dataclasses import dataclass

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import page, said
from simpul.desk.views.linkage import SECTION, beside
from simpul.linkage import quality as measured
from simpul.privacy.assessment import share

BOTH = (Right.REVIEW_PAIRS, Right.READ_ASSESSMENT)
# The picture: its width, where the line of shares begins and how long it is, the height of a row.
WIDTH, LEFT, LONG, HIGH = 680, 270, 380, 34


@dataclass(frozen=True)
class Drawn:
    """A share with its interval as it stands in the picture and in the table; `x` is None where nothing is known."""

    name: str
    kind: str
    pairs: str
    reviewed: str
    precision: str
    recall: str
    y: int = 0
    low: float = 0.0
    x: float | None = None
    wide: float = 0.0


@officers(*BOTH)
def quality(request):
    """What was measured last."""
    found = measured.newest()
    reviews = request.user.may(Right.REVIEW_PAIRS)
    surroundings = beside(request, tab="quality") if reviews else {}
    if found is None:
        return page(request, "linkage/quality", section=_section(reviews), found=None, **surroundings)
    told = found.told
    rows = [_drawn(0, _("all records"), "", told.whole)]
    for kind, groups in told.groups.items():
        for code, group in sorted(groups.items(), key=lambda one: measured.name_of(kind, one[0])):
            rows.append(_drawn(len(rows), measured.name_of(kind, code), KINDS[kind], group))
    return page(
        request, "linkage/quality", section=_section(reviews), found=found, told=told, rows=rows,
        enough=measured.ENOUGH, bands=[_band(band) for band in reversed(told.whole.bands)],
        precision=share(told.whole.precision), recall=share(told.whole.recall), lacking=_lacking(told.whole),
        picture=_picture(rows), truth=_truth(told.truth), **surroundings,
    )  # fmt: skip


@officers(Right.REVIEW_PAIRS)
@require_POST
def measure(request):
    """It is measured now, and not only tonight."""
    measured.measure(at=request.at, by=request.user)
    said(request, _("Measured."))
    return redirect("desk:quality")


KINDS = {
    "agency": gettext_lazy("by agency"), "sex": gettext_lazy("by sex"),
    "habit": gettext_lazy("by the way the name is written"),
}  # fmt: skip


def _section(reviews):
    return SECTION if reviews else "desk:assessment"


def _drawn(number, name, kind, told):
    at, y = told.precision, 30 + number * HIGH
    known = at.value is not None
    return Drawn(
        name=name, kind=kind, pairs=_at_least(told.pairs), reviewed=_at_least(told.reviewed), precision=_short(at),
        recall=_short(told.recall), y=y, low=LEFT + at.low * LONG if known else LEFT,
        x=LEFT + at.value * LONG if known else None, wide=(at.high - at.low) * LONG if known else 0,
    )  # fmt: skip


def _short(estimate):
    return share(estimate) if estimate.value is not None else _("too few decided")


def _at_least(number):
    """A small group could be guessed at: its number stays untold."""
    if 0 < number < measured.ENOUGH:
        return _("under %(number)d") % {"number": measured.ENOUGH}
    return str(number)


def _picture(rows):
    return {
        "width": WIDTH, "height": 44 + HIGH * len(rows), "left": LEFT, "right": LEFT + LONG,
        "ticks": [(LEFT + LONG * part / 100, part) for part in (0, 25, 50, 75, 100)],
    }  # fmt: skip


def _band(band):
    return {
        "low": round(100 * band.low), "high": round(100 * band.high), "pairs": _at_least(band.pairs),
        "reviewed": _at_least(band.reviewed), "share": share(band.share),
    }  # fmt: skip


def _lacking(told):
    """What is missing before a share can be told, in words."""
    wanting = []
    above = told.proposed
    if above.reviewed < measured.ENOUGH:
        more = measured.ENOUGH - above.reviewed
        wanting.append(
            ngettext(
                "For the precision %(more)d more pair called very likely has to be decided.",
                "For the precision %(more)d more pairs called very likely have to be decided.",
                more,
            )
            % {"more": more}
        )
    bands = ", ".join(f"{round(100 * band.low)}–{round(100 * band.high)} %" for band in told.lacking)
    if bands:
        wanting.append(_("For the recall too little was decided of pairs at %(bands)s.") % {"bands": bands})
    return " ".join(wanting)


def _truth(told):
    if told is None:
        return None
    return {"proposed": told.proposed, "right": told.right, "missed": told.missed, "precision": share(told.precision),
            "recall": share(told.recall)}  # fmt: skip
