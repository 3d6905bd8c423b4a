"""The register of migrant workers, village by village, with the columns of PP 59/2021 Art. 67(2).

It is fed by manifests, by entries of the village and by spreadsheets. A change is a new entry; the earlier one stays
as history, so that whatever a list brought in can be taken back exactly.
"""

from collections import namedtuple
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.confidentiality import data_keys
from simpul.confidentiality.fields import seal_all
from simpul.confidentiality.storing import Packed, blanks, packed, store_packed
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned, one_line
from simpul.migrants import sameness
from simpul.migrants.models import Manifest, Worker
from simpul.migrants.policy import check_is_a_home, check_may_register
from simpul.persons import identities
from simpul.persons.models import Person
from simpul.places.regions import is_within
from simpul.reference import catalogues

SEALED = ("employer", "employer_address", "company", "note")
PLAIN = ("status", "procedural", "sector", "country", "departed_on", "contract_from", "contract_until", "returned_on")
STATUSES = frozenset(Worker.Status.values)
# Sent home for these reasons, somebody had left without the papers that the law asks for.
WITHOUT_PAPERS = {"no_passport", "no_permit"}
AT_ONCE = 500
# Who left again is on a journey of which nothing is known yet.
LEFT_AGAIN = tuple(name for name in (*PLAIN, *SEALED) if name not in ("sector", "note"))
# How long an entry that was struck out can be restored.
RESTORED_WITHIN = timedelta(days=7)


# What tells whether a person is recorded already (`sameness`).
Numbered = namedtuple("Numbered", ["pk", "nik_tag", "passport_tag"])


@dataclass
class Lines:
    """Lines of a spreadsheet, sealed and not stored yet: their people, their entries, which facts each line tells."""

    people: identities.People
    workers: Packed
    said: list

    def __len__(self):
        return len(self.said)


class FactError(NotAllowed):
    """Something told of a worker that cannot be; `field` says which fact, the sentence what to do."""

    def __init__(self, field, sentence):
        super().__init__(sentence)
        self.field = field


@transaction.atomic
def note(*, home, by, at, person=None, earlier=None, facts=None, **identity):
    """Enter a worker of a place: a new person from what is known, or a change of an earlier entry.

    What is said of an earlier entry again, if only to leave it empty, holds; the rest is carried over.
    """
    check_may_register(home.pk, by=by)
    check_is_a_home(home.pk)
    facts = checked(facts or {}, at=at)
    if earlier is not None:
        check_may_register(earlier.home_id, by=by)
        person = earlier.person
        if identity:
            identities.correct(person, by=by, at=at, file=earlier, home=home, **identity)
    if person is None:
        person = identities.record(by=by, at=at, home=home, **identity)
        earlier = _current_entries([person], by=by).get(person.pk)
    worker = _entry(person, home.pk, facts, by=by, at=at)
    _take_the_place(worker, earlier, said=facts)
    worker.save(force_insert=True)
    enter(Act.WORKER_NOTED, on=worker, by=by, at=at, status=worker.status, changed=earlier is not None)
    return worker


@transaction.atomic
def strike(worker, *, by, at):
    """Strike out an entry made by mistake; the one before it, if any, holds again. It can be restored for a while."""
    check_may_register(worker.home_id, by=by)
    worker.refresh_from_db(fields=["is_current"], from_queryset=Worker.objects.select_for_update())
    if not worker.is_current:
        raise NotAllowed(_("A newer entry has taken the place of this one. Reload the page."))
    worker.is_current, worker.struck_at = False, at
    worker.save(update_fields=["is_current", "struck_at"])
    if worker.earlier_id:
        _hold_again([worker.earlier_id])
    enter(Act.WORKER_STRUCK, on=worker, by=by, at=at, status=worker.status)


@transaction.atomic
def restore(worker, *, by, at):
    """An entry that was struck out holds after all."""
    check_may_register(worker.home_id, by=by)
    worker.refresh_from_db(fields=["struck_at"], from_queryset=Worker.objects.select_for_update())
    if worker.struck_at is None:
        raise NotAllowed(_("This entry was not struck out. Reload the page."))
    if worker.earlier_id and not Worker.objects.current().filter(pk=worker.earlier_id).exists():
        raise NotAllowed(_("A newer entry stands in the register by now. Change that one."))
    Worker.objects.filter(pk=worker.earlier_id).update(is_current=False)
    worker.is_current, worker.struck_at = True, None
    worker.save(update_fields=["is_current", "struck_at"])
    enter(Act.WORKER_NOTED, on=worker, by=by, at=at, status=worker.status, changed=worker.earlier_id is not None)


@transaction.atomic
def forget_struck(*, at):
    """Entries struck out some days ago go, and with them people of whom nothing else is on record."""
    struck = Worker.objects.filter(struck_at__lte=at - RESTORED_WITHIN)
    while rows := list(struck.values_list("pk", "person")[:AT_ONCE]):
        Worker.objects.filter(pk__in=[pk for pk, _person in rows]).delete()
        people = {person for _pk, person in rows}
        # Whom a breach or a request names stays; the years of retention run for them as for anybody in no file.
        identities.forget_many(sorted(people - identities.named_elsewhere(sorted(people))))


