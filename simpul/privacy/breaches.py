"""Breaches: personal data reached somebody they should not have. Within 72 hours the people and the authority are told
(UU 27/2022 Art. 46): which data, when and how, and what is done about it.

Who is affected is not guessed: it is listed from the files and lists that are named, or from what the journal says an
officer opened between two moments. The list holds numbers and no names; each name is read by whoever tells that person.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from simpul.agencies.exclusions import hidden_from
from simpul.cases.access import hold
from simpul.cases.models import Case, Referral
from simpul.confidentiality import data_keys
from simpul.intake.models import Report
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.journal.models import Entry
from simpul.journal.series import next_in
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned
from simpul.migrants.models import Manifest, Returnee, Sheet, Worker
from simpul.obligations import book
from simpul.persons.models import Person
from simpul.privacy.models import Affected, Breach
from simpul.privacy.policy import check_is_running, check_may_handle_breaches, persons_hidden_from, reach_of
from simpul.privacy.queries import affected_within
from simpul.reference import catalogues

CLOCK = "notify_breach"
AT_ONCE = 500
WHOLE_FILE = (Act.CASE_READ, Act.GLASS_BROKEN)
OF_MANY = (Act.RETURNEES_READ, Act.WORKERS_READ)
OF_A_REPORT = (Act.REPORT_READ, Act.REPORT_CONTACT_READ, Act.FILE_TAKEN, Act.MESSAGES_READ)
STATES = Breach.State


@dataclass(frozen=True)
class Notice:
    """What somebody affected, or the authority, is told (UU 27/2022 Art. 46(2))."""

    number: str
    kinds: tuple[str, ...]
    discovered_at: datetime
    how: str
    measures: str
    agency: str
    telephone: str
    affected: int


@transaction.atomic
def note(*, kinds, discovered_at, how, by, at, measures=""):
    """Note a breach. The 72 hours run from when it was discovered, whatever is known by then."""
    check_may_handle_breaches(by)
    if not kinds or not all(catalogues.is_code("breach_data", kind) for kind in kinds):
        raise NotAllowed(_("Choose from the list which data the breach may have revealed."))
    if discovered_at > at:
        raise NotAllowed(_("This lies in the future. Write when the breach was discovered."))
    if not cleaned(how):
        raise NotAllowed(_("Write what is known of when and how it happened."))
    year = localtime(at).year
    breach = Breach(
        data_key=data_keys.make(at=at),
        number=f"B-{year}-{next_in(f'breach {year}'):04d}",
        agency=by.agency,
        discovered_at=discovered_at,
        noted_at=at,
        noted_by=by,
        kinds=sorted(kinds),
        how=cleaned(how),
        measures=cleaned(measures),
    )
    breach.save(force_insert=True)
    enter(Act.BREACH_NOTED, on=breach, by=by, at=at, number=breach.number, kinds=breach.kinds)
    _owe(breach, since=discovered_at, by=by, at=at)
    return breach


@transaction.atomic
def list_files(breach, numbers, *, by, at):
    """List everybody in the cases and on the lists, and the reporters of the reports, that are named by number.

    Returns how many were added.
    """
    _check(breach, by)
    wanted = {number.strip().upper() for number in numbers if number.strip()}
    cases = list(_cases_within(by).filter(number__in=wanted))
    reports = list(_reports_within(by).filter(number__in=wanted))
    lists = [
        *_lists_within(Sheet, by).filter(number__in=wanted),
        *_lists_within(Manifest, by).filter(number__in=wanted),
    ]
    if unknown := wanted - {thing.number for thing in (*cases, *reports, *lists)}:
        raise NotAllowed(_("Not found among the files you may list: %(numbers)s. Check the numbers.")
                         % {"numbers": ", ".join(sorted(unknown))})  # fmt: skip
    people = _people_in(cases) | _in_no_case(_on_lists(lists), by)
    return _list(breach, people, reports, by=by, at=at)


@transaction.atomic
def list_openings(breach, *, officer, since, until, by, at):
    """List everybody whose data an officer opened between two moments, as the journal tells; returns how many."""
    _check(breach, by)
    if not since < until:
        raise NotAllowed(_("The end lies before the beginning. Exchange the two moments."))
    entries = Entry.objects.filter(officer_id=officer.pk, at__gte=since, at__lte=until)
    opened = list(entries.values_list("act", "subject", "file"))
    cases = _cases_within(by).filter(pk__in=_keys(opened, "cases.case", 2, WHOLE_FILE))
    named = _parts_of(Q(involvements__person__in=_keys(opened, "persons.person", 1, (Act.IDENTITY_READ,))), opened, by)
    shared = _shared_with(_keys(opened, "cases.referral", 1, (Act.REFERRAL_READ,)), by)
    reports = _reports_within(by).filter(pk__in=_keys(opened, "intake.report", 2, OF_A_REPORT))
    people = _people_in(cases) | named | shared | _in_no_case(_of_returns(opened, entries), by)
    return _list(breach, people, reports, by=by, at=at)


@transaction.atomic
def contain(breach, *, measures, by, at):
    """The data reach nobody any more; what was done is written down."""
    _check(breach, by)
    measures = cleaned(measures)
    if not measures:
        raise NotAllowed(_("Write what was done."))
    breach.measures = measures
    breach.contained_at = breach.contained_at or at
    if breach.state == STATES.NOTED:
        breach.state = STATES.CONTAINED
    breach.save(update_fields=["measures", "contained_at", "state"])
    enter(Act.BREACH_CONTAINED, on=breach, by=by, at=at)


@transaction.atomic
def tell(affected, *, how, told_at, by, at):
    """Somebody affected was told in writing; `how` says by which letter or through whom."""
    _settle_notice(affected, Affected.Notice.TOLD, how=how, told_at=told_at, by=by, at=at)


@transaction.atomic
def leave_untold(affected, *, because, how, by, at):
    """Somebody affected is not told, because that would endanger somebody or nobody can be reached; and why."""
    if because not in {Affected.Notice.ENDANGERS, Affected.Notice.UNREACHABLE}:
        raise NotAllowed(_("Choose a reason from the list."))
    _settle_notice(affected, because, how=how, told_at=None, by=by, at=at)


@transaction.atomic
def tell_authority(breach, *, authority, told_at, by, at):
    """The supervising body was told, by which letter."""
    _check(breach, by)
    _check_moment(breach, told_at, at)
    if not cleaned(authority):
        raise NotAllowed(_("Write which authority was told, and the reference of the letter."))
    breach.authority, breach.authority_told_at = cleaned(authority), told_at
    breach.save(update_fields=["authority", "authority_told_at"])
    enter(Act.BREACH_AUTHORITY_TOLD, on=breach, by=by, at=at)
    _meet_when_all_know(breach, by=by, at=at)


@transaction.atomic
def close(breach, *, by, at):
    """Nothing is left to do. Where nobody was affected, what was owed is waived."""
    _check(breach, by)
    if breach.contained_at is None:
        raise NotAllowed(_("First write what was done to stop it."))
    if breach.affected.exists() and breach.state != STATES.NOTIFIED:
        raise NotAllowed(_("The people affected and the authority must be told first."))
    breach.state, breach.ended_at = STATES.CLOSED, at
    breach.save(update_fields=["state", "ended_at"])
    book.waive_all(on=breach, reason="no_longer_applies", by=by, at=at)
    enter(Act.BREACH_CLOSED, on=breach, by=by, at=at)


def notice_of(breach):
    """What is told about a breach, in the words that were written down."""
    return Notice(
        number=breach.number,
        kinds=tuple(catalogues.name_of("breach_data", kind) for kind in breach.kinds),
        discovered_at=breach.discovered_at,
        how=breach.how.opened_or_erased(),
        measures=breach.measures.opened_or_erased(),
        agency=breach.agency.name,
        telephone=breach.agency.telephone,
        affected=breach.affected.count(),
    )


def _check(breach, by):
    check_may_handle_breaches(by)
    hold(breach, "state", "contained_at", "authority_told_at")
    check_is_running(breach)


def _check_moment(breach, told_at, at):
    if told_at > at:
        raise NotAllowed(_("This lies in the future. Write when it was told."))
    if told_at < breach.discovered_at:
        raise NotAllowed(_("This lies before the breach was discovered. Write when it was told."))


def _settle_notice(affected, notice, *, how, told_at, by, at):
    breach = affected.breach
    _check(breach, by)
    if not affected_within(by).filter(pk=affected.pk).exists():
        raise NotAllowed(_("Another agency keeps this file and tells the person."))
    if told_at is not None:
        _check_moment(breach, told_at, at)
    if not cleaned(how):
        raise NotAllowed(_("Write how the person was told, or why not."))
    affected.notice, affected.told_at, affected.told_by, affected.how = notice, told_at, by, cleaned(how)
    affected.save(update_fields=["notice", "told_at", "told_by", "how"])
    enter(Act.BREACH_NOTICE, on=affected, file=breach, by=by, at=at, notice=notice)
    _meet_when_all_know(breach, by=by, at=at)


def _meet_when_all_know(breach, *, by, at):
    """The clock is met when nobody is left to be told: neither anybody affected, nor the authority."""
    if breach.authority_told_at is None or not breach.affected.exists():
        return
    if breach.affected.filter(notice=Affected.Notice.DUE).exists():
        return
    told = breach.affected.exclude(told_at=None).values_list("told_at", flat=True)
    breach.state, breach.notified_at = STATES.NOTIFIED, max([breach.authority_told_at, *told])
    breach.save(update_fields=["state", "notified_at"])
    book.meet(CLOCK, on=breach, by=by, at=at, evidence=breach, done_at=breach.notified_at)


def _list(breach, people, reports, *, by, at):
    """Note those who are not on the list yet; whoever is found late has a clock of the own."""
    known = set(breach.affected.exclude(person=None).values_list("case_id", "person_id"))
    new = sorted(people - known, key=lambda pair: (pair[0] or 0, pair[1]))
    told = set(breach.affected.exclude(report=None).values_list("report_id", flat=True))
    rows = [Affected(breach=breach, case_id=case, person_id=person) for case, person in new]
    rows += [Affected(breach=breach, report=report) for report in reports if report.pk not in told]
    Affected.objects.bulk_create(rows)
    enter(Act.BREACH_LISTED, on=breach, by=by, at=at, count=len(rows))
    if rows and breach.state == STATES.NOTIFIED:
        breach.state, breach.notified_at = STATES.CONTAINED if breach.contained_at else STATES.NOTED, None
        breach.save(update_fields=["state", "notified_at"])
        _owe(breach, since=at, by=by, at=at)
    return len(rows)


def _owe(breach, *, since, by, at):
    book.open_(
        CLOCK, on=breach, file=breach, number=breach.number, owed_by=breach.agency, place=breach.agency.place_id,
        by=by, at=at, since=since,
    )  # fmt: skip


def _cases_within(officer):
    found = Case.objects.filter(agency__in=reach_of(officer).values("pk"), data_key__destroyed_at=None)
    return found.exclude(pk__in=hidden_from(officer, Case))


def _reports_within(officer):
    found = Report.objects.real().filter(agency__in=reach_of(officer).values("pk"), data_key__destroyed_at=None)
    return found.exclude(pk__in=hidden_from(officer, Report))


def _lists_within(model, officer):
    """Lists, or manifests, that an agency within an officer's reach received."""
    return model.objects.filter(agency__in=reach_of(officer).values("pk"))


