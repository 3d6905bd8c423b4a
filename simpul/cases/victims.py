"""The people in a case: recorded by the part they play, with the victim status as an officer decided it."""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.cases import children, files, linked, proceedings, rights
from simpul.cases.access import check_file_is_open_to
from simpul.cases.models import Case, Involvement
from simpul.cases.policy import check_is_victim, check_may_work_on
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed, NotFound
from simpul.lib.texts import cleaned
from simpul.linkage.groups import groups
from simpul.persons import identities
from simpul.persons.models import Person
from simpul.reference import catalogues

# What of an identity tells an age.
BORN = frozenset({"birth_date", "birth_year"})
PRESUMED, VICTIM, NOT_VICTIM = "presumed", "victim", "not_victim"


@transaction.atomic
def add(case, *, part, by, at, childhood="", note="", person=None, **identity):
    """Add a person to a case: one that is recorded already, or a new one from what is known.

    A victim is presumed until decided otherwise; the clocks of protection begin with the presumption.
    """
    check_may_work_on(case, by=by)
    if person is not None:
        _check_may_be_added(person, case, part, by=by, at=at)
    person = person or identities.record(by=by, at=at, file=case, **identity)
    if part == Involvement.Part.SUSPECT:
        _check_is_not_protected(person)
    if part == Involvement.Part.VICTIM:
        childhood = children.childhood_told(person, childhood, case=case, at=at)
    involvement = Involvement(
        case=case,
        person=person,
        part=part,
        childhood=childhood,
        status=PRESUMED if part == Involvement.Part.VICTIM else "",
        note=cleaned(note),
        noted_at=at,
        noted_by=by,
    )
    involvement.save(force_insert=True)
    enter(Act.INVOLVEMENT_NOTED, on=involvement, file=case, by=by, at=at, part=part)
    if part == Involvement.Part.VICTIM:
        children.note_childhood(involvement, childhood, by=by, at=at)
        rights.victim_received(involvement, by=by, at=at)
        proceedings.victim_noted(involvement, by=by, at=at)
    return involvement


@transaction.atomic
def begin_again(case, *, who, by, at, summary=""):
    """Somebody of an ended case was trafficked again: a new case with those victims, and whoever must not know of it.

    Who was a child then may be none at the new act: unless the year of birth says so, the age is open to dispute, and
    doubt is decided for the child.
    """
    new, again = files.open_recurrence(case, victims=who, summary=summary, by=by, at=at)
    for part in again:
        add(new, part=Involvement.Part.VICTIM, person=part.person, childhood=_childhood_now(part, at), by=by, at=at)
    return new


@transaction.atomic
def decide_status(involvement, *, status, by, at):
    """A trained officer decides whether somebody is a victim; it can be decided anew at any time.

    No score and no rule decides it (UU 27/2022 Art. 10). "Not a victim" ends no service by itself.
    """
    check_may_work_on(involvement.case, by=by)
    if not catalogues.is_code("victim_statuses", status):
        raise NotAllowed(_("Choose a status from the list."))
    before = involvement.status
    involvement.status, involvement.status_by, involvement.status_at = status, by, at
    involvement.save(update_fields=["status", "status_by", "status_at"])
    enter(Act.INVOLVEMENT_STATUS_SET, on=involvement, file=involvement.case, by=by, at=at, before=before, status=status)


@transaction.atomic
def protect_from_punishment(involvement, *, by, at):
    """Note that what the victim did was forced (UU 21/2007 Art. 18): the person can be no suspect in any case."""
    check_may_work_on(involvement.case, by=by)
    if involvement.part != Involvement.Part.VICTIM:
        raise NotAllowed(_("Only a victim is protected by Art. 18."))
    if Involvement.objects.filter(person__in=_same(involvement.person), part=Involvement.Part.SUSPECT).exists():
        raise NotAllowed(_("This person is noted as a suspect. That note must be taken back first (Art. 18)."))
    involvement.is_not_punished = True
    involvement.save(update_fields=["is_not_punished"])
    enter(Act.INVOLVEMENT_NOTED, on=involvement, file=involvement.case, by=by, at=at, not_punished=True)


