"""Visits after the return: those that are owed, those that took place, and a new one."""

from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.agencies.doors import officers
from simpul.cases import access
from simpul.cases import visits as acts
from simpul.cases.policy import check_may_work_on
from simpul.cases.returns import FOLLOW_UPS
from simpul.desk.acting import page, said, status_of, tried, typed
from simpul.desk.forms import visits as forms
from simpul.desk.views.cases import FILE, SECTION
from simpul.desk.views.rights import name_of, victim_in
from simpul.journal.entries import label
from simpul.lib.rules import allows
from simpul.obligations.queries import of_file
from simpul.reference import catalogues

DANGEROUS = frozenset({"in_danger", "recruited_again"})


@officers(*FILE)
def visits(request, number, pk):
    """Visits to one victim, and the next one."""
    case = access.case_to_change(request.user, number, at=request.at)
    victim = victim_in(case, pk)
    clocks = [clock for clock in of_file(case) if clock.subject == label(victim) and clock.rule in FOLLOW_UPS.values()]
    owed = {clock.rule for clock in clocks if clock.is_standing}
    if request.method == "POST":
        check_may_work_on(case, by=request.user)
    form = forms.NewVisit(typed(request), today=localdate(request.at), owed=owed)
    if form.is_valid() and tried(form, acts.note, victim, by=request.user, at=request.at, **form.cleaned_data):
        said(request, _("The visit is noted."))
        return redirect("desk:case_visits", number, pk)
    found = list(victim.visits.select_related("noted_by").order_by("-happened_on", "-pk"))
    for visit in found:
        visit.words, visit.is_alarm = visit.note.opened_or_erased(), visit.result in DANGEROUS
        visit.hint = catalogues.term("visit_results", visit.result).hint if visit.is_alarm else ""
    return page(
        request, "visits/visits", section=SECTION, status=status_of(form), case=case, victim=victim, form=form,
        name=name_of(victim, request, because="visit"), visits=found, clocks=clocks,
        may_note=allows(check_may_work_on, case, by=request.user) and not case.has_ended,
    )  # fmt: skip
