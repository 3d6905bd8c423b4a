"""Cases: the list, the file of one case, its facts without identities, and what is done with the file itself."""

from dataclasses import dataclass, field

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies import exclusions
from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.cases import access, emergency, files, queries, rights, victims
from simpul.cases.models import Involvement, Referral
from simpul.cases.policy import (
    check_may_break_glass,
    check_may_keep,
    check_may_move,
    check_may_open,
    check_may_work_on,
)
from simpul.desk import sections
from simpul.desk.acting import leaf, page, refused, said, status_of, tried, typed
from simpul.desk.forms import cases as forms
from simpul.desk.forms.services import next_states
from simpul.desk.timeline import story_of, told
from simpul.desk.versions import edited
from simpul.desk.views.journal import with_names
from simpul.intake import access as report_access
from simpul.intake import attachments, triage
from simpul.intake.models import Report
from simpul.intake.queries import files_of_case, of_case
from simpul.intake.reports import keep_out_of_case
from simpul.journal.acts import Act
from simpul.journal.entries import label
from simpul.journal.queries import readings_of
from simpul.lib.rules import NotAllowed, allows
from simpul.obligations.models import Obligation
from simpul.obligations.queries import of_file
from simpul.places.regions import path_names
from simpul.reference import catalogues

FILE = (Right.KEEP_CASES, Right.WORK_ON_CASES)
SECTION = "desk:cases"
# How many lines of the story the file shows.
STORY = 12
# Sections of the file between the people and the story, in this order: the name of a template below cases/sections/
# and a function `(case, *, request, people)` that gives what the template finds as `told`, in a fixed number of
# queries.
SECTIONS = {
    "rights": sections.rights,
    "children": sections.children,
    "proceedings": sections.proceedings,
    "restitution": sections.restitution,
    "requests": sections.requests,
}


@dataclass
class Somebody:
    """A person in the file with the name as it was read, and what is given."""

    part: Involvement
    name: str
    services: list = field(default_factory=list)


@officers(*FILE, Right.SEE_FACTS)
def cases(request):
    """Cases the officer may open; for those who see facts, the cases of the region."""
    form = forms.Narrowed(request.GET)
    found = leaf(request, form.narrow(queries.case_list(request.user, at=request.at)))
    places = path_names({case.place_id for case in found if case.place_id})
    clocks = _next_clocks(found)
    for case in found:
        case.where, case.clock = places.get(case.place_id, ""), clocks.get(label(case))
    return page(
        request, "cases/list", section=SECTION, leaf=found, form=form, kept=_kept(form),
        sees_facts=request.user.may(Right.SEE_FACTS), may_open=allows(check_may_open, request.user),
        may_break_glass=allows(check_may_break_glass, request.user),
    )  # fmt: skip


@officers(Right.KEEP_CASES)
def new(request):
    """A case without a report of the public."""
    form = forms.NewCase(typed(request), initial={"place": request.user.agency.place})
    if form.is_valid():
        case = tried(form, files.open_, by=request.user, at=request.at, **form.cleaned_data)
        if case:
            said(request, _("Case %(number)s is open. Next: who is the victim?") % {"number": case.number})
            return redirect("desk:case", case.number)
    return page(request, "cases/act", section=SECTION, form=form, title=_("Open a case"), button=_("Open the case"),
                back="desk:cases", status=status_of(form))  # fmt: skip


