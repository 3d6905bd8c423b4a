"""Event codes: made for an occasion, printed for the wall, ended when it is over."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import leaf, page, refused, said, tried, typed
from simpul.desk.forms.event_codes import EventCodeForm
from simpul.documents import patterns
from simpul.intake import channels
from simpul.lib.rules import NotAllowed


@officers(Right.KEEP_EVENT_CODES)
def event_codes(request):
    """The agency's codes, and a new one."""
    officer, at = request.user, request.at
    form = EventCodeForm(typed(request), at=at)
    if form.is_valid() and (event := tried(form, channels.make, by=officer, at=at, **form.cleaned_data)):
        sentence = _("The code is %(code)s. Print the sheet and hang it where people wait.")
        said(request, sentence % {"code": event.code})
        return redirect("desk:event_code", event.code)
    codes = channels.of_agency(officer.agency, at=at)
    return page(
        request,
        "event_codes/list",
        status=422 if form.errors else 200,
        section="desk:event_codes",
        form=form,
        leaf=leaf(request, codes),
    )


@officers(Right.KEEP_EVENT_CODES)
def sheet(request, code):
    """A sheet for the wall with the address and the code."""
    event = _event(request, code)
    address = request.build_absolute_uri(f"/lapor/?acara={event.code}")
    return page(
        request,
        "event_codes/sheet",
        section="desk:event_codes",
        event=event,
        address=address,
        pattern=patterns.image(address),
    )


@officers(Right.KEEP_EVENT_CODES)
def end(request, code):
    """End a code before its time."""
    event = _event(request, code)
    if request.method == "POST":
        try:
            channels.end(event, by=request.user, at=request.at)
            said(request, _("The code %(code)s is ended.") % {"code": event.code})
        except NotAllowed as refusal:
            refused(request, refusal)
    return redirect("desk:event_codes")


def _event(request, code):
    event = channels.of_agency(request.user.agency, at=request.at).select_related("place").filter(code=code).first()
    if event is None:
        raise Http404
    return event
