"""The rights of a victim as they are spoken of: told, asked for, refused with a day to offer again, met with evidence.

Refusal is a normal state. It closes no case and takes away no other right (UU 21/2007; domain rule: services are
voluntary).
"""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.cases import rights
from simpul.cases.access import hold
from simpul.cases.models import Entitlement
from simpul.cases.policy import check_is_victim, check_may_work_on
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned
from simpul.obligations import book
from simpul.reference import catalogues

OFFER_AGAIN_AFTER = timedelta(days=30)
State = Entitlement.State


@transaction.atomic
def inform(victim, right, *, by, at, note=""):
    """The victim was told of a right. What was refused before is offered again with it."""
    entitlement = _entitlement(victim, right, by=by)
    entitlement.informed_at = at
    return _moved(entitlement, State.INFORMED, note=note, by=by, at=at)


@transaction.atomic
def inform_of_all(victim, rights_, *, by, at):
    """The victim was told of several rights in one talk; what was told, asked for or refused before stays as it is."""
    spoken_of = set(victim.entitlements.values_list("right", flat=True))
    return [inform(victim, right, by=by, at=at) for right in rights_ if right not in spoken_of]


@transaction.atomic
def request(victim, right, *, by, at, note=""):
    """The victim asked for a right that no service of the system gives."""
    return _moved(_entitlement(victim, right, by=by), State.REQUESTED, note=note, by=by, at=at)


@transaction.atomic
def meet(victim, right, *, evidence, by, at, note=""):
    """A right was met; evidence is a code of document_kinds, what it says stands in the note."""
    if not catalogues.is_code("document_kinds", evidence):
        raise NotAllowed(_("Choose what shows that the right was met."))
    entitlement = _entitlement(victim, right, by=by)
    entitlement.evidence = evidence
    return _moved(entitlement, State.MET, note=note, by=by, at=at)


@transaction.atomic
def refuse(victim, right, *, by, at, offer_again_on=None, note=""):
    """The victim does not want it now. It is offered again on a day; nothing else changes."""
    entitlement = _entitlement(victim, right, by=by)
    day = offer_again_on or localdate(at) + OFFER_AGAIN_AFTER
    if day <= localdate(at):
        raise NotAllowed(_("Choose a day to come on which the right is offered again."))
    entitlement.offer_again_on = day
    _moved(entitlement, State.REFUSED, note=note, by=by, at=at)
    rights.offered_again(on=entitlement, case=victim.case, day=day, by=by, at=at)
    return entitlement


def _entitlement(victim, right, *, by):
    check_may_work_on(victim.case, by=by)
    check_is_victim(victim)
    if not catalogues.is_code("rights", right):
        raise NotAllowed(_("Choose a right from the list."))
    hold(victim, "part")
    found = victim.entitlements.filter(right=right).first() or Entitlement(involvement=victim, right=right)
    found.involvement = victim
    return found


def _moved(entitlement, state, *, note, by, at):
    entitlement.state, entitlement.moved_at, entitlement.moved_by = state, at, by
    entitlement.note = cleaned(note)
    if state != State.REFUSED:
        entitlement.offer_again_on = None
    if state != State.MET:
        entitlement.evidence = ""
    entitlement.save()
    case = entitlement.involvement.case
    enter(Act.RIGHT_MOVED, on=entitlement, file=case, by=by, at=at, right=entitlement.right, to=state)
    # Also who refuses once more was offered it again; the next day agreed upon has a clock of its own.
    book.meet(rights.OFFER_AGAIN, on=entitlement, by=by, at=at, evidence=entitlement)
    return entitlement