@officers(*FILE)
def case(request, number):
    """The file of a case. Opening it is written down, and so is every name it shows."""
    officer, at = request.user, request.at
    with transaction.atomic():
        case = access.case_for(officer, number, at=at)
        people = _people_in(case, by=officer, at=at)
    clocks = sorted(of_file(case), key=lambda clock: (clock.due_at is None, clock.due_at or clock.opened_at))
    referrals = _referrals_in(case, clocks)
    unanswered = [referral for referral in referrals if referral.status == Referral.Status.SENT]
    _mark_sent(people, unanswered)
    _say_for_whom(clocks, people, referrals)
    may = _may(case, officer)
    return page(
        request, "cases/file", section=SECTION, case=case, people=people, may=may,
        where=path_names([case.place_id]).get(case.place_id, "") if case.place_id else "",
        **_by_standing(clocks),
        story=told(story_of(case)[:STORY]), sections=_sections(case, request, people),
        summary=case.summary.opened_or_erased(),
        referrals=referrals, unanswered=len(unanswered),
        files=[_asking(file) for file in files_of_case(case, officer)],
        reports=_reports_of(case, officer),
        police_reports=case.police_reports.select_related("unit").order_by("reported_at"),
        assignments=case.assignments.filter(until_at=None).select_related("officer__agency").order_by("since_at"),
        excluded=exclusions.of(case).select_related("officer__agency", "agency") if may["exclude"] else (),
        emergencies=case.emergencies.filter(reviewed_at=None).select_related("officer__agency"),
        own_emergency=case.emergencies.filter(officer=officer, until_at__gt=at).last() if not may["work"] else None,
        readings=with_names(readings_of(case).filter(act=Act.CASE_READ)[:6]),
    )  # fmt: skip


@officers(Right.SEE_FACTS)
def facts(request, number):
    """Clocks and counts of a case, for those who coordinate: no name, no word of the file."""
    case = access.facts_for(request.user, number, at=request.at)
    clocks = list(of_file(case))
    people = list(case.involvements.values_list("part", "childhood"))
    victims_childhood = [childhood for part, childhood in people if part == Involvement.Part.VICTIM]
    return page(
        request, "cases/facts", section=SECTION, case=case,
        where=path_names([case.place_id]).get(case.place_id, "") if case.place_id else "",
        **_by_standing(sorted(clocks, key=lambda clock: (clock.due_at is None, clock.due_at or clock.opened_at))),
        victims=len(victims_childhood),
        children=sum(childhood in {"child", "disputed"} for childhood in victims_childhood),
        services=case.services.select_related("provider").order_by("requested_at", "pk"),
        referrals=case.referrals.select_related("receiver", "service").order_by("sent_at"),
        police_reports=case.police_reports.count(),
    )  # fmt: skip


@officers(*FILE)
def summary(request, number):
    """The summary, written anew."""
    case = to_work_on(request, number)
    form, done = edited(
        request, forms.Summary, of={case: ["summary"]}, held=lambda: {"summary": case.summary.opened_or_erased()},
        act=lambda form: files.summarise(case, by=request.user, at=request.at, **form.cleaned_data),
        told_by=[Act.CASE_SUMMARISED],
    )  # fmt: skip
    if done:
        return back_to(case, request, _("The summary is kept."))
    return form_page(request, case, form, title=_("Summary"), button=_("Keep the summary"))


@officers(*FILE)
def describe(request, number):
    """The plain facts of a case."""
    case = to_work_on(request, number)
    names = list(forms.Facts.base_fields)

    def keep(form):
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        files.describe(case, by=request.user, at=request.at, **changed)

    form, done = edited(
        request, forms.Facts, of={case: names}, held=lambda: {name: getattr(case, name) for name in names},
        act=keep, told_by=[Act.CASE_SUMMARISED],
    )  # fmt: skip
    if done:
        return back_to(case, request, _("The facts are kept."))
    return form_page(request, case, form, title=_("Facts of the case"), button=_("Keep the facts"))


@officers(*FILE)
def stage(request, number):
    """The next stage of a case."""
    case = to_keep(request, number)
    form = forms.Stage(typed(request), case=case)
    if form.is_valid() and tried(form, files.move, case, by=request.user, at=request.at, **form.cleaned_data):
        return back_to(case, request, _("The case is now: %(stage)s.") % {"stage": case.get_stage_display()})
    return form_page(
        request, case, form, title=_("Next stage"), button=_("Move the case"),
        about=_("A case ends only when nothing is owed in it any more."),
    )  # fmt: skip


