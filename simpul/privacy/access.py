"""The doors of this room: is there such a request, hold, erasure or breach for this officer?"""

from django.db import transaction

from simpul.cases.models import Case
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotFound, allows
from simpul.persons.identities import check_may_read_identities
from simpul.privacy import policy, queries
from simpul.privacy.models import DataRequest


def request_for(officer, case, pk, *, at):
    """A request in a case that the officer may open. Who reads its words has opened the file, which is written down."""
    found = DataRequest.objects.filter(pk=pk, case=case, case__in=Case.objects.visible_to(officer, at=at))
    request = found.select_related("person__data_key", "recorded_by__agency", "decided_by__agency").first()
    if request is None:
        raise NotFound(pk)
    request.case = case
    return request


def thing_for(officer, file):
    """The case, report or person of a label, for an officer who may decide on its erasure."""
    thing = queries.thing_of(file)
    if thing is None or not allows(policy.check_may_erase, thing, by=officer):
        raise NotFound(file)
    return thing


def erasure_for(officer, pk):
    return _found(queries.erasures_for(officer), pk)


@transaction.atomic
def hold_for(officer, pk, *, at):
    """A legal hold and its words; the reading is journalled."""
    hold = _found(queries.holds_for(officer).select_related("data_key"), pk)
    check_may_read_identities(officer)
    enter(Act.HOLD_READ, on=hold, file=hold.file, by=officer, at=at)
    return hold


@transaction.atomic
def breach_for(officer, number, *, at):
    """A breach with what it is about; the reading is journalled."""
    breach = breach_to_change(officer, number)
    check_may_read_identities(officer)
    enter(Act.BREACH_READ, on=breach, by=officer, at=at)
    return breach


def breach_to_change(officer, number):
    """The same breach when something is changed about it."""
    breach = queries.breaches_for(officer).select_related("data_key").filter(number=number).first()
    if breach is None:
        raise NotFound(number)
    return breach


def affected_to_tell(officer, breach, pk):
    return _found(queries.affected_by(breach, officer), pk)


@transaction.atomic
def affected_list(officer, breach, *, at):
    """Everybody on the list within the officer's reach, to be taken along; that it was taken is journalled."""
    rows = list(queries.affected_by(breach, officer))
    enter(Act.BREACH_LIST_READ, on=breach, by=officer, at=at, count=len(rows))
    return rows


def _found(rows, pk):
    if row := rows.filter(pk=pk).first():
        return row
    raise NotFound(pk)
