"""People in a case: recorded, read field by field, corrected, decided on."""

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.cases import access, victims
from simpul.cases.models import Involvement
from simpul.cases.policy import check_may_work_on
from simpul.cases.queries import involving
from simpul.desk.acting import page, said, status_of, tried, typed
from simpul.desk.forms import victims as forms
from simpul.desk.versions import edited
from simpul.desk.views.cases import FILE, SECTION, back_to, form_page, one_click, to_work_on
from simpul.desk.views.linkage import likely
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import allows
from simpul.lib.texts import one_line
from simpul.linkage import likeness
from simpul.persons.identities import PLAIN, SEALED, check_may_read_identities
from simpul.persons.models import Person
from simpul.places import legs
from simpul.places.ways import lines

MOST = 20


@officers(*FILE)
def add(request, number):
    """A person comes into the case."""
    case = to_work_on(request, number)
    form = forms.NewPerson(typed(request), today=localdate(request.at))
    if form.is_valid():
        part = tried(form, victims.add, case, by=request.user, at=request.at, **form.told())
        if part:
            return _recorded(case, request, part)
    return page(
        request, "victims/new", section=SECTION, status=status_of(form), case=case, form=form,
        may_search=request.user.may(Right.SEARCH_PERSONS),
    )  # fmt: skip


@officers(Right.SEARCH_PERSONS)
def known(request, number):
    """Somebody who is recorded in another file comes into this one too; no name is read to find them."""
    case = to_work_on(request, number)
    looked_for = forms.Known(typed(request))
    found = form = None
    if looked_for.is_valid():
        text = one_line(looked_for.cleaned_data["q"])
        adding = "tambah" in request.POST
        found = _known_by(request, text, note=not adding)
        form = forms.KnownPerson(request.POST if adding else None, found=found)
        if adding and form.is_valid():
            part = tried(form, victims.add, case, by=request.user, at=request.at, **form.told())
            if part:
                return _recorded(case, request, part)
    status = max(status_of(each) for each in (looked_for, form) if each is not None)
    return page(request, "victims/known", section=SECTION, case=case, looked_for=looked_for, form=form, found=found,
                status=status)  # fmt: skip


@officers(*FILE)
def person(request, number, pk):
    """One person: the part in the case, services and consents; what identifies is shown field by field."""
    check_may_read_identities(request.user)
    case = access.case_to_change(request.user, number, at=request.at)
    return _person_page(request, case, _part_in(case, pk), fields=["name"], because="person")


@officers(*FILE)
@require_POST
def show(request, number, pk):
    """Fields of an identity are shown, on this page only; which ones is written down."""
    case = access.case_to_change(request.user, number, at=request.at)
    wanted = [name for name in SEALED if name in request.POST.getlist("tampilkan")]
    return _person_page(request, case, _part_in(case, pk), fields=["name", *set(wanted) - {"name"}], because="shown")


@officers(*FILE)
def correct(request, number, pk):
    """What is known of a person is corrected. The form shows what the file holds, and that is written down."""
    case = to_work_on(request, number)
    part = _part_in(case, pk)

    def held():
        read = victims.read_identity(part, fields=list(SEALED), by=request.user, at=request.at, because="correct")
        return read | {name: getattr(part.person, name) for name in PLAIN} | {"childhood": part.childhood}

    form, done = edited(
        request, forms.Correction, of={part: ["childhood"], part.person: [*SEALED, *PLAIN]}, held=held,
        act=lambda form: victims.correct(part, by=request.user, at=request.at, **form.told()),
        told_by=[Act.PERSON_CORRECTED], today=localdate(request.at),
    )  # fmt: skip
    if done:
        said(request, _("The correction is kept."))
        return redirect("desk:case_person", number, pk)
    return form_page(request, case, form, title=_("Correct what is known"), button=_("Keep the correction"))


@officers(*FILE)
def status(request, number, pk):
    """Whether somebody is a victim: decided by an officer, never by a score."""
    case = to_work_on(request, number)
    part = get_object_or_404(_parts(case), pk=pk, part=Involvement.Part.VICTIM)
    form = forms.Status(typed(request), initial={"status": part.status})
    if form.is_valid() and tried(
        form, victims.decide_status, part, by=request.user, at=request.at, **form.cleaned_data
    ):
        said(request, _("The decision is kept. It can be decided anew at any time."))
        return redirect("desk:case_person", number, pk)
    return form_page(
        request, case, form, title=_("Decide the victim status"), button=_("Keep the decision"),
        about=_("Help does not wait for this decision, and “not a victim” ends no service by itself."),
    )  # fmt: skip


@officers(*FILE)
@require_POST
def unpunished(request, number, pk):
    """What the victim did was forced (Art. 18)."""
    case = to_work_on(request, number)
    if one_click(request, victims.protect_from_punishment, _part_in(case, pk)):
        said(request, _("Noted: this victim is not punished for what was forced, and can be no suspect."))
    return redirect("desk:case_person", number, pk)


@officers(*FILE)
@require_POST
def cleared(request, number, pk):
    """Somebody was noted as a suspect and is none."""
    case = to_work_on(request, number)
    if one_click(request, victims.take_back_suspicion, _part_in(case, pk)):
        return back_to(case, request, _("The suspicion is taken back. The journal keeps that it stood there."))
    return redirect("desk:case_person", number, pk)


def _recorded(case, request, part):
    """Back to the case; or to the page of the person, where somebody recorded before may be the same."""
    if likeness.is_known(part.person, by=request.user, at=request.at):
        said(request, _("%(part)s recorded. Somebody on record may be the same person: look at that first.")
             % {"part": part.get_part_display()})  # fmt: skip
        return redirect("desk:case_person", case.number, part.pk)
    return back_to(case, request, _("%(part)s recorded. What the law now asks for runs above.")
                   % {"part": part.get_part_display()})  # fmt: skip


def _known_by(request, text, *, note):
    """Parts in files open to the officer, one for each person whose name or number fits; the search is written down."""
    if note:
        kind = "number" if any(c.isdigit() for c in text) else "name"
        with transaction.atomic():
            enter(Act.PERSONS_SEARCHED, on="persons.search", by=request.user, at=request.at, kind=kind)
    found = {}
    for part in involving(request.user, text, at=request.at).select_related("person__home")[:MOST]:
        found.setdefault(part.person_id, part)
    return list(found.values())


def _parts(case):
    return case.involvements.select_related("person__data_key", "person__home", "status_by")


def _part_in(case, pk):
    part = get_object_or_404(_parts(case), pk=pk)
    part.case = case
    return part


def _person_page(request, case, part, *, fields, because):
    read = victims.read_identity(part, fields=fields, by=request.user, at=request.at, because=because)
    works = allows(check_may_work_on, case, by=request.user)
    fields = [
        (name, Person._meta.get_field(name).verbose_name, read.get(name), bool(getattr(part.person, name)))
        for name in SEALED
    ]
    return page(
        request, "victims/person", section=SECTION, case=case, part=part, name=read["name"], fields=fields,
        is_victim=part.part == Involvement.Part.VICTIM, is_suspect=part.part == Involvement.Part.SUSPECT,
        may_change=works and not case.has_ended,
        services=part.services.select_related("provider").order_by("requested_at"),
        consents=part.person.consents.select_related("recipient").order_by("-given_at"),
        note=part.note.opened_or_erased(), likely=likely(request, part.person), way=lines(legs.of(part)),
    )  # fmt: skip
