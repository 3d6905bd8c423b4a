"""Breaches of personal data: noted, listed, stopped, told, closed. The list holds numbers and no names."""

import csv

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.cases.models import Case, Involvement
from simpul.desk.acting import leaf, page, said, status_of, tried, typed
from simpul.desk.forms import breaches as forms
from simpul.desk.views.cases import one_click
from simpul.journal.entries import label
from simpul.obligations.models import Obligation
from simpul.privacy import access, queries
from simpul.privacy import breaches as acts
from simpul.privacy.models import Affected

SECTION = "desk:breaches"


@officers(Right.HANDLE_BREACHES)
def breaches(request):
    """Breaches within the officer's reach, newest first."""
    found = leaf(request, queries.breaches_for(request.user))
    clocks = Obligation.objects.filter(subject__in=[label(one) for one in found], rule=acts.CLOCK).order_by("pk")
    clock_of = {clock.subject: clock for clock in clocks}
    for one in found:
        one.clock = clock_of.get(label(one))
    return page(request, "breaches/list", section=SECTION, leaf=found)


@officers(Right.HANDLE_BREACHES)
def new(request):
    """A breach is noted with what is known."""
    form = forms.NewBreach(typed(request), initial={"discovered_at": localtime(request.at)})
    if form.is_valid():
        noted = tried(form, acts.note, by=request.user, at=request.at, **form.cleaned_data)
        if noted:
            said(request, _("The breach is noted as %(number)s. Next: who is affected?") % {"number": noted.number})
            return redirect("desk:breach", noted.number)
    return page(request, "breaches/act", section=SECTION, status=status_of(form), form=form,
                title=_("Note a breach"), button=_("Note the breach"))  # fmt: skip


@officers(Right.HANDLE_BREACHES)
def breach(request, number):
    """One breach, what is owed, and those affected; opening it is written down."""
    breach = access.breach_for(request.user, number, at=request.at)
    found = leaf(request, queries.affected_by(breach, request.user))
    _with_ways(found.object_list, request)
    clock = Obligation.objects.filter(subject=label(breach), rule=acts.CLOCK).order_by("-pk").first()
    return page(
        request, "breaches/breach", section=SECTION, breach=breach, notice=acts.notice_of(breach), leaf=found,
        clock=clock, authority=breach.authority.opened_or_erased(),
    )  # fmt: skip


@officers(Right.HANDLE_BREACHES)
def list_files(request, number):
    """Everybody in some files is listed."""
    breach = access.breach_to_change(request.user, number)
    form = forms.Files(typed(request))
    if form.is_valid():
        added = _counted(form, acts.list_files, breach, form.cleaned_data["numbers"], request)
        if added is not None:
            return _back_to(breach, request, _("%(count)d were added to the list.") % {"count": added})
    return _form_page(request, breach, form, title=_("List who is in some files"), button=_("Add to the list"))


@officers(Right.HANDLE_BREACHES)
def list_openings(request, number):
    """Everybody is listed whose data one access opened between two moments."""
    breach = access.breach_to_change(request.user, number)
    form = forms.Openings(typed(request), by=request.user)
    if form.is_valid():
        added = _counted(form, acts.list_openings, breach, None, request, **form.cleaned_data)
        if added is not None:
            return _back_to(breach, request, _("%(count)d were added to the list.") % {"count": added})
    return _form_page(
        request, breach, form, title=_("List what an access opened"), button=_("Add to the list"),
        about=_("For a lost device or a stolen password: everything the journal says was opened with it."),
    )  # fmt: skip


@officers(Right.HANDLE_BREACHES)
def contain(request, number):
    """It was stopped."""
    breach = access.breach_to_change(request.user, number)
    form = forms.Containment(typed(request), initial={"measures": breach.measures.opened_or_erased()})
    if form.is_valid() and tried(form, acts.contain, breach, by=request.user, at=request.at, **form.cleaned_data):
        return _back_to(breach, request, _("What was done is kept."))
    return _form_page(request, breach, form, title=_("Write what was done"), button=_("It is stopped"))


@officers(Right.HANDLE_BREACHES)
def tell_authority(request, number):
    """The authority was told."""
    breach = access.breach_to_change(request.user, number)
    form = forms.Authority(typed(request), initial={"told_at": localtime(request.at)})
    if form.is_valid() and tried(
        form, acts.tell_authority, breach, by=request.user, at=request.at, **form.cleaned_data
    ):
        return _back_to(breach, request, _("Noted that the authority was told."))
    return _form_page(request, breach, form, title=_("The authority was told"), button=_("Note it"))


