"""Counting: which rows a measure counts, where each of them is and whose, in the database's own words.

What a measure means is said in `measures`; that both agree is held by their tests.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Case as Choice
from django.db.models import Count, F, IntegerField, Q, Sum, Value, When
from django.db.models.functions import Coalesce, Substr

from simpul.agencies.exclusions import hidden_from, labels_hidden_from
from simpul.cases.models import Case, Referral, RestitutionStep, Service
from simpul.insight.models import AlertPlace
from simpul.intake.models import Report
from simpul.migrants.models import Returnee, Worker
from simpul.obligations.models import Obligation
from simpul.obligations.rules import rule
from simpul.privacy.models import Breach, Erasure
from simpul.reference import catalogues

# Deeper than a district no place is told of.
PROVINCE, REGENCY, DISTRICT = len("61"), len("61.07"), len("61.07.07")
TRIAGE = ("triage", "triage_danger")
VISIT = "visit_returnee"
# What a person may ask about the own data; the law sets the hours for most of it.
DATA = ("correct_data", "give_access_to_data", "stop_after_withdrawal", "restrict_processing", "answer_data_request")
# What an obligation was to be met by: the limit, or the target where no limit exists.
LAST = Coalesce("limit_at", "target_at")
ALL = Q()


@dataclass(frozen=True)
class Counted:
    """How a measure is counted: which rows (of a stock: as they stood at a moment), and where and whose each is.

    `moment` is the field of the day of a flow. `is_dated`: a stock that can be told of moments gone by. `hides` is the
    field by which a row belongs to a file, and the model of it; None for the label of an obligation's file. `spans`:
    one thing may lie in several regencies, a row for each place of it.
    """

    rows: Callable
    place: object
    agency: object = None
    moment: str = ""
    number: object = Count("pk")
    is_dated: bool = False
    hides: tuple | None = None
    spans: bool = False

    def unknown_to(self, officer):
        """The condition of lying in a file that must stay unknown to an officer; None where no file is meant."""
        if self.hides is None:
            return None
        field, model = self.hides
        return Q(**{f"{field}__in": labels_hidden_from(officer) if model is None else hidden_from(officer, model)})


def of_months(how, starts, *, at, only=ALL):
    """(number of the month, place, agency, number) of a flow, between the moments or days at which months begin."""
    # Compared with where months begin: so the database counts by itself and asks nobody for the month of a row.
    month = Choice(
        *(When(**{f"{how.moment}__lt": after}, then=Value(number)) for number, after in enumerate(starts[1:])),
        output_field=IntegerField(),
    )
    rows = how.rows(at).filter(only, **{f"{how.moment}__gte": starts[0], f"{how.moment}__lt": starts[-1]})
    return _grouped(how, rows.annotate(in_month=month), "in_month")


def standing(how, *, at, only=ALL):
    """(place, agency, number) of a stock at a moment."""
    return _grouped(how, how.rows(at).filter(only))


def _grouped(how, rows, *by):
    return _spanning(how, rows, *by) if how.spans else _by_place(how, rows, DISTRICT, *by)


def _spanning(how, rows, *by):
    """What lies in several regencies counts in each, and once in the province, where what is more is taken off."""
    found, more = list(_by_place(how, rows, REGENCY, *by)), Counter()
    for *key, place, agency, number in found:
        more[*key, place[:PROVINCE], agency] += number
    for *key, place, agency, number in _by_place(how, rows, PROVINCE, *by):
        more[*key, place, agency] -= number
    return found + [(*key, -number) for key, number in more.items() if number]


def _by_place(how, rows, length, *by):
    told = {"at_place": Coalesce(Substr(how.place, 1, length), Value(""))}
    told["of_agency"] = F(how.agency) if how.agency else Value(None, output_field=IntegerField())
    rows = rows.annotate(**told).values_list(*by, "at_place", "of_agency")
    return rows.annotate(counted=how.number).order_by()


# --- the rows


def _reports(_at):
    return Report.objects.real()


def _reports_waiting(at):
    return Report.objects.real().filter(Q(decided_at=None) | Q(decided_at__gt=at), received_at__lte=at)


def _cases(_at):
    return Case.objects.exclude(stage=Case.Stage.CANCELLED)


def _cases_open(at):
    return _cases(at).filter(Q(closed_at=None) | Q(closed_at__gt=at), opened_at__lte=at)


def _services(_at):
    return Service.objects.exclude(case__stage=Case.Stage.CANCELLED)


def _services_done(_at):
    return Service.objects.filter(state=Service.State.DONE)


def _services_waiting(_at):
    waiting = Service.objects.filter(state__in=[Service.State.REQUESTED, Service.State.AGREED])
    return waiting.exclude(case__stage__in=Case.ENDED)


def _referrals_waiting(at):
    return Referral.objects.filter(Q(status=Referral.Status.SENT) | Q(answered_at__gt=at), sent_at__lte=at)


def _duties(_at):
    """What agencies owe; a clock that runs against somebody outside says nothing of whoever watches it."""
    outside = [term.code for term in catalogues.terms("obligations") if rule(term.code).owed_from_outside]
    return Obligation.objects.annotate(last=LAST).exclude(rule__in=outside)


def _in_time(at, duties=_duties):
    return duties(at).filter(Q(last=None) | Q(settled_at__lte=F("last")), state=Obligation.State.MET)


def _late(at, duties=_duties):
    met_late = Q(state=Obligation.State.MET, settled_at__gt=F("last"))
    return duties(at).filter(met_late | Q(state=Obligation.State.OPEN), last__lt=at)


def _overdue(at, duties=_duties):
    owed = Q(state=Obligation.State.OPEN) | Q(settled_at__gt=at)
    return duties(at).filter(owed, last__lt=at, opened_at__lte=at)


def _triage(_at):
    return Obligation.objects.annotate(last=LAST).filter(rule__in=TRIAGE)


def _visits(_at):
    return Obligation.objects.annotate(last=LAST).filter(rule=VISIT)


def _data(_at):
    return Obligation.objects.annotate(last=LAST).filter(rule__in=DATA)


def _owed(at, duties):
    return duties(at).filter(Q(state__in=Obligation.STANDING) | Q(settled_at__gt=at), opened_at__lte=at)


def _breaches_open(at):
    return Breach.objects.filter(Q(ended_at=None) | Q(ended_at__gt=at), noted_at__lte=at)


def _erasures_waiting(at):
    waits = (Q(done_at=None) | Q(done_at__gt=at)) & (Q(taken_back_at=None) | Q(taken_back_at__gt=at))
    return Erasure.objects.filter(waits, proposed_at__lte=at)


def _returns(_at):
    return Returnee.objects.all()


def _alerts_standing(at):
    return AlertPlace.objects.filter(
        Q(alert__closed_at=None) | Q(alert__closed_at__gt=at), alert__raised_at__lte=at
    )  # fmt: skip


def _alerts_false(_at):
    wrong = [term.code for term in catalogues.terms("alert_outcomes") if term.extra["counts_as"] == "wrong"]
    return AlertPlace.objects.filter(alert__outcome__in=wrong)


def _steps(kind):
    return lambda _at: RestitutionStep.objects.filter(kind=kind)


def _counted_reports(rows, moment="", **more):
    return Counted(rows, F("place_id"), "agency_id", moment, hides=("pk", Report), **more)


def _counted_cases(rows, moment="", *, path="", agency="", **more):
    """Of cases, and of what hangs on them by `path`."""
    place = Coalesce(f"{path}place_id", f"{path}agency__place_id")
    hides = (path.removesuffix("__") or "pk", Case)
    return Counted(rows, place, agency or f"{path}agency_id", moment, hides=hides, **more)


def _counted_duties(rows, moment="", **more):
    return Counted(rows, Coalesce("place_id", "owed_by__place_id"), "owed_by_id", moment, hides=("file", None), **more)


def _counted_returns(rows, moment="", **more):
    return Counted(rows, F("home_id"), "manifest__agency_id", moment, hides=("pk", Returnee), **more)


def _counted_steps(kind):
    return _counted_cases(_steps(kind), "happened_on", path="restitution__case__", number=Sum("amount"))


def _counted_by_office(rows, **more):
    """Of what lies where the office is that keeps it."""
    return Counted(rows, F("agency__place_id"), "agency_id", is_dated=True, **more)


def _counted_alerts(rows, moment="", **more):
    number = Count("alert", distinct=True)
    return Counted(rows, F("place_id"), "alert__agency_id", moment, number=number, spans=True, **more)


COUNTED = {
    "reports_received": _counted_reports(_reports, "received_at"),
    "reports_waiting": _counted_reports(_reports_waiting, is_dated=True),
    "triage_in_time": _counted_duties(lambda at: _in_time(at, _triage), "settled_at"),
    "triage_late": _counted_duties(lambda at: _late(at, _triage), "last"),
    "cases_opened": _counted_cases(_cases, "opened_at"),
    "cases_open": _counted_cases(_cases_open, is_dated=True),
    "cases_closed": _counted_cases(_cases, "closed_at"),
    "services_asked": _counted_cases(_services, "requested_at", path="case__"),
    "services_done": _counted_cases(_services_done, "moved_at", path="case__"),
    "victims_waiting": _counted_cases(_services_waiting, path="case__", number=Count("victim", distinct=True)),
    "referrals_waiting": _counted_cases(_referrals_waiting, path="case__", agency="receiver_id", is_dated=True),
    "duties_in_time": _counted_duties(_in_time, "settled_at"),
    "duties_late": _counted_duties(_late, "last"),
    "duties_overdue": _counted_duties(_overdue, is_dated=True),
    "returns_arrived": _counted_returns(_returns, "arrived_on"),
    "returns_repeated": _counted_returns(lambda _at: Returnee.objects.filter(repeats__gt=0), "arrived_on"),
    "returns_unscreened": _counted_returns(lambda _at: Returnee.objects.filter(screened="")),
    "returns_unvisited": _counted_duties(lambda at: _owed(at, _visits), is_dated=True),
    "visits_overdue": _counted_duties(lambda at: _overdue(at, _visits), is_dated=True),
    "restitution_claimed": _counted_steps("claimed"),
    "restitution_awarded": _counted_steps("awarded"),
    "restitution_paid": _counted_steps("paid"),
    "alerts_standing": _counted_alerts(_alerts_standing, is_dated=True),
    "alerts_false": _counted_alerts(_alerts_false, "alert__closed_at"),
    "data_waiting": _counted_duties(lambda at: _owed(at, _data), is_dated=True),
    "data_late": _counted_duties(lambda at: _late(at, _data), "last"),
    "breaches_open": _counted_by_office(_breaches_open),
    "erasures_waiting": _counted_by_office(_erasures_waiting, hides=("file", None)),
    "register_entries": Counted(lambda _at: Worker.objects.current(), F("home_id")),
}
