"""Agencies that take part, recorded by an administrator."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _

from simpul.agencies import offices
from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import page, said, status_of, tried, typed
from simpul.desk.forms.agencies import NewAgency


@officers(Right.KEEP_OFFICERS)
def new(request):
    """An agency is recorded."""
    form = NewAgency(typed(request))
    if form.is_valid():
        told = form.cleaned_data
        agency = tried(form, offices.record, told.pop("name").strip(), by=request.user, at=request.at, **told)
        if agency:
            said(request, _("%(agency)s is recorded. Record its officers next.") % {"agency": agency.name})
            return redirect("desk:officers")
    return page(request, "agencies/new", section="desk:officers", form=form, status=status_of(form))