@transaction.atomic
def mark(involvement, *, by, at, is_threatened=None, is_abroad=None):
    """Note what decides on a victim's rights: a threat (Art. 47), and that the victim is abroad (Art. 54)."""
    check_may_work_on(involvement.case, by=by)
    check_is_victim(involvement)
    told = {"is_threatened": is_threatened, "is_abroad": is_abroad}
    told = {name: value for name, value in told.items() if value is not None}
    for name, value in told.items():
        setattr(involvement, name, value)
    involvement.save(update_fields=list(told))
    enter(Act.INVOLVEMENT_NOTED, on=involvement, file=involvement.case, by=by, at=at, **told)


@transaction.atomic
def take_back_suspicion(involvement, *, by, at):
    """Somebody was noted as a suspect and is none; the journal keeps that it stood there."""
    check_may_work_on(involvement.case, by=by)
    if involvement.part != Involvement.Part.SUSPECT:
        raise NotAllowed(_("Only the note that somebody is a suspect can be taken back."))
    if involvement.proceedings.exists():
        raise NotAllowed(_("This person is the accused of a proceeding in this case. Correct the proceeding first."))
    enter(Act.INVOLVEMENT_NOTED, on=involvement, file=involvement.case, by=by, at=at, part="suspect", taken_back=True)
    linked.suspicion_taken_back(involvement, by=by, at=at)
    involvement.age_decisions.all().delete()
    involvement.delete()


@transaction.atomic
def correct(involvement, *, by, at, childhood=None, **told):
    """Correct a person's data, and whether the person was a child on the date of the act."""
    check_may_work_on(involvement.case, by=by)
    if told:
        identities.correct(involvement.person, by=by, at=at, file=involvement.case, **told)
    if involvement.part == Involvement.Part.VICTIM and (childhood is not None or BORN & set(told)):
        said = involvement.childhood if childhood is None else childhood
        said = children.childhood_told(involvement.person, said, case=involvement.case, at=at)
        children.note_childhood(involvement, said, by=by, at=at)
    elif childhood is not None:
        children.note_childhood(involvement, childhood, by=by, at=at)
    if involvement.part == Involvement.Part.SUSPECT:
        _check_is_not_protected(involvement.person)


def read_identity(involvement, *, fields, by, at, because=""):
    """Named fields of a person's identity, for an officer who works on the case; the reading is journalled."""
    check_file_is_open_to(by, involvement.case, at=at)
    return identities.read(involvement.person, fields=fields, by=by, at=at, file=involvement.case, because=because)


def _check_may_be_added(person, case, part, *, by, at):
    """A person recorded already is known to the officer from a file that is open to them, or not at all."""
    open_files = Case.objects.visible_to(by, at=at).filter(involvements__person=person)
    if person.recorded_by_id != by.pk and not open_files.exists():
        raise NotFound(person.pk)
    if case.involvements.filter(person=person, part=part).exists():
        raise NotAllowed(_("This person plays this part in the case already."))


def _childhood_now(part, at):
    is_child = part.person.is_a_child_on(localdate(at)) if part.counts_as_child else False
    return Involvement.Childhood.DISPUTED if is_child is not False else Involvement.Childhood.UNKNOWN


def _same(person):
    """Rows of the same person, as far as numbers and officers tell: the same one may be recorded twice."""
    return Person.objects.filter(pk__in={person.pk, *groups([person])[person.pk]})


def _check_is_not_protected(person):
    if Involvement.objects.filter(person__in=_same(person), is_not_punished=True).exists():
        raise NotAllowed(_("This person was forced by the trafficker and may not appear as a suspect (Art. 18)."))
