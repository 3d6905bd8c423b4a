"""What a case says of its people to whoever compares records, and what follows where two records are one person.

A victim with an earlier case, and a suspect named in several cases: the agencies that keep the cases owe to look into
it. A victim who was forced and is not punished (UU 21/2007 Art. 18) and turns out to be named as a suspect: the head of
each unit owes to look at it. Who is kept out of one of the cases is told nothing by the clock of another.
"""

from django.db.models import Exists, OuterRef

from simpul.agencies.exclusions import hidden_from, keeps_out
from simpul.cases.models import Case, Involvement
from simpul.linkage import records
from simpul.linkage.groups import groups
from simpul.obligations import book
from simpul.persons.models import Person

EARLIER_CASE, SUSPECT_IN_SEVERAL = "look_into_earlier_case", "compare_cases_of_suspect"
UNPUNISHED_AND_SUSPECT = "look_at_unpunished_suspect"
OWED_FOR = {Involvement.Part.VICTIM: EARLIER_CASE, Involvement.Part.SUSPECT: SUSPECT_IN_SEVERAL}


def open_to(officer, *, at):
    """People in cases whose file an officer may open.

    Each case is looked up by the part that leads to it: a list of all cases would be gone through for each person.
    """
    case = Case.objects.visible_to(officer, at=at).filter(pk=OuterRef("case_id"))
    return [Involvement.objects.filter(Exists(case))]


def hidden(officer):
    """People in cases that an officer is kept out of."""
    return [Involvement.objects.filter(Exists(hidden_from(officer, Case).filter(file_id=OuterRef("case_id"))))]


def records_of(persons, *, officer, at):
    """The cases that some people have a part in; of one opened by mistake, and of one that was erased, nothing."""
    parts = Involvement.objects.filter(person__in=persons, case__data_key__destroyed_at=None)
    parts = list(
        parts.exclude(case__stage=Case.Stage.CANCELLED).select_related("case").order_by("-case__opened_at", "pk")
    )
    may = set()
    if officer is not None:
        cases = Case.objects.visible_to(officer, at=at).filter(pk__in={part.case_id for part in parts})
        may = set(cases.values_list("pk", flat=True))
    return [_record(part, part.case_id in may) for part in parts]


def numbered(text, *, officer, at):
    """The people of a case by its number, each once."""
    parts = Involvement.objects.filter(
        case__in=Case.objects.visible_to(officer, at=at), case__number=text.strip().upper(),
        case__data_key__destroyed_at=None,
    )  # fmt: skip
    rows = parts.exclude(case__stage=Case.Stage.CANCELLED).select_related("case").order_by("pk")
    return list({part.person_id: _record(part, True) for part in rows}.values())


def follow(persons, *, by, at):
    """Let the agencies look into it where somebody turns out to be in other cases too; take back where not any more."""
    rows = Person.objects.filter(pk__in=persons)
    same = groups(rows)
    everybody = set(persons).union(*same.values())
    parts = Involvement.objects.filter(person__in=everybody, part__in=OWED_FOR, case__data_key__destroyed_at=None)
    parts = list(parts.exclude(case__stage=Case.Stage.CANCELLED).select_related("case__agency").order_by("pk"))
    for part in parts:
        if part.person_id in same:
            mine = [one for one in parts if one.person_id in same[part.person_id]]
            _owe(OWED_FOR[part.part], part, [one for one in mine if _is_elsewhere(one, part)], by=by, at=at)
            _owe(UNPUNISHED_AND_SUSPECT, part, [one for one in mine if _speaks_against(one, part)], by=by, at=at)


def suspicion_taken_back(part, *, by, at):
    """The note that somebody is a suspect goes: what was owed because of it is settled, here and where the same
    person is a victim who is not punished.
    """
    book.meet(UNPUNISHED_AND_SUSPECT, on=part, by=by, at=at, evidence=part.case)
    book.waive_all(on=part, reason="no_longer_applies", by=by, at=at)
    same = {part.person_id, *groups([part.person])[part.person_id]}
    parts = Involvement.objects.filter(person__in=same).exclude(pk=part.pk).select_related("case").order_by("pk")
    if any(one.part == Involvement.Part.SUSPECT for one in parts):
        return
    for one in parts:
        book.meet(UNPUNISHED_AND_SUSPECT, on=one, by=by, at=at, evidence=part.case)


def _owe(rule, part, others, *, by, at):
    case = part.case
    known = [other for other in others if not keeps_out(other.case, case.agency)]
    if not known:
        book.waive_one(rule, on=part, reason="opened_by_mistake", by=by, at=at)
        return
    if not case.has_ended:
        book.open_(
            rule, on=part, file=case, number=case.number, owed_by=case.agency, place=case.place_id, by=by, at=at
        )  # fmt: skip


def _is_elsewhere(other, part):
    return other.case_id != part.case_id and other.part == part.part


def _speaks_against(other, part):
    """Whether one part says that the person was forced and is not punished, and the other that it is a suspect."""
    suspect = Involvement.Part.SUSPECT
    return (part.is_not_punished and other.part == suspect) or (part.part == suspect and other.is_not_punished)


def _record(part, is_open):
    facts = {part.part}
    if part.counts_as_child:
        facts.add(records.CHILD)
    if part.is_not_punished:
        facts.add(records.UNPUNISHED)
    if not part.case.has_ended:
        facts.add(records.OPEN_CASE)
    return records.Record(
        person=part.person_id, file=f"cases.case:{part.case_id}", number=part.case.number, agency=part.case.agency_id,
        is_open=is_open, facts=frozenset(facts),
    )  # fmt: skip


ROOM = records.Room("cases", open_to=open_to, hidden_from=hidden, records=records_of, numbered=numbered, follow=follow)
