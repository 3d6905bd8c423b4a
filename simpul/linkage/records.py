"""The records that people stand in: every room above declares its own, for this room knows no case and no list.

A room says which of its records are about somebody, which agency keeps each, which of them an officer may open and of
whom the officer must not learn; and what follows in it when two records turn out to be one person.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from simpul.agencies.exclusions import keeps_out, labels_hidden_from
from simpul.persons.models import Person

# What hangs on the answer whether two records are one person, by what is known of both.
CHILD, OPEN_CASE, VICTIM, SUSPECT, SENT_HOME = "child", "open_case", "victim", "suspect", "sent_home"
# Who was forced into an offence and is not punished for it (UU 21/2007 Art. 18).
UNPUNISHED = "unpunished"


@dataclass(frozen=True)
class Record:
    """One record that a person stands in, as one officer may know it."""

    person: int
    file: str
    number: str
    agency: int
    is_open: bool = False
    facts: frozenset = frozenset()


@dataclass(frozen=True)
class Room:
    """What a room declares.

    `open_to(officer, at=)` and `hidden_from(officer)` are querysets of rows with a `person`, several where a room keeps
    several kinds; `records(persons, officer=, at=)` are the `Record`s of some keys, in a fixed number of queries, none
    of them open where no officer asks; `numbered(text, officer=, at=)` are those whose file bears a number, as officers
    write it, and is open to the officer; `follow(persons, by=, at=)` is told whose standing with others has changed,
    and puts right what follows from it, whichever way it changed.
    """

    name: str
    open_to: Callable
    hidden_from: Callable
    records: Callable
    numbered: Callable = lambda text, *, officer, at: []
    follow: Callable = lambda persons, *, by, at: None


_ROOMS: dict[str, Room] = {}


def declare(room):
    """Take up what a room says; the same room replaces what it said before."""
    _ROOMS[room.name] = room


def rooms():
    return list(_ROOMS.values())


def is_open(officer, *, at, person="pk"):
    """The condition that somebody has a record that an officer may open, and none that must stay unknown.

    `person` is the way from the rows that are asked to the person. Each is looked up by the index of the person, so
    that it costs the same however long the register is.
    """
    rows = [rows for room in rooms() for rows in room.open_to(officer, at=at)]
    return _stands_in(rows, person) & is_unhidden(officer, person=person)


def is_unhidden(officer, *, person="pk"):
    """The condition that no room hides somebody from an officer."""
    return ~_stands_in([rows for room in rooms() for rows in room.hidden_from(officer)], person)


def open_to(officer, *, at):
    """People with a record that an officer may open, and without one that must stay unknown to the officer."""
    return Person.objects.filter(is_open(officer, at=at), data_key__destroyed_at=None)


def unhidden_from(officer):
    """People whom no room hides from an officer, as far as they were not erased."""
    return Person.objects.filter(is_unhidden(officer), data_key__destroyed_at=None)


def known_among(persons, officer, *, at):
    """{key: whether a record of the person is open to an officer} of those of some keys whom no room hides from them.

    One query for both questions, for it is long.
    """
    opening = _stands_in([rows for room in rooms() for rows in room.open_to(officer, at=at)], "pk")
    rows = unhidden_from(officer).filter(pk__in=persons).annotate(is_open=opening)
    return dict(rows.values_list("pk", "is_open"))


def unhidden(persons, officer):
    """Those of some keys that no room hides from an officer, as a set."""
    return set(unhidden_from(officer).filter(pk__in=persons).values_list("pk", flat=True))


def records_of(persons, *, at, officer=None):
    """{key of a person: the person's records}, for many at once."""
    found = {pk: [] for pk in persons}
    for room in rooms():
        for record in room.records(list(found), officer=officer, at=at):
            found[record.person].append(record)
    return found


def numbered(text, *, officer, at):
    """The records in the file of a number, as far as they and their persons are open to an officer."""
    found = [record for room in rooms() for record in room.numbered(text, officer=officer, at=at) if record.is_open]
    shown = set(open_to(officer, at=at).filter(pk__in={record.person for record in found}).values_list("pk", flat=True))
    return [record for record in found if record.person in shown]


def is_shut_to(records, agency):
    """Whether an agency is kept out of one of some records."""
    return any(keeps_out(record.file, agency) for record in records)


def is_hidden_from(records, officer):
    """Whether one of some records must stay unknown to an officer."""
    return labels_hidden_from(officer).filter(label__in=[record.file for record in records]).exists()


def follow(persons, *, by, at):
    """Tell every room whose standing with others has changed."""
    for room in rooms():
        room.follow(sorted(persons), by=by, at=at)


def consequence_of(left, right):
    """How much hangs on whether two persons are one, from all records of each: 0 for nothing."""
    one, other = _facts(left), _facts(right)
    either = one | other
    told = (
        (4, SUSPECT in one and SUSPECT in other),
        (4, VICTIM in one and VICTIM in other),
        (4, (UNPUNISHED in one and SUSPECT in other) or (SUSPECT in one and UNPUNISHED in other)),
        (3, CHILD in either),
        (3, SENT_HOME in one and SENT_HOME in other),
        (2, OPEN_CASE in either),
        (1, VICTIM in either or SUSPECT in either),
    )
    return sum(weight for weight, holds in told if holds)


def _stands_in(querysets, person):
    found = Q(pk__in=[])
    for rows in querysets:
        found |= Q(Exists(rows.filter(person=OuterRef(person))))
    return found


def _facts(records):
    return frozenset().union(*(record.facts for record in records))
