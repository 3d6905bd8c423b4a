"""Lists of requests, holds, erasures and breaches, each in a fixed number of queries; no seal is opened."""

from django.db.models import Case as Choice
from django.db.models import Count, F, Q, Value, When

from simpul.agencies.exclusions import hidden_from, labels_hidden_from
from simpul.agencies.roles import Right
from simpul.cases.models import Case
from simpul.intake.models import Complaint, Report
from simpul.migrants.models import Returnee
from simpul.persons.models import Person
from simpul.privacy.models import Affected, Breach, DataRequest, Erasure, Hold
from simpul.privacy.policy import persons_hidden_from, reach_of

KINDS = {model._meta.label_lower: model for model in (Case, Report, Complaint, Person)}


def request_list(officer, *, at):
    """Requests in cases the officer may open: open ones first, of those the oldest."""
    found = DataRequest.objects.filter(case__in=Case.objects.visible_to(officer, at=at))
    is_open = Choice(When(state=DataRequest.State.OPEN, then=Value(0)), default=Value(1))
    return found.select_related("case", "recorded_by", "decided_by").order_by(is_open, F("decided_at").desc(),
                                                                              "received_at", "pk")  # fmt: skip


def requests_in(case):
    """All requests in one case, open ones first."""
    return case.data_requests.select_related("recorded_by", "decided_by").order_by(
        F("decided_at").desc(nulls_first=True), "received_at"
    )


def thing_of(file):
    """The case, report, complaint or person that a label names ("cases.case:12"); None where there is none."""
    kind, _colon, pk = file.partition(":")
    if kind not in KINDS or not (pk.isascii() and pk.isdecimal()):
        return None
    return KINDS[kind].objects.select_related("data_key").filter(pk=pk).first()


def numbers_of(files):
    """The numbers by which officers know several files, as a dict from label; one query for each kind.

    Somebody sent home is known by the number of the last return, somebody in the register by none.
    """
    found = {}
    for kind in ("cases.case", "intake.report", "intake.complaint"):
        keys = [file.partition(":")[2] for file in files if file.startswith(f"{kind}:")]
        if keys:
            rows = KINDS[kind].objects.filter(pk__in=keys).values_list("pk", "number")
            found |= {f"{kind}:{pk}": number for pk, number in rows}
    persons = [file.partition(":")[2] for file in files if file.startswith("persons.person:")]
    return found | {f"persons.person:{pk}": number for pk, number in return_numbers(persons).items()}


def return_numbers(persons):
    """{key of a person: the number of the last return}, for those who were sent home."""
    if not persons:
        return {}
    rows = Returnee.objects.filter(person__in=persons).select_related("manifest").order_by("arrived_on", "pk")
    return {returnee.person_id: returnee.number for returnee in rows}


def erasures_for(officer):
    """Erasures within an officer's reach, newest first."""
    if not officer.may(Right.ERASE):
        return Erasure.objects.none()
    return _of_reach(Erasure.objects, officer).select_related("agency", "proposed_by", "confirmed_by").order_by("-pk")


def holds_for(officer):
    """Legal holds within an officer's reach, newest first."""
    if not officer.may(Right.ERASE):
        return Hold.objects.none()
    return _of_reach(Hold.objects, officer).select_related("agency", "set_by").order_by("-pk")


def breaches_for(officer):
    """Breaches that an officer handles: noted within the own reach, or with files of it among those affected."""
    if not officer.may(Right.HANDLE_BREACHES):
        return Breach.objects.none()
    reach = reach_of(officer).values("pk")
    touched = affected_within(officer).values("breach_id")
    found = Breach.objects.filter(Q(agency__in=reach) | Q(pk__in=touched))
    due = Count("affected", filter=Q(affected__notice=Affected.Notice.DUE))
    return found.select_related("agency", "noted_by").annotate(listed=Count("affected"), due=due).order_by("-pk")


def affected_within(officer):
    """Those affected whose files lie within an officer's reach and are not hidden from the officer."""
    reach = reach_of(officer).values("pk")
    mine = Q(case__agency__in=reach) | Q(report__agency__in=reach)
    mine |= Q(case=None, person__recorded_by__agency__in=reach)
    hidden = Q(case__in=hidden_from(officer, Case)) | Q(report__in=hidden_from(officer, Report))
    hidden |= Q(case=None, person__in=persons_hidden_from(officer))
    return Affected.objects.filter(mine).exclude(hidden)


def affected_by(breach, officer):
    """The list of those affected, as far as the officer's reach goes: still to be told first."""
    waits = Choice(When(notice=Affected.Notice.DUE, then=Value(0)), default=Value(1))
    rows = (
        affected_within(officer)
        .filter(breach=breach)
        .select_related("case__agency", "report__agency", "person__recorded_by__agency", "told_by")
    )
    return rows.order_by(waits, "case", "report", "pk")


def _of_reach(rows, officer):
    reach = reach_of(officer).values("pk")
    return rows.filter(agency__in=reach).exclude(file__in=labels_hidden_from(officer))
