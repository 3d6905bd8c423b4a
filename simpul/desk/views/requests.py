"""Requests about data: recorded in a case, answered in time; who opened the file, to be handed over."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.cases import access as case_access
from simpul.cases import victims
from simpul.desk.acting import leaf, page, said, status_of, tried, typed
from simpul.desk.forms import requests as forms
from simpul.desk.views.cases import FILE, form_page, one_click, to_work_on
from simpul.journal.entries import label
from simpul.lib.rules import allows
from simpul.obligations.models import Obligation
from simpul.privacy import access, queries, requests
from simpul.privacy.policy import check_may_answer, check_may_record, check_may_refuse
from simpul.privacy.readings import readings_for
from simpul.reference import catalogues

SECTION = "desk:requests"


@officers(*FILE)
def request_list(request):
    """Requests in all cases the officer may open; what waits for an answer stands first."""
    found = leaf(request, queries.request_list(request.user, at=request.at))
    _with_clocks(found.object_list)
    return page(request, "requests/list", section=SECTION, leaf=found, shows_case=True)


@officers(*FILE)
def in_case(request, number):
    """Requests in one case."""
    case = case_access.case_to_change(request.user, number, at=request.at)
    found = leaf(request, queries.requests_in(case))
    for asked in found:
        asked.case = case
    _with_clocks(found.object_list)
    return page(request, "requests/list", section=SECTION, leaf=found, case=case)


@officers(*FILE)
def new(request, number):
    """Somebody in the case, or for them, asks something about their data."""
    case = to_work_on(request, number)
    part = _part_in(case, request.GET.get("orang", ""))
    check_may_record(case, part.person, by=request.user)
    form = forms.NewRequest(typed(request), initial={"received_at": localtime(request.at)})
    if form.is_valid():
        asked = tried(
            form, requests.record, part.person, case=case, by=request.user, at=request.at, **form.cleaned_data
        )
        if asked:
            said(request, _("The request is recorded; its clock runs."))
            return redirect("desk:case_request", number, asked.pk)
    name = victims.read_identity(part, fields=["name"], by=request.user, at=request.at, because="request")["name"]
    return form_page(
        request, case, form, title=_("Record a request about data"), button=_("Record the request"), of_whom=name
    )


@officers(*FILE)
def request_page(request, number, pk):
    """One request: opening it opens the file, which is written down."""
    return _page(request, number, pk)


@officers(*FILE)
@require_POST
def answer(request, number, pk):
    """The person is answered."""
    case = case_access.case_to_change(request.user, number, at=request.at)
    asked = access.request_for(request.user, case, pk, at=request.at)
    form = forms.Answer(request.POST)
    if form.is_valid() and tried(form, requests.answer, asked, by=request.user, at=request.at, **form.cleaned_data):
        said(request, _("Answered."))
        return redirect("desk:case_request", number, pk)
    return _page(request, number, pk, answering=form)


@officers(Right.REFUSE_REQUESTS)
@require_POST
def refuse(request, number, pk):
    """The head of the unit refuses for safety."""
    case = case_access.case_to_change(request.user, number, at=request.at)
    asked = access.request_for(request.user, case, pk, at=request.at)
    form = forms.Refusal(request.POST)
    if form.is_valid() and tried(form, requests.refuse, asked, by=request.user, at=request.at, **form.cleaned_data):
        said(request, _("Refused for safety. The reason is kept."))
        return redirect("desk:case_request", number, pk)
    return _page(request, number, pk, refusing=form)


@officers(*FILE)
def readings(request, number, pk):
    """Who opened the file, as a sheet for the person."""
    case = to_work_on(request, number)
    asked = access.request_for(request.user, case, pk, at=request.at)
    return page(request, "requests/readings", section=SECTION, case=case, asked=asked,
                readings=readings_for(asked, by=request.user))  # fmt: skip


@officers(*FILE)
@require_POST
def lift_restriction(request, number, pk):
    """The person's data may be shared again."""
    case = to_work_on(request, number)
    asked = access.request_for(request.user, case, pk, at=request.at)
    if one_click(request, requests.lift_restriction, asked.person, case=case):
        said(request, _("The restriction is lifted."))
    return redirect("desk:case_request", number, pk)


def _page(request, number, pk, *, answering=None, refusing=None):
    officer, at = request.user, request.at
    case = case_access.case_for(officer, number, at=at)
    asked = access.request_for(officer, case, pk, at=at)
    part = case.involvements.select_related("person__data_key").filter(person=asked.person).order_by("pk").first()
    part.case = case
    name = victims.read_identity(part, fields=["name"], by=officer, at=at, because="request")["name"]
    answers, refuses = allows(check_may_answer, asked, by=officer), allows(check_may_refuse, asked, by=officer)
    _with_clocks([asked])
    return page(
        request, "requests/request", section=SECTION, case=case, asked=asked, name=name, part=part,
        status=status_of(answering or refusing) if answering or refusing else 200,
        words=asked.words.opened_or_erased(), answer=asked.answer.opened_or_erased(),
        refusal=asked.refusal.opened_or_erased(),
        answering=(answering or forms.Answer()) if answers else None,
        refusing=(refusing or forms.Refusal()) if refuses else None,
        gives_readings=asked.kind == requests.ACCESS and asked.state != asked.State.REFUSED,
        term=catalogues.term("request_kinds", asked.kind),
        may_work=allows(check_may_record, case, asked.person, by=officer),
    )  # fmt: skip


def _part_in(case, key):
    if not key.isdecimal():
        raise Http404
    part = get_object_or_404(case.involvements.select_related("person__data_key"), pk=int(key))
    part.case = case
    return part


def _with_clocks(found):
    """Each request with its clock, in one query."""
    clocks = {clock.subject: clock for clock in Obligation.objects.filter(subject__in=[label(one) for one in found])}
    for one in found:
        one.clock = clocks.get(label(one))
