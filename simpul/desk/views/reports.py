"""Reports: the list, and the page of one with everything that is known and can be done."""

from dataclasses import dataclass
from functools import partial, wraps

from django.db import transaction
from django.db.models import Count, Max
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.agencies import exclusions
from simpul.agencies.doors import officers
from simpul.agencies.models import Officer
from simpul.agencies.roles import Right
from simpul.cases.access import case_to_change
from simpul.cases.models import Case
from simpul.desk.acting import leaf, page, said, status_of, tried, typed
from simpul.desk.forms.reports import ExclusionForm, FindingForm, IndicatorsForm, ReportFilter, WhyForm, WriteForm
from simpul.desk.forms.triage import DECISIONS
from simpul.intake import access, attachments, duplicates, queries, screening, triage, urgency
from simpul.intake.models import Finding, Report
from simpul.intake.policy import check_may_write
from simpul.intake.reports import keep_out
from simpul.journal.acts import Act
from simpul.journal.entries import label
from simpul.journal.queries import readings_of
from simpul.lib.rules import allows
from simpul.obligations.models import Obligation
from simpul.obligations.queries import of_file
from simpul.places import legs
from simpul.places.regions import path_names, regency_of, within
from simpul.places.ways import lines

NEARBY = 15
# A file is only ever saved: should a browser show it all the same, it may run nothing and load nothing.
FILE_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def posted(view):
    """What changes a report is sent; whoever merely opens such an address comes to the page of the report."""

    @wraps(view)
    def only_sent(request, number, **kwargs):
        if request.method != "POST":
            return redirect("desk:report", number)
        return view(request, number, **kwargs)

    return only_sent


@dataclass(frozen=True)
class Row:
    """A report in a list, with why it is urgent, where it lies, and its clock of triage."""

    report: Report
    reasons: list
    place: str
    clock: Obligation | None


def rows(found):
    """Reports as rows of a list, with two queries however many there are."""
    found = list(found)
    paths = path_names(report.place_id for report in found if report.place_id)
    standing = Obligation.objects.standing().filter(rule__in=triage.CLOCKS)
    clocks = {clock.subject: clock for clock in standing.filter(subject__in=[label(report) for report in found])}
    return [
        Row(report, urgency.reasons_for(report), paths.get(report.place_id, ""), clocks.get(label(report)))
        for report in found
    ]


@officers(Right.TRIAGE)
def reports(request):
    """All reports the officer may read, or those with new messages, narrowed by status and place."""
    unread = request.GET.get("baru") == "1"
    form = ReportFilter(request.GET, officer=request.user)
    found, kept = Report.objects.none(), {"baru": "1"} if unread else {}
    if unread:
        found = queries.with_new_messages(request.user)
    elif form.is_valid():
        status, place = form.cleaned_data["status"], form.cleaned_data["tempat"]
        found = queries.report_list(request.user, status=status, place=place.code if place else "")
        kept = {"status": status, "tempat": place.code if place else ""}
    found = leaf(request, found)
    return page(
        request,
        "reports/list",
        section="desk:queue",
        tab="unread" if unread else "all",
        form=form,
        leaf=found,
        rows=rows(found.object_list),
        kept=kept,
    )


@officers(Right.TRIAGE)
def report(request, number):
    """One report with its statement; opening it is a reading."""
    return shown(request, access.report_for(request.user, number))


@officers(Right.TRIAGE)
@posted
def write(request, number):
    """A message to the reporter, in any state of the report."""
    report, form = access.report_for(request.user, number), WriteForm(request.POST)
    return _done(request, report, form, triage.write, _("Your message is with the reporter."))


@officers(Right.TRIAGE)
@posted
def finding(request, number):
    """Note an element of trafficking and what supports it."""
    report, form = access.report_for(request.user, number), FindingForm(request.POST)
    return _done(request, report, form, screening.note, _("The element is noted."), back="#penapisan")


