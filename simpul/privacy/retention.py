"""Retention: how long what is kept, what has run out, and the two people it takes to erase it.

The rules stand in `data/retention.csv`. What has run out is looked up when somebody asks; no job erases anybody by
itself. The files of lists, whose people are on record by themselves, are destroyed by a job (`jobs`).
A file with a legal hold on it is neither due nor erased, whoever proposed it and whenever.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _

from simpul.agencies.exclusions import labels_hidden_from
from simpul.agencies.models import Agency
from simpul.cases.models import Case, Involvement
from simpul.confidentiality import data_keys
from simpul.intake.models import Complaint, Report
from simpul.journal.acts import Act
from simpul.journal.entries import enter, label
from simpul.lib.dates import start_of_day
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned
from simpul.migrants.models import Meeting, Returnee, Screening, Worker
from simpul.persons.models import Person
from simpul.privacy import erasing, requests
from simpul.privacy.models import DataRequest, Erasure, Hold
from simpul.privacy.policy import (
    check_is_another,
    check_may_erase,
    check_waits,
    keepers_of,
    persons_hidden_from,
    reach_of,
)
from simpul.privacy.queries import thing_of
from simpul.reference import catalogues

ON_REQUEST = "person_asked"
AT_MOST = 500


@dataclass(frozen=True)
class Due:
    """Something whose time has run out: which rule, which file, since when."""

    rule: str
    file: str
    number: str
    agency: Agency | None
    since: date


def due(*, on, agencies):
    """What has run out on a day in the files of some agencies, rule by rule, the oldest first; without what is held.

    Of a rule no more than `AT_MOST` are looked at: two people decide on each, and the next follow.
    """
    held = held_files()
    found = []
    for rule, (rows, *moments) in RULES.items():
        things = _without(held, _run_out(rule, on).filter(_kept_by(rows, agencies)))
        found += [_due(rule, thing, moments) for thing in things.order_by(moments[0], "pk")[:AT_MOST]]
    return found


def due_for(officer, *, on):
    """The same for an officer: within the own reach, without files the officer is kept out of."""
    gone = set(labels_hidden_from(officer).values_list("label", flat=True))
    gone |= {f"persons.person:{pk}" for pk in persons_hidden_from(officer).values_list("pk", flat=True)}
    return [one for one in due(on=on, agencies=reach_of(officer)) if one.file not in gone]


def rule_for(thing, *, on):
    """The rule under which a file may be erased on a day: its time has run out, or the person asks. None otherwise."""
    for rule, (rows, *_moments) in RULES.items():
        if rows.model is type(thing) and _run_out(rule, on).filter(pk=thing.pk).exists():
            return rule
    if isinstance(thing, Person) and _asked(thing) and not _living_cases_of(thing).exists():
        return ON_REQUEST
    return None


@transaction.atomic
def hold(thing, *, reason, words, by, at):
    """Set a legal hold: from now on the file is not due and cannot be erased."""
    check_may_erase(thing, by=by)
    if not catalogues.is_code("hold_reasons", reason):
        raise NotAllowed(_("Choose a reason from the list."))
    if Hold.objects.standing().filter(file=label(thing), reason=reason).exists():
        raise NotAllowed(_("The file is held for this reason already."))
    _check_is_there(thing)
    held = Hold(
        data_key=data_keys.make(at=at), file=label(thing), agency_id=min(keepers_of(thing) - {None}), reason=reason,
        words=cleaned(words), set_at=at, set_by=by,
    )  # fmt: skip
    held.save(force_insert=True)
    enter(Act.HOLD_SET, on=held, file=thing, by=by, at=at, reason=reason)
    return held


@transaction.atomic
def lift(held, *, by, at):
    """Lift a legal hold: the file's time is counted again as if it had never been held."""
    check_may_erase(thing_of(held.file), by=by)
    if held.lifted_at is not None:
        return
    held.lifted_at, held.lifted_by = at, by
    held.save(update_fields=["lifted_at", "lifted_by"])
    enter(Act.HOLD_LIFTED, on=held, file=held.file, by=by, at=at, reason=held.reason)


@transaction.atomic
def propose(thing, *, by, at):
    """Propose to erase a file whose time has run out. Nothing is erased until somebody else confirms."""
    check_may_erase(thing, by=by)
    rule = check_may_be_erased(thing, on=localdate(at))
    if Erasure.objects.waiting().filter(file=label(thing)).exists():
        raise NotAllowed(_("The erasure of this file is proposed already and waits for a second person."))
    erasure = Erasure.objects.create(
        file=label(thing), agency_id=min(keepers_of(thing) - {None}), rule=rule, proposed_at=at, proposed_by=by
    )
    enter(Act.ERASURE_PROPOSED, on=erasure, file=thing, by=by, at=at, rule=rule)
    return erasure


