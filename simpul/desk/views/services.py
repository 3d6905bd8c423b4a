"""Services: requested for a victim, moved on through their states."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.agencies.doors import officers
from simpul.cases import access, services, victims
from simpul.cases.models import Involvement
from simpul.cases.policy import check_may_move
from simpul.desk.acting import page, status_of, tried, typed
from simpul.desk.forms import services as forms
from simpul.desk.views.cases import FILE, SECTION, back_to, form_page, to_work_on
from simpul.lib.rules import allows
from simpul.obligations.queries import of_file


@officers(*FILE)
def new(request, number):
    """A service is requested for a victim of the case."""
    case = to_work_on(request, number)
    victim = _victim_in(case, request.GET.get("orang", ""))
    form = forms.NewService(typed(request))
    if form.is_valid():
        told = form.cleaned_data
        service = tried(
            form, services.request, victim, kind=told["kind"], is_urgent=told["is_urgent"], need=told["need"],
            provider=case.agency if form.is_own else None, by=request.user, at=request.at,
        )  # fmt: skip
        if service:
            return back_to(case, request, _("The service is requested."))
    name = victims.read_identity(victim, fields=["name"], by=request.user, at=request.at, because="service")["name"]
    return form_page(request, case, form, title=_("Request a service"), button=_("Request"), of_whom=name)


@officers(*FILE)
def service(request, number, pk):
    """One service: what the victim needs, how it stands, and its next state."""
    case = access.case_to_change(request.user, number, at=request.at)
    service = get_object_or_404(case.services.select_related("victim__person__data_key", "provider"), pk=pk)
    form = forms.Move(typed(request), service=service, today=localdate(request.at))
    if form.is_valid() and tried(form, services.move, service, by=request.user, at=request.at, **form.cleaned_data):
        return back_to(case, request, _("The service is now: %(state)s.") % {"state": service.get_state_display()})
    identity = victims.read_identity(service.victim, fields=["name"], by=request.user, at=request.at, because="service")
    return page(
        request, "services/service", section=SECTION, case=case, service=service, form=form, name=identity["name"],
        need=service.need.opened_or_erased(), may_move=allows(check_may_move, service, by=request.user),
        clocks=[clock for clock in of_file(case) if clock.subject == f"cases.service:{service.pk}"],
        referrals=service.referrals.select_related("receiver").order_by("-sent_at"),
        status=status_of(form),
    )  # fmt: skip


def _victim_in(case, key):
    if not key.isdecimal():
        raise Http404
    victim = get_object_or_404(
        case.involvements.exclude(part=Involvement.Part.SUSPECT).select_related("person__data_key"), pk=int(key)
    )
    victim.case = case
    return victim
