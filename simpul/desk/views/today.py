"""Today: what I and my agency owe, what runs out first; and the way from an obligation to its file."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.cases.models import Case
from simpul.cases.queries import waiting_for
from simpul.desk.acting import leaf, page
from simpul.desk.menu import first_page
from simpul.intake.models import Report
from simpul.intake.queries import intake_is_down, queue, with_new_messages
from simpul.obligations import queries


@officers()
def start(request):
    """The first page of the officer's role."""
    return redirect(first_page(request.user))


@officers(Right.SEE_DUTIES)
def today(request):
    """What is owed, by the officer's agency or, for those who see facts, in the region."""
    officer = request.user
    owed = queries.owed_now(officer)
    reads = officer.may(Right.TRIAGE) and officer.agency.triages
    return page(
        request,
        "today/today",
        section="desk:today",
        leaf=leaf(request, owed),
        escalated=queries.escalated_to(officer)[:20],
        counts=queries.counts(queries.visible_to(officer).standing(), at=request.at),
        waiting=queue(officer).count() if reads else None,
        unread=with_new_messages(officer).count() if reads else None,
        referrals=waiting_for(officer).count() if officer.may(Right.ANSWER_REFERRALS) else None,
        sees_facts=officer.may(Right.SEE_FACTS),
        intake_alarm=intake_is_down(),
    )


@officers(Right.SEE_DUTIES)
def file(request, pk):
    """From an obligation to the page where it can be met, as far as the officer may see it."""
    obligation = get_object_or_404(queries.visible_to(request.user), pk=pk)
    subject, _colon, key = obligation.subject.partition(":")
    if subject == "cases.referral" and not request.user.may(Right.SEE_FACTS):
        return redirect("desk:referral", key)
    kind, _colon, key = obligation.file.partition(":")
    if kind == "intake.report":
        report = Report.objects.visible_to(request.user).filter(pk=key).first()
        if report:
            return redirect("desk:report", report.number)
    if kind == "cases.case":
        case = Case.objects.filter(pk=key).only("number").first()
        if case:
            return redirect("desk:facts" if request.user.may(Right.SEE_FACTS) else "desk:case", case.number)
    raise Http404
