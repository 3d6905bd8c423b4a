"""Groups: which records are one person, by exact numbers and by what officers decided.

A shared NIK or travel document joins two records by itself; so does a standing decision "same", and through it every
record that is joined with either. A standing decision "not the same" keeps apart what a number would join. Nothing is
copied from one record to another, so a decision that is taken back leaves no trace in either.
"""

from collections import defaultdict

from django.db.models import Q

from simpul.linkage.models import Decision, Member
from simpul.persons.models import Person

AT_ONCE = 500
NUMBERS = ("nik_tag", "passport_tag")


def same_as(person):
    """Other records of the same person, as a queryset of persons."""
    return Person.objects.filter(pk__in=groups([person])[person.pk])


def groups(persons):
    """{id of a person: ids of recorded persons who are the same}, for many at once, in a fixed number of queries.

    A person is anything with `pk`, `nik_tag` and `passport_tag`.
    """
    asked = {person.pk: _tags(person) for person in persons}
    joined = _joined(asked)
    mates = {mate for mates in joined.values() for mate in mates}
    tags = asked | _tags_of(mates - asked.keys())
    holders = _holders(tags)
    near = {pk: _sharing(tags, holders, joined.get(pk, {pk})) for pk in asked}
    found = set().union(*near.values()) if near else set()
    beyond = _joined(found - asked.keys() - mates) | {mate: mates for mates in joined.values() for mate in mates}
    same = {pk: _with_mates(others, beyond) for pk, others in near.items()}
    return _kept_apart(same, joined, beyond)


def joined_with(person):
    """The records that standing decisions join with a person, itself among them."""
    return _joined([person]).get(person, {person})


def decided_apart_if_joined(left, right):
    """A standing decision "not the same" between two records that would be in one group then, or None."""
    together = joined_with(left) | joined_with(right)
    apart = Decision.objects.standing().filter(verdict=Decision.Verdict.NOT_SAME)
    return (
        apart.filter(left__in=together, right__in=together)
        .exclude(left=min(left, right), right=max(left, right))
        .first()
    )


def are_joined_by_others(left, right):
    """Whether standing decisions join two records otherwise than by the one on these two."""
    return right in _reached({left}, without=(left, right))


def rebuild(persons):
    """Follow the standing decisions anew from some records; returns everybody who was or is joined with one of them."""
    before = set(persons).union(*(_joined([pk]).get(pk, {pk}) for pk in persons))
    after = _reached(before)
    touched = before | set(after)
    Member.objects.filter(person__in=touched).delete()
    Member.objects.bulk_create(
        Member(person_id=pk, number=number) for pk, number in sorted(after.items())
    )  # fmt: skip
    return touched


def _reached(persons, *, without=None):
    """{record: smallest key of its group} for all whom a chain of standing decisions reaches from some records."""
    links, layer = defaultdict(set), set(persons)
    seen = set()
    while layer:
        seen |= layer
        same = Decision.objects.standing().filter(verdict=Decision.Verdict.SAME)
        for left, right in same.filter(Q(left__in=layer) | Q(right__in=layer)).values_list("left", "right"):
            if (left, right) == without:
                continue
            links[left].add(right)
            links[right].add(left)
        layer = set(links) - seen
    numbers = {}
    for start in sorted(links):
        if start in numbers:
            continue
        heap = [start]
        while heap:
            pk = heap.pop()
            if pk not in numbers:
                numbers[pk] = start
                heap += links[pk]
    return numbers


def _joined(persons):
    """{record: the records that decisions join with it, itself among them}, only for those that are joined at all."""
    wanted = sorted(persons)
    numbers = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = Member.objects.filter(person__in=wanted[start : start + AT_ONCE])
        numbers.update(rows.values_list("person_id", "number"))
    mates = defaultdict(set)
    for pk, number in Member.objects.filter(number__in=set(numbers.values())).values_list("person_id", "number"):
        mates[number].add(pk)
    return {pk: mates[number] for pk, number in numbers.items()}


def _sharing(tags, holders, mates):
    """Whoever shares a number with one of some records, and these records."""
    found = set(mates)
    for mate in mates:
        found.update(*(holders.get((kind, tag), ()) for kind, tag in tags[mate].items() if tag))
    return found


def _with_mates(others, joined):
    return set().union(*(joined.get(other, {other}) for other in others))


def _kept_apart(same, joined, beyond):
    """Without those whom a standing decision says to be somebody else, and without the person itself."""
    found = set().union(*same.values()) if same else set()
    apart = _said_apart(found) if len(found) > 1 else {}
    kept = {}
    for pk, others in same.items():
        mine = joined.get(pk, {pk})
        kept[pk] = {
            other
            for other in others - {pk}
            if not any(apart.get(mate, frozenset()) & beyond.get(other, {other}) for mate in mine)
        }
    return kept


def _said_apart(persons):
    """{record: those that a standing decision says are somebody else} among some records."""
    wanted, apart = sorted(persons), defaultdict(set)
    for start in range(0, len(wanted), AT_ONCE):
        rows = Decision.objects.standing().filter(verdict=Decision.Verdict.NOT_SAME)
        for left, right in rows.filter(left__in=wanted[start : start + AT_ONCE]).values_list("left", "right"):
            apart[left].add(right)
            apart[right].add(left)
    return apart


def _tags(person):
    return {kind: bytes(getattr(person, kind) or b"") for kind in NUMBERS}


def _tags_of(persons):
    if not persons:
        return {}
    rows = Person.objects.filter(pk__in=persons).values_list("pk", *NUMBERS)
    return {pk: dict(zip(NUMBERS, map(bytes, tags), strict=True)) for pk, *tags in rows}


def _holders(tags):
    """{(kind, tag): the recorded persons who have it}."""
    known = defaultdict(set)
    for kind in NUMBERS:
        wanted = sorted({held[kind] for held in tags.values() if held[kind]})
        for start in range(0, len(wanted), AT_ONCE):
            rows = Person.objects.filter(**{f"{kind}__in": wanted[start : start + AT_ONCE]})
            for pk, tag in rows.values_list("pk", kind):
                known[kind, bytes(tag)].add(pk)
    return known
