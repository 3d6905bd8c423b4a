"""What an officer may do with requests about data, erasures, holds and breaches, each rule once."""

from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.agencies.exclusions import hidden_from
from simpul.agencies.models import Agency
from simpul.agencies.roles import Right
from simpul.cases.models import Case, Involvement
from simpul.cases.policy import check_may_work_on, is_kept_out
from simpul.intake.models import Complaint, Report
from simpul.lib.rules import NotAllowed
from simpul.migrants.models import Returnee, Worker
from simpul.migrants.policy import check_may_register, check_may_see
from simpul.persons.models import Person
from simpul.reference import catalogues

SHORTEST_REASON = 20


def check_may_record(case, person, *, by):
    """A request is recorded by who works on the case, for somebody who has a part in it."""
    check_may_work_on(case, by=by)
    if not case.involvements.filter(person=person).exists():
        raise NotAllowed(_("This person is not in this case. Record the request in the case the person is in."))


def check_may_read_assessment(officer):
    if not officer.may(Right.READ_ASSESSMENT):
        raise NotAllowed(_("Your role does not read the assessment of impact."))


def check_may_answer(request, *, by):
    check_may_work_on(request.case, by=by)
    if not request.is_open:
        raise NotAllowed(_("This request was answered already. Reload the page to see the answer."))


def check_may_refuse(request, *, by):
    """Only the head of the unit that keeps the case, and only what the law lets be refused (UU 27/2022 Art. 33)."""
    is_head = by.may(Right.REFUSE_REQUESTS) and by.agency_id == request.case.agency_id
    if not is_head or is_kept_out(request.case_id, by):
        raise NotAllowed(_("Only the head of the unit that keeps the case may refuse a request."))
    if not request.is_open:
        raise NotAllowed(_("This request was answered already. Reload the page to see the answer."))
    if not catalogues.term("request_kinds", request.kind).extra["may_be_refused"]:
        raise NotAllowed(_("The law lets nobody refuse this. Answer it."))


def check_may_restrict(thing, *, by):
    """Who works on a return, or keeps the register there, notes what its person asks; no case is needed for it."""
    if isinstance(thing, Worker):
        check_may_register(thing.home_id, by=by)
        return
    check_may_see(thing, by=by)


def check_may_erase(thing, *, by):
    """Propose, confirm, hold: the head of the unit in its own files, the data protection officer in the region."""
    if not by.may(Right.ERASE):
        raise NotAllowed(_("Only the head of a unit or the data protection officer decides on erasure."))
    if not keepers_of(thing) & set(reach_of(by).values_list("pk", flat=True)) or _is_hidden(thing, by):
        raise NotAllowed(_("This file is kept by an agency outside your reach."))


def check_is_another(erasure, *, by):
    """Nobody erases alone: the database holds this too."""
    if erasure.proposed_by_id == by.pk:
        raise NotAllowed(_("You proposed this erasure yourself. Somebody else must confirm it."))


def check_waits(erasure):
    if not erasure.is_waiting:
        raise NotAllowed(_("This proposal was decided on already. Reload the page to see what became of it."))


def check_may_handle_breaches(officer):
    if not officer.may(Right.HANDLE_BREACHES):
        raise NotAllowed(_("Only the head of a unit or the data protection officer handles breaches."))


def check_is_running(breach):
    if breach.has_ended:
        raise NotAllowed(_("This breach is closed. Note a new one if there is more."))


def reach_of(officer):
    """The agencies whose files concern an officer here: of the region for the data protection officer, else the own."""
    if officer.may(Right.READ_JOURNAL):
        return Agency.objects.within(officer.jurisdiction)
    return Agency.objects.filter(pk=officer.agency_id)


def keepers_of(thing):
    """The keys of the agencies that keep a case, a report, a complaint or a person."""
    if isinstance(thing, Case):
        return {thing.agency_id}
    if isinstance(thing, Complaint):
        return {thing.heard_by_id}
    if isinstance(thing, Report):
        return {thing.agency_id or getattr(thing.decided_by, "agency_id", None)}
    kept = set(Case.objects.filter(involvements__person=thing).values_list("agency_id", flat=True))
    return kept or {getattr(thing.recorded_by, "agency_id", None)}


def persons_hidden_from(officer):
    """Persons in a case, a return or an entry of the register that an officer is kept out of, as a queryset."""
    return Person.objects.filter(
        Q(pk__in=Involvement.objects.filter(case__in=hidden_from(officer, Case)).values("person"))
        | Q(pk__in=Returnee.objects.filter(pk__in=hidden_from(officer, Returnee)).values("person"))
        | Q(pk__in=Worker.objects.filter(pk__in=hidden_from(officer, Worker)).values("person"))
    )


def _is_hidden(thing, officer):
    if isinstance(thing, Person):
        return persons_hidden_from(officer).filter(pk=thing.pk).exists()
    return type(thing).objects.filter(pk=thing.pk, pk__in=hidden_from(officer, type(thing))).exists()