def _in_no_case(persons, officer):
    """Pairs of no case and person, of people sent home and in the register whose data are still there."""
    reach, found = reach_of(officer).values("pk"), set()
    persons = sorted(persons)
    for start in range(0, len(persons), AT_ONCE):
        part = Person.objects.filter(pk__in=persons[start : start + AT_ONCE], data_key__destroyed_at=None)
        part = part.filter(recorded_by__agency__in=reach).exclude(pk__in=persons_hidden_from(officer))
        found |= {(None, person) for person in part.values_list("pk", flat=True)}
    return found


def _of_returns(opened, entries):
    """Keys of persons whose names were read among those sent home or in the register, page by page, one by one, or in
    the file of a list.
    """
    found = {
        int(subject.partition(":")[2])
        for act, subject, file in opened
        if act == Act.IDENTITY_READ and file.startswith(("migrants.returnee:", "migrants.worker:"))
    }
    for facts in entries.filter(act__in=OF_MANY).values_list("facts", flat=True):
        found |= set(facts.get("persons", ()))
    lists = Sheet.objects.filter(pk__in=_keys(opened, "migrants.sheet", 1, (Act.SHEET_READ,)))
    return found | _on_lists(lists.only("pk"))


def _on_lists(lists):
    """Keys of the persons who were taken in from some lists, or are on some manifests."""
    sheets = {one.pk for one in lists if isinstance(one, Sheet)}
    manifests = {one.pk for one in lists if isinstance(one, Manifest)}
    # Of a list that was corrected, the people stand on the one that replaced it.
    newer = sheets
    while newer := set(Sheet.objects.filter(replaces__in=newer).values_list("pk", flat=True)):
        sheets |= newer
    on = Q(manifest__in=manifests) | Q(manifest__sheet__in=sheets)
    found = set(Returnee.objects.filter(on).values_list("person_id", flat=True))
    return found | set(Worker.objects.filter(sheet__in=sheets).values_list("person_id", flat=True))


def _people_in(cases):
    """Pairs of case and person, of everybody in some cases whose data are still there."""
    keys = [case.pk for case in cases]
    found = Person.objects.filter(involvements__case__in=keys, data_key__destroyed_at=None)
    return {(case, person) for case, person in found.values_list("involvements__case", "pk") if case in set(keys)}


def _parts_of(condition, opened, by):
    """Pairs of case and person whose identity was read in the file of that case."""
    read = {(file, subject) for act, subject, file in opened if act == Act.IDENTITY_READ}
    pairs = _cases_within(by).filter(condition).values_list("pk", "involvements__person")
    return {(case, person) for case, person in pairs if (f"cases.case:{case}", f"persons.person:{person}") in read}


def _shared_with(referrals, by):
    found = Referral.objects.filter(pk__in=referrals, case__in=_cases_within(by).values("pk"))
    return set(found.values_list("case_id", "service__victim__person_id"))


def _keys(opened, kind, column, acts):
    """Keys of things of a kind that stand as subject (1) or file (2) of entries of some acts."""
    labels = {row[column] for row in opened if row[0] in acts}
    return [label.partition(":")[2] for label in labels if label.startswith(f"{kind}:")]
