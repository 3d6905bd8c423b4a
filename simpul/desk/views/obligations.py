"""Clocks in the file of a case: met by hand, paused, resumed, waived."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from simpul.agencies.doors import officers
from simpul.cases import access
from simpul.desk.acting import page, tried, typed
from simpul.desk.forms import obligations as forms
from simpul.desk.views.cases import FILE, SECTION, back_to
from simpul.journal.entries import label
from simpul.lib.rules import allows
from simpul.obligations import book, policy
from simpul.obligations.models import Obligation
from simpul.reference import catalogues

OPEN, PAUSED = Obligation.State.OPEN, Obligation.State.PAUSED


def _meet(obligation, **who):
    policy.check_may_meet(obligation, by=who["by"])
    book.settle(obligation, evidence=obligation.file, **who)


def _pause(obligation, **who):
    policy.check_may_pause(obligation, by=who["by"])
    book.pause(obligation, **who)


def _resume(obligation, **who):
    policy.check_may_handle(obligation, by=who["by"])
    book.resume(obligation, **who)


def _waive(obligation, **who):
    policy.check_may_waive(obligation, by=who["by"])
    book.waive(obligation, **who)


# What the button says it does: the form it needs, the act, and the sentence afterwards.
ACTS = {
    "penuhi": (forms.Nothing, _meet, lambda: _("The obligation is met.")),
    "jeda": (forms.Pause, _pause, lambda: _("The clock is paused.")),
    "lanjut": (forms.Nothing, _resume, lambda: _("The clock runs on.")),
    "lepas": (forms.Waive, _waive, lambda: _("Nothing is owed here any more.")),
}


@officers(*FILE)
def obligation(request, number, pk):
    """One clock: what is owed, on which basis, by when; and what the agency that owes it can do."""
    case = access.case_to_change(request.user, number, at=request.at)
    obligation = get_object_or_404(Obligation.objects.in_file(label(case)).select_related("owed_by"), pk=pk)
    chosen = request.POST.get("lakukan", "")
    form = None
    if chosen in ACTS:
        kind, act, sentence = ACTS[chosen]
        form = kind(typed(request))
        if form.is_valid() and tried(form, act, obligation, by=request.user, at=request.at, **form.cleaned_data):
            return back_to(case, request, sentence())
        obligation = Obligation.objects.select_related("owed_by").get(pk=pk)
    return page(
        request, "obligations/obligation", section=SECTION, case=case, obligation=obligation, chosen=chosen, form=form,
        term=catalogues.term("obligations", obligation.rule), rule=obligation.rule_as_written,
        status=422 if form is not None else 200, **_open_to(obligation, request.user, form, chosen),
    )  # fmt: skip


def _open_to(obligation, officer, form, chosen):
    """The buttons and forms that this officer is shown."""
    is_open, is_paused = obligation.state == OPEN, obligation.state == PAUSED
    pauses = is_open and allows(policy.check_may_pause, obligation, by=officer)
    waives = allows(policy.check_may_waive, obligation, by=officer)
    return {
        "may_meet": allows(policy.check_may_meet, obligation, by=officer),
        "may_resume": is_paused and allows(policy.check_may_handle, obligation, by=officer),
        "pausing": (form if chosen == "jeda" else forms.Pause()) if pauses else None,
        "waiving": (form if chosen == "lepas" else forms.Waive()) if waives else None,
        "by_police_report": obligation.is_standing and obligation.rule in policy.MET_BY_THE_POLICE_REPORT,
    }
