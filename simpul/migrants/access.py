"""The door of a list, a manifest, a person sent home, an entry of the register: what is not for one is not found.

Every reading of names is written down: one entry for a page of them, with the persons on it.
"""

from django.db import transaction

from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotFound
from simpul.migrants.models import Manifest, Notice, Returnee, Sheet, Worker
from simpul.persons.identities import check_may_read_identities, read

IDENTITY = ("name", "aliases", "nik", "birth_date", "phone", "passport", "address", "safe_contact")


def sheet_for(officer, number):
    """A list of the officer's own agency."""
    found = Sheet.objects.visible_to(officer).select_related("data_key", "agency", "sender").filter(number=number)
    return _one(found, number)


def manifest_for(officer, number):
    """A manifest that the officer's own agency took in."""
    found = Manifest.objects.visible_to(officer).select_related("sheet", "agency", "post").filter(number=number)
    return _one(found, number)


def notice_for(officer, pk):
    """The notice to a home region, of a manifest that the officer's own agency took in."""
    mine = Manifest.objects.visible_to(officer)
    found = Notice.objects.filter(pk=pk, manifest__in=mine)
    return _one(found.select_related("manifest__agency", "manifest__post", "region"), str(pk))


def returnee_for(officer, number):
    """A person sent home by the number that officers use: "M-2026-000012/7"."""
    manifest, _slash, row = number.rpartition("/")
    found = Returnee.objects.visible_to(officer).select_related(
        "manifest__agency", "manifest__post", "person__data_key", "home"
    )
    return _one(found.filter(manifest__number=manifest, row=row if row.isascii() and row.isdecimal() else None), number)


def worker_for(officer, pk):
    """An entry of the register of the officer's own region; for one that was replaced, the entry that holds now."""
    entries = Worker.objects.visible_to(officer).select_related("person__data_key", "home", "noted_by__agency")
    worker = _one(entries.filter(pk=pk), str(pk))
    while not worker.is_current and worker.struck_at is None:
        worker = _one(entries.filter(earlier=worker, struck_at=None), str(pk))
    return worker


@transaction.atomic
def open_sheet(sheet, *, by, at):
    """The file and its name, open; the reading is journalled."""
    check_may_read_identities(by)
    enter(Act.SHEET_READ, on=sheet, by=by, at=at)
    return sheet.name.opened_or_erased(), sheet.content.opened()


@transaction.atomic
def read_person(returnee, *, by, at, because=""):
    """What is known of a person sent home, open, with the line as it stood; the reading is journalled."""
    told = read(returnee.person, fields=list(IDENTITY), by=by, at=at, file=returnee, because=because)
    return told | {name: getattr(returnee, name).opened_or_erased() for name in ("remarks", "witness", "written")}


def read_name(returnee, *, by, at, because):
    """The name of somebody sent home or in the register, for a page of this person; the reading is journalled."""
    return read(returnee.person, fields=["name"], by=by, at=at, file=returnee, because=because)["name"]


@transaction.atomic
def read_worker(worker, *, by, at, because=""):
    """What is known of a migrant worker, open; the reading is journalled."""
    told = read(worker.person, fields=list(IDENTITY), by=by, at=at, file=worker, because=because)
    return told | {
        name: getattr(worker, name).opened_or_erased() for name in ("employer", "employer_address", "company", "note")
    }


@transaction.atomic
def read_names(rows, *, by, at):
    """The names for a page of people sent home or of the register, by row; one entry names the persons."""
    check_may_read_identities(by)
    if not rows:
        return {}
    act = Act.WORKERS_READ if isinstance(rows[0], Worker) else Act.RETURNEES_READ
    on = f"places.place:{by.jurisdiction}"
    enter(act, on=on, by=by, at=at, persons=[row.person_id for row in rows], fields=["name"])
    return {row.pk: row.person.name.opened_or_erased() for row in rows}


def _one(found, what):
    thing = found.first()
    if thing is None:
        raise NotFound(what)
    return thing
