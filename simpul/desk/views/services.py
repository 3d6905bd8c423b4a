"""Services: requested for a victim, moved on through their states, noted step by step; stays at a shelter."""

from dataclasses import dataclass, field

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.cases import access, services, shelters, victims
from simpul.cases.models import Involvement, Service
from simpul.cases.policy import REPATRIATION, check_may_move, check_may_work_on
from simpul.cases.steps import check_may_be_struck
from simpul.desk.acting import page, said, status_of, tried, typed
from simpul.desk.forms import services as forms
from simpul.desk.views.cases import FILE, SECTION, back_to, form_page, one_click, to_work_on
from simpul.lib.rules import allows
from simpul.obligations.queries import of_file
from simpul.reference import catalogues
from simpul.reference.models import Term

# A service in which nothing happens any more, until it is requested again.
AT_REST = frozenset({Service.State.DECLINED, Service.State.REFUSED, Service.State.STOPPED})


@dataclass
class Stage:
    """A step that the service has, with what was noted of it."""

    term: Term
    noted: list = field(default_factory=list)
    is_next: bool = False


@officers(*FILE)
def new(request, number):
    """A service is requested for a victim of the case."""
    case = to_work_on(request, number)
    victim = _victim_in(case, request.GET.get("orang", ""))
    wanted = request.GET.get("jenis", "")
    form = forms.NewService(typed(request), initial={"kind": wanted, "is_urgent": wanted == "first_aid"})
    if form.is_valid():
        told = form.cleaned_data
        service = tried(
            form, services.request, victim, kind=told["kind"], is_urgent=told["is_urgent"], need=told["need"],
            provider=case.agency if form.is_own else None, by=request.user, at=request.at,
        )  # fmt: skip
        if service and wanted and victim.part == Involvement.Part.VICTIM:
            said(request, _("The service is requested."))
            return redirect("desk:case_rights", number, victim.pk)
        if service:
            return back_to(case, request, _("The service is requested."))
    name = victims.read_identity(victim, fields=["name"], by=request.user, at=request.at, because="service")["name"]
    return form_page(request, case, form, title=_("Request a service"), button=_("Request"), of_whom=name)


@officers(*FILE)
def service(request, number, pk):
    """One service: what the victim needs, how it stands, its steps, and its next state."""
    case, service = _service_in(request, number, pk)
    form = forms.Move(typed(request), service=service, today=localdate(request.at))
    if form.is_valid() and tried(form, services.move, service, by=request.user, at=request.at, **form.cleaned_data):
        return back_to(case, request, _("The service is now: %(state)s.") % {"state": service.get_state_display()})
    return _service_page(request, case, service, form=form)


@officers(*FILE)
@require_POST
def step(request, number, pk):
    """A step within a service is noted."""
    case, service = _service_in(request, number, pk)
    check_may_move(service, by=request.user)
    form = _step_form(service, list(service.steps.all()), request, request.POST)
    if form.is_valid() and tried(
        form, services.note_step, service, by=request.user, at=request.at, **form.cleaned_data
    ):
        words = catalogues.name_of("service_steps", form.cleaned_data["kind"])
        said(request, _("Noted: %(step)s.") % {"step": words})
        return redirect("desk:case_service", number, pk)
    return _service_page(request, case, service, step=form)


@officers(*FILE)
@require_POST
def strike(request, number, pk, step_pk):
    """A step that was noted by mistake is struck out."""
    _case, service = _service_in(request, number, pk)
    if one_click(request, services.strike_step, get_object_or_404(service.steps, pk=step_pk)):
        said(request, _("The step is struck out. What it had met stands again."))
    return redirect("desk:case_service", number, pk)


@officers(*FILE)
@require_POST
def enter(request, number, pk):
    """The victim moves into a shelter."""
    case, service = _service_in(request, number, pk)
    check_may_move(service, by=request.user)
    form = forms.Entering(request.POST, service=service, by=request.user, today=localdate(request.at))
    if form.is_valid() and tried(form, shelters.enter_, service, by=request.user, at=request.at, **form.cleaned_data):
        said(request, _("Noted: the victim stays at %(code)s.") % {"code": form.cleaned_data["shelter"].code})
        return redirect("desk:case_service", number, pk)
    return _service_page(request, case, service, entering=form)


