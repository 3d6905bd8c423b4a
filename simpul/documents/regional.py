"""The month of a region on four pages, for its head to read, decide and sign.

It says what the page says to the officer who prints it: what is hidden there is hidden here. It is set in the language
of that page. Every list is cut to what fits its page, and says so; a head signs four pages, never five.
"""

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.documents.pdf import render
from simpul.documents.sheets import Office, Paper, Party, long_day, long_moment, sheet, signatures, slot
from simpul.insight import drawing, figures, punctuality, region_month
from simpul.insight.methods.capture_telling import rounded
from simpul.insight.telling import NOTHING, counted, grouped, percent
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.places import outlines
from simpul.places.models import Place

MOST_PLACES = 24
MOST_AGENCIES = 17
MOST_RANKS = 10
MOST_ALERTS = 5
# The Ministry of Home Affairs numbers cities from 71 on, regencies before.
FIRST_CITY = 71


def monthly(found, *, by, at):
    """The PDF of a `region_month.RegionMonth`; the journal notes who had it made, of which region and month."""
    data = _data(found, by=by, at=at)
    with transaction.atomic():
        enter(
            Act.DOCUMENT_MADE, on=f"places.place:{found.region.pk}", by=by, at=at, paper="regional",
            month=f"{found.month:%Y-%m}",
        )  # fmt: skip
    return render("regional", data, at=at)


def head_of(region):
    """Who is the head of a region: governor, mayor of a city, or bupati."""
    name = region.name.removeprefix("Kabupaten ").removeprefix("Kota ")
    if region.level == Place.Level.PROVINCE:
        return _("Governor of %(region)s") % {"region": name}
    if int(region.pk.rpartition(".")[2]) >= FIRST_CITY:
        return _("Mayor of %(region)s") % {"region": name}
    return _("Bupati of %(region)s") % {"region": name}


def _data(found, *, by, at):
    region, head = found.region, head_of(found.region)
    above = (
        _("Government of the province of %(region)s") if region.level == Place.Level.PROVINCE
        else _("Government of %(region)s")
    )  # fmt: skip
    paper = Paper(
        office=Office(name=head, above=above % {"region": region.name}),
        number=f"{region.pk}/{found.month:%Y-%m}",
        place=_seat(region),
        on=localdate(at),
        printed_by=by.full_name,
        printed_at=at,
    )
    title = _("Monthly report on trafficking in persons: %(month)s") % {"month": _month(found.month)}
    return sheet(paper, title=title, blocks=[]) | {
        "region": region.name,
        "as-of": _as_of(found, at),
        "first": _first(found),
        "signed": signatures(slot(head, Party()), paper=paper),
        "where": _where(found),
        "clocks": _clocks(found),
        "way": _way(found),
        "alerts": _alerts(found),
        "ranks": _ranks(found),
        "hidden-number": _hidden_number(found),
        "methods": _methods(found),
    }


def _as_of(found, at):
    counted_at = long_moment(found.counted_at or at)
    if found.is_running:
        return _("Counted on %(moment)s; the month is not over.") % {"moment": counted_at}
    return _("Counted on %(moment)s.") % {"moment": counted_at}


def _seat(region):
    """Where the head signs: the name of the regency or city; of a province a line for the hand."""
    if region.level == Place.Level.PROVINCE:
        return "……………………"
    return region.name.removeprefix("Kabupaten ").removeprefix("Kota ")


def _span(found):
    """The months in which flows of a year were counted, in words."""
    return _("%(first)s to %(last)s") % {"first": _month(found.since), "last": _month(found.month)}


def _month(month):
    return date_format(month, "F Y")


# --- the first page


def _first(found):
    return {
        "figures": [_share(found), _waiting(found), _unvisited(found)],
        "heading": _("What to decide"),
        "note": _("As of %(day)s, most urgent first.") % {"day": long_day(localdate(found.at))},
        "decisions": [{"words": each.words, "reason": each.reason} for each in found.decisions],
        "nothing": _("Nothing waits for a decision: no obligation came up to the head, no agency is far behind the "
                     "others, no alert lies untouched, no open data wait."),
    }  # fmt: skip


def _share(found):
    own, before = found.in_time, found.before
    notes = [_("No time limit ran out in this month.")]
    if own.of:
        notes = [
            _("%(met)s of %(of)s") % {"met": grouped(own.met), "of": grouped(own.of)},
            _("95 %% limits: %(low)s to %(high)s") % {"low": percent(own.low), "high": percent(own.high)},
        ]
    notes.append(_("month before: %(number)s") % {"number": percent(before.share)})
    return _big(percent(own.share), _("of obligations met in time"), notes)


