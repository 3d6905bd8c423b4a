"""Alerts: raised by what watches the figures, looked into by a named officer, closed with what was found.

What was found already is not raised again: an alert of the same kind that shares a place and a day with one that
stands lets it grow. One that was closed comes back only when it has become half as large again.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Case as Choice
from django.db.models import Q, TextField, When
from django.db.models.functions import Cast
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.agencies.models import Agency
from simpul.agencies.offices import nearest
from simpul.agencies.roles import Right
from simpul.cases.models import Case
from simpul.insight.models import Alert, AlertPlace
from simpul.insight.series import NOT_COUNTED
from simpul.intake.models import Finding, Report
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.journal.series import next_in
from simpul.lib.rules import NotAllowed, NotFound
from simpul.linkage.quality import wilson
from simpul.migrants.models import Returnee
from simpul.obligations import book
from simpul.places.regions import ancestors, within
from simpul.reference import catalogues

CLOCK = "look_into_alert"
OUTCOMES = "alert_outcomes"
# So much larger has to be what was closed already before it is raised again.
LARGER = 1.5
# Of fewer closed alerts no share is told.
ENOUGH = 10


@dataclass(frozen=True)
class Seen:
    """What a method has seen: of what, where, in which days, with its figures (`count` among them) and settings."""

    kind: str
    subject: str
    places: tuple
    first_on: date
    last_on: date
    figures: dict
    method: str
    settings: dict = field(default_factory=dict)
    sign: str = ""


@dataclass(frozen=True)
class Record:
    """How often alerts of a kind were right: how many were raised, stand, were right, were not, remained unclear."""

    kind: str
    raised: int
    standing: int
    right: int
    wrong: int
    unclear: int

    @property
    def share(self):
        """The share that was right, of those of which that is known; None where they are too few to say."""
        return wilson(self.right, self.right + self.wrong) if self.right + self.wrong >= ENOUGH else None


def raise_(seen, *, at, by=None):
    """Raise an alert, or let one that stands grow; returns it, or None where it is known and closed.

    `by` is the officer who asked for it, None for the watch of the night.
    """
    with transaction.atomic():
        alike = Alert.objects.alike(kind=seen.kind, subject=seen.subject, sign=seen.sign)
        alike = alike.overlapping(seen.places, first_on=seen.first_on, last_on=seen.last_on).order_by("-pk")
        standing = alike.standing().select_for_update().first()
        if standing is not None:
            return _grow(standing, seen, by=by, at=at)
        closed = alike.first()
        if closed is not None and seen.figures["count"] < LARGER * closed.figures["count"]:
            return None
        return _raise(seen, by=by, at=at)


def _raise(seen, *, by, at):
    place = common(seen.places)
    agency = looks_into(place)
    if agency is None:
        # An installation without offices has nobody to tell.
        return None
    year = localdate(at).year
    alert = Alert.objects.create(
        number=f"P-{year}-{next_in(f'alert {year}'):04d}", kind=seen.kind, subject=seen.subject, sign=seen.sign,
        place_id=place, first_on=seen.first_on, last_on=seen.last_on, figures=seen.figures, method=seen.method,
        settings=seen.settings, agency=agency, raised_at=at, raised_by=by,
    )  # fmt: skip
    AlertPlace.objects.bulk_create(AlertPlace(alert=alert, place_id=code) for code in sorted(seen.places))
    enter(Act.ALERT_RAISED, on=alert, by=by, at=at, kind=seen.kind, method=seen.method, number=alert.number)
    book.open_(
        CLOCK, on=alert, file=alert, number=alert.number, owed_by=agency, place=place, by=by, at=at
    )  # fmt: skip
    return alert


def _grow(alert, seen, *, by, at):
    """Take over the newer figures; places and days are added, and the journal tells it where something came in."""
    known = set(alert.places.values_list("place_id", flat=True))
    new = set(seen.places) - known
    larger = seen.figures["count"] > alert.figures["count"]
    first_on, last_on = min(alert.first_on, seen.first_on), max(alert.last_on, seen.last_on)
    if not new and not larger and (first_on, last_on) == (alert.first_on, alert.last_on):
        return alert
    AlertPlace.objects.bulk_create(AlertPlace(alert=alert, place_id=code) for code in sorted(new))
    alert.first_on, alert.last_on = first_on, last_on
    alert.place_id = common(known | new)
    if larger:
        alert.figures, alert.settings, alert.method = seen.figures, seen.settings, seen.method
    if larger or new:
        alert.grown_at = at
        enter(Act.ALERT_GROWN, on=alert, by=by, at=at, count=alert.figures["count"], places=len(known | new))
    alert.save()
    return alert


@transaction.atomic
def take_up(alert, *, by, at):
    """An officer looks into it, by name; another one of the same office may take it over."""
    _hold(alert)
    check_may_look_into(alert, by=by)
    _move(alert, Alert.State.LOOKING)
    alert.officer, alert.taken_up_at = by, at
    alert.save(update_fields=["state", "officer", "taken_up_at"])
    enter(Act.ALERT_TAKEN_UP, on=alert, by=by, at=at)


@transaction.atomic
def close(alert, *, outcome, by, at):
    """Close with what was found, a code of the catalogue; whoever closes is who looked into it."""
    _hold(alert)
    check_may_look_into(alert, by=by)
    if not catalogues.is_code(OUTCOMES, outcome):
        raise NotAllowed(_("Choose from the list what was found."))
    _move(alert, Alert.State.CLOSED)
    alert.officer, alert.outcome, alert.closed_at = by, outcome, at
    alert.taken_up_at = alert.taken_up_at or at
    alert.save(update_fields=["state", "officer", "outcome", "taken_up_at", "closed_at"])
    enter(Act.ALERT_CLOSED, on=alert, by=by, at=at, outcome=outcome)
    book.meet(CLOCK, on=alert, by=by, at=at, evidence=alert)


def check_may_look_into(alert, *, by):
    """The office that owes it: its officers who see facts, or the head of the unit."""
    if by.agency_id != alert.agency_id or not (by.may(Right.SEE_FACTS) or by.may(Right.EXCLUDE)):
        raise NotAllowed(_("Only %(agency)s looks into this alert.") % {"agency": alert.agency.name})
    if not alert.is_standing:
        raise NotAllowed(_("This alert was closed already. Reload the page to see what was found."))


def alert_for(officer, number):
    """An alert that an officer may see."""
    alert = with_names(Alert.objects.visible_to(officer)).filter(number=number).first()
    if alert is None:
        raise NotFound(number)
    return alert


def alerts_for(officer):
    """Alerts of the officer's region: those that stand first, then the newest."""
    found = with_names(Alert.objects.visible_to(officer))
    return found.order_by(_closed_last(), "-raised_at", "-pk")


