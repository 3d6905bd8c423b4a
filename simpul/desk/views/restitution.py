"""Restitution: what a victim claims, item by item, and what became of it until the last rupiah; sums of the region."""

import csv

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.cases import access, queries, restitution, victims
from simpul.cases.models import Involvement, Restitution
from simpul.cases.models.money import ZERO
from simpul.cases.policy import check_may_work_on
from simpul.desk.acting import page, said, status_of, tried, typed
from simpul.desk.forms import restitution as forms
from simpul.desk.forms.proceedings import name_of
from simpul.desk.versions import edited
from simpul.desk.views.cases import FILE, SECTION, one_click, to_work_on
from simpul.journal.acts import Act
from simpul.journal.entries import label
from simpul.lib.rules import allows
from simpul.obligations.models import Obligation
from simpul.places.regions import path_names
from simpul.reference import catalogues

SUMS = (Right.SEE_FACTS, Right.KEEP_CASES)
FIGURES = ("claimed", "assessed", "demanded", "awarded", "deposited", "paid")
# Two laws count the same payment from another day and in other days; both clocks are kept.
SIDE_BY_SIDE = ("restitution_paid", "restitution_paid_after_copy")


@officers(*FILE)
def claim(request, number, pk):
    """The restitution of one victim: figures, items, steps and clocks; and its next step."""
    case = access.case_to_change(request.user, number, at=request.at)
    victim = _victim_in(case, pk)
    found = _claim_of(victim)
    works = allows(check_may_work_on, case, by=request.user) and not case.has_ended
    nexts = restitution.next_steps(found, at=request.at) if found and works else []
    form = forms.Step(typed(request), steps=nexts, auto_id="id_step_%s", initial={"on": localdate(request.at)})
    if found and form.is_valid():
        check_may_work_on(case, by=request.user)
        if tried(form, restitution.note_step, found, by=request.user, at=request.at, **form.cleaned_data):
            said(request, _("The step is noted."))
            return redirect("desk:case_restitution", number, pk)
    read = victims.read_identity(victim, fields=["name"], by=request.user, at=request.at, because="restitution")
    return page(
        request, "restitution/claim", section=SECTION, status=status_of(form), case=case, part=victim,
        name=read["name"], restitution=found, may_change=works, form=form if nexts else None,
        begins_with=case.proceedings.count() if works and not found else 0,
        **(_told(found, nexts) if found else {}),
    )  # fmt: skip


@officers(*FILE)
@require_POST
def begin(request, number, pk):
    """The restitution of a victim is followed from now on; where one proceeding is followed, it decides on it."""
    case = to_work_on(request, number)
    proceedings = list(case.proceedings.all()[:2])
    decides = proceedings[0] if len(proceedings) == 1 else None
    if one_click(request, restitution.begin, _victim_in(case, pk), proceeding=decides):
        said(request, _("The restitution is followed from now on. Next: what was lost?"))
    return redirect("desk:case_restitution", number, pk)


@officers(*FILE)
def items(request, number, pk):
    """What was lost, item by item."""
    case = to_work_on(request, number)
    victim = _victim_in(case, pk)
    found = _claim_or_404(victim)
    form, done = edited(
        request, forms.Items, of={found: ["claimed", "step"]}, held=lambda: forms.held_in(_anew(found)),
        act=lambda form: restitution.itemise(found, form.items(), by=request.user, at=request.at),
        told_by=[Act.RESTITUTION_ITEMISED],
    )  # fmt: skip
    if done:
        said(request, _("The items are kept."))
        return redirect("desk:case_restitution", number, pk)
    read = victims.read_identity(victim, fields=["name"], by=request.user, at=request.at, because="restitution")
    return page(
        request, "restitution/items", section=SECTION, status=status_of(form), case=case, part=victim, form=form,
        name=read["name"], is_filed=found.steps.filter(kind="claimed").exists(),
    )  # fmt: skip


@officers(*FILE)
def decides(request, number, pk):
    """Which proceeding decides on the claim."""
    case = to_work_on(request, number)
    victim = _victim_in(case, pk)
    found = _claim_or_404(victim)
    form, done = edited(
        request, forms.Deciding, of={found: ["proceeding"]}, held=lambda: {"proceeding": found.proceeding},
        act=lambda form: restitution.attach(found, form.cleaned_data["proceeding"], by=request.user, at=request.at),
        told_by=[Act.RESTITUTION_ITEMISED], case=case,
    )  # fmt: skip
    if done:
        said(request, _("The award now waits for the verdict of that proceeding."))
        return redirect("desk:case_restitution", number, pk)
    return page(request, "restitution/act", section=SECTION, status=status_of(form), case=case, part=victim, form=form,
                title=_("Which proceeding decides"), button=_("Keep it"))  # fmt: skip


@officers(*FILE)
@require_POST
def strike(request, number, pk, step_pk):
    """A step was noted by mistake."""
    case = to_work_on(request, number)
    found = _claim_or_404(_victim_in(case, pk))
    step = get_object_or_404(found.steps, pk=step_pk)
    step.restitution = found
    if one_click(request, restitution.strike_step, step):
        said(request, _("The step is struck out; sums and clocks stand as if it had never been noted."))
    return redirect("desk:case_restitution", number, pk)


