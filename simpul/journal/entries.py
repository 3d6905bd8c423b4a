"""Writing the journal: one line for every act and every reading."""

from django.db import transaction

from simpul.journal.chain import START, key, link_of
from simpul.journal.models import Entry, Head


def label(thing):
    """How the journal names a thing: "intake.report:12". A string is taken as it is."""
    if isinstance(thing, str):
        return thing
    return f"{thing._meta.label_lower}:{thing.pk}"


def enter(act, *, on, by, at, file=None, **facts):
    """Write one entry, in the transaction of what it tells of.

    `on` is what was acted on, `file` the report or case in whose file it shall be found (default: `on` itself),
    `by` an officer or None for the reporter and for the system. `facts` are codes and numbers, never words of a
    person: the journal is not sealed.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A journal entry belongs into the transaction of its act.")
    head = Head.objects.select_for_update().first() or Head.objects.create(number=0, link=START)
    entry = Entry(
        number=head.number + 1,
        at=at,
        act=act,
        officer_id=getattr(by, "pk", None),
        agency_id=getattr(by, "agency_id", None),
        subject=label(on),
        file=label(file) if file is not None else label(on),
        facts=facts,
    )
    entry.link = link_of(entry, bytes(head.link), key())
    entry.save(force_insert=True)
    Head.objects.filter(pk=head.pk).update(number=entry.number, link=entry.link)
    return entry
