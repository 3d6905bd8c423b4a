"""Likely records of the same person: found at once when somebody is recorded, and shown as far as an officer may see.

Who may see both records sees how they compare, field by field. Who may not is told that there is a file of an agency,
and nothing of what is in it: no name, no place, no number, no probability but a word.
"""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from simpul.agencies.models import Agency
from simpul.agencies.roles import Right
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotFound
from simpul.linkage import encodings, engine, records
from simpul.linkage.access import check_may_see
from simpul.linkage.models import Decision, Encoding, Inquiry, Pair
from simpul.linkage.policy import KEPT_FROM, TOLD_FROM, hears_of_others, word_for
from simpul.persons.models import Person

SHOWN_FROM = 0.5
LOOKED_AT = 50
AT_ONCE = 600


@dataclass(frozen=True)
class Likeness:
    """Another record that may be the same person, as far as one officer may know it."""

    pair: Pair
    is_open: bool
    word: str
    person: Person | None = None
    probability: float | None = None
    levels: dict = field(default_factory=dict)
    holders: tuple = ()
    verdict: str = ""
    inquiry: Inquiry | None = None

    @property
    def agencies(self):
        """Names of the agencies that keep the other record, for who may not see it."""
        return [agency.name for agency in self.holders]


@dataclass(frozen=True)
class Found:
    """What was found for one person; `is_off` where there is no machine, `is_owed` where it could not look yet."""

    likenesses: list
    is_owed: bool = False
    is_off: bool = False


def of(person, *, by, at, most=8):
    """Likely records of the same person, as far as the officer may see; those that are open to the officer first."""
    found = _found(person, by=by, at=at)
    shown = found.likenesses[:most]
    if shown:
        _note_reading(person, shown, by=by, at=at)
    return replace(found, likenesses=shown)


def is_known(person, *, by, at):
    """Whether the officer may know of a likely record of the same person; nothing of it is told."""
    try:
        return bool(_found(person, by=by, at=at).likenesses)
    except NotFound:
        return False


def _found(person, *, by, at):
    if not by.may(Right.REVIEW_PAIRS):
        return Found([])
    pairs, known = _around(person, by=by, at=at)
    if not known.get(person.pk):
        check_may_see(person, by=by, at=at)
    # What is made up for here ends well by itself, so that whoever looks at the same moment finds this record too.
    state = _state(person, by=by, at=at)
    if state.is_new:
        pairs, known = _around(person, by=by, at=at)
    shown = _shown(person, pairs, known, by=by, at=at)
    return Found(shown, is_owed=state.is_owed, is_off=not encodings.is_on())


def count(persons, *, by, at):
    """{key of a person: likely records of the same person that wait for an answer}, for a page of people.

    Only those that the officer may see are counted, in a fixed number of queries.
    """
    keys = [getattr(person, "pk", person) for person in persons]
    if not keys or not by.may(Right.REVIEW_PAIRS):
        return {}
    rows = Pair.objects.undecided().filter(Q(left__in=keys) | Q(right__in=keys), probability__gte=SHOWN_FROM)
    pairs = list(rows)
    sides = {pk for pair in pairs for pk in pair.persons}
    mine = set(records.open_to(by, at=at).filter(pk__in=sides).values_list("pk", flat=True))
    return {key: number for key in keys if (number := sum(key in pair.persons <= mine for pair in pairs))}


@transaction.atomic
def compare(encoding, *, at):
    """Let a person be found, and look for the same among all others; what is likely is kept, what officers said stays.

    Should the transaction fail, the index knows a record that the house does not: it is passed over, and forgotten when
    the index is made anew.
    """
    machine = engine.present()
    made = engine.Made(encoding.epoch, bytes(encoding.tags), bytes(encoding.slots))
    machine.put(encoding.person_id, made)
    found = machine.near(encoding.person_id, made, most=LOOKED_AT)
    kept = {one.person: one for one in found if one.probability >= KEPT_FROM and one.person != encoding.person_id}
    # An index may know somebody for a moment longer than the house does.
    living = Encoding.objects.filter(person__in=kept, person__data_key__destroyed_at=None)
    kept = {pk: kept[pk] for pk in living.values_list("person_id", flat=True)}
    _drop_pairs(encoding.person_id, kept)
    held = records.records_of([encoding.person_id, *kept], at=at)
    pairs = [_pair(encoding.person_id, near, held, machine.version, at) for near in kept.values()]
    Pair.objects.bulk_create(
        pairs, update_conflicts=True, unique_fields=["left", "right"],
        update_fields=["probability", "levels", "model", "consequence"],
    )  # fmt: skip
    encoding.compared_at = at
    encoding.save(update_fields=["compared_at"])


def catch_up(*, at, most=AT_ONCE):
    """Compare who was encoded and not compared yet; returns how many were."""
    if not encodings.is_on():
        return 0
    waiting = list(Encoding.objects.filter(compared_at=None, owed_since=None).order_by("pk")[:most])
    for encoding in waiting:
        compare(encoding, at=at)
    return len(waiting)


def has_compared():
    """Whether anybody was ever compared."""
    return Encoding.objects.exclude(compared_at=None).exists()