def _waiting(found):
    notes = [f"{each.measure.words}: {grouped(each.number)}" for each in found.waiting]
    if found.waited_before is not None:
        notes.append(_("at the end of the month before: %(number)s") % {"number": grouped(found.waited_before)})
    return _big(grouped(found.people_waiting), _("wait for us"), notes)


def _unvisited(found):
    number = found.unvisited.number
    notes = [_("Sent home in %(year)s: %(number)s") % {"year": found.month.year, "number": grouped(found.returns)}]
    if figures.HIDDEN in (number, found.returns):
        notes.append(_("“…”: fewer than %(number)s, or it would tell of so few") % {"number": figures.THRESHOLD})
    return _big(grouped(number), _("sent home and not visited"), notes)


def _big(number, words, notes):
    return {"number": number, "words": words, "notes": notes}


# --- the second page


def _where(found):
    places = found.places
    left = len(places) - MOST_PLACES
    if left > 0:
        first = {each.code for each in sorted(places, key=lambda each: (-each.cases, each.code))[:MOST_PLACES]}
        places = [each for each in places if each.code in first]
    notes = [
        _(
            "Reports and cases: %(span)s. Sent home: in %(year)s. The rest as it stands at the end of the month. A low"
            " number is not a low risk: it also tells where somebody looks."
        )
        % {"span": _span(found), "year": found.month.year}
    ]
    if left > 0:
        told = ngettext(
            "%(number)s place with fewer cases is not shown.", "%(number)s places with fewer cases are not shown.", left
        )
        notes.append(told % {"number": left})
    if found.hides:
        notes.append(_hides())
    notes.append(_("For the use of the office: few cases are counted here. What everybody may see is open data."))
    return {
        "heading": _("Place by place"),
        "caption": _("Cases opened, %(span)s, by the place of the case.") % {"span": _span(found)},
        "map": drawing.on_paper(
            outlines.outline(found.region.pk, found.level),
            values={each.code: each.cases for each in found.places},
            labels={each.code: each.name for each in found.places},
        ),
        "alt": _("Map of the cases opened; the numbers stand in the table."),
        "head": [
            _("Place"), _("Reports"), _("Cases"), _("Open cases"), _("Overdue"), _("Sent home"), _("Not visited"),
        ],
        "rows": [_place(each) for each in places],
        "sum": [
            _("The whole region"), *(grouped(found.figures[code].year) for code in region_month.BY_PLACE),
            *(grouped(found.figures[code].number) for code in ("cases_open", "duties_overdue")),
            grouped(found.returns), grouped(found.unvisited.number),
        ],
        "note": " ".join(notes),
    }  # fmt: skip


def _place(each):
    numbers = (each.reports, each.cases, each.open, each.overdue, each.returns, each.unvisited)
    return [each.name, *map(grouped, numbers)]


def _hides():
    return _("“…”: fewer than %(number)s people, or hidden to protect such a number.") % {"number": figures.THRESHOLD}


# --- the third page


def _clocks(found):
    lines = found.agencies[:MOST_AGENCIES]
    note = _(
        "Of %(months)s months up to this one. The bar holds the share with 95 %% limits; of few obligations a low share"
        " can be chance. Whoever surely keeps the fewest stands first. Overdue: at the end of the month."
    ) % {"months": punctuality.CLOCK_MONTHS}
    left = len(found.agencies) - len(lines)
    if left:
        told = ngettext("%(number)s agency stands in the sum only.", "%(number)s agencies stand in the sum only.", left)
        note = f"{note} {told % {'number': left}}"
    return {
        "heading": _("Time limits by agency"),
        "head": [_("Agency"), _("In time"), _("Of"), _("Share"), _("95 % limits"), _("Overdue")],
        "rows": [_agency(each.agency.name, each) for each in lines],
        "sum": _agency(_("All agencies"), found.sum_of_agencies),
        "note": note,
        "nothing": _("No obligation of any agency was met or ran out in these months."),
        "series-heading": _("Met in time, month by month"),
        "series": [
            {"month": date_format(month, "M y"), "share": _thousandths(each.share), "told": percent(each.share)}
            for month, each in found.by_month
        ],
    }  # fmt: skip


def _agency(name, each):
    own = each.in_time
    limits = _("%(low)s to %(high)s") % {"low": percent(own.low), "high": percent(own.high)} if own.of else NOTHING
    return {
        "name": name, "met": grouped(own.met), "of": grouped(own.of), "share": percent(own.share), "limits": limits,
        "bar": [_thousandths(own.low), _thousandths(own.share), _thousandths(own.high)] if own.of else [],
        "overdue": grouped(each.overdue),
    }  # fmt: skip