@officers(Right.TRIAGE)
@posted
def strike(request, number, pk):
    """Take a finding back."""
    report = access.report_for(request.user, number)
    found = get_object_or_404(Finding, report=report, pk=pk)
    found.report = report
    screening.strike(found, by=request.user, at=request.at)
    said(request, _("The element was taken back. The journal keeps that it stood there."))
    return _back(report, "#penapisan")


@officers(Right.TRIAGE)
@posted
def indicator(request, number):
    """Note everything that was changed on the checklist."""
    report = access.report_for(request.user, number)
    form = IndicatorsForm(request.POST, noted=_indicators(report))
    return _done(request, report, form, partial(_answer, form=form), _("The checklist is saved."), back="#indikator")


@officers(Right.TRIAGE)
@posted
def contact(request, number):
    """How the reporter can be reached: a reading of its own, shown once."""
    report = access.report_for(request.user, number)
    told = access.read_contact(report, by=request.user, at=request.at)
    return shown(request, report, contact=told)


@officers(Right.TRIAGE)
def attachment(request, number, pk):
    """A file of the report, to be saved, never to be shown inside a page."""
    found = access.attachment_for(request.user, pk)
    if found.report.number != number:
        raise Http404
    return _handed_out(request, found, back=reverse("desk:report", args=[number]))


@officers(Right.KEEP_CASES, Right.WORK_ON_CASES)
def case_attachment(request, number, pk):
    """The same file, for officers to whom the file of the case is open that grew from the report."""
    case = case_to_change(request.user, number, at=request.at)
    found = access.attachment_in(case, pk, by=request.user)
    return _handed_out(request, found, file=case, back=reverse("desk:case", args=[number]))


def _handed_out(request, found, *, back, file=None):
    """The file itself, or first the question why, where children may be seen."""
    told = {}
    if attachments.asks_why(found):
        form = WhyForm(typed(request))
        if not form.is_valid():
            return page(request, "reports/why", status=status_of(form), form=form, cancel=back)
        told = form.cleaned_data
    data = attachments.take(found, by=request.user, at=request.at, file=file, **told)
    saved_as = f'attachment; filename="{attachments.name_of(found)}"'
    headers = FILE_HEADERS | {"Content-Disposition": saved_as}
    return HttpResponse(data, content_type=found.media_type, headers=headers)


@officers(Right.EXCLUDE)
@posted
def exclusion(request, number):
    """Keep somebody out of the report, or let somebody in again."""
    report = access.report_for(request.user, number)
    if key := request.POST.get("lift", ""):
        lifted = get_object_or_404(exclusions.of(report), pk=key if key.isdecimal() else 0)
        exclusions.lift(lifted, thing=report, by=request.user, at=request.at)
        said(request, _("Whoever it was may find the report again."))
        return _back(report, "#pengecualian")
    form = ExclusionForm(request.POST, officer=request.user)
    sentence = _("Kept out from now on. No list, search or clock leads there.")
    return _done(request, report, form, keep_out, sentence, back="#pengecualian")


def shown(request, report, *, bound=None, contact=None):
    """The page of a report. `bound` is a form that was refused and stands there with everything typed."""
    officer, at = request.user, request.at
    told = access.read(report, by=officer, at=at)
    talk = access.read_messages(report, by=officer, at=at)
    return page(
        request,
        "reports/report",
        status=422 if bound is not None else 200,
        section="desk:queue",
        report=report,
        told=told,
        contact=contact,
        talk=talk,
        files=_files_of(report),
        place=path_names([report.place_id]).get(report.place_id) if report.place_id else "",
        reasons=urgency.reasons_for(report),
        clocks=list(of_file(report)),
        readings=_readings(report),
        write_form=_form(bound, WriteForm),
        way=lines(legs.of(report)),
        may_write_way=allows(check_may_write, report, by=officer),
        **_screened(report, bound),
        **_decided(report, officer, at, bound),
        **_kept_out(report, officer, bound),
    )


