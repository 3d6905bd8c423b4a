"""Extracts: what an office takes along of the register, as a workbook that says whose it is, who took it and when."""

from itertools import chain, islice

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from simpul.documents.workbooks import Column, taken, watermark, workbook
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.migrants import lists, queries
from simpul.migrants.models import Worker
from simpul.migrants.policy import check_may_register
from simpul.persons.identities import check_may_read_identities
from simpul.places.regions import ancestors, path_names
from simpul.reference import catalogues

AT_ONCE = 500
IDENTITY = ("name", "nik", "birth_date", "address", "phone", "passport")
# The columns of the empty workbook, by the codes of the reader, and what they hold.
TEMPLATE = (
    ("name", "text"), ("nik", "text"), ("sex", "text"), ("birth_place", "text"), ("birth_date", "day"),
    ("village", "text"), ("district", "text"), ("regency", "text"), ("address", "text"), ("phone", "text"),
    ("passport", "text"), ("status", "text"), ("procedural", "text"), ("country", "text"), ("sector", "text"),
    ("departed_on", "day"), ("contract_from", "day"), ("contract_until", "day"), ("returned_on", "day"),
    ("employer", "text"), ("employer_address", "text"), ("company", "text"), ("remarks", "text"),
)  # fmt: skip
WORK = ("employer", "employer_address", "company")


@transaction.atomic
def register(*, by, at, asked=None, words=()):
    """The register of the officer's region, or what of it was asked for, with the columns of PP 59/2021 Art. 67(2).

    Each person on it is journalled as read. Who was erased is not on it, and who restricted the use of the data is
    counted on the cover and not named.
    """
    check_may_register(by.jurisdiction, by=by)
    check_may_read_identities(by)
    with translation.override(settings.LANGUAGE_CODE):
        found = queries.register_of(by, **(asked or {})).filter(person__data_key__destroyed_at=None)
        withheld = found.exclude(person__restricted_at=None).count()
        counted = _Counted()
        made = workbook(
            title=_("Register of migrant workers"),
            cover=lambda: _cover(by, at, words, counted.rows, withheld),
            columns=_columns(),
            rows=counted(_rows(found.filter(person__restricted_at=None), by=by, at=at)),
            mark=watermark(by, at, _("Confidential: personal data.")),
            sheet_names=(_("Cover"), _("Register")),
        )  # fmt: skip
    enter(Act.DOCUMENT_MADE, on=f"places.place:{by.jurisdiction}", by=by, at=at, paper="register", people=counted.rows)
    return made


def register_template():
    """An empty workbook with the columns that a village fills in; its headings are read back without a question."""
    with translation.override(settings.LANGUAGE_CODE):
        return workbook(
            title=_("Register of migrant workers"),
            cover=lambda: [
                (_("What this is"), _("Register of migrant workers, with the columns of PP 59/2021 Art. 67(2)")),
                (_("How to fill it in"), _("One line for each person, on the second sheet. What is not known stays"
                                           " empty. Days as 07-08-2025; the NIK has 16 digits.")),
                (_("Status"), ", ".join(str(label) for label in Worker.Status.labels)),
                (_("Procedural"), ", ".join((_("Yes"), _("No")))),
            ],
            columns=[Column(lists.heading(code), kind) for code, kind in TEMPLATE],
            rows=(),
            mark=_("Register of migrant workers"),
            sheet_names=(_("Cover"), _("Register")),
        )  # fmt: skip


class _Counted:
    """Hands rows on and counts them."""

    def __init__(self):
        self.rows = 0

    def __call__(self, rows):
        for row in rows:
            self.rows += 1
            yield row


def _columns():
    return [
        Column(_("Name"), width=28), Column("NIK", width=18), Column(_("Sex"), width=6),
        Column(_("Date of birth"), "day", 12), Column(_("Year of birth"), "number", 8),
        Column(_("Village code"), width=14),
        Column(_("Village"), width=20), Column(_("District"), width=20), Column(_("Regency or city"), width=20),
        Column(_("Address"), width=30), Column(_("Telephone"), width=16), Column(_("Passport or SPLP"), width=14),
        Column(_("Status"), width=18), Column(_("Procedural"), width=10), Column(_("Country of work"), width=16),
        Column(_("Work"), width=16), Column(_("Day of departure"), "day", 12),
        Column(_("Begin of the contract"), "day", 12), Column(_("End of the contract"), "day", 12),
        Column(_("Day of return"), "day", 12), Column(_("Employer"), width=28),
        Column(_("Address of the employer"), width=28), Column(_("Placement company (P3MI)"), width=24),
    ]  # fmt: skip


def _rows(workers, *, by, at):
    """A line for each worker; some hundred persons at a time are opened and written down as read."""
    for part in _parts(workers):
        persons = [worker.person_id for worker in part]
        enter(Act.WORKERS_READ, on=f"places.place:{by.jurisdiction}", by=by, at=at, persons=persons, fields=[*IDENTITY])
        places = path_names(chain.from_iterable([w.home_id, *ancestors(w.home_id)] for w in part))
        for worker in part:
            yield _row(worker, places)


def _row(worker, places):
    person = worker.person
    told = {name: getattr(person, name).opened() for name in IDENTITY}
    village, district, regency = _levels(worker.home_id, places)
    return [
        told["name"], told["nik"], worker.sex, told["birth_date"], worker.birth_year, worker.home_id, village, district,
        regency, told["address"], told["phone"], told["passport"], worker.get_status_display(),
        worker.get_procedural_display() if worker.procedural else "", _name("countries", worker.country),
        _name("work_sectors", worker.sector), worker.departed_on, worker.contract_from, worker.contract_until,
        worker.returned_on, *(getattr(worker, name).opened() for name in WORK),
    ]  # fmt: skip


def _levels(code, places):
    """Village, district and regency of a home, each by its own name; empty where it is not known so deep."""
    codes = [*ancestors(code), code][1:]
    names = [places.get(each, "").split(",")[0] for each in codes]
    regency, district, village = (names + ["", "", ""])[:3]
    return village, district, regency


def _name(catalogue, code):
    return catalogues.name_of(catalogue, code) if code else ""


def _parts(workers):
    rows = workers.select_related("person__data_key").iterator(chunk_size=AT_ONCE)
    while part := list(islice(rows, AT_ONCE)):
        yield part


def _cover(by, at, words, people, withheld):
    return [
        (_("What this is"), _("Register of migrant workers, with the columns of PP 59/2021 Art. 67(2)")),
        (_("Region"), path_names([by.jurisdiction]).get(by.jurisdiction, by.jurisdiction)),
        (_("Narrowed to"), ", ".join(words) or _("everybody")),
        *taken(by, at, people=people, withheld=withheld),
    ]  # fmt: skip
