"""Triage: the queue of reports that wait, and the decisions on one, each by name."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import leaf, page, refused, said, tried
from simpul.desk.forms.triage import AcceptForm, AskForm, MergeForm, PassOnForm, SetAsideForm
from simpul.desk.views.reports import posted, rows, shown
from simpul.intake import access, triage
from simpul.intake.models import Report
from simpul.intake.queries import queue as reports_waiting
from simpul.lib.rules import NotAllowed


@officers(Right.TRIAGE)
def queue(request):
    """Reports that wait for a decision, most urgent first and why. No seal is opened."""
    waiting = leaf(request, reports_waiting(request.user))
    return page(
        request, "triage/queue", section="desk:queue", leaf=waiting, rows=rows(waiting.object_list), tab="waiting"
    )


@officers(Right.TRIAGE)
@posted
def ask(request, number):
    return _decide(request, number, AskForm, triage.ask, _("Your question is with the reporter."))


@officers(Right.TRIAGE)
@posted
def accept(request, number):
    return _decide(request, number, AcceptForm, triage.accept, _("The report is in a case now. Its clocks run."))


@officers(Right.TRIAGE)
@posted
def pass_on(request, number):
    return _decide(request, number, PassOnForm, triage.pass_on, _("The report was passed on."))


@officers(Right.TRIAGE)
@posted
def merge(request, number):
    return _decide(request, number, MergeForm, triage.merge, _("The report follows the other one from now on."))


@officers(Right.TRIAGE)
@posted
def set_aside(request, number):
    sentence = _("The report is set aside. You can take it up again.")
    return _decide(request, number, SetAsideForm, triage.set_aside, sentence)


@officers(Right.TRIAGE)
@posted
def take_up(request, number):
    """Undo a decision."""
    report = access.report_for(request.user, number)
    try:
        triage.take_up_again(report, by=request.user, at=request.at)
        said(request, _("The report is back in the queue and its clock runs anew."))
    except NotAllowed as refusal:
        refused(request, refusal)
    return redirect("desk:report", report.number)


def _decide(request, number, kind, act, sentence):
    """One decision: the form's values are the act's own words."""
    officer, at = request.user, request.at
    report = access.report_for(officer, number)
    form = kind(request.POST, report=report, officer=officer, at=at)
    if not form.is_valid() or tried(form, act, report, by=officer, at=at, **form.cleaned_data) is None:
        # What a refused act did to the row at hand never reached the database.
        return shown(request, access.report_for(officer, number), bound=form)
    said(request, sentence)
    if Report.objects.visible_to(officer).filter(pk=report.pk).exists():
        return redirect("desk:report", number)
    return redirect("desk:queue")
