"""Event codes: where many people report from one address, an officer's code lifts the limit per address."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from simpul.intake.models import EventCode
from simpul.intake.policy import check_may_make_event_codes
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import one_line

# Letters and digits that are not mistaken for each other when read from a wall.
_SIGNS = "ACDEFHJKLMNPRTUVWXY34679"
LONGEST = timedelta(days=14)


@transaction.atomic
def make(occasion, *, until, by, at, place=None, limit=500):
    """A new code for an occasion, valid until a moment at most fourteen days away."""
    check_may_make_event_codes(by)
    if not at < until <= at + LONGEST:
        raise NotAllowed(_("An event code lasts at most 14 days. Choose an earlier end."))
    code = "".join(secrets.choice(_SIGNS) for _i in range(6))
    event = EventCode.objects.create(
        code=code, occasion=one_line(occasion), agency=by.agency, place=place, made_by=by, made_at=at, until_at=until,
        limit=limit,
    )  # fmt: skip
    enter(Act.EVENT_CODE_MADE, on=event, by=by, at=at, limit=limit)
    return event


@transaction.atomic
def end(event, *, by, at):
    """End a code before its time."""
    check_may_make_event_codes(by)
    if event.agency_id != by.agency_id:
        raise NotAllowed(_("Only the agency that made this code may end it."))
    if event.until_at <= at:
        return
    event.until_at = at
    event.save(update_fields=["until_at"])
    enter(Act.EVENT_CODE_ENDED, on=event, by=by, at=at)


def valid(code, *, at):
    """The event of a code that is valid at a moment and has not reached its limit; None otherwise."""
    return EventCode.objects.filter(
        code=one_line(code).upper().replace(" ", ""), until_at__gt=at, used__lt=F("limit")
    ).first()


def of_agency(agency, *, at):
    """An agency's codes, valid ones first."""
    return EventCode.objects.filter(agency=agency).select_related("made_by").order_by("-until_at")
