"""Consents: recorded as they were given, printed to be signed, withdrawn after it is shown what stops."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.cases import consents, victims
from simpul.desk.acting import page, said, status_of, tried, typed
from simpul.desk.forms import consents as forms
from simpul.desk.views.cases import FILE, SECTION, one_click, to_work_on
from simpul.desk.views.documents import as_pdf
from simpul.documents import records


@officers(*FILE)
def new(request, number, pk):
    """A consent is recorded as it was given, or another lawful basis with its reason."""
    case = to_work_on(request, number)
    part = _part_in(case, pk)
    form = forms.ConsentGiven(typed(request), part=part)
    if form.is_valid() and tried(form, consents.record, part, by=request.user, at=request.at, **form.told()):
        said(request, _("It is on record."))
        return redirect("desk:case_person", number, pk)
    return _page(request, case, part, form)


@officers(*FILE)
@require_POST
def sheet(request, number, pk):
    """The same as a sheet to explain, tick and sign; nothing is recorded by printing it."""
    case = to_work_on(request, number)
    part = _part_in(case, pk)
    form = forms.ConsentGiven(request.POST, part=part)
    if form.is_valid():
        pdf = tried(form, records.consent_form, part, by=request.user, at=request.at, **form.on_paper())
        if pdf:
            return as_pdf(pdf, f"persetujuan-{case.number}")
    return _page(request, case, part, form)


@officers(*FILE)
def withdraw(request, number, pk, consent_pk):
    """A consent ends: first what stops with it is shown, then it is done."""
    case = to_work_on(request, number)
    part = _part_in(case, pk)
    given = get_object_or_404(part.person.consents.select_related("recipient"), pk=consent_pk, withdrawn_at=None)
    given.person = part.person
    stopping = consents.resting_on(given, case, on=localdate(request.at))
    if request.method == "POST" and one_click(request, consents.withdraw, part, given):
        said(request, _after(len(stopping)))
        return redirect("desk:case_person", number, pk)
    read = victims.read_identity(part, fields=["name"], by=request.user, at=request.at, because="consent")
    return page(request, "consents/withdraw", section=SECTION, case=case, part=part, consent=given, stopping=stopping,
                name=read["name"])  # fmt: skip


def _after(stopped):
    if stopped:
        return _("The consent is withdrawn, and what rested on it stops.")
    return _("The consent is withdrawn. Nothing new is shared on it.")


def _part_in(case, pk):
    part = get_object_or_404(case.involvements.select_related("person__data_key"), pk=pk)
    part.case = case
    return part


def _page(request, case, part, form):
    read = victims.read_identity(part, fields=["name"], by=request.user, at=request.at, because="consent")
    return page(
        request, "consents/new", section=SECTION, status=status_of(form), case=case, part=part, form=form,
        name=read["name"],
    )  # fmt: skip
