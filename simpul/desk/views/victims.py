"""People in a case: recorded, read field by field, corrected, decided on; their consents."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.cases import access, victims
from simpul.cases.models import Involvement
from simpul.cases.policy import check_may_work_on
from simpul.desk.acting import page, said, tried, typed
from simpul.desk.forms import victims as forms
from simpul.desk.views.cases import FILE, SECTION, back_to, form_page, one_click, to_work_on
from simpul.lib.rules import allows
from simpul.persons import consents
from simpul.persons.identities import SEALED, check_may_read_identities
from simpul.persons.models import Person


@officers(*FILE)
def add(request, number):
    """A person comes into the case."""
    case = to_work_on(request, number)
    form = forms.NewPerson(typed(request), today=localdate(request.at))
    if form.is_valid():
        part = tried(form, victims.add, case, by=request.user, at=request.at, **form.told())
        if part:
            return back_to(case, request, _("%(part)s recorded. What the law now asks for runs above.")
                           % {"part": part.get_part_display()})  # fmt: skip
    return form_page(request, case, form, title=_("Record a person"), button=_("Record the person"))


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
    held = victims.read_identity(part, fields=list(SEALED), by=request.user, at=request.at, because="correct")
    person = part.person
    initial = held | {"sex": person.sex, "birth_year": person.birth_year, "home": person.home}
    form = forms.Correction(
        typed(request), today=localdate(request.at), initial=initial | {"childhood": part.childhood}
    )
    if form.is_valid() and tried(form, victims.correct, part, by=request.user, at=request.at, **form.told()):
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
def consent(request, number, pk):
    """A consent is recorded as it was given."""
    case = to_work_on(request, number)
    part = _part_in(case, pk)
    form = forms.ConsentGiven(typed(request), case=case, today=localdate(request.at))
    if form.is_valid():
        told = form.cleaned_data
        given = tried(
            form, consents.give, part.person, purpose=told["purpose"], recipient=told["recipient"],
            fields=told["shared"], given_by=told["given_by"], until_on=told["until_on"], file=case,
            by=request.user, at=request.at,
        )  # fmt: skip
        if given:
            said(request, _("The consent is on record."))
            return redirect("desk:case_person", number, pk)
    return form_page(
        request, case, form, title=_("Record a consent"), button=_("Record the consent"),
        about=_("Ask in plain words, away from others, and say that it can be withdrawn at any time."),
    )  # fmt: skip


@officers(*FILE)
@require_POST
def withdraw(request, number, pk, consent_pk):
    """A consent ends."""
    case = to_work_on(request, number)
    given = get_object_or_404(_part_in(case, pk).person.consents, pk=consent_pk, withdrawn_at=None)
    if one_click(request, consents.withdraw, given, file=case):
        said(request, _("The consent is withdrawn. Nothing new is shared on it."))
    return redirect("desk:case_person", number, pk)


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
        is_victim=part.part == Involvement.Part.VICTIM, may_change=works and not case.has_ended,
        services=part.services.select_related("provider").order_by("requested_at"),
        consents=part.person.consents.select_related("recipient").order_by("-given_at"),
        note=part.note.opened_or_erased(),
    )  # fmt: skip
