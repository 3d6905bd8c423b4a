"""What pages of their own add to the file of a case, each in a fixed number of queries."""

from django.utils.timezone import localdate

from simpul.cases.board import State, boards, counts
from simpul.cases.models import AgeDecision, BestInterest, Involvement
from simpul.cases.queries import proceedings_in
from simpul.cases.rights import BEST_INTEREST
from simpul.journal.entries import label
from simpul.obligations.models import Obligation
from simpul.privacy.queries import requests_in

# What an officer looks for first.
SHOWN = (
    State.OVERDUE, State.RUNNING, State.REQUESTED, State.OPEN, State.INFORMED, State.REFUSED, State.MET, State.ENDED,
)  # fmt: skip


def rights(case, *, request, people):
    """How many rights of each victim stand how."""
    victims = [person for person in people if person.part.part == Involvement.Part.VICTIM]
    found = boards([person.part for person in victims], at=request.at, on=localdate(request.at))
    told = []
    for person in victims:
        tallies = counts(found[person.part.pk])
        told.append((person, [(state, tallies[state]) for state in SHOWN if tallies[state]]))
    return {"victims": told}


def children(case, *, request, people):
    """Children among the victims: from what the age is known, and whether their best interests were checked."""
    victims = [person for person in people if person.part.part == Involvement.Part.VICTIM]
    found = [person for person in victims if person.part.counts_as_child]
    parts = [person.part.pk for person in found]
    grounds = dict(
        AgeDecision.objects.filter(involvement__in=parts).order_by("decided_at", "pk").values_list(
            "involvement_id", "ground")
    )  # fmt: skip
    checked = dict(
        BestInterest.objects.filter(involvement__in=parts).order_by("decided_at", "pk").values_list(
            "involvement_id", "decided_at")
    )  # fmt: skip
    owed = Obligation.objects.standing().in_file(label(case)).filter(rule=BEST_INTEREST)
    clocks = {clock.subject: clock for clock in owed}
    return {
        "children": [
            {"person": person, "ground": grounds.get(person.part.pk, ""), "checked_at": checked.get(person.part.pk),
             "clock": clocks.get(label(person.part))}
            for person in found
        ],
        "is_closed": case.is_closed_access,
    }  # fmt: skip


def requests(case, *, request, people):
    """What people in the case asked about their data, and how much of it waits for an answer."""
    found = list(requests_in(case))
    return {"requests": found, "waiting": sum(one.is_open for one in found)}


def proceedings(case, *, request, people):
    """Each proceeding with its latest step."""
    found = list(proceedings_in(case))
    for one in found:
        steps = list(one.steps.all())
        one.latest = steps[-1] if steps else None
    return {"proceedings": found}


def restitution(case, *, request, people):
    """What became of the restitution of each victim; the names are those the file shows."""
    victims = [person for person in people if person.part.part == Involvement.Part.VICTIM]
    claims = {claim.victim_id: claim for claim in case.restitutions.all()}
    rows = [{"part": each.part, "name": each.name, "restitution": claims.get(each.part.pk)} for each in victims]
    return {"rows": rows}