@officers(*FILE)
def assign(request, number):
    """An officer is assigned."""
    case = to_keep(request, number)
    form = forms.Assignment(typed(request), case=case, by=request.user)
    if form.is_valid() and tried(form, files.assign, case, by=request.user, at=request.at, **form.cleaned_data):
        name = form.cleaned_data["officer"].full_name
        return back_to(case, request, _("%(name)s works on this case now.") % {"name": name})
    return form_page(request, case, form, title=_("Assign an officer"), button=_("Assign"))


@officers(*FILE)
@require_POST
def release(request, number, pk):
    """An assignment ends."""
    case = to_keep(request, number)
    assignment = get_object_or_404(case.assignments.select_related("officer"), pk=pk, until_at=None)
    files.release(assignment, by=request.user, at=request.at)
    name = assignment.officer.full_name
    return back_to(case, request, _("The file is closed for %(name)s.") % {"name": name})


@officers(*FILE)
def police(request, number):
    """A report to the police is noted."""
    case = to_work_on(request, number)
    form = forms.PoliceReport(typed(request), at=request.at, initial={"reported_at": localtime(request.at)})
    if form.is_valid() and tried(
        form, rights.note_police_report, case, by=request.user, at=request.at, **form.cleaned_data
    ):
        return back_to(case, request, _("The police report is noted; its clock is met."))
    return form_page(request, case, form, title=_("Note a police report"), button=_("Note the report"))


@officers(*FILE)
def readers(request, number):
    """Who opened this file, and what they read in it."""
    case = access.case_to_change(request.user, number, at=request.at)
    found = leaf(request, readings_of(case))
    return page(request, "cases/readers", section=SECTION, case=case, leaf=found,
                readings=with_names(found.object_list))  # fmt: skip


@officers(Right.EXCLUDE)
def exclusion(request, number):
    """Somebody is kept out of the case."""
    case = access.case_to_change(request.user, number, at=request.at)
    form = forms.Exclusion(typed(request), by=request.user)
    if form.is_valid() and tried(form, keep_out_of_case, case, by=request.user, at=request.at, **form.cleaned_data):
        return back_to(case, request, _("From now on nothing in the system leads there from this case."))
    return form_page(
        request, case, form, title=_("Keep somebody out"), button=_("Keep out"),
        about=_("Who is kept out finds nothing of this case: no list, no search, no clock, no emergency access."),
    )  # fmt: skip


@officers(Right.EXCLUDE)
@require_POST
def lift(request, number, pk):
    """Somebody is let in again."""
    case = access.case_to_change(request.user, number, at=request.at)
    exclusions.lift(get_object_or_404(exclusions.of(case), pk=pk), thing=case, by=request.user, at=request.at)
    return back_to(case, request, _("The exclusion is lifted."))


@officers(*FILE)
def message(request, number):
    """Messages with the reporter of a report that belongs to the case; reading them is written down."""
    case = to_work_on(request, number)
    report = report_access.report_for(request.user, request.GET.get("laporan", ""))
    if report.case_id != case.pk:
        raise Http404
    form = forms.Message(typed(request))
    if form.is_valid() and tried(form, triage.write, report, by=request.user, at=request.at, **form.cleaned_data):
        return back_to(case, request, _("The message waits for the reporter."))
    return page(
        request, "cases/messages", section=SECTION, case=case, report=report, form=form,
        talk=report_access.read_messages(report, by=request.user, at=request.at),
    )  # fmt: skip


@officers(Right.KEEP_CASES)
@require_POST
def review_emergency(request, number, pk):
    """The reason of an emergency access was read."""
    case = access.case_to_change(request.user, number, at=request.at)
    taken = get_object_or_404(case.emergencies, pk=pk)
    taken.case = case
    emergency.review(taken, by=request.user, at=request.at)
    return back_to(case, request, _("The emergency access is reviewed."))


def to_work_on(request, number):
    """The case, for an officer who may change what is in it."""
    case = access.case_to_change(request.user, number, at=request.at)
    check_may_work_on(case, by=request.user)
    return case


def to_keep(request, number):
    """The case, for an officer of the agency that keeps it."""
    case = access.case_to_change(request.user, number, at=request.at)
    check_may_keep(case, by=request.user)
    return case


