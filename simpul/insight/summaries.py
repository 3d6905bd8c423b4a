"""Summaries: what an officer's role is to know at a glance, each number with the months before it.

Offices read their own clocks and files, the secretariat and the head of a region those of the region. An office in a
village counts its few people live, because it must not learn of anybody whom it may not see, not even by a number.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from simpul.agencies.models import VILLAGE_KINDS
from simpul.agencies.roles import Right, Role
from simpul.cases.models import Case
from simpul.insight import figures, punctuality, tallies
from simpul.insight.measures import BY_CODE, MORE, OF_MIGRANTS, Measure
from simpul.insight.tallies import InTime
from simpul.migrants.models import Returnee
from simpul.migrants.queries import came_home, register_of
from simpul.obligations import queries as obligations
from simpul.obligations.models import Obligation

# So many agencies stand in the table; their number is told beside it.
MOST_AGENCIES = 40

OWN, HERE, REACH, LIVE = "own", "here", "reach", "live"
WHOSE = {
    OWN: _("the own agency"),
    HERE: _("the region"),
    REACH: _("the region, and what the own agency took in from elsewhere"),
    LIVE: _("those whom this office may see, counted just now"),
}
LIVE_CODES = ("returns_arrived", "returns_unvisited", "register_entries")
CLOCKS = ("duties_overdue", "duties_late")
REPORTS = ("reports_waiting", "reports_received", "triage_late")
FILES = ("cases_open", "cases_opened", "victims_waiting", "referrals_waiting")
OF_CLOCKS, OF_REPORTS, OF_CASES, OF_RETURNS = _("Clocks"), _("Reports"), _("Cases"), _("People sent home")
UNIT = ((OF_CLOCKS, OWN, CLOCKS), (OF_REPORTS, REACH, REPORTS), (OF_CASES, OWN, FILES))
REGION = (
    (OF_CLOCKS, HERE, CLOCKS),
    (OF_REPORTS, HERE, ("reports_received", "reports_waiting", "triage_late")),
    (OF_CASES, HERE, ("cases_opened", "cases_open", "victims_waiting", "services_done", "referrals_waiting")),
    (OF_RETURNS, HERE, ("returns_arrived", "returns_unvisited")),
    (_("Alerts"), HERE, ("alerts_standing", "alerts_false")),
    (_("Restitution"), HERE, ("restitution_claimed", "restitution_awarded", "restitution_paid")),
)
# (heading, whose, measures) of each role, in the order of the page.
OF_ROLE = {
    Role.INTAKE: UNIT,
    Role.CASE_MANAGER: UNIT,
    Role.SUPERVISOR: UNIT,
    Role.COMPANION: ((OF_CLOCKS, OWN, CLOCKS),),
    Role.PARTNER: ((OF_CLOCKS, OWN, (*CLOCKS, "referrals_waiting")),),
    Role.RETURNS: (
        (OF_RETURNS, REACH,
         ("returns_arrived", "returns_unscreened", "returns_unvisited", "visits_overdue", "returns_repeated")),
        (OF_CLOCKS, OWN, (*CLOCKS, "referrals_waiting")),
        (_("Register"), HERE, ("register_entries",)),
    ),
    Role.VILLAGE: ((OF_RETURNS, LIVE, LIVE_CODES), (OF_CLOCKS, OWN, CLOCKS)),
    Role.SECRETARIAT: REGION,
    Role.HEAD_OF_REGION: REGION,
    Role.AUDITOR: ((_("Personal data"), HERE, ("breaches_open", "data_waiting", "data_late", "erasures_waiting")),),
}  # fmt: skip


@dataclass(frozen=True)
class Tile:
    """One measure as it stands for an officer: (month, number) of thirteen months, the oldest first.

    A number is `figures.HIDDEN` where it is small and the officer sees figures only, and None where nobody counted.
    """

    measure: Measure
    topic: object
    whose: object
    numbers: tuple
    as_of: object

    @property
    def number(self):
        """Of this month: so far, or as it stands."""
        return self.numbers[-1][1]

    @property
    def is_hidden(self):
        return self.number is figures.HIDDEN

    @property
    def hides(self):
        """Whether any number of it is hidden."""
        return any(number is figures.HIDDEN for _month, number in self.numbers)

    @property
    def compared(self):
        """The two months that are compared: a flow of whole months, a stock as it stands and at the end of the last."""
        return (self.numbers[-2], self.numbers[-3]) if self.measure.is_flow else (self.numbers[-1], self.numbers[-2])

    @property
    def change(self):
        """How many more or fewer than in the month before; None where one of both is not known or hidden."""
        (_now, number), (_then, before) = self.compared
        return number - before if isinstance(number, int) and isinstance(before, int) else None

    @property
    def is_better(self):
        """Whether a change is good; None where there is none or it is neither."""
        if not self.change or not self.measure.better:
            return None
        return (self.change > 0) == (self.measure.better == MORE)

    @property
    def has_series(self):
        """Whether there is anything to draw."""
        return sum(isinstance(number, int) for _month, number in self.numbers) > 1


@dataclass(frozen=True)
class Summary:
    """Everything that stands on the page of an officer."""

    tiles: tuple
    in_time: InTime | None
    next_due: Obligation | None
    stages: tuple
    agencies: tuple
    more_agencies: int
    counted_at: object

    @property
    def hides(self):
        return any(tile.hides for tile in self.tiles)

    @property
    def is_counted(self):
        """Whether anything was ever counted."""
        return self.counted_at is not None


def of(officer, *, at):
    """The summary of an officer: of the role, at the agency, in the region."""
    month, last = tallies.first_of(localdate(at)), tallies.counted_at()
    region, owes = officer.may(Right.SEE_FACTS), officer.may(Right.SEE_DUTIES)
    kept_out = officer if tallies.is_kept_out(officer) else None
    numbers = _by_scope(officer, month, kept_out)
    agencies = punctuality.of_agencies(officer.jurisdiction, until=month, officer=kept_out) if region else ()
    return Summary(
        tiles=tuple(_tiles(officer, numbers, month, at=at, counted_at=last)),
        in_time=_in_time(numbers[HERE if region else OWN]) if owes else None,
        next_due=_next_due(officer) if owes and not region else None,
        stages=_stages(officer, at=at),
        agencies=agencies[:MOST_AGENCIES],
        more_agencies=max(0, len(agencies) - MOST_AGENCIES),
        counted_at=last,
    )


def _tiles(officer, numbers, month, *, at, counted_at):
    for topic, scope, codes in _wanted(officer):
        for code in codes:
            if code not in numbers[scope]:
                numbers[scope][code] = _shown(officer, code, month)
            dated = tuple(zip(_months(month), numbers[scope][code], strict=True))
            yield Tile(BY_CODE[code], topic, WHOSE[scope], dated, at if scope == LIVE else counted_at)


def _wanted(officer):
    """(heading, whose, measures) of the role, as far as they make sense at the officer's agency."""
    for topic, scope, codes in OF_ROLE[officer.role]:
        if codes == REPORTS and not officer.agency.triages:
            continue
        if officer.agency.kind in VILLAGE_KINDS and not OF_MIGRANTS.isdisjoint(codes):
            # Of its clocks an office in the village knows all; of people it knows those it may see.
            yield topic, LIVE, tuple(code for code in codes if code in LIVE_CODES)
            continue
        yield topic, scope, codes


