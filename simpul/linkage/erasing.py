"""Erasing: what is known of who is whom goes with the person, and the machine finds the person no more.

What was decided on two records is about both: it goes with the first of them that is erased. What followed from it in
the files of others stays, as the sums of the statistics do.
"""

from functools import partial

from django.db import transaction
from django.db.models import Q

from simpul.linkage import engine, groups
from simpul.linkage.models import Decision, Encoding, Inquiry, Member, Pair, Skip
from simpul.obligations import book


@transaction.atomic
def forget(person, *, by, at):
    """Remove encoding, pairs, decisions and questions of a person; returns how many of what, by code."""
    mine = Q(left=person) | Q(right=person)
    inquiries = Inquiry.objects.filter(Q(own=person) | Q(other=person))
    for inquiry in inquiries.order_by("pk"):
        book.waive_all(on=inquiry, reason="no_longer_applies", by=by, at=at)
    mates = groups.joined_with(person.pk)
    Skip.objects.filter(pair__in=Pair.objects.of(person)).delete()
    counts = {
        "pairs": Pair.objects.filter(mine).delete()[0],
        "decisions": Decision.objects.filter(Q(inquiry__in=inquiries) | mine).delete()[0],
        "questions": inquiries.delete()[0],
        "encodings": Encoding.objects.filter(person=person).delete()[0],
    }
    Member.objects.filter(person=person).delete()
    if len(mates) > 1:
        groups.rebuild(mates - {person.pk})
    let_go([person.pk])
    return {code: number for code, number in counts.items() if number}


def let_go(persons):
    """The machine finds some people no more, by key, as soon as the transaction has ended well."""
    if machine := engine.present():
        transaction.on_commit(partial(machine.forget, list(persons)))