def with_names(alerts):
    return alerts.select_related("place", "agency", "officer", "raised_by").prefetch_related("places")


def sees_exact(officer, alert):
    """Whether small numbers of an alert are shown: to those who may see what was counted, one by one.

    Who sees facts sees every case of the region without identities; who reads reports there sees the reports; who
    meets people sent home sees these. Of journeys none is raised that is small.
    """
    if alert.subject == Alert.Subject.CASES:
        return officer.may(Right.SEE_FACTS)
    if alert.subject == Alert.Subject.REPORTS:
        return officer.may(Right.TRIAGE) and officer.agency.triages and officer.serves(alert.place_id)
    return officer.may(Right.MEET_RETURNEES) and officer.serves(alert.place_id)


def records(officer):
    """How often alerts were right, by kind: `Record`s of the kinds that were ever raised in the officer's region."""
    rows = Alert.objects.visible_to(officer).values_list("kind", "state", "outcome")
    told = {term.code: term.extra["counts_as"] for term in catalogues.terms(OUTCOMES)}
    counts = {}
    for kind, state, outcome in rows:
        standing = state != Alert.State.CLOSED
        counts.setdefault(kind, Counter())["standing" if standing else told.get(outcome) or "unclear"] += 1
    return [
        Record(kind, sum(found.values()), found["standing"], found["right"], found["wrong"], found["unclear"])
        for kind, found in sorted(counts.items(), key=lambda one: Alert.Kind.values.index(one[0]))
    ]


def behind(alert, officer, *, at):
    """The records that an alert counts, as far as they are open to an officer: a queryset, or None for journeys."""
    if alert.subject == Alert.Subject.LEGS:
        return None
    codes = [each.place_id for each in alert.places.all()]
    if alert.subject == Alert.Subject.RETURNS:
        rows = Returnee.objects.visible_to(officer).filter(_at(codes, "home"))
        rows = rows.filter(arrived_on__range=(alert.first_on, alert.last_on)).select_related("manifest", "home")
        return rows.order_by("-arrived_on", "pk")
    if alert.subject == Alert.Subject.REPORTS:
        rows, moment = Report.objects.visible_to(officer).exclude(status__in=NOT_COUNTED), "received_at"
        if "reports" in alert.figures:
            return rows.filter(pk__in=alert.figures["reports"]).select_related("place").order_by("-received_at", "pk")
    else:
        facts = officer.may(Right.SEE_FACTS)
        rows = Case.objects.facts_visible_to(officer) if facts else Case.objects.visible_to(officer, at=at)
        moment = "opened_at"
    rows = rows.filter(_at(codes, "place"), **{f"{moment}__date__range": (alert.first_on, alert.last_on)})
    return _bearing(alert, rows).select_related("place").order_by(f"-{moment}", "pk")


def common(places):
    """The smallest region that holds all of some places."""
    chains = [[*ancestors(code), code] for code in places]
    shared = [codes[0] for codes in zip(*chains, strict=False) if len(set(codes)) == 1]
    if not shared:
        raise ValueError("These places lie in no common region.")
    return shared[-1]


def looks_into(place):
    """The office that looks into an alert of a place: the nearest secretariat, else the unit that takes reports there,
    else the one that takes them from everywhere; None where there is none.
    """
    found = nearest("secretariat", place)
    found += [agency for agency in nearest("uptd_ppa", place) if agency.triages]
    return found[0] if found else Agency.objects.working().filter(triages=True, takes_unplaced=True).first()


def _at(codes, field):
    """The condition of lying at or below one of some places."""
    return reduce(or_, (within(code, field) for code in codes), Q(pk__in=[]))


def _bearing(alert, rows):
    """Those of some reports or cases that bear the sign of an alert."""
    catalogue, code = alert.catalogue_and_code
    if catalogue == "modus":
        return rows.filter(modus=code)
    if catalogue == "means":
        return rows.filter(findings__element=Finding.Element.MEANS, findings__term=code)
    if catalogue == "exploitation_kinds":
        # Both databases write a list as '["sexual", "unpaid_work"]'; they have no other question in common.
        return rows.annotate(kinds_written=Cast("kinds", TextField())).filter(kinds_written__contains=f'"{code}"')
    return rows


def _closed_last():
    return Choice(When(state=Alert.State.CLOSED, then=1), default=0)


def _hold(alert):
    alert.refresh_from_db(fields=["state", "officer", "taken_up_at"], from_queryset=Alert.objects.select_for_update())


def _move(alert, state):
    if state not in Alert.NEXT[alert.state]:
        raise NotAllowed(_("This alert was closed already. Reload the page to see what was found."))
    alert.state = state
