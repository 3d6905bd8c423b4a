"""The page of the head of the region: the month in one screen, what to decide, and the paper to be signed."""

from datetime import date

from django.http import Http404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import page
from simpul.desk.views.documents import as_pdf
from simpul.documents import regional
from simpul.insight import decisions, drawing, figures, punctuality, region_month
from simpul.places import outlines
from simpul.places.models import Place
from simpul.places.regions import level_of

SECTION = "desk:region"
LEVELS = (Place.Level.PROVINCE, Place.Level.REGENCY)
# So many agencies stand on the page; the paper has more of them.
MOST_AGENCIES = 12


@officers(Right.SEE_FACTS)
def region(request):
    """This month, or an earlier one by `?bulan=2026-10`."""
    month, known = _asked(request)
    found = region_month.of(request.user, month=month, at=request.at)
    at = known.index(month)
    return page(
        request, "region/region", section=SECTION, found=found, hidden=figures.HIDDEN, threshold=figures.THRESHOLD,
        before=known[at + 1] if at + 1 < len(known) else None, after=known[at - 1] if at else None,
        decisions=[(each, _address(each)) for each in found.decisions], picture=_picture(found), chart=_chart(found),
        agencies=found.agencies[:MOST_AGENCIES], others=max(0, len(found.agencies) - MOST_AGENCIES),
        clock_months=punctuality.CLOCK_MONTHS, late_days=decisions.LATE_DAYS,
    )  # fmt: skip


@officers(Right.SEE_FACTS)
def paper(request):
    """The same month as four pages to be signed, in the language of the page."""
    month, _known = _asked(request)
    found = region_month.of(request.user, month=month, at=request.at)
    return as_pdf(
        regional.monthly(found, by=request.user, at=request.at), f"laporan-{found.region.pk}-{month:%Y-%m}"
    )  # fmt: skip


def _asked(request):
    """(month, the months that can be read); what cannot be read is the month that runs."""
    if level_of(request.user.jurisdiction) not in LEVELS:
        raise Http404
    known = region_month.months(at=request.at)
    return _month(request.GET.get("bulan", ""), known), known


def _month(text, known):
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return known[0]
    return asked if asked in known else known[0]


def _address(decision):
    """Where the records behind a decision are, as far as the reader may see them."""
    name, parts = decision.leads_to
    return reverse(f"desk:{name}", args=parts) if name else ""


def _picture(found):
    return drawing.choropleth(
        outlines.outline(found.region.pk, found.level),
        values={each.code: each.cases for each in found.places},
        labels={each.code: each.name for each in found.places},
        title=_("%(region)s: cases opened") % {"region": found.name},
        legend_title=_("Cases opened, %(first)s to %(last)s")
        % {"first": date_format(found.since, "M Y"), "last": date_format(found.month, "M Y")},
    )


def _chart(found):
    """The share met in time by month, as a line."""
    shares = [None if each.share is None else round(100 * each.share) for _month, each in found.by_month]
    if not any(share is not None for share in shares):
        return ""
    return drawing.lines(
        {_("in time"): shares},
        over=[date_format(month, "M") for month, _each in found.by_month],
        title=_("Obligations met in time by month"), unit="%",
    )  # fmt: skip
