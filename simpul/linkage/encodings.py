"""Encodings: made when a person is recorded or changed, by asking the process that holds the key.

Where the key is away, the person is recorded all the same and the encoding is owed: a job makes up for it. People of a
list are encoded by that job too, under a grant of whoever holds the key.
"""

from django.db import transaction
from django.db.models import F, Q

from simpul.linkage import engine
from simpul.linkage.matching import names
from simpul.linkage.models import Encoding, Habit
from simpul.persons.models import Person

# What a run of the background work makes, in about ten seconds.
AT_ONCE = 600
EVIDENCE = ("nik", "birth_date", "phone", "passport", "address")


def is_on():
    """Whether this installation has a process that holds a linkage key."""
    return engine.present() is not None


def note(person, *, by, at):
    """Encode a person as recorded now; owed where the key is away. None where linkage is off."""
    if engine.present() is None:
        return None
    try:
        return _made(person, by=by, at=at)
    except (engine.Away, engine.Refused):
        return _owed(person, at=at)


def owed():
    """People without an encoding as they are recorded now, in the epoch in use; who waits longest for a try first."""
    is_owed = Q(encoding=None) | ~Q(encoding__owed_since=None)
    if epoch := engine.present().epoch:
        is_owed |= ~Q(encoding__epoch=epoch)
    rows = Person.objects.filter(is_owed, data_key__destroyed_at=None)
    return rows.select_related("data_key", "home").order_by(F("encoding__tried_at").asc(nulls_first=True), "pk")


def catch_up(*, at, most=AT_ONCE):
    """Make encodings that are owed; returns how many were made. Stops where the key is away.

    Whom the key process refuses, as it does where numbers look as if they were tried out, keeps nobody else waiting.
    """
    made = 0
    for person in owed()[:most] if is_on() else ():
        try:
            _made(person, by=None, at=at)
        except engine.Refused:
            _owed(person, at=at)
        except engine.Away:
            _owed(person, at=at)
            break
        else:
            made += 1
    return made


@transaction.atomic
def _made(person, *, by, at):
    made = engine.present().encode(evidence_of(person), by=by, purpose="person.recorded")
    told = {
        "epoch": made.epoch, "tags": made.tags, "slots": made.slots, "habit": habit_of(person), "made_at": at,
        "owed_since": None, "tried_at": at, "compared_at": None,
    }  # fmt: skip
    return Encoding.objects.update_or_create(person=person, defaults=told)[0]


@transaction.atomic
def _owed(person, *, at):
    encoding = Encoding.objects.filter(person=person).first() or Encoding(person=person)
    encoding.owed_since, encoding.tried_at, encoding.compared_at = encoding.owed_since or at, at, None
    encoding.save()
    return encoding


def evidence_of(person):
    """What of a person is encoded, open, under the canonical names of `matching.normalise`. It goes to the key process
    and nowhere else.
    """
    told = {name: getattr(person, name).opened() for name in EVIDENCE}
    born = told.pop("birth_date")
    home = person.home
    return told | {
        "name": _name_of(person),
        "birth_date": born.isoformat() if born else "",
        "birth_year": "" if born or not person.birth_year else str(person.birth_year),
        "sex": person.sex,
        **_place(home.pk if home else ""),
    }


def habit_of(person):
    """How a name is written: one word, with a patronymic, with an alias, several words."""
    name = names.read(_name_of(person))
    if not name.words:
        return Habit.NONE
    if name.parent:
        return Habit.PATRONYMIC
    if name.aliases:
        return Habit.ALIAS
    return Habit.ONE_WORD if len(name.words) == 1 else Habit.SEVERAL


def _name_of(person):
    return " alias ".join(part for part in (person.name.opened(), person.aliases.opened()) if part)


def _place(code):
    """The levels of a place as codes, so that every spelling of one village is the same evidence."""
    depths = {"province": 2, "regency": 5, "district": 8, "village": 13}
    return {level: code[:depth] for level, depth in depths.items() if len(code) >= depth}
