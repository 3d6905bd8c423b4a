"""The return home of a victim: wish, safety check, home region told, departed, handed over, each in its turn."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.agencies.doors import officers
from simpul.cases import access, returns
from simpul.cases.models import Return, Service
from simpul.cases.policy import REPATRIATION, check_may_move, check_may_work_on
from simpul.desk.acting import page, said, status_of, tried, typed
from simpul.desk.forms import returns as forms
from simpul.desk.views.cases import FILE, SECTION
from simpul.desk.views.rights import name_of
from simpul.journal.entries import label
from simpul.lib.rules import allows
from simpul.obligations.queries import of_file
from simpul.places.regions import path_names
from simpul.reference import catalogues

WISH, SAFETY, TOLD, DEPARTED, HANDED = "kehendak", "aman", "daerah-asal", "berangkat", "serah-terima"
BEGINS_FROM = (Service.State.REQUESTED, Service.State.AGREED)
AT_REST = (Service.State.REFUSED, Service.State.STOPPED, Service.State.DECLINED)


@dataclass(frozen=True)
class Step:
    """One step of the way: its words, its form, its act, and the day on which it was done."""

    code: str
    words: str
    button: str
    form: type
    act: object
    day: object


STEPS = (
    Step(WISH, gettext_lazy("The victim wishes to go home"), gettext_lazy("Record the wish"), forms.Wish,
         lambda service, _homeward, **told: returns.wish(service, **told), lambda homeward: homeward.wished_on),
    Step(SAFETY, gettext_lazy("Found safe"), gettext_lazy("Keep the check"), forms.Safety,
         lambda _service, homeward, **told: returns.check_safety(homeward, **told),
         lambda homeward: homeward.checked_on if homeward.is_safe else None),
    Step(TOLD, gettext_lazy("Home region told"), gettext_lazy("The home region was told"), forms.HomeTold,
         lambda _service, homeward, **told: returns.tell_home(homeward, **told),
         lambda homeward: homeward.home_told_at and localdate(homeward.home_told_at)),
    Step(DEPARTED, gettext_lazy("Departed"), gettext_lazy("Note the departure"), forms.Departed,
         lambda _service, homeward, **told: returns.depart(homeward, **told), lambda homeward: homeward.departed_on),
    Step(HANDED, gettext_lazy("Handed over"), gettext_lazy("Note the handover"), forms.HandedOver,
         lambda _service, homeward, **told: returns.hand_over(homeward, **told),
         lambda homeward: homeward.handed_over_on),
)  # fmt: skip
BY_CODE = {step.code: step for step in STEPS}
# What a link to a step says that is not the next one.
AGAIN = {
    WISH: gettext_lazy("Record the wish anew"),
    SAFETY: gettext_lazy("Check the safety anew"),
    TOLD: gettext_lazy("Tell the home region"),
    DEPARTED: gettext_lazy("Departed already: note it"),
    HANDED: gettext_lazy("Handed over already: note it"),
}


@officers(*FILE)
def homeward(request, number, pk):
    """The way home, what is missing next, and the form for it."""
    case = access.case_to_change(request.user, number, at=request.at)
    service = get_object_or_404(
        case.services.select_related("victim__person__data_key", "victim__person__home", "provider"),
        pk=pk, kind=REPATRIATION,
    )  # fmt: skip
    service.victim.case = case
    homeward = Return.objects.select_related("home", "fetched_by", "checked_by").filter(service=service).first()
    if homeward:
        homeward.service = service
    may_move = allows(check_may_move, service, by=request.user) and not case.has_ended
    if request.method == "POST":
        check_may_move(service, by=request.user)
    step, is_open = _asked(request.GET.get("langkah", ""), service, homeward)
    form = None
    if step and may_move and (is_open or request.method == "POST"):
        form = step.form(typed(request), service=service, today=localdate(request.at))
        if form.is_valid() and _done(step, form, service, homeward, request, is_open=is_open):
            return redirect("desk:case_return", number, pk)
    return page(
        request, "returns/homeward", section=SECTION, status=status_of(form) if form else 200, case=case,
        service=service, name=name_of(service.victim, request, because="return"), homeward=homeward, form=form,
        step=step, steps=_steps(service, homeward, step), missing=_missing(service, homeward), may_move=may_move,
        may_print=allows(check_may_work_on, case, by=request.user),
        others=_others(service, homeward, step) if may_move else [],
        clocks=_clocks(case, service, homeward), **_told(homeward),
    )  # fmt: skip


def _done(step, form, service, homeward, request, *, is_open):
    if not is_open:
        form.add_error(None, _("This step is not open any more: somebody noted it, or one before it. Look at the way"
                               " beside this form."))  # fmt: skip
        return False
    told = form.told() if hasattr(form, "told") else form.cleaned_data
    if not tried(form, step.act, service, homeward, by=request.user, at=request.at, **told):
        return False
    is_unsafe = step.code == SAFETY and not told["is_safe"]
    said(request, _("The check is kept. So far the return is not safe: nobody departs.") if is_unsafe else _(
        "Noted: %(step)s.") % {"step": step.words})  # fmt: skip
    return True


def _asked(code, service, homeward):
    """The step whose form is meant, what is missing next where none is named; and whether it can be done now."""
    if code and code not in BY_CODE:
        raise Http404
    step = BY_CODE[code] if code else _following(service, homeward)
    return step, step in _open_steps(service, homeward)


def _following(service, homeward):
    """The first step that is not done. What was noted before the return was requested again counts no more."""
    if homeward is None or _is_of_an_earlier_attempt(service, homeward):
        return BY_CODE[WISH]
    return next((step for step in STEPS if not step.day(homeward)), None)


def _open_steps(service, homeward):
    """Steps that can be done now; before the departure the wish can change, and so can the danger."""
    if service.state in AT_REST:
        return []
    codes = {WISH} if service.state in BEGINS_FROM else set()
    if homeward and not homeward.handed_over_on and not _is_of_an_earlier_attempt(service, homeward):
        codes |= {HANDED} if homeward.departed_on else {SAFETY}
        codes |= {DEPARTED} if homeward.is_safe and not homeward.departed_on else set()
        codes |= {TOLD} if homeward.is_safe and not homeward.home_told_at else set()
    return [step for step in STEPS if step.code in codes]


def _is_of_an_earlier_attempt(service, homeward):
    return service.state in BEGINS_FROM and homeward.departed_on is not None


def _steps(service, homeward, shown):
    following = _following(service, homeward)
    is_old = homeward is None or _is_of_an_earlier_attempt(service, homeward)
    return [
        {"step": step, "day": None if is_old else step.day(homeward), "is_next": step == following,
         "is_shown": step == shown}
        for step in STEPS
    ]  # fmt: skip


def _others(service, homeward, shown):
    """Where else the officer can go on: what is missing next, or what happened out of turn."""
    following = _following(service, homeward)
    return [
        (step.code, _("Go on: %(step)s") % {"step": step.words} if step == following else AGAIN[step.code])
        for step in _open_steps(service, homeward)
        if step != shown
    ]


def _missing(service, homeward):
    """What keeps the victim here, in a sentence with where to go; nothing where the way is open."""
    victim = service.victim
    if homeward is None or homeward.handed_over_on is not None:
        return None
    if victim.counts_as_child and homeward.departed_on is None and not victim.best_interests.exists():
        where = reverse("desk:case_best_interest", args=[service.case.number, victim.pk])
        return {"words": _("Before a child goes home, what is best for the child is checked (PP 9/2008 Art. 4)."),
                "where": where, "button": _("Check the best interests")}  # fmt: skip
    return None


def _clocks(case, service, homeward):
    subjects = {label(service)} | ({label(homeward)} if homeward else set())
    return [clock for clock in of_file(case) if clock.subject in subjects]


def _told(homeward):
    """What was written down on the way, opened for this page."""
    if homeward is None:
        return {}
    answers = homeward.answers.opened_or_erased()
    answers = answers if isinstance(answers, dict) else {}
    return {
        "where": path_names([homeward.home_id]).get(homeward.home_id, ""),
        "wish": homeward.wish.opened_or_erased(),
        "witness": homeward.witness.opened_or_erased(),
        "answers": [
            (term.words("question"), forms.WORDS[answers[term.code]], answers[term.code])
            for term in catalogues.terms("safety_checks")
            if answers.get(term.code) in forms.WORDS
        ],
    }