def _files_of(report):
    found = list(report.attachments.order_by("added_at", "pk"))
    for each in found:
        each.asks_why = attachments.asks_why(each)
    return found


def _form(bound, kind, **kwargs):
    """The form that was refused, or a fresh one of its kind."""
    return bound if isinstance(bound, kind) else kind(**kwargs)


def _screened(report, bound):
    found = list(report.findings.select_related("noted_by").order_by("noted_at", "pk"))
    for each in found:
        each.report = report
    standing = screening.standing(report, found)
    noted = _indicators(report)
    return {
        "standing": standing,
        "open_elements": [Finding.Element(element).label for element in standing.open_elements],
        "elements": [
            (element, element.value in standing.open_elements, [f for f in found if f.element == element])
            for element in Finding.Element
        ],
        "finding_form": _form(bound, FindingForm),
        "indicators": noted,
        "indicators_form": _form(bound, IndicatorsForm, noted=noted),
    }


def _decided(report, officer, at, bound):
    """What can be decided, and what was."""
    context = {
        "alike": duplicates.like(report, officer),
        "may_take_up": not report.is_undecided and Report.Status.READING in report.NEXT[report.status],
    }
    if report.is_undecided:
        context["decisions"] = [_form(bound, kind, report=report, officer=officer, at=at) for kind in DECISIONS]
        context["cases_nearby"] = _cases_nearby(report, officer, at)
    else:
        # A report decided on by somebody else in the meantime: what was typed is shown, so that it can be copied.
        context["decisions"] = [bound] if isinstance(bound, DECISIONS) else []
    if report.case_id:
        context["may_open_case"] = Case.objects.visible_to(officer, at=at).filter(pk=report.case_id).exists()
    readable = Report.objects.visible_to(officer)
    if report.merged_into_id:
        context["may_read_other"] = readable.filter(pk=report.merged_into_id).exists()
    context["merged"] = readable.filter(merged_into=report).only("number").order_by("pk")
    return context


def _cases_nearby(report, officer, at):
    """Open cases of the same regency, the newest first, to choose from."""
    near = Case.objects.visible_to(officer, at=at).open()
    if report.place_id:
        near = near.filter(within(regency_of(report.place_id) or report.place_id))
    return near.only("number", "kinds", "opened_at").order_by("-opened_at")[:NEARBY]


def _kept_out(report, officer, bound):
    if not allows(exclusions.check_may_exclude, officer):
        return {}
    return {
        "exclusion_form": _form(bound, ExclusionForm, officer=officer),
        "exclusions": exclusions.of(report).select_related("officer", "agency", "made_by").order_by("made_at"),
    }


def _readings(report):
    """Who opened the report: for each officer and kind of reading how often, and when last."""
    read = readings_of(report).values("officer_id", "act").annotate(times=Count("number"), last=Max("at"))
    read = list(read.order_by("-last")[:30])
    who = Officer.objects.select_related("agency").in_bulk({each["officer_id"] for each in read})
    return [each | {"officer": who.get(each["officer_id"]), "words": Act(each["act"]).label} for each in read]


def _indicators(report):
    noted = list(report.indicators.order_by("noted_at", "pk"))
    for each in noted:
        each.report = report
    return noted


@transaction.atomic
def _answer(report, *, form, by, at, **_told):
    for code, answer, note in form.changed():
        screening.answer(report, indicator=code, answer=answer, note=note, by=by, at=at)


def _done(request, report, form, act, sentence, back="#percakapan"):
    """Do it and come back to the page; a refusal stands in the form with everything typed."""
    if form.is_valid() and tried(form, act, report, by=request.user, at=request.at, **form.cleaned_data) is not None:
        said(request, sentence)
        return _back(report, back)
    return shown(request, report, bound=form)


def _back(report, where=""):
    return redirect(reverse("desk:report", args=[report.number]) + where)
