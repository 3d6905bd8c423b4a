"""Children: recorded as such, their age decided, and what is best for them checked before anything else."""

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.agencies.doors import officers
from simpul.cases import access, children, victims
from simpul.cases.models import Involvement
from simpul.cases.policy import check_may_work_on
from simpul.desk.acting import page, said, status_of, tried, typed
from simpul.desk.forms import children as forms
from simpul.desk.views.cases import FILE, SECTION, to_work_on
from simpul.desk.views.rights import name_of, victim_in
from simpul.lib.rules import allows
from simpul.linkage import likeness
from simpul.reference import catalogues


@officers(*FILE)
def add(request, number):
    """A child comes into the case as a victim, with what the age is known from."""
    case = to_work_on(request, number)
    form = forms.NewChild(typed(request), today=localdate(request.at), initial={"act_on": case.act_on})
    if form.is_valid():
        part = tried(form, _record, case, *form.told(), by=request.user, at=request.at)
        if part:
            return _recorded(number, request, part)
    return page(request, "children/new", section=SECTION, status=status_of(form), case=case, form=form)


@officers(*FILE)
def age(request, number, pk):
    """Whether somebody was a child on the date of the act, and from what that is known."""
    case = to_work_on(request, number)
    part = get_object_or_404(case.involvements.select_related("person__data_key"), pk=pk)
    part.case = case
    form = forms.Age(
        typed(request), today=localdate(request.at), initial={"childhood": part.childhood, "act_on": case.act_on}
    )
    if form.is_valid() and tried(form, children.decide_age, part, by=request.user, at=request.at, **form.cleaned_data):
        said(request, _("The decision is kept. Earlier ones stay on record."))
        return redirect("desk:case_person", number, pk)
    decisions = list(part.age_decisions.select_related("decided_by").order_by("-decided_at", "-pk"))
    for decision in decisions:
        decision.words = decision.note.opened_or_erased()
    return page(
        request, "children/age", section=SECTION, status=status_of(form), case=case, part=part, form=form,
        name=name_of(part, request, because="age"), decisions=decisions,
    )  # fmt: skip


@officers(*FILE)
def best_interest(request, number, pk):
    """What is best for a child, asked question by question; earlier checks stand below."""
    case = access.case_to_change(request.user, number, at=request.at)
    child = victim_in(case, pk)
    if request.method == "POST":
        check_may_work_on(case, by=request.user)
    form = forms.BestInterest(typed(request))
    if form.is_valid() and tried(
        form, children.check_best_interest, child, by=request.user, at=request.at, **form.told()
    ):
        said(request, _("The check is kept. What follows from it stands in the decision."))
        return redirect("desk:case_best_interest", number, pk)
    may_check = allows(check_may_work_on, case, by=request.user) and child.counts_as_child and not case.has_ended
    return page(
        request, "children/best_interest", section=SECTION, status=status_of(form), case=case, child=child, form=form,
        name=name_of(child, request, because="best_interest"), checks=_checks(child), may_check=may_check,
    )  # fmt: skip


def _recorded(number, request, part):
    """On to what is best for the child; or to the child's page, where somebody recorded before may be the same."""
    if likeness.is_known(part.person, by=request.user, at=request.at):
        said(request, _("The child is recorded. Somebody on record may be the same person: look at that first, then at"
                        " what is best for the child."))  # fmt: skip
        return redirect("desk:case_person", number, part.pk)
    said(request, _("The child is recorded. Next: what is best for the child?"))
    return redirect("desk:case_best_interest", number, part.pk)


@transaction.atomic
def _record(case, told, decided, *, by, at):
    """The child and the decision on its age are kept together or not at all."""
    part = victims.add(case, part=Involvement.Part.VICTIM, by=by, at=at, **told)
    children.decide_age(part, by=by, at=at, **decided)
    return part


def _checks(child):
    """Earlier checks, newest first, opened for this page."""
    found = list(child.best_interests.select_related("decided_by").order_by("-decided_at", "-pk"))
    for check in found:
        answers = check.answers.opened_or_erased()
        answers = answers if isinstance(answers, dict) else {}
        check.told = [
            (term.words("question"), answers[term.code])
            for term in catalogues.terms("best_interest_questions")
            if answers.get(term.code)
        ]
        check.words = check.decision.opened_or_erased()
    return found
