"""Services for a victim: requested, moved on, refused and offered again."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.agencies.exclusions import keeps_out
from simpul.cases import rights
from simpul.cases.access import hold
from simpul.cases.models import Involvement, Service
from simpul.cases.policy import check_may_move, check_may_work_on, check_state_may_follow
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned
from simpul.reference import catalogues

OFFER_AGAIN_AFTER = timedelta(days=30)
NOT_WANTED = frozenset({Service.State.REFUSED, Service.State.STOPPED})
BEGUN = frozenset({Service.State.RUNNING, Service.State.DONE})


@transaction.atomic
def request(victim, *, kind, by, at, is_urgent=False, need="", provider=None):
    """Request a service for a victim; what the law then owes begins to run."""
    check_may_work_on(victim.case, by=by)
    _check_may_be_requested(victim, kind, provider)
    service = Service(
        case=victim.case,
        victim=victim,
        kind=kind,
        provider=provider,
        is_urgent=is_urgent,
        need=cleaned(need),
        requested_at=at,
        requested_by=by,
        moved_at=at,
    )
    service.save(force_insert=True)
    enter(Act.SERVICE_REQUESTED, on=service, file=victim.case, by=by, at=at, kind=kind, urgent=is_urgent)
    rights.service_requested(service, by=by, at=at)
    return service


@transaction.atomic
def move(service, *, to, by, at, offer_again_on=None):
    """Move a service on. A refusal gets a date on which it is offered again."""
    check_may_move(service, by=by)
    hold(service, "state", "provider", "offer_again_on")
    check_state_may_follow(service, to)
    before, service.state, service.moved_at = service.state, to, at
    service.offer_again_on = None
    if to in NOT_WANTED:
        service.offer_again_on = offer_again_on or localdate(at) + OFFER_AGAIN_AFTER
        rights.service_not_wanted(service, by=by, at=at)
    if to in BEGUN:
        rights.service_given(service, by=by, at=at)
    if to == Service.State.REQUESTED:
        rights.service_requested(service, by=by, at=at)
    service.save(update_fields=["state", "moved_at", "offer_again_on"])
    enter(Act.SERVICE_MOVED, on=service, file=service.case, by=by, at=at, before=before, to=to)


def _check_may_be_requested(victim, kind, provider):
    if not catalogues.is_code("services", kind):
        raise NotAllowed(_("Choose a service from the list."))
    if victim.part == Involvement.Part.SUSPECT:
        raise NotAllowed(_("Services are for victims and witnesses. Choose the person who needs this one."))
    if provider is not None and keeps_out(victim.case, provider):
        raise NotAllowed(_("%(agency)s is kept out of this case and must not learn of it.") % {"agency": provider.name})
