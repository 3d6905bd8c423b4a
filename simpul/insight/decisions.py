"""Decisions: what waits for the head of the region, most urgent first, computed from plain facts.

Each says what is to be decided, why, and where the records behind it are. What is wrong with a clock is told of an
agency, never of an officer; what is few of people is told without its number to those who see figures only.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import reduce
from math import erfc, sqrt

from django.db.models import Count, Min
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.agencies.roles import Right, Role
from simpul.insight import figures
from simpul.insight.models import Alert, Release
from simpul.insight.periods import period
from simpul.insight.tallies import InTime
from simpul.insight.telling import grouped, percent
from simpul.obligations import queries
from simpul.obligations.rules import rule
from simpul.places.models import Place
from simpul.places.regions import regency_of
from simpul.reference import catalogues

MOST = 7
# So many offices, places or indicators are named; how many others there are is told.
NAMED = 2
# Of one kind at most so many stand on the list.
OF_A_KIND = 2
# An obligation that ran out so long ago does not only wait for a busy week to end.
LATE_DAYS = 14
VISIT, VISIT_DAYS = "visit_returnee", 14
# Of fewer clocks nothing is said about an office.
LEAST = 10
FALSE = 0.05
# An indicator that is older describes another time: the census of households is drawn every few years.
OLD_YEARS = 5


@dataclass(frozen=True)
class Decision:
    """One thing to decide. `leads_to` is a page by name with the parts of its address; "" where there is none."""

    kind: str
    words: str
    reason: str
    figures: dict = field(default_factory=dict)
    leads_to: tuple = ("", ())


def waiting(officer, *, in_time, places, index, at):
    """At most seven decisions for the head of the officer's region, most urgent first.

    `in_time` are {agency: `tallies.InTime`} of the last months, `places` those of `vulnerability.first_to_look`,
    `index` the vulnerability of the regencies.
    """
    found = [
        *escalated(officer),
        *overdue(officer, at=at),
        *unvisited(officer, at=at),
        *unwatched(officer),
        *below_the_others(in_time),
        *to_release(officer),
        *unseen(places),
        *outdated(index, at=at),
    ]
    return found[:MOST]


def escalated(officer):
    """What came up to the head because nobody below met it."""
    mine = queries.visible_to(officer).standing().filter(escalated_to__contains=Role.HEAD_OF_REGION)
    oldest = mine.order_by("escalated_at", "pk").first()
    if oldest is None:
        return []
    by_agency = mine.order_by().values_list("owed_by__name").annotate(number=Count("pk")).order_by("-number", "owed_by")
    number = sum(each for _name, each in by_agency)
    words = ngettext(
        "Decide on %(number)s obligation that came up to you: %(agencies)s.",
        "Decide on %(number)s obligations that came up to you: %(agencies)s.",
        number,
    )
    reason = _("Nobody below acted in time. The oldest, “%(rule)s”, came up on %(day)s.")
    return [
        Decision(
            "escalated",
            words % {"number": grouped(number), "agencies": _named(name for name, _number in by_agency)},
            reason % {"rule": rule(oldest.rule).name, "day": _day(oldest.escalated_at)},
            {"number": number},
            ("today", ()),
        )
    ]


def overdue(officer, *, at):
    """Agencies whose obligations ran out long ago, the most of them first; what came up to the head is told above."""
    before = at - timedelta(days=LATE_DAYS)
    elsewhere = [VISIT, *(term.code for term in catalogues.terms("obligations") if rule(term.code).owed_from_outside)]
    late = queries.visible_to(officer).running().filter(due_at__lt=before).exclude(rule__in=elsewhere)
    late = late.exclude(escalated_to__contains=Role.HEAD_OF_REGION).order_by()
    counted = late.values_list("owed_by", "owed_by__name").annotate(number=Count("pk"), since=Min("due_at"))
    first = counted.order_by("-number", "since", "owed_by")[:OF_A_KIND]
    return [_overdue(name, number, late.filter(owed_by=pk)) for pk, name, number, _since in first]


def _overdue(name, number, late):
    words = ngettext(
        "Ask %(agency)s for a date: %(number)s obligation overdue for more than %(days)s days.",
        "Ask %(agency)s for a date: %(number)s obligations overdue for more than %(days)s days.",
        number,
    )
    code, due_at = late.order_by("due_at", "pk").values_list("rule", "due_at").first()
    return Decision(
        "overdue",
        words % {"agency": name, "number": grouped(number), "days": LATE_DAYS},
        _("The oldest, “%(rule)s”, ran out on %(day)s.") % {"rule": rule(code).name, "day": _day(due_at)},
        {"number": number},
        ("today", ()),
    )


def unvisited(officer, *, at):
    """Where people who came home have waited for a visit for more than two weeks.

    One clock is one person, so places are named and nobody is counted.
    """
    since = at - timedelta(days=VISIT_DAYS)
    waits = queries.visible_to(officer).standing().filter(rule=VISIT, opened_at__lt=since).exclude(place=None)
    oldest = waits.order_by().values("place_id").annotate(oldest=Min("opened_at")).order_by("oldest", "place_id")
    codes = dict.fromkeys(_told_of(each["place_id"], officer) for each in oldest)
    if not codes:
        return []
    names = figures.places_at(officer.jurisdiction, _level_below(officer))
    words = _("Have those who came home visited where they wait longest: %(places)s.")
    return [
        Decision(
            "unvisited",
            words % {"places": _named([names.get(code, code) for code in codes])},
            _("There the %(days)s days for a visit are over. How many people that are is not told here.")
            % {"days": VISIT_DAYS},
            {"places": len(codes)},
            ("map", ()),
        )
    ]


def unwatched(officer):
    """Alerts that stand and that nobody has taken up."""
    raised = Alert.objects.visible_to(officer).filter(state=Alert.State.RAISED).select_related("agency")
    rows = list(raised.order_by("raised_at", "pk"))
    if not rows:
        return []
    words = ngettext(
        "Have an alert looked into by %(agencies)s.", "Have %(number)s alerts looked into by %(agencies)s.", len(rows)
    )
    reason = _("Nobody has taken up the oldest, “%(kind)s”, raised on %(day)s.")
    return [
        Decision(
            "alert",
            words % {"number": grouped(len(rows)), "agencies": _named(dict.fromkeys(r.agency.name for r in rows))},
            reason % {"kind": rows[0].get_kind_display(), "day": _day(rows[0].raised_at)},
            {"number": len(rows)},
            ("alert", (rows[0].number,)) if len(rows) == 1 else ("alerts", ()),
        )
    ]


def below_the_others(in_time):
    """Agencies that met clearly less in time than all others of the region, the lowest share first."""
    every = reduce(_together, in_time.values(), InTime(0, 0))
    compared = [(agency, own, InTime(every.met - own.met, every.of - own.of)) for agency, own in in_time.items()]
    compared = [one for one in compared if min(one[1].of, one[2].of) >= LEAST]
    low = [one for one, is_low in zip(compared, are_low([one[1:] for one in compared]), strict=True) if is_low]
    low.sort(key=lambda one: (one[1].share, one[0].name))
    return [_below(*one) for one in low[:OF_A_KIND]]


def are_low(pairs):
    """Of each (own, others) whether the own share is lower by more than chance.

    Its 95 % limits lie below those of the others; and as many agencies are looked at, of which some would stand out by
    chance alone, false discoveries are controlled at 5 %.
    """
    from simpul.insight.methods.discoveries import benjamini_hochberg

    adjusted = benjamini_hochberg([_chance(own, others) for own, others in pairs]) if pairs else []
    return [own.high < others.low and p <= FALSE for (own, others), p in zip(pairs, adjusted, strict=True)]


def _chance(own, others):
    """How often equally good agencies would differ as much, or more: two shares compared by the normal distribution."""
    share = (own.met + others.met) / (own.of + others.of)
    spread = sqrt(share * (1 - share) * (1 / own.of + 1 / others.of))
    return erfc((others.share - own.share) / spread / sqrt(2)) / 2 if spread else 1.0


def _together(one, other):
    return InTime(one.met + other.met, one.of + other.of)


def _below(agency, own, others):
    reason = _("It met %(met)s of %(of)s in time, %(share)s (%(low)s to %(high)s); the others met %(others)s.")
    return Decision(
        "share",
        _("Ask %(agency)s what it needs to keep its time limits.") % {"agency": agency.name},
        reason
        % {
            "met": grouped(own.met), "of": grouped(own.of), "share": percent(own.share), "low": percent(own.low),
            "high": percent(own.high), "others": percent(others.share),
        },
        {"met": own.met, "of": own.of},
        ("today", ()),
    )  # fmt: skip


def to_release(officer):
    """Open data that waits for a second officer, or to be published."""
    if not officer.may(Right.RELEASE_FIGURES):
        return []
    waits = Release.objects.filter(state__in=[Release.State.DRAFT, Release.State.APPROVED])
    waits = waits.only("number", "period", "state", "made_at", "made_by_id").order_by("made_at", "pk")
    return [_to_release(each) for each in waits if each.state == Release.State.APPROVED or
            each.made_by_id != officer.pk][:OF_A_KIND]  # fmt: skip


def _to_release(release):
    words = (
        _("Publish the open data of %(period)s, or drop them.")
        if release.state == Release.State.APPROVED
        else _("Approve the open data of %(period)s, or drop them.")
    )
    return Decision(
        "release",
        words % {"period": period(release.period).name},
        _("%(number)s was drafted on %(day)s and waits for you.")
        % {"number": release.number, "day": _day(release.made_at)},
        {},
        ("release", (release.number,)),
    )


def unseen(places):
    """Places where much comes together and few look, the highest rank first."""
    if not places:
        return []
    return [
        Decision(
            "unseen",
            _("Send somebody to look in %(places)s.") % {"places": _named([place.name for place in places])},
            _("There much comes together that makes people leave in danger, and few look: a low count is no low risk."),
            {"places": len(places)},
            ("vulnerability_place", (places[0].code,)) if len(places) == 1 else ("vulnerability", ()),
        )
    ]


def outdated(index, *, at):
    """Indicators of weight that lack places, or are so old that they tell of another time."""
    year = localdate(at).year
    old = [column for column in index.columns if column.about.weight > 0 and _is_old(column, year)]
    if not old:
        return []
    return [
        Decision(
            "indicators",
            _("Ask for newer figures of %(indicators)s.") % {"indicators": _named([each.about for each in old])},
            _("The map of vulnerability counts them as of %(year)s, or some places are missing; ranks tell of then.")
            % {"year": min(column.year for column in old)},
            {"indicators": len(old)},
            ("vulnerability", ()),
        )
    ]


def _is_old(column, year):
    return not column.is_whole or year - column.year >= OLD_YEARS


def _named(names):
    """Some names in a row, and how many others there are."""
    names = [str(name) for name in names]
    told, others = ", ".join(names[:NAMED]), len(names) - NAMED
    if others <= 0:
        return told
    words = ngettext("%(names)s and %(number)s other", "%(names)s and %(number)s others", others)
    return words % {"names": told, "number": grouped(others)}


def _level_below(officer):
    code = officer.jurisdiction
    return Place.Level.REGENCY if "." not in code else Place.Level.DISTRICT


def _told_of(code, officer):
    """The place below the region under which a code is told of: its regency, inside a regency its district."""
    return regency_of(code) if "." not in officer.jurisdiction else ".".join(code.split(".")[:3])


def _day(moment):
    """A day that does not break between its parts."""
    return date_format(localdate(moment), "j F Y").replace(" ", "\u00a0")
