"""Writing the journal: one line for every act and every reading."""

from functools import cache

from django.db import connection

from simpul.journal.chain import key, link_of
from simpul.journal.models import Entry

# Plain statements: every act and every reading comes through here, and building them anew each time through the
# object mapper would cost more than everything the chain itself does (docs/performance.md).
END = "SELECT number, link FROM journal_head WHERE id = 1"
MOVE = "UPDATE journal_head SET number = %s, link = %s WHERE id = 1"


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
    if not connection.in_atomic_block:
        raise RuntimeError("A journal entry belongs into the transaction of its act.")
    with connection.cursor() as cursor:
        # The end of the journal is held until the transaction ends: of two who write, one comes second.
        cursor.execute(END + (" FOR UPDATE" if connection.features.has_select_for_update else ""))
        end = cursor.fetchone()
        if end is None:
            raise RuntimeError("The end of the journal is missing: `simpul journal verify` tells more.")
        number, previous = end
        entry = _entry(number + 1, act, on, by, at, file, facts)
        entry.link = link_of(entry, bytes(previous), key())
        cursor.execute(_insertion(), [f.get_db_prep_save(getattr(entry, f.attname), connection) for f in _columns()])
        cursor.execute(MOVE, [entry.number, connection.Database.Binary(entry.link)])
    entry._state.adding, entry._state.db = False, connection.alias
    return entry


def _entry(number, act, on, by, at, file, facts):
    return Entry(
        number=number,
        at=at,
        act=act,
        officer_id=getattr(by, "pk", None),
        agency_id=getattr(by, "agency_id", None),
        subject=label(on),
        file=label(file) if file is not None else label(on),
        facts=facts,
    )


def _columns():
    return Entry._meta.concrete_fields


@cache
def _insertion():
    names = ", ".join(f'"{field.column}"' for field in _columns())
    return f"INSERT INTO journal_entry ({names}) VALUES ({', '.join(['%s'] * len(_columns()))})"