def note_returns(returnees, *, manifest, by, at):
    """Who was sent home to the own region stands in its register; an earlier entry of the same person is history."""
    here = [returnee for returnee in returnees if is_within(returnee.home_id or "", settings.REGION)]
    earlier = _current_entries([returnee.person for returnee in here])
    workers = []
    for returnee in here:
        before = earlier.pop(returnee.person_id, None)
        worker = _from_return(returnee, manifest, before, by=by, at=at)
        workers.append(worker)
    _replace_all([worker.earlier_id for worker in workers if worker.earlier_id])
    Worker.objects.bulk_create(workers, batch_size=AT_ONCE)


def note_home(returnee, *, by, at):
    """Another home of somebody who was sent home is known: the register follows, where it lies in the own region."""
    if not is_within(returnee.home_id or "", settings.REGION):
        return
    entries = Worker.objects.filter(returnee=returnee)
    if not entries.exists():
        note_returns([returnee], manifest=returnee.manifest, by=by, at=at)
        return
    # What the return brought into the register stays one entry, so that taking the list back still undoes it exactly.
    entries.update(home=returnee.home_id)


def forget_returns(returnees):
    """A manifest was taken back: the entries it made go, and what they replaced holds again."""
    _give_back(list(Worker.objects.filter(returnee__in=returnees).order_by("pk")))


def note_departure(returnee, *, by, at):
    """Somebody who was sent home left again."""
    now = Worker.objects.current().filter(person=returnee.person).select_related("person__data_key").first()
    if now is None:
        return
    facts = {"status": Worker.Status.ABROAD}
    worker = _entry(now.person, now.home_id, facts, by=by, at=at)
    _take_the_place(worker, now, said=[*facts, *LEFT_AGAIN])
    worker.save(force_insert=True)
    enter(Act.WORKER_NOTED, on=worker, by=by, at=at, status=worker.status, changed=True)


def sealed_many(sheet, lines, *, by, at):
    """The lines of a spreadsheet, (identity, home code, facts) each, as `store_many` takes them; asks no database."""
    persons, people = identities.sealed_many([line[0] for line in lines], by=by, at=at)
    workers = list(islice(blanks(Worker, sheet=sheet, noted_at=at, noted_by=by), len(lines)))
    for worker, person, (_identity, home, facts) in zip(workers, persons, lines, strict=True):
        _tell(worker, person, home, facts)
    return Lines(people, packed(Worker, workers), [tuple(facts) for _identity, _home, facts in lines])


@transaction.atomic
def store_many(sheet, lines, *, by, at):
    """Enter the sealed lines of a spreadsheet, a few thousand at once.

    Somebody who is in the register already gets a new entry in the place of the earlier one.
    """
    pks = identities.store_many(lines.people, by=by, at=at, file=sheet)
    numbers = lines.people.persons.columns
    earlier = _current_entries(list(map(Numbered, pks, numbers["nik_tag"], numbers["passport_tag"])), by=by)
    for position, pk in enumerate(pks if earlier else ()):
        if pk in earlier:
            _take_the_place_sealed(lines, position, earlier[pk])
    _replace_all([entry.pk for entry in earlier.values()])
    lines.workers.columns["person_id"] = pks
    store_packed(lines.workers)


def take_back_lines(sheet):
    """The entries of a spreadsheet that was taken back go; returns the ids of the persons they were made for."""
    persons = []
    # Who was erased meanwhile stays, as history of a regency.
    lines = Worker.objects.filter(sheet=sheet, person__data_key__destroyed_at=None)
    # The newest first: where two lines tell of one person, the later one goes before the one it replaced.
    while workers := list(lines.order_by("-pk")[:AT_ONCE]):
        persons += [worker.person_id for worker in workers]
        _give_back(workers)
    return persons


def _entry(person, home, facts, *, by, at):
    return _tell(Worker(noted_at=at, noted_by=by), person, home, facts)


def _tell(worker, person, home, facts):
    """What an entry says of a person."""
    worker.person, worker.home_id, worker.sex, worker.birth_year = person, home, person.sex, person.birth_year
    worker.status = Worker.Status.UNKNOWN
    for name in PLAIN:
        if name in facts:
            setattr(worker, name, facts[name])
    seal_all(worker, {name: facts[name] for name in SEALED if name in facts})
    return worker


def _from_return(returnee, manifest, before, *, by, at):
    was_deported = manifest.kind == Manifest.Kind.DEPORTATION
    facts = {
        "status": Worker.Status.DEPORTED if was_deported else Worker.Status.RETURNED,
        "procedural": Worker.Answer.NO if returnee.reason in WITHOUT_PAPERS else Worker.Answer.UNKNOWN,
        "sector": returnee.sector,
        "country": "my" if manifest.depot else "",
        "returned_on": returnee.arrived_on,
    }
    facts = {name: value for name, value in facts.items() if value}
    worker = _entry(returnee.person, returnee.home_id, facts, by=by, at=at)
    worker.returnee = returnee
    _take_the_place(worker, before, said=facts, save=False)
    return worker


