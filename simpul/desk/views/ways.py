"""The way of a report, a victim or somebody sent home: its legs, on one page."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.cases import ways as case_ways
from simpul.cases.models import Involvement
from simpul.desk.acting import page, said, status_of, tried, typed
from simpul.desk.forms.ways import Way
from simpul.desk.views.cases import FILE, to_work_on
from simpul.desk.views.returnees import BOTH, opened
from simpul.intake import access as report_access
from simpul.intake import ways as report_ways
from simpul.intake.policy import check_may_write
from simpul.migrants import ways as return_ways
from simpul.migrants.policy import check_may_see
from simpul.places import legs
from simpul.places.ways import lines


@officers(Right.TRIAGE)
def of_report(request, number):
    """The way a report tells of."""
    report = report_access.report_for(request.user, number)
    check_may_write(report, by=request.user)
    return _kept(
        request, report, report_ways.keep, back=reverse("desk:report", args=[number]), section="desk:queue",
        of_whom=_("Report %(number)s") % {"number": number},
    )  # fmt: skip


@officers(*FILE)
def of_victim(request, number, pk):
    """The way of a victim. The page names nobody."""
    case = to_work_on(request, number)
    part = get_object_or_404(case.involvements.select_related("case"), pk=pk, part=Involvement.Part.VICTIM)
    part.case = case
    return _kept(
        request, part, case_ways.keep, back=reverse("desk:case_person", args=[number, pk]), section="desk:cases",
        of_whom=_("Victim in case %(number)s") % {"number": number},
    )  # fmt: skip


@officers(*BOTH)
def of_returnee(request, number, row):
    """The way of somebody sent home, beyond what the manifest tells."""
    person = opened(request, number, row)
    check_may_see(person, by=request.user)
    return _kept(
        request, person, return_ways.keep, back=reverse("desk:returnee", args=[number, row]),
        section="desk:returnees", of_whom=person.number, from_manifest=lines(return_ways.of_manifest(person)),
    )  # fmt: skip


def _kept(request, thing, keep, *, back, section, of_whom, from_manifest=()):
    form = Way(typed(request), legs=legs.of(thing), state=legs.state(thing))
    if form.is_valid():
        told = {"steps": form.cleaned_data["steps"], "seen": form.cleaned_data["seen"]}
        done = tried(form, keep, thing, by=request.user, at=request.at, **told)
        if done is not None:
            said(request, _("The way is kept.") if done else _("No way is on record now."))
            return redirect(back)
    return page(
        request, "ways/way", section=section, status=status_of(form), form=form, back=back, of_whom=of_whom,
        from_manifest=from_manifest,
    )  # fmt: skip