@officers(*SUMS)
def sums(request):
    """What was claimed, demanded, awarded and paid: of the region, or of the own agency's cases."""
    form = forms.By(request.GET)
    rows = _rows(request.user, form.way)
    return page(
        request, "restitution/sums", section="desk:restitution_sums", form=form, way=form.way, rows=rows,
        all=_all_of(rows), sees_region=request.user.may(Right.SEE_FACTS), kept=request.GET.get("menurut", ""),
    )  # fmt: skip


@officers(*SUMS)
def sums_table(request):
    """The same sums as a file; sums and no names."""
    form = forms.By(request.GET)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="restitusi-{localdate(request.at):%Y-%m-%d}.csv"'
    answer["Cache-Control"] = "no-store"
    table = csv.writer(answer)
    heads = [_("Claims"), _("Claimed"), _("Demanded"), _("Awarded"), _("Paid"), _("Share paid")]
    table.writerow([_("Added up by"), *heads])
    for row in _rows(request.user, form.way):
        share = "" if row["share"] is None else f"{row['share']:.4f}"
        figures = [f"{row[name]:.2f}" for name in queries.FIGURES]
        table.writerow([_safe(row["name"]), row["claims"], *figures, share])
    table.writerow([_("Taken by %(name)s, %(at)s") % {
        "name": request.user.full_name, "at": f"{localtime(request.at):%Y-%m-%d %H:%M}"}])  # fmt: skip
    return answer


def _told(found, nexts):
    """What the page tells of a claim that is followed."""
    clocks = list(
        Obligation.objects.about(label(found)).select_related("owed_by").order_by("settled_at", "due_at", "pk")
    )
    most = max([getattr(found, name) or ZERO for name in FIGURES])
    steps = sorted(found.steps.all(), key=lambda step: (step.happened_on, step.pk))
    for step in steps:
        step.told = step.note.opened_or_erased()
    return {
        "figures": [_figure(found, name, most) for name in FIGURES],
        "left": found.left_to_pay if found.awarded else None,
        "items": _items_of(found),
        "steps": steps,
        "two_laws": [clock for clock in clocks if clock.rule in SIDE_BY_SIDE],
        "clocks": [clock for clock in clocks if clock.rule not in SIDE_BY_SIDE],
        "decided_by": name_of(found.proceeding) if found.proceeding else "",
        "is_filed": any(step.kind == "claimed" for step in steps),
        "waits_for_verdict": _waits_for_verdict(found, steps, nexts),
    }


def _figure(found, name, most):
    amount = getattr(found, name)
    return {
        "words": Restitution._meta.get_field(name).verbose_name,
        "name": name,
        "amount": amount,
        "width": int(amount * 100 / most) if amount and most else 0,
    }


def _items_of(found):
    order = {term.code: place for place, term in enumerate(catalogues.terms("restitution_heads"))}
    items = sorted(found.items.all(), key=lambda item: (order.get(item.head, len(order)), item.pk))
    for item in items:
        item.told = item.note.opened_or_erased()
    return items


def _waits_for_verdict(found, steps, nexts):
    """Whether the award is not offered only because the proceeding has no verdict yet."""
    kinds = {step.kind for step in steps}
    return bool(found.proceeding) and "claimed" in kinds and not kinds & {"awarded", "rejected"} and (
        "awarded" not in nexts)  # fmt: skip


def _victim_in(case, pk):
    victim = get_object_or_404(
        case.involvements.select_related("person__data_key"), pk=pk, part=Involvement.Part.VICTIM
    )
    victim.case = case
    return victim


def _claim_of(victim):
    found = victim.restitutions.select_related("proceeding").prefetch_related("items", "steps__noted_by").first()
    if found is None:
        return None
    found.case, found.victim = victim.case, victim
    for rows in (found.items.all(), found.steps.all()):
        for row in rows:
            row.restitution = found
    return found


def _claim_or_404(victim):
    found = _claim_of(victim)
    return found or get_object_or_404(victim.restitutions)


def _anew(found):
    """The claim with its items as they stand now that the row is held."""
    return _claim_of(found.victim)


def _rows(officer, way):
    """Rows of sums with their names and the share that was paid, largest award first."""
    rows = queries.restitution_sums(officer, by=way)
    places = path_names({row["key"] for row in rows if row["key"]}) if way == "region" else {}
    for row in rows:
        row["name"] = str(places.get(row["key"], row["key"]) or _("Not known"))
        row |= _share(row)
    return rows if way == "year" else sorted(rows, key=lambda row: (-row["awarded"], row["name"]))


def _all_of(rows):
    whole = {name: sum((row[name] for row in rows), ZERO) for name in queries.FIGURES}
    return whole | {"claims": sum(row["claims"] for row in rows)} | _share(whole)


def _share(row):
    """How much of the award was paid, as a number and in percent; nothing where nothing was awarded."""
    share = row["paid"] / row["awarded"] if row["awarded"] else None
    return {"share": share, "percent": None if share is None else int(share * 100)}


def _safe(text):
    """A cell that no program of tables takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@" else text
