"""Visits to people who came home, and whether the village may be told of them."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import tried, typed
from simpul.desk.forms import meetings as forms
from simpul.desk.versions import edited
from simpul.desk.views.returnees import BOTH, act_page, back_to, named, opened
from simpul.journal.acts import Act
from simpul.migrants import meetings
from simpul.migrants.policy import check_may_visit
from simpul.obligations.models import Obligation
from simpul.places.regions import path_names


@officers(Right.MEET_RETURNEES)
def visit(request, number, row):
    """A visit, or the attempt of one, on one page for a telephone."""
    person = opened(request, number, row)
    check_may_visit(person, by=request.user)
    form = forms.Visit(typed(request), today=localdate(request.at))
    if form.is_valid():
        met = tried(form, meetings.note, person, by=request.user, at=request.at, **form.cleaned_data)
        if met:
            return back_to(person, request, _after(met))
    clock = Obligation.objects.standing().about(f"migrants.returnee:{person.pk}").filter(rule=meetings.VISIT).first()
    return act_page(
        request, person, form, title=_("Note a visit"), button=_("Note the visit"), template="meetings/visit",
        name=named(person, request, because="visit"), clock=clock,
        where=path_names([person.home_id]).get(person.home_id, "") if person.home_id else "",
    )  # fmt: skip


@officers(*BOTH)
def village(request, number, row):
    """Whether the person agrees that the village is told."""
    person = opened(request, number, row)
    form, done = edited(
        request, forms.Village, of={person: ["village_may_know"]},
        held=lambda: {"may_know": person.village_may_know},
        act=lambda form: meetings.ask_village(person, by=request.user, at=request.at, **form.cleaned_data),
        told_by=[Act.VILLAGE_ASKED],
    )  # fmt: skip
    if done:
        return back_to(person, request, _("The answer is kept."))
    return act_page(
        request, person, form, title=_("May the village be told?"), button=_("Keep the answer"),
        name=named(person, request, because="village"),
        about=_("After a no, nobody at the village or the district finds this person; an office of the regency"
                " visits."),
    )  # fmt: skip


def _after(met):
    if met.report_id:
        return _("The visit is noted, and report %(number)s waits to be read.") % {"number": met.report.number}
    if met.outcome == "not_found":
        return _("The attempt is noted. The clock runs on.")
    return _("The visit is noted.")