def _take_the_place(worker, earlier, *, said, save=True):
    """Of an earlier entry what is not said anew is carried over, where whoever writes may see it.

    Returns the fields that this told.
    """
    if earlier is None:
        return set()
    carried = {*PLAIN, *SEALED}.difference(said) if getattr(earlier, "is_open", True) else set()
    for name in carried:
        value = getattr(earlier, name)
        setattr(worker, name, value.opened() if name in SEALED else value)
    worker.earlier = earlier
    if save:
        Worker.objects.filter(pk=earlier.pk).update(is_current=False)
    return {*carried, "earlier"}


def _take_the_place_sealed(lines, position, earlier):
    """The same for one of the lines that are sealed already."""
    key = data_keys.held_open(lines.people.keys[position], lines.people.secrets[position])
    worker = Worker(person=Person(data_key=key))
    told = _take_the_place(worker, earlier, said=lines.said[position], save=False)
    lines.workers.put(position, worker, told)


def _replace_all(replaced):
    for start in range(0, len(replaced), AT_ONCE):
        Worker.objects.filter(pk__in=replaced[start : start + AT_ONCE]).update(is_current=False)


def _give_back(workers):
    """Take entries away; what they replaced holds again."""
    for start in range(0, len(workers), AT_ONCE):
        part = {worker.pk: worker for worker in workers[start : start + AT_ONCE]}
        replaced = {worker.earlier_id for worker in part.values() if worker.struck_at is None}
        held = [worker for worker in part.values() if worker.is_current or worker.pk in replaced]
        leaving = Worker.objects.filter(pk__in=[*part, *_struck_upon(part)])
        leaving.update(earlier=None)
        leaving.delete()
        _hold_again([worker.earlier_id for worker in held if worker.earlier_id and worker.earlier_id not in part])


def _struck_upon(entries):
    """Keys of what had taken the place of entries and was struck out: it goes with them and is not restored."""
    struck, above = set(), set(entries)
    while above:
        found = Worker.objects.filter(earlier__in=above).exclude(struck_at=None)
        above = set(found.values_list("pk", flat=True)) - struck
        struck |= above
    return struck


def _hold_again(entries):
    """Entries that something newer had replaced; who was erased meanwhile comes back into no count."""
    Worker.objects.filter(pk__in=entries, person__data_key__destroyed_at=None).update(is_current=True)


def _current_entries(persons, *, by=None):
    """{id of a person: the current entry of the same person under an earlier record}, each entry once.

    An entry `is_open` where the officer who writes may see it; without an officer all are.
    """
    same = sameness.groups(persons)
    others = sorted(set().union(*same.values())) if same else []
    entries = {}
    for start in range(0, len(others), AT_ONCE):
        rows = Worker.objects.current().filter(person__in=others[start : start + AT_ONCE])
        may = set(Worker.objects.visible_to(by).filter(pk__in=rows).values_list("pk", flat=True)) if by else None
        for entry in rows.select_related("person__data_key"):
            entry.is_open = may is None or entry.pk in may
            entries[entry.person_id] = entry
    found = {}
    for person in persons if entries else ():
        # Of two lines of one list for the same person only the first takes the place of what was there.
        key = next((other for other in sorted(same.get(person.pk, ())) if other in entries), None)
        if key is not None:
            found[person.pk] = entries.pop(key)
    return found


def checked(facts, *, at):
    """What an entry says, tidied; raises `NotAllowed` with a sentence where it cannot be."""
    unknown = set(facts) - set(SEALED) - set(PLAIN)
    if unknown:
        raise TypeError(f"An entry of the register has no {', '.join(sorted(unknown))}.")
    facts = {name: _tidy(name, value) for name, value in facts.items()}
    for name, catalogue in (("sector", "work_sectors"), ("country", "countries")):
        if facts.get(name) and not catalogues.is_code(catalogue, facts[name]):
            raise FactError(name, _("Choose sector and country from the lists."))
    if facts.get("status", Worker.Status.UNKNOWN) not in STATUSES:
        raise FactError("status", _("Choose where the person is from the list."))
    start, end = facts.get("contract_from"), facts.get("contract_until")
    if start and end and end < start:
        raise FactError("contract_until", _("The contract ends before it begins. Check both days."))
    for name in ("departed_on", "returned_on"):
        if facts.get(name) and facts[name] > localdate(at):
            raise FactError(name, _("This day lies in the future. Write when it happened."))
    if facts.get("departed_on") and facts.get("returned_on") and facts["returned_on"] < facts["departed_on"]:
        raise FactError("returned_on", _("The return lies before the departure. Check both days."))
    return facts


def _tidy(name, value):
    if name == "note":
        return cleaned(value)
    return one_line(value) if isinstance(value, str) else value