@officers(*FILE)
@require_POST
def leave(request, number, pk, stay_pk):
    """The victim leaves the shelter."""
    case, service = _service_in(request, number, pk)
    check_may_move(service, by=request.user)
    stay = get_object_or_404(service.stays.select_related("shelter"), pk=stay_pk)
    form = forms.Leaving(request.POST, stay=stay, today=localdate(request.at))
    if form.is_valid() and tried(form, shelters.leave, stay, by=request.user, at=request.at, **form.cleaned_data):
        said(request, _("Noted: the victim left %(code)s.") % {"code": stay.shelter.code})
        return redirect("desk:case_service", number, pk)
    return _service_page(request, case, service, leaving=form)


def _service_in(request, number, pk):
    case = access.case_to_change(request.user, number, at=request.at)
    found = case.services.select_related("victim__person__data_key", "provider")
    service = get_object_or_404(found, pk=pk)
    service.victim.case = case
    return case, service


def _service_page(request, case, service, *, form=None, step=None, entering=None, leaving=None):
    identity = victims.read_identity(service.victim, fields=["name"], by=request.user, at=request.at, because="service")
    noted = list(service.steps.select_related("noted_by").order_by("happened_on", "pk"))
    may_move = allows(check_may_move, service, by=request.user)
    # In a case that has ended nothing new is noted; what stands open may still be brought to its end.
    may_note = may_move and not case.has_ended and service.state not in AT_REST
    stays = list(service.stays.select_related("shelter").order_by("entered_on", "pk"))
    asked = [each for each in (form, step, entering, leaving) if each is not None]
    if may_note and step is None:
        step = _step_form(service, noted, request)
    return page(
        request, "services/service", section=SECTION, case=case, service=service, name=identity["name"],
        form=form or forms.Move(service=service, today=localdate(request.at)),
        need=service.need.opened_or_erased(), may_move=may_move,
        clocks=[clock for clock in of_file(case) if clock.subject == f"cases.service:{service.pk}"],
        referrals=service.referrals.select_related("receiver").order_by("-sent_at"),
        stages=_stages(service, noted, may_note), step=step if may_note and step.fields["kind"].choices else None,
        may_print=allows(check_may_work_on, case, by=request.user),
        takes_attorney="power_of_attorney" in services.steps_of(service.kind),
        is_victim=service.victim.part == Involvement.Part.VICTIM, goes_home=service.kind == REPATRIATION,
        status=max(status_of(each) for each in asked),
        **_stay(service, stays, may_note, request, entering, leaving),
    )  # fmt: skip


def _step_form(service, noted, request, data=None):
    return forms.Step(data, service=service, noted=noted, today=localdate(request.at))


def _stages(service, noted, may_note):
    """Every step the service has, in order, with what was noted and which may follow now."""
    stages = [Stage(catalogues.term("service_steps", kind)) for kind in services.steps_of(service.kind)]
    by_kind = {stage.term.code: stage for stage in stages}
    for step in noted:
        step.words = step.note.opened_or_erased()
        step.may_be_struck = may_note and allows(check_may_be_struck, step, noted, "service_steps")
        by_kind.setdefault(step.kind, Stage(catalogues.term("service_steps", step.kind))).noted.append(step)
    for stage in stages:
        stage.is_next = not stage.noted and forms.may_follow(stage.term.code, noted)
    return list(by_kind.values())


def _stay(service, stays, may_note, request, entering, leaving):
    """Where the victim stays, and the form that comes next."""
    if service.kind != shelters.SERVICE:
        return {"is_shelter": False}
    today, now = localdate(request.at), next((stay for stay in stays if stay.left_on is None), None)
    if may_note and now and leaving is None:
        leaving = forms.Leaving(stay=now, today=today)
    if may_note and not now and entering is None:
        entering = forms.Entering(service=service, by=request.user, today=today)
    return {
        "is_shelter": True, "stays": [stay for stay in stays if stay != now], "stay": now,
        "entering": entering if may_note and not now else None, "leaving": leaving if may_note and now else None,
    }  # fmt: skip


def _victim_in(case, key):
    if not key.isdecimal():
        raise Http404
    victim = get_object_or_404(
        case.involvements.exclude(part=Involvement.Part.SUSPECT).select_related("person__data_key"), pk=int(key)
    )
    victim.case = case
    return victim
