"""The file of a case: opened, summarised, moved through its stages, assigned."""

from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from simpul.agencies import exclusions
from simpul.agencies.roles import Right
from simpul.cases import rights
from simpul.cases.access import hold
from simpul.cases.models import Assignment, Case, Involvement, Stay
from simpul.cases.policy import (
    check_may_hand_over,
    check_may_keep,
    check_may_open,
    check_may_work_on,
    check_stage_may_follow,
    is_kept_out,
)
from simpul.confidentiality import data_keys
from simpul.journal.acts import Act
from simpul.journal.entries import enter, label
from simpul.journal.series import next_in
from simpul.lib.rules import NotAllowed, allows
from simpul.lib.texts import cleaned
from simpul.linkage import inquiries
from simpul.obligations import book
from simpul.obligations.models import Obligation
from simpul.persons.policy import check_is_after_birth
from simpul.reference import catalogues

WHY_WAIVED = {Case.Stage.CANCELLED: "opened_by_mistake"}
DESCRIBED = frozenset({"kinds", "modus", "has_children", "is_sexual", "in_danger", "place", "act_on"})


@transaction.atomic
def open_(*, place, by, at, kinds=(), modus="", has_children=False, is_sexual=False, in_danger=False, summary="",
          act_on=None):  # fmt: skip
    """Open a case at the officer's agency."""
    check_may_open(by)
    if act_on and act_on > localdate(at):
        raise NotAllowed(_("The date of the act lies in the future. Check it."))
    year = localtime(at).year
    serial = next_in(f"case {year}")
    case = Case(
        data_key=data_keys.make(at=at),
        number=f"K-{year}-{serial:04d}",
        agency=by.agency,
        place=place,
        kinds=sorted(kinds),
        modus=modus,
        has_children=has_children,
        is_sexual=is_sexual,
        in_danger=in_danger,
        act_on=act_on,
        summary=cleaned(summary),
        opened_at=at,
        opened_by=by,
        moved_at=at,
    )
    case.save(force_insert=True)
    enter(Act.CASE_OPENED, on=case, by=by, at=at, number=case.number)
    book.open_("first_contact", on=case, file=case, number=case.number, owed_by=case.agency, place=place, by=by, at=at)
    return case


@transaction.atomic
def summarise(case, *, summary, by, at):
    """Write the summary anew."""
    check_may_work_on(case, by=by)
    case.summary = cleaned(summary)
    case.save(update_fields=["summary"])
    enter(Act.CASE_SUMMARISED, on=case, by=by, at=at)


@transaction.atomic
def describe(case, *, by, at, **facts):
    """Set the plain facts by which cases are counted, such as kinds, modus, is_sexual, place and act_on."""
    check_may_work_on(case, by=by)
    if unknown := set(facts) - DESCRIBED:
        raise TypeError(f"A case is not described by {', '.join(sorted(unknown))}.")
    _check_day_of_act(case, facts.get("act_on"), at)
    for name, value in facts.items():
        setattr(case, name, value)
    case.save(update_fields=list(facts))
    enter(Act.CASE_SUMMARISED, on=case, by=by, at=at, facts=sorted(facts))
    rights.case_described(case, by=by, at=at)


@transaction.atomic
def move(case, *, to, by, at):
    """Move the case to a stage that may follow. Ending it settles nothing that is still owed: that is refused."""
    check_may_keep(case, by=by)
    hold(case, "stage")
    check_stage_may_follow(case, to)
    if to == Case.Stage.CLOSED:
        raise NotAllowed(_("A case is closed with a reason. Use “Close the case”."))
    if to in Case.ENDED:
        _check_nothing_is_owed(case)
    _moved(case, to, by=by, at=at)


@transaction.atomic
def close(case, *, reason, by, at, note=""):
    """Close the case for a reason of the list, when nothing is owed in it any more. It can be taken up again."""
    check_may_keep(case, by=by)
    hold(case, "stage")
    check_stage_may_follow(case, Case.Stage.CLOSED)
    if not catalogues.is_code("closing_reasons", reason):
        raise NotAllowed(_("Choose why the case is closed."))
    _check_nothing_is_owed(case)
    case.closing_reason, case.closing_note = reason, cleaned(note)
    case.save(update_fields=["closing_reason", "closing_note"])
    _moved(case, Case.Stage.CLOSED, by=by, at=at)


@transaction.atomic
def open_recurrence(case, *, victims, by, at, summary=""):
    """Somebody of an ended case was trafficked again: a new case that names the earlier one, with those victims.

    Whoever is kept out of the earlier case is kept out of the new one; closed access stays closed.
    """
    check_may_keep(case, by=by)
    if not case.has_ended:
        raise NotAllowed(_("This case has not ended. What happened again belongs into it."))
    again = list(case.involvements.filter(pk__in=victims, part=Involvement.Part.VICTIM).select_related("person"))
    if not again:
        raise NotAllowed(_("Choose who was trafficked again."))
    new = open_(place=case.place, kinds=case.kinds, has_children=False, is_sexual=case.is_sexual, summary=summary,
                by=by, at=at)  # fmt: skip
    new.earlier = case
    new.save(update_fields=["earlier"])
    exclusions.carry_over(case, new, by=by, at=at)
    if case.is_closed_access:
        close_access(new, by=by, at=at)
    enter(Act.CASE_RECURRED, on=new, file=new, by=by, at=at, earlier=case.number)
    enter(Act.CASE_RECURRED, on=new, file=case, by=by, at=at, later=new.number)
    return new, again


