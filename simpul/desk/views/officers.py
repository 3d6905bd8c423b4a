"""Officers: the duty of secrecy, one's own access, and the administrator's list."""

import secrets

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies import people
from simpul.agencies.doors import officers
from simpul.agencies.models import Agency, Officer
from simpul.agencies.policy import check_may_change
from simpul.agencies.roles import Right
from simpul.desk.acting import leaf, page, refused, said, status_of, tried, typed
from simpul.desk.forms import officers as forms
from simpul.journal.queries import acts_by
from simpul.lib.rules import NotAllowed, allows

SECTION = "desk:officers"
# No letter that is taken for another when it is read aloud or copied by hand.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@officers()
def secrecy(request):
    """The duty of secrecy, read and acknowledged before the first identity is shown."""
    onward = request.POST.get("onward") or request.GET.get("next") or ""
    is_here = url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()})
    if not (is_here and onward.startswith("/")):
        onward = ""
    if request.method == "POST":
        people.acknowledge_secrecy(request.user, at=request.at)
        return redirect(onward or "desk:start")
    return page(request, "officers/secrecy", onward=onward)


@officers()
def me(request):
    """What the officer may do here, and what the journal holds about the last acts and readings."""
    if request.POST.get("language") in dict(settings.LANGUAGES):
        people.choose_language(request.user, language=request.POST["language"], at=request.at)
        return redirect("desk:me")
    return page(request, "officers/me", entries=acts_by(request.user)[:30])


@officers(Right.KEEP_OFFICERS)
def officer_list(request):
    """Agencies of the administrator's region and their officers."""
    mine = Officer.objects.filter(agency__in=_agencies_of(request.user).values("pk")).select_related("agency__place")
    found = leaf(request, mine.order_by("-is_active", "agency__name", "full_name", "pk"))
    agencies = _agencies_of(request.user).select_related("place").order_by("name")
    return page(request, "officers/list", section=SECTION, leaf=found, agencies=agencies)


@officers(Right.KEEP_OFFICERS)
def new(request):
    """An officer is recorded; the first password is shown once, on this page, and kept nowhere."""
    form = forms.NewOfficer(typed(request), by=request.user)
    if form.is_valid():
        password, told = _first_password(), form.cleaned_data
        recorded = tried(
            form, people.record, told["username"], full_name=told["full_name"], agency=told["agency"],
            role=told["role"], password=password, by=request.user, at=request.at,
        )  # fmt: skip
        if recorded:
            return page(request, "officers/recorded", section=SECTION, officer=recorded, password=password)
    return page(request, "officers/new", section=SECTION, form=form, status=status_of(form))


@officers(Right.KEEP_OFFICERS)
def officer(request, pk):
    """An officer: another role or agency."""
    officer = _officer_of(request.user, pk)
    form = forms.Place(typed(request), by=request.user, initial={"agency": officer.agency, "role": officer.role})
    if form.is_valid() and tried(form, people.change, officer, by=request.user, at=request.at, **form.cleaned_data):
        said(request, _("Changed. What was open to the old role closes at the next page."))
        return redirect("desk:officers")
    return page(
        request, "officers/officer", section=SECTION, form=form, officer=officer,
        may_change=officer.is_active and allows(check_may_change, officer, by=request.user),
        status=status_of(form),
    )  # fmt: skip


@officers(Right.KEEP_OFFICERS)
@require_POST
def begin_anew(request, pk):
    """An officer who lost password or second factor gets a new first password, shown once."""
    officer, password = _officer_of(request.user, pk), _first_password()
    try:
        people.begin_anew(officer, password=password, by=request.user, at=request.at)
    except NotAllowed as refusal:
        refused(request, refusal)
        return redirect("desk:officer", pk)
    return page(request, "officers/recorded", section=SECTION, officer=officer, password=password)


@officers(Right.KEEP_OFFICERS)
@require_POST
def end(request, pk):
    """An officer's access ends."""
    officer = _officer_of(request.user, pk)
    try:
        people.end(officer, by=request.user, at=request.at)
    except NotAllowed as refusal:
        refused(request, refusal)
        return redirect("desk:officer", pk)
    said(request, _("The access of %(name)s has ended, in every open browser too.") % {"name": officer.full_name})
    return redirect("desk:officers")


def _agencies_of(officer):
    return Agency.objects.within(officer.jurisdiction)


def _officer_of(administrator, pk):
    """An officer of the administrator's region, or nobody."""
    found = Officer.objects.filter(agency__in=_agencies_of(administrator).values("pk"), pk=pk).select_related("agency")
    if officer := found.first():
        return officer
    raise Http404


def _first_password():
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(5)) for _group in range(4))
