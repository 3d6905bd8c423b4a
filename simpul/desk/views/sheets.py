"""Lists of people as spreadsheets: uploaded, read, corrected, taken in, taken back."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import leaf, page, refused, said, status_of, tried, typed
from simpul.desk.forms import sheets as forms
from simpul.lib.rules import NotAllowed
from simpul.migrants import access, lists, manifests, queries, sheets
from simpul.migrants.models import Sheet
from simpul.migrants.policy import check_may_take_in
from simpul.migrants.reading import layouts, reader
from simpul.migrants.reading.findings import WARNING

SECTIONS = {Sheet.Layout.MANIFEST: "desk:manifests", Sheet.Layout.REGISTER: "desk:register"}
SHOWN = 25
# From so many people on, taking in is felt.
LONG = 300
TAKE_IN = {Sheet.Layout.MANIFEST: manifests.take_in, Sheet.Layout.REGISTER: lists.take_in}
TAKE_BACK = {Sheet.Layout.MANIFEST: manifests.take_back, Sheet.Layout.REGISTER: lists.take_back}


@officers(Right.KEEP_MANIFESTS, Right.KEEP_REGISTER)
def upload(request, layout):
    """Choose a file; it is read at once."""
    try:
        check_may_take_in(layout, by=request.user)
    except NotAllowed:
        raise Http404 from None
    form = forms.Upload(typed(request), request.FILES or None, officer=request.user)
    if form.is_bound and form.is_valid():
        sheet = _received(request, form, layout)
        if sheet is not None:
            if sheet.uploaded_at != request.at:
                said(request, _("This file came in before: it is list %(number)s.") % {"number": sheet.number})
            return redirect("desk:sheet", sheet.number)
    return page(
        request, "sheets/upload", status=status_of(form), section=SECTIONS[layout], form=form, layout=layout,
        sheets=queries.sheets_of(request.user, layout)[:20],
    )  # fmt: skip


@officers(Right.KEEP_MANIFESTS, Right.KEEP_REGISTER)
def sheet(request, number):
    """A list as it reads now, what is unclear in it, and what was corrected."""
    found, reading = _opened(request, number)
    return _shown(request, found, reading)


@officers(Right.KEEP_MANIFESTS, Right.KEEP_REGISTER)
@require_POST
def head(request, number):
    """What holds for everybody on the list."""
    found, reading = _opened(request, number)
    form = forms.Head(request.POST, prefix="kepala")
    if (
        reading is not None
        and form.is_valid()
        and tried(form, sheets.describe, found, header=form.header(), by=request.user, at=request.at)
    ):
        said(request, _("The head of the list is corrected."))
        return redirect("desk:sheet", number)
    return _shown(request, found, reading, head=form)


@officers(Right.KEEP_MANIFESTS, Right.KEEP_REGISTER)
@require_POST
def columns(request, number):
    """What the columns are."""
    found, reading = _opened(request, number)
    if reading is None:
        return _shown(request, found, reading)
    form = forms.Columns(request.POST, reading=reading, layout=found.layout, prefix="kolom")
    if form.is_valid() and tried(form, sheets.choose, found, columns=form.meant(), by=request.user, at=request.at):
        said(request, _("The list was read anew with these columns; they are remembered for this sender."))
        return redirect("desk:sheet", number)
    return _shown(request, found, reading, columns=form)


@officers(Right.KEEP_MANIFESTS, Right.KEEP_REGISTER)
@require_POST
def answers(request, number):
    """What unclear cells mean."""
    found, reading = _opened(request, number)
    if reading is None:
        return _shown(request, found, reading)
    form = forms.Answers(request.POST, groups=forms.grouped(_questions(request, found, reading)), prefix="jawab")
    if form.is_valid():
        cells, lines = form.answers()
        if (not cells or tried(form, sheets.answer, found, cells=cells, by=request.user, at=request.at)) and (
            not lines or tried(form, sheets.leave_out, found, lines=lines, by=request.user, at=request.at)
        ):
            _say_what_was_kept(request, len(cells) + len(lines), form.overtaken())
            return redirect(reverse("desk:sheet", args=[number]) + "#pertanyaan")
    return _shown(request, found, reading, answers=form)


@officers(Right.KEEP_MANIFESTS, Right.KEEP_REGISTER)
@require_POST
def again(request, number):
    """Ask again what was answered, or take a line in again that was left out."""
    found = access.sheet_for(request.user, number)
    told = found.said.opened() if found.forgotten_at is None else {"answers": [], "left_out": []}
    chosen = request.POST.get("apa", "")
    cells = [cell for group in forms.answered(told) if group.name == chosen for cell in group.cells]
    lines = {tuple(line) for line in told["left_out"] if forms.line_name(line) == chosen}
    try:
        if cells:
            sheets.ask_again(found, cells=cells, by=request.user, at=request.at)
        if lines:
            sheets.leave_out(found, lines=lines, by=request.user, at=request.at, back=True)
    except NotAllowed as refusal:
        refused(request, refusal)
    else:
        if lines:
            said(request, _("The line is among the people again."))
        elif cells:
            said(request, _("These cells are asked again."))
    return redirect(reverse("desk:sheet", args=[number]) + "#terima")


@officers(Right.KEEP_MANIFESTS, Right.KEEP_REGISTER)
@require_POST
def leave_out(request, number):
    """A line that nothing asks about is no person."""
    found, reading = _opened(request, number)
    rows = reading.rows if reading else ()
    lines = {(row.row, row.sheet) for row in rows}
    lines = {line for line in lines if forms.line_name(line) == request.POST.get("baris")}
    try:
        sheets.leave_out(found, lines=lines, by=request.user, at=request.at)
    except NotAllowed as refusal:
        refused(request, refusal)
    else:
        said(request, _("The line is left out. It stands among what was answered, and can be taken in again."))
    return redirect(reverse("desk:sheet", args=[number]) + "#orang")


@officers(Right.KEEP_MANIFESTS, Right.KEEP_REGISTER)
@require_POST
def take_in(request, number):
    """Take the list in, or in place of an earlier one."""
    found = access.sheet_for(request.user, number)
    try:
        if request.POST.get("ganti") and found.layout == Sheet.Layout.MANIFEST:
            earlier = access.sheet_for(request.user, request.POST["ganti"])
            made = manifests.replace(found, earlier, by=request.user, at=request.at)
        else:
            made = TAKE_IN[found.layout](found, by=request.user, at=request.at)
    except NotAllowed as refusal:
        refused(request, refusal)
        return redirect("desk:sheet", number)
    said(request, _("%(count)d people are taken in.") % {"count": found.people})
    if found.layout == Sheet.Layout.MANIFEST:
        return redirect("desk:manifest", made.number)
    return redirect("desk:register")


@officers(Right.KEEP_MANIFESTS, Right.KEEP_REGISTER)
@require_POST
def take_back(request, number):
    """Undo taking in."""
    found = access.sheet_for(request.user, number)
    try:
        TAKE_BACK[found.layout](found, by=request.user, at=request.at)
    except NotAllowed as refusal:
        refused(request, refusal)
        if found.layout == Sheet.Layout.MANIFEST and hasattr(found, "manifest"):
            return redirect("desk:manifest", found.manifest.number)
        return redirect("desk:sheet", number)
    said(request, _("The list was taken back: nobody of it is on record. Correct it and take it in again."))
    return redirect("desk:sheet", number)


@officers(Right.KEEP_MANIFESTS, Right.KEEP_REGISTER)
@require_POST
def discard(request, number):
    """Put a list away, or take it up again."""
    found = access.sheet_for(request.user, number)
    act = sheets.take_up if found.state == Sheet.State.DISCARDED else sheets.discard
    try:
        act(found, by=request.user, at=request.at)
    except NotAllowed as refusal:
        refused(request, refusal)
    else:
        said(
            request,
            _("The list is put away; nobody of it was recorded.")
            if act is sheets.discard
            else _("The list is open again."),
        )
    return redirect("desk:sheet", number)


def _received(request, form, layout):
    file = form.cleaned_data["file"]
    try:
        return tried(
            form, sheets.receive, file.read(), filename=file.name, layout=layout, by=request.user, at=request.at,
            sender=form.cleaned_data["sender"],
        )  # fmt: skip
    except reader.FileError as refusal:
        form.add_error("file", str(refusal))
        return None


def _opened(request, number):
    """The list and its reading; the reading is journalled, as the names on it are seen."""
    found = access.sheet_for(request.user, number)
    # The file of a long list that the operator took in was never here.
    if found.forgotten_at is not None or not found.content:
        return found, None
    opened = access.open_sheet(found, by=request.user, at=request.at)
    found.shown_name = opened[0]
    return found, sheets.reading_of(found, at=request.at, opened=opened)


def _questions(request, found, reading):
    """What must be answered before a list is taken in; the register also asks for people of other places."""
    if found.layout == Sheet.Layout.REGISTER:
        return lists.open_questions(found, reading, by=request.user, at=request.at)
    return manifests.open_questions(found, reading)


def _say_what_was_kept(request, count, overtaken):
    if count:
        said(request, ngettext("%(count)d answer is kept.", "%(count)d answers are kept.", count) % {"count": count})
    elif not overtaken:
        said(request, _("Nothing was answered: what stands in a field as it was read is no answer yet."))
    if overtaken:
        words = ngettext(
            "%(count)d question was answered by somebody else meanwhile; that answer stands.",
            "%(count)d questions were answered by somebody else meanwhile; those answers stand.", overtaken,
        )  # fmt: skip
        said(request, words % {"count": overtaken})


def _shown(request, found, reading, **bound):
    """The page of a list; forms that were sent and refused stand in it as they were typed."""
    if reading is None or found.state != Sheet.State.READ:
        return _closed(request, found, bound)
    questions = _questions(request, found, reading)
    groups = forms.grouped(questions)
    form = bound.get("answers") or forms.Answers(groups=groups, prefix="jawab")
    told = found.said.opened()
    open_cells = {(problem.row, problem.column, problem.sheet) for problem in questions}
    done = forms.answered(told, without=open_cells)
    left_out = {tuple(line) for line in told["left_out"]}
    answered = sum(len(group.cells) for group in done) + len(left_out)
    marked = [row for row in reading.rows if row.problems]
    only_marked = request.GET.get("lihat") == "tanda"
    return page(
        request,
        "sheets/sheet",
        status=max(status_of(each) for each in (*bound.values(), form)),
        section=SECTIONS[found.layout],
        sheet=found,
        layout=found.layout,
        reading=reading,
        labels=layouts.LABELS,
        columns=_columns(bound.get("columns"), found, reading),
        columns_form=bound.get("columns"),
        questions=len(questions),
        answered=answered,
        asked=answered + len(questions),
        answers=form,
        more=len([group for group in groups if not group.is_about_a_column]) - len(form.groups),
        about_columns=[group for group in groups if group.is_about_a_column],
        done=done,
        left_out=left_out,
        lines_out=[(row, forms.line_name((row.row, row.sheet))) for row in reading.rows
                   if (row.row, row.sheet) in left_out],
        warnings=forms.grouped([problem for problem in reading.problems if problem.kind == WARNING]),
        leaf=leaf(request, marked if only_marked else reading.rows, per_page=SHOWN),
        only_marked=only_marked,
        marked=len(marked),
        people=len(reading.rows) - len(left_out),
        is_long=len(reading.rows) > LONG,
        **_of_a_manifest(request, found, reading, bound.get("head"), is_clear=not questions),
    )  # fmt: skip


def _of_a_manifest(request, found, reading, head, *, is_clear):
    """The head of a manifest, and the list of the same arrival whose place it may take."""
    if found.layout != Sheet.Layout.MANIFEST:
        return {"head": None, "lacks_day": False, "earlier": []}
    header = manifests.header_of(found, reading)
    earlier = manifests.earlier_of(found, reading)[:1] if is_clear else []
    return {
        "head": head or forms.Head(initial=header, prefix="kepala"),
        "lacks_day": header["arrived_on"] is None,
        "earlier": [(each, manifests.changed_since(found, reading, each, at=request.at)) for each in earlier
                    if each.forgotten_at is None],
    }  # fmt: skip


def _closed(request, found, bound):
    """A list that is not being corrected. What was sent for it meanwhile is refused, and the page says so."""
    refusals = [error for form in bound.values() for error in form.non_field_errors()]
    return page(
        request, "sheets/closed", status=409 if bound else 200, section=SECTIONS[found.layout], sheet=found,
        layout=found.layout, manifest=getattr(found, "manifest", None), refusals=refusals,
    )  # fmt: skip


def _columns(form, found, reading):
    """(column, its field) for each column of the list."""
    form = form or forms.Columns(reading=reading, layout=found.layout, prefix="kolom")
    return [(column, form[f"k{column.number}"]) for column in reading.columns]
