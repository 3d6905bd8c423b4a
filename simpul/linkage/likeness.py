"""Likely records of the same person: found at once when somebody is recorded, and shown as far as an officer may see.

Who may see both records sees how they compare, field by field. Who may not is told that there is a file of an agency,
and nothing of what is in it: no name, no place, no number, no probability but a word.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from simpul.agencies.models import Agency
from simpul.agencies.roles import Right
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.linkage import encodings, engine, records
from simpul.linkage.access import check_may_see
from simpul.linkage.models import Decision, Encoding, Inquiry, Pair
from simpul.linkage.policy import KEPT_FROM, TOLD_FROM, hears_of_others, word_for
from simpul.persons.models import Person

SHOWN_FROM = 0.5
LOOKED_AT = 50
AT_ONCE = 200


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


@transaction.atomic
def of(person, *, by, at, most=8):
    """Likely records of the same person, as far as the officer may see; those that are open to the officer first."""
    if not by.may(Right.REVIEW_PAIRS):
        return Found([])
    check_may_see(person, by=by, at=at)
    is_owed = not _is_compared(person, by=by, at=at)
    shown = _shown(person, by=by, at=at)[:most]
    if shown:
        opened = sum(likeness.is_open for likeness in shown)
        enter(Act.LIKENESS_READ, on=person, by=by, at=at, open=opened, told=len(shown) - opened)
    return Found(shown, is_owed=is_owed, is_off=not encodings.is_on())


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


def _is_compared(person, *, by, at):
    if not encodings.is_on():
        return True
    encoding = Encoding.objects.filter(person=person).first()
    if encoding is None or encoding.is_owed:
        encoding = encodings.note(person, by=by, at=at)
    if encoding.is_owed:
        return False
    if encoding.compared_at is None:
        compare(encoding, at=at)
    return True


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


def _shown(person, *, by, at):
    rows = Pair.objects.of(person).select_related("left__data_key", "right__data_key", "left__home", "right__home")
    pairs = {pair.other(person): pair for pair in rows.filter(Q(probability__gte=SHOWN_FROM) | Q(probability=None))}
    mine = set(records.open_to(by, at=at).filter(pk__in=pairs).values_list("pk", flat=True))
    verdicts, asked = _verdicts(person), _asked(person, by)
    seen = [_open(pairs[pk], pk, verdicts, asked) for pk in mine]
    closed = _closed(person, {pk: pairs[pk] for pk in pairs.keys() - mine}, verdicts, asked, by=by, at=at)
    return sorted(seen, key=_likeliest) + sorted(closed, key=_likeliest)


def _open(pair, other, verdicts, asked):
    return Likeness(
        pair=pair, is_open=True, word=word_for(pair.probability), probability=pair.probability, levels=pair.levels,
        person=pair.left if pair.left_id == other else pair.right, verdict=verdicts.get(other, ""),
        inquiry=asked.get(other),
    )  # fmt: skip


def _closed(person, pairs, verdicts, asked, *, by, at):
    """What may be told of records that the officer may not see; a verdict only where the officer's agency asked."""
    if not hears_of_others(by):
        return
    likely = {pk for pk, pair in pairs.items() if (pair.probability or 0) >= TOLD_FROM}
    # Who is kept out learns nothing, and nothing of whose data may not be used goes to another agency (Art. 41).
    known = records.unhidden_from(by).filter(pk__in=likely | (asked.keys() & pairs.keys()), restricted_at=None)
    held = records.records_of(known.values_list("pk", flat=True), at=at, officer=by)
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