def _thousandths(share):
    """Whole numbers keep their value on the way to the typesetter."""
    return None if share is None else round(1000 * share)


def _way(found):
    return {
        "heading": _("From the report to the service and to restitution"),
        "head": [_("What"), _("This month"), _("Month before"), _("Together"), _("Month by month")],
        "rows": [_step(each) for each in found.way],
        "note": _("Together: %(span)s. Restitution in rupiah.") % {"span": _span(found)},
    }


def _step(each):
    numbers = (counted(number, each.measure) for number in (each.number, each.before, each.year))
    most = max((number or 0 for number in each.series), default=0) or 1
    return {
        "told": [each.measure.words, *numbers],
        "heights": [round(1000 * (number or 0) / most) for number in each.series],
    }


# --- the fourth page


def _alerts(found):
    return {
        "heading": _("Alerts"),
        "head": [_("Number"), _("What"), _("Where"), _("Days"), _("Counted"), _("State")],
        "rows": [_alert(each) for each in found.alerts[:MOST_ALERTS]],
        "nothing": _("No alert stands and none was closed in this month. That does not mean that nothing happens."),
    }


def _alert(each):
    one = each.alert
    where = each.where
    if each.places > 1:
        where = _("%(number)s places in %(region)s") % {"number": each.places, "region": each.where}
    days = f"{date_format(one.first_on, 'j M')} – {date_format(one.last_on, 'j M Y')}"
    what = f"{one.get_kind_display()}: {one.get_subject_display()}"
    return [one.number, what, where, days, grouped(each.count), one.get_state_display()]


def _ranks(found):
    index = found.index
    standings = list(index.standings[:MOST_RANKS])
    own = index.of(found.region.pk)
    if own is not None and own not in standings:
        standings[-1] = own
    note = _("Rank 1 has the most that makes people leave in danger. The bar holds 90 %% of the ranks in %(rebuilds)s "
             "rebuilt indices. Of places, never of persons.") % {"rebuilds": grouped(index.rebuilds)}  # fmt: skip
    return {
        "heading": _("Vulnerability of regencies and cities"),
        "head": [_("Rank"), _("Place"), _("Score"), "", _("90 % of ranks"), _("What drives it")],
        "rows": [_rank(each, index.places, each is own) for each in standings],
        "note": note,
        "nothing": index.why_not or _("There is no index of these places."),
    }  # fmt: skip


def _rank(each, of, is_own):
    ends = [round(1000 * (rank - 1) / max(1, of - 1)) for rank in (each.low, each.rank, each.high)]
    return {
        "rank": str(each.rank), "name": each.name, "score": f"{each.score:.0f}", "bar": ends,
        "limits": f"{each.low}–{each.high}", "drivers": ", ".join(str(driver.about) for driver in each.raising[:2]),
        "own": is_own,
    }  # fmt: skip


def _hidden_number(found):
    one = found.hidden_number
    words = _("No number that can be defended is there for this region. Ask for one where several lists are kept.")
    if one is not None:
        told = {name: grouped(round(rounded(value))) for name, value in one.results["range"].items()}
        told |= {"of": one.get_population_display(), "first": long_day(one.first_on), "last": long_day(one.last_on)}
        words = _(
            "%(of)s, %(first)s to %(last)s: from %(low)s to %(high)s, seen and unseen together, as several methods say."
            " What they assume stands on the page of the hidden number."
        )
        words %= told
    return {"heading": _("The hidden number"), "words": words}


def _methods(found):
    sources = dict.fromkeys(str(each.source) for each in found.measures)
    ways = dict.fromkeys(str(each.method) for each in found.measures)
    closing = [
        _("Limits of a share are those of Wilson (95 %), limits of a rank those of rebuilt indices (90 %). An agency"
          " is called low only where its limits lie below those of all others."),
    ]  # fmt: skip
    return {
        "heading": _("What is counted, from where and how"),
        "definitions": _halved([[str(each.words), str(each.definition)] for each in found.measures]),
        "sources": [_("Sources: %(sources)s") % {"sources": " ".join(sources)}, " ".join([*ways, *map(str, closing)])],
    }


def _halved(definitions):
    """Two columns of about the same length."""
    half, so_far = sum(len("".join(each)) for each in definitions) / 2, 0
    for number, each in enumerate(definitions):
        so_far += len("".join(each))
        if so_far >= half:
            return [definitions[: number + 1], definitions[number + 1 :]]
    return [definitions, []]
