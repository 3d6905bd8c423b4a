"""Exclusions: the reported person may be an official, so an officer, an agency or a kind of agency is kept out.

Who is kept out finds nothing: no list, no search, no clock, no referral and no emergency access leads there.
"""

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from simpul.agencies.models import Exclusion
from simpul.agencies.roles import Right
from simpul.journal.acts import Act
from simpul.journal.entries import enter, label
from simpul.lib.rules import NotAllowed


def keep_out(thing, *, by, at, officer=None, agency=None, agency_kind=""):
    """Keep somebody out of a report or case. `by` is None where the reporter named the office."""
    if by is not None:
        check_may_exclude(by)
    return shut(thing, by=by, at=at, officer=officer, agency=agency, agency_kind=agency_kind)


@transaction.atomic
def shut(thing, *, by, at, officer=None, agency=None, agency_kind=""):
    """The same, where the room that knows the thing has checked by a rule of its own that `by` may."""
    if by is not None:
        _check_leaves_somebody(by, officer, agency, agency_kind)
    exclusion = Exclusion.objects.create(
        file_kind=thing._meta.label_lower,
        file_id=thing.pk,
        officer=officer,
        agency=agency,
        agency_kind=agency_kind,
        made_by=by,
        made_at=at,
    )
    enter(Act.EXCLUSION_MADE, on=exclusion, file=thing, by=by, at=at)
    return exclusion


def lift(exclusion, *, thing, by, at):
    """Let somebody in again who was kept out of a report or case."""
    check_may_exclude(by)
    reopen(exclusion, thing=thing, by=by, at=at)


@transaction.atomic
def reopen(exclusion, *, thing, by, at):
    """The same, where the room that knows the thing has checked by a rule of its own that `by` may."""
    exclusion.lifted_by, exclusion.lifted_at = by, at
    exclusion.save(update_fields=["lifted_by", "lifted_at"])
    enter(Act.EXCLUSION_LIFTED, on=exclusion, file=thing, by=by, at=at)


def of(thing):
    """Exclusions in force on a report or case, or on what the journal calls it ("cases.case:12")."""
    kind, _colon, pk = label(thing).partition(":")
    return Exclusion.objects.in_force().filter(file_kind=kind, file_id=pk)


def hidden_from(officer, model):
    """Ids of the reports or cases of a model that must stay unknown to an officer, as a subquery."""
    kept_out = Exclusion.objects.keeping_out(officer).filter(file_kind=model._meta.label_lower)
    return kept_out.values("file_id")


def is_hidden_from(officer, thing):
    """The same for one report or case, or for its label."""
    return any(each.officer_id == officer.pk or _covers(each, officer.agency) for each in of(thing))


def labels_hidden_from(officer):
    """The same for all kinds of files, as the labels of the journal ("cases.case:12"), as a subquery."""
    label = Concat("file_kind", Value(":"), Cast("file_id", CharField()))
    return Exclusion.objects.keeping_out(officer).annotate(label=label).values("label")


def keeps_out(thing, agency):
    """Whether an agency as a whole is kept out of a report or case."""
    return not let_in(thing, [agency])


def let_in(thing, agencies):
    """Those of several agencies that are not kept out of a report or case, in one query."""
    held = list(of(thing))
    return [agency for agency in agencies if not any(_covers(exclusion, agency) for exclusion in held)]


def open_to(things, agency):
    """Those of several things of one kind that an agency is not kept out of, in one query."""
    if not things:
        return []
    held = Exclusion.objects.in_force().filter(
        file_kind=things[0]._meta.label_lower, file_id__in=[thing.pk for thing in things]
    )
    shut_to = {exclusion.file_id for exclusion in held if _covers(exclusion, agency)}
    return [thing for thing in things if thing.pk not in shut_to]


def carry_over(source, target, *, by, at):
    """Whoever is kept out of a report is kept out of the case that grows from it."""
    standing = {_who(exclusion) for exclusion in of(target)}
    for exclusion in of(source):
        if _who(exclusion) in standing:
            continue
        Exclusion.objects.create(
            file_kind=target._meta.label_lower,
            file_id=target.pk,
            officer=exclusion.officer,
            agency=exclusion.agency,
            agency_kind=exclusion.agency_kind,
            made_by=exclusion.made_by,
            made_at=exclusion.made_at,
        )
        enter(Act.EXCLUSION_MADE, on=exclusion, file=target, by=by, at=at)


def _who(exclusion):
    return exclusion.officer_id, exclusion.agency_id, exclusion.agency_kind


def check_may_exclude(officer):
    if not officer.may(Right.EXCLUDE):
        raise NotAllowed(_("Only the head of the unit may keep an officer or an agency out of a file."))


def _check_leaves_somebody(by, officer, agency, agency_kind):
    own_kind = agency_kind == by.agency.kind and not by.agency.serves_the_whole_region
    if officer == by or agency == by.agency or own_kind:
        raise NotAllowed(_("You cannot keep yourself out. Ask the head of another unit to take the file over."))


def _covers(exclusion, agency):
    if exclusion.agency_id == agency.pk:
        return True
    is_of_the_kind = bool(exclusion.agency_kind) and exclusion.agency_kind == agency.kind
    return is_of_the_kind and not agency.serves_the_whole_region
