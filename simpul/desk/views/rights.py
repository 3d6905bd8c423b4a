"""Rights of a victim: the board of all of them, one right as it was spoken of, and what some of them depend on."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.cases import access, entitlements, victims
from simpul.cases.board import Line, State, board, counts
from simpul.cases.models import Entitlement, Involvement, Service
from simpul.cases.policy import check_may_work_on
from simpul.desk.acting import page, said, status_of, tried, typed
from simpul.desk.forms import rights as forms
from simpul.desk.views.cases import FILE, SECTION, one_click, to_work_on
from simpul.lib.rules import allows

# In the order of the page: what presses or is under way, what can be spoken of, what needs nothing now.
UNDER_WAY = (State.OVERDUE, State.RUNNING, State.REQUESTED)
TO_SPEAK_OF = (State.OPEN, State.INFORMED)
AT_REST = (State.REFUSED, State.NOT_YET, State.MET, State.ENDED)
STANDING = frozenset({Service.State.REQUESTED, Service.State.AGREED, Service.State.RUNNING})
ACTS = {
    Entitlement.State.INFORMED: entitlements.inform,
    Entitlement.State.REQUESTED: entitlements.request,
    Entitlement.State.REFUSED: entitlements.refuse,
    Entitlement.State.MET: entitlements.meet,
}


@dataclass
class Row:
    """A line of the board with what the officer can do next."""

    line: Line
    ways: list
    may_tell: bool = False
    may_note: bool = False

    @property
    def note(self):
        return self.line.entitlement.note.opened_or_erased() if self.line.entitlement else ""

    @property
    def spoken_of(self):
        """Whether a word tells how the right stands, and no service or claim."""
        return self.line.entitlement is not None and _may_be_noted(self.line)

    @property
    def is_refused(self):
        """Whether there is a statement to print that the victim does not want it now."""
        return self.spoken_of and self.line.entitlement.state == Entitlement.State.REFUSED

    @property
    def is_shown(self):
        return bool(self.line.services) or self.spoken_of


@officers(*FILE)
def rights(request, number, pk):
    """The rights board of one victim; it prints as a sheet for the file."""
    case = access.case_to_change(request.user, number, at=request.at)
    victim = victim_in(case, pk)
    name = name_of(victim, request, because="rights")
    lines = _lines(victim, request)
    may_change = allows(check_may_work_on, case, by=request.user) and not case.has_ended
    tallies = counts(lines)
    return page(
        request, "rights/board", section=SECTION, case=case, victim=victim, name=name, may_change=may_change,
        groups=[
            (_("Overdue and under way"), _rows(lines, UNDER_WAY, victim, may_change)),
            (_("To be spoken of"), _rows(lines, TO_SPEAK_OF, victim, may_change)),
            (_("Met, not wanted now, or not yet due"), _rows(lines, AT_REST, victim, may_change)),
        ],
        tallies=[(state, tallies[state]) for state in (*UNDER_WAY, *TO_SPEAK_OF, *AT_REST) if tallies[state]],
        untold=tallies[State.OPEN],
    )  # fmt: skip


@officers(*FILE)
def right(request, number, pk, right):
    """One right of a victim that no service tells of: told, asked for, not wanted now, met with evidence."""
    case = to_work_on(request, number)
    victim = victim_in(case, pk)
    line = next((line for line in _lines(victim, request) if line.right.code == right), None)
    if line is None or not _may_be_noted(line):
        raise Http404
    form = forms.Spoken(
        typed(request), today=localdate(request.at), may_be_met=line.may_be_spoken_of,
        initial={"what": Entitlement.State.INFORMED},
    )  # fmt: skip
    if form.is_valid():
        act = ACTS[form.cleaned_data["what"]]
        if tried(form, act, victim, right, by=request.user, at=request.at, **form.told()):
            said(request, _("Noted: %(right)s.") % {"right": line.right.name})
            return redirect("desk:case_rights", number, pk)
    return page(
        request, "rights/right", section=SECTION, status=status_of(form), case=case, victim=victim, form=form,
        name=name_of(victim, request, because="rights"), row=Row(line, _ways(line, victim)),
    )  # fmt: skip


@officers(*FILE)
@require_POST
def told(request, number, pk):
    """The victim was told of a right, or today of all that nobody spoke of yet."""
    case = to_work_on(request, number)
    victim = victim_in(case, pk)
    wanted = request.POST.get("hak", "")
    codes = [
        line.right.code for line in _lines(victim, request)
        if line.state == State.OPEN and wanted in ("", line.right.code)
    ]  # fmt: skip
    if codes and one_click(request, entitlements.inform_of_all, victim, codes):
        said(request, _("Noted: the victim was told today."))
    return redirect("desk:case_rights", number, pk)


@officers(*FILE)
@require_POST
def mark(request, number, pk):
    """Whether the victim is threatened or abroad: rights depend on it."""
    case = to_work_on(request, number)
    names = [name for name in ("is_threatened", "is_abroad") if request.POST.get(name) in ("0", "1")]
    marks = {name: request.POST[name] == "1" for name in names}
    if marks and one_click(request, victims.mark, victim_in(case, pk), **marks):
        said(request, _("Noted. The rights of this victim follow it."))
    return redirect("desk:case_person", number, pk)


def victim_in(case, pk):
    """A victim of the case; nobody else has these rights."""
    parts = case.involvements.select_related("person__data_key", "person__home")
    victim = get_object_or_404(parts, pk=pk, part=Involvement.Part.VICTIM)
    victim.case = case
    return victim


def name_of(victim, request, *, because):
    """The name of a victim for the head of a page; reading it is written down."""
    read = victims.read_identity(victim, fields=["name"], by=request.user, at=request.at, because=because)
    return read["name"]


def _lines(victim, request):
    return board(victim, at=request.at, on=localdate(request.at))


def _rows(lines, states, victim, may_change):
    found = sorted((line for line in lines if line.state in states), key=lambda line: states.index(line.state))
    return [
        Row(
            line,
            ways=_ways(line, victim) if may_change else [],
            may_tell=may_change and line.state == State.OPEN,
            may_note=may_change and _may_be_noted(line),
        )
        for line in found
    ]


def _may_be_noted(line):
    """Whether a word tells how the right stands.

    Restitution that nobody claimed yet is spoken of like any other right; with a claim, the claim tells. A service
    centre that keeps the case or gives a service tells by itself that there is one.
    """
    track, word = line.right.extra["track"], line.entitlement
    if track == "restitution":
        return line.state == State.OPEN or (word is not None and line.state == word.state)
    if track == "centre":
        return word is not None or line.since is None
    return line.may_be_spoken_of


def _ways(line, victim):
    """Where the right is given: pairs of address and words."""
    way = WAYS.get(line.right.extra["track"])
    return way(line, victim) if way else []


def _to_service(line, victim):
    """A service is requested: the first kind of the right that does not stand already; the form offers the others."""
    there = {service.kind for service in line.services if service.state in STANDING}
    kinds = [kind for kind in line.right.extra["services"] if kind not in there]
    if line.state == State.MET or not kinds:
        return []
    asked = reverse("desk:case_service_new", args=[victim.case.number])
    return [(f"{asked}?orang={victim.pk}&jenis={kinds[0]}", _("Request a service"))]


def _to_police_report(line, victim):
    if any(clock.is_standing for clock in line.clocks):
        return [(reverse("desk:case_police", args=[victim.case.number]), _("Note a police report"))]
    return []


def _to_best_interest(_line, victim):
    return [(reverse("desk:case_best_interest", args=[victim.case.number, victim.pk]), _("Check the best interests"))]


def _to_restitution(line, victim):
    if line.state == State.NOT_YET:
        return []
    return [(reverse("desk:case_restitution", args=[victim.case.number, victim.pk]), _("Restitution"))]


def _to_examination(_line, victim):
    noted = reverse("desk:case_examination_new", args=[victim.case.number])
    return [(f"{noted}?orang={victim.pk}", _("Note an examination"))]


WAYS = {
    "service": _to_service,
    "restitution": _to_restitution,
    "examination": _to_examination,
    "centre": _to_police_report,
    "child": _to_best_interest,
}
