"""Retention: what has run out, what somebody proposed to erase, what is held, and what was erased."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import leaf, page, said, status_of, tried, typed
from simpul.desk.forms import retention as forms
from simpul.desk.views.cases import one_click
from simpul.lib.rules import NotAllowed, allows
from simpul.privacy import access, queries
from simpul.privacy import retention as rules_of
from simpul.privacy.policy import check_is_another, check_waits
from simpul.reference import catalogues

SECTION = "desk:retention"
DUE, ERASED, HELD = "", "terhapus", "ditahan"


@officers(Right.ERASE)
def retention(request):
    """What has run out and what waits for a second person; on other leaves what is held and what was erased."""
    which = request.GET.get("lihat", DUE)
    which = which if which in LEAVES else DUE
    found = leaf(request, LEAVES[which](request))
    waiting = list(queries.erasures_for(request.user).waiting())
    if which != DUE:
        _with_numbers(found.object_list)
    _with_numbers(waiting)
    return page(
        request, "retention/list", section=SECTION, leaf=found, waiting=waiting if which == DUE else (), which=which,
        kept={"lihat": which} if which else {}, proposed={one.file for one in waiting},
    )  # fmt: skip


@officers(Right.ERASE)
def rules(request):
    """The rules as the catalogue has them."""
    return page(request, "retention/rules", section=SECTION, rules=catalogues.terms("retention"))


@officers(Right.ERASE)
def propose(request, file):
    """A file whose time has run out is proposed to be erased."""
    thing = access.thing_for(request.user, file)
    form = forms.Nothing(typed(request))
    if form.is_valid():
        erasure = tried(form, rules_of.propose, thing, by=request.user, at=request.at)
        if erasure:
            said(request, _("Proposed. Nothing is erased until somebody else confirms it."))
            return redirect("desk:erasure", erasure.pk)
    return page(
        request, "retention/act", section=SECTION, status=status_of(form), form=form, title=_("Propose to erase"),
        number=_number(thing), why_not=_why_not(thing, request), button=_("Propose the erasure"),
        about=_("Names, numbers, words and files go, of the file and of everybody who is in no other living case. What"
                " is counted stays."),
    )  # fmt: skip


@officers(Right.ERASE)
def hold(request, file):
    """A file is kept past its time."""
    thing = access.thing_for(request.user, file)
    form = forms.Hold(typed(request))
    if form.is_valid() and tried(form, rules_of.hold, thing, by=request.user, at=request.at, **form.cleaned_data):
        said(request, _("The file is held: it is neither due nor erased until the hold is lifted."))
        return redirect(f"{reverse(SECTION)}?lihat={HELD}")
    return page(
        request, "retention/act", section=SECTION, status=status_of(form), form=form, title=_("Set a legal hold"),
        number=_number(thing), button=_("Hold the file"),
    )  # fmt: skip


@officers(Right.ERASE)
def lift(request, pk):
    """A legal hold with its words; reading them is written down. It is lifted here."""
    held = access.hold_for(request.user, pk, at=request.at)
    if request.method == "POST":
        if one_click(request, rules_of.lift, held):
            said(request, _("The hold is lifted."))
        return redirect("desk:retention")
    return page(
        request, "retention/hold", section=SECTION, held=held, words=held.words.opened_or_erased(),
        number=queries.numbers_of([held.file]).get(held.file, held.file),
    )  # fmt: skip


@officers(Right.ERASE)
def erasure(request, pk):
    """One proposal, to be confirmed by a second person; afterwards the tombstone."""
    found = access.erasure_for(request.user, pk)
    form = forms.Confirmation(typed(request))
    if form.is_valid() and tried(
        form, rules_of.confirm, found, notice=form.cleaned_data["notice"], by=request.user, at=request.at
    ):
        said(request, _("Erased. The tombstone below stays."))
        return redirect("desk:erasure", pk)
    found = access.erasure_for(request.user, pk)
    confirms = allows(check_waits, found) and allows(check_is_another, found, by=request.user)
    return page(
        request, "retention/erasure", section=SECTION, status=status_of(form), erasure=found,
        form=form if confirms else None, number=queries.numbers_of([found.file]).get(found.file, found.file),
    )  # fmt: skip


@officers(Right.ERASE)
@require_POST
def take_back(request, pk):
    """A proposal is taken back."""
    if one_click(request, rules_of.take_back, access.erasure_for(request.user, pk)):
        said(request, _("The proposal is taken back. The file stays."))
    return redirect("desk:retention")


def _due(request):
    return rules_of.due_for(request.user, on=localdate(request.at))


def _held(request):
    return queries.holds_for(request.user).standing()


def _erased(request):
    return queries.erasures_for(request.user).done()


LEAVES = {DUE: _due, HELD: _held, ERASED: _erased}


def _with_numbers(rows):
    """Each row with the number by which officers know its file."""
    numbers = queries.numbers_of([row.file for row in rows])
    for row in rows:
        row.number = numbers.get(row.file, "")


def _number(thing):
    return getattr(thing, "number", "") or str(thing)


def _why_not(thing, request):
    """Why this file cannot be erased now, or nothing."""
    try:
        rules_of.check_may_be_erased(thing, on=localdate(request.at))
    except NotAllowed as refusal:
        return str(refusal)
    return ""
