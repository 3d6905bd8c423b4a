"""The door of a case: is there such a case for this officer? Who comes in is written down."""

from django.db import transaction

from simpul.cases.models import Case, Referral
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotFound
from simpul.persons import identities


def check_file_is_open_to(officer, case, *, at):
    """Whether the officer may open this file now; an officer who may not is told nothing."""
    if not Case.objects.visible_to(officer, at=at).filter(pk=case.pk).exists():
        raise NotFound(case.number)


def hold(thing, *names):
    """Read the named fields anew and hold the row until the act is done: of two who act at once, one comes second."""
    thing.refresh_from_db(fields=names, from_queryset=type(thing).objects.select_for_update())


@transaction.atomic
def case_for(officer, number, *, at):
    """The case with its file open, for an officer who may open it; the opening is journalled."""
    case = Case.objects.visible_to(officer, at=at).select_related("agency", "place", "data_key", "opened_by").filter(
        number=number).first()  # fmt: skip
    if case is None:
        raise NotFound(number)
    identities.check_may_read_identities(officer)
    enter(Act.CASE_READ, on=case, by=officer, at=at)
    return case


def case_to_change(officer, number, *, at):
    """The same case when something is changed in it: the change itself is what the journal then tells."""
    case = Case.objects.visible_to(officer, at=at).select_related("agency", "place", "data_key").filter(number=number)
    if found := case.first():
        return found
    raise NotFound(number)


@transaction.atomic
def facts_for(officer, number, *, at):
    """Facts and clocks of a case without identities, for roles that see facts."""
    case = Case.objects.facts_visible_to(officer).select_related("agency", "place").filter(number=number).first()
    if case is None:
        raise NotFound(number)
    enter(Act.CASE_FACTS_SEEN, on=case, by=officer, at=at)
    return case


@transaction.atomic
def referral_for(officer, pk, *, at):
    """A referral to or from the officer's agency, with what was shared; the reading is journalled."""
    found = Referral.objects.visible_to(officer).select_related(
        "case__agency", "case__data_key", "service", "sender", "receiver", "sent_by", "answered_by"
    )
    referral = found.filter(pk=pk).first()
    if referral is None:
        raise NotFound(pk)
    identities.check_may_read_identities(officer)
    enter(Act.REFERRAL_READ, on=referral, file=referral.case, by=officer, at=at, fields=referral.shared_fields)
    return referral


def referral_to_answer(officer, pk):
    """A referral that is about to be answered or withdrawn."""
    found = Referral.objects.visible_to(officer).select_related("case__agency", "case__data_key", "service", "sender")
    if referral := found.filter(pk=pk).first():
        return referral
    raise NotFound(pk)
