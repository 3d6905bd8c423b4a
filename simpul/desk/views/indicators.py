"""Tables of indicators: brought, looked at, taken in, taken back."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import page, refused, said, status_of, tried, typed
from simpul.desk.forms import indicators as forms
from simpul.insight import indicator_reading, indicators, vulnerability
from simpul.lib.rules import NotAllowed, NotFound

SECTION = "desk:vulnerability"
# So many wrong cells are shown; whoever corrects these sees the next.
MOST = 100
ACTS = {
    "terapkan": (indicators.take_in, _("The values hold. The map is computed anew.")),
    "batalkan": (indicators.take_back, _("The table is taken back: what held before holds again.")),
    "simpan": (indicators.discard, _("The table is put away; nothing of it holds.")),
    "buka": (indicators.take_up, _("The table is open again.")),
}


@officers(Right.KEEP_INDICATORS)
def loads(request):
    """The tables that were brought, and the form for the next."""
    form = forms.Upload(typed(request), request.FILES or None)
    reading = _read(request, form) if form.is_bound and form.is_valid() else None
    if reading is not None and reading.is_sound:
        load = tried(form, indicators.receive, reading.values, by=request.user, at=request.at)
        if load is not None:
            return redirect("desk:indicator_load", load.pk)
    problems = reading.problems if reading is not None else []
    return page(
        request, "indicators/list", status=422 if problems else status_of(form), section=SECTION, form=form,
        problems=problems[:MOST], more=max(0, len(problems) - MOST), sound=len(reading.values) if problems else 0,
        loads=indicators.loads_for(request.user).select_related("received_by").order_by("-pk")[:50],
        catalogue=indicators.catalogue().values(), groups=vulnerability.GROUPS,
    )  # fmt: skip


@officers(Right.KEEP_INDICATORS)
def load(request, pk):
    """One table: what it changes, and what is to be known before it holds."""
    found = _found(request, pk)
    changes = indicators.changes(found)
    values = [(change.value.indicator, change.value.place_id, change.value.year) for change in changes]
    return page(
        request, "indicators/load", section=SECTION, load=found, catalogue=indicators.catalogue(),
        changes=[(change, indicators.catalogue().get(change.value.indicator)) for change in changes],
        new=sum(change.is_new for change in changes), different=sum(change.is_different for change in changes),
        notes=indicator_reading.lacking(values),
    )  # fmt: skip


@officers(Right.KEEP_INDICATORS)
@require_POST
def move(request, pk):
    """Take a table in, take it back, put it away, take it up again."""
    found = _found(request, pk)
    act, words = ACTS.get(request.POST.get("apa", ""), (None, ""))
    if act is None:
        return redirect("desk:indicator_load", pk)
    try:
        act(found, by=request.user, at=request.at)
    except NotAllowed as refusal:
        refused(request, refusal)
    else:
        said(request, str(words))
    return redirect("desk:indicator_load", pk)


def _found(request, pk):
    try:
        return indicators.load_for(request.user, pk)
    except NotFound:
        raise Http404 from None


def _read(request, form):
    told = form.cleaned_data
    return indicator_reading.read(
        told["file"].read(), source=told["source"].strip(), mark=told["mark"], year=told["year"],
        region=request.user.jurisdiction, at=request.at,
    )  # fmt: skip
