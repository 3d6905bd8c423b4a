"""Shelters of the region by their codes: how many beds are free, recorded and ended by the head of the unit."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.cases import shelters as acts
from simpul.cases.models import Shelter
from simpul.cases.queries import shelters_near
from simpul.desk.acting import page, said, status_of, tried, typed
from simpul.desk.forms import shelters as forms
from simpul.desk.views.cases import one_click

SECTION = "desk:shelters"


@officers(Right.KEEP_SHELTERS)
def shelters(request):
    """Shelters in use, with their free beds; a new one is recorded here."""
    form = forms.NewShelter(typed(request))
    if form.is_valid():
        told = dict(form.cleaned_data)
        shelter = tried(form, acts.record, told.pop("code"), by=request.user, at=request.at, **told)
        if shelter:
            said(request, _("%(code)s is recorded.") % {"code": shelter.code})
            return redirect("desk:shelters")
    found = list(shelters_near(request.user))
    for shelter in found:
        shelter.free = max(shelter.beds - shelter.staying, 0)
        shelter.is_own = shelter.agency_id == request.user.agency_id
    return page(
        request, "shelters/list", section=SECTION, status=status_of(form), form=form, shelters=found,
        beds=sum(shelter.beds for shelter in found), staying=sum(shelter.staying for shelter in found),
        free=sum(shelter.free for shelter in found),
    )  # fmt: skip


@officers(Right.KEEP_SHELTERS)
@require_POST
def end(request, pk):
    """A shelter is used no more."""
    shelter = get_object_or_404(Shelter, pk=pk, agency=request.user.agency, ended_on=None)
    if one_click(request, acts.end, shelter):
        said(request, _("%(code)s is used no more.") % {"code": shelter.code})
    return redirect("desk:shelters")