def _by_scope(officer, month, kept_out):
    """{scope: {code: numbers}}: one reading for each scope, with what the share of clocks is made of."""
    codes = {}
    for _topic, scope, wanted in _wanted(officer):
        codes.setdefault(scope, set()).update(wanted)
    clocks = HERE if officer.may(Right.SEE_FACTS) else OWN
    codes.setdefault(clocks, set()).update((tallies.IN_TIME, tallies.LATE))
    return {scope: _read(officer, scope, sorted(wanted), month, kept_out) for scope, wanted in codes.items()}


def _read(officer, scope, codes, month, kept_out):
    if scope == LIVE:
        return _live(officer, month)
    prefix = officer.jurisdiction
    exact = [code for code in codes if tallies.sees_exact(code, officer, prefix=prefix)]
    return tallies.series(exact, until=month, officer=kept_out, **_where(officer, scope))


def _shown(officer, code, month):
    return tallies.shown_series(code, prefix=officer.jurisdiction, until=month, officer=officer)


def _where(officer, scope):
    if scope == HERE:
        return {"prefix": officer.jurisdiction}
    if scope == OWN:
        return {"prefix": "", "agency": officer.agency_id}
    if officer.agency.serves_the_whole_region:
        # Also what names no place, or one elsewhere, comes to this agency.
        return {"prefix": ""}
    return {"prefix": officer.jurisdiction, "agency": officer.agency_id, "either": True}


def _months(month):
    return [tallies.earlier(month, back) for back in reversed(range(tallies.MONTHS))]


# --- counted live


def _live(officer, month):
    """{code: numbers} of the people an office in the village may see."""
    months = _months(month)
    days = Returnee.objects.visible_to(officer).within(officer.jurisdiction).filter(arrived_on__gte=months[0])
    came = Counter(tallies.first_of(day) for day in days.values_list("arrived_on", flat=True))
    before = [None] * (tallies.MONTHS - 1)
    return {
        "returns_arrived": [came[each] for each in months],
        "returns_unvisited": [*before, came_home(officer, unmet=True).count()],
        "register_entries": [*before, register_of(officer).count()],
    }


def _stages(officer, *, at):
    """(stage, how many open cases the officer may open stand in it), for those who work on cases."""
    if not officer.may(Right.WORK_ON_CASES):
        return ()
    rows = Case.objects.visible_to(officer, at=at).open().values_list("stage").annotate(Count("pk")).order_by()
    found = dict(rows)
    return tuple((stage, found[stage]) for stage in Case.Stage if stage in found)


# --- clocks


def _in_time(numbers):
    last = slice(-punctuality.CLOCK_MONTHS, None)
    met, late = (sum(number or 0 for number in numbers[code][last]) for code in (tallies.IN_TIME, tallies.LATE))
    return InTime(met, met + late)


def _next_due(officer):
    return obligations.owed_now(officer).running().exclude(due_at=None).first()
