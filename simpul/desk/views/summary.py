"""The summary: what an officer's role is to know at a glance, and the way from each number to the records behind it."""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import page
from simpul.desk.forms.returnees import ALL
from simpul.insight import figures, punctuality, summaries
from simpul.insight.measures import BY_CODE, RUPIAH
from simpul.insight.sparkline import sparkline
from simpul.insight.tallies import IN_TIME, LATE
from simpul.insight.telling import NOTHING, counted, with_decimals

SECTION = "desk:summary"
MILLION = 1_000_000
READERS = (Right.SEE_DUTIES, Right.SEE_FACTS, Right.READ_JOURNAL)
OPENERS = (Right.KEEP_CASES, Right.ANSWER_REFERRALS, Right.MEET_RETURNEES)
DUTIES = ((Right.SEE_DUTIES, "desk:today", ""),)
FILES = tuple((right, "desk:cases", "tahap=open") for right in (Right.KEEP_CASES, Right.WORK_ON_CASES, Right.SEE_FACTS))
ANSWERS = ((Right.ANSWER_REFERRALS, "desk:referrals", ""), (Right.KEEP_CASES, "desk:referrals", ""))
TABLES = "apa=returns&baris=regency"
HOME = ((Right.MEET_RETURNEES, "desk:returnees", f"lihat={ALL}"), (Right.SEE_FACTS, "desk:figure_table", TABLES))
UNMET = ((Right.MEET_RETURNEES, "desk:returnees", ""), *DUTIES)
SUMS = ((Right.SEE_FACTS, "desk:restitution_sums", ""),)
# Where the records behind a number are listed, and which right opens the list; the first that fits is the way.
LISTS = {
    "reports_waiting": ((Right.TRIAGE, "desk:queue", ""),),
    "reports_received": ((Right.TRIAGE, "desk:reports", ""),),
    "triage_late": DUTIES,
    "duties_overdue": DUTIES,
    "duties_late": DUTIES,
    "cases_open": FILES,
    "cases_opened": FILES,
    "victims_waiting": FILES,
    "services_done": FILES,
    "referrals_waiting": ANSWERS,
    "returns_arrived": HOME,
    "returns_repeated": HOME,
    "returns_unscreened": ((Right.KEEP_MANIFESTS, "desk:manifests", ""),),
    "returns_unvisited": UNMET,
    "visits_overdue": UNMET,
    "register_entries": ((Right.KEEP_REGISTER, "desk:register", ""),),
    "alerts_standing": ((Right.SEE_FACTS, "desk:alerts", ""),),
    "alerts_false": ((Right.SEE_FACTS, "desk:alert_record", ""),),
    "restitution_claimed": SUMS,
    "restitution_awarded": SUMS,
    "restitution_paid": SUMS,
    "breaches_open": ((Right.HANDLE_BREACHES, "desk:breaches", ""),),
    "erasures_waiting": ((Right.ERASE, "desk:retention", ""),),
}


@dataclass(frozen=True)
class Shown:
    """A tile in words: its number, how it changed, the months as a picture, and where the records are."""

    tile: summaries.Tile
    number: str
    change: str
    picture: str
    opens: str


@officers(*READERS)
def summary(request):
    """The tiles of the role, the agencies of the region for those who see facts, and all months in one table."""
    officer = request.user
    found = summaries.of(officer, at=request.at)
    return page(
        request, "summary/summary", section=SECTION, found=found, threshold=figures.THRESHOLD,
        groups=_groups([_shown(tile, officer) for tile in found.tiles]), clocks=(BY_CODE[IN_TIME], BY_CODE[LATE]),
        months=[_month(month, "M y") for month, _number in found.tiles[0].numbers],
        rows=[_row(tile) for tile in found.tiles],
        clock_months=punctuality.CLOCK_MONTHS, most_in_a_stage=max((n for _stage, n in found.stages), default=0),
        next_opens=_next(found.next_due, officer), sees_region=officer.may(Right.SEE_FACTS),
    )  # fmt: skip


def _next(obligation, officer):
    """Where what runs out next is met: its file, or for a companion, to whom few files are open, the page of today."""
    if obligation is None:
        return ""
    opens = any(officer.may(right) for right in OPENERS)
    return reverse("desk:file", args=[obligation.pk]) if opens else reverse("desk:today")


def _groups(shown):
    """(heading, whose, tiles) in the order of the page."""
    grouped = groupby(shown, key=lambda each: (each.tile.topic, each.tile.whose))
    return [(topic, whose, list(tiles)) for (topic, whose), tiles in grouped]


def _shown(tile, officer):
    return Shown(
        tile, counted(tile.number, tile.measure), _change(tile), _picture(tile), _opens(tile.measure.code, officer)
    )


def _row(tile):
    """(words, numbers by month) for the table of months; money in millions, so that a year fits beside the words."""
    numbers, measure = [number for _month, number in tile.numbers], tile.measure
    if measure.of != RUPIAH:
        return measure.words, [counted(number, measure) for number in numbers]
    millions = [NOTHING if number is None else with_decimals(number / MILLION) for number in numbers]
    return _("%(measure)s, in million rupiah") % {"measure": measure.words}, millions


def _opens(code, officer):
    """The address of the list behind a number, or "" where none is open to the officer."""
    for right, address, asked in LISTS.get(code, ()):
        if officer.may(right) and (right != Right.TRIAGE or officer.agency.triages):
            return f"{reverse(address)}?{asked}" if asked else reverse(address)
    return ""


def _change(tile):
    """How it changed, in a sentence; "" where nothing is known to compare with."""
    (month, number), (before, _then) = tile.compared
    if tile.change is None:
        is_told = tile.measure.is_flow and isinstance(number, int)
        told = {"month": _month(month, "F"), "number": counted(number, tile.measure)}
        return _("%(month)s: %(number)s.") % told if is_told else ""
    words = {
        "month": _month(month, "F"), "number": counted(number, tile.measure), "before": _month(before, "F"),
        "change": counted(abs(tile.change), tile.measure),
    }  # fmt: skip
    return _SENTENCES[tile.measure.is_flow](tile.change) % words


def _of_flow(change):
    if change == 0:
        return _("%(month)s: %(number)s, as in %(before)s.")
    if change > 0:
        return _("%(month)s: %(number)s, %(change)s more than in %(before)s.")
    return _("%(month)s: %(number)s, %(change)s less than in %(before)s.")


def _of_stock(change):
    if change == 0:
        return _("As many as at the end of %(before)s.")
    if change > 0:
        return _("%(change)s more than at the end of %(before)s.")
    return _("%(change)s less than at the end of %(before)s.")


_SENTENCES = {True: _of_flow, False: _of_stock}


def _picture(tile):
    if not tile.has_series:
        return ""
    numbers = [number for _month, number in tile.numbers]
    told = _("By month, from %(first)s to %(last)s; the numbers stand in the table below.") % {
        "first": _month(tile.numbers[0][0], "F Y"), "last": _month(tile.numbers[-1][0], "F Y")}  # fmt: skip
    return sparkline(numbers, title=f"{tile.measure.words}. {told}")


def _month(month, form):
    return date_format(month, form)
