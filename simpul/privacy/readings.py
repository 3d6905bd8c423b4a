"""Who opened my file: the answer of UU 27/2022 Art. 32, made from the journal.

What is told: who opened the file as a whole, who read this person's identity and which fields, what was shared with
whom, which papers were printed. What is not told: readings of other people in the same file, of the report (it
belongs to its reporter), and of files elsewhere, whose agencies answer for themselves. An officer who was kept out
later, or who left, is still named: that somebody opened a file does not become untrue. A data protection officer who
reads the journal opens no file.

Who was sent home or stands in the register is told as well who read the name among others on a page of a list, who
opened the file of the list, and who read the own page; no case is needed for that.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.agencies.models import Agency, Officer
from simpul.cases.models import Referral
from simpul.cases.policy import check_may_work_on
from simpul.journal.acts import Act
from simpul.journal.entries import label
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.migrants.models import Sheet
from simpul.privacy.erasing import ways_to_a_person
from simpul.privacy.models import DataRequest
from simpul.privacy.policy import check_may_restrict
from simpul.privacy.requests import ACCESS
from simpul.reference import catalogues

OF_THE_FILE = (Act.CASE_READ, Act.CASE_FACTS_SEEN, Act.GLASS_BROKEN)
OF_THE_PERSON = (Act.IDENTITY_READ,)
OF_MANY = (Act.RETURNEES_READ, Act.WORKERS_READ)
OF_A_REFERRAL = (Act.REFERRAL_SENT, Act.REFERRAL_READ, Act.PARCEL_OPENED)


@dataclass(frozen=True)
class Reading:
    """One opening of a file as it is told to the person: when, who, from where, in which role, what."""

    at: datetime
    officer: str
    agency: str
    role: str
    what: str
    fields: tuple[str, ...]


def readings_for(request, *, by):
    """The readings that answer a request for access, the newest first, in a fixed number of queries."""
    check_may_work_on(request.case, by=by)
    check_may_be_told(request)
    file, person = label(request.case), label(request.person)
    referrals = Referral.objects.filter(case=request.case, service__victim__person=request.person)
    told = Q(act__in=OF_THE_FILE)
    told |= Q(act__in=OF_THE_PERSON, subject=person)
    told |= Q(act__in=OF_A_REFERRAL, subject__in=[label(referral) for referral in referrals.only("pk")])
    told |= Q(act=Act.DOCUMENT_MADE, subject__in=_printed_about(request.person, file))
    found = [*Entry.objects.filter(told, file=file), *_of_returns(request.person)]
    return _with_names(sorted(found, key=lambda entry: -entry.number))


def readings_of(thing, *, by):
    """The same for somebody in no case, asked on the page of a return or of an entry of the register."""
    check_may_restrict(thing, by=by)
    return _with_names(sorted(_of_returns(thing.person), key=lambda entry: -entry.number))


def _of_returns(person):
    """Readings of what is kept of a person as somebody sent home, or as a worker in the register."""
    files = [label(one) for one in (*person.returns.only("pk"), *person.work.only("pk"))]
    if not files:
        return []
    on = Q(manifest__returnees__person=person) | Q(workers__person=person)
    lists = [label(sheet) for sheet in Sheet.objects.filter(on).only("pk").distinct()]
    told = Q(act__in=OF_THE_PERSON, subject=label(person), file__in=files)
    told |= Q(act=Act.DOCUMENT_MADE, subject__in=files) | Q(act=Act.SHEET_READ, subject__in=lists)
    return [*Entry.objects.filter(told), *_among_others(person)]


def _among_others(person):
    """Entries of pages of a list with this person's name on them. No database finds a number in a list in the same
    way, so they are looked through one by one.
    """
    pages = Entry.objects.filter(act__in=OF_MANY, at__gte=person.recorded_at)
    return [entry for entry in pages.iterator(chunk_size=2000) if person.pk in entry.facts.get("persons", ())]


def check_may_be_told(request):
    """Readings and copy answer a request for access, and no refused one."""
    if request.kind != ACCESS:
        raise NotAllowed(_("The person did not ask who opened the file."))
    if request.state == DataRequest.State.REFUSED:
        raise NotAllowed(_("This request was refused for somebody's safety. The list is not given out."))


def _printed_about(person, file):
    """Labels of what in a file papers were printed about, as far as it is about one person."""
    printed = Entry.objects.filter(act=Act.DOCUMENT_MADE, file=file).values_list("subject", flat=True)
    keys = {}
    for subject in set(printed):
        kind, _colon, key = subject.partition(":")
        keys.setdefault(kind, set()).add(key)
    ways = {model._meta.label_lower: (model, way) for model, way in ways_to_a_person().items()}
    found = []
    for model, way, wanted in ((*ways[kind], wanted) for kind, wanted in keys.items() if kind in ways):
        found += [label(row) for row in model.objects.filter(pk__in=wanted, **{way: person}).only("pk")]
    return found


def _with_names(entries):
    entries = list(entries)
    officers = Officer.objects.in_bulk({entry.officer_id for entry in entries if entry.officer_id})
    agencies = Agency.objects.in_bulk({entry.agency_id for entry in entries if entry.agency_id})
    return [_reading(entry, officers.get(entry.officer_id), agencies.get(entry.agency_id)) for entry in entries]


def _reading(entry, officer, agency):
    return Reading(
        at=entry.at,
        officer=officer.full_name if officer else _("Whoever had the one-time link"),
        agency=agency.name if agency else "",
        role=str(officer.get_role_display()) if officer else "",
        what=str(entry.get_act_display()),
        fields=tuple(catalogues.name_of("shared_fields", code) for code in entry.facts.get("fields", ())),
    )
