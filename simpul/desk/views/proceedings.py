"""Proceedings: begun with the offences of the date of the act, followed from the police to the court; examinations."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.cases import access, proceedings, queries, victims
from simpul.cases.models import Examination, Involvement, Proceeding
from simpul.cases.policy import check_may_work_on
from simpul.desk.acting import page, said, status_of, tried, typed
from simpul.desk.forms import proceedings as forms
from simpul.desk.versions import edited
from simpul.desk.views.cases import FILE, SECTION, form_page, one_click, to_work_on
from simpul.journal.acts import Act
from simpul.journal.entries import label
from simpul.lib.rules import allows
from simpul.obligations.models import Obligation
from simpul.reference import catalogues

STAGES = ("police", "prosecution", "court", "end")
SUSPECT = Involvement.Part.SUSPECT


@officers(*FILE)
def new(request, number):
    """A proceeding begins to be followed: first the date of the act, then the offences in force on that day."""
    case = to_work_on(request, number)
    today = localdate(request.at)
    if request.method == "GET" and "tanggal" not in request.GET:
        asked = forms.DayOfTheAct(initial={"tanggal": case.act_on}, today=today)
        return page(request, "proceedings/day", section=SECTION, case=case, form=asked)
    asked = forms.DayOfTheAct(request.GET, today=today) if request.method == "GET" else None
    if asked is not None and not asked.is_valid():
        return page(request, "proceedings/day", section=SECTION, case=case, form=asked, status=422)
    form = forms.Proceeding(
        typed(request), case=case, suspects=_suspects(request, case),
        initial={"act_on": asked and asked.cleaned_data["tanggal"], "police": _police_of(case)},
    )  # fmt: skip
    if form.is_valid():
        begun = tried(form, proceedings.begin, case, by=request.user, at=request.at, **form.told())
        if begun:
            said(request, _("The proceeding is followed from now on. Note its steps as they come."))
            return redirect("desk:case_proceeding", number, begun.pk)
    return page(request, "proceedings/new", section=SECTION, status=status_of(form), case=case, form=form,
                title=_("Follow a proceeding"), button=_("Begin"))  # fmt: skip


@officers(*FILE)
def proceeding(request, number, pk):
    """One proceeding as a line from the police to the court, and its next step."""
    case = access.case_to_change(request.user, number, at=request.at)
    found = _proceeding_in(case, pk)
    works = allows(check_may_work_on, case, by=request.user) and not case.has_ended
    steps = sorted(found.steps.all(), key=lambda step: (step.happened_on, step.pk))
    nexts = proceedings.next_steps(found, at=request.at) if works else []
    form = forms.Step(typed(request), steps=nexts, noted={step.kind for step in steps}, auto_id="id_step_%s",
                      initial={"on": localdate(request.at)})  # fmt: skip
    if form.is_valid():
        check_may_work_on(case, by=request.user)
        if tried(form, proceedings.note_step, found, by=request.user, at=request.at, **form.cleaned_data):
            said(request, _("The step is noted."))
            return redirect("desk:case_proceeding", number, pk)
    names = Names(request, case)
    return page(
        request, "proceedings/proceeding", section=SECTION, status=status_of(form), case=case, proceeding=found,
        line=_line(steps, nexts), form=form if nexts else None, may_change=works,
        accused=names.of(found.accused) if found.accused else "",
        docket=found.docket.opened_or_erased(),
        examinations=_with_names(names, case, found.examinations.all()),
        claims=found.restitutions.select_related("victim").order_by("pk"),
        clocks=_clocks_of(case, names),
    )  # fmt: skip


@officers(*FILE)
def edit(request, number, pk):
    """What is known of a proceeding is corrected."""
    case = to_work_on(request, number)
    found = _proceeding_in(case, pk)
    names = list(forms.Proceeding.base_fields)

    def held():
        return {name: getattr(found, name) for name in names if name not in {"accused", "docket"}} | {
            "accused": found.accused_id, "docket": found.docket.opened_or_erased()}  # fmt: skip

    def keep(form):
        told = form.told()
        proceedings.describe(found, by=request.user, at=request.at, **{name: told[name] for name in form.changed_data})

    form, done = edited(
        request, forms.Proceeding, of={found: names}, held=held, act=keep, told_by=[Act.PROCEEDING_NOTED],
        case=case, suspects=_suspects(request, case),
    )  # fmt: skip
    if done:
        said(request, _("The proceeding is corrected."))
        return redirect("desk:case_proceeding", number, pk)
    return page(request, "proceedings/new", section=SECTION, status=status_of(form), case=case, form=form,
                proceeding=found, title=_("Correct the proceeding"), button=_("Keep the correction"))  # fmt: skip


@officers(*FILE)
@require_POST
def strike(request, number, pk, step_pk):
    """A step was noted by mistake."""
    case = to_work_on(request, number)
    step = get_object_or_404(_proceeding_in(case, pk).steps, pk=step_pk)
    step.proceeding.case = case
    if one_click(request, proceedings.strike_step, step):
        said(request, _("The step is struck out. The journal keeps that it stood there."))
    return redirect("desk:case_proceeding", number, pk)


@officers(*FILE)
def examine(request, number):
    """An examination of a victim or witness is noted: where, and who sat beside the person."""
    case = to_work_on(request, number)
    asked_for = {"who": request.GET.get("orang", ""), "proceeding": request.GET.get("perkara", "")}
    form = forms.Examination(
        typed(request), case=case, people=_examined(request, case), found=case.proceedings.order_by("pk"),
        initial={name: int(key) for name, key in asked_for.items() if key.isdecimal()} | {"on": localdate(request.at)},
    )  # fmt: skip
    if form.is_valid():
        part, told = form.told()
        noted = tried(form, proceedings.note_examination, part, by=request.user, at=request.at, **told)
        if noted:
            said(request, _after(noted))
            return redirect(_where(case, noted))
    return form_page(
        request, case, form, title=_("Note an examination"), button=_("Note the examination"),
        about=_("A child is never examined without a companion; victims and witnesses may have an advocate beside them"
                " at every examination (UU 21/2007 Art. 35, 39, 45)."),
    )  # fmt: skip


def _after(examination):
    if examination.is_alone:
        return _("Noted: nobody sat beside the person. See to it that it does not happen again.")
    return _("The examination is noted.")


def _where(case, examination):
    """Back to the proceeding it belongs to, or to the person."""
    if examination.proceeding_id:
        return reverse("desk:case_proceeding", args=[case.number, examination.proceeding_id])
    return reverse("desk:case_person", args=[case.number, examination.involvement_id])


def _proceeding_in(case, pk):
    found = get_object_or_404(
        Proceeding.objects.filter(case=case)
        .select_related("accused__person__data_key", "police", "prosecution", "court")
        .prefetch_related("steps__noted_by"),
        pk=pk,
    )
    found.case = case
    for step in found.steps.all():
        step.proceeding = found
        step.told = step.note.opened_or_erased()
    return found


def _line(steps, nexts):
    """The way from the police to the court: of each stage the steps noted, and those that may come next."""
    noted = {step.kind for step in steps}
    stages = []
    for stage in STAGES:
        terms = [term for term in catalogues.terms("proceeding_steps") if term.extra["stage"] == stage]
        codes = [term.code for term in terms]
        stages.append(
            {
                "stage": stage,
                "steps": [step for step in steps if step.kind in codes],
                "next": [term.name for term in terms if term.code in nexts and term.code not in noted],
            }
        )
    return stages


def _suspects(request, case):
    """Suspects of the case with their names, which are read and written down."""
    parts = case.involvements.filter(part=SUSPECT).select_related("person__data_key").order_by("pk")
    return [(part, _name(request, part, case)) for part in parts]


def _examined(request, case):
    """Victims and witnesses with their names, which are read and written down."""
    people = [part for part in queries.people_in(case) if part.part != SUSPECT]
    return [(part, _name(request, part, case)) for part in people]


class Names:
    """Names of people in the case as a page shows them: each is read once, and that is written down."""

    def __init__(self, request, case):
        self._request, self._case, self._read = request, case, {}

    def of(self, part):
        if part.pk not in self._read:
            self._read[part.pk] = _name(self._request, part, self._case)
        return self._read[part.pk]


def _name(request, part, case):
    part.case = case
    return victims.read_identity(part, fields=["name"], by=request.user, at=request.at, because="proceeding")["name"]


def _with_names(names, case, examinations):
    """Examinations with the person's name and who sat beside."""
    found = list(
        Examination.objects.filter(pk__in=examinations.values("pk"))
        .select_related("involvement__person__data_key", "agency")
        .order_by("happened_on", "pk")
    )
    for examination in found:
        examination.involvement.case = case
        examination.name = names.of(examination.involvement)
        examination.told = examination.beside.opened_or_erased()
    return found


def _police_of(case):
    """The unit that took the report to the police, as a first guess."""
    report = case.police_reports.filter(unit__kind="police").order_by("reported_at").last()
    return report and report.unit_id


def _clocks_of(case, names):
    """What is owed to each victim because the file went to the prosecutor, or because the verdict is final."""
    rules = (proceedings.TELL_OF_RESTITUTION, proceedings.APPLY_AFTER_VERDICT)
    owed = Obligation.objects.in_file(label(case)).filter(rule__in=rules).select_related("owed_by")
    victims_ = case.involvements.filter(part=Involvement.Part.VICTIM).select_related("person__data_key")
    part_of = {label(part): part for part in victims_}
    found = list(owed.order_by("settled_at", "due_at", "pk"))
    for clock in found:
        if part := part_of.get(clock.subject):
            clock.towards, clock.victim_pk = names.of(part) or _("Name not known"), part.pk
    return found
