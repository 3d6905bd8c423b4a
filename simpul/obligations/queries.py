"""Reading obligations: what is owed, by whom, and how it stands."""

from datetime import timedelta

from django.db.models import Count, Q

from simpul.agencies.exclusions import labels_hidden_from
from simpul.agencies.roles import Right
from simpul.journal.entries import label
from simpul.obligations.models import Obligation


def visible_to(officer):
    """Obligations an officer may see: the own agency's; with the right to facts, the whole region's.

    What is owed in a file that the officer is kept out of stays unknown, its number too.
    """
    seen = Obligation.objects.exclude(file__in=labels_hidden_from(officer))
    if officer.may(Right.SEE_FACTS):
        return seen.within(officer.jurisdiction)
    return seen.owed_by(officer.agency)


def owed_now(officer):
    """What the officer's agency owes, or the region for those who see facts; what runs out first stands first."""
    return visible_to(officer).standing().select_related("owed_by", "place").first_out_first()


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