@transaction.atomic
def take_back(erasure, *, by, at):
    """Take a proposal back before it is confirmed; whoever may erase may also say no."""
    check_may_erase(thing_of(erasure.file), by=by)
    _hold_row(erasure)
    check_waits(erasure)
    erasure.taken_back_at, erasure.taken_back_by = at, by
    erasure.save(update_fields=["taken_back_at", "taken_back_by"])
    enter(Act.ERASURE_TAKEN_BACK, on=erasure, file=erasure.file, by=by, at=at, rule=erasure.rule)


@transaction.atomic
def confirm(erasure, *, notice, by, at):
    """Confirm what somebody else proposed: the file is erased in the same transaction, and cannot be brought back.

    `notice` says how it stands with telling the person (UU 27/2022 Art. 45): a value of `Erasure.Notice`.
    """
    thing = thing_of(erasure.file)
    check_may_erase(thing, by=by)
    _hold_row(erasure)
    check_waits(erasure)
    check_is_another(erasure, by=by)
    check_may_be_erased(thing, on=localdate(at))
    if notice not in Erasure.Notice:
        raise NotAllowed(_("Say whether the person was told of the erasure (UU 27/2022 Art. 45)."))
    asked = list(_asked(thing)) if isinstance(thing, Person) else []
    erasure.what = erasing.erase(thing, by=by, at=at)
    erasure.notice, erasure.confirmed_at, erasure.confirmed_by, erasure.done_at = notice, at, by, at
    erasure.save(update_fields=["what", "notice", "confirmed_at", "confirmed_by", "done_at"])
    for request in asked:
        requests.meet_by_erasure(request, by=by, at=at)
    enter(Act.ERASURE_CONFIRMED, on=erasure, file=erasure.file, by=by, at=at, rule=erasure.rule, **erasure.what)


def check_may_be_erased(thing, *, on):
    """Whether the time of a file has run out and nothing keeps it; returns the rule it is erased under."""
    _check_is_there(thing)
    if _files_of(thing) & set(Hold.objects.standing().values_list("file", flat=True)):
        raise NotAllowed(_("A legal hold keeps this file. Lift it first."))
    if _open_requests(thing).exists():
        raise NotAllowed(_("A request about these data is not answered yet. Answer it first."))
    rule = rule_for(thing, on=on)
    if rule is None:
        raise NotAllowed(_("The time of this file has not run out. It is kept."))
    return rule


def held_files():
    """Labels of everything that a standing hold keeps: the file itself, the case of a held report, and who was sent
    home and screened or visited, where that made the report.
    """
    held = set(Hold.objects.standing().values_list("file", flat=True))
    reports, cases = _keys(held, "intake.report"), _keys(held, "cases.case")
    grown = Report.objects.filter(pk__in=reports).exclude(case=None).values_list("case_id", flat=True)
    about = Report.objects.filter(Q(pk__in=reports) | Q(case__in=cases))
    people = Returnee.objects.filter(_made(about)).values_list("person_id", flat=True)
    return held | {f"cases.case:{pk}" for pk in grown} | {f"persons.person:{pk}" for pk in people}


def years_of(rule):
    """For how many years a rule keeps what it is about."""
    return catalogues.term("retention", rule).extra["years"]


def _cases(stage):
    return Case.objects.filter(stage=stage, data_key__destroyed_at=None).select_related("agency")


def _without(held, rows):
    return rows.exclude(pk__in=_keys(held, rows.model._meta.label_lower))


def _keys(files, kind):
    return [file.partition(":")[2] for file in files if file.startswith(f"{kind}:")]


def _made(reports):
    """Whether a screening of somebody sent home, or a visit, made one of some reports."""
    rows = {"returnee": OuterRef("pk"), "report__in": reports}
    return Exists(Screening.objects.filter(**rows)) | Exists(Meeting.objects.filter(**rows))


def _people():
    """People in no case that is still there."""
    living = Involvement.objects.filter(person=OuterRef("pk"), case__data_key__destroyed_at=None)
    rows = Person.objects.filter(~Exists(living), data_key__destroyed_at=None)
    return rows.select_related("recorded_by__agency")


def _latest(rows, moment):
    """The latest of a moment among the rows of a person; empty where there is none."""
    return Subquery(rows.filter(person=OuterRef("pk")).order_by(f"-{moment}").values(moment)[:1])


# An entry that a manifest made says no more than the arrival does.
CHANGES = Worker.objects.filter(returnee=None)
# Whoever prepares to leave or works abroad is what the register is for.
AWAY = Worker.objects.current().filter(
    person=OuterRef("pk"), status__in=[Worker.Status.CANDIDATE, Worker.Status.ABROAD]
)  # fmt: skip
SENT_HOME = Exists(Returnee.objects.filter(person=OuterRef("pk")))
REGISTERED = Exists(Worker.objects.filter(person=OuterRef("pk")))
IN_AN_OPEN_CASE = Exists(
    Returnee.objects.filter(_made(Report.objects.filter(case__in=Case.objects.open())), person=OuterRef("pk"))
)


def _reports(status):
    return Report.objects.real().filter(status=status, case=None, data_key__destroyed_at=None).select_related("agency")


