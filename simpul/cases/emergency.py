"""Emergency access: for three hours, with a written reason, and the agency that keeps the case is told."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.agencies.exclusions import hidden_from
from simpul.cases.models import BreakGlass, Case
from simpul.cases.policy import check_may_break_glass, check_may_keep
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed, NotFound
from simpul.lib.texts import cleaned
from simpul.obligations import book

LASTS = timedelta(hours=3)
SHORTEST_REASON = 20
REVIEW = "review_emergency_access"


@transaction.atomic
def break_glass(number, *, reason, by, at):
    """Open the file of a case for three hours. The agency that keeps it owes a review, and so is told."""
    check_may_break_glass(by)
    reason = cleaned(reason)
    if len(reason) < SHORTEST_REASON:
        raise NotAllowed(_("Write in a whole sentence why the file is needed now."))
    case = Case.objects.exclude(pk__in=hidden_from(by, Case)).select_related("agency", "data_key").filter(number=number)
    case = case.first()
    if case is None:
        raise NotFound(number)
    access = BreakGlass(case=case, officer=by, taken_at=at, until_at=at + LASTS)
    access.reason = reason
    access.save(force_insert=True)
    enter(Act.GLASS_BROKEN, on=access, file=case, by=by, at=at)
    book.open_(REVIEW, on=access, file=case, number=case.number, owed_by=case.agency, place=case.place_id, by=by, at=at)
    return access


@transaction.atomic
def review(access, *, by, at):
    """The agency that keeps the case has looked at the reason."""
    check_may_keep(access.case, by=by)
    if access.reviewed_at is not None:
        return
    access.reviewed_at, access.reviewed_by = at, by
    access.save(update_fields=["reviewed_at", "reviewed_by"])
    book.meet(REVIEW, on=access, by=by, at=at, evidence=access)
