"""Routes: the ways people were taken and came home by, put together from reports, victims and people sent home.

One report, one victim, one return is one journey. What a manifest tells (depot, post, home) is read as a journey by
itself; what was told beyond it takes its place. A report that grew into a case with ways of its own is not counted
again, and neither is one that was merged with another or set aside.

Whoever may see the people themselves sees every way, for the kinds of records that are open to them. Whoever sees
figures only sees ways that `THRESHOLD` journeys or more share from begin to end, from regency to regency and country
to country, and nothing of the others: every number is then a sum of such ways, so that no smaller one follows from
it. For them the periods do not overlap, for the same reason.

A crossing that is no post is told by its district. Its location is not in the system.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache, lru_cache, reduce
from operator import or_

from django.db.models import BigIntegerField, Count, Exists, Min, OuterRef, Q
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.agencies.exclusions import hidden_from
from simpul.agencies.roles import Right
from simpul.cases.models import Case, Involvement
from simpul.insight import periods
from simpul.insight.figures import THRESHOLD
from simpul.insight.methods import flows
from simpul.intake.models import Report
from simpul.migrants.models import Returnee
from simpul.migrants.policy import sees_exact_figures
from simpul.migrants.ways import OPPOSITE, origin_of
from simpul.places.models import BorderPost, Leg, Place
from simpul.places.regions import is_within, level_of, most_within, regency_of, short_name, within
from simpul.reference import catalogues

KINDS = {
    "reports": gettext_lazy("Reports"),
    "victims": gettext_lazy("Victims"),
    "returns": gettext_lazy("People sent home"),
}
MODELS = {"reports": Report, "victims": Involvement, "returns": Returnee}
NOT_VICTIM = "not_victim"
# How sure each way of knowing makes us: an order, not a probability.
CERTAINTY = {"document": 1.0, "person": 0.9, "others": 0.6, "presumed": 0.3}

# So much of a day is written as is known of it.
KNOWN = {Leg.Precision.DAY: 10, Leg.Precision.MONTH: 7, Leg.Precision.YEAR: 4}

# What a post is assumed to do: how many of those who pass it sees, and how many know of it and go around.
SEEN, EVADING = 0.7, 0.2
BEST = 3
# Ways beyond these are each taken by so few that no post is placed for them.
MOST_WAYS = 200
MOST_RECORDS = 50
QUARTERS, YEARS = 8, 5

DISTRICT, REGENCY = len("61.07.07"), len("61.07")
POST, UNOFFICIAL, ABROAD = "post:", "unofficial:", "abroad:"

DEFINITION = gettext_lazy(
    "One journey for each report, victim or return whose way is on record; a step gone back and forth counts once."
)


def year(number):
    """A calendar year."""
    return periods.period(f"{number}")


def quarter_of(day):
    """The quarter in which a day lies."""
    return periods.period(f"{day.year}-Q{(day.month + 2) // 3}")


def last_quarter(today):
    """The last quarter that is over."""
    return before(quarter_of(today))


def before(period):
    """The period of the same length right before; None for all that is known."""
    if period is None:
        return None
    return quarter_of(period.first_on - timedelta(days=1)) if _is_quarter(period) else year(period.year - 1)


def offered(today, *, exact):
    """What may be asked for, the newest of each kind first: full quarters, and with exact figures longer times too.

    None is all that is known.
    """
    quarters = [last_quarter(today)]
    while len(quarters) < QUARTERS:
        quarters.append(before(quarters[-1]))
    if not exact:
        return quarters
    return [None, *(year(today.year - back) for back in range(YEARS)), quarter_of(today), *quarters]


def _is_quarter(period):
    return "Q" in period.code


def _days(period, today=None):
    """How many days a period has, or how many of them have passed."""
    last = min(period.last_on, today) if today else period.last_on
    return max(1, (last - period.first_on).days + 1)


def seen_exactly(officer, prefix):
    """The kinds of records whose people an officer may see one by one in a region; none for those who see figures."""
    found = ["returns"] if sees_exact_figures(officer, prefix) else []
    if officer.may(Right.TRIAGE) and officer.agency.triages and is_within(prefix, officer.jurisdiction):
        found = ["reports", "victims", *found]
    return found


@dataclass(frozen=True)
class Question:
    """Which ways: of these kinds of records, of people of a region, in a period. `exact` as `seen_exactly` allows.

    `period` is a quarter or a year, or None for all that is known.
    """

    kinds: tuple
    prefix: str
    period: periods.Period | None
    exact: bool


@dataclass(frozen=True)
class Routes:
    """The answered question. `total` counts the journeys behind the figures; `is_cut` says that there are others."""

    question: Question
    journeys: list
    corridors: list
    segments: list
    chokepoints: list
    shifts: list
    best: object
    total: int
    is_cut: bool
    words: dict = field(default_factory=dict)

    def named(self, node):
        return self.words.get(node, node)


def answer(question, *, today, officer=None):
    """Corridors, segments, chokepoints, what shifted since the period before, and the best places to watch.

    `officer` is whose exclusions hold, where the figures are exact.
    """
    begun = _begun(question.kinds)
    found = _journeys(question, begun, officer=officer)
    shown = found if question.exact else shared(found)
    shifts = _shifts(question, shown, begun, today=today, officer=officer)
    passed = flows.chokepoints(shown)
    told = Routes(
        question, shown, flows.corridors(shown), flows.segments(shown), passed, shifts, best_places(shown, passed),
        flows.number_of(shown), len(shown) < len(found),
    )  # fmt: skip
    ends = {node for shift in shifts for node in (shift.origin, shift.destination)}
    told.words.update(names(ends.union(*(journey.nodes for journey in shown))))
    return told


def shared(found, *, least=THRESHOLD):
    """Journeys whose whole way at least so many made. Every figure of these is a sum of numbers that may be shown."""
    by_way = Counter()
    for journey in found:
        by_way[journey.nodes] += journey.people
    return [journey for journey in found if by_way[journey.nodes] >= least]


@dataclass(frozen=True)
class Best:
    """Where so many posts would see most: the nodes with their share of all journeys, and the share all see."""

    places: list
    seen: float
    gap: float


def best_places(found, passed, count=BEST):
    """The places between begin and end of ways where posts would see the most journeys; None where there is none.

    `passed` are the chokepoints of the journeys found.
    """
    by_way = Counter()
    for journey in found:
        if len(journey.nodes) > 1:
            by_way[journey.nodes] += journey.people
    best = _best(tuple(sorted(by_way.most_common(MOST_WAYS))), count)
    if best is None:
        return None
    passing = {point.node: point.share for point in passed}
    nodes, seen, gap = best
    return Best(sorted(((node, passing.get(node, 0.0)) for node in nodes), key=lambda each: -each[1]), seen, gap)


@lru_cache(maxsize=64)
def _best(ways, count):
    # Only here is an optimiser needed, and it takes a while to load.
    from simpul.insight.methods import coverage

    sites = sorted({node for nodes, _number in ways for node in nodes[1:-1] if not node.startswith(ABROAD)})
    if not sites:
        return None
    at = {node: number for number, node in enumerate(sites)}
    told = [
        coverage.Way(
            f"{nodes[0]}>{nodes[-1]}", tuple(sorted({at[node] for node in nodes[1:-1] if node in at})), float(number)
        )
        for nodes, number in ways
    ]
    plan = coverage.watch(told, len(sites), min(count, len(sites)), seen=SEEN, evading=EVADING)
    return [sites[site] for site in plan.sites], plan.share, plan.gap


def journeys(question, *, officer=None):
    """The journeys of a question, each with its nodes as coarse as the question asks."""
    return _journeys(question, _begun(question.kinds), officer=officer)


def _journeys(question, begun, *, officer):
    place = _coarse(question)
    found = [_placed(journey, place) for journey in flows.journeys(_told(question, begun, officer=officer))]
    if "returns" in question.kinds:
        found += [_placed(journey, place) for journey in _of_manifests(question, officer=officer)]
    return _merged(journey for journey in found if len(journey.nodes) > 1)


def records(question, origin, destination, *, officer, at):
    """Records whose way holds a segment, of those an officer may open: (kind, row), at most so many."""
    place, found = _coarse(question), []
    told = _told(question, _begun(question.kinds), officer=officer)
    keys = [journey.key for journey in flows.journeys(told) if _passes(_placed(journey, place), origin, destination)]
    for kind in question.kinds:
        start = f"{MODELS[kind]._meta.label_lower}:"
        wanted = [key.removeprefix(start) for key in keys if key.startswith(start)]
        rows = _open_to(kind, officer, at).filter(pk__in=wanted).order_by("-pk")
        found += [(kind, row) for row in rows[:MOST_RECORDS]]
    if "returns" in question.kinds:
        found += _sent_home(question, origin, destination, place, officer=officer, at=at)
    return found[:MOST_RECORDS]


def _open_to(kind, officer, at):
    if kind == "reports":
        return Report.objects.visible_to(officer)
    if kind == "victims":
        return Involvement.objects.filter(case__in=Case.objects.visible_to(officer, at=at)).select_related("case")
    return Returnee.objects.visible_to(officer).select_related("manifest")


def names(nodes):
    """{node: words} for a page, with two queries however many there are."""
    codes = {node.removeprefix(UNOFFICIAL) for node in nodes if not node.startswith((POST, ABROAD))}
    places = {place.code: short_name(place) for place in Place.objects.filter(code__in=codes)}
    posts = dict(BorderPost.objects.filter(pk__in=[n.removeprefix(POST) for n in nodes if n.startswith(POST)])
                 .values_list("code", "name"))  # fmt: skip
    return {node: _named(node, places, posts) for node in nodes}


def _named(node, places, posts):
    if node.startswith(POST):
        return _("Post %(name)s") % {"name": posts.get(node.removeprefix(POST), node)}
    if node.startswith(UNOFFICIAL):
        district = places.get(node.removeprefix(UNOFFICIAL))
        if district is None:
            return _("Unofficial crossing, district not known")
        return _("Unofficial crossing, in %(district)s") % {"district": district}
    if node.startswith(ABROAD):
        code = node.removeprefix(ABROAD)
        catalogue = "foreign_places" if catalogues.is_code("foreign_places", code) else "countries"
        return catalogues.name_of(catalogue, code)
    return places.get(node, node)


def _told(question, begun, *, officer):
    """Legs of the kinds asked for, as nodes."""
    then = [subject for subject, days in begun.items() if _is_in(days, question.period)]
    asked = [key for kind in question.kinds for key in _subjects(kind, question, then, officer=officer)]
    columns = ("subject", "position", "origin_id", "origin_abroad", "destination_id", "destination_abroad", "transport",
               "crossing", "post_id", "crossed_in_id", "on", "precision", "confidence")  # fmt: skip
    rows = Leg.objects.filter(subject__in=asked).order_by("subject", "position").values_list(*columns, named=True)
    return [leg for row in rows for leg in _legs(row)]


def _begun(kinds):
    """{label of a record: (the first day of its way, the first that is known to the month)} of records with legs."""
    starts = [Q(subject__startswith=f"{MODELS[kind]._meta.label_lower}:") for kind in kinds]
    known = Leg.objects.filter(reduce(or_, starts)).order_by("subject").values_list("subject")
    days = known.annotate(day=Min("on"), month=Min("on", filter=~Q(precision=Leg.Precision.YEAR)))
    return {subject: (day, month) for subject, day, month in days}


def _subjects(kind, question, begun, *, officer):
    """Labels of the records of a kind that count here, of those whose way has begun when it should."""
    start = f"{MODELS[kind]._meta.label_lower}:"
    keys = [subject.removeprefix(start) for subject in begun if subject.startswith(start)]
    rows = _COUNTED[kind](question.prefix).filter(pk__in=keys)
    if officer is not None and question.exact:
        rows = rows.exclude(**{_EXCLUDED[kind]: hidden_from(officer, _EXCLUDED_MODEL[kind])})
    return [f"{start}{key}" for key in rows.values_list("pk", flat=True)]


def _reports(prefix):
    """Reports that stand for themselves: not merged, not set aside, and no case with a way tells the same."""
    cases = Involvement.objects.filter(part=Involvement.Part.VICTIM, case=OuterRef("case"), pk__in=_with_ways())
    gone = [Report.Status.MERGED, Report.Status.SET_ASIDE]
    return Report.objects.real().filter(_here(prefix, "")).exclude(status__in=gone).exclude(Exists(cases))


def _victims(prefix):
    found = Involvement.objects.filter(_here(prefix, "case__"), part=Involvement.Part.VICTIM)
    return found.exclude(status=NOT_VICTIM)


def _here(prefix, way):
    """What lies in a region. What has no known place lies where the agency is that reads or keeps it."""
    nowhere = Q(**{f"{way}place": None}) & within(prefix, field=f"{way}agency__place")
    return within(prefix, field=f"{way}place") | nowhere


def _returnees(prefix):
    return Returnee.objects.filter(within(prefix, field="home"))


def _with_ways():
    start = f"{Involvement._meta.label_lower}:"
    subjects = Leg.objects.filter(subject__startswith=start, position=1).values_list("subject", flat=True)
    return [int(subject.removeprefix(start)) for subject in subjects]


_COUNTED = {"reports": _reports, "victims": _victims, "returns": _returnees}
_EXCLUDED = {"reports": "pk__in", "victims": "case__in", "returns": "pk__in"}
_EXCLUDED_MODEL = {"reports": Report, "victims": Case, "returns": Returnee}


def _is_in(days, period):
    """Whether a way lies in a period: by its first day that is known well enough."""
    if period is None:
        return True
    day, month = days
    first = month if _is_quarter(period) else day
    return first is not None and period.first_on <= first <= period.last_on


def _legs(row):
    """One leg of the table as legs of nodes: over a crossing it is two."""
    ends = [(row.origin_id, row.origin_abroad), (row.destination_id, row.destination_abroad)]
    origin, destination = (place or f"{ABROAD}{abroad}" for place, abroad in ends)
    nodes = [origin, *filter(None, [_crossing(row)]), destination]
    on = row.on.isoformat()[: KNOWN[row.precision]] if row.on else ""
    return [
        flows.Leg(
            row.subject, 2 * row.position + number, here, there, means=row.transport, crossing=row.crossing, on=on,
            certainty=CERTAINTY.get(row.confidence, 0.3),
        )
        for number, (here, there) in enumerate(zip(nodes, nodes[1:], strict=False))
    ]  # fmt: skip


def _crossing(row):
    if row.post_id:
        return f"{POST}{row.post_id}"
    if row.crossing == Leg.Crossing.UNOFFICIAL:
        return f"{UNOFFICIAL}{row.crossed_in_id or ''}"
    return ""


def _manifest_rows(question, *, officer):
    """People sent home of whose way nothing is told beyond the manifest."""
    if question.period is None:
        rows = _returnees(question.prefix)
    else:
        # Few came in a quarter, and many live in a region.
        rows = Returnee.objects.filter(arrived_on__range=(question.period.first_on, question.period.last_on))
        rows = most_within(rows, question.prefix, "home_id")
    rows = rows.exclude(pk__in=_with_legs())
    if officer is not None and question.exact:
        rows = rows.exclude(pk__in=hidden_from(officer, Returnee))
    return rows


def _with_legs():
    """Keys of people sent home who have legs of their own, as a subquery."""
    start = f"{Returnee._meta.label_lower}:"
    key = Cast(Substr("subject", len(start) + 1), BigIntegerField())
    return Leg.objects.filter(subject__startswith=start, position=1).values_list(key)


def _of_manifests(question, *, officer):
    """The ways that manifests tell, each with how many went it; homes no finer than they are told of."""
    area = Substr("home_id", 1, DISTRICT if _inside(question) else REGENCY)
    rows = _manifest_rows(question, officer=officer).annotate(area=area)
    counted = rows.values_list("area", "manifest__post_id", "manifest__depot").annotate(n=Count("pk")).order_by()
    for number, (home, post, depot, people) in enumerate(counted):
        if nodes := _manifest_nodes(home, post, depot):
            yield flows.Journey(f"manifest:{number}", nodes, (), (), 1.0, "", people)


def _manifest_nodes(home, post, depot):
    if not home or not (post or depot):
        return ()
    return tuple(filter(None, (f"{ABROAD}{origin_of(depot)}", post and f"{POST}{post}", home)))


def _sent_home(question, origin, destination, place, *, officer, at):
    """People on manifests whose way holds a segment: first which homes, posts and depots do, then who came so."""
    rows = _manifest_rows(question, officer=officer)
    ways = rows.values_list("home_id", "manifest__post_id", "manifest__depot").distinct().order_by()
    fitting = [
        Q(home_id=home, manifest__post_id=post, manifest__depot=depot)
        for home, post, depot in ways
        if (nodes := _manifest_nodes(home, post, depot))
        and _passes(_placed(flows.Journey("", nodes, (), (), 1.0, ""), place), origin, destination)
    ]
    if not fitting:
        return []
    open_to = _open_to("returns", officer, at).filter(pk__in=rows.values("pk"))
    # One after the other would be as many questions as villages; all at once is more than a database takes.
    found = open_to.filter(reduce(or_, fitting[:MOST_RECORDS])).order_by("-arrived_on", "pk")
    return [("returns", row) for row in found[:MOST_RECORDS]]


def _placed(journey, place):
    """The journey with coarser nodes, each named once in a row."""
    nodes = []
    for node in map(place, journey.nodes):
        if not nodes or nodes[-1] != node:
            nodes.append(node)
    return flows.Journey(
        journey.key, tuple(nodes), journey.legs, journey.breaks, journey.certainty, journey.on, journey.people
    )


def _merged(found):
    """Ways of manifests that became the same, as one: there are as many as villages."""
    kept, by_nodes = [], {}
    for journey in found:
        if journey.legs:
            kept.append(journey)
        elif journey.nodes in by_nodes:
            number = by_nodes[journey.nodes].people + journey.people
            by_nodes[journey.nodes] = flows.Journey(journey.key, journey.nodes, (), (), 1.0, "", number)
        else:
            by_nodes[journey.nodes] = journey
    return kept + list(by_nodes.values())


def _coarse(question):
    """How coarse nodes are: districts inside the own regency where figures are exact, regencies, other provinces."""
    inside = _inside(question)
    root = question.prefix.split(".")[0]

    @cache
    def place(node):
        if node.startswith(ABROAD):
            return node if question.exact else f"{ABROAD}{_country(node.removeprefix(ABROAD))}"
        if node.startswith((POST, UNOFFICIAL)):
            return node
        if inside and is_within(node, regency_of(inside)):
            return node[:DISTRICT]
        return node[:REGENCY] if is_within(node, root) else node[:2]

    return place


def _inside(question):
    """The region whose districts are told of; "" where regencies are the finest."""
    return question.prefix if question.exact and level_of(question.prefix) != Place.Level.PROVINCE else ""


def _country(code):
    if catalogues.is_code("foreign_places", code):
        return catalogues.term("foreign_places", code).extra["country"]
    return code or OPPOSITE


def _passes(journey, origin, destination):
    return (origin, destination) in zip(journey.nodes, journey.nodes[1:], strict=False)


def _shifts(question, shown, begun, *, today, officer):
    earlier = before(question.period)
    if earlier is None:
        return []
    found = _journeys(replace(question, period=earlier), begun, officer=officer)
    times = (float(_days(earlier)), float(_days(question.period, today)))
    if question.exact:
        return [shift for shift in flows.shifts(found, shown, times=times) if shift.is_change]
    # What is missing from one of both periods may be there, and be small.
    compared = flows.shifts(shared(found), shown, times=times)
    return [shift for shift in compared if shift.is_change and shift.before and shift.after]
