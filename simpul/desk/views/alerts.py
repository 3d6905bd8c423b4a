"""Alerts at the desk: what stands, one with its figures and the records behind it, how often they were right; and
the question whether new reports gather in words nobody used before.
"""

from dataclasses import dataclass
from itertools import chain

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import leaf, page, said, status_of, tried, typed
from simpul.desk.forms import alerts as forms
from simpul.desk.views.cases import one_click
from simpul.insight import alerts as room
from simpul.insight import routes, series, watch, wording
from simpul.insight.figures import THRESHOLD, places_at
from simpul.insight.methods.refusal import Refused
from simpul.insight.models import Alert
from simpul.insight.telling import in_figures
from simpul.intake import access
from simpul.journal.entries import label
from simpul.lib.rules import allows
from simpul.obligations.models import Obligation
from simpul.places.regions import path_names
from simpul.privacy.assessment import share
from simpul.reference import catalogues

SECTION = "desk:alerts"
READERS = (Right.SEE_FACTS, Right.TRIAGE, Right.KEEP_MANIFESTS)
# So many records behind an alert stand on its page.
MOST_RECORDS = 30
CENTURY = 36525

METHODS = {
    "scan.permutation": gettext_lazy(
        "Scan in place and time, by permutation: more here and now than is usual here and usual now. Windows of "
        "districts, up to %(longest)s days long and lasting until the end, over %(days)s days."
    ),
    "warning.seasonal": gettext_lazy("Early warning: compared with the same season of the years before."),
    "warning.recent": gettext_lazy("Early warning: compared with the months before, as no two years are known yet."),
    "modus.bursts": gettext_lazy("Burst of a sign: it comes more often in the last weeks than in %(weeks)s weeks."),
    "modus.gathering": gettext_lazy(
        "New wording: reports that resemble each other and none of %(past)s earlier ones. An officer who may read them "
        "asked for it; no word of them is kept here."
    ),
    "flows.shifts": gettext_lazy("Change of routes: more journeys on this segment than in the quarter before."),
}
LABELS = {
    "count": gettext_lazy("Counted"),
    "expected": gettext_lazy("To be expected"),
    "times": gettext_lazy("Times as many"),
    "high": gettext_lazy("Usual is at most"),
    "among": gettext_lazy("Among"),
    "km": gettext_lazy("Radius in kilometres"),
    "left_out": gettext_lazy("Without a known district, left out"),
}
# Where the number counted is hidden, these would tell it.
OF_THE_COUNT = ("times",)


@dataclass(frozen=True)
class Row:
    """A line of the list."""

    alert: object
    where: str
    count: str
    sign: str
    clock: object


@officers(*READERS)
def alerts(request):
    """Alerts of the officer's region, those that stand first."""
    _check_reads(request.user)
    found = leaf(request, room.alerts_for(request.user))
    clocks = Obligation.objects.filter(rule=room.CLOCK, subject__in=[label(one) for one in found])
    clock_of = {clock.subject: clock for clock in clocks.order_by("pk")}
    names = path_names({each.place_id for one in found for each in one.places.all()} | {one.place_id for one in found})
    routes_ = routes.names({node for one in found for node in _nodes(one)})
    rows = [
        Row(one, where(one, names), counted(one, request.user), sign(one, routes_), clock_of.get(label(one)))
        for one in found
    ]
    return page(
        request, "alerts/list", section=SECTION, leaf=found, rows=rows, threshold=THRESHOLD,
        reads=request.user.may(Right.TRIAGE) and request.user.agency.triages,
    )  # fmt: skip


@officers(*READERS)
def alert(request, number):
    """One alert: where, since when, how many, how it was found, the records behind it; and closing it."""
    one = room.alert_for(request.user, number)
    form = forms.Found(typed(request))
    if form.is_valid() and tried(form, room.close, one, by=request.user, at=request.at, **form.cleaned_data):
        said(request, _("The alert is closed. What you found counts for how often such alerts are right."))
        return redirect("desk:alert", number)
    if form.errors:
        one = room.alert_for(request.user, number)
    exact = room.sees_exact(request.user, one)
    places = [each.place_id for each in one.places.all()]
    names = path_names({*places, one.place_id})
    behind = room.behind(one, request.user, at=request.at)
    return page(
        request, "alerts/alert", section=SECTION, status=status_of(form), alert=one, form=form, exact=exact,
        sign=sign(one, routes.names(_nodes(one))), places=sorted(names.get(code, code) for code in places),
        figures=figures(one, exact=exact), chance=chance(one), method=method(one), threshold=THRESHOLD,
        records=list(behind[:MOST_RECORDS]) if behind is not None else [],
        more=max(0, behind.count() - MOST_RECORDS) if behind is not None else 0,
        may_look=allows(room.check_may_look_into, one, by=request.user),
        clock=Obligation.objects.filter(rule=room.CLOCK, subject=label(one)).order_by("-pk").first(),
        facts=request.user.may(Right.SEE_FACTS),
    )  # fmt: skip


@officers(*READERS)
@require_POST
def take_up(request, number):
    """The officer looks into it, by name."""
    one = room.alert_for(request.user, number)
    if one_click(request, room.take_up, one):
        said(request, _("You are looking into this alert."))
    return redirect("desk:alert", number)