def form_page(request, case, form, *, title, button, about="", **more):
    """A page with one form about a case."""
    return page(
        request, "cases/act", section=SECTION, status=status_of(form), case=case, form=form, title=title,
        button=button, about=about, **more,
    )  # fmt: skip


def back_to(case, request, sentence):
    """To the file, which tells what became of it."""
    said(request, sentence)
    return redirect("desk:case", case.number)


def one_click(request, act, *args, **kwargs):
    """An act that needs no form; why it was refused is told on the next page. Whether it was done."""
    try:
        act(*args, by=request.user, at=request.at, **kwargs)
    except NotAllowed as refusal:
        refused(request, refusal)
        return False
    return True


def _kept(form):
    return {name: value for name, value in form.cleaned_data.items() if value}


def _next_clocks(found):
    """The obligation that runs out first in each of several cases, in one query."""
    owed = Obligation.objects.standing().filter(file__in=[label(case) for case in found]).first_out_first()
    return {clock.file: clock for clock in reversed(owed)}


def _by_standing(clocks):
    """Clocks that run or are paused; those that wait for something to come; those that are settled."""
    waits = Obligation.State.WAITING
    return {
        "standing": [clock for clock in clocks if clock.is_standing and clock.state != waits],
        "waiting": [clock for clock in clocks if clock.state == waits],
        "settled": [clock for clock in clocks if not clock.is_standing],
    }


def _sections(case, request, people):
    """What other pages add to the file: the template of each section and what its function tells."""
    return [
        (f"desk/cases/sections/{name}.html", tells(case, request=request, people=people) if tells else {})
        for name, tells in SECTIONS.items()
    ]


def _asking(file):
    file.asks_why = attachments.asks_why(file)
    return file


def _may(case, officer):
    """What the officer may do here, for buttons; a case that has ended is only moved or read."""
    works, keeps = allows(check_may_work_on, case, by=officer), allows(check_may_keep, case, by=officer)
    return {
        "work": works,
        "change": works and not case.has_ended,
        "keep": keeps and not case.has_ended,
        "move": keeps and bool(case.NEXT[case.stage]),
        "review": keeps,
        "exclude": allows(exclusions.check_may_exclude, officer),
    }


def _people_in(case, *, by, at):
    """Everybody in the case, each name read and written down, with the services of each."""
    people = {}
    for part in queries.people_in(case):
        name = victims.read_identity(part, fields=["name"], by=by, at=at, because="file")["name"]
        people[part.pk] = Somebody(part, name)
    works = allows(check_may_work_on, case, by=by)
    for service in queries.services_in(case):
        service.case = case
        # Whoever works on the case moves its services: that is asked once, and not again for each of them.
        service.may_move = works or allows(check_may_move, service, by=by)
        service.next = next_states(service) if service.may_move else []
        people[service.victim_id].services.append(service)
    return list(people.values())


def _say_for_whom(clocks, people, referrals):
    """Several clocks of one kind run in a case with several victims: each says whose it is, by a name that was read."""
    whose = {label(person.part): person.name for person in people}
    for person in people:
        for service in person.services:
            whose[label(service)] = f"{person.name}, {catalogues.name_of('services', service.kind)}"
    for referral in referrals:
        whose[label(referral)] = whose.get(label(referral.service), "")
    for clock in clocks:
        clock.whose = whose.get(clock.subject, "")


def _referrals_in(case, clocks):
    clock_of = {clock.subject: clock for clock in clocks}
    found = list(queries.referrals_in(case))
    for referral in found:
        referral.clock = clock_of.get(label(referral))
    return found


def _mark_sent(people, unanswered):
    """Beside each service the referral that waits for an answer, so that nobody refers it once more."""
    sent = {referral.service_id: referral for referral in unanswered}
    for person in people:
        for service in person.services:
            service.sent = sent.get(service.pk)


def _reports_of(case, officer):
    """The reports of the case; those of another region are known by number only."""
    readable = set(Report.objects.visible_to(officer).filter(case=case).values_list("pk", flat=True))
    found = list(of_case(case))
    for report in found:
        report.is_readable = report.pk in readable
    return found
