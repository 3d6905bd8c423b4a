"""Reading obligations: what is owed, by whom, and how it stands."""

from datetime import timedelta

from django.db.models import Count, Q

from simpul.agencies.exclusions import labels_hidden_from
from simpul.agencies.roles import Right
from simpul.journal.entries import label
from simpul.obligations.models import Obligation


def visible_to(officer):
    """Obligations an officer may see: what the own agency owes or watches; with the right to facts, the region's.

    What is owed in a file that the officer is kept out of stays unknown, its number too.
    """
    seen = _not_hidden(officer)
    if officer.may(Right.SEE_FACTS):
        return seen.within(officer.jurisdiction)
    return seen.filter(Q(owed_by=officer.agency) | Q(watched_by=officer.agency))


def owed_now(officer):
    """What the officer's agency owes, or the region for those who see facts; what runs out first stands first."""
    seen = visible_to(officer) if officer.may(Right.SEE_FACTS) else _not_hidden(officer).owed_by(officer.agency)
    return seen.standing().select_related("owed_by", "place").first_out_first()


def overdue_by_others(officer, *, at):
    """What others owe in files of the officer's agency and have let run out, oldest first."""
    watched = _not_hidden(officer).watched_by(officer.agency).running().filter(due_at__lt=at)
    return watched.select_related("owed_by", "place").first_out_first()


def escalated_to(officer):
    """What was escalated to the officer's role, at the own agency or in the region, and still stands."""
    mine = visible_to(officer).standing().filter(escalated_to__contains=officer.role)
    return mine.select_related("owed_by", "place").first_out_first()


def of_file(thing):
    """All obligations in a file, standing ones first."""
    return (
        Obligation.objects.in_file(label(thing))
        .select_related("owed_by", "settled_by")
        .order_by("settled_at", "due_at", "pk")
    )


def counts(obligations, *, at):
    """How many stand, how many are overdue, how many run out within 24 hours, in one query."""
    return obligations.aggregate(
        standing=Count("pk"),
        overdue=Count("pk", filter=Q(state="open", due_at__lt=at)),
        soon=Count("pk", filter=Q(state="open", due_at__gte=at, due_at__lt=at + timedelta(hours=24))),
    )


def _not_hidden(officer):
    return Obligation.objects.exclude(file__in=labels_hidden_from(officer))
