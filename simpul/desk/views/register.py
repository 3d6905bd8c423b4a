"""The register of migrant workers: the own villages, one worker with the earlier entries, the table to take along."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import leaf, page, said, status_of, tried, typed
from simpul.desk.forms import register as forms
from simpul.desk.versions import edited
from simpul.desk.views.cases import one_click
from simpul.desk.views.journal import with_names
from simpul.desk.views.linkage import likely
from simpul.documents import extracts
from simpul.journal.acts import Act
from simpul.journal.queries import readings_of
from simpul.migrants import access, queries, registry
from simpul.migrants.models import Returnee, Sheet, Worker
from simpul.persons.identities import check_may_read_identities
from simpul.persons.models import Person
from simpul.places.models import Place
from simpul.places.regions import path_names

SECTION = "desk:register"
# Each leaf of the list opens as many names; the journal holds one entry for them.
PER_PAGE = 50
READERS = 6
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@officers(Right.KEEP_REGISTER)
def register(request):
    """Workers of the officer's region; opening a leaf of the list reads the names on it."""
    form = forms.Narrowed(request.GET, officer=request.user)
    found = leaf(request, form.narrow().values_list("pk", flat=True), PER_PAGE)
    workers = found.object_list = list(queries.workers_on_a_leaf(found.object_list))
    names = access.read_names(workers, by=request.user, at=request.at)
    places = path_names({worker.home_id for worker in workers})
    for worker in workers:
        worker.name, worker.where = names[worker.pk], places.get(worker.home_id, "")
    kept = {name: value for name, value in form.cleaned_data.items() if value}
    return page(request, "register/list", section=SECTION, leaf=found, form=form, kept=kept)


@officers(Right.KEEP_REGISTER)
def worker(request, pk):
    """One worker. The name is read with the page; what else identifies is shown when asked for."""
    found = access.worker_for(request.user, pk)
    if found.pk != pk:
        return redirect("desk:worker", found.pk)
    return _file(request, found, {"name": access.read_name(found, by=request.user, at=request.at, because="register")})


@officers(Right.KEEP_REGISTER)
@require_POST
def show(request, pk):
    """What is sealed of a worker is shown, on this page only; that it was is written down."""
    found = access.worker_for(request.user, pk)
    return _file(request, found, access.read_worker(found, by=request.user, at=request.at, because="shown"))


@officers(Right.KEEP_REGISTER)
def new(request):
    """A worker is entered; whoever stands in the register already gets a new entry in place of the earlier one."""
    form = forms.Entry(typed(request), today=localdate(request.at), initial={"home": _own_village(request.user)})
    if form.is_valid():
        made = tried(form, registry.note, by=request.user, at=request.at, **form.told())
        if made:
            said(request, _("The entry is in the register."))
            return redirect("desk:worker", made.pk)
    return _form(request, form, title=_("Enter a migrant worker"), button=_("Enter this person"))


@officers(Right.KEEP_REGISTER)
def change(request, pk):
    """An entry is changed: a new one takes its place. The form shows what is on record, and that is written down."""
    found = access.worker_for(request.user, pk)
    check_may_read_identities(request.user)
    made = []

    def held():
        read = access.read_worker(found, by=request.user, at=request.at, because="change")
        plain = {name: getattr(found, name) for name in registry.PLAIN}
        person = {name: getattr(found.person, name) for name in ("sex", "birth_year")}
        return {name: read.get(name) for name in (*forms.IDENTITY, *registry.SEALED)} | plain | person | {
            "home": found.home}  # fmt: skip

    def keep(form):
        made.append(registry.note(earlier=found, by=request.user, at=request.at, **form.told()))

    form, done = edited(
        request, forms.Entry, of={found.person: forms.IDENTITY, found: ["home", "is_current", *forms.FACTS]},
        held=held, act=keep, told_by=[Act.WORKER_NOTED, Act.PERSON_CORRECTED], today=localdate(request.at),
    )  # fmt: skip
    if done:
        said(request, _("The change is kept; what stood before is history."))
        return redirect("desk:worker", made[0].pk if made else found.pk)
    return _form(request, form, worker=found, title=_("Change the entry"), button=_("Keep the change"))


@officers(Right.KEEP_REGISTER)
@require_POST
def strike(request, pk):
    """An entry made by mistake is struck out; its page offers to restore it."""
    found = access.worker_for(request.user, pk)
    if one_click(request, registry.strike, found):
        said(request, _("The entry is struck out. It can be restored here for %(days)d days.") % {
            "days": registry.RESTORED_WITHIN.days})  # fmt: skip
    return redirect("desk:worker", found.pk)


@officers(Right.KEEP_REGISTER)
@require_POST
def restore(request, pk):
    """An entry that was struck out holds after all."""
    found = access.worker_for(request.user, pk)
    if one_click(request, registry.restore, found):
        said(request, _("The entry is in the register again."))
    return redirect("desk:worker", found.pk)


@officers(Right.KEEP_REGISTER)
@require_POST
def download(request):
    """The register as a workbook: the columns of the law, with everything that identifies. It is a reading."""
    form = forms.Narrowed(request.POST, officer=request.user)
    book = extracts.register(by=request.user, at=request.at, asked=form.asked(), words=form.words())
    answer = HttpResponse(book, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="register-pmi-{localdate(request.at):%Y-%m-%d}.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer


def _own_village(officer):
    """Where a village enters somebody without asking: the own village."""
    return officer.agency.place if officer.agency.place.level == Place.Level.VILLAGE else None


def _form(request, form, *, worker=None, title, button):
    cancel = reverse("desk:worker", args=[worker.pk]) if worker else reverse("desk:register")
    return page(request, "register/act", section=SECTION, status=status_of(form), form=form, worker=worker,
                title=title, button=button, cancel=cancel)  # fmt: skip


def _file(request, found, read):
    officer = request.user
    return page(
        request, "register/worker", section=SECTION, worker=found, name=read["name"], is_open="nik" in read,
        where=path_names([found.home_id]).get(found.home_id, ""),
        identity=_fields(Person, found.person, access.IDENTITY[1:], read),
        work=_fields(Worker, found, registry.SEALED, read), history=queries.history_of(found, officer),
        source=_source(found, officer), readings=with_names(readings_of(found)[:READERS]),
        likely=likely(request, found.person),
    )  # fmt: skip


def _fields(model, row, names, read):
    """Sealed fields: words, value where it was read, whether anything is on record."""
    return [(model._meta.get_field(name).verbose_name, read.get(name), bool(getattr(row, name))) for name in names]


def _source(found, officer):
    """Where an entry came from, with the way there for an officer who may go it."""
    if found.sheet_id:
        source = Sheet.objects.get(pk=found.sheet_id)
        words, way = _("From list %(number)s") % {"number": source.number}, reverse("desk:sheet", args=[source.number])
    elif found.returnee_id:
        source = Returnee.objects.select_related("manifest").get(pk=found.returnee_id)
        words = _("From the return %(number)s") % {"number": source.number}
        way = reverse("desk:returnee", args=[source.manifest.number, source.row])
    else:
        return None
    is_open = type(source).objects.visible_to(officer).filter(pk=source.pk).exists()
    return {"words": words, "address": way if is_open else ""}
