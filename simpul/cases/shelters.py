"""Shelters: known by their code alone, with the victims who stay there."""

import re

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.agencies.exclusions import keeps_out
from simpul.cases import services
from simpul.cases.access import hold
from simpul.cases.models import Service, Shelter, Stay
from simpul.cases.models.care import SHELTER_CODE
from simpul.cases.policy import check_may_keep_shelters, check_may_move
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import one_line
from simpul.reference import catalogues

SERVICE = "shelter"


@transaction.atomic
def record(code, *, kind, beds, by, at, takes_children=True):
    """Record a shelter of the own agency by its code. Where it is belongs nowhere into the system."""
    check_may_keep_shelters(by)
    code = one_line(code).upper()
    if not re.match(SHELTER_CODE, code):
        raise NotAllowed(_("A code has letters, a dash and digits, as in RA-07. It says nothing of the place."))
    if not catalogues.is_code("shelter_kinds", kind):
        raise NotAllowed(_("Choose the kind of shelter from the list."))
    if beds < 1:
        raise NotAllowed(_("A shelter has at least one bed."))
    if Shelter.objects.filter(code=code).exists():
        raise NotAllowed(_("The code %(code)s is taken. Choose another.") % {"code": code})
    shelter = Shelter.objects.create(code=code, kind=kind, agency=by.agency, beds=beds, takes_children=takes_children)
    enter(Act.SHELTER_RECORDED, on=shelter, by=by, at=at, kind=kind)
    return shelter


@transaction.atomic
def end(shelter, *, by, at):
    """The shelter is used no more; nobody may stay there any longer."""
    check_may_keep_shelters(by)
    if shelter.agency_id != by.agency_id:
        raise NotAllowed(_("Only the agency that runs the shelter may end it."))
    hold(shelter, "ended_on")
    if shelter.stays.filter(left_on=None).exists():
        raise NotAllowed(_("Somebody still stays there. Note first where they went."))
    shelter.ended_on = localdate(at)
    shelter.save(update_fields=["ended_on"])
    enter(Act.SHELTER_RECORDED, on=shelter, by=by, at=at, ended=True)


@transaction.atomic
def enter_(service, *, shelter, on, by, at):
    """A victim moves into a shelter; the service runs from then on."""
    check_may_move(service, by=by)
    hold(service, "state")
    hold(shelter, "ended_on")
    _check_may_stay(service, shelter, on, at)
    stay = Stay.objects.create(service=service, shelter=shelter, entered_on=on, noted_by=by)
    enter(Act.STAY_NOTED, on=stay, file=service.case, by=by, at=at, shelter=shelter.code)
    if service.state != Service.State.RUNNING:
        services.move(service, to=Service.State.RUNNING, by=by, at=at)
    return stay


@transaction.atomic
def leave(stay, *, on, by, at):
    """The victim left the shelter."""
    check_may_move(stay.service, by=by)
    hold(stay, "left_on")
    if stay.left_on is not None:
        raise NotAllowed(_("This stay has ended already."))
    if not stay.entered_on <= on <= localdate(at):
        raise NotAllowed(_("The day of leaving lies between the day of entering and today."))
    stay.left_on = on
    stay.save(update_fields=["left_on"])
    enter(Act.STAY_NOTED, on=stay, file=stay.service.case, by=by, at=at, shelter=stay.shelter.code, left=True)


def _check_may_stay(service, shelter, on, at):
    if service.kind != SERVICE:
        raise NotAllowed(_("A stay belongs to the service “%(service)s”.")
                         % {"service": catalogues.name_of("services", SERVICE)})  # fmt: skip
    if shelter.ended_on is not None:
        raise NotAllowed(_("%(code)s is no longer used. Choose another shelter.") % {"code": shelter.code})
    if keeps_out(service.case, shelter.agency):
        raise NotAllowed(
            _("%(agency)s is kept out of this case and must not learn of it.") % {"agency": shelter.agency.name}
        )
    if on > localdate(at):
        raise NotAllowed(_("This day lies in the future. Write when it happened."))
    if service.stays.filter(left_on=None).exists():
        raise NotAllowed(_("The victim stays at a shelter already. Note first that the victim left it."))
    if service.victim.counts_as_child and not shelter.takes_children:
        raise NotAllowed(_("%(code)s takes no children. Choose another shelter.") % {"code": shelter.code})
    if shelter.stays.filter(left_on=None).count() >= shelter.beds:
        raise NotAllowed(_("%(code)s is full. Choose another shelter.") % {"code": shelter.code})