@transaction.atomic
def weigh_anew(*, at):
    """How much hangs on each answer changes with the files: cases are opened and end, people are sent home again."""
    waiting = list(Pair.objects.undecided().order_by("pk"))
    for start in range(0, len(waiting), AT_ONCE):
        pairs = waiting[start : start + AT_ONCE]
        held = records.records_of({pk for pair in pairs for pk in pair.persons}, at=at)
        for pair in pairs:
            pair.consequence = records.consequence_of(held[pair.left_id], held[pair.right_id])
        Pair.objects.bulk_update(pairs, ["consequence"])


class _State(NamedTuple):
    """Whether a look-up is owed, and whether it was made just now."""

    is_owed: bool = False
    is_new: bool = False


def _state(person, *, by, at):
    if not encodings.is_on():
        return _State()
    encoding = Encoding.objects.filter(person=person).first()
    if encoding is None or encoding.is_owed:
        encoding = encodings.note(person, by=by, at=at)
    if encoding.is_owed:
        return _State(is_owed=True)
    if encoding.compared_at is not None:
        return _State()
    compare(encoding, at=at)
    return _State(is_new=True)


@transaction.atomic
def _note_reading(person, shown, *, by, at):
    opened = sum(likeness.is_open for likeness in shown)
    enter(Act.LIKENESS_READ, on=person, by=by, at=at, open=opened, told=len(shown) - opened)


def _pair(person, near, held, version, at):
    left, right = sorted((person, near.person))
    weight = records.consequence_of(held[left], held[right])
    return Pair(
        left_id=left, right_id=right, probability=near.probability, levels=near.levels, model=version,
        consequence=weight, found_at=at,
    )  # fmt: skip


def _drop_pairs(person, kept):
    """Pairs that are likely no more, where no officer has put them side by side, said or asked anything about them."""
    rows = Pair.objects.of(person).exclude(probability=None)
    gone = [pair for pair in rows if pair.other(person) not in kept]
    if not gone:
        return
    said = set(Decision.objects.of(person).values_list("left", "right"))
    asked = Inquiry.objects.filter(Q(own=person) | Q(other=person)).values_list("own", "other")
    said |= {tuple(sorted(both)) for both in asked}
    Pair.objects.filter(pk__in=[pair.pk for pair in gone if (pair.left_id, pair.right_id) not in said]).delete()


def _around(person, *, by, at):
    """{key of another: the pair with it}, and what the officer may know of the person and of those others."""
    rows = Pair.objects.of(person).select_related("left__data_key", "right__data_key", "left__home", "right__home")
    pairs = {pair.other(person): pair for pair in rows.filter(Q(probability__gte=SHOWN_FROM) | Q(probability=None))}
    return pairs, records.known_among([person.pk, *pairs], by, at=at)


def _shown(person, pairs, known, *, by, at):
    if not pairs:
        return []
    verdicts, asked = _verdicts(person), _asked(person, by)
    seen = [_open(pairs[pk], pk, verdicts, asked) for pk in pairs if known.get(pk)]
    # Of whom the officer must not learn is not among those that are known at all.
    others = {pk: pairs[pk] for pk in pairs if known.get(pk) is False}
    closed = _closed(others, verdicts, asked, by=by, at=at)
    return sorted(seen, key=_likeliest) + sorted(closed, key=_likeliest)


def _open(pair, other, verdicts, asked):
    return Likeness(
        pair=pair, is_open=True, word=word_for(pair.probability), probability=pair.probability, levels=pair.levels,
        person=_side(pair, other), verdict=verdicts.get(other, ""), inquiry=asked.get(other),
    )  # fmt: skip


def _closed(pairs, verdicts, asked, *, by, at):
    """What may be told of records that the officer may not see; a verdict only where the officer's agency asked."""
    likely = [pk for pk, pair in pairs.items() if (pair.probability or 0) >= TOLD_FROM or pk in asked]
    # Nothing of whose data may not be used goes to another agency (Art. 41).
    told = [pk for pk in likely if _side(pairs[pk], pk).restricted_at is None]
    if not told or not hears_of_others(by):
        return
    held = records.records_of(told, at=at, officer=by)
    agencies = Agency.objects.in_bulk({record.agency for rows in held.values() for record in rows})
    for pk, rows in held.items():
        holders = {record.agency for record in rows}
        is_somebody_else = verdicts.get(pk) == Decision.Verdict.NOT_SAME and pk not in asked
        if not holders or is_somebody_else:
            continue
        names = tuple(sorted((agencies[holder] for holder in holders), key=lambda agency: agency.name))
        yield Likeness(
            pair=pairs[pk], is_open=False, word=word_for(pairs[pk].probability), holders=names, inquiry=asked.get(pk),
            verdict=verdicts.get(pk, "") if pk in asked else "",
        )  # fmt: skip


def _side(pair, person):
    """The one of two who has a key."""
    return pair.left if pair.left_id == person else pair.right


def _verdicts(person):
    """{the other record: what was decided}."""
    rows = Decision.objects.standing().of(person).values_list("left", "right", "verdict")
    return {right if left == person.pk else left: verdict for left, right, verdict in rows}


def _asked(person, officer):
    """{the other record: the newest question of the officer's agency about it}."""
    rows = Inquiry.objects.filter(own=person, sender=officer.agency, withdrawn_at=None).order_by("pk")
    return {inquiry.other_id: inquiry for inquiry in rows.select_related("receiver")}


def _likeliest(likeness):
    return -(likeness.pair.probability or 0), likeness.pair.pk
