"""What returns and the register say of their people to whoever compares records, and what follows where two are one.

Somebody sent home who had been sent home before: the earlier returns are counted on the line, and whoever took in the
list owes to ask why.
"""

from django.db.models import Exists, OuterRef

from simpul.agencies.exclusions import hidden_from, keeps_out
from simpul.linkage import records
from simpul.migrants import meetings, sameness
from simpul.migrants.models import Returnee, Worker
from simpul.obligations import book
from simpul.persons.models import Person

REPEAT = "ask_repeat_returnee"
# A line of a list has no number longer than this.
ROW_DIGITS = 6


def open_to(officer, *, at):
    """People sent home and in the register who are open to an officer."""
    return [Returnee.objects.visible_to(officer), Worker.objects.visible_to(officer).current()]


def hidden(officer):
    """People whose return, or whose entry of the register, an officer is kept out of."""
    return [
        model.objects.filter(Exists(hidden_from(officer, model).filter(file_id=OuterRef("pk"))))
        for model in (Returnee, Worker)
    ]


def records_of(persons, *, officer, at):
    """The returns of some people and their current entries of the register."""
    returnees = Returnee.objects.filter(person__in=persons).select_related("manifest").order_by("-arrived_on", "-pk")
    workers = Worker.objects.current().filter(person__in=persons, returnee=None).select_related("noted_by")
    returnees, workers = list(returnees), list(workers.order_by("-pk"))
    open_returnees, open_workers = _visible(returnees, officer), _visible(workers, officer)
    return [_of_return(one, one.pk in open_returnees) for one in returnees] + [
        _of_entry(one, one.pk in open_workers) for one in workers
    ]


def numbered(text, *, officer, at):
    """Who was sent home, by the number of the manifest and the line: M-2026-000012/7."""
    manifest, _slash, row = text.strip().rpartition("/")
    if not (manifest and row.isascii() and row.isdecimal() and len(row) <= ROW_DIGITS):
        return []
    rows = Returnee.objects.visible_to(officer).filter(manifest__number=manifest.strip().upper(), row=int(row))
    return [_of_return(one, True) for one in rows.select_related("manifest")]


def follow(persons, *, by, at):
    """Count the earlier returns anew of whoever turned out to be, or not to be, the same as somebody else."""
    same = sameness.groups(Person.objects.filter(pk__in=persons))
    everybody = set(persons).union(*same.values())
    rows = Returnee.objects.filter(person__in=everybody).select_related("manifest__agency").order_by("pk")
    returns = {}
    for returnee in rows:
        returns.setdefault(returnee.person_id, []).append(returnee)
    for person in sorted(same.keys() & returns.keys()):
        others = [one for other in same[person] for one in returns.get(other, ())]
        for returnee in returns[person]:
            earlier = [one for one in others if one.arrived_on < returnee.arrived_on]
            if len(earlier) != returnee.repeats:
                _recount(returnee, earlier, by=by, at=at)


def _recount(returnee, earlier, *, by, at):
    agency = returnee.manifest.agency
    returnee.repeats = len(earlier)
    returnee.save(update_fields=["repeats"])
    # Who is kept out of the earlier return is not told of it by a clock.
    if all(keeps_out(one, agency) for one in earlier):
        book.waive_one(REPEAT, on=returnee, reason="opened_by_mistake", by=by, at=at)
        return
    if meetings.is_long_ago(returnee.arrived_on, at=at):
        return
    book.open_(
        REPEAT, on=returnee, file=returnee, number=returnee.number, owed_by=agency,
        place=returnee.home_id, by=by, at=at,
    )  # fmt: skip


def _visible(rows, officer):
    if officer is None or not rows:
        return set()
    model = type(rows[0])
    found = model.objects.visible_to(officer).filter(pk__in=[row.pk for row in rows])
    return set(found.values_list("pk", flat=True))


def _of_return(returnee, is_open):
    facts = {records.SENT_HOME} | ({records.CHILD} if returnee.is_child else set())
    return records.Record(
        person=returnee.person_id, file=f"migrants.returnee:{returnee.pk}", number=returnee.number,
        agency=returnee.manifest.agency_id, is_open=is_open, facts=frozenset(facts),
    )  # fmt: skip


def _of_entry(worker, is_open):
    return records.Record(
        person=worker.person_id, file=f"migrants.worker:{worker.pk}", number="", agency=worker.noted_by.agency_id,
        is_open=is_open, facts=frozenset(),
    )  # fmt: skip


ROOM = records.Room(
    "migrants", open_to=open_to, hidden_from=hidden, records=records_of, numbered=numbered, follow=follow
)  # fmt: skip