@officers(*READERS)
def record(request):
    """How often alerts were right, by kind, and how many false ones are to be expected."""
    _check_reads(request.user)
    kinds = dict(Alert.Kind.choices)
    rows = [
        (kinds[one.kind], one, share(one.share) if one.share else _("too few were closed to say"))
        for one in room.records(request.user)
    ]
    counts, regencies = len(series.SUBJECTS), len(places_at(settings.REGION, "regency"))
    by_scan = counts * 365 / watch.SCAN_DAYS
    by_warning = counts * regencies * 12 * watch.WARNING_LEVEL
    return page(
        request, "alerts/record", section=SECTION, rows=rows, enough=room.ENOUGH, by_scan=round(by_scan),
        by_warning=round(by_warning, 1), scan_days=watch.SCAN_DAYS,
    )  # fmt: skip


@officers(Right.TRIAGE)
def new_wording(request):
    """Do new reports gather in words nobody used before? Their texts are opened for this request, and written down."""
    officer = request.user
    if not officer.agency.triages:
        raise Http404
    form = forms.Wording(typed(request))
    days = form.cleaned_data["days"] if form.is_valid() else form.fields["days"].initial
    past, now = wording.reports_for(officer, days=days, at=request.at)
    found = None
    if form.is_valid():
        found = _gathered(form, past, now, officer, request.at)
    return page(
        request, "alerts/wording", section=SECTION, status=status_of(form), form=form, found=found, now=len(now),
        past=len(past), most=wording.MOST_NOW + wording.MOST_PAST,
    )  # fmt: skip


def _gathered(form, past, now, officer, at):
    """What gathers; None, an error of the form and nothing opened where there is too little to compare with."""
    if len(past) < wording.LEAST_PAST:
        form.add_error(
            None,
            ngettext(
                "There is only %(past)d earlier report to compare with; %(least)d are needed. Nothing was opened.",
                "There are only %(past)d earlier reports to compare with; %(least)d are needed. Nothing was opened.",
                len(past),
            )
            % {"past": len(past), "least": wording.LEAST_PAST},
        )
        return None
    words = access.read_statements([*past, *now], by=officer, at=at)
    texts = {
        report.pk: wording.Text(
            report.pk, report.number, report.place_id or "", localdate(report.received_at), words[report.pk]
        )
        for report in chain(past, now)
        if report.pk in words
    }
    before = [texts[report.pk] for report in past if report.pk in texts]
    after = [texts[report.pk] for report in now if report.pk in texts]
    try:
        return wording.look(before, after, by=officer, at=at)
    except Refused:
        form.add_error(None, _("There are too few earlier reports that can still be read to compare with."))
        return None


# --- an alert in words


def where(one, names):
    """The places of an alert, the region alone where they are many."""
    codes = [each.place_id for each in one.places.all()]
    if len(codes) == 1:
        return names.get(codes[0], codes[0])
    region = names.get(one.place_id, one.place_id)
    return _("%(number)d places in %(region)s") % {"number": len(codes), "region": region}


def counted(one, officer):
    """The number counted, or that it is small."""
    return _told(one.figures["count"], exact=room.sees_exact(officer, one))


def figures(one, *, exact):
    """(words, number) of an alert, in a fixed order; small numbers as far as they may be seen."""
    small = not exact and one.figures["count"] < THRESHOLD
    rows = []
    for name, words in LABELS.items():
        if name not in one.figures or (small and name in OF_THE_COUNT):
            continue
        value = one.figures[name]
        # A circle without a radius is the one district that is named anyway.
        if name == "km" and not value:
            continue
        rows.append((words, _told(value, exact=exact) if name in ("count", "left_out") else in_figures(value)))
    return rows


def chance(one):
    """How often chance alone shows as much, in plain words; "" where the method does not say."""
    days = one.figures.get("recurrence_days")
    if not days:
        return ""
    if days >= CENTURY:
        return _("By chance alone, something as strong would be seen here less than once in a hundred years.")
    return _("By chance alone, something as strong would be seen about once in %(span)s.") % {"span": _span(days)}


def method(one):
    """How it was found, with the settings."""
    return METHODS[one.method] % one.settings if one.method in METHODS else one.method


def sign(one, names):
    """The sign in words: a term of a catalogue, or from where to where."""
    if one.kind == Alert.Kind.ROUTE:
        return " – ".join(names.get(node, node) for node in _nodes(one))
    catalogue, code = one.catalogue_and_code
    return catalogues.name_of(catalogue, code) if code else ""


def _nodes(one):
    return one.sign.split(">") if one.kind == Alert.Kind.ROUTE else []


def _told(number, *, exact):
    if not exact and 0 < number < THRESHOLD:
        return _("fewer than %(number)d") % {"number": THRESHOLD}
    return in_figures(number)


def _span(days):
    if days < 60:
        return ngettext("%(n)d day", "%(n)d days", round(days)) % {"n": round(days)}
    if days < 730:
        months = round(days * 12 / 365.2425)
        return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
    years = round(days / 365.2425)
    return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}


def _check_reads(officer):
    """Whoever reads reports, at an agency that takes none, has no alerts."""
    if not any(officer.may(right) for right in (Right.SEE_FACTS, Right.KEEP_MANIFESTS)) and not officer.agency.triages:
        raise Http404
