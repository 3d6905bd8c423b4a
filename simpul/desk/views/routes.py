"""The page of routes: by which ways people are taken and come home, on a map and in tables."""

from datetime import date

from django.http import Http404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import page
from simpul.desk.forms.routes import RoutesAsked
from simpul.insight import routes
from simpul.insight.figures import THRESHOLD
from simpul.insight.flow_map import flow_map
from simpul.places import outlines
from simpul.places.models import Place
from simpul.places.regions import LEVELS, level_of
from simpul.reference import catalogues

SECTION = "desk:routes"
READERS = (Right.SEE_FACTS, Right.MEET_RETURNEES, Right.TRIAGE)
# The rest is long, and each line of it a single journey.
MOST_ROWS = 25


@officers(*READERS)
def routes_(request):
    """Corridors on the map, with the tables of ways, of what changed, and of where a post would see most."""
    officer = request.user
    if level_of(officer.jurisdiction) == Place.Level.VILLAGE:
        raise Http404
    today = localdate(request.at)
    asked = RoutesAsked(request.GET, officer=officer, today=today)
    if not (asked.exact or officer.may(Right.SEE_FACTS)):
        raise Http404
    found = _answered(asked, officer, today)
    return page(
        request, "routes/routes", section=SECTION, asked=asked, found=found, exact=asked.exact, threshold=THRESHOLD,
        definition=routes.DEFINITION, picture=_picture(asked, found), corridors=_corridors(found),
        more=max(0, len(found.corridors) - MOST_ROWS), segments=_segments(asked, found),
        chokepoints=[(found.named(point.node), point) for point in found.chokepoints[:MOST_ROWS]],
        shifts=[(found.named(shift.origin), found.named(shift.destination), shift) for shift in found.shifts],
        best=[(found.named(node), share) for node, share in found.best.places] if found.best else [],
        earlier=routes.before(found.question.period), seen=routes.SEEN, evading=routes.EVADING,
        **_opened(request, asked, found),
    )  # fmt: skip


def _answered(asked, officer, today):
    """The answer; of the newest period with anything in it, where the officer asked for none."""
    found = routes.answer(asked.question(), today=today, officer=officer)
    if asked.was_chosen or found.total:
        return found
    # A year tells what changed since the one before; all that is known tells it of nothing.
    for period in sorted(asked.offered, key=lambda period: period is None):
        other = routes.answer(asked.question(period), today=today, officer=officer)
        if other.total:
            asked.settle(period)
            return other
    return found


def _picture(asked, found):
    level = LEVELS[LEVELS.index(level_of(asked.region)) + 1]
    return flow_map(
        outlines.outline(asked.region, level), found.segments, words=found.words, title=", ".join(asked.words())
    )


def _corridors(found):
    """(nodes in words, corridor, by what, when) for the table of ways."""
    return [
        ([found.named(node) for node in corridor.nodes], corridor, _means(corridor.means), _span(corridor))
        for corridor in found.corridors[:MOST_ROWS]
    ]


def _segments(asked, found):
    """(from, to, segment, address of its records) for the table beside the map."""
    here = f"{reverse(SECTION)}?{asked.address()}"
    return [
        (
            found.named(segment.origin), found.named(segment.destination), segment,
            f"{here}&dari={segment.origin}&ke={segment.destination}#catatan" if asked.exact else "",
        )
        for segment in found.segments[:MOST_ROWS]
    ]  # fmt: skip


def _span(corridor):
    """From the first to the last month that is known, or the years where no more is known."""
    return " – ".join(dict.fromkeys(_month(day) for day in (corridor.first, corridor.last) if day))


def _month(day):
    return date_format(date.fromisoformat(f"{day[:7]}-01"), "F Y") if len(day) > 4 else day


def _means(codes):
    return ", ".join(catalogues.name_of("transports", code) for code in codes)


def _opened(request, asked, found):
    """The records behind one segment, for those who may see them one by one."""
    origin, destination = request.GET.get("dari", ""), request.GET.get("ke", "")
    pairs = {(segment.origin, segment.destination) for segment in found.segments}
    if not asked.exact or (origin, destination) not in pairs:
        return {}
    rows = routes.records(found.question, origin, destination, officer=request.user, at=request.at)
    return {
        "opened": (found.named(origin), found.named(destination)),
        "records": [(routes.KINDS[kind], *_link(kind, row)) for kind, row in rows],
    }


def _link(kind, row):
    """(number, address) of a record, as its own page has them."""
    if kind == "reports":
        return row.number, reverse("desk:report", args=[row.number])
    if kind == "victims":
        return row.case.number, reverse("desk:case_person", args=[row.case.number, row.pk])
    return row.number, reverse("desk:returnee", args=[row.manifest.number, row.row])
