"""Services for a victim: requested, moved on, refused and offered again."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.agencies.exclusions import keeps_out
from simpul.cases import rights
from simpul.cases.access import hold
from simpul.cases.models import Involvement, Service, ServiceStep
from simpul.cases.policy import (
    check_may_begin,
    check_may_end,
    check_may_move,
    check_may_work_on,
    check_state_may_follow,
)
from simpul.cases.steps import check_may_be_struck, check_may_follow, moment_of
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned
from simpul.obligations import book
from simpul.obligations.rules import rule
from simpul.persons.policy import check_is_after_birth
from simpul.reference import catalogues

OFFER_AGAIN_AFTER = timedelta(days=30)
CLOCKS_BEGUN_BY = {
    "lpsk_protection_asked": ("lpsk_protection_decision",),
    "lpsk_aid_asked": ("lpsk_aid_decision",),
}
CLOCKS_MET_BY = {
    "lpsk_protection_decided": ("lpsk_protection_decision",),
    "lpsk_aid_decided": ("lpsk_aid_decision",),
    "protected": (rights.PROTECTION, rights.TEMPORARY_PROTECTION),
    "protection_ended": ("temporary_protection_ends",),
}
NOT_WANTED = frozenset({Service.State.REFUSED, Service.State.STOPPED})
ENDED = NOT_WANTED | {Service.State.DONE, Service.State.DECLINED}
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
    if to in BEGUN:
        check_may_begin(service)
    if to == Service.State.DONE:
        check_may_end(service)
    before, service.state, service.moved_at = service.state, to, at
    service.offer_again_on = None
    if to in NOT_WANTED:
        service.offer_again_on = offer_again_on or localdate(at) + OFFER_AGAIN_AFTER
        if service.offer_again_on <= localdate(at):
            raise NotAllowed(_("Choose a day to come on which the service is offered again."))
        rights.service_not_wanted(service, by=by, at=at)
    if to in BEGUN:
        rights.service_given(service, by=by, at=at)
    if to in ENDED:
        _leave_shelter(service, by=by, at=at)
    if to == Service.State.REQUESTED:
        book.meet(rights.OFFER_AGAIN, on=service, by=by, at=at, evidence=service)
        rights.service_requested(service, by=by, at=at)
    service.save(update_fields=["state", "moved_at", "offer_again_on"])
    enter(Act.SERVICE_MOVED, on=service, file=service.case, by=by, at=at, before=before, to=to)


def _leave_shelter(service, *, by, at):
    """Whose stay ends with the service leaves the bed free for somebody else."""
    for stay in service.stays.filter(left_on=None).select_related("shelter").order_by("pk"):
        stay.left_on = max(localdate(at), stay.entered_on)
        stay.save(update_fields=["left_on"])
        enter(Act.STAY_NOTED, on=stay, file=service.case, by=by, at=at, shelter=stay.shelter.code, left=True)


@transaction.atomic
def note_step(service, *, kind, on, by, at, note=""):
    """Note a step within a service, such as a stage of social service or the signing of a power of attorney."""
    check_may_move(service, by=by)
    hold(service, "state")
    noted = list(service.steps.order_by("happened_on", "pk"))
    check_may_follow("service_steps", kind, noted, on=on, at=at)
    if service.kind not in catalogues.term("service_steps", kind).extra["services"]:
        raise NotAllowed(_("This step belongs to another service."))
    check_is_after_birth(service.victim.person, on)
    step = ServiceStep(service=service, kind=kind, happened_on=on, noted_at=at, noted_by=by)
    step.note = cleaned(note)
    step.save(force_insert=True)
    enter(Act.SERVICE_STEP_NOTED, on=step, file=service.case, by=by, at=at, kind=kind, of=service.pk)
    _move_clocks(service, step, by=by, at=at)
    return step


@transaction.atomic
def strike_step(step, *, by, at):
    """Strike out a step that was noted by mistake; what it met stands again."""
    service = step.service
    check_may_move(service, by=by)
    hold(service, "state")
    check_may_be_struck(step, list(service.steps.order_by("happened_on", "pk")), "service_steps")
    book.take_back(evidence=step, by=by, at=at)
    # The clocks of a struck step end, unless another step of its kind began them as well.
    if not service.steps.filter(kind=step.kind).exclude(pk=step.pk).exists():
        for clock in CLOCKS_BEGUN_BY.get(step.kind, ()):
            book.waive_one(clock, on=service, reason="opened_by_mistake", by=by, at=at)
    enter(Act.SERVICE_STEP_NOTED, on=step, file=service.case, by=by, at=at, kind=step.kind, of=service.pk, struck=True)
    step.delete()


def steps_of(kind):
    """Codes of the steps that a kind of service has, in their order."""
    return [term.code for term in catalogues.terms("service_steps") if kind in term.extra["services"]]


def _move_clocks(service, step, *, by, at):
    moment = moment_of(step.happened_on, at)
    if step.kind == "lpsk_protection_asked":
        # The police owe this application for whom they protect (UU 12/2022 Art. 43); whoever made it, it is made.
        for other in service.victim.services.filter(kind="police_protection").order_by("pk"):
            book.meet("ask_lpsk_protection", on=other, by=by, at=at, evidence=step, done_at=moment)
    for clock in CLOCKS_MET_BY.get(step.kind, ()):
        book.meet(clock, on=service, by=by, at=at, evidence=step, done_at=moment)
    for clock in CLOCKS_BEGUN_BY.get(step.kind, ()):
        owed_by = rights.debtor(rule(clock).debtor_kind, service.case, chosen=service.provider)
        rights.owe(clock, on=service, case=service.case, owed_by=owed_by, since=moment, by=by, at=at)


def _check_may_be_requested(victim, kind, provider):
    if not catalogues.is_code("services", kind):
        raise NotAllowed(_("Choose a service from the list."))
    if victim.part == Involvement.Part.SUSPECT:
        raise NotAllowed(_("Services are for victims and witnesses. Choose the person who needs this one."))
    if provider is not None and keeps_out(victim.case, provider):
        raise NotAllowed(_("%(agency)s is kept out of this case and must not learn of it.") % {"agency": provider.name})
