"""The journal: who did and read what, for the data protection officer. What files contain is not shown."""

from django.utils.translation import gettext as _

from simpul.agencies.doors import officers
from simpul.agencies.models import Agency, Officer
from simpul.agencies.oversight import journal_for, note_reading
from simpul.agencies.roles import Right
from simpul.cases.models import Case
from simpul.desk.acting import leaf, page
from simpul.desk.forms.journal import Narrowed
from simpul.intake.models import Complaint, Report
from simpul.journal import anchors
from simpul.journal.entries import label
from simpul.journal.models import Head

FILES = (Case, Complaint, Report)


@officers(Right.READ_JOURNAL)
def journal(request):
    """The book of the officer's region, newest first; reading it is written down in it."""
    form = Narrowed(request.GET, officers=_officers_of(request.user))
    form.is_valid()
    narrowed = {name: value for name, value in form.cleaned_data.items() if value}
    entries = _narrow(journal_for(request.user), narrowed)
    found = leaf(request, entries, per_page=50)
    shown = with_names(found.object_list)
    _with_numbers(shown)
    kept = {name: getattr(value, "pk", value) for name, value in narrowed.items()}
    note_reading(by=request.user, at=request.at, filters=sorted(kept), leaf=found.number)
    noted = anchors.noted()
    return page(
        request, "journal/journal", section="desk:journal", leaf=found, entries=shown, form=form, kept=kept,
        head=Head.objects.first(), anchor=noted[-1][0] if noted else None,
    )  # fmt: skip


def with_names(entries):
    """Entries as a list, each with `who` and `where`: the officer and the agency of that time."""
    entries = list(entries)
    who = Officer.objects.in_bulk({entry.officer_id for entry in entries if entry.officer_id})
    where = Agency.objects.in_bulk({entry.agency_id for entry in entries if entry.agency_id})
    for entry in entries:
        entry.who, entry.where = who.get(entry.officer_id), where.get(entry.agency_id)
        entry.told = _told(entry.facts)
    return entries


def _narrow(entries, narrowed):
    if "petugas" in narrowed:
        entries = entries.filter(officer_id=narrowed["petugas"].pk)
    if "tindakan" in narrowed:
        entries = entries.filter(act=narrowed["tindakan"])
    if "berkas" in narrowed:
        entries = entries.filter(file=_file_called(narrowed["berkas"]))
    return entries


def _file_called(text):
    """The journal's label of a file, from its number or from the label itself."""
    for model in FILES:
        if row := model.objects.filter(number=text.upper()).only("pk").first():
            return label(row)
    return text


def _with_numbers(entries):
    """Each entry with the number of its file, one query for each kind of file."""
    numbers = {}
    for model in FILES:
        kind = model._meta.label_lower
        keys = {entry.file.rpartition(":")[2] for entry in entries if entry.file.startswith(f"{kind}:")}
        found = model.objects.filter(pk__in=keys).values_list("pk", "number") if keys else ()
        numbers |= {f"{kind}:{pk}": number for pk, number in found}
    for entry in entries:
        entry.number_of_file = numbers.get(entry.file, "")


def _told(facts):
    """The facts of an entry in one line: codes and numbers, never words of a person."""
    told = [(name, value) for name, value in sorted(facts.items()) if value not in ("", None, [])]
    return "; ".join(f"{name}: {_written(value)}" for name, value in told)


def _written(value):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {each}" for name, each in sorted(value.items()))
    return str(value)


def _officers_of(officer):
    agencies = Agency.objects.within(officer.jurisdiction).values("pk")
    return Officer.objects.filter(agency__in=agencies).order_by("full_name")
