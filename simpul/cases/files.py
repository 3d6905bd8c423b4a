"""The file of a case: opened, summarised, moved through its stages, assigned."""

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from simpul.agencies.roles import Right
from simpul.cases import rights
from simpul.cases.access import hold
from simpul.cases.models import Assignment, Case
from simpul.cases.policy import (
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
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned
from simpul.obligations import book
from simpul.obligations.models import Obligation

WHY_WAIVED = {Case.Stage.CANCELLED: "opened_by_mistake"}
DESCRIBED = frozenset({"kinds", "modus", "has_children", "is_sexual", "in_danger", "place"})


@transaction.atomic
def open_(*, place, by, at, kinds=(), modus="", has_children=False, is_sexual=False, in_danger=False, summary=""):
    """Open a case at the officer's agency."""
    check_may_open(by)
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
    """Set the plain facts by which cases are counted: kinds, modus, has_children, is_sexual, in_danger, place."""
    check_may_work_on(case, by=by)
    if unknown := set(facts) - DESCRIBED:
        raise TypeError(f"A case is not described by {', '.join(sorted(unknown))}.")
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
    if to in Case.ENDED:
        _check_nothing_is_owed(case)
    before, case.stage, case.moved_at = case.stage, to, at
    case.closed_at = at if case.has_ended else None
    case.save(update_fields=["stage", "moved_at", "closed_at"])
    if case.has_ended:
        book.waive_all(on=case, reason=WHY_WAIVED.get(to, "case_ended"), by=by, at=at)
    elif before == Case.Stage.NEW:
        book.meet("first_contact", on=case, by=by, at=at, evidence=case)
    enter(Act.CASE_MOVED, on=case, by=by, at=at, before=before, to=to)


@transaction.atomic
def assign(case, *, officer, by, at):
    """Let an officer work on the case and see its file."""
    check_may_keep(case, by=by)
    _check_may_be_assigned(case, officer)
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


def _check_nothing_is_owed(case):
    owed = Obligation.objects.standing().in_file(label(case)).exclude(rule="first_contact").count()
    if owed:
        raise NotAllowed(_("%(count)d obligations are still open in this case. Meet or waive them first.")
                         % {"count": owed})  # fmt: skip


def _check_may_be_assigned(case, officer):
    if not officer.is_active:
        raise NotAllowed(_("%(name)s has left and cannot be assigned.") % {"name": officer.full_name})
    if not officer.may(Right.WORK_ON_CASES):
        raise NotAllowed(_("The role of %(name)s does not work on cases. Choose somebody else.")
                         % {"name": officer.full_name})  # fmt: skip
    if is_kept_out(case.pk, officer):
        raise NotAllowed(_("%(name)s is kept out of this case and must not learn of it.") % {"name": officer.full_name})