@transaction.atomic
def hand_over(case, *, to, by, at):
    """Another agency keeps the case from now on: its file, its clocks and its referrals go along."""
    check_may_hand_over(case, by=by)
    hold(case, "agency", "stage")
    _check_may_take_over(case, to)
    before, case.agency = case.agency, to
    case.save(update_fields=["agency"])
    for assignment in case.assignments.filter(until_at=None, agency=before).order_by("pk"):
        assignment.until_at = at
        assignment.save(update_fields=["until_at"])
    case.referrals.filter(sender=before).exclude(receiver=to).update(sender=to)
    book.file_handed_over(case, before=before, to=to, by=by, at=at)
    people = case.involvements.values_list("person", flat=True)
    inquiries.handed_over(list(people), before=before, to=to, by=by, at=at)
    enter(Act.CASE_HANDED_OVER, on=case, by=by, at=at, before=before.pk, to=to.pk)


@transaction.atomic
def close_access(case, *, by, at):
    """Close the file to all but assigned officers and the head of the unit. Who does it stays in, and who opened it."""
    check_may_work_on(case, by=by)
    if case.is_closed_access:
        return
    case.is_closed_access = True
    case.save(update_fields=["is_closed_access"])
    enter(Act.CASE_ACCESS_CHANGED, on=case, by=by, at=at, closed=True)
    for officer in {by, case.opened_by}:
        if officer.agency_id == case.agency_id and allows(_check_may_be_assigned, case, officer):
            _let_in(case, officer, by=by, at=at)


@transaction.atomic
def open_access(case, *, by, at):
    """Let the whole agency in again; never where a child is among the victims."""
    check_may_keep(case, by=by)
    if any(part.counts_as_child for part in case.involvements.filter(part=Involvement.Part.VICTIM)):
        raise NotAllowed(_("A child is among the victims: the file stays closed to all but those who work on it."))
    case.is_closed_access = False
    case.save(update_fields=["is_closed_access"])
    enter(Act.CASE_ACCESS_CHANGED, on=case, by=by, at=at, closed=False)


@transaction.atomic
def assign(case, *, officer, by, at):
    """Let an officer work on the case and see its file."""
    check_may_keep(case, by=by)
    _check_may_be_assigned(case, officer)
    return _let_in(case, officer, by=by, at=at)


def _check_may_take_over(case, to):
    if to.pk == case.agency_id:
        raise NotAllowed(_("This agency keeps the case already."))
    officers = list(to.officers.filter(is_active=True))
    if to.ended_on is not None or not any(officer.may(Right.KEEP_CASES) for officer in officers):
        raise NotAllowed(_("Nobody at %(agency)s keeps cases here. Choose another agency.") % {"agency": to.name})
    if case.is_closed_access and not any(officer.may(Right.EXCLUDE) for officer in officers):
        raise NotAllowed(
            _("This file is closed to all but assigned officers, and nobody at %(agency)s could assign any: it has no"
              " head of the unit here. Choose another agency.") % {"agency": to.name}
        )  # fmt: skip
    if exclusions.keeps_out(case, to):
        raise NotAllowed(_("%(agency)s is kept out of this case and must not learn of it.") % {"agency": to.name})
    if case.referrals.unanswered().filter(receiver=to).exists():
        raise NotAllowed(
            _("%(agency)s has a referral of this case to answer. Withdraw it first.") % {"agency": to.name}
        )


def _let_in(case, officer, *, by, at):
    assignment, new = Assignment.objects.get_or_create(
        case=case, officer=officer, agency=officer.agency, until_at=None, defaults={"since_at": at, "made_by": by}
    )
    if new:
        enter(Act.CASE_ASSIGNED, on=case, by=by, at=at, officer=officer.pk)
    return assignment


@transaction.atomic
def release(assignment, *, by, at):
    """End an assignment; the file closes for that officer."""
    check_may_keep(assignment.case, by=by)
    if assignment.until_at is not None:
        return
    assignment.until_at = at
    assignment.save(update_fields=["until_at"])
    enter(Act.CASE_ASSIGNED, on=assignment.case, by=by, at=at, officer=assignment.officer_id, ended=True)


def _moved(case, to, *, by, at):
    before, case.stage, case.moved_at = case.stage, to, at
    case.closed_at = at if case.has_ended else None
    case.save(update_fields=["stage", "moved_at", "closed_at"])
    if case.has_ended:
        book.waive_all(on=case, reason=WHY_WAIVED.get(to, "case_ended"), by=by, at=at)
    elif before == Case.Stage.NEW:
        book.meet("first_contact", on=case, by=by, at=at, evidence=case)
    enter(Act.CASE_MOVED, on=case, by=by, at=at, before=before, to=to)


def _check_day_of_act(case, day, at):
    if day is None:
        return
    if day > localdate(at):
        raise NotAllowed(_("The date of the act lies in the future. Check it."))
    for involvement in case.involvements.filter(part=Involvement.Part.VICTIM).select_related("person").order_by("pk"):
        check_is_after_birth(involvement.person, day)


def _check_nothing_is_owed(case):
    owed = Obligation.objects.standing().in_file(label(case)).exclude(rule="first_contact").count()
    if owed:
        raise NotAllowed(_("%(count)d obligations are still open in this case. Meet or waive them first.")
                         % {"count": owed})  # fmt: skip
    if Stay.objects.filter(service__case=case, left_on=None).exists():
        raise NotAllowed(_("Somebody of this case still stays at a shelter. Note first that they left it."))


def _check_may_be_assigned(case, officer):
    if not officer.is_active:
        raise NotAllowed(_("%(name)s has left and cannot be assigned.") % {"name": officer.full_name})
    if not officer.may(Right.WORK_ON_CASES):
        raise NotAllowed(_("The role of %(name)s does not work on cases. Choose somebody else.")
                         % {"name": officer.full_name})  # fmt: skip
    if is_kept_out(case.pk, officer):
        raise NotAllowed(_("%(name)s is kept out of this case and must not learn of it.") % {"name": officer.full_name})