@officers(Right.HANDLE_BREACHES)
def tell(request, number, pk):
    """Somebody affected was told, or it is written down why not."""
    breach = access.breach_to_change(request.user, number)
    affected = access.affected_to_tell(request.user, breach, pk)
    affected.breach = breach
    form = forms.Telling(typed(request))
    if form.is_valid() and _told(form, affected, request):
        return _back_to(breach, request, _("The notice is noted."))
    return _form_page(request, breach, form, title=_("Notice to somebody affected"), button=_("Note the notice"),
                      affected=affected)  # fmt: skip


@officers(Right.HANDLE_BREACHES)
@require_POST
def close(request, number):
    """Nothing is left to do."""
    breach = access.breach_to_change(request.user, number)
    if one_click(request, acts.close, breach):
        said(request, _("The breach is closed."))
    return redirect("desk:breach", number)


@officers(Right.HANDLE_BREACHES)
def notice(request, number):
    """The notice as a sheet, for a person or for the authority."""
    breach = access.breach_for(request.user, number, at=request.at)
    return page(
        request, "breaches/notice", section=SECTION, breach=breach, notice=acts.notice_of(breach),
        for_authority=request.GET.get("untuk") == "instansi",
    )  # fmt: skip


@officers(Right.HANDLE_BREACHES)
@require_POST
def as_table(request, number):
    """The list as a file to work through: numbers and no names. Taking it along is written down."""
    breach = access.breach_to_change(request.user, number)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{breach.number}.csv"'
    answer["Cache-Control"] = "no-store"
    table = csv.writer(answer)
    table.writerow([_("Breach"), _("File"), _("Person"), _("Kept by"), _("Notice"), _("Told")])
    rows = access.affected_list(request.user, breach, at=request.at)
    numbers = _return_numbers(rows)
    for row in rows:
        number, agency = _kept(row, numbers)
        told = f"{localtime(row.told_at):%Y-%m-%d %H:%M}" if row.told_at else ""
        table.writerow([breach.number, number, row.person_id or "", agency.name,
                        row.get_notice_display(), told])  # fmt: skip
    table.writerow([_("Taken by %(name)s, %(at)s") % {
        "name": request.user.full_name, "at": f"{localtime(request.at):%Y-%m-%d %H:%M}"}])  # fmt: skip
    return answer


def _counted(form, act, breach, numbers, request, **told):
    """How many an act added, or None where it was refused; nobody new is a number too."""
    added = []

    def counting():
        args = (breach,) if numbers is None else (breach, numbers)
        added.append(act(*args, by=request.user, at=request.at, **told))
        return True

    return added[0] if tried(form, counting) else None


def _told(form, affected, request):
    typed_in = form.cleaned_data
    who = {"how": typed_in["how"], "by": request.user, "at": request.at}
    if typed_in["notice"] == Affected.Notice.TOLD:
        return tried(form, acts.tell, affected, told_at=typed_in["told_at"], **who)
    return tried(form, acts.leave_untold, affected, because=typed_in["notice"], **who)


def _with_ways(rows, request):
    """Each row with the part the person plays, and whether the officer may open the page where the name stands."""
    parts = Involvement.objects.filter(case__in=[row.case_id for row in rows if row.case_id])
    part_of = {(part.case_id, part.person_id): part for part in parts}
    opens = set(Case.objects.visible_to(request.user, at=request.at).filter(
        pk__in=[row.case_id for row in rows if row.case_id]).values_list("pk", flat=True))  # fmt: skip
    numbers = _return_numbers(rows)
    for row in rows:
        row.number, row.kept_by = _kept(row, numbers)
        row.part = part_of.get((row.case_id, row.person_id))
        row.opens = row.case_id in opens and row.part is not None


def _return_numbers(rows):
    """The numbers of those who are in no case, as far as they were sent home."""
    return queries.return_numbers([row.person_id for row in rows if row.person_id and not row.case_id])


def _kept(row, numbers):
    """The number of a file by which officers know it, and the agency that keeps it."""
    if row.case or row.report:
        file = row.case or row.report
        return file.number, file.agency
    return numbers.get(row.person_id, ""), row.person.recorded_by.agency


def _form_page(request, breach, form, *, title, button, about="", **more):
    return page(request, "breaches/act", section=SECTION, status=status_of(form), breach=breach, form=form,
                title=title, button=button, about=about, **more)  # fmt: skip


def _back_to(breach, request, sentence):
    said(request, sentence)
    return redirect("desk:breach", breach.number)
