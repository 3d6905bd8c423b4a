"""Today: what I and my agency owe, what runs out first; and the way from an obligation to its file."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.cases.models import Case
from simpul.cases.queries import waiting_for
from simpul.desk.acting import leaf, page
from simpul.desk.menu import first_page
from simpul.insight.models import Alert
from simpul.intake.models import Complaint, Report
from simpul.intake.queries import intake_is_down, queue, with_new_messages
from simpul.lib.rules import NotFound
from simpul.linkage import access
from simpul.migrants.models import Manifest, Notice, Returnee
from simpul.obligations import queries
from simpul.privacy.queries import breaches_for, request_list

# How many obligations that others let run out are shown; their number is told beside it.
LATE_SHOWN = 10


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
    late = queries.overdue_by_others(officer, at=request.at)
    return page(
        request,
        "today/today",
        section="desk:today",
        leaf=leaf(request, owed),
        escalated=queries.escalated_to(officer)[:20],
        late=late[:LATE_SHOWN],
        late_count=late.count(),
        counts=queries.counts(owed, at=request.at),
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
    for label in (obligation.subject, obligation.file):
        kind, _colon, key = label.partition(":")
        address = WAYS[kind](request, key) if kind in WAYS else None
        if address:
            return redirect(*address)
    raise Http404


def _referral(request, key):
    return None if request.user.may(Right.SEE_FACTS) else ("desk:referral", key)


def _report(request, key):
    report = Report.objects.visible_to(request.user).filter(pk=key).first()
    return report and ("desk:report", report.number)


def _complaint(request, key):
    complaint = Complaint.objects.visible_to(request.user).filter(pk=key).first()
    return complaint and ("desk:complaint", complaint.number)


def _data_request(request, key):
    asked = request_list(request.user, at=request.at).filter(pk=key).first()
    return asked and ("desk:case_request", asked.case.number, asked.pk)


def _breach(request, key):
    breach = breaches_for(request.user).filter(pk=key).first()
    return breach and ("desk:breach", breach.number)


def _case(request, key):
    case = Case.objects.filter(pk=key).only("number").first()
    return case and ("desk:facts" if request.user.may(Right.SEE_FACTS) else "desk:case", case.number)


def _returnee(request, key):
    person = Returnee.objects.visible_to(request.user).select_related("manifest").filter(pk=key).first()
    return person and ("desk:returnee", person.manifest.number, person.row)


def _notice(request, key):
    mine = Manifest.objects.visible_to(request.user)
    notice = Notice.objects.filter(pk=key, manifest__in=mine).first()
    return notice and ("desk:notice", notice.pk)


def _inquiry(request, key):
    try:
        return "desk:inquiry", access.inquiry_for(request.user, key, at=request.at).pk
    except NotFound:
        return None


def _alert(request, key):
    alert = Alert.objects.visible_to(request.user).filter(pk=key).first()
    return alert and ("desk:alert", alert.number)


# Where the journal's labels lead: the page of the subject where it has one, else that of the file.
WAYS = {
    "cases.referral": _referral,
    "cases.case": _case,
    "intake.report": _report,
    "intake.complaint": _complaint,
    "privacy.datarequest": _data_request,
    "privacy.breach": _breach,
    "migrants.returnee": _returnee,
    "migrants.notice": _notice,
    "linkage.inquiry": _inquiry,
    "insight.alert": _alert,
}
