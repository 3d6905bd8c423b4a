"""Legs: the steps of somebody's way, in their order, as plain facts about a report, a victim or somebody sent home.

Whose way it is stands above this room; who may write it is asked there (`intake.ways`, `cases.ways`,
`migrants.ways`). A crossing that is no post is kept by its district: nobody finds a trail in the table.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.journal.acts import Act
from simpul.journal.entries import enter, label
from simpul.lib.rules import NotAllowed
from simpul.places.models import BorderPost, Leg, Place
from simpul.places.regions import ancestors, level_of, regency_of
from simpul.reference import catalogues

# Of a longer way somebody writes the part that matters.
MOST = 12
OF_POST = {BorderPost.Kind.OFFICIAL: Leg.Crossing.OFFICIAL, BorderPost.Kind.LOCAL: Leg.Crossing.LOCAL}


@dataclass(frozen=True)
class Step:
    """One step as it was told. An end is a `Place`, or a code of `foreign_places` or `countries`.

    `on` is the first day of what is known: of a month or a year, as `precision` says. `crossed_in` is a place in the
    district where a border was crossed off the posts.
    """

    origin: Place | str
    destination: Place | str
    transport: str = ""
    crossing: str = ""
    post: BorderPost | None = None
    crossed_in: Place | None = None
    on: date | None = None
    precision: str = ""
    confidence: str = "person"


def of(thing):
    """The legs of a report, a victim or somebody sent home, in their order."""
    found = Leg.objects.filter(subject=label(thing)).order_by("position")
    return found.select_related("origin", "destination", "post", "crossed_in")


@transaction.atomic
def record(thing, steps, *, by, at, file=None):
    """Write the way of somebody who has none on record yet."""
    if Leg.objects.filter(subject=label(thing)).exists():
        raise NotAllowed(_("A way is on record already. Reload the page and correct it."))
    return _written(thing, steps, by=by, at=at, file=file)


def state(thing):
    """What changes whenever the way is written anew: a form carries it along."""
    found = Leg.objects.filter(subject=label(thing)).values_list("pk", flat=True)
    return "-".join(map(str, sorted(found)))


@transaction.atomic
def replace(thing, steps, *, by, at, file=None, seen=None):
    """Write the way anew; no step of the earlier one is left. Without steps the way is removed.

    `seen` is the state that the writer had before the eyes: what somebody else wrote meanwhile is not overwritten.
    """
    if seen is not None and seen != state(thing):
        raise NotAllowed(
            _("Somebody else wrote this way anew while you were writing. Open the page in another window, compare, and"
              " write it once more.")
        )  # fmt: skip
    if not steps:
        remove(thing, by=by, at=at, file=file)
        return []
    Leg.objects.filter(subject=label(thing)).delete()
    return _written(thing, steps, by=by, at=at, file=file)


@transaction.atomic
def remove(thing, *, by, at, file=None):
    """Take the way out; the journal keeps that there was one, and not which."""
    gone, _models = Leg.objects.filter(subject=label(thing)).delete()
    if gone:
        enter(Act.WAY_REMOVED, on=thing, file=file, by=by, at=at, legs=gone)
    return gone


def coarsen(thing):
    """Of what was erased the way stays for the figures: places to the regency, days to the year, posts as they are."""
    changed = list(Leg.objects.filter(subject=label(thing)))
    for leg in changed:
        leg.origin_id, leg.destination_id = _regency(leg.origin_id), _regency(leg.destination_id)
        leg.crossed_in_id = _regency(leg.crossed_in_id)
        if leg.on is not None:
            leg.on, leg.precision = leg.on.replace(month=1, day=1), Leg.Precision.YEAR
    Leg.objects.bulk_update(changed, ["origin", "destination", "crossed_in", "on", "precision"])
    return len(changed)


def _written(thing, steps, *, by, at, file):
    steps = list(steps)
    if not steps:
        raise NotAllowed(_("Write at least one step: from where, and to where."))
    if len(steps) > MOST:
        raise NotAllowed(_("A way has at most %(most)d steps. Leave out what matters least.") % {"most": MOST})
    made = [_leg(thing, number, step, at=at) for number, step in enumerate(steps, 1)]
    _check_days(made)
    Leg.objects.bulk_create(made)
    enter(Act.WAY_NOTED, on=thing, file=file, by=by, at=at, legs=len(made))
    return made


def _leg(thing, number, step, *, at):
    _check_codes(number, step)
    leg = Leg(
        subject=label(thing), position=number, transport=step.transport, crossing=_crossing_of(step), post=step.post,
        on=_first_day(step), precision=step.precision if step.on else "", confidence=step.confidence, noted_at=at,
    )  # fmt: skip
    leg.origin, leg.origin_abroad = _end(step.origin)
    leg.destination, leg.destination_abroad = _end(step.destination)
    leg.crossed_in_id = _district(number, step)
    if leg.begins_at == leg.ends_at and not leg.crossing:
        raise NotAllowed(_("Step %(number)d begins where it ends. Write where it leads.") % {"number": number})
    if leg.on and leg.on > localdate(at):
        raise NotAllowed(_("Step %(number)d lies in the future. Write when it happened.") % {"number": number})
    return leg


def _check_codes(number, step):
    if not (_is_known(step.origin) and _is_known(step.destination)):
        raise NotAllowed(_("Step %(number)d needs a beginning and an end.") % {"number": number})
    fits = (
        (not step.transport or catalogues.is_code("transports", step.transport))
        and step.crossing in Leg.Crossing
        and catalogues.is_code("way_confidences", step.confidence)
        and (not step.on or (step.precision in Leg.Precision and step.precision))
    )
    if not fits:
        raise NotAllowed(_("Step %(number)d: choose from the lists.") % {"number": number})


def _is_known(end):
    if isinstance(end, Place):
        return True
    return catalogues.is_code("foreign_places", end) or catalogues.is_code("countries", end)


def _end(end):
    return (end, "") if isinstance(end, Place) else (None, end)


def _crossing_of(step):
    """A post says itself what kind of crossing it is."""
    if step.post is None:
        return step.crossing
    return OF_POST.get(step.post.kind, Leg.Crossing.LOCAL)


def _district(number, step):
    """The district of an unofficial crossing, and of no other; never the village, let alone the trail."""
    if step.crossing != Leg.Crossing.UNOFFICIAL or step.post is not None or step.crossed_in is None:
        return None
    code = step.crossed_in.pk
    found = next((one for one in (code, *ancestors(code)) if level_of(one) == Place.Level.DISTRICT), None)
    if found is None:
        raise NotAllowed(
            _("Step %(number)d: write the district where the border was crossed, or leave it empty.")
            % {"number": number}
        )
    return found


def _first_day(step):
    if step.on is None or step.precision == Leg.Precision.DAY:
        return step.on
    return step.on.replace(day=1) if step.precision == Leg.Precision.MONTH else step.on.replace(month=1, day=1)


def _check_days(made):
    """A later step is not earlier, as far as both days are known."""
    last = None
    for leg in made:
        if leg.on is None:
            continue
        if last is not None and _key(leg.on, leg.precision, last) < _key(last.on, last.precision, leg):
            raise NotAllowed(
                _("Step %(later)d is earlier than step %(step)d. Check both days, or the order of the steps.")
                % {"later": leg.position, "step": last.position}
            )
        last = leg


def _key(on, precision, other):
    """A day as far as both of two steps know it."""
    known = {precision, other.precision}
    if Leg.Precision.YEAR in known:
        return (on.year,)
    return (on.year, on.month) if Leg.Precision.MONTH in known else (on.year, on.month, on.day)


def _regency(code):
    return code and (regency_of(code) or code)