# Each rule of the catalogue that has a number of years: where its rows are, and the moment its years begin; where there
# are more moments, the latest.
RULES = {
    "report_set_aside": (_reports(Report.Status.SET_ASIDE), "decided_at"),
    "report_passed_on": (_reports(Report.Status.PASSED_ON), "decided_at"),
    "case_opened_by_mistake": (_cases(Case.Stage.CANCELLED), "closed_at"),
    "case_handed_over": (_cases(Case.Stage.REFERRED_OUT), "closed_at"),
    "case_closed": (_cases(Case.Stage.CLOSED), "closed_at"),
    "complaint": (
        Complaint.objects.filter(status=Complaint.Status.ANSWERED, data_key__destroyed_at=None).select_related(
            "heard_by"
        ),
        "answered_at",
    ),
    "person_without_case": (_people().filter(~SENT_HOME, ~REGISTERED), "recorded_at"),
    "person_sent_home": (
        _people()
        .filter(SENT_HOME, ~Exists(AWAY), ~IN_AN_OPEN_CASE)
        .annotate(arrived_on=_latest(Returnee.objects, "arrived_on"), changed_at=_latest(CHANGES, "noted_at")),
        "arrived_on",
        "changed_at",
    ),
    "person_in_register": (
        _people()
        .filter(REGISTERED, ~SENT_HOME, ~Exists(AWAY))
        .annotate(changed_at=_latest(Worker.objects, "noted_at")),
        "changed_at",
    ),
}


KEEPER = {
    Case: lambda case: case.agency,
    Report: lambda report: report.agency,
    Complaint: lambda complaint: complaint.heard_by,
    Person: lambda person: person.recorded_by.agency,
}


def _run_out(rule, on):
    """Rows whose years are over on a day. What waits for an answer to its person is not among them."""
    rows, first, *others = RULES[rule]
    last = start_of_day(_years_before(on, years_of(rule)) + timedelta(days=1), get_current_timezone())
    found = rows.filter(**{f"{first}__lt": last})
    for moment in others:
        found = found.filter(Q(**{moment: None}) | Q(**{f"{moment}__lt": last}))
    if rows.model is Case:
        waiting = DataRequest.objects.filter(state=DataRequest.State.OPEN).values("case_id")
        return found.exclude(pk__in=waiting)
    return found


def _years_before(day, years):
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        # There is no 29 February in that year: the time is over a day later, never earlier.
        return day.replace(year=day.year - years, day=28)


def _kept_by(rows, agencies):
    keys = agencies.values("pk")
    if rows.model is Case:
        return Q(agency__in=keys)
    if rows.model is Complaint:
        return Q(heard_by__in=keys)
    if rows.model is Report:
        return Q(agency__in=keys) | Q(agency=None, decided_by__agency__in=keys)
    return Q(recorded_by__agency__in=keys)


def _due(rule, thing, moments):
    agency = KEEPER[type(thing)](thing)
    since = max(_day_of(getattr(thing, moment)) for moment in moments if getattr(thing, moment))
    return Due(rule, label(thing), getattr(thing, "number", ""), agency, since)


def _day_of(moment):
    return localdate(moment) if isinstance(moment, datetime) else moment


def _files_of(thing):
    """Labels under which a hold would keep this thing."""
    if isinstance(thing, Case):
        return {label(thing), *(label(report) for report in Report.objects.filter(case=thing).only("pk"))}
    if isinstance(thing, Report):
        return {label(thing), *(label(report) for report in thing.merged.only("pk"))}
    if isinstance(thing, Complaint):
        return {label(thing)}
    reports = Report.objects.filter(pk__in=_reports_made_of(thing)).only("pk", "case_id")
    cases = Case.objects.filter(Q(involvements__person=thing) | Q(reports__in=reports)).only("pk").distinct()
    return {label(thing), *map(label, reports)}.union(*(_files_of(case) for case in cases))


def _reports_made_of(person):
    """Keys of reports that a screening of somebody sent home, or a visit, made."""
    made = set()
    for model in (Screening, Meeting):
        made |= set(model.objects.filter(returnee__person=person).values_list("report_id", flat=True))
    return made - {None}


def _open_requests(thing):
    """Requests that must be answered before: in the case, or of the person, other than the one to erase."""
    waiting = DataRequest.objects.filter(state=DataRequest.State.OPEN)
    if isinstance(thing, Case):
        return waiting.filter(case=thing)
    if isinstance(thing, Person):
        return waiting.filter(person=thing).exclude(kind=requests.ERASE)
    return waiting.none()


def _asked(person):
    return DataRequest.objects.filter(person=person, kind=requests.ERASE, state=DataRequest.State.OPEN)


def _living_cases_of(person):
    about = Q(involvements__person=person) | Q(reports__in=_reports_made_of(person))
    return Case.objects.open().filter(about)


def _check_is_there(thing):
    if thing.data_key.destroyed_at:
        raise NotAllowed(_("This file was erased already."))


def _hold_row(erasure):
    """Of two who decide at once, one comes second."""
    erasure.refresh_from_db(from_queryset=Erasure.objects.select_for_update())
